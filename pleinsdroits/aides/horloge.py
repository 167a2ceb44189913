"""L'horloge d'une demande : à chaque état, qui a la main, jusqu'à quand, et ce que signifie laisser passer la date."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.aides.models import Demande, EtatDemande
from pleinsdroits.echeances import horloge
from pleinsdroits.echeances.calendrier import fin_de_journee
from pleinsdroits.echeances.models import Echeance

E, MAIN = EtatDemande, Echeance.Main
ETUDE = (E.COMPLETE, E.AJOURNEE)
DECISION = (E.INSTRUITE, E.INSCRITE)
PAYENT = (Demande.Resultat.ACCORD, Demande.Resultat.ACCORD_PARTIEL)


def regler_l_horloge(demande: Demande) -> None:
    """
    Arme l'étape où en est la demande, tient celles qu'elle a passées. S'appelle dans l'acte qui vient de la changer.
    Le silence court du dépôt à la lettre, quoi qu'il arrive entre-temps (CRPA L231-4 3°).
    """
    etat = EtatDemande(demande.etat)
    if etat in Demande.FINIES:
        horloge.annuler_tout(demande)
        return
    _repondre(demande, etat)
    _etape(demande, "aides.completer", etat == E.RECUE, _("Vérifier les papiers d’une demande d’aide"), MAIN.VILLE)
    limite = fin_de_journee(demande.pieces_avant_le) if demande.pieces_avant_le else None
    _etape(demande, "aides.pieces", etat == E.INCOMPLETE, _("Donner les papiers qui manquent"), MAIN.PERSONNE, limite)
    urgence = demande.urgente and etat in (*ETUDE, *DECISION)
    _etape(demande, "aides.urgence", urgence, _("Décider une aide d’urgence"), MAIN.COMMISSION)
    _etape(demande, "aides.instruire", etat in ETUDE, _("Étudier une demande d’aide"), MAIN.VILLE)
    _etape(demande, "aides.decider", etat in DECISION, _("Décider une demande d’aide"), MAIN.COMMISSION)
    _etape(demande, "aides.notifier", etat == E.DECIDEE, _("Envoyer la décision"), MAIN.VILLE)
    attend_l_argent = (
        etat in (E.NOTIFIEE, E.EN_PAIEMENT) and demande.resultat in PAYENT and bool(demande.montant_accorde)
    )
    _etape(demande, "aides.payer", attend_l_argent, _("Payer une aide accordée"), MAIN.VILLE)


def _repondre(demande: Demande, etat: EtatDemande) -> None:
    if demande.notifiee_le or etat not in (*Demande.AVANT_LA_DECISION, E.DECIDEE):
        horloge.tenir(demande, "aides.repondre", le=demande.notifiee_le)
        return
    horloge.armer(
        "aides.repondre",
        demande,
        quoi=_("Répondre à une demande d’aide"),
        main=MAIN.VILLE,
        debut=demande.recue_le,
        limite=fin_de_journee(demande.silence_le),
        reference="CRPA L231-4 3°",
        au_dela=_("Sans réponse, c’est un refus ; la personne peut le contester."),
        **_suivi(demande),
    )


def _etape(
    demande: Demande, genre: str, en_cours: bool, quoi: str, main: str, limite: dt.datetime | None = None
) -> None:
    """L'étape court si ``en_cours`` ; sinon, si elle courait, elle vient d'être tenue."""
    if en_cours:
        debut = demande.recue_le if genre == "aides.completer" else None
        horloge.armer(genre, demande, quoi=quoi, main=main, limite=limite, debut=debut, **_suivi(demande))
    else:
        horloge.tenir(demande, genre, le=timezone.now())


def _suivi(demande: Demande) -> dict:
    """Qui répond de l'échéance : l'instruction si elle est nommée, sinon l'interlocuteur du foyer."""
    foyer = demande.foyer
    responsable = demande.instructeur or (foyer.interlocuteur if foyer else None)
    return {
        "responsable": responsable,
        "remplacant": foyer.remplacant if foyer else None,
        "dossier": foyer.pk if foyer else None,
        "personne": demande.personne_id,
    }
