"""Âge : de date à date, le même quel que soit ce qu'on calcule avant."""

import numpy as np
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from pleinsdroits.droits.moteur.correctifs.base import Correctif, remplacer

UN_JOUR = np.timedelta64(1, "D")
MOIS_PAR_AN = 12


def _de_date_a_date(systeme: TaxBenefitSystem) -> None:
    """
    Le modèle compte en mois moyens de 30,44 jours, et déduit l'âge d'un mois de celui d'un autre mois déjà calculé : la
    réponse dépend alors de l'ordre des questions, et qui est né le 2 du mois vieillit parfois un mois trop tôt. Au
    premier jour d'un mois, les mois révolus sont ceux qui séparent ce mois de celui de la veille de la naissance, moins un.
    """

    def mois_revolus(individu, period):
        veille = (individu("date_naissance", period) - UN_JOUR).astype("datetime64[M]")
        return (np.datetime64(period.start, "M") - veille).astype(np.int64) - 1

    def en_mois(individu, period):
        return mois_revolus(individu, period)

    def en_annees(individu, period):
        return mois_revolus(individu, period) // MOIS_PAR_AN

    remplacer(systeme, "age_en_mois", formula=en_mois)
    remplacer(systeme, "age", formula=en_annees)


CORRECTIFS = (
    Correctif(
        "age_exact",
        "Âge : compté de date à date, le même quel que soit l’ordre des calculs",
        "défaut d’OpenFisca constaté (mois moyens, âge déduit d’un mois déjà calculé)",
        _de_date_a_date,
    ),
)
