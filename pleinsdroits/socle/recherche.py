"""
La recherche tolérante : accents, pluriels et fautes de frappe pardonnés, la même sur SQLite et PostgreSQL.

On compare des mots normalisés ; un mot inconnu est rapproché de ceux qui partagent ses trigrammes.
Les termes cherchés ne sont ni journalisés ni gardés.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction

from pleinsdroits.socle.models import MotIndexe, Trigramme

RESSEMBLANCE = 0.5
LONGUEUR_MAXIMALE = 40
MOTS_MAXIMUM = 12
VIDES = frozenset(
    """
    a ai au aux avec c ce ces cet cette d dans de des du elle elles en est et eu il ils j je l la le les leur leurs
    ma mais me mes moi mon n ne nos notre nous on ou par pas pour plus qu que qui s sa sans se ses si son sur ta te
    tes toi ton tu un une vos votre vous y suis peux peut faire ete avoir etre comment quoi aide aides
    """.split()
)


@dataclass(frozen=True)
class Trouvailles:
    """Les clés trouvées, de la plus proche à la plus lointaine, et les mots remplacés (cherché → compris)."""

    cles: list[str] = field(default_factory=list)
    corrections: dict[str, str] = field(default_factory=dict)


def normaliser(texte: str) -> list[str]:
    """Les mots d'un texte : sans accent, en minuscules, sans mot vide ni marque du pluriel, dans l'ordre."""
    plat = unicodedata.normalize("NFKD", texte.replace("œ", "oe").replace("Œ", "oe")).casefold()
    plat = "".join(c for c in plat if not unicodedata.combining(c))
    mots = (m[:LONGUEUR_MAXIMALE] for m in re.findall(r"[a-z0-9]+", plat))
    return [_singulier(m) for m in mots if m not in VIDES]


def indexer(ensemble: str, objets: Mapping[str, Iterable[tuple[str, int]]]) -> int:
    """
    Remplace l'index de ``ensemble``. ``objets`` : clé → couples (texte, poids). Tout ou rien.
    Rend le nombre de mots enregistrés.
    """
    mots = [
        MotIndexe(ensemble=ensemble, cle=c, mot=m, poids=p) for c, textes in objets.items() for m, p in _peser(textes)
    ]
    vocabulaire = sorted({m.mot for m in mots})
    trigrammes = [
        Trigramme(ensemble=ensemble, trigramme=t, mot=m) for m in vocabulaire for t in sorted(trigrammes_de(m))
    ]
    with transaction.atomic():
        MotIndexe.objects.filter(ensemble=ensemble).delete()
        Trigramme.objects.filter(ensemble=ensemble).delete()
        MotIndexe.objects.bulk_create(mots, batch_size=500)
        Trigramme.objects.bulk_create(trigrammes, batch_size=500)
    return len(mots)


def chercher(ensemble: str, requete: str, limite: int = 20) -> Trouvailles:
    """
    Les objets d'``ensemble`` qui répondent à ``requete``, au plus ``limite``, du meilleur au moins bon.
    Deux requêtes en base, quel que soit le nombre de mots. Rien de cherchable : rien de trouvé.
    """
    demandes = list(dict.fromkeys(normaliser(requete)))[:MOTS_MAXIMUM]
    if not demandes:
        return Trouvailles()
    proches = _mots_proches(ensemble, demandes)
    corrections = {d: max(p, key=lambda m: p[m]) for d, p in proches.items() if p and max(p.values()) < 1}
    points = _noter(ensemble, proches)
    cles = sorted(points, key=lambda c: (-points[c], c))
    return Trouvailles(cles[:limite], corrections)


def trigrammes_de(mot: str) -> set[str]:
    """Les trigrammes d'un mot, bornes comprises : « eau » donne « ␣ea », « eau », « au␣ »."""
    borde = f" {mot} "
    return {borde[i : i + 3] for i in range(len(borde) - 2)}


def _mots_proches(ensemble: str, demandes: list[str]) -> dict[str, dict[str, float]]:
    """Pour chaque mot demandé, les mots du vocabulaire qui lui ressemblent et à quel point (0 à 1)."""
    cherches = {d: trigrammes_de(d) for d in demandes}
    communs: dict[str, set[str]] = defaultdict(set)
    lus = Trigramme.objects.filter(ensemble=ensemble, trigramme__in=sorted(set().union(*cherches.values())))
    for mot, trigramme in lus.values_list("mot", "trigramme"):
        communs[mot].add(trigramme)
    return {d: _ressemblances(d, t, communs) for d, t in cherches.items()}


def _ressemblances(demande: str, trigrammes: set[str], communs: Mapping[str, set[str]]) -> dict[str, float]:
    """Une égalité vaut 1, un début de mot 0,95, une ressemblance (Dice) au plus 0,9 ; l'égalité éclipse le reste."""
    if demande in communs:
        return {
            demande: 1.0,
            **{m: 0.6 for m in communs if m != demande and len(demande) >= 4 and m.startswith(demande)},
        }
    notes: dict[str, float] = {}
    for mot, partages in communs.items():
        dice = 2 * len(partages & trigrammes) / (len(trigrammes) + len(mot))
        if len(demande) >= 3 and mot.startswith(demande):
            notes[mot] = 0.95
        elif len(demande) >= 4 and dice >= RESSEMBLANCE:
            notes[mot] = 0.9 * dice
    return notes


def _noter(ensemble: str, proches: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """La somme, mot demandé par mot demandé, du meilleur rapprochement pesé."""
    utiles = sorted({m for p in proches.values() for m in p})
    par_mot: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for mot, cle, poids in MotIndexe.objects.filter(ensemble=ensemble, mot__in=utiles).values_list(
        "mot", "cle", "poids"
    ):
        par_mot[mot].append((cle, poids))
    points: dict[str, float] = defaultdict(float)
    for ressemblants in proches.values():
        meilleurs: dict[str, float] = {}
        for mot, note in ressemblants.items():
            for cle, poids in par_mot[mot]:
                meilleurs[cle] = max(meilleurs.get(cle, 0), note * poids)
        for cle, note in meilleurs.items():
            points[cle] += note
    return points


def _peser(textes: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    poids_des_mots: dict[str, int] = {}
    for texte, poids in textes:
        for mot in normaliser(texte):
            poids_des_mots[mot] = max(poids, poids_des_mots.get(mot, 0))
    return sorted(poids_des_mots.items())


def _singulier(mot: str) -> str:
    return mot[:-1] if len(mot) > 3 and mot[-1] in "sx" else mot
