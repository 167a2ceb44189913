"""Des foyers fictifs pour les essais et la ville d'exemple. Les traits sont les mots du métier."""

import datetime as dt

import factory
from django.utils import timezone

from pleinsdroits.comptes.fabriques import AgentFabrique, InstitutionFabrique
from pleinsdroits.personnes.index import indexer_la_personne
from pleinsdroits.personnes.models import Accord, Duree, Foyer, Membre, Moyen, Personne, Recueil, SituationDatee
from pleinsdroits.personnes.textes import texte_de

# Une femme de 34 ans, seule, au chômage sans indemnité, en logement HLM : plusieurs droits s'ouvrent.
SITUATION = (
    '{"personnes": [{"id": "moi", "lien": "demandeur", "naissance": "1992-03-12", "nationalite": "francaise",'
    ' "activite": "sans_activite", "sante": {"couverture": "assurance_maladie", "complementaire": "aucune"}, "revenus": []}],'
    ' "logement": {"commune": "94041", "statut": "locataire_hlm", "loyer": 400},'
    ' "avis": [{"personnes": ["moi"], "annee": 2024, "rfr": 0, "parts": 1}], "patrimoine": {}, "charges": [], "dettes": []}'
)


class PersonneFabrique(factory.django.DjangoModelFactory):
    class Meta:
        model = Personne
        skip_postgeneration_save = True

    class Params:
        protegee = factory.Trait(contact_protege=True, consigne="Appeler entre 9 h et 11 h, sans laisser de message.")

    prenom = factory.Faker("first_name", locale="fr_FR")
    nom = factory.Faker("last_name", locale="fr_FR")
    naissance = dt.date(1992, 3, 12)

    @factory.post_generation
    def telephone(self, create, extracted, **kwargs):
        if create and extracted:
            Moyen.objects.create(personne=self, valeur=extracted, normal="+33" + extracted.replace(" ", "")[1:])

    @factory.post_generation
    def indexee(self, create, extracted, **kwargs):
        if create:
            indexer_la_personne(self)


class MembreFabrique(factory.django.DjangoModelFactory):
    class Meta:
        model = Membre

    personne = factory.SubFactory(PersonneFabrique)
    du = factory.LazyFunction(lambda: timezone.localdate() - dt.timedelta(days=30))

    @classmethod
    def _after_postgeneration(cls, instance, create, results=None):
        if create:
            indexer_la_personne(instance.personne)


class FoyerFabrique(factory.django.DjangoModelFactory):
    """Un foyer et sa personne suivie : ``demandeur__nom="Ferrand"`` la règle, ``interlocuteur=agent`` dit qui le suit."""

    class Meta:
        model = Foyer
        skip_postgeneration_save = True

    class Params:
        archive = factory.Trait(etat=Foyer.Etat.ARCHIVE)

    numero = factory.Sequence(lambda n: f"2025-{n + 1:04d}")
    interlocuteur = factory.SubFactory(AgentFabrique, interlocuteur=True)

    @factory.post_generation
    def demandeur(self, create, extracted, **champs):
        if create:
            MembreFabrique(foyer=self, personne=extracted or PersonneFabrique(**champs))


class RecueilFabrique(factory.django.DjangoModelFactory):
    class Meta:
        model = Recueil

    foyer = factory.SubFactory(FoyerFabrique)
    personne = factory.LazyAttribute(lambda r: Foyer.demandeur(r.foyer))
    mode = Recueil.Mode.PRESENCE
    duree = Duree.SEMESTRE
    au = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=180))
    texte_version = texte_de("partage").version
    texte_empreinte = texte_de("partage").empreinte


class AccordFabrique(factory.django.DjangoModelFactory):
    class Meta:
        model = Accord

    recueil = factory.SubFactory(RecueilFabrique)
    foyer = factory.SelfAttribute("recueil.foyer")
    personne = factory.SelfAttribute("recueil.personne")
    institution = factory.SubFactory(InstitutionFabrique)
    sujet = "famille"
    du = factory.SelfAttribute("recueil.du")
    au = factory.SelfAttribute("recueil.au")


class SituationDateeFabrique(factory.django.DjangoModelFactory):
    class Meta:
        model = SituationDatee

    foyer = factory.SubFactory(FoyerFabrique)
    personne = factory.LazyAttribute(lambda s: Foyer.demandeur(s.foyer))
    source = SituationDatee.Source.ENTRETIEN
    situation = SITUATION
