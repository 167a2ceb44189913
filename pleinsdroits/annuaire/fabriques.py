"""Des lieux fictifs pour les essais."""

import datetime as dt

import factory

from pleinsdroits.annuaire.models import Fermeture, Lieu, Ouverture


class LieuFabrique(factory.django.DjangoModelFactory):
    class Meta:
        model = Lieu
        skip_postgeneration_save = True

    class Params:
        repas = factory.Trait(sert_a_manger=True)
        cache = factory.Trait(publie=False)

    cle = factory.Sequence(lambda n: f"lieu_{n}")
    nom = factory.Sequence(lambda n: f"Lieu d’exemple {n}")
    description = "Un lieu d’exemple."
    adresse = "1 rue de l’Exemple"
    code_postal = "94200"
    commune = "Ivry-sur-Seine"
    code_insee = "94041"
    exemple = True

    @factory.post_generation
    def en_semaine(lieu, create, demande, **kwargs):
        """``en_semaine=True`` : ouvert de 9 h à 17 h du lundi au vendredi."""
        if demande:
            Ouverture.objects.bulk_create(
                Ouverture(lieu=lieu, jour=jour, de=dt.time(9), a=dt.time(17)) for jour in range(5)
            )


class FermetureFabrique(factory.django.DjangoModelFactory):
    class Meta:
        model = Fermeture

    lieu = factory.SubFactory(LieuFabrique)
    du = factory.LazyFunction(dt.date.today)
    au = factory.SelfAttribute("du")
