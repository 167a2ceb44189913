"""Des projets d'accompagnement fictifs, pour les essais et la ville d'exemple. Les traits sont les mots du métier."""

import datetime as dt

import factory
from django.utils import timezone

from pleinsdroits.comptes.fabriques import InstitutionFabrique
from pleinsdroits.parcours.fige import contenu_de, empreinte_de, en_texte
from pleinsdroits.parcours.horloge import regler_l_horloge
from pleinsdroits.parcours.models import (
    Engagement,
    EtapeDuProjet,
    EtatProjet,
    Objectif,
    Option,
    Projet,
    Proposition,
)
from pleinsdroits.personnes.fabriques import FoyerFabrique

E = EtatProjet


def il_y_a(jours: int) -> factory.LazyFunction:
    return factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=jours))


def dans(jours: int) -> factory.LazyFunction:
    return factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=jours))


class ProjetFabrique(factory.django.DjangoModelFactory):
    """
    Un projet, son contenu et son horloge. Sans trait : demandé aujourd'hui au guichet. ``complet`` : en construction, prêt à
    être proposé ; ``propose``, ``accepte``, ``suspendu``, ``termine``, ``abandonne``.
    """

    class Meta:
        model = Projet
        skip_postgeneration_save = True

    class Params:
        construction = factory.Trait(etat=E.CONSTRUCTION, demande_le=il_y_a(20), premier_entretien_le=il_y_a(12))
        ecrit = factory.Trait(
            construction=True,
            forces="J’ai travaillé six ans en crèche.\nMa sœur garde les enfants le mercredi.",
            souhaits="Retrouver un travail dans une crèche, et un logement où les enfants ont leur chambre.",
        )
        complet = factory.Trait(ecrit=True, rempli=True)
        propose = factory.Trait(complet=True, etat=E.PROPOSE, propose_le=il_y_a(3), bilan_prevu_le=dans(90))
        accepte = factory.Trait(propose=True, etat=E.ACCEPTE, accepte_le=il_y_a(2))
        suspendu = factory.Trait(
            accepte=True, etat=E.SUSPENDU, etat_avant=E.ACCEPTE, suspendu_le=il_y_a(1), raison="Hospitalisation"
        )
        termine = factory.Trait(accepte=True, etat=E.TERMINE, premier_bilan_le=il_y_a(1), clos_le=il_y_a(1))
        abandonne = factory.Trait(construction=True, etat=E.ABANDONNE, clos_le=il_y_a(1), raison="Déménagement")

    rempli = False
    foyer = factory.SubFactory(FoyerFabrique)
    personne = factory.LazyAttribute(lambda o: o.foyer.demandeur())
    canal = "guichet"
    mots = "Je voudrais que quelqu’un m’aide à m’y retrouver"
    demande_le = factory.LazyFunction(timezone.now)

    @classmethod
    def _create(cls, model_class, *args, rempli=False, **kwargs):
        projet = super()._create(model_class, *args, **kwargs)
        if rempli:
            remplir(projet)
        return projet

    @factory.post_generation
    def horloge(self, create, extracted, **kwargs):
        if create:
            figer(self)
            regler_l_horloge(self)


def remplir(projet: Projet) -> Objectif:
    """Un objectif, deux options dont une choisie, une étape, un engagement de chacun."""
    objectif = ObjectifFabrique(projet=projet)
    Option.objects.create(
        objectif=objectif,
        libelle="Postuler aux deux crèches du quartier",
        precision="Un CV à refaire ensemble",
        choisie=True,
        choisie_le=timezone.now(),
        raison="C’est près de l’école",
    )
    Option.objects.create(objectif=objectif, libelle="Ne rien changer pour l’instant")
    bientot = timezone.localdate() + dt.timedelta(days=20)
    EtapeDuProjet.objects.create(objectif=objectif, libelle="Refaire le CV", pour_le=bientot)
    Engagement.objects.create(projet=projet, qui="personne", quoi="Apporter l’ancien CV", pour_le=bientot)
    Engagement.objects.create(projet=projet, qui="interlocuteur", quoi="Appeler les deux crèches", pour_le=bientot)
    return objectif


def figer(projet: Projet) -> None:
    """La version que son état suppose : en attente s'il est proposé, acceptée s'il l'est."""
    if projet.propose_le is None:
        return
    texte = en_texte(contenu_de(projet))
    accord = {"acceptee_le": projet.accepte_le, "mode": "ecran"} if projet.accepte_le else {}
    Proposition.objects.create(
        projet=projet, rang=1, contenu=texte, empreinte=empreinte_de(texte), proposee_le=projet.propose_le, **accord
    )


class ObjectifFabrique(factory.django.DjangoModelFactory):
    class Meta:
        model = Objectif

    projet = factory.SubFactory(ProjetFabrique, ecrit=True)
    domaine = "trouver-un-emploi"
    mots = "Travailler de nouveau dans une crèche"


class OptionFabrique(factory.django.DjangoModelFactory):
    class Meta:
        model = Option

    objectif = factory.SubFactory(ObjectifFabrique)
    libelle = "Passer par la mission locale"


class EtapeDuProjetFabrique(factory.django.DjangoModelFactory):
    class Meta:
        model = EtapeDuProjet

    objectif = factory.SubFactory(ObjectifFabrique)
    libelle = "Prendre rendez-vous"


class EngagementFabrique(factory.django.DjangoModelFactory):
    class Meta:
        model = Engagement

    class Params:
        d_un_partenaire = factory.Trait(qui="partenaire", institution=factory.SubFactory(InstitutionFabrique))

    projet = factory.SubFactory(ProjetFabrique, ecrit=True)
    qui = "personne"
    quoi = "Apporter l’avis d’impôt"
    pour_le = dans(15)
