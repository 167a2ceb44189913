"""Une démarche gardée, lue comme des faits ; son calendrier, et l'horloge qui en découle."""

import datetime as dt

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.demarches.etapes import Calendrier, Nom
from pleinsdroits.demarches.faits import FaitsDeDemarche
from pleinsdroits.demarches.lettres.composition import FaitsDeLettre
from pleinsdroits.demarches.models import Demarche
from pleinsdroits.demarches.regles import calendrier
from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.droits.fiche import Fiche
from pleinsdroits.echeances import horloge
from pleinsdroits.echeances.calendrier import fin_de_journee
from pleinsdroits.echeances.models import Echeance

RECOURS = (Nom.PREALABLE, Nom.GRACIEUX, Nom.JUGE)
GENRES = ("demarches.preparer", "demarches.completer", "demarches.silence", "demarches.recours")
A_PREPARER = (Demarche.Etat.DETECTEE, Demarche.Etat.EXPLIQUEE, Demarche.Etat.PREPAREE)
ATTENDENT = (Demarche.Etat.DEPOSEE, Demarche.Etat.COMPLETE)
LONGUEUR = 300
SENS = {"accordee": "accord", "refusee": "refus"}
SANS_SUITE = (Demarche.Etat.ECARTEE, Demarche.Etat.CLOSE)


def fiche_de(demarche: Demarche) -> Fiche | None:
    """La fiche du droit ; ``None`` si la ville l'a retirée depuis."""
    return catalogue(settings.VILLE).get(demarche.droit)


def faits_de(demarche: Demarche) -> FaitsDeDemarche:
    """Les dates de la démarche. Lève ``FaitsIncoherents`` si deux ne peuvent pas être vraies ensemble."""
    return FaitsDeDemarche(
        preparee_le=demarche.preparee_le,
        deposee_le=demarche.deposee_le,
        preuve=demarche.preuve,  # type: ignore[arg-type]
        recue_le=demarche.accuse_le,
        accuse_voies_dites=demarche.accuse_voies_dites,
        incomplete_le=demarche.incomplete_le,
        pieces_attendues_le=demarche.papiers_attendus_le,
        completee_le=demarche.completee_le,
        repondue_le=demarche.repondue_le,
        reponse=SENS.get(demarche.reponse),  # type: ignore[arg-type]
        notifiee_le=demarche.notifiee_le,
        voies_dites=demarche.voies_dites if demarche.repondue_le else None,
        motifs_demandes_le=demarche.motifs_demandes_le,
        motifs_recus_le=demarche.motifs_recus_le,
        **_recours_forme(demarche),
    )


def a_un_prealable(demarche: Demarche) -> bool:
    """Le juge ne se saisit qu'après un recours devant l'organisme."""
    fiche = fiche_de(demarche)
    voies = (fiche.recours.connu or []) if fiche else []
    return any(v.nature == "prealable_obligatoire" for v in voies)


def _recours_forme(demarche: Demarche) -> dict:
    sorte = "prealable" if a_un_prealable(demarche) else "gracieux"
    return {f"{sorte}_depose_le": demarche.contestee_le, f"{sorte}_repondu_le": demarche.recours_repondu_le}


def calendrier_de(demarche: Demarche, jour: dt.date) -> Calendrier | None:
    """Le calendrier de la démarche au ``jour`` ; ``None`` si sa fiche n'existe plus."""
    fiche = fiche_de(demarche)
    return calendrier(fiche, faits_de(demarche), jour) if fiche else None


def faits_de_lettre(demarche: Demarche, jour: dt.date, expose: str = "") -> FaitsDeLettre | None:
    """Ce qu'une lettre peut dire de la démarche au ``jour`` ; ``None`` si sa fiche n'existe plus."""
    fiche = fiche_de(demarche)
    if fiche is None:
        return None
    joints = demarche.papiers_attendus.filter(joint=True).values_list("libelle", flat=True)
    return FaitsDeLettre(fiche, faits_de(demarche), jour, expose=expose, pieces=tuple(joints))


def regler_l_horloge(demarche: Demarche) -> None:
    """
    Ne laisse courir que l'étape du moment : préparer, compléter, attendre la réponse, contester. À appeler dans l'acte qui
    vient d'enregistrer la démarche.
    """
    if demarche.etat in SANS_SUITE:
        horloge.annuler_tout(demarche)
        return
    voulu = _etape_du_moment(demarche)
    for genre in GENRES:
        if voulu is None or genre != voulu[0]:
            horloge.tenir(demarche, genre, le=_faite_le(demarche, genre))
    if voulu is None:
        return
    genre, champs = voulu
    horloge.armer(genre, demarche, **_commun(demarche), **champs)


def silence_acquis(demarche: Demarche, jour: dt.date) -> str:
    """« refus » ou « accord » si personne n'a répondu à temps ; vide sinon."""
    if demarche.etat not in ATTENDENT:
        return ""
    plan = calendrier_de(demarche, jour)
    etape = plan.etape(Nom.REPONSE) if plan else None
    return plan.le_silence_vaut if plan and etape and etape.jour and etape.jour < jour else ""


def recours_suivant(demarche: Demarche) -> tuple[str, dt.date] | None:
    """Le prochain recours que la loi date, et son dernier jour."""
    plan = calendrier_de(demarche, timezone.localdate())
    possibles = [e for e in plan.etapes if e.nom in RECOURS and e.jour and not e.fait] if plan else []
    premier = min(possibles, key=lambda e: e.jour or dt.date.max, default=None)
    return (str(premier.nom), premier.jour) if premier and premier.jour else None


def _faite_le(demarche: Demarche, genre: str) -> dt.datetime | None:
    """Le jour noté par l'agent, plutôt que celui où il l'écrit : un retard de saisie n'est pas un retard."""
    jours = {
        "demarches.preparer": demarche.deposee_le,
        "demarches.completer": demarche.completee_le,
        "demarches.silence": demarche.payee_le or demarche.recours_repondu_le or demarche.repondue_le,
        "demarches.recours": demarche.juge_saisi_le or demarche.contestee_le,
    }
    return _midi(jours[genre]) if jours[genre] else None


def _etape_du_moment(demarche: Demarche) -> tuple[str, dict] | None:
    if demarche.etat in A_PREPARER:
        # Un droit seulement probable se vérifie avec la personne : il ne court pas tout seul.
        if demarche.a_verifier and demarche.etat == Demarche.Etat.DETECTEE:
            return None
        return "demarches.preparer", _preparation(demarche)
    if demarche.etat == Demarche.Etat.DEPOSEE and demarche.incomplete_le and not demarche.completee_le:
        return "demarches.completer", _completude(demarche)
    if demarche.etat == Demarche.Etat.REFUSEE or silence_acquis(demarche, timezone.localdate()) == "refus":
        return _recours(demarche)
    if demarche.etat == Demarche.Etat.ACCORDEE:
        return "demarches.silence", _paiement(demarche)
    if demarche.etat in ATTENDENT or demarche.etat == Demarche.Etat.CONTESTEE:
        return _attente(demarche)
    return None


def _preparation(demarche: Demarche) -> dict:
    manquent = demarche.papiers_attendus.filter(joint=False, demande_le__isnull=False).exists()
    if demarche.etat == Demarche.Etat.PREPAREE and manquent:
        return {"quoi": _("Apporter les papiers demandés"), "main": Echeance.Main.PERSONNE}
    return {"quoi": _("Préparer la démarche"), "main": Echeance.Main.VILLE}


def _completude(demarche: Demarche) -> dict:
    champs: dict = {"quoi": _("Donner les papiers demandés"), "main": Echeance.Main.PERSONNE}
    champs |= {"debut": _midi(demarche.incomplete_le), "reference": "CRPA, article L114-5"}
    if demarche.papiers_attendus_le:
        champs["limite"] = fin_de_journee(demarche.papiers_attendus_le)
    return champs


def _paiement(demarche: Demarche) -> dict:
    fiche = fiche_de(demarche)
    return {
        "quoi": _("Premier paiement"),
        "main": Echeance.Main.ORGANISME,
        "organisme": (fiche.institution if fiche else "")[:150],
        "debut": _midi(demarche.recours_repondu_le or demarche.repondue_le),
        "au_dela": _("Rien n’est arrivé : demandez où en est le paiement."),
        "reference": "",
    }


def _attente(demarche: Demarche) -> tuple[str, dict] | None:
    """La date du silence, si la fiche la connaît ; sinon le délai de l'échelle, sans rien affirmer."""
    plan = calendrier_de(demarche, timezone.localdate())
    conteste = demarche.etat == Demarche.Etat.CONTESTEE
    etape = plan.etape(Nom.SILENCE_DU_RECOURS if conteste else Nom.REPONSE) if plan else None
    fiche = fiche_de(demarche)
    champs: dict = {
        "quoi": _("Réponse au recours") if conteste else _("Réponse à la démarche"),
        "main": Echeance.Main.ORGANISME,
        "organisme": (fiche.institution if fiche else "")[:150],
        "debut": _midi(demarche.contestee_le if conteste else demarche.deposee_le),
    }
    if etape and etape.jour:
        champs |= {"limite": fin_de_journee(etape.jour), "reference": etape.article[:200]}
        champs |= {"au_dela": str(etape.phrase)[:LONGUEUR]}
    return "demarches.silence", champs


def _recours(demarche: Demarche) -> tuple[str, dict] | None:
    plan = calendrier_de(demarche, timezone.localdate())
    etapes = [e for e in plan.etapes if e.nom in RECOURS and e.jour and not e.fait] if plan else []
    champs: dict = {"quoi": _("Contester le refus"), "main": Echeance.Main.VILLE, "au_dela": ""}
    if etapes:
        premiere = min(etapes, key=lambda e: e.jour or dt.date.max)
        champs |= {"limite": fin_de_journee(premiere.jour or dt.date.max), "reference": premiere.article[:200]}
        champs |= {"au_dela": str(premiere.phrase)[:LONGUEUR]}
    return "demarches.recours", champs


def _commun(demarche: Demarche) -> dict:
    foyer = demarche.foyer
    if foyer is None:
        return {}
    return {
        "responsable": foyer.interlocuteur,
        "remplacant": foyer.remplacant,
        "dossier": foyer.pk,
        "personne": demarche.personne_id,
        "regle": demarche.droit,
    }


def _midi(jour: dt.date | None) -> dt.datetime:
    return fin_de_journee(jour, dt.time(12)) if jour else timezone.now()
