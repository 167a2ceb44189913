"""Le « Guide des solidarités » : toutes les fiches et tous les lieux, de la même source que le site."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from pleinsdroits.droits.fiche import Fiche, Theme
from pleinsdroits.droits.papier.fiches import fiche_en_donnees
from pleinsdroits.droits.textes import jour_long
from pleinsdroits.socle.papier import composer
from pleinsdroits.socle.ville import Ville

GABARIT = Path(__file__).parent / "guide.typ"


def guide_pdf(
    fiches: Mapping[str, Fiche],
    lieux: Sequence[Mapping[str, object]],
    ville: Ville,
    jour: date,
    *,
    grand: bool,
    reserve: Path,
) -> bytes:
    """
    Le guide en PDF/UA-1 au ``jour`` donné. ``lieux`` : nom, adresse, telephone, horaires (liste), exemple.

    Le document est gardé dans le dossier ``reserve`` sous l'empreinte de son contenu : il n'est recomposé
    que si une fiche, un lieu ou le jour de relecture d'une fiche a changé.
    """
    donnees = donnees_du_guide(fiches, lieux, ville, jour) | {"grand": grand}
    empreinte = hashlib.sha256(json.dumps(donnees, sort_keys=True).encode() + GABARIT.read_bytes()).hexdigest()[:24]
    chemin = reserve / f"guide-{empreinte}.pdf"
    if not chemin.exists():
        reserve.mkdir(parents=True, exist_ok=True)
        provisoire = chemin.with_suffix(".ecriture")
        provisoire.write_bytes(composer(GABARIT, donnees))
        provisoire.replace(chemin)
    return chemin.read_bytes()


def donnees_du_guide(
    fiches: Mapping[str, Fiche], lieux: Sequence[Mapping[str, object]], ville: Ville, jour: date
) -> dict[str, object]:
    """Ce que le guide montre, en types JSON : par thème, puis par nom."""
    themes = [
        {
            "cle": t.value,
            "nom": t.nom,
            "fiches": [fiche_en_donnees(f, jour) for f in fiches.values() if f.theme is t],
        }
        for t in Theme
    ]
    return {
        "titre": "Guide des solidarités",
        "ville": ville.model_dump(),
        "edition": jour_long(max((f.verifie_le for f in fiches.values()), default=jour)),
        "themes": [t for t in themes if t["fiches"]],
        "lieux": list(lieux),
        "index": sorted(
            ({"mot": m, "id": f.id} for f in fiches.values() for m in f.mots[:4]), key=lambda e: e["mot"].casefold()
        ),
    }
