"""Une démarche gardée, lue comme des faits ; son calendrier, et l'horloge qui en découle."""

import datetime as dt

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.demarches.etapes import Calendrier, Nom
from pleinsdroits.demarches.faits import FaitsDeDemarche
from pleinsdroits.demarches.models import Demarche
from pleinsdroits.demarches.regles import calendrier
from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.droits.fiche import Fiche
from pleinsdroits.echeances import horloge
from pleinsdroits.echeances.calendrier import fin_de_journee
from pleinsdroits.echeances.models import Echeance

GENRES = ("demarches.preparer", "demarches.completer", "demarches.silence", "demarches.recours")
A_PREPARER = (Demarche.Etat.DETECTEE, Demarche.Etat.EXPLIQUEE, Demarche.Etat.PREPAREE)
ATTENDENT = (Demarche.Etat.DEPOSEE, Demarche.Etat.COMPLETE)
LONGUEUR = 300


def fiche_de(demarche: Demarche) -> Fiche | None:
    """La fiche du droit ; ``None`` si la ville l'a retirée depuis."""
    return catalogue(settings.VILLE).get(demarche.droit)


def faits_de(demarche: Demarche) -> FaitsDeDemarche:
    """Les dates de la démarche. Lève ``FaitsIncoherents`` si deux ne peuvent pas être vraies ensemble."""
    conteste = demarche.contestee_le
    return FaitsDeDemarche(
        preparee_le=demarche.preparee_le,
        deposee_le=demarche.deposee_le,
        preuve=demarche.preuve,  # type: ignore[arg-type]
        recue_le=demarche.accuse_le,
        incomplete_le=demarche.incomplete_le,
        completee_le=demarche.completee_le,
        repondue_le=demarche.repondue_le,
        reponse=reponse_de(demarche),  # type: ignore[arg-type]
        notifiee_le=demarche.notifiee_le,
        voies_dites=demarche.voies_dites if demarche.repondue_le else None,
        motifs_demandes_le=demarche.motifs_demandes_le,
        motifs_recus_le=demarche.motifs_recus_le,
        prealable_depose_le=conteste if _a_un_prealable(demarche) else None,
        gracieux_depose_le=None if _a_un_prealable(demarche) else conteste,
    )


def reponse_de(demarche: Demarche) -> str | None:
    """Le sens de la réponse reçue, dans les mots du calcul."""
    if demarche.repondue_le is None:
        return None
    if demarche.etat in (Demarche.Etat.REFUSEE, Demarche.Etat.CONTESTEE):
        return "refus"
    return "accord"


def calendrier_de(demarche: Demarche, jour: dt.date) -> Calendrier | None:
    """Le calendrier de la démarche au ``jour`` ; ``None`` si sa fiche n'existe plus."""
    fiche = fiche_de(demarche)
    return calendrier(fiche, faits_de(demarche), jour) if fiche else None


def regler_l_horloge(demarche: Demarche) -> None:
    """
    Ne laisse courir que l'étape du moment : préparer, compléter, attendre la réponse, contester. À appeler dans l'acte qui
    vient d'enregistrer la démarche.
    """
    voulu = _etape_du_moment(demarche)
    for genre in GENRES:
        if voulu is None or genre != voulu[0]:
            horloge.tenir(demarche, genre)
    if voulu is None:
        return
    genre, champs = voulu
    horloge.armer(genre, demarche, **_commun(demarche), **champs)


def _etape_du_moment(demarche: Demarche) -> tuple[str, dict] | None:
    if demarche.etat in A_PREPARER:
        return "demarches.preparer", {"quoi": _("Préparer la démarche"), "main": Echeance.Main.VILLE}
    if demarche.etat == Demarche.Etat.DEPOSEE and demarche.incomplete_le and not demarche.completee_le:
        return "demarches.completer", {"quoi": _("Donner les papiers demandés"), "main": Echeance.Main.PERSONNE}
    if demarche.etat in ATTENDENT or demarche.etat == Demarche.Etat.CONTESTEE:
        return _attente(demarche)
    if demarche.etat == Demarche.Etat.REFUSEE:
        return _recours(demarche)
    return None


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
    etapes = [e for e in plan.etapes if e.nom in (Nom.PREALABLE, Nom.JUGE, Nom.GRACIEUX) and e.jour] if plan else []
    champs: dict = {"quoi": _("Contester le refus"), "main": Echeance.Main.VILLE}
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


def _a_un_prealable(demarche: Demarche) -> bool:
    fiche = fiche_de(demarche)
    voies = (fiche.recours.connu or []) if fiche else []
    return any(v.nature == "prealable_obligatoire" for v in voies)


def _midi(jour: dt.date | None) -> dt.datetime:
    return fin_de_journee(jour, dt.time(12)) if jour else timezone.now()
