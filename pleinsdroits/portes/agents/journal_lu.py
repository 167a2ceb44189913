"""Les lignes du journal, en mots : quand, quoi, par qui. Jamais une valeur : le journal n'en garde pas."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pleinsdroits.comptes.acteur import Genre
from pleinsdroits.comptes.models import Agent
from pleinsdroits.journal.models import Entree

DERNIERES = 10
VERBES = {
    "comptes.lire": _("Compte lu"),
    "comptes.inviter": _("Compte créé, invitation envoyée"),
    "comptes.inviter_de_nouveau": _("Nouvelle invitation envoyée"),
    "comptes.accepter_invitation": _("Invitation acceptée, mot de passe choisi"),
    "comptes.changer_de_role": _("Rôle changé"),
    "comptes.constater_un_depart": _("Départ noté, compte fermé"),
    "comptes.rendre_un_second_facteur": _("Vérification en deux étapes perdue : à réinstaller"),
    "comptes.changer_de_mot_de_passe": _("Mot de passe changé"),
    "comptes.changer_de_second_facteur": _("Vérification en deux étapes réglée"),
    "comptes.fermer_ses_autres_sessions": _("Autres connexions fermées"),
    "comptes.regler_les_raccourcis": _("Raccourcis clavier réglés"),
    "comptes.charger_demonstration": _("Compte d’exemple chargé"),
    "comptes.creer_institution": _("Institution créée"),
    "comptes.modifier_institution": _("Institution modifiée"),
    "accueil.exprimer": _("Besoin noté"),
    "accueil.modifier_le_besoin": _("Besoin corrigé"),
    "accueil.commencer": _("Besoin pris en charge"),
    "accueil.mettre_en_pause": _("Besoin mis en pause, à la demande de la personne"),
    "accueil.reprendre": _("Besoin repris"),
    "accueil.clore": _("Besoin clos, avis demandé à la personne"),
    "accueil.attribuer": _("Dossier confié à un interlocuteur"),
    "accueil.noter_une_absence": _("Absence notée"),
    "accueil.annuler_une_absence": _("Absence annulée"),
    "accueil.tenir_sa_fiche": _("Fiche d’interlocuteur changée"),
    "accueil.noter_un_contact": _("Contact noté"),
    "accueil.lire_un_contact": _("Contact lu"),
    "accueil.tenir_un_rappel": _("Rappel promis fait"),
    "accueil.orienter": _("Personne orientée"),
    "accueil.ouvrir_une_permanence": _("Guichet ouvert"),
    "accueil.fermer_la_permanence": _("Guichet fermé"),
    "accueil.faire_entrer": _("Arrivée en salle d’attente"),
    "accueil.recevoir": _("Personne reçue"),
    "accueil.laisser_partir": _("Départ de la salle d’attente"),
    "accueil.fixer": _("Rendez-vous fixé"),
    "accueil.deplacer": _("Rendez-vous déplacé"),
    "accueil.annuler": _("Rendez-vous annulé"),
    "accueil.constater_la_venue": _("Venue au rendez-vous notée"),
    "accueil.constater_l_absence": _("Rendez-vous manqué, appel à faire"),
    "accueil.noter_l_appel": _("Appel après un rendez-vous manqué"),
    "accueil.rappeler_le_rendez_vous": _("Rappel d’un rendez-vous envoyé"),
    "accueil.lire_un_rendez_vous": _("Rendez-vous lu"),
    "accueil.lire_un_besoin": _("Besoin lu"),
    "annuaire.charger_ville": _("Lieux de la ville chargés"),
    "annuaire.creer_lieu": _("Lieu créé"),
    "annuaire.modifier_lieu": _("Lieu modifié"),
    "annuaire.changer_les_horaires": _("Horaires changés"),
    "annuaire.annoncer_une_fermeture": _("Fermeture annoncée"),
    "annuaire.annuler_une_fermeture": _("Fermeture annulée"),
    "personnes.consulter_le_dossier": _("Dossier lu"),
    "personnes.imprimer_le_dossier": _("Dossier imprimé pour une personne"),
    "personnes.afficher_un_numero": _("Numéro d’un organisme affiché en entier"),
    "personnes.ouvrir_un_foyer": _("Dossier ouvert"),
    "personnes.modifier_la_personne": _("Fiche d’une personne modifiée"),
    "personnes.proteger_le_contact": _("Contact protégé"),
    "personnes.lever_la_protection": _("Protection du contact levée"),
    "personnes.ajouter_un_moyen": _("Téléphone ou courriel ajouté"),
    "personnes.retirer_un_moyen": _("Téléphone ou courriel retiré"),
    "personnes.noter_un_identifiant": _("Numéro donné par un organisme noté"),
    "personnes.choisir_un_mot": _("Mot choisi par la personne"),
    "personnes.ajouter_un_membre": _("Personne ajoutée au foyer"),
    "personnes.faire_partir_un_membre": _("Départ du foyer noté"),
    "personnes.separer": _("Foyer séparé en deux dossiers"),
    "personnes.changer_d_adresse": _("Adresse changée"),
    "personnes.reprendre_un_foyer": _("Dossier archivé repris"),
    "personnes.ouvrir_exceptionnellement": _("Dossier ouvert par accès exceptionnel"),
    "personnes.relire_un_acces": _("Accès exceptionnel relu"),
    "personnes.recueillir_un_accord": _("Accord recueilli"),
    "personnes.retirer_un_accord": _("Accord retiré"),
    "personnes.rappeler_un_accord": _("Fin d’un accord rappelée"),
    "personnes.rappeler_un_papier": _("Papier à refaire rappelé"),
    "personnes.finir_un_accord": _("Accord arrivé à sa fin"),
    "personnes.ajouter_un_papier": _("Papier ajouté"),
    "personnes.lire_un_papier": _("Papier lu"),
    "personnes.retirer_un_papier": _("Papier retiré"),
    "personnes.enregistrer_une_situation": _("Situation enregistrée"),
    "personnes.ranger_un_bilan": _("Droits calculés"),
    "personnes.envoyer_un_lien": _("Lien d’entrée envoyé"),
    "personnes.imprimer_un_lien": _("Lien d’entrée imprimé"),
    "personnes.annuler_un_lien": _("Lien d’entrée annulé"),
    "personnes.entrer": _("Entrée dans son dossier"),
    "personnes.reunir": _("Deux fiches réunies"),
    "personnes.separer_de_nouveau": _("Deux fiches séparées de nouveau"),
    "personnes.archiver_un_foyer": _("Dossier archivé, deux ans après le dernier contact"),
    "personnes.effacer_un_foyer": _("Dossier effacé au terme de sa conservation"),
    "personnes.effacer_une_personne": _("Fiche effacée au terme de sa conservation"),
    "accueil.envoyer_des_relais": _("Relais envoyés"),
    "accueil.adresser_un_relais": _("Relais envoyé"),
    "accueil.lire_un_relais": _("Relais lu"),
    "accueil.repondre_a_un_relais": _("Réponse du partenaire"),
    "accueil.preciser_un_relais": _("Précisions du partenaire"),
    "accueil.afficher_un_numero": _("Numéro affiché en entier"),
    "accueil.renvoyer_un_relais": _("Relais renvoyé à quelqu’un d’autre"),
    "accueil.relancer_un_relais": _("Partenaire relancé"),
    "accueil.prevenir_le_responsable": _("Responsable du partenaire prévenu"),
    "accueil.renouveler_un_lien": _("Nouveau lien envoyé au partenaire"),
    "accueil.clore_un_relais": _("Relais clos"),
    "accueil.arreter_un_relais": _("Relais arrêté\u00a0: accord retiré ou fini"),
    "accueil.demander_un_avis": _("Avis demandé à la personne"),
    "accueil.donner_son_avis": _("Avis donné par la personne"),
    "accueil.ecrire_un_message": _("Message écrit dans un relais"),
    "accueil.tenir_la_fiche": _("Fiche de partenaire changée"),
    "demarches.detecter": _("Droits trouvés"),
    "demarches.expliquer": _("Droit expliqué à la personne"),
    "demarches.ecarter": _("Droit écarté par la personne"),
    "demarches.preparer": _("Démarche préparée"),
    "demarches.joindre_un_papier": _("Papier joint à une démarche"),
    "demarches.demander_les_papiers": _("Papiers demandés à la personne"),
    "demarches.deposer": _("Démarche déposée"),
    "demarches.accuser_reception": _("Accusé de réception noté"),
    "demarches.noter_incomplete": _("Papiers réclamés par l’organisme"),
    "demarches.completer": _("Démarche complète"),
    "demarches.noter_la_reponse": _("Réponse notée"),
    "demarches.noter_le_paiement": _("Premier paiement noté"),
    "demarches.demander_les_motifs": _("Raisons du refus demandées"),
    "demarches.noter_les_motifs": _("Raisons du refus reçues"),
    "demarches.contester": _("Recours envoyé"),
    "demarches.constater_le_silence": _("Date de réponse passée : refus par silence"),
    "demarches.clore": _("Démarche arrêtée"),
    "demarches.rediger_une_lettre": _("Lettre rédigée"),
    "demarches.corriger_une_lettre": _("Lettre corrigée"),
    "demarches.lettre_envoyee": _("Lettre envoyée"),
    "demarches.signaler_un_mouvement": _("Droit qui va s’ouvrir ou se fermer"),
    "demarches.traiter_un_mouvement": _("Droit qui change : vu avec la personne"),
    "demarches.lire": _("Démarche lue"),
    "demarches.lire_les_droits": _("Droits du dossier lus"),
    "demarches.lire_les_mouvements": _("Droits qui changent bientôt : liste lue"),
    "demarches.lire_une_lettre": _("Lettre lue"),
    "demarches.imprimer": _("Démarche imprimée pour la personne"),
    "demarches.imprimer_une_lettre": _("Lettre imprimée"),
    "journal.elaguer": _("Consultations anciennes du journal effacées"),
}


@dataclass(frozen=True)
class Ligne:
    """Une ligne lisible : la date, ce qui s'est passé, par qui, et si c'était une simple lecture."""

    date: dt.datetime
    quoi: str
    par: str
    lecture: bool


def lignes_de(agent: Agent) -> list[Ligne]:
    """Les dix dernières lignes écrites par cet agent ou qui parlent de son compte, la plus récente d'abord."""
    par_lui = Q(acteur_genre=Genre.AGENT, acteur_identifiant=str(agent.pk))
    sur_lui = Q(type_objet=Agent._meta.label_lower, cle_objet=str(agent.pk))
    entrees = Entree.objects.filter(par_lui | sur_lui).order_by("-numero")[:DERNIERES]
    return [Ligne(e.date, dire(e.verbe), _auteur(e, agent), e.consultation) for e in entrees]


def dire(verbe: str) -> str:
    """Le verbe du journal en mots ; à défaut, ses propres mots sans la pièce (« changer de role »)."""
    return str(VERBES.get(verbe) or verbe.split(".")[-1].replace("_", " ").capitalize())


def _auteur(entree: Entree, agent: Agent) -> str:
    """Un agent ne voit pas les autres comptes : l'auteur est dit par sa fonction, pas par son nom."""
    if entree.acteur_genre == Genre.SYSTEME:
        return str(_("la plateforme"))
    if entree.acteur_identifiant == str(agent.pk):
        return str(_("vous"))
    return str(_("la personne qui tient les comptes"))
