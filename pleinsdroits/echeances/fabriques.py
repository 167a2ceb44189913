"""Des échéances fictives pour les essais. Les traits sont les mots du métier."""

import datetime as dt

import factory
from django.utils import timezone

from pleinsdroits.comptes.fabriques import AgentFabrique, InstitutionFabrique
from pleinsdroits.echeances.models import Echeance


def _dans(jours: int) -> dt.datetime:
    return timezone.now() + dt.timedelta(days=jours)


class EcheanceFabrique(factory.django.DjangoModelFactory):
    class Meta:
        model = Echeance

    class Params:
        en_retard = factory.Trait(
            debut=factory.LazyFunction(lambda: _dans(-12)), limite=factory.LazyFunction(lambda: _dans(-4))
        )
        tenue = factory.Trait(etat=Echeance.Etat.TENUE, close_le=factory.LazyFunction(timezone.now), duree_ouvree=3)
        suspendue = factory.Trait(etat=Echeance.Etat.SUSPENDUE)
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
