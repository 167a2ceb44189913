"""Aide au logement des étudiants étrangers depuis le 1er juillet 2026 ; plafonds du logement social."""

from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_france.model.base import max_, not_

from pleinsdroits.droits.moteur.correctifs.base import Correctif, formule_au, remplacer


def _etudiants(systeme: TaxBenefitSystem) -> None:
    """
    Un étudiant qui n'est ni français ni européen et qui n'est pas boursier n'a plus d'aide au logement
    (CCH L822-2, loi 2026-103, article 179).
    """
    originale = formule_au(systeme, "aide_logement_montant", "2026-07")

    def formula_2026_07_01(famille, period):
        demandeur = famille.demandeur
        exclu = (
            demandeur("etudiant", period)
            * not_(demandeur("ressortissant_eee", period))
            * not_(demandeur("boursier", period))
            * not_(famille("en_couple", period))
        )
        return originale(famille, period) * not_(exclu)

    remplacer(systeme, "aide_logement_montant", formula_2026_07_01=formula_2026_07_01)


def _plafonds_plus(systeme: TaxBenefitSystem) -> None:
    """
    Le plafond qui ouvre la demande de logement social est celui du PLUS (CCH L441-1, R441-1 ; arrêté du 29 juillet
    1987). Le modèle compare au PLAI, réservé aux plus modestes, dont les valeurs sont de 2022 et l'une a une coquille.
    """

    def formula(famille, period, parameters):
        plus = parameters(period).prestations_sociales.aides_logement.logement_social.plu
        zone = famille.demandeur.menage("zone_logement_social", period)
        categorie = famille("logement_social_categorie_menage", period)
        en_plus = max_(famille("al_nb_personnes_a_charge", period) - 4, 0)
        return plus.par_categorie_de_menage[categorie][zone] + en_plus * plus.par_personne_supplementaire[zone]

    remplacer(systeme, "logement_social_plafond_ressources", formula=formula)


CORRECTIFS = (
    Correctif(
        "al_etudiants",
        "Aide au logement : les étudiants hors Union européenne non boursiers en sont exclus depuis juillet 2026",
        "CCH L822-2 ; loi 2026-103, article 179",
        _etudiants,
    ),
    Correctif(
        "logement_social_plus",
        "Logement social : le plafond de la demande est celui du PLUS, pas celui du PLAI",
        "CCH L441-1 et R441-1 ; arrêté du 29 juillet 1987",
        _plafonds_plus,
    ),
)
