"""Le travail paie-t-il : ce qui reste chaque mois pour chaque salaire, quand tout sera pris en compte."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.droits.moteur.essais.argent import droits_du_mois, en_cours, proches, revenus_du_mois
from pleinsdroits.droits.moteur.essais.duree import Etablie, etablir
from pleinsdroits.droits.moteur.essais.gestes import REMPLACES, activite_avec, modifier
from pleinsdroits.droits.moteur.inconnues import inconnues
from pleinsdroits.droits.moteur.resultats import MENTION, Etat, Manque, Periodicite
from pleinsdroits.droits.moteur.version import version_des_regles
from pleinsdroits.droits.situation.listes import TypeRevenu
from pleinsdroits.droits.situation.modele import Personne, Revenu, Situation
from pleinsdroits.droits.situation.mois import Mois

SALAIRE_MAXIMAL, POINTS = 3000, 200
SALAIRE_LIMITE, POINTS_LIMITE = 10_000, 1000
CENTAINE, CENTIME = Decimal(100), Decimal("0.01")


@dataclass(frozen=True)
class Point:
    """
    Un salaire net et ce qu'il laisse, en €/mois. ``droits`` : les aides du mois, calculées ou gardées ; ``par_an`` : celles
    de l'année, en €/an, à part ; ``formes`` : les droits ouverts sans montant et leur forme ; ``reste`` : tous les revenus
    et les aides du mois, moins l'``impot``.
    """

    salaire: Decimal
    droits: dict[str, Decimal]
    par_an: dict[str, Decimal]
    formes: dict[str, str]
    impot: Decimal
    reste: Decimal

    @property
    def aides(self) -> Decimal:
        return sum(self.droits.values(), Decimal(0))


@dataclass(frozen=True)
class Courbe:
    """
    Les points, du plus petit salaire au plus grand, pour la personne ``qui``. ``actuel`` : son salaire d'aujourd'hui ;
    ``autres_revenus`` : ceux du foyer qui ne changent pas (€/mois) ; ``retires`` : les siens qu'un salaire remplace ;
    ``gardees`` : les aides reçues tenues constantes ; ``manques`` : les réponses supposées.
    """

    jour: date
    version_regles: str
    qui: str
    actuel: Decimal
    autres_revenus: Decimal
    points: tuple[Point, ...]
    retires: tuple[TypeRevenu, ...] = ()
    gardees: tuple[str, ...] = ()
    manques: tuple[Manque, ...] = ()
    mention: str = MENTION

    def au_salaire(self, salaire: Decimal) -> Point | None:
        """Le point de ce salaire exactement, ``None`` s'il n'est pas sur la courbe."""
        return next((p for p in self.points if p.salaire == salaire), None)

    @property
    def centaines(self) -> list[Point]:
        """Un point tous les 100 € de salaire."""
        return [p for p in self.points if not p.salaire % CENTAINE]


def tracer(
    situation: Situation, jour: date, *, ville: Path, qui: str = "", de: int = 0, a: int = SALAIRE_MAXIMAL, points: int = POINTS
) -> Courbe:  # fmt: skip
    """
    La courbe de ``qui`` (la personne qui demande, ou son conjoint) pour des salaires nets de ``de`` à ``a`` €/mois : ``points``
    pas égaux, chaque centaine, le salaire d'aujourd'hui et 100 € de plus. Lève ``KeyError`` si ``qui`` n'est pas du foyer.
    """
    personne = situation.personne(qui) if qui else situation.demandeur
    noms = {f.id: f.nom for f in catalogue(ville).values()}
    actuel = _salaire(personne, jour)
    salaires = _salaires(de, a, points, actuel)
    suites = [avec_salaire(situation, personne, s) for s in salaires]
    etablies = etablir(situation, suites, jour, noms=noms)
    sans = _revenus_sans(etablies[0].situation, personne, jour)
    return Courbe(
        jour=jour,
        version_regles=version_des_regles(),
        qui=personne.id,
        actuel=actuel,
        autres_revenus=sans,
        points=tuple(_point(s, e, sans, jour) for s, e in zip(salaires, etablies, strict=True)),
        retires=_retires(personne, jour),
        gardees=tuple(dict.fromkeys(p.droit for e in etablies for p in e.gardees)),
        manques=tuple(i.manque for i in inconnues(situation, jour) if i.manque.champ != "avis"),
    )


def avec_salaire(situation: Situation, personne: Personne, salaire: Decimal | float) -> Situation:
    """La même situation, où ``personne`` gagne ``salaire`` (€ nets par mois) depuis toujours, sans ce que le travail remplace."""
    revenus = [r for r in personne.revenus or [] if r.type not in REMPLACES]
    if salaire:
        revenus.append(Revenu(type=TypeRevenu.SALAIRE, montant=float(salaire)))
    return modifier(situation, personne, revenus=revenus, activite=activite_avec(personne, float(salaire)))


def _salaires(de: int, a: int, points: int, actuel: Decimal) -> list[Decimal]:
    pas = Decimal(a - de) / points
    grille = {de + pas * n for n in range(points + 1)}
    centaines = {Decimal(c) for c in range(-(-de // 100) * 100, a + 1, 100)}
    voulus = grille | centaines | {actuel, actuel + CENTAINE}
    return sorted({s.quantize(CENTIME) for s in voulus if de <= s <= a})


def _salaire(personne: Personne, jour: date) -> Decimal:
    recus = [r for r in personne.revenus or [] if r.type is TypeRevenu.SALAIRE and en_cours(r, Mois(jour))]
    return sum((Decimal(str(r.montant or 0)) for r in recus), Decimal(0)).quantize(CENTIME)


def _revenus_sans(situation: Situation, personne: Personne, jour: date) -> Decimal:
    """Les revenus du foyer, hors ceux que le salaire de ``personne`` remplace."""
    sans_salaire = avec_salaire(situation, situation.personne(personne.id), 0)
    return revenus_du_mois(sans_salaire, jour, proches(situation, jour))


def _retires(personne: Personne, jour: date) -> tuple[TypeRevenu, ...]:
    actuels = (r.type for r in personne.revenus or [] if r.montant and en_cours(r, Mois(jour)))
    return tuple(dict.fromkeys(t for t in actuels if t in REMPLACES - {TypeRevenu.SALAIRE}))


def _point(salaire: Decimal, etablie: Etablie, autres: Decimal, jour: date) -> Point:
    siens = proches(etablie.situation, jour)
    droits = droits_du_mois(etablie.resultats, siens) | _gardees(etablie, siens)
    reste = salaire + autres + sum(droits.values(), Decimal(0)) - etablie.impot
    du_foyer = [r for r in etablie.resultats if set(r.pour) & siens]
    par_an = {
        r.droit: r.montant
        for r in du_foyer
        if r.periodicite is Periodicite.AN and r.montant and r.etat in (Etat.OUVERT, Etat.PROBABLE)
    }
    formes = {r.droit: r.modalite for r in du_foyer if r.etat is Etat.OUVERT and not r.montant and r.modalite}
    return Point(salaire, droits, par_an, formes, etablie.impot, reste)


def _gardees(etablie: Etablie, siens: Sequence[str] | frozenset[str]) -> dict[str, Decimal]:
    recues = [p for p in etablie.gardees if p.montant and (not p.pour or set(p.pour) & set(siens))]
    return {p.droit: Decimal(str(p.montant)) for p in recues}
