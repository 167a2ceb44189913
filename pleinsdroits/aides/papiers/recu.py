"""Le reçu que la personne signe : les chèques, les espèces, ou l'avance et comment elle la rend. Rien d'autre ne s'y dit."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pleinsdroits.aides.lettres.suite import adresse_du_ccas
from pleinsdroits.aides.models import Cheque, Decision, Paiement
from pleinsdroits.demarches.lettres.papier import en_pdf
from pleinsdroits.droits.textes import jour_long
from pleinsdroits.socle.templatetags.socle import euros
from pleinsdroits.socle.ville import ville

Forme = Decision.Forme
TENUS = (Cheque.Etat.EMIS, Cheque.Etat.REMIS, Cheque.Etat.UTILISE)


def se_signe(paiement: Paiement) -> bool:
    """La personne reçoit de sa main, ou s'engage à rendre ; un virement simple n'a pas de reçu."""
    if paiement.etat == Paiement.Etat.ANNULE:
        return False
    if paiement.forme == Forme.CAP:
        return paiement.cheques.filter(etat__in=TENUS).exists()
    return paiement.par_la_regie or paiement.forme == Forme.AVANCE


def recu_en_pdf(paiement: Paiement, *, grand: bool = False) -> bytes:
    """
    Le reçu, de la personne au CCAS, à signer (PDF/UA-1) ; ``grand`` : caractères de 18 points. Lève ``LookupError`` si ce
    paiement n'a pas de reçu.
    """
    if not se_signe(paiement):
        raise LookupError("ce paiement ne se signe pas")
    lignes = [_ce_qui_est_recu(paiement), *_ce_qui_sera_rendu(paiement)]
    return en_pdf(
        "\n\n".join(lignes),
        objet=_("Reçu de %(montant)s") % {"montant": euros(paiement.montant)},
        expediteur=[paiement.beneficiaire],
        destinataire=adresse_du_ccas(),
        lieu=ville(settings.VILLE).nom,
        jour=timezone.localdate(),
        reference=paiement.decision.reference,
        grand=grand,
    )


def _ce_qui_est_recu(paiement: Paiement) -> str:
    mots = {"montant": euros(paiement.montant)}
    if paiement.forme == Forme.CAP:
        numeros = list(paiement.cheques.filter(etat__in=TENUS).values_list("numero", flat=True))
        dit = ngettext(
            "J’ai reçu %(n)s chèque d’accompagnement personnalisé, de %(montant)s. Son numéro : %(numeros)s.",
            "J’ai reçu %(n)s chèques d’accompagnement personnalisé, %(montant)s en tout. Leurs numéros : %(numeros)s.",
            len(numeros),
        )
        return dit % {**mots, "n": len(numeros), "numeros": ", ".join(numeros)}
    if paiement.par_la_regie:
        return _("J’ai reçu %(montant)s en espèces, de la régie du CCAS.") % mots
    return _("Je reçois %(montant)s du CCAS, par virement, comme avance.") % mots


def _ce_qui_sera_rendu(paiement: Paiement) -> list[str]:
    mensualites = list(paiement.mensualites.all())
    if not mensualites:
        return []
    dit = _("Je rends cette avance en %(n)s fois :")
    prevues = [
        _("le %(jour)s : %(montant)s") % {"jour": jour_long(m.le), "montant": euros(m.montant)} for m in mensualites
    ]
    return [
        "\n".join([dit % {"n": len(mensualites)}, *prevues]),
        _("Si un mois est trop difficile, je préviens le CCAS : nous cherchons ensemble une autre date."),
    ]
