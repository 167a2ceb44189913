"""La lettre relue, sur une feuille : qui écrit, à qui, d'où."""

from django.utils import timezone

from pleinsdroits.demarches.calendriers import faits_de_lettre, fiche_de
from pleinsdroits.demarches.lettres.composition import LettreImpossible, composer_lettre, lettres_possibles
from pleinsdroits.demarches.lettres.modele import ModeleDeLettre
from pleinsdroits.demarches.lettres.papier import en_pdf
from pleinsdroits.demarches.models import Demarche, Lettre


def lettres_a_proposer(demarche: Demarche) -> list[ModeleDeLettre]:
    """Les lettres utiles aujourd'hui."""
    faits = faits_de_lettre(demarche, timezone.localdate())
    return lettres_possibles(faits) if faits else []


def lettre_en_pdf(lettre: Lettre) -> bytes:
    """Le PDF de la lettre telle qu'elle est écrite. Lève ``LettreImpossible`` s'il manque qui écrit ou qui reçoit."""
    demarche = lettre.demarche
    adresse = demarche.foyer.adresses.filter(au__isnull=True).first() if demarche.foyer else None
    lignes = [str(demarche.personne or ""), adresse.ligne, adresse.complement] if adresse else [str(demarche.personne)]
    if adresse:
        lignes.append(f"{adresse.code_postal} {adresse.commune}".strip())
    return en_pdf(
        lettre.texte,
        objet=lettre.objet,
        expediteur=lignes,
        destinataire=[a_qui(lettre)],
        lieu=adresse.commune if adresse else "",
        jour=lettre.envoyee_le or timezone.localdate(),
    )


def a_qui(lettre: Lettre) -> str:
    """Le destinataire que dit la fiche ; à défaut, l'organisme du droit."""
    faits = faits_de_lettre(lettre.demarche, timezone.localdate(), expose="…")
    fiche = fiche_de(lettre.demarche)
    if faits is not None:
        try:
            return composer_lettre(lettre.modele, faits).a_qui
        except (LettreImpossible, KeyError):
            pass  # la démarche a avancé depuis : l'organisme reste le bon destinataire
    return fiche.institution if fiche else ""
