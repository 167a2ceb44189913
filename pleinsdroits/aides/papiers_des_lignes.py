"""De quel papier vient le chiffre d'une ligne : la sorte de papier du dossier qui la montre."""

import datetime as dt

from pleinsdroits.personnes.models import Foyer, Papier
from pleinsdroits.personnes.papiers_lus import papiers_connus

S = Papier.Sorte
PAR_NATURE = {
    "loyer": S.LOGEMENT,
    "aide_logement": S.CAF,
    "rsa": S.CAF,
    "ppa": S.CAF,
    "aah": S.CAF,
    "af": S.CAF,
    "cf": S.CAF,
    "asf": S.CAF,
    "energie": S.FACTURE,
    "eau": S.FACTURE,
    "telephone": S.FACTURE,
    "assurance": S.FACTURE,
    "mutuelle": S.FACTURE,
    "transport": S.FACTURE,
    "garde": S.FACTURE,
    "impots": S.IMPOTS,
    "dette_impots": S.IMPOTS,
    "pension_alimentaire": S.JUGEMENT,
    "pension_versee": S.JUGEMENT,
    "ajoutee": S.AUTRE,
}


def papiers_des_lignes(foyer: Foyer | None, jour: dt.date, natures: list[tuple[str, str]]) -> dict[str, str]:
    """
    Pour chaque ``(clé, nature)``, la sorte de papier valable le ``jour`` qui la montre, ou un texte vide : personne ne l'a
    encore apporté, le chiffre est celui que la personne a dit. Une requête.
    """
    connus = papiers_connus(foyer, jour) if foyer else {}
    sortes = {cle: _sorte(cle, nature) for cle, nature in natures}
    return {cle: str(sorte.label) if sorte.value in connus else "" for cle, sorte in sortes.items()}


def _sorte(cle: str, nature: str) -> Papier.Sorte:
    """Sans correspondance : une ressource se montre par un justificatif de revenus, une charge par une facture."""
    return PAR_NATURE.get(nature, S.RESSOURCES if cle.startswith("ressource") else S.FACTURE)
