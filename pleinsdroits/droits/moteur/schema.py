"""
Ce que l'on déclare à OpenFisca : la même liste de variables pour tous les foyers d'un lot, sans exception.

En lot, une variable déclarée pour un seul foyer devient une valeur d'entrée pour tous les autres (piège 21) : le
schéma est donc fixe. Une variable qui a une formule n'est jamais déclarée directement ; la Réforme lui donne une
jumelle sans formule (``<variable>_declaree``) et un masque (``<variable>_connue``).
"""

from dataclasses import dataclass
from enum import StrEnum

from pleinsdroits.droits.situation.mois import Mois

MOIS_RACONTES = 14  # de M-13 à M : ce que la personne raconte mois par mois


class Fenetre(StrEnum):
    """Les périodes déclarées, pour un calcul au mois M de l'année N."""

    TOUJOURS = "toujours"  # une valeur sans période
    MOIS = "mois"  # chaque mois de janvier N-2 à M : revenus et statuts que les formules remontent
    TREIZE_MOIS = "treize_mois"  # de M-13 à M (janvier de l'année N compris) : logement
    PASSE = "passe"  # de janvier N-2 à M-1 : prestations déjà reçues, jamais le mois calculé
    ANNEES = "annees"  # N-2, N-1 et N


@dataclass(frozen=True)
class Entree:
    """
    Une variable déclarée : son nom dans OpenFisca, l'entité qui la porte, ses périodes. ``varie`` : sa valeur change d'une
    période à l'autre (un revenu) ; les autres valent la même chose sur toute leur fenêtre.
    """

    variable: str
    entite: str
    fenetre: Fenetre
    varie: bool = False

    @property
    def lignes(self) -> int:
        """Combien de valeurs distinctes on en garde : voir ``lignes_des_periodes``."""
        if not self.varie:
            return 1
        return MOIS_RACONTES + 1 if self.fenetre is Fenetre.MOIS else 3


def periodes(fenetre: Fenetre, mois: Mois) -> list[str]:
    """Les périodes OpenFisca d'une fenêtre, dans l'ordre."""
    debut = Mois(f"{mois.annee - 2}-01")
    match fenetre:
        case Fenetre.TOUJOURS:
            return ["ETERNITY"]
        case Fenetre.ANNEES:
            return [str(mois.annee - 2), str(mois.annee - 1), str(mois.annee)]
        case Fenetre.TREIZE_MOIS:
            return _suite(mois - 13, mois)
        case Fenetre.PASSE:
            return _suite(debut, mois - 1)
        case Fenetre.MOIS:
            return _suite(debut, mois)


def lignes_des_periodes(entree: Entree, mois: Mois) -> list[int]:
    """
    Pour chaque période d'une entrée, la ligne qui porte sa valeur. Une entrée qui ne varie pas n'a que la ligne 0. Un revenu
    mensuel a la ligne 0 pour tous les mois d'avant ceux que la personne raconte, puis une ligne par mois de M-13 à M.
    """
    toutes = periodes(entree.fenetre, mois)
    if not entree.varie:
        return [0] * len(toutes)
    if entree.fenetre is Fenetre.ANNEES:
        return list(range(len(toutes)))
    return [max(0, MOIS_RACONTES - rang) for rang in reversed(range(len(toutes)))]


def _suite(premier: Mois, dernier: Mois) -> list[str]:
    return [str(Mois.du_rang(rang)) for rang in range(premier.rang, dernier.rang + 1)]


def _entrees(entite: str, fenetre: Fenetre, noms: str, *, varie: bool = False) -> list[Entree]:
    return [Entree(nom, entite, fenetre, varie) for nom in noms.split()]


ENTREES: tuple[Entree, ...] = (
    *_entrees("individu", Fenetre.TOUJOURS, "date_naissance date_debut_chomage date_arret_de_travail"),
    *_entrees(
        "individu",
        Fenetre.MOIS,
        """
        salaire_net salaire_imposable salaire_de_base
        chomage_net chomage_imposable
        retraite_nette retraite_brute retraite_imposable
        indemnites_chomage_partiel revenus_stage_formation_pro
        indemnites_journalieres_maladie indemnites_journalieres_maternite rente_accident_travail
        pensions_invalidite pensions_alimentaires_percues prestation_compensatoire
        revenus_locatifs revenus_capital gains_exceptionnels
        """,
        varie=True,
    ),
    *_entrees("individu", Fenetre.MOIS, "activite"),
    *_entrees(
        "individu",
        Fenetre.TREIZE_MOIS,
        """
        nationalite duree_possession_titre_sejour enceinte garde_alternee scolarite
        handicap taux_incapacite aah_restriction_substantielle_durable_acces_emploi aeeh_niveau_handicap
        inapte_travail invalidite ass_precondition_remplie rsa_jeune_condition_heures_travail_remplie
        habite_chez_parents bourse_criteres_sociaux_base_ressources_parentale statuts_etablissement_scolaire
        livret_a epargne_revenus_non_imposables epargne_revenus_imposables
        valeur_locative_immo_non_loue valeur_patrimoine_loue
        gir dependance_plan_aide_domicile
        boursier_connu boursier_declare refugie sejour_sans_condition sans_droit_au_sejour asf_due
        """,
    ),
    *_entrees("menage", Fenetre.TOUJOURS, "aide_logement_date_pret_conventionne"),
    *_entrees("individu", Fenetre.ANNEES, "enfant_a_charge"),
    *_entrees(
        "individu",
        Fenetre.ANNEES,
        """
        rpns_micro_entreprise_CA_bic_vente_imp rpns_micro_entreprise_CA_bic_service_imp rpns_micro_entreprise_CA_bnc_imp
        rpns_autres_revenus rpns_benefice_exploitant_agricole
        """,
        varie=True,
    ),
    *_entrees("famille", Fenetre.TREIZE_MOIS, "rsa_isolement_recent proprietaire_proche_famille"),
    *_entrees(
        "foyer_fiscal", Fenetre.ANNEES, "rfr_connu rfr_declare nbptr_connu nbptr_declare pensions_alimentaires_versees"
    ),
    *_entrees(
        "menage",
        Fenetre.TREIZE_MOIS,
        """
        depcom statut_occupation_logement loyer charges_locatives coloc logement_chambre logement_crous
        etat_logement_foyer participation_frais date_entree_logement
        logement_conventionne_connu logement_conventionne_declare
        """,
    ),
    *_entrees("famille", Fenetre.PASSE, "rsa ppa aide_logement apl als alf af cf asf paje_base aeeh aspa"),
    *_entrees("individu", Fenetre.PASSE, "aah caah asi ass"),
)
