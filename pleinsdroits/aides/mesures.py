"""
La rapidité des réponses aux demandes d'aide, pour le conseil : chaque étape, chaque aide, douze mois.

Quatre requêtes, quelle que soit la ville : les étapes finies (déjà comptées par la base, d'un seul index), ce qui court, les
objectifs, les noms des aides. Une case trop petite se tait, et une autre avec elle pour qu'un total ne la trahisse pas.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from pleinsdroits.aides.catalogue import noms_des_aides
from pleinsdroits.aides.models import DureeEtape, Etape
from pleinsdroits.aides.objectifs import objectifs_au
from pleinsdroits.aides.regles.mesure import MesureDEtape, Objectif, douze_mois, mesurer_une_etape
from pleinsdroits.aides.retards import Attente, attentes, en_cours_par_etape, reponses_en_cours
from pleinsdroits.socle.secret import cases_tues, masquer

ETAPES = (Etape.COMPLETER, Etape.INSTRUIRE, Etape.DECIDER, Etape.NOTIFIER, Etape.PAYER)
# étape, aide, mois, durée en jours, combien.
Finie = tuple[str, str, int, int, int]
ParMois = Mapping[int, Counter[int]]
ParAide = Mapping[str, ParMois]


@dataclass(frozen=True)
class Rapidite:
    """
    Au ``jour`` : ``reponse`` (du dépôt à la lettre, ce que vit la personne), les cinq étapes dans l'ordre, la réponse par aide.
    ``aide`` : celle que l'on regarde, vide pour toutes. ``silences`` : demandes que le silence de la ville a fait refuser ;
    ``retards`` : demandes en retard, dans leur étape ou pour la réponse.
    """

    jour: dt.date
    aide: str
    reponse: MesureDEtape
    etapes: tuple[MesureDEtape, ...]
    aides: tuple[MesureDEtape, ...]
    silences: int
    retards: int


def mesurer(jour: dt.date, aide: str = "") -> Rapidite:
    """La rapidité des douze mois qui finissent avec celui du ``jour`` ; ``aide`` : d'une seule (identifiant)."""
    mois = douze_mois(jour)
    finies, objectifs = _par_etape(_finies(mois)), objectifs_au(jour)
    lues, cases = attentes(jour, objectifs), _cases_tues(finies)
    siennes = [lue for lue in lues if not aide or lue.aide == aide]
    cours = en_cours_par_etape(siennes, jour)

    def etape(e: Etape) -> MesureDEtape:
        durees = finies.get(e.value, {})
        return mesurer_une_etape(
            *(e.value, str(e.label), _de_l_aide(durees, aide)),
            mois=mois,
            objectif=objectifs.get(e),
            en_cours=cours.get(e),
            masquee=(e.value, aide) in cases,
            tus=_mois_tus(durees, aide) if aide else (),
        )

    return Rapidite(
        jour=jour,
        aide=aide,
        reponse=etape(Etape.REPONDRE),
        etapes=tuple(etape(e) for e in ETAPES),
        aides=_par_aide(finies.get(Etape.REPONDRE.value, {}), lues, jour, cases, objectifs.get(Etape.REPONDRE)),
        silences=sum(lue.silences for lue in siennes),
        retards=sum(lue.en_tout for lue in siennes),
    )


def _finies(mois: Sequence[int]) -> list[Finie]:
    """Les étapes finies, comptées par la base. Les trier coûterait plus que les compter."""
    lues = DureeEtape.objects.filter(mois__gte=mois[0], mois__lte=mois[-1]).order_by()
    return list(lues.values_list("etape", "aide", "mois", "jours").annotate(n=Count("*")))


def _par_etape(finies: Sequence[Finie]) -> dict[str, ParAide]:
    """Les durées, par étape, par aide et par mois."""
    durees: dict = defaultdict(lambda: defaultdict(lambda: defaultdict(Counter)))
    for etape, aide, mois, jours, n in finies:
        durees[etape][aide][mois][jours] = n
    return durees


def _de_l_aide(durees: ParAide, aide: str) -> ParMois:
    """Celles d'une aide ; de toutes ensemble si ``aide`` est vide."""
    if aide:
        return durees.get(aide, {})
    toutes: ParMois = defaultdict(Counter)
    for par_mois in durees.values():
        for mois, comptees in par_mois.items():
            toutes[mois].update(comptees)
    return toutes


def _par_aide(
    durees: ParAide, lues: Sequence[Attente], jour: dt.date, cases: set[tuple[str, str]], objectif: Objectif | None
) -> tuple[MesureDEtape, ...]:
    """La réponse, aide par aide, dans l'ordre de leurs noms."""
    noms = noms_des_aides(jour)
    cles = sorted({*durees, *(lue.aide for lue in lues)}, key=lambda a: noms.get(a, a))
    return tuple(
        mesurer_une_etape(
            *(cle, noms.get(cle, cle), durees.get(cle, {})),
            mois=douze_mois(jour),
            objectif=objectif,
            en_cours=reponses_en_cours([lue for lue in lues if lue.aide == cle], jour),
            masquee=(Etape.REPONDRE.value, cle) in cases,
            tus=_mois_tus(durees, cle),
        )
        for cle in cles
    )


def _cases_tues(finies: Mapping[str, ParAide]) -> set[tuple[str, str]]:
    """Les couples (étape, aide) dont le nombre ne se dit pas."""
    return cases_tues(
        {
            (etape, aide): sum(c.total() for c in par_mois.values())
            for etape, durees in finies.items()
            for aide, par_mois in durees.items()
        }
    )


def _mois_tus(durees: ParAide, aide: str) -> set[int]:
    """Les mois que cette aide tait : les siens, et ceux que l'ensemble tait déjà."""
    nombres = {(a, mois): c.total() for a, par_mois in durees.items() for mois, c in par_mois.items()}
    ensemble: Counter[int] = Counter()
    for (_aide, mois), n in nombres.items():
        ensemble[mois] += n
    caches = {mois for mois, n in masquer(ensemble).items() if n is None}
    return caches | {mois for a, mois in cases_tues(nombres) if a == aide}
