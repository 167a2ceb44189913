"""Des contacts, besoins et rendez-vous fictifs pour les essais. Les traits sont les mots du métier."""

import datetime as dt

import factory
from django.utils import timezone

from pleinsdroits.accueil.models import (
    Absence,
    Besoin,
    CanalDeContact,
    Contact,
    FicheInterlocuteur,
    Permanence,
    RendezVous,
    Venue,
)
from pleinsdroits.annuaire.fabriques import LieuFabrique
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.personnes.fabriques import FoyerFabrique


def dans(**duree: float) -> dt.datetime:
    """Un instant à venir (ou passé, si la durée est négative)."""
    return timezone.now() + dt.timedelta(**duree)


class DuFoyer(factory.django.DjangoModelFactory):
    """Ce qui concerne la personne suivie d'un foyer."""

    class Meta:
        abstract = True

    foyer = factory.SubFactory(FoyerFabrique)
    personne = factory.LazyAttribute(lambda o: o.foyer.demandeur() if o.foyer else None)


class BesoinFabrique(DuFoyer):
    class Meta:
        model = Besoin

    class Params:
        clos = factory.Trait(
            etat=Besoin.Etat.RESOLU,
            clos_le=factory.LazyFunction(timezone.now),
            avis_demande_le=factory.LazyFunction(timezone.now),
        )
        en_cours = factory.Trait(etat=Besoin.Etat.EN_COURS)

    mots = "Je n’arrive plus à payer l’électricité"
    sujet = "logement-hebergement"
    canal = CanalDeContact.GUICHET


class ContactFabrique(DuFoyer):
    class Meta:
        model = Contact

    class Params:
        sans_nom = factory.Trait(foyer=None, personne=None, anonyme=True)
        rappel = factory.Trait(
            suite=Contact.Suite.RAPPEL,
            etat=Contact.Etat.RAPPEL_PROMIS,
            rappel_avant=factory.LazyFunction(lambda: dans(days=1)),
            rappel_par=factory.SelfAttribute("agent"),
        )

    canal = CanalDeContact.TELEPHONE
    agent = factory.LazyAttribute(lambda o: o.foyer.interlocuteur if o.foyer else AgentFabrique())
    suite = Contact.Suite.REPONDU


class RendezVousFabrique(DuFoyer):
    class Meta:
        model = RendezVous

    class Params:
        passe = factory.Trait(quand=factory.LazyFunction(lambda: dans(hours=-1)))
        manque = factory.Trait(passe=True, etat=RendezVous.Etat.MANQUE)

    agent = factory.LazyAttribute(lambda o: o.foyer.interlocuteur)
    quand = factory.LazyFunction(lambda: dans(days=1))
    lieu = factory.SubFactory(LieuFabrique)


class FicheInterlocuteurFabrique(factory.django.DjangoModelFactory):
    class Meta:
        model = FicheInterlocuteur

    agent = factory.SubFactory(AgentFabrique, interlocuteur=True)
    telephone = "01 99 00 45 67"
    heures = "du lundi au jeudi, de 9 h à 12 h"


class AbsenceFabrique(factory.django.DjangoModelFactory):
    class Meta:
        model = Absence

    agent = factory.SubFactory(AgentFabrique, interlocuteur=True)
    du = factory.LazyFunction(timezone.localdate)
    au = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=7))


class PermanenceFabrique(factory.django.DjangoModelFactory):
    class Meta:
        model = Permanence

    canal = CanalDeContact.GUICHET
    lieu = factory.SubFactory(LieuFabrique)
    ouverte_par = factory.SubFactory(AgentFabrique)


class VenueFabrique(factory.django.DjangoModelFactory):
    class Meta:
        model = Venue

    permanence = factory.SubFactory(PermanenceFabrique)
    numero = factory.Sequence(lambda n: n + 1)
