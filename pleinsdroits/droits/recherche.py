"""L'index des fiches pour la recherche du public."""

from collections.abc import Mapping

from pleinsdroits.droits.fiche import Fiche
from pleinsdroits.socle.recherche import Trouvailles, chercher, indexer

ENSEMBLE = "fiches"


def indexer_fiches(fiches: Mapping[str, Fiche]) -> int:
    """Refait l'index d'après le catalogue : le nom pèse plus que les mots des gens, puis « pour qui »."""
    return indexer(ENSEMBLE, {f.id: textes_de(f) for f in fiches.values()})


def chercher_fiches(requete: str, limite: int = 20) -> Trouvailles:
    """Les identifiants des fiches qui répondent à ``requete``."""
    return chercher(ENSEMBLE, requete, limite)


def textes_de(fiche: Fiche) -> list[tuple[str, int]]:
    """Ce qu'on lit d'une fiche pour la retrouver, avec son poids."""
    traduits = [t.nom for t in fiche.traductions.values() if t.nom]
    return [
        (f"{fiche.nom} {fiche.id.replace('_', ' ')}", 6),
        (" ".join(fiche.mots), 5),
        (" ".join(traduits), 5),
        (" ".join(t.nom for t in (fiche.theme, *fiche.autres_themes)), 2),
        (f"{fiche.pour_qui} {fiche.combien or ''}", 2),
        (fiche.institution, 1),
    ]
