"""Des démarches fictives pour les essais. Les traits sont les mots du métier."""

import datetime as dt
from decimal import Decimal

import factory
from django.utils import timezone

from pleinsdroits.demarches.models import Demarche
from pleinsdroits.personnes.fabriques import FoyerFabrique
from pleinsdroits.personnes.models import Foyer


def _il_y_a(jours: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=jours)


class DemarcheFabrique(factory.django.DjangoModelFactory):
    class Meta:
        model = Demarche

    class Params:
        deposee = factory.Trait(
            etat=Demarche.Etat.DEPOSEE,
            deposee_le=factory.LazyFunction(lambda: _il_y_a(20)),
            montant_demande=Decimal("199.19"),
            preuve=Demarche.Preuve.EN_LIGNE,
        )
        refusee = factory.Trait(
            etat=Demarche.Etat.REFUSEE,
            deposee_le=factory.LazyFunction(lambda: _il_y_a(40)),
            repondue_le=factory.LazyFunction(lambda: _il_y_a(3)),
            notifiee_le=factory.LazyFunction(lambda: _il_y_a(3)),
        )
        accordee = factory.Trait(
            etat=Demarche.Etat.ACCORDEE,
            deposee_le=factory.LazyFunction(lambda: _il_y_a(40)),
            repondue_le=factory.LazyFunction(lambda: _il_y_a(3)),
            montant_demande=Decimal("199.19"),
            montant_accorde=Decimal("199.19"),
        )

    foyer = factory.SubFactory(FoyerFabrique)
    personne = factory.LazyAttribute(lambda d: Foyer.demandeur(d.foyer))
    droit = "asf"
    periodicite = "mensuelle"
    montant_detecte = Decimal("199.19")
