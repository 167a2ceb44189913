"""Ce que chaque personne, famille, foyer fiscal et ménage déclare à OpenFisca (droits.md §2.2)."""

from datetime import date
from typing import Any, Protocol

from pleinsdroits.droits.moteur.entites import Groupe
from pleinsdroits.droits.moteur.revenus import declarer_les_revenus
from pleinsdroits.droits.situation.listes import (
    Activite,
    AutreParent,
    Lien,
    Nationalite,
    Scolarite,
    StatutLogement,
    Titre,
    TypeRevenu,
)
from pleinsdroits.droits.situation.modele import Personne, Situation, age

ACTIVITES = {
    Activite.SALARIE: "actif",
    Activite.INDEPENDANT: "actif",
    Activite.APPRENTI: "actif",
    Activite.DEMANDEUR_EMPLOI: "chomeur",
    Activite.ETUDIANT: "etudiant",
    Activite.RETRAITE: "retraite",
    Activite.SANS_ACTIVITE: "inactif",
}
# Un code par groupe de pays : OpenFisca ne distingue que France, Espace économique européen et reste du monde.
PAYS = {Nationalite.FRANCAISE: "FR", Nationalite.UE: "DE", Nationalite.HORS_UE: "AF"}
SCOLARITES = {Scolarite.AUCUNE: "inconnue", Scolarite.SUPERIEUR: "enseignement_superieur"}
STATUTS = {
    StatutLogement.FOYER: "locataire_foyer",
    StatutLogement.HEBERGE: "loge_gratuitement",
    StatutLogement.ACCEDANT: "primo_accedant",
}
ISOLEMENT_RECENT_MOIS = 18  # CASF L262-9, R262-2
JOURS_PAR_AN = 365.25
AGE_DE_RATTACHEMENT = 18  # CGI art. 6 : au-delà, le rattachement est un choix
# Prestation déclarée (identifiant de fiche) → variables des mois passés.
PRESTATIONS_DE_FAMILLE = {
    "rsa": ("rsa",),
    "ppa": ("ppa",),
    "af": ("af",),
    "cf": ("cf",),
    "asf": ("asf",),
    "paje_base": ("paje_base",),
    "aeeh": ("aeeh",),
    "aspa": ("aspa",),
    "aide_logement": ("aide_logement", "als"),
}
PRESTATIONS_DE_PERSONNE = {"aah": "aah", "mva": "caah", "asi": "asi", "ass": "ass"}


class Tableaux(Protocol):
    """Voir ``traduction.Tableaux``."""

    def poser(self, variable: str, rang: int, valeur: Any) -> None: ...

    def poser_si(self, variable: str, rang: int, valeur: Any) -> None: ...

    def choisir(self, variable: str, rang: int, nom: str) -> None: ...

    def dater(self, variable: str, rang: int, valeur: date) -> None: ...


def declarer_personne(t: Tableaux, situation: Situation, personne: Personne, rang: int, jour: date) -> None:
    """Tout ce que l'on sait d'une personne ; ``None`` (je ne sais pas) laisse la valeur neutre."""
    t.dater("date_naissance", rang, personne.naissance)
    _activite(t, personne, rang, jour)
    _sejour(t, _au_titre_de(personne, situation), rang, jour)
    _sante(t, personne, rang)
    _enfance(t, personne, rang, jour, pension_connue=_recoit_une_pension(situation))
    declarer_les_revenus(personne, jour, lambda variable, valeurs: t.poser(variable, rang, valeurs))
    if personne.lien is Lien.DEMANDEUR and situation.patrimoine:
        _patrimoine(t, situation, rang)
    for prestation in situation.prestations:
        concernee = personne.id in prestation.pour or (not prestation.pour and personne.lien is Lien.DEMANDEUR)
        if prestation.droit in PRESTATIONS_DE_PERSONNE and concernee:
            t.poser(PRESTATIONS_DE_PERSONNE[prestation.droit], rang, prestation.montant or 0)


def _au_titre_de(personne: Personne, situation: Situation) -> Personne:
    """Un enfant dont on ne demande pas la nationalité suit celle de qui demande : il ne doit rien ouvrir ni fermer."""
    suit = personne.lien is Lien.ENFANT and personne.nationalite is None
    return situation.demandeur if suit else personne


def _activite(t: Tableaux, p: Personne, rang: int, jour: date) -> None:
    nom = ACTIVITES.get(p.activite) if p.activite else "etudiant" if age(p, jour) < 16 else "inactif"
    t.choisir("activite", rang, nom or "inactif")
    t.choisir("scolarite", rang, SCOLARITES.get(p.scolarite, p.scolarite.value))
    if p.inscription_france_travail:
        t.dater("date_debut_chomage", rang, p.inscription_france_travail)
    if p.arret_de_travail:
        t.dater("date_arret_de_travail", rang, p.arret_de_travail)
    t.poser_si("ass_precondition_remplie", rang, bool(p.cinq_ans_activite_sur_dix))
    t.poser_si("rsa_jeune_condition_heures_travail_remplie", rang, bool(p.deux_ans_activite_sur_trois))
    t.poser_si("boursier_connu", rang, p.boursier is not None)
    t.poser_si("boursier_declare", rang, bool(p.boursier))
    t.poser_si("habite_chez_parents", rang, p.habite_chez_parents)
    t.poser_si("bourse_criteres_sociaux_base_ressources_parentale", rang, p.ressources_parents or 0)
    # Sans établissement public ou sous contrat, la formule refuse la bourse ; le Crous vérifie l'inscription.
    chiffree = p.scolarite is Scolarite.SUPERIEUR and p.ressources_parents is not None
    t.choisir("statuts_etablissement_scolaire", rang, "public" if chiffree else "inconnu")


def _sejour(t: Tableaux, p: Personne, rang: int, jour: date) -> None:
    t.poser("nationalite", rang, PAYS[p.nationalite or Nationalite.FRANCAISE])
    titre = p.sejour.titre if p.sejour else None
    depuis = (p.sejour.depuis if p.sejour else None) or (
        p.arrivee_en_france if p.nationalite is Nationalite.UE else None
    )
    if depuis and titre not in (Titre.SANS_TITRE, Titre.DEMANDEUR_ASILE):
        t.poser_si("duree_possession_titre_sejour", rang, (jour - depuis).days / JOURS_PAR_AN)
    t.poser_si("refugie", rang, titre is Titre.REFUGIE)
    t.poser_si("sejour_sans_condition", rang, titre in (Titre.REFUGIE, Titre.CARTE_RESIDENT))
    t.poser_si("sans_droit_au_sejour", rang, titre in (Titre.SANS_TITRE, Titre.DEMANDEUR_ASILE))


def _sante(t: Tableaux, p: Personne, rang: int) -> None:
    t.poser_si("enceinte", rang, p.grossesse is not None)
    t.poser_si("inapte_travail", rang, bool(p.inapte))
    t.poser_si("invalidite", rang, p.invalidite is not None)
    if p.handicap:
        taux = p.handicap.taux or 0.0
        # Pour l'AEEH, un taux d'au moins 50 % ouvre l'étude (CSS L541-1) ; le modèle ne lit que ce drapeau (piège 4).
        t.poser_si("handicap", rang, taux >= 0.5)
        t.poser_si("taux_incapacite", rang, taux)
        t.poser_si("aah_restriction_substantielle_durable_acces_emploi", rang, bool(p.handicap.restriction_emploi))
        t.poser_si("aeeh_niveau_handicap", rang, p.handicap.complement or 0)
    if p.autonomie and p.autonomie.gir:
        t.choisir("gir", rang, f"gir_{p.autonomie.gir}")
        t.poser_si("dependance_plan_aide_domicile", rang, p.autonomie.plan_aide or 0)


def _enfance(t: Tableaux, p: Personne, rang: int, jour: date, *, pension_connue: bool) -> None:
    t.poser_si("garde_alternee", rang, p.garde_alternee)
    # Une pension versée mais faible ouvre l'ASF différentielle : le modèle déduit la pension reçue (CSS L523-1 II).
    faible = p.autre_parent is AutreParent.PENSION_VERSEE and pension_connue
    sans_entretien = p.autre_parent not in (None, AutreParent.PENSION_VERSEE)
    t.poser_si("asf_due", rang, p.lien is Lien.ENFANT and (sans_entretien or faible))
    t.poser_si(
        "enfant_a_charge",
        rang,
        p.lien is Lien.ENFANT and (age(p, jour) < AGE_DE_RATTACHEMENT or bool(p.rattache_fiscal)),
    )


def _recoit_une_pension(situation: Situation) -> bool:
    return any(r.type is TypeRevenu.PENSION_ALIMENTAIRE for p in situation.personnes for r in p.revenus or [])


def _patrimoine(t: Tableaux, situation: Situation, rang: int) -> None:
    biens = situation.patrimoine
    assert biens is not None
    t.poser_si("livret_a", rang, biens.livrets or 0)
    t.poser_si("epargne_revenus_imposables", rang, biens.placements_imposables or 0)
    t.poser_si("epargne_revenus_non_imposables", rang, biens.placements_non_imposables or 0)
    t.poser_si("valeur_patrimoine_loue", rang, biens.biens_loues or 0)
    t.poser_si("valeur_locative_immo_non_loue", rang, biens.biens_non_loues or 0)


def declarer_famille(t: Tableaux, situation: Situation, groupe: Groupe, rang: int, jour: date) -> None:
    """Ce que porte la famille : isolement récent, bailleur parent, prestations des mois passés."""
    personnes = {situation.personnes[i].id for i in groupe.membres}
    principale = situation.demandeur.id in personnes
    seul_depuis = situation.seul_depuis
    recent = (
        seul_depuis is not None
        and (jour.year - seul_depuis.year) * 12 + jour.month - seul_depuis.month < ISOLEMENT_RECENT_MOIS
    )
    t.poser_si("rsa_isolement_recent", rang, principale and recent)
    t.poser_si("proprietaire_proche_famille", rang, principale and bool(situation.logement.bailleur_parent))
    for prestation in situation.prestations:
        sienne = bool(personnes & set(prestation.pour)) if prestation.pour else principale
        if sienne:
            for variable in PRESTATIONS_DE_FAMILLE.get(prestation.droit, ()):
                t.poser(variable, rang, prestation.montant or 0)


def declarer_foyer_fiscal(t: Tableaux, situation: Situation, groupe: Groupe, rang: int) -> None:
    """L'avis d'imposition, pour l'année qu'il dit ; sans avis, OpenFisca recompose le revenu fiscal."""
    tetes = {situation.personnes[i].id for i in groupe.tetes}
    for avis in situation.avis:
        if not tetes & set(avis.personnes):
            continue
        # Le dernier avis connu vaut pour les trois années lues : c’est lui que les organismes ont en main.
        if avis.rfr is not None:
            t.poser("rfr_connu", rang, True)
            t.poser("rfr_declare", rang, avis.rfr)
        if avis.parts is not None:
            t.poser("nbptr_connu", rang, True)
            t.poser("nbptr_declare", rang, avis.parts)
        t.poser("pensions_alimentaires_versees", rang, -(avis.pensions_versees or 0))


def declarer_menage(t: Tableaux, situation: Situation, rang: int, *, principal: bool) -> None:
    """
    Le logement. Seul le ménage du demandeur paie un loyer : les autres adultes du logement sont logés par lui, sinon
    deux familles recevraient chacune l'aide entière (droits.md §2.1, règle 3).
    """
    logement = situation.logement
    t.poser("depcom", rang, logement.commune)
    if not principal:
        t.choisir("statut_occupation_logement", rang, "loge_gratuitement")
        return
    if logement.statut:
        t.choisir("statut_occupation_logement", rang, STATUTS.get(logement.statut, logement.statut.value))
    t.poser_si("loyer", rang, logement.loyer or 0)
    t.poser_si("charges_locatives", rang, logement.charges or 0)
    t.poser_si("coloc", rang, logement.colocation)
    t.poser_si("logement_chambre", rang, logement.chambre)
    t.poser_si("logement_crous", rang, logement.crous)
    t.poser_si("participation_frais", rang, bool(logement.participe_frais))
    t.poser_si("logement_conventionne_connu", rang, bool(logement.conventionne))
    t.poser_si("logement_conventionne_declare", rang, bool(logement.conventionne))
    if logement.statut is StatutLogement.FOYER:
        etat = "logement_rehabilite" if logement.foyer_rehabilite else "logement_non_rehabilite"
        t.choisir("etat_logement_foyer", rang, etat)
    if logement.entree:
        t.dater("date_entree_logement", rang, logement.entree)
    if logement.pret_date:
        t.dater("aide_logement_date_pret_conventionne", rang, logement.pret_date)
