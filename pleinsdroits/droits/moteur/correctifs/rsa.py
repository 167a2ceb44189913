"""Revenu de solidarité active et prime d'activité : mois étudiés, titre de séjour du couple."""

from numpy import full
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_france.model.base import Famille, max_, where

from pleinsdroits.droits.moteur.correctifs.base import Correctif, remplacer


def _fenetre(systeme: TaxBenefitSystem) -> None:
    """Les mois M-4 à M-2 valent partout depuis le 1er mars 2025 ; le modèle les réserve à une expérimentation."""

    def formula_2025_03_01(famille, period):
        return full(famille.count, True)

    remplacer(systeme, "departement_experimentation_rsa", formula_2025_03_01=formula_2025_03_01)


def _titre(systeme: TaxBenefitSystem) -> None:
    """
    Réfugiés et titulaires d'une carte de résident n'ont pas de durée à attendre (CASF L262-4 2°) ; qui n'a pas de
    titre n'ouvre pas le droit. Les citoyens de l'Union : trois mois de présence (CASF L262-6).
    """
    originale = systeme.variables["rsa_condition_nationalite"].formulas["2009-06-01"]

    def formula_2009_06_01(individu, period, parameters):
        dispense = individu("sejour_sans_condition", period)
        return (originale(individu, period, parameters) + dispense > 0) * (
            1 - individu("sans_droit_au_sejour", period)
        ) > 0

    remplacer(systeme, "rsa_condition_nationalite", formula_2009_06_01=formula_2009_06_01)


def _conjoint(systeme: TaxBenefitSystem) -> None:
    """
    Un conjoint qui n'a pas les années de titre exigées ne majore pas le montant forfaitaire, mais ses
    ressources comptent (CASF L262-5 et R262-9).
    """

    def formula_2009_06_01(famille, period, parameters):
        ouvrants = famille.sum(famille.members("rsa_condition_nationalite", period) * 1, role=Famille.PARENT)
        adultes = max_(ouvrants, 1)
        personnes = adultes + famille("rsa_nb_enfants", period)
        rsa = parameters(period).prestations_sociales.solidarite_insertion.minima_sociaux.rsa
        hausse = rsa.rsa_maj.maj_montant_max
        troisieme = hausse.couple_1_enfant_ou_2e_enfant
        quatrieme = where(adultes == 1, hausse.par_enfant_supplementaire, troisieme)
        taux = (
            1
            + (personnes >= 2) * hausse.couples_celibataire_avec_enfant
            + (personnes >= 3) * troisieme
            + (personnes >= 4) * quatrieme
            + max_(personnes - 4, 0) * hausse.par_enfant_supplementaire
        )
        return famille("rsa_eligibilite", period) * rsa.rsa_m.montant_de_base_du_rsa * taux

    remplacer(systeme, "rsa_socle", formula_2009_06_01=formula_2009_06_01)


CORRECTIFS = (
    Correctif(
        "rsa_fenetre",
        "RSA et prime d’activité : les revenus étudiés sont ceux des mois M-4 à M-2",
        "généralisation du 1er mars 2025 de l’expérimentation (CASF R262-7)",
        _fenetre,
    ),
    Correctif(
        "rsa_titre",
        "RSA : réfugiés et cartes de résident sans durée d’attente, rien sans titre",
        "CASF L262-4 et L262-6",
        _titre,
    ),
    Correctif(
        "rsa_conjoint",
        "RSA : un conjoint sans les années de titre ne majore pas le montant, ses ressources comptent",
        "CASF L262-5",
        _conjoint,
    ),
)
