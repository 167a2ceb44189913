"""Les modèles de lettres, un fichier YAML chacun : des paragraphes à trous, montrés si ce qu'ils disent est connu."""

import string
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from pleinsdroits.droits.fiche import Modele, Texte
from pleinsdroits.droits.lecture_yaml import lire_yaml

DOSSIER = Path(__file__).parent / "modeles"
Destinataire = Literal["institution", "prealable", "amiable"]


class Paragraphe(Modele):
    """Un paragraphe ; ``si`` nomme le fait sans lequel il ne s'écrit pas."""

    texte: Texte
    si: str = ""

    @property
    def trous(self) -> set[str]:
        return {nom for _avant, nom, _forme, _conversion in string.Formatter().parse(self.texte) if nom}


class ModeleDeLettre(Modele):
    """Une lettre : son ``nom`` pour l'agent, son ``objet``, à qui elle va, et les faits qu'elle ``demande``."""

    id: str
    nom: Texte
    objet: Texte
    a_qui: Destinataire
    demande: list[str]
    paragraphes: Annotated[list[Paragraphe], Field(min_length=3)]

    @model_validator(mode="after")
    def _rien_de_vide(self) -> "ModeleDeLettre":
        """Un fait qui peut manquer ne s'écrit que sous sa condition : jamais « le None »."""
        for p in self.paragraphes:
            libres = {t for t in p.trous if not t.startswith("article_") and t != "droit"}
            if not libres <= {p.si, *self.demande} and not _couvert(p.si, libres):
                raise ValueError(f"paragraphe sans condition : {p.texte}")
        return self


def _couvert(si: str, libres: set[str]) -> bool:
    """Un refus par silence suppose un dépôt daté."""
    return si in ("refus_le", "refus_a_verifier") and libres <= {si, "deposee_le"}


@cache
def modeles() -> dict[str, ModeleDeLettre]:
    """Tous les modèles, par identifiant (le nom du fichier). Lève ``ValidationError`` si l'un est faux."""
    fichiers = sorted(DOSSIER.glob("*.yaml"))
    return {f.stem: ModeleDeLettre(id=f.stem, **lire_yaml(f.read_text(encoding="utf-8"))) for f in fichiers}
