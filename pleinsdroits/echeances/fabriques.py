"""Des échéances fictives pour les essais. Les traits sont les mots du métier."""

import datetime as dt

import factory
from django.utils import timezone

from pleinsdroits.comptes.fabriques import AgentFabrique, InstitutionFabrique
from pleinsdroits.echeances.models import Echeance, Pause


def _dans(jours: int) -> dt.datetime:
    return timezone.now() + dt.timedelta(days=jours)


class EcheanceFabrique(factory.django.DjangoModelFactory):
    class Meta:
        model = Echeance
        skip_postgeneration_save = True

    class Params:
        en_retard = factory.Trait(
            debut=factory.LazyFunction(lambda: _dans(-12)), limite=factory.LazyFunction(lambda: _dans(-4))
        )
        tenue = factory.Trait(etat=Echeance.Etat.TENUE, close_le=factory.LazyFunction(timezone.now), duree_ouvree=3)
        manquee = factory.Trait(
            etat=Echeance.Etat.MANQUEE,
            debut=factory.LazyFunction(lambda: _dans(-12)),
            limite=factory.LazyFunction(lambda: _dans(-4)),
            close_le=factory.LazyFunction(timezone.now),
            duree_ouvree=8,
        )
        annulee = factory.Trait(etat=Echeance.Etat.ANNULEE, close_le=factory.LazyFunction(timezone.now), duree_ouvree=1)
        suspendue = factory.Trait(
            etat=Echeance.Etat.SUSPENDUE,
            pause=factory.RelatedFactory("pleinsdroits.echeances.fabriques.PauseFabrique", "echeance"),
        )
        chez_un_partenaire = factory.Trait(
            main=Echeance.Main.PARTENAIRE, institution=factory.SubFactory(InstitutionFabrique)
        )

    genre = "relais.reponse"
    quoi = "Réponse au relais"
    type_objet = "accueil.relais"
    cle_objet = factory.Sequence(str)
    main = Echeance.Main.VILLE
    responsable = factory.SubFactory(AgentFabrique, interlocuteur=True)
    limite = factory.LazyFunction(lambda: _dans(5))


class PauseFabrique(factory.django.DjangoModelFactory):
    class Meta:
        model = Pause

    echeance = factory.SubFactory(EcheanceFabrique)
    raison = "Attend un papier"
