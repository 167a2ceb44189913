"""Des démarches fictives pour les essais et la ville d'exemple. Les traits sont les mots du métier."""

import datetime as dt
from decimal import Decimal

import factory
from django.utils import timezone

from pleinsdroits.demarches.calendriers import regler_l_horloge
from pleinsdroits.demarches.models import Demarche, EtapeFranchie, Mouvement
from pleinsdroits.personnes.fabriques import FoyerFabrique
from pleinsdroits.personnes.models import Foyer

DU = Decimal("398.38")


def il_y_a(jours: int) -> factory.LazyFunction:
    return factory.LazyFunction(lambda: timezone.localdate() - dt.timedelta(days=jours))


class DemarcheFabrique(factory.django.DjangoModelFactory):
    """Une démarche, son étape et son échéance. Sans trait : un droit trouvé que personne n'a encore expliqué."""

    class Meta:
        model = Demarche
        skip_postgeneration_save = True

    class Params:
        en_depot = factory.Trait(
            expliquee_le=il_y_a(25), preparee_le=il_y_a(22), deposee_le=il_y_a(20), montant_demande=DU
        )
        expliquee = factory.Trait(etat=Demarche.Etat.EXPLIQUEE, expliquee_le=il_y_a(5))
        deposee = factory.Trait(en_depot=True, etat=Demarche.Etat.DEPOSEE)
        en_silence = factory.Trait(
            deposee=True,
            detectee_le=il_y_a(100),
            expliquee_le=il_y_a(95),
            preparee_le=il_y_a(90),
            deposee_le=il_y_a(80),
            preuve=Demarche.Preuve.GUICHET,
        )
        refusee = factory.Trait(
            en_depot=True,
            etat=Demarche.Etat.REFUSEE,
            reponse="refusee",
            repondue_le=il_y_a(3),
            notifiee_le=il_y_a(2),
        )
        accordee = factory.Trait(
            en_depot=True,
            etat=Demarche.Etat.ACCORDEE,
            reponse="accordee",
            repondue_le=il_y_a(3),
            notifiee_le=il_y_a(2),
            montant_accorde=DU,
        )
        payee = factory.Trait(accordee=True, etat=Demarche.Etat.PAYEE, payee_le=il_y_a(1))
        probable = factory.Trait(a_verifier=True, montant_detecte=None)

    foyer = factory.SubFactory(FoyerFabrique)
    personne = factory.LazyAttribute(lambda d: Foyer.demandeur(d.foyer))
    droit = "asf"
    periodicite = "mensuelle"
    montant_detecte = DU
    detectee_le = il_y_a(30)

    @factory.post_generation
    def suivie(self, create, extracted, **kwargs):
        if create:
            EtapeFranchie.objects.create(demarche=self, etat=self.etat)
            regler_l_horloge(self)


class MouvementFabrique(factory.django.DjangoModelFactory):
    class Meta:
        model = Mouvement

    foyer = factory.SubFactory(FoyerFabrique)
    personne = factory.LazyAttribute(lambda m: Foyer.demandeur(m.foyer))
    droit = "aspa"
    sens = Mouvement.Sens.OUVRE
    le = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=40))
    montant = Decimal("250.00")
