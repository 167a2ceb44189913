"""
La rapidité des réponses : combien, la moitié en combien de jours ouvrés, une sur dix attend plus, combien de retards.

Un quantile est la plus petite durée qu'au moins cette part des échéances closes ne dépasse pas ; sans échéance close, il n'y
en a pas. Une échéance annulée ne compte pas ; une échéance encore ouverte n'a pas de durée : elle se lit dans les retards.
Les périodes sont des mois entiers, qui finissent avec le mois en cours.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.utils import timezone

from pleinsdroits.comptes.models import Institution
from pleinsdroits.echeances.calendrier import ajouter_mois, debut_de_journee
from pleinsdroits.echeances.echelles import echelles
from pleinsdroits.echeances.models import Echeance, EcheanceQuerySet
from pleinsdroits.socle.quantile import quantile
from pleinsdroits.socle.secret import masquer_tableau

MOIS_MONTRES = 12
Cle = str | int | None
# Une échéance close : étape, institution, sujet, état, durée en jours ouvrés, rang de son mois (0 : celui-ci).
Close = tuple[str, int | None, str, str, int | None, int]
# Celles en cours d'une étape, d'une institution, d'un sujet, d'un porteur : combien, et combien en retard.
Courante = tuple[str, int | None, str, str, int, int]
Ligne = TypeVar("Ligne", Close, Courante)


@dataclass(frozen=True)
class Mesure:
    """
    Pour un groupe (une étape, un partenaire, un sujet) : closes, quantiles en jours ouvrés, closes à temps, en cours, en
    retard maintenant, et qui tient ces retards. ``masquee`` : trop peu de réponses pour en dire les chiffres.
    """

    cle: Cle
    nom: str
    nombre: int
    mediane: int | None
    un_sur_dix: int | None
    tenues: int
    en_cours: int
    en_retard: int
    mains: tuple[tuple[str, int], ...] = ()
    masquee: bool = False

    @property
    def part_tenue(self) -> int | None:
        """Sur cent closes, combien l'ont été à temps ; ``None`` sans close."""
        return round(100 * self.tenues / self.nombre) if self.nombre else None


@dataclass(frozen=True)
class Mois:
    """Les closes d'un mois, nommé par son premier jour."""

    jour: dt.date
    nombre: int
    mediane: int | None
    un_sur_dix: int | None


@dataclass(frozen=True)
class Choix:
    """Ce que l'on regarde : une étape, une institution, un sujet (vide : tous), sur combien de mois."""

    genre: str = ""
    institution: int | None = None
    sujet: str = ""
    mois: int = MOIS_MONTRES

    @property
    def croise(self) -> bool:
        """Un partenaire ou un sujet est choisi : le tableau de l'autre montre leur croisement."""
        return self.institution is not None or bool(self.sujet)

    @property
    def une_case(self) -> bool:
        """Un partenaire et un sujet : on ne détaille pas mois par mois ce qui est déjà petit."""
        return self.institution is not None and bool(self.sujet)


@dataclass(frozen=True)
class Tableaux:
    """Tout ce que montre « Délais », au jour dit."""

    ensemble: Mesure
    etapes: list[Mesure]
    institutions: list[Mesure]
    sujets: list[Mesure]
    mois: list[Mois]


def mesurer(ensemble: EcheanceQuerySet, choix: Choix, *, instant: dt.datetime, sujets: Mapping[str, str]) -> Tableaux:
    """
    Les tableaux de l'``ensemble`` (déjà réduit à ce que l'on peut lire). ``sujets`` : leurs noms. Trois requêtes.

    Croiser un partenaire et un sujet peut faire reconnaître quelqu'un : ces cases-là suivent le secret des petits nombres
    (``socle.secret``), masquées ensemble pour ne pas se déduire l'une de l'autre.
    """
    jour = timezone.localtime(instant).date()
    closes = _closes(ensemble, choix, jour)
    croisees = _cases_masquees(_de_la_periode(closes, choix)) if choix.croise else set()
    gardees = _retenues(closes, choix)
    dans_la_periode = _de_la_periode(gardees, choix)
    en_cours = _retenues(_courantes(ensemble, choix, instant), choix)
    tout = choix.une_case and (choix.institution, choix.sujet) in croisees

    def ranger(champ: int, noms: Mapping, cachee: Callable[[Cle], bool]) -> list[Mesure]:
        return _par(champ, noms, dans_la_periode, en_cours, cachee)

    return Tableaux(
        ensemble=_mesure("", "", Counter((c[3], c[4]) for c in dans_la_periode), en_cours, masquee=tout),
        etapes=ranger(0, {genre: e.nom for genre, e in echelles().items()}, lambda _cle: tout),
        institutions=ranger(1, _institutions(), lambda cle: bool(choix.sujet) and (cle, choix.sujet) in croisees),
        sujets=ranger(2, sujets, lambda cle: (choix.institution, cle) in croisees),
        mois=[] if choix.une_case else _mois(gardees, jour),
    )


def _closes(ensemble: EcheanceQuerySet, choix: Choix, jour: dt.date) -> list[Close]:
    """
    Les closes des douze mois, brutes : les compter ici coûte moins que les trier dans la base. « Pas annulée » plutôt que
    « tenue ou manquée » : la base lit alors l'index qui porte toutes ces colonnes.
    """
    debut = debut_de_journee(_premier(jour, MOIS_MONTRES - 1))
    rangs = [When(close_le__gte=debut_de_journee(_premier(jour, n)), then=Value(n)) for n in range(MOIS_MONTRES)]
    closes = ensemble.filter(~Q(etat=Echeance.Etat.ANNULEE), close_le__gte=debut).order_by()
    if choix.genre:
        closes = closes.filter(genre=choix.genre)
    closes = closes.annotate(rang=Case(*rangs, output_field=IntegerField()))
    return list(closes.values_list("genre", "institution", "sujet", "etat", "duree_ouvree", "rang"))


def _courantes(ensemble: EcheanceQuerySet, choix: Choix, instant: dt.datetime) -> list[Courante]:
    courantes = ensemble.en_cours().order_by()
    if choix.genre:
        courantes = courantes.filter(genre=choix.genre)
    retard = Count("pk", filter=Q(etat=Echeance.Etat.OUVERTE, limite__lt=instant))
    groupes = courantes.values("genre", "institution", "sujet", "main").annotate(n=Count("pk"), retards=retard)
    return list(groupes.values_list("genre", "institution", "sujet", "main", "n", "retards"))


def _retenues(lignes: list[Ligne], choix: Choix) -> list[Ligne]:
    if choix.institution is not None:
        lignes = [ligne for ligne in lignes if ligne[1] == choix.institution]
    return [ligne for ligne in lignes if ligne[2] == choix.sujet] if choix.sujet else lignes


def _de_la_periode(closes: list[Close], choix: Choix) -> list[Close]:
    return closes if choix.mois >= MOIS_MONTRES else [c for c in closes if c[5] < choix.mois]


def _cases_masquees(closes: Sequence[Close]) -> set[tuple[int | None, str]]:
    """Les couples (institution, sujet) dont le nombre de closes ne se dit pas."""
    nombres = Counter((c[1], c[2]) for c in closes if c[1] is not None)
    lignes = sorted({institution for institution, _sujet in nombres if institution is not None})
    colonnes = sorted({sujet for _institution, sujet in nombres})
    if not lignes:
        return set()
    tableau = masquer_tableau([[nombres[i, s] for s in colonnes] for i in lignes])
    cases = zip(lignes, tableau, strict=True)
    return {(i, s) for i, ligne in cases for s, n in zip(colonnes, ligne, strict=True) if n is None}


def _par(
    champ: int, noms: Mapping, closes: Sequence[Close], courantes: Sequence[Courante], cachee: Callable[[Cle], bool]
) -> list[Mesure]:
    """Une mesure par valeur du ``champ`` (sa place dans les lignes), dans l'ordre des noms ; sans valeur : rien."""
    faites: dict[Cle, Counter] = defaultdict(Counter)
    restent: dict[Cle, list[Courante]] = defaultdict(list)
    for (cle, *etat_et_duree), n in Counter((c[champ], c[3], c[4]) for c in closes).items():
        faites[cle][tuple(etat_et_duree)] = n
    for courante in courantes:
        restent[courante[champ]].append(courante)
    cles = [cle for cle in {**faites, **restent} if cle not in (None, "")]
    mesures = [_mesure(c, str(noms.get(c, c)), faites[c], restent[c], masquee=cachee(c)) for c in cles]
    return sorted(mesures, key=lambda m: m.nom)


def _mesure(cle: Cle, nom: str, closes: Counter, courantes: Sequence[Courante], *, masquee: bool = False) -> Mesure:
    """``closes`` : combien pour chaque (état, durée)."""
    if masquee:
        return Mesure(cle, nom, 0, None, None, 0, 0, 0, masquee=True)
    durees, mains = Counter[int](), Counter[str]()
    for (_etat, duree), n in closes.items():
        durees[duree or 0] += n
    for courante in courantes:
        mains[courante[3]] += courante[5]
    return Mesure(
        *(cle, nom, closes.total(), quantile(durees, 0.5), quantile(durees, 0.9)),
        tenues=sum(n for (etat, _duree), n in closes.items() if etat == Echeance.Etat.TENUE),
        en_cours=sum(c[4] for c in courantes),
        en_retard=mains.total(),
        mains=tuple((str(Echeance.Main(main).label), n) for main, n in mains.most_common() if n),
    )


def _mois(closes: Sequence[Close], jour: dt.date) -> list[Mois]:
    """Les douze mois, le plus ancien d'abord."""
    durees: dict[int, Counter[int]] = defaultdict(Counter)
    for (rang, duree), n in Counter((c[5], c[4]) for c in closes).items():
        durees[rang][duree or 0] += n
    rangs = range(MOIS_MONTRES - 1, -1, -1)
    return [
        Mois(_premier(jour, n), durees[n].total(), quantile(durees[n], 0.5), quantile(durees[n], 0.9)) for n in rangs
    ]


def _institutions() -> dict[int, str]:
    return dict(Institution.objects.values_list("pk", "nom"))


def _premier(jour: dt.date, mois_avant: int) -> dt.date:
    return ajouter_mois(jour.replace(day=1), -mois_avant)
