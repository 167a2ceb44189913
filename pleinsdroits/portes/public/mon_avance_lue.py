"""Une avance à rendre, telle que la personne la lit : ce qui reste, mois par mois, et à qui parler si c'est difficile."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.accueil.repondants import Repondant, qui_repond
from pleinsdroits.aides.argent import en_retard
from pleinsdroits.aides.models import Decision, Mensualite, Paiement
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.socle.templatetags.socle import euros, jour

BIENTOT = dt.timedelta(days=10)


@dataclass(frozen=True)
class Mois:
    """Une mensualité : quand, combien, et où elle en est en mots et en forme."""

    le: dt.date
    montant: Decimal
    genre: str
    icone: str
    mot: str


@dataclass(frozen=True)
class MonAvance:
    """
    Une avance accordée. ``versee`` : l'argent est arrivé, elle se rend ; ``solde`` : ce qui reste, en euros ; ``prochaine``,
    ``passees`` : la prochaine mensualité à venir, et ce qui manque de celles dont la date est passée, en euros.
    """

    montant: Decimal
    solde: Decimal
    versee: bool
    mois: list[Mois]
    prochaine: Mensualite | None
    passees: Decimal
    repondant: Repondant | None

    @property
    def rendu(self) -> Decimal:
        return self.montant - self.solde


def mon_avance(decision: Decision) -> MonAvance | None:
    """L'avance d'une décision **déjà notifiée** ; ``None`` si ce n'en est pas une, ou si rien n'est encore préparé."""
    avance = decision.paiements.filter(forme=Decision.Forme.AVANCE).exclude(etat=Paiement.Etat.ANNULE).first()
    mensualites = list(avance.mensualites.all()) if avance else []
    if avance is None or not mensualites:
        return None
    aujourd_hui, foyer = timezone.localdate(), decision.demande.foyer
    versee = avance.etat == Paiement.Etat.PAYE
    passees = [m for m in mensualites if versee and en_retard(m, aujourd_hui)]
    return MonAvance(
        montant=avance.montant,
        solde=sum((m.reste for m in mensualites), Decimal(0)),
        versee=versee,
        mois=[_mois(m, aujourd_hui, versee) for m in mensualites],
        prochaine=next((m for m in mensualites if m.reste > 0 and m.le >= aujourd_hui), None),
        passees=sum((m.reste for m in passees), Decimal(0)),
        repondant=qui_repond(foyer, aujourd_hui) if foyer else None,
    )


def a_rendre_bientot(acteur: Acteur) -> list[Mensualite]:
    """Pour « Ce qui vous attend » : les mensualités des avances versées, passées ou dans les dix jours. Une requête."""
    bientot = timezone.localdate() + BIENTOT
    siennes = _siennes(acteur).filter(rendu__lt=F("montant"), le__lte=bientot)
    return list(siennes.select_related("paiement__decision").order_by("le")[:6])


def copie_des_mensualites(acteur: Acteur) -> list[dict[str, str]]:
    """Toutes ses mensualités, en types JSON (RGPD art. 15 et 20)."""
    return [
        {"le": m.le.isoformat(), "montant": str(m.montant), "rendu": str(m.rendu)}
        for m in _siennes(acteur).order_by("paiement", "rang")
    ]


def _siennes(acteur: Acteur) -> Any:
    """Celles des avances versées, une fois la lettre partie."""
    versees = {"paiement__etat": Paiement.Etat.PAYE, "paiement__decision__notifiee_le__isnull": False}
    return Mensualite.objects.visibles_par(acteur).filter(**versees)


def _mois(mensualite: Mensualite, aujourd_hui: dt.date, versee: bool) -> Mois:
    return Mois(mensualite.le, mensualite.montant, *_etat(mensualite, aujourd_hui, versee))


def _etat(m: Mensualite, aujourd_hui: dt.date, versee: bool) -> tuple[str, str, str]:
    """Une date passée se dit sans rouge : c'est un fait, pas un reproche."""
    if m.reste == 0:
        return "ouvert", "plein", _("Payée le %(jour)s") % {"jour": jour(m.rendue_le)} if m.rendue_le else _("Payée")
    if versee and en_retard(m, aujourd_hui):
        return "bientot", "horloge", _("En retard\u00a0: il reste %(reste)s") % {"reste": euros(m.reste)}
    if m.rendu:
        return "probable", "demi", _("Payée en partie\u00a0: il reste %(reste)s") % {"reste": euros(m.reste)}
    return "manque", "horloge", _("À venir")
