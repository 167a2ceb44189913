"""Des comptes fictifs pour les essais. Les traits sont les mots du métier."""

import factory

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Agent, Institution, Role

NUIT = Acteur.systeme("nuit")


class InstitutionFabrique(factory.django.DjangoModelFactory):
    class Meta:
        model = Institution

    nom = factory.Sequence(lambda n: f"Association d’exemple {n}")
    sorte = Institution.Sorte.PARTENAIRE


class AgentFabrique(factory.django.DjangoModelFactory):
    class Meta:
        model = Agent
        skip_postgeneration_save = True

    class Params:
        technique = factory.Trait(role=Role.TECHNIQUE)
        coordination = factory.Trait(role=Role.COORDINATION)
        interlocuteur = factory.Trait(role=Role.INTERLOCUTEUR)
        parti = factory.Trait(is_active=False, parti_le=factory.Faker("past_date"))

    email = factory.Sequence(lambda n: f"agent{n}@pleinsdroits.invalid")
    first_name = factory.Faker("first_name", locale="fr_FR")
    last_name = factory.Faker("last_name", locale="fr_FR")
    role = Role.ACCUEIL
    institution = factory.SubFactory(InstitutionFabrique)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.create_user(*args, **kwargs)
