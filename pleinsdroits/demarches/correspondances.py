"""Un papier d'une fiche (« Livret de famille ») et la sorte de papier du dossier qui y répond."""

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from pleinsdroits.personnes.models import Papier


class Correspondance(BaseModel):
    """Des mots, et la sorte de papier qu'ils désignent."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    mots: list[str]
    sorte: Papier.Sorte


@cache
def correspondances() -> tuple[Correspondance, ...]:
    """Toutes, dans l'ordre où on les essaie."""
    lues = yaml.safe_load(Path(__file__).with_name("correspondances.yaml").read_text(encoding="utf-8"))
    return tuple(TypeAdapter(list[Correspondance]).validate_python(lues))


def sorte_du_papier(libelle: str) -> str:
    """La sorte qui répond à ``libelle`` ; vide si aucune : on demande ce papier."""
    bas = libelle.lower().replace("\u00a0", " ")
    bancaire = "bancaire" in bas or "rib" in bas.split()
    for cas in correspondances():
        if any(mot.lower() in bas for mot in cas.mots) and (cas.sorte != Papier.Sorte.IDENTITE or not bancaire):
            return str(cas.sorte)
    return ""
