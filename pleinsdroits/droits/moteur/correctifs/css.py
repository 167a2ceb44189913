"""Complémentaire santé solidaire : plafond, mois étudiés, forfait logement."""

from openfisca_core.periods import Period
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_france.model.base import TypesStatutOccupationLogement

from pleinsdroits.droits.moteur.correctifs.base import Correctif, avec, remplacer
from pleinsdroits.droits.moteur.parametres import tous

STATUTS = TypesStatutOccupationLogement


def _plafond(systeme: TaxBenefitSystem) -> None:
    """Le plafond d'une personne seule, resté à celui d'avril 2024 dans le modèle (CSS L861-1, D861-1)."""

    def modifier(parametres):
        noeud = parametres.prestations_sociales.solidarite_insertion.minima_sociaux.cs.cmu.plafond_base
        for valeur in tous()["css.plafond_seul"]:
            noeud.update(start=valeur.depuis.isoformat(), value=valeur.valeur)
        return parametres

    systeme.modify_parameters(modifier_function=modifier)


def _fenetre(systeme: TaxBenefitSystem) -> None:
    """Les ressources sont celles des douze mois M-13 à M-2 (CSS R861-8) ; le modèle prend M-12 à M-1."""

    def douze_mois(period):
        return Period(("year", period.start, 1)).offset(-1).offset(-1, "month")

    for nom in ("css_cmu_base_ressources", "css_cmu_base_ressources_individu"):
        formule = systeme.variables[nom].formulas["0001-01-01"]
        remplacer(systeme, nom, formula=avec(formule, compute_previous_year=douze_mois))


def _forfait(systeme: TaxBenefitSystem) -> None:
    """
    Le forfait logement vise qui est logé gratuitement ou propriétaire sans aide au logement (CSS R861-5, R861-7) :
    pas un hébergé qui participe aux frais, mais bien un accédant sans aide.
    """
    originale = systeme.variables["css_cmu_base_ressources"].formulas["0001-01-01"]

    def formula(famille, period, parameters):
        menage = famille.demandeur.menage
        statut = menage("statut_occupation_logement", period)
        forfait = famille("css_cmu_forfait_logement_base", period)
        paie = (statut == STATUTS.loge_gratuitement) * menage("participation_frais", period)
        accede = (statut == STATUTS.primo_accedant) * (famille("aide_logement", period) == 0)
        return originale(famille, period, parameters) + forfait * (accede * 1.0 - paie * 1.0)

    remplacer(systeme, "css_cmu_base_ressources", formula=formula)


CORRECTIFS = (
    Correctif(
        "css_plafond",
        "Complémentaire santé solidaire : plafond d’avril 2025",
        "CSS L861-1 et D861-1, plafond au 1er avril 2025",
        _plafond,
    ),
    Correctif(
        "css_fenetre",
        "Complémentaire santé solidaire : revenus des mois M-13 à M-2",
        "CSS R861-8",
        _fenetre,
    ),
    Correctif(
        "css_forfait",
        "Complémentaire santé solidaire : qui est hébergé et paie sa part n’a pas de forfait logement",
        "CSS R861-5 et R861-7",
        _forfait,
    ),
)
