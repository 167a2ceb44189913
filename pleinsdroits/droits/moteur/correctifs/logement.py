"""Aide au logement : étudiants étrangers depuis le 1er juillet 2026."""

from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_france.model.base import not_

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


CORRECTIFS = (
    Correctif(
        "al_etudiants",
        "Aide au logement : les étudiants hors Union européenne non boursiers en sont exclus depuis juillet 2026",
        "CCH L822-2 ; loi 2026-103, article 179",
        _etudiants,
    ),
)
