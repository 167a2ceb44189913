"""Le procès-verbal d'une séance sur du papier (PDF/UA-1)."""

import json
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from pleinsdroits.aides.models import ProcesVerbal
from pleinsdroits.droits.textes import insecables
from pleinsdroits.socle.papier import composer

GABARIT = Path(__file__).parent / "proces_verbal.typ"
MENTIONS = {
    "communicable": "Tome communicable : ne désigne aucune personne aidée.",
    "nominatif": "Tome nominatif : couvert par le secret professionnel (CASF L133-5). Ne sort pas du CCAS.",
}
AUTEUR = "Centre communal d’action sociale"


def proces_verbal_en_pdf(pv: ProcesVerbal) -> bytes:
    """Le PDF d'un tome, tel qu'il a été écrit à la fin de la séance ; signé ou non."""
    lu = json.loads(pv.contenu)
    donnees = {
        **lu,
        "titre": f"Procès-verbal de la séance, tome {pv.tome}",
        "auteur": AUTEUR,
        "mention": insecables(MENTIONS[pv.tome]),
        "instance_titre": _titre(lu["instance"]),
        "quorum_phrase": _quorum(lu["quorum"]),
        "bilan_phrase": _bilan(lu["bilan"]),
        "affaires": [{**a, "issue_titre": _titre(a["issue"])} for a in lu["affaires"]],
        "signe": _signature(pv),
    }
    return composer(GABARIT, donnees)


def _titre(mots: str) -> str:
    return mots[:1].upper() + mots[1:]


def _quorum(lu: dict[str, Any]) -> str:
    if lu["libre"]:
        fin = "Seconde convocation : la séance délibère quel que soit le nombre des présents (CASF R123-17)."
    else:
        fin = f"Le quorum, {lu['requis']} membres, a été vérifié (CASF R123-17)."
    accord = "membre présent" if lu["presents"] == 1 else "membres présents"
    return insecables(f"{lu['presents']} {accord} sur {lu['en_exercice']} en exercice à l’ouverture. {fin}")


def _bilan(lu: dict[str, int]) -> str:
    noms = {
        "demandes": ("demande", "demandes"),
        "accords": ("accord", "accords"),
        "refus": ("refus", "refus"),
        "ajournements": ("ajournement", "ajournements"),
        "retraits": ("retirée de l’ordre du jour", "retirées de l’ordre du jour"),
    }
    dites = [f"{n} {noms[nom][n > 1]}" for nom, n in lu.items() if n or nom == "demandes"]
    return ", ".join(dites) + "."


def _signature(pv: ProcesVerbal) -> str:
    if pv.signe_le is None:
        return ""
    le = date_format(timezone.localtime(pv.signe_le), "j F Y")
    return f"Signé le {le}" + (f" par {pv.signe_par}." if pv.signe_par else ".")
