"""Prestations familiales : soutien familial, enfant handicapé, enfant à naître."""

from numpy import round as arrondi
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_france.model.base import Famille, not_

from pleinsdroits.droits.moteur.correctifs.base import Correctif, remplacer


def _asf(systeme: TaxBenefitSystem) -> None:
    """L'ASF n'est due que pour l'enfant qu'un parent n'entretient pas, et jamais en garde alternée (CSS L523-1, R523-1)."""
    originale = systeme.variables["asf_elig_enfant"].formulas["0001-01-01"]

    def formula(individu, period, parameters):
        droit = individu("asf_due", period) * not_(individu("garde_alternee", period))
        return originale(individu, period, parameters) * droit

    remplacer(systeme, "asf_elig_enfant", formula=formula)


def _aeeh(systeme: TaxBenefitSystem) -> None:
    """Les compléments 2 à 5 de l'AEEH reçoivent le taux du rang inférieur dans le modèle (CSS D541-2)."""

    def formula_2006_01_01(famille, period, parameters):
        familiales = parameters(period).prestations_sociales.prestations_familiales
        aeeh = familiales.education_presence_parentale.aeeh
        complement, majoration = aeeh.complement_allocation, aeeh.majoration_parent_isole
        seul = famille.project(not_(famille("en_couple", period)))
        niveau = famille.members("aeeh_niveau_handicap", period)
        concerne = famille.members("handicap", period) * (famille.members("age", period) < aeeh.age_maximum_enfant)
        taux = aeeh.base + (niveau == 1) * complement.categorie_1
        for rang in range(2, 6):
            taux = taux + (niveau == rang) * (complement[f"categorie_{rang}"] + majoration[f"categorie_{rang}"] * seul)
        taux = taux + (niveau == 6) * majoration.categorie_6 * seul
        montant = concerne * (familiales.bmaf.bmaf * taux + (niveau == 6) * complement.categorie_6)
        return famille.sum(montant, role=Famille.ENFANT)

    remplacer(systeme, "aeeh", formula_2006_01_01=formula_2006_01_01)


def _naissance(systeme: TaxBenefitSystem) -> None:
    """
    La prime à la naissance se calcule sur la grossesse déclarée, pas sur un enfant à la date de naissance future :
    celui-ci ouvrirait à tort l'allocation de base (CSS L531-2, L531-3). Le mois du versement est dit par la règle.
    """
    prime = systeme.variables["paje_naissance"].formulas["2018-04-01"].__globals__["paje_naissance_adoption"]

    def formula_2018_04_01(famille, period, parameters):
        attendus = famille.sum(famille.members("enceinte", period) * 1, role=Famille.PARENT)
        familiales = parameters(period).prestations_sociales.prestations_familiales
        montant = (
            arrondi(100 * familiales.petite_enfance.paje.paje_cm2.montant.prime_naissance * familiales.bmaf.bmaf) / 100
        )
        return prime(famille, parameters, period, famille("af_nbenf", period) + attendus, attendus, montant)

    remplacer(systeme, "paje_naissance", formula_2018_04_01=formula_2018_04_01)


CORRECTIFS = (
    Correctif(
        "asf",
        "Allocation de soutien familial : selon l’autre parent, jamais en garde alternée",
        "CSS L523-1 à L523-3 et R523-1",
        _asf,
    ),
    Correctif(
        "aeeh_complements",
        "Enfant handicapé : chaque complément reçoit son propre montant",
        "CSS D541-2 ; défaut d’OpenFisca constaté (barème décalé d’un rang)",
        _aeeh,
    ),
    Correctif(
        "paje_naissance",
        "Prime à la naissance : calculée sur la grossesse, sans ouvrir l’allocation de base avant la naissance",
        "CSS L531-2 et L531-3",
        _naissance,
    ),
)
