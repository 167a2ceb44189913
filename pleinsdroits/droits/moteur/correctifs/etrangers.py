"""ASPA et ASI : titre de séjour et âge anticipé."""

from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from pleinsdroits.droits.moteur.correctifs.base import Correctif, remplacer
from pleinsdroits.droits.moteur.parametres import parametre


def _nationalite(systeme: TaxBenefitSystem) -> None:
    """
    OpenFisca écrit ``logical_or(eee, suisse, duree >= 10)`` : numpy prend le troisième argument pour tampon de
    sortie, et l'ancienneté du titre est perdue. La loi : ressortissants européens et suisses, réfugiés, ou titre
    autorisant à travailler depuis dix ans (CSS L816-1).
    """

    def formula(individu, period, parameters):
        minimum_vieillesse = parameters(period).prestations_sociales.solidarite_insertion.minimum_vieillesse
        europeen = individu("ressortissant_eee", period) + (individu("nationalite", period) == b"CH")
        ancien = individu("duree_possession_titre_sejour", period) >= minimum_vieillesse.aspa.duree_min_titre_sejour
        refugie = individu("refugie", period)
        return (europeen + ancien + refugie > 0) * (1 - individu("sans_droit_au_sejour", period)) > 0

    remplacer(systeme, "asi_aspa_condition_nationalite", formula=formula)


def _age_inapte(systeme: TaxBenefitSystem) -> None:
    """L'âge anticipé des personnes inaptes est 62 ans (CSS L815-1, L351-8, R815-1) ; le modèle lit celui de l'AAH."""

    def formula(individu, period, parameters):
        aspa = parameters(period).prestations_sociales.solidarite_insertion.minimum_vieillesse.aspa
        age = individu("age", period)
        inapte = (individu("taux_incapacite", period) > aspa.taux_incapacite_aspa_anticipe) + individu(
            "inapte_travail", period
        )
        anticipe = (age >= parametre("aspa.age_inapte", period.start.date).valeur) * (inapte > 0)
        return ((age >= aspa.age_min) + anticipe > 0) * individu("asi_aspa_condition_nationalite", period) > 0

    remplacer(systeme, "aspa_eligibilite", formula=formula)


CORRECTIFS = (
    Correctif(
        "aspa_nationalite",
        "ASPA et ASI : dix ans de titre de séjour, ou le statut de réfugié, ouvrent le droit",
        "CSS L816-1 ; défaut d’OpenFisca constaté (troisième argument de logical_or)",
        _nationalite,
    ),
    Correctif(
        "aspa_age_inapte",
        "ASPA : 62 ans pour les personnes inaptes au travail",
        "CSS L815-1, L351-8 et R815-1",
        _age_inapte,
    ),
)
