"""
La recherche tolérante : accents, pluriels et fautes de frappe pardonnés, la même sur SQLite et PostgreSQL.

On compare des mots normalisés ; un mot inconnu est rapproché de ceux qui partagent ses trigrammes. Un nombre ne se
rapproche de rien : un numéro presque juste est le numéro de quelqu'un d'autre.
Les termes cherchés ne sont ni journalisés ni gardés. Le rapprochement se fait en base : des milliers de noms tiennent.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Count, ExpressionWrapper, FloatField, QuerySet, Value
from django.db.models.functions import Length

from pleinsdroits.socle.models import MotIndexe, Trigramme
from pleinsdroits.socle.un_a_la_fois import un_a_la_fois

RESSEMBLANCE = 0.5
LONGUEUR_MAXIMALE = 40
MOTS_MAXIMUM = 12
VOISINS_MAXIMUM = 200
Decoupage = Callable[[str], list[str]]
# Des lettres que la décomposition Unicode laisse entières.
LETTRES = str.maketrans(
    {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ı": "i"}
)
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
    return [_singulier(m) for m in mots_de_nom(texte) if m not in VIDES]


def mots_de_nom(texte: str) -> list[str]:
    """
    Les mots d'un nom de personne ou d'un numéro, tous gardés (« Le », « Sa », « Dupuis ») : sans accent, en minuscules,
    séparés aux traits d'union et aux apostrophes, dans l'ordre.
    """
    plat = unicodedata.normalize("NFKD", texte.translate(LETTRES)).casefold()
    plat = "".join(c for c in plat if not unicodedata.combining(c))
    return [m[:LONGUEUR_MAXIMALE] for m in re.findall(r"[a-z0-9]+", plat)]


def indexer(ensemble: str, objets: Mapping[str, Iterable[tuple[str, int]]], *, decouper: Decoupage = normaliser) -> int:
    """
    Remplace l'index de ``ensemble``. ``objets`` : clé → couples (texte, poids). Tout ou rien.
    Rend le nombre de mots enregistrés.
    """
    mots = [m for cle, textes in objets.items() for m in _mots_indexes(ensemble, cle, textes, decouper)]
    with transaction.atomic():
        MotIndexe.objects.filter(ensemble=ensemble).delete()
        Trigramme.objects.filter(ensemble=ensemble).delete()
        MotIndexe.objects.bulk_create(mots, batch_size=500)
        _ajouter_les_trigrammes(ensemble, {m.mot for m in mots})
    return len(mots)


def indexer_un(ensemble: str, cle: str, textes: Iterable[tuple[str, int]], *, decouper: Decoupage = normaliser) -> int:
    """
    Remplace les mots du seul objet ``cle`` par ceux de ``textes`` (couples texte, poids) et complète les trigrammes.
    ``decouper`` : ``mots_de_nom`` pour des personnes ; le même sert à ``chercher``. Rend le nombre de mots.
    """
    mots = _mots_indexes(ensemble, cle, textes, decouper)
    nouveaux = {m.mot for m in mots}
    with transaction.atomic():
        un_a_la_fois(f"recherche:{ensemble}:{cle}")
        connus = MotIndexe.objects.filter(ensemble=ensemble, mot__in=nouveaux).values_list("mot", flat=True)
        nouveaux -= set(connus.distinct())
        MotIndexe.objects.filter(ensemble=ensemble, cle=cle).delete()
        MotIndexe.objects.bulk_create(
            mots, update_conflicts=True, unique_fields=["ensemble", "mot", "cle"], update_fields=["poids"]
        )
        _ajouter_les_trigrammes(ensemble, nouveaux)
    return len(mots)


def oublier(ensemble: str, cle: str) -> int:
    """Retire l'objet ``cle`` de l'index ; rend le nombre de mots retirés. Ses trigrammes attendent le balayage."""
    return MotIndexe.objects.filter(ensemble=ensemble, cle=cle).delete()[0]


def balayer_l_index(ensemble: str) -> int:
    """
    Retire les trigrammes des mots que plus personne ne porte (un nom effacé ne survit pas ici) et remet ceux qui
    manqueraient. Rend le nombre de mots retirés.
    """
    with transaction.atomic():
        portes = set(MotIndexe.objects.filter(ensemble=ensemble).values_list("mot", flat=True).distinct())
        gardes = set(Trigramme.objects.filter(ensemble=ensemble).values_list("mot", flat=True).distinct())
        perdus = sorted(gardes - portes)
        for debut in range(0, len(perdus), 500):
            Trigramme.objects.filter(ensemble=ensemble, mot__in=perdus[debut : debut + 500]).delete()
        _ajouter_les_trigrammes(ensemble, portes - gardes)
    return len(perdus)


def chercher(
    ensemble: str, requete: str, limite: int = 20, *, decouper: Decoupage = normaliser, voisins: bool = False
) -> Trouvailles:
    """
    Les objets d'``ensemble`` qui répondent à ``requete``, au plus ``limite``, du meilleur au moins bon.

    ``decouper`` : celui qui a servi à indexer. ``voisins`` : garder aussi, derrière, les mots qui ressemblent à un mot
    exact (« Dupond » quand on cherche « Dupont ») ; sans lui, l'exact les éclipse.
    Deux requêtes en base, quel que soit le nombre de mots. Rien de cherchable : rien de trouvé.
    """
    demandes = list(dict.fromkeys(decouper(requete)))[:MOTS_MAXIMUM]
    if not demandes:
        return Trouvailles()
    proches = _mots_proches(ensemble, demandes, voisins)
    corrections = {d: max(p, key=lambda m: p[m]) for d, p in proches.items() if p and max(p.values()) < 1}
    points = _noter(ensemble, proches)
    cles = sorted(points, key=lambda c: (-points[c], c))
    return Trouvailles(cles[:limite], corrections)


def trigrammes_de(mot: str) -> set[str]:
    """Les trigrammes d'un mot, bornes comprises : « eau » donne « ␣ea », « eau », « au␣ »."""
    borde = f" {mot} "
    return {borde[i : i + 3] for i in range(len(borde) - 2)}


def _mots_proches(ensemble: str, demandes: list[str], voisins: bool) -> dict[str, dict[str, float]]:
    """Pour chaque mot demandé, les mots du vocabulaire qui lui ressemblent et à quel point (0 à 1)."""
    questions = [_commencant_par(ensemble, d) for d in demandes]
    questions += [_ressemblant_a(ensemble, d) for d in demandes if len(d) >= 4 and not d.isdecimal()]
    partages: dict[str, dict[str, int]] = {d: {} for d in demandes}
    for demande, mot, communs in questions[0].union(*questions[1:], all=True):
        partages[demande][mot] = max(communs, partages[demande].get(mot, 0))
    return {d: _les_plus_proches(_ressemblances(d, communs, voisins)) for d, communs in partages.items()}


def _commencant_par(ensemble: str, demande: str) -> QuerySet:
    """Le mot lui-même et, à partir de trois lettres, ceux qu'il commence ; l'intervalle suit l'index."""
    fin = demande + "z" * LONGUEUR_MAXIMALE if len(demande) >= 3 else demande
    mots = MotIndexe.objects.filter(ensemble=ensemble, mot__gte=demande, mot__lte=fin)
    return mots.annotate(demande=Value(demande), communs=Value(0)).values_list("demande", "mot", "communs").distinct()


def _ressemblant_a(ensemble: str, demande: str) -> QuerySet:
    """Les mots qui partagent assez de trigrammes avec ``demande`` (coefficient de Dice), comptés par la base."""
    trigrammes = trigrammes_de(demande)
    assez = ExpressionWrapper((Length("mot") + len(trigrammes)) * (RESSEMBLANCE / 2), output_field=FloatField())
    return (
        Trigramme.objects.filter(ensemble=ensemble, trigramme__in=sorted(trigrammes))
        .annotate(demande=Value(demande))
        .values("demande", "mot")
        .annotate(communs=Count("trigramme"))
        .filter(communs__gte=assez)
        .values_list("demande", "mot", "communs")
    )


def _ressemblances(demande: str, communs: Mapping[str, int], voisins: bool) -> dict[str, float]:
    """Une égalité vaut 1, un début de mot 0,95 (0,6 derrière une égalité), une ressemblance (Dice) au plus 0,9."""
    exact = demande in communs
    notes: dict[str, float] = {demande: 1.0} if exact else {}
    for mot, partages in communs.items():
        if mot == demande:
            continue
        if mot.startswith(demande):
            if not exact or len(demande) >= 4:
                notes[mot] = 0.6 if exact else 0.95
        elif voisins or not exact:
            notes[mot] = 0.9 * 2 * partages / (len(trigrammes_de(demande)) + len(mot))
    return notes


def _les_plus_proches(notes: dict[str, float]) -> dict[str, float]:
    """« ma… » commence des centaines de noms : au-delà des plus proches, personne ne lit."""
    return dict(sorted(notes.items(), key=lambda n: (-n[1], n[0]))[:VOISINS_MAXIMUM])


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


def _mots_indexes(ensemble: str, cle: str, textes: Iterable[tuple[str, int]], decouper: Decoupage) -> list[MotIndexe]:
    """Les mots d'un objet, chacun une fois, à son poids le plus fort."""
    poids_des_mots: dict[str, int] = {}
    for texte, poids in textes:
        for mot in decouper(texte):
            poids_des_mots[mot] = max(poids, poids_des_mots.get(mot, 0))
    return [MotIndexe(ensemble=ensemble, cle=cle, mot=m, poids=p) for m, p in sorted(poids_des_mots.items())]


def _ajouter_les_trigrammes(ensemble: str, mots: Iterable[str]) -> None:
    """Toujours dans le même ordre : deux écritures à la fois s'attendent sans se bloquer."""
    trigrammes = [
        Trigramme(ensemble=ensemble, trigramme=t, mot=m)
        for m in sorted(mots)
        if not m.isdecimal()
        for t in sorted(trigrammes_de(m))
    ]
    Trigramme.objects.bulk_create(trigrammes, batch_size=500, ignore_conflicts=True)


def _singulier(mot: str) -> str:
    return mot[:-1] if len(mot) > 3 and mot[-1] in "sx" else mot
