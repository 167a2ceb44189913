"""Étudier une demande : la prendre en charge, corriger le calcul ligne à ligne, déroger, proposer à la commission."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.aides.avancer import franchir
from pleinsdroits.aides.calcul import Calcul
from pleinsdroits.aides.etude import (
    calcul_ou_refus,
    droits_non_demandes,
    figer,
    rouvrir,
    verifier_le_montant,
    verifier_ouverte,
    verifier_prete,
)
from pleinsdroits.aides.horloge import regler_l_horloge
from pleinsdroits.aides.models import CorrectionDeLigne, Demande
from pleinsdroits.aides.roles import INSTRUISENT
from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.droits.reglement.evaluation import EtatEvaluation
from pleinsdroits.journal.actes import acte
from pleinsdroits.socle.templatetags.socle import euros

MAXIMUM_PAR_MOIS = Decimal("50000")


class Choix(NamedTuple):
    """Ce que l'on choisit pour une ligne : la compter, ou non, et pourquoi."""

    cle: str
    comptee: bool
    raison: str


@acte("aides.prendre_en_charge", roles=INSTRUISENT)
def prendre_en_charge(demande: Demande, *, par: Acteur) -> None:
    """L'agent étudie cette demande : l'horloge le nomme. Lève ``ValidationError`` si elle n'est plus à étudier."""
    verifier_ouverte(demande)
    demande.changer(None)
    demande.instructeur_id = _agent(par)
    demande.save()
    regler_l_horloge(demande)


@acte("aides.corriger_une_ligne", roles=INSTRUISENT)
def corriger_une_ligne(
    demande: Demande, *, par: Acteur, cle: str, comptee: bool, raison: str, lue: int | None = None
) -> None:
    """
    Compte (ou non) la ligne ``cle`` du calcul, autrement que le règlement, avec sa ``raison``. La remettre comme le
    règlement retire la correction. Lève ``ValidationError`` : ligne inconnue, raison absente, calcul fermé, conflit.
    """
    verifier_ouverte(demande)
    demande.changer(lue)
    _poser(demande, calcul_ou_refus(demande), Choix(cle, comptee, raison), par)
    rouvrir(demande, par)


@acte("aides.corriger_les_lignes", roles=INSTRUISENT)
def corriger_les_lignes(demande: Demande, *, par: Acteur, choix: Sequence[Choix], lue: int | None = None) -> None:
    """
    Plusieurs lignes à la fois : toutes, ou aucune. Une raison absente est reprochée au champ « raison:<clé> ». Lève
    ``ValidationError`` comme ``corriger_une_ligne``.
    """
    verifier_ouverte(demande)
    demande.changer(lue)
    calcul, fautes = calcul_ou_refus(demande), {}
    for un in choix:
        try:
            _poser(demande, calcul, un, par)
        except ValidationError as refus:
            fautes[f"raison:{un.cle}"] = refus.messages
    if fautes:
        raise ValidationError(fautes)
    rouvrir(demande, par)


@acte("aides.ajouter_une_ligne", roles=INSTRUISENT)
def ajouter_une_ligne(
    demande: Demande,
    *,
    par: Acteur,
    sens: str,
    libelle: str,
    montant: Decimal,
    raison: str,
    comptee: bool = True,
    lue: int | None = None,
) -> None:
    """
    Une ressource ou une charge (``sens``) que la situation n'a pas, de ``montant`` euros par mois. Lève
    ``ValidationError`` : sens inconnu, montant négatif, nul ou absurde, libellé ou raison absents, conflit.
    """
    verifier_ouverte(demande)
    demande.changer(lue)
    if sens not in CorrectionDeLigne.Sens.values:
        raise ValidationError({"sens": _("Choisissez « ressource » ou « charge ».")})
    if not libelle.strip():
        raise ValidationError({"libelle": _("Dites ce que c’est : « Aide de la famille », par exemple.")})
    if not 0 < montant <= MAXIMUM_PAR_MOIS:
        mots = {"montant": euros(montant), "maxi": euros(MAXIMUM_PAR_MOIS)}
        texte = _("%(montant)s par mois n’est pas possible : plus de zéro, et au plus %(maxi)s.")
        raise ValidationError({"montant": texte % mots})
    champs = {"sens": sens, "libelle": libelle.strip()[:120], "montant": montant, "comptee": comptee}
    demande.corrections.create(**champs, raison=_motivee(raison), **_signature(par))
    rouvrir(demande, par)


@acte("aides.retirer_une_correction", roles=INSTRUISENT)
def retirer_une_correction(
    demande: Demande, *, par: Acteur, correction: CorrectionDeLigne, lue: int | None = None
) -> None:
    """La ligne redevient celle du règlement ; une ligne ajoutée disparaît. Lève ``ValidationError`` si le calcul est fermé."""
    verifier_ouverte(demande)
    demande.changer(lue)
    demande.corrections.filter(pk=correction.pk).delete()
    rouvrir(demande, par)


@acte("aides.deroger", roles=INSTRUISENT)
def deroger(
    demande: Demande, *, par: Acteur, raison: str, montant: Decimal | None = None, lue: int | None = None
) -> None:
    """
    Demande à s'écarter du règlement, avec la ``raison`` (vide : on y renonce) et, si on le sait, le ``montant`` en euros.
    Lève ``ValidationError`` si le règlement ne le prévoit pas, ou au-dessus de ce qu'il prévoit.
    """
    verifier_ouverte(demande)
    demande.changer(lue)
    if raison.strip():
        _verifier_la_derogation(calcul_ou_refus(demande), montant)
    demande.derogation = raison.strip()
    demande.montant_propose = montant if demande.derogation else None
    rouvrir(demande, par)


@acte("aides.proposer", roles=INSTRUISENT)
def proposer(
    demande: Demande, *, par: Acteur, montant: Decimal | None, lue: int | None = None, sans_attendre: str = ""
) -> None:
    """
    Propose ``montant`` euros à la commission (ou à la présidence, en urgence) et fige le calcul. Zéro : proposer un
    refus, que la commission décidera. ``montant`` vide : une aide qui ne verse pas d'argent. ``sans_attendre`` : pourquoi
    on n'attend pas les droits trouvés et non demandés. Lève ``ValidationError``, par champ ; rien n'est alors gardé.
    """
    verifier_prete(demande)
    demande.changer(lue)
    calcul = calcul_ou_refus(demande)
    verifier_le_montant(calcul, montant)
    _verifier_les_droits(demande, sans_attendre)
    figer(demande, calcul, sans_attendre=sans_attendre.strip())
    demande.montant_propose = montant
    demande.instructeur_id = demande.instructeur_id or _agent(par)
    franchir(demande, "instruire", par)


def _poser(demande: Demande, calcul: Calcul, choix: Choix, par: Acteur) -> None:
    """Enregistre la correction d'une ligne ; la choisir comme le règlement efface la correction."""
    ligne = next((li for li in calcul.lignes if li.cle == choix.cle and li.du_reglement), None)
    if ligne is None or ligne.du_reglement is None:
        raise ValidationError(_("Cette ligne n’est plus dans la situation : rechargez la page."))
    if ligne.choix_du_reglement == choix.comptee:
        demande.corrections.filter(cle=choix.cle).delete()
        return
    champs = {"sens": ligne.ligne.sens.value, "comptee": choix.comptee, "raison": _motivee(choix.raison)}
    demande.corrections.update_or_create(cle=choix.cle, defaults={**champs, **_signature(par)})


def _verifier_les_droits(demande: Demande, sans_attendre: str) -> None:
    droits = droits_non_demandes(demande)
    if droits and not sans_attendre.strip():
        texte = _(
            "Des droits trouvés n’ont pas été demandés : %(droits)s. Demandez-les, ou dites pourquoi on n’attend pas."
        )
        raise ValidationError({"sans_attendre": texte % {"droits": ", ".join(droits)}})


def _verifier_la_derogation(calcul: Calcul, montant: Decimal | None) -> None:
    refuse = calcul.evaluation.etat is EtatEvaluation.REFUSE
    regle = calcul.aide.derogation
    if refuse and not calcul.evaluation.derogation_possible:
        raise ValidationError({"raison": _("Le règlement ne prévoit pas de dérogation pour ce cas.")})
    limite = regle.jusqu_a if regle and (refuse or calcul.evaluation.derogation) else None
    if montant is not None and montant < 0:
        raise ValidationError({"montant": _("Le montant ne peut pas être négatif.")})
    if montant is not None and limite is not None and montant > limite:
        mots = {"montant": euros(montant), "limite": euros(limite)}
        raise ValidationError({"montant": _("%(montant)s dépasse le maximum d’une dérogation (%(limite)s).") % mots})


def _motivee(raison: str) -> str:
    if len(raison.strip()) < 3:
        raise ValidationError({"raison": _("Donnez une raison : elle est gardée avec votre nom, la personne la lira.")})
    return raison.strip()


def _signature(par: Acteur) -> dict:
    return {"agent_id": _agent(par), "le": timezone.now()}


def _agent(par: Acteur) -> int | None:
    return int(par.identifiant) if par.genre == Genre.AGENT else None
