"""
Le quartier du bilan d'équité : celui du découpage de la ville (``villes/<ville>/quartiers.yaml``), sinon la commune. Le
fichier est facultatif : une ville qui n'a pas écrit le sien ne voit que des communes.
"""

from functools import cache
from pathlib import Path

import yaml
from django.conf import settings

from pleinsdroits.aides.regles.quartiers import Decoupage, quartier_de
from pleinsdroits.personnes.models import Adresse

# Une adresse pour le courrier, ou celle d'un hébergement, ne dit pas toujours où l'on vit : la commune suffit.
LOGE = (Adresse.Genre.LOGEMENT, Adresse.Genre.HEBERGE, Adresse.Genre.FOYER)


@cache
def decoupage(dossier: Path) -> Decoupage | None:
    """Le découpage de la ville du ``dossier``, lu une fois ; ``None`` sans fichier. Lève l'erreur de pydantic s'il est faux."""
    chemin = dossier / "quartiers.yaml"
    return Decoupage.model_validate(yaml.safe_load(chemin.read_text(encoding="utf-8"))) if chemin.exists() else None


def quartier_ou_commune(adresse: Adresse | None) -> str:
    """Le quartier de l'``adresse``, sinon sa commune ; vide sans adresse."""
    if adresse is None:
        return ""
    lu = decoupage(Path(settings.VILLE))
    quartier = quartier_de(adresse.ligne, adresse.commune, lu) if lu and adresse.genre in LOGE else ""
    return quartier or adresse.commune[:60]
