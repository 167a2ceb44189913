"""Les jumelles : de quoi déclarer une variable qui a une formule sans changer celle des voisins de lot (piège 21)."""

from numpy import where
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_france.model.base import FoyerFiscal, TypesStatutMarital

from pleinsdroits.droits.moteur.correctifs.base import Correctif, declarer, remplacer

# variable → (entité, type, annuelle)
JUMELLES: dict[str, tuple[str, type, bool]] = {
    "boursier": ("individu", bool, False),
    "logement_conventionne": ("menage", bool, False),
    "rfr": ("foyer_fiscal", float, True),
    "nbptr": ("foyer_fiscal", float, True),
}


def _installer_les_jumelles(systeme: TaxBenefitSystem) -> None:
    for nom, (entite, type_de_valeur, annuelle) in JUMELLES.items():
        declarer(systeme, f"{nom}_connu", entite, annuelle=annuelle)
        declarer(systeme, f"{nom}_declare", entite, type_de_valeur=type_de_valeur, annuelle=annuelle)
        _masquer(systeme, nom)


def _masquer(systeme: TaxBenefitSystem, nom: str) -> None:
    """``nom`` vaut la valeur déclarée quand elle est connue, sa formule d'origine sinon."""
    originales = dict(systeme.variables[nom].formulas)

    def masquee(originale):
        nombre = originale.__code__.co_argcount

        def formula(entite, period, parameters):
            calcule = originale(entite, period, parameters) if nombre == 3 else originale(entite, period)
            return where(entite(f"{nom}_connu", period), entite(f"{nom}_declare", period), calcule)

        return formula

    remplacer(systeme, nom, **{f"formula_{depuis.replace('-', '_')}": masquee(f) for depuis, f in originales.items()})


def _statut_marital(systeme: TaxBenefitSystem) -> None:
    """Marié, pacsé ou seul, comme la personne le dit ; OpenFisca suppose pacsés deux déclarants."""
    declarer(systeme, "marie_declare", "individu")

    def formula(individu, period):
        a_deux = individu.foyer_fiscal.nb_persons(FoyerFiscal.DECLARANT) >= 2
        statuts = where(a_deux, TypesStatutMarital.pacse, TypesStatutMarital.celibataire)
        return where(individu("marie_declare", period), TypesStatutMarital.marie, statuts)

    remplacer(systeme, "statut_marital", formula=formula)


CORRECTIFS = (
    Correctif(
        "jumelles",
        "Une réponse donnée par un foyer ne change jamais le calcul d’un autre",
        "constat sur OpenFisca-Core : une entrée déclarée vaut pour tout le lot",
        _installer_les_jumelles,
        technique=True,
    ),
    Correctif(
        "statut_marital",
        "Le mariage est celui que la personne déclare",
        "CSS R815-18 s. (couple marié ou non dans l’ASPA)",
        _statut_marital,
        technique=True,
    ),
)
