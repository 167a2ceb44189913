"""« pleinsdroits courbe situation.yaml » : ce qui reste chaque mois pour chaque salaire."""

import argparse
import json
from decimal import Decimal
from itertools import pairwise
from typing import Any

from pleinsdroits.droits.console_entree import (
    EntreeRefusee,
    ajouter_la_situation,
    dire,
    fiches_de_la_ville,
    jour_couvert,
    situation_de,
    ville,
)
from pleinsdroits.droits.moteur.essais import dire_la_courbe
from pleinsdroits.droits.moteur.essais.courbe import (
    POINTS,
    POINTS_LIMITE,
    SALAIRE_LIMITE,
    SALAIRE_MAXIMAL,
    Courbe,
    Point,
    tracer,
)
from pleinsdroits.droits.moteur.essais.paliers import Passage, baisses, paliers
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.droits.textes import Phrase, euros, jour_long

TITRES = ("Salaire", "Aides", "Impôt", "Ce qui reste", "100 € de plus laissent")


def commande_courbe(commandes: Any) -> None:
    """Ajoute la commande « courbe »."""
    courbe = commandes.add_parser("courbe", help="ce qui reste chaque mois pour chaque salaire, quand il dure")
    ajouter_la_situation(courbe)
    courbe.add_argument("--json", action="store_true", help="tous les points, avec chaque droit")
    courbe.add_argument("--de", type=int, default=0, help="premier salaire net par mois (0 par défaut)")
    courbe.add_argument(
        "--a", type=int, default=SALAIRE_MAXIMAL, help=f"dernier salaire ({SALAIRE_MAXIMAL} par défaut)"
    )
    courbe.add_argument("--points", type=int, default=POINTS, help=f"nombre de pas ({POINTS} par défaut)")
    courbe.add_argument(
        "--qui", default="", help="qui gagne ce salaire : la personne qui demande (par défaut) ou son conjoint"
    )
    courbe.set_defaults(executer=_courbe)


def _courbe(options: argparse.Namespace) -> int:
    quand = jour_couvert(options.date)
    _controler(options)
    situation = situation_de(options.fichier, quand)
    _controler_qui(options.qui, situation)
    bornes = {"de": options.de, "a": options.a, "points": options.points}
    courbe = tracer(situation, quand, ville=ville(), qui=options.qui, **bornes)
    noms = {f.id: f.nom for f in fiches_de_la_ville().values()}
    if options.json:
        dire(json.dumps(_en_json(courbe, situation, noms), ensure_ascii=False, indent=2))
    else:
        dire("\n".join(_tableau(courbe, situation, noms)))
    return 0


def _controler(options: argparse.Namespace) -> None:
    if not 0 <= options.de < options.a <= SALAIRE_LIMITE:
        raise EntreeRefusee(
            f"--de {options.de} --a {options.a} : donnez deux salaires entre 0 et {SALAIRE_LIMITE} €, le plus petit d'abord."
        )
    if not 1 <= options.points <= POINTS_LIMITE:
        raise EntreeRefusee(f"--points {options.points} : donnez un nombre de 1 à {POINTS_LIMITE}.")


def _controler_qui(qui: str, situation: Situation) -> None:
    permis = [p.id for p in (situation.demandeur, situation.conjoint) if p]
    if qui and qui not in permis:
        raise EntreeRefusee(f"--qui {qui} : donnez une valeur parmi {', '.join(permis)}.")


def _tableau(courbe: Courbe, situation: Situation, noms: dict[str, str]) -> list[str]:
    lignes = [f"Ce que le travail change, au {jour_long(courbe.jour)} (règles {courbe.version_regles})", ""]
    lignes += [str(p) for p in _phrases(courbe, noms)]
    lignes += ["", "  ".join(f"{t:>{max(12, len(t))}}" for t in TITRES)]
    suivants = [b.reste - a.reste for a, b in pairwise(courbe.centaines)]
    for point, gain in zip(courbe.centaines, [*suivants, None], strict=True):
        lignes.append(_ligne(point, gain))
    lignes += ["", *(f"- {r}" for r in dire_la_courbe.reserves(courbe, situation, noms))]
    return [*lignes, "", courbe.mention]


def _phrases(courbe: Courbe, noms: dict[str, str]) -> list[Phrase]:
    """Le résumé, aujourd'hui, puis chaque endroit où cela monte moins."""
    ici = dire_la_courbe.aujourd_hui(courbe)
    return [
        dire_la_courbe.resume(courbe),
        *([ici] if ici else []),
        *(dire_la_courbe.dire_la_baisse(b, noms) for b in baisses(courbe)),
        *(dire_la_courbe.dire_le_palier(p, noms) for p in paliers(courbe)),
    ]


def _ligne(point: Point, gain: Decimal | None) -> str:
    montants = [point.salaire, point.aides, point.impot, point.reste, *([] if gain is None else [gain])]
    largeurs = [max(12, len(t)) for t in TITRES]
    return "  ".join(f"{euros(m, centimes=False):>{n}}" for m, n in zip(montants, largeurs, strict=False))


def _en_json(courbe: Courbe, situation: Situation, noms: dict[str, str]) -> dict:
    """La courbe en types simples ; les sommes sont en €/mois, sauf ``par_an``."""
    return {
        "date": courbe.jour.isoformat(),
        "version_regles": courbe.version_regles,
        "mention": courbe.mention,
        "qui": courbe.qui,
        "salaire_actuel": float(courbe.actuel),
        "autres_revenus": float(courbe.autres_revenus),
        "phrases": [str(p) for p in _phrases(courbe, noms)],
        "baisses": [_passage(b) for b in baisses(courbe)],
        "paliers": [_passage(p) for p in paliers(courbe)],
        "reserves": [str(r) for r in dire_la_courbe.reserves(courbe, situation, noms)],
        "points": [_point(p) for p in courbe.points],
    }


def _passage(passage: Passage) -> dict:
    return {
        "de": float(passage.de),
        "a": float(passage.a),
        "ecart": float(passage.ecart),
        "causes": [{"quoi": c.quoi, "ecart": float(c.ecart), "finit": c.finit} for c in passage.causes],
        "retour": None if passage.retour is None else float(passage.retour),
    }


def _point(point: Point) -> dict:
    return {
        "salaire": float(point.salaire),
        "droits": {d: float(m) for d, m in point.droits.items()},
        "par_an": {d: float(m) for d, m in point.par_an.items()},
        "formes": point.formes,
        "impot": float(point.impot),
        "reste": float(point.reste),
    }
