"""Une avance se rembourse mensualité par mensualité : jamais plus que ce qui est dû, jamais avant d'avoir été versée."""

import datetime as dt
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.aides import horloge_avances
from pleinsdroits.aides.accuser import prevenir
from pleinsdroits.aides.argent import en_retard
from pleinsdroits.aides.models import Decision, Mensualite, OperationDeRegie, Paiement
from pleinsdroits.aides.montants import montant_juste
from pleinsdroits.aides.regles.echeancier import repartir
from pleinsdroits.aides.roles import PAIENT
from pleinsdroits.aides.verser import operer, tenir_la_caisse
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.journal.actes import acte
from pleinsdroits.socle.templatetags.socle import jour


@acte("aides.noter_un_remboursement", roles=PAIENT)
def noter_un_remboursement(
    mensualite: Mensualite, *, par: Acteur, montant: Decimal, le: dt.date, en_caisse: bool = False
) -> None:
    """
    ``montant`` euros rendus le jour ``le`` sur cette mensualité ; ``en_caisse`` : reçus par la régie. Lève
    ``ValidationError`` : plus que ce qui manque, absurde, date impossible, avance pas encore versée.
    """
    avance = mensualite.paiement
    _verifier_l_avance(avance, le)
    trop = _("%(montant)s : il ne manque que %(maxi)s à cette mensualité.")
    lu = montant_juste("montant", montant, maxi=mensualite.reste, trop=trop)
    _rendre(mensualite, lu, le)
    _encaisser(avance, lu, par, en_caisse)


@acte("aides.rembourser_l_avance", roles=PAIENT)
def rembourser_l_avance(
    avance: Paiement, *, par: Acteur, montant: Decimal, le: dt.date, en_caisse: bool = False, lue: int | None = None
) -> None:
    """
    ``montant`` euros rendus le jour ``le`` : la plus ancienne mensualité d'abord. Lève ``ValidationError`` : plus que le
    solde de l'avance, absurde, date impossible, avance pas encore versée ; conflit.
    """
    avance.changer(lue)
    _verifier_l_avance(avance, le)
    mensualites = list(avance.mensualites.order_by("rang").select_for_update(of=("self",)))
    solde = sum((m.reste for m in mensualites), Decimal(0))
    trop = _("%(montant)s : il ne reste que %(maxi)s à rendre sur cette avance.")
    lu = montant_juste("montant", montant, maxi=solde, trop=trop)
    for mensualite, part in zip(mensualites, repartir(lu, [m.reste for m in mensualites]), strict=True):
        if part:
            _rendre(mensualite, part, le)
    avance.save()
    _encaisser(avance, lu, par, en_caisse)


@acte("aides.rappeler_une_avance", roles=("systeme",))
def rappeler(avance: Paiement, *, par: Acteur) -> None:
    """
    Rappelle doucement à la personne ses mensualités passées : un mot par le moyen sûr qu'elle a choisi, sans dire de quoi
    il s'agit ; sans moyen sûr, on l'appelle. Un seul message pour toutes, un seul rappel par mensualité. Lève
    ``ValidationError`` si rien n'est en retard, ou si c'est déjà fait.
    """
    jour = timezone.localdate()
    passees = [m for m in avance.mensualites.all() if en_retard(m, jour)]
    neuves = [m for m in passees if horloge_avances.noter_le_rappel(m)]
    if not neuves:
        raise ValidationError(_("Rien à rappeler : tout est rendu, ou le rappel est déjà parti."))
    if not prevenir(avance.decision.demande):
        for mensualite in neuves:
            horloge_avances.faire_appeler(mensualite)


def _verifier_l_avance(avance: Paiement, le: dt.date) -> None:
    if avance.forme != Decision.Forme.AVANCE or avance.etat != Paiement.Etat.PAYE or avance.paye_le is None:
        raise ValidationError(_("Cette avance n’est pas encore versée : il n’y a rien à rendre."))
    versee = timezone.localtime(avance.paye_le).date()
    if not versee <= le <= timezone.localdate():
        dit = _("%(le)s : écrivez un jour entre le versement (%(versee)s) et aujourd’hui.")
        raise ValidationError({"le": dit % {"le": jour(le), "versee": jour(versee)}})


def _rendre(mensualite: Mensualite, montant: Decimal, le: dt.date) -> None:
    mensualite.rendu += montant
    mensualite.rendue_le = le if mensualite.reste == 0 else None
    mensualite.save()
    if mensualite.reste == 0:
        horloge_avances.rendue(mensualite)


def _encaisser(avance: Paiement, montant: Decimal, par: Acteur, en_caisse: bool) -> None:
    """L'argent reçu par la régie entre dans sa caisse ; le reste arrive chez le comptable."""
    if en_caisse:
        tenir_la_caisse()
        operer(OperationDeRegie.Sens.REMBOURSEMENT, montant, par, avance)
