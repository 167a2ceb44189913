"""Quels paramètres, d'OpenFisca et de la maison, sont lus quand on calcule les droits affichés."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from openfisca_core.parameters import Parameter, ParameterNode, ParameterNodeAtInstant, VectorialParameterNodeAtInstant
from openfisca_core.simulations import Simulation
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from pleinsdroits.droits.moteur.calcul import sorties_demandees
from pleinsdroits.droits.moteur.evaluation import evaluer
from pleinsdroits.droits.moteur.parametres import Valeur, tous
from pleinsdroits.droits.moteur.regle import REGLES, Contexte
from pleinsdroits.droits.moteur.reponses import Reponses
from pleinsdroits.droits.moteur.simulation import simuler
from pleinsdroits.droits.moteur.systeme import systeme
from pleinsdroits.droits.moteur.traduction import preparer
from pleinsdroits.droits.moteur.variantes import sans_inconnue
from pleinsdroits.droits.moteur.vocabulaire import vocabulaire_de
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.droits.situation.mois import Mois

Noeud = tuple[str, str]  # une variable et sa période


@dataclass(frozen=True)
class ParametreLu:
    """
    Un paramètre lu par des droits affichés : ``depuis``, date de sa dernière valeur ; ``relu``, date où OpenFisca l'a
    encore trouvé bon (s'il le dit) ; ``unite`` d'OpenFisca (« currency », « /1 »…), vide si elle n'est pas dite.
    """

    nom: str
    depuis: date
    relu: date | None
    unite: str
    droits: tuple[str, ...]


def parametres_lus(situations: Sequence[Situation], jour: date) -> list[ParametreLu]:
    """
    Les paramètres d'OpenFisca lus pour les droits de ces ``situations`` et tous les nôtres, dans l'ordre des noms.

    Une formule d'OpenFisca lit ses paramètres quel que soit le foyer : un seul suffit à les voir tous. Nos règles, elles,
    ne lisent que ce qui sert : plus les foyers sont divers, plus les droits nommés sont complets. Les barèmes de
    cotisations qu'OpenFisca recompose à la volée n'ont plus de nom : ils n'y sont pas.
    """
    tbs = systeme()
    completes = [sans_inconnue(s, jour) for s in situations]
    lot = preparer(vocabulaire_de(tbs, ()), completes, jour)
    lectures = _tracer(tbs, simuler(tbs, lot, jour), jour)
    usages: dict[str, set[str]] = defaultdict(set)
    for regle in REGLES.values():
        for nom in regle.sorties:
            for parametre in lectures.de((nom, _periode(tbs, nom, jour))):
                usages[parametre].add(regle.droit)
    nommes = {nom: droits for nom, droits in usages.items() if nom.split(".")[0] in tbs.parameters.children}
    lus = [lu for nom, droits in nommes.items() for lu in _decrire(tbs, nom, tuple(sorted(droits)))]
    return sorted([*lus, *_les_notres(completes, jour)], key=lambda p: p.nom)


@dataclass
class Lectures:
    """Qui lit quoi : les paramètres lus par chaque nœud du calcul, et les nœuds dont il dépend."""

    parametres: dict[Noeud, set[str]] = field(default_factory=lambda: defaultdict(set))
    suites: dict[Noeud, set[Noeud]] = field(default_factory=lambda: defaultdict(set))

    def de(self, depart: Noeud) -> set[str]:
        """Les paramètres dont ``depart`` dépend, de proche en proche."""
        vus, pile = {depart}, [depart]
        while pile:
            nouveaux = self.suites.get(pile.pop(), set()) - vus
            vus |= nouveaux
            pile += nouveaux
        return {p for noeud in vus for p in self.parametres.get(noeud, ())}


def _tracer(tbs: TaxBenefitSystem, simulation: Simulation, jour: date) -> Lectures:
    simulation.trace = True
    tracer = simulation.tracer
    # Le traceur d'OpenFisca ne voit pas les barèmes : le nôtre note toute feuille lue.
    simulation.trace_parameters_at_instant = lambda instant: _Espion(
        tbs.get_parameters_at_instant(instant), tracer.record_parameter_access
    )
    for nom in sorties_demandees():
        simulation.calculate(nom, _periode(tbs, nom, jour))
    lectures = Lectures()
    for noeud in tracer.browse_trace():
        cle = (noeud.name, str(noeud.period))
        lectures.parametres[cle] |= {p.name for p in noeud.parameters}
        lectures.suites[cle] |= {(n.name, str(n.period)) for n in noeud.children}
    return lectures


class _Espion:
    """Un nœud de paramètres qui note le nom de chaque feuille lue, barèmes compris."""

    def __init__(self, noeud: Any, noter: Any):
        self._noeud, self._noter = noeud, noter

    def __getattr__(self, cle: str) -> Any:
        return self._lire(getattr(self._noeud, cle), cle)

    def __getitem__(self, cle: Any) -> Any:
        return self._lire(self._noeud[cle], cle)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._noeud)

    def __contains__(self, cle: object) -> bool:
        return cle in self._noeud

    def _lire(self, enfant: Any, cle: Any) -> Any:
        if isinstance(enfant, (ParameterNodeAtInstant, VectorialParameterNodeAtInstant)):
            return _Espion(enfant, self._noter)
        if isinstance(cle, str) and cle.startswith("_"):
            return enfant
        par_tableau = not isinstance(cle, str) or isinstance(self._noeud, VectorialParameterNodeAtInstant)
        nom = self._noeud._name if par_tableau else f"{self._noeud._name}.{cle}"
        self._noter(nom, self._noeud._instant_str, None)
        return enfant


def _periode(tbs: TaxBenefitSystem, nom: str, jour: date) -> str:
    return str(Mois(jour)) if tbs.variables[nom].definition_period == "month" else str(jour.year)


def _decrire(tbs: TaxBenefitSystem, nom: str, droits: tuple[str, ...]) -> Iterator[ParametreLu]:
    """Le paramètre ``nom``, ou chacune de ses feuilles si les formules y choisissent une case par foyer."""
    noeud = tbs.parameters
    for cle in nom.split("."):
        noeud = noeud.children[cle]
    for feuille in _feuilles(noeud):
        dates = [v.instant_str for p in _valeurs(feuille) for v in p.values_list]
        meta = feuille.metadata
        relu = meta.get("last_value_still_valid_on")
        unite = meta.get("unit") or meta.get("amount_unit") or meta.get("rate_unit") or ""
        yield ParametreLu(
            feuille.name, date.fromisoformat(max(dates)), relu and date.fromisoformat(str(relu)), str(unite), droits
        )


def _feuilles(noeud: Any) -> Iterator[Any]:
    if isinstance(noeud, ParameterNode):
        for enfant in noeud.children.values():
            yield from _feuilles(enfant)
    else:
        yield noeud


def _valeurs(feuille: Any) -> Iterable[Parameter]:
    """Les suites de valeurs datées d'un paramètre simple ou d'un barème."""
    if isinstance(feuille, Parameter):
        return [feuille]
    return [p for tranche in feuille.brackets for p in tranche.children.values()]


@dataclass(frozen=True)
class _ContexteSuivi(Contexte):
    """Un contexte de règle qui note les paramètres demandés."""

    demandes: set[str] = field(default_factory=set)

    def parametre(self, nom: str) -> Valeur:
        self.demandes.add(nom)
        return super().parametre(nom)


def _les_notres(situations: Sequence[Situation], jour: date) -> Iterator[ParametreLu]:
    usages: dict[str, set[str]] = defaultdict(set)
    for situation, valeurs in zip(situations, evaluer(situations, jour, sorties_demandees()), strict=True):
        reponses = Reponses(situation, valeurs, jour)
        for regle in REGLES.values():
            contexte = _ContexteSuivi(situation, jour, valeurs, {a: reponses[a] for a in regle.apres})
            list(regle.fonction(contexte))
            for nom in contexte.demandes:
                usages[nom].add(regle.droit)
    for nom, dates in tous().items():
        derniere = dates[-1]
        yield ParametreLu(nom, derniere.depuis, None, derniere.unite, tuple(sorted(usages[nom])))
