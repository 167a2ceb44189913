"""La présidence décide seule, le jour même, ce que le conseil lui délègue (CASF R123-21) ; elle en rend compte (R123-22)."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pleinsdroits.aides.calcul import Calcul
from pleinsdroits.aides.decider import arreter
from pleinsdroits.aides.etude import (
    calcul_ou_refus,
    figer,
    raison_de_ne_pas_attendre,
    verifier_le_montant,
    verifier_prete,
)
from pleinsdroits.aides.models import Decision, Demande, EtatDemande
from pleinsdroits.aides.regles.proposition import refus_de_deleguer
from pleinsdroits.aides.roles import DECIDENT_EN_URGENCE
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.journal.actes import acte


@acte("aides.decider_en_urgence", roles=DECIDENT_EN_URGENCE)
def decider_en_urgence(
    demande: Demande,
    *,
    par: Acteur,
    montant: Decimal | None,
    forme: str,
    raisons: str,
    lue: int | None = None,
) -> Decision:
    """
    Accorde ``montant`` euros sous la ``forme`` dite, avec ses ``raisons`` ; la décision attend d'être rapportée à la
    séance suivante. Seul un accord se décide ainsi : un refus passe en commission. Lève ``ValidationError`` : demande
    incomplète ou déjà décidée, montant au-dessus de la délégation, du règlement, de l'année ou de la ligne, conflit.
    """
    if not demande.urgente:
        raise ValidationError(_("Cette demande n’est pas urgente : elle passe en commission."))
    verifier_prete(demande)
    demande.changer(lue)
    calcul = calcul_ou_refus(demande)
    _verifier(calcul, montant, forme)
    if not _tient_encore(demande, calcul):
        figer(demande, calcul, sans_attendre=raison_de_ne_pas_attendre(demande))
    return arreter(
        demande,
        par=par,
        sens=_sens(demande, montant),
        decideur=Decision.Decideur.PRESIDENCE,
        raisons=raisons,
        montant=montant,
        forme=forme,
        articles=_articles(calcul),
    )


def _tient_encore(demande: Demande, calcul: Calcul) -> bool:
    """Le calcul de l'étude vaut encore : le règlement n'a pas changé depuis. Sinon la décision cite celui du jour."""
    return demande.etat == EtatDemande.INSTRUITE and bool(demande.calcul) and demande.edition == calcul.edition


def _verifier(calcul: Calcul, montant: Decimal | None, forme: str) -> None:
    if refus := refus_de_deleguer(montant, calcul.aide):
        raise ValidationError({"montant": refus.en(_)})
    if montant == 0:
        raise ValidationError(
            {"montant": _("Un refus ne se décide pas en urgence : laissez la demande à la commission.")}
        )
    verifier_le_montant(calcul, montant)
    if forme not in calcul.aide.paiement.formes:
        permises = ", ".join(str(Decision.Forme(f).label) for f in calcul.aide.paiement.formes)
        raise ValidationError({"forme": _("Choisissez une forme que le règlement prévoit : %(f)s.") % {"f": permises}})


def _sens(demande: Demande, montant: Decimal | None) -> str:
    entiere = montant is None or demande.montant_demande is None or montant >= demande.montant_demande
    return Demande.Resultat.ACCORD if entiere else Demande.Resultat.ACCORD_PARTIEL


def _articles(calcul: Calcul) -> list[str]:
    """Ceux du calcul, puis celui de la délégation."""
    deleguee = next((d for d in calcul.aide.decide if d.qui == "presidence"), None)
    return list(dict.fromkeys((*calcul.evaluation.articles, *(deleguee.articles if deleguee else ()))))
