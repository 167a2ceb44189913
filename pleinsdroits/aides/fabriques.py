"""Des demandes, des séances et un budget fictifs, pour les essais et la ville d'exemple. Les traits sont les mots du métier."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import factory
import yaml
from django.conf import settings
from django.utils import timezone

from pleinsdroits.aides.horloge import regler_l_horloge
from pleinsdroits.aides.models import (
    Decision,
    Demande,
    EditionDuReglement,
    EtatDemande,
    EtatSeance,
    Inscription,
    Instance,
    LigneBudgetaire,
    MembreDeLInstance,
    Presence,
    Seance,
)
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.echeances.calendrier import ajouter_mois
from pleinsdroits.personnes.fabriques import FoyerFabrique

E = EtatDemande
ENERGIE = "local_energie"
DEMANDE, ACCORDE = Decimal("285.00"), Decimal("250.00")


def il_y_a(jours: int) -> factory.LazyFunction:
    return factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=jours))


class EditionFabrique(factory.django.DjangoModelFactory):
    """Une édition adoptée : le règlement d'exemple de la ville, en vigueur depuis 2024."""

    class Meta:
        model = EditionDuReglement
        django_get_or_create = ["reglement", "effet", "etat"]

    class Params:
        brouillon = factory.Trait(etat=EditionDuReglement.Etat.BROUILLON, libelle="brouillon", deliberation="")

    reglement = "aides_facultatives"
    libelle = "exemple-1"
    etat = EditionDuReglement.Etat.ADOPTEE
    effet = dt.date(2024, 1, 1)
    deliberation = "délibération d’exemple"
    deliberee_le = dt.date(2023, 12, 12)
    document = factory.LazyFunction(lambda: document_de_la_ville("aides_facultatives"))


def document_de_la_ville(nom: str) -> dict:
    """Le règlement ``nom`` de la ville d'exemple, en types JSON."""
    chemin = Path(settings.RACINE) / "villes" / "ivry" / "reglement" / f"{nom}.yaml"
    return _en_json(yaml.safe_load(chemin.read_text(encoding="utf-8")))


def _en_json(valeur):
    """YAML lit des dates ; le JSON les écrit."""
    if isinstance(valeur, dict):
        return {cle: _en_json(v) for cle, v in valeur.items()}
    if isinstance(valeur, list):
        return [_en_json(v) for v in valeur]
    return valeur.isoformat() if isinstance(valeur, dt.date) else valeur


class LigneBudgetaireFabrique(factory.django.DjangoModelFactory):
    """10 000 € pour toutes les aides d'exemple, cette année."""

    class Meta:
        model = LigneBudgetaire

    exercice = factory.LazyFunction(lambda: timezone.localdate().year)
    code = factory.Sequence(lambda n: f"6561-{n}")
    nom = "Secours et dots"
    aides = factory.LazyFunction(
        lambda: [
            "local_energie",
            "local_alimentaire",
            "local_hygiene",
            "local_telephone",
            "local_secours",
            "local_avance",
        ]
    )
    vote = Decimal("10000.00")


class DemandeFabrique(factory.django.DjangoModelFactory):
    """Une demande d'aide pour l'énergie, son état et son horloge. Sans trait : reçue aujourd'hui, sur le site."""

    class Meta:
        model = Demande
        skip_postgeneration_save = True

    class Params:
        urgence = factory.Trait(aide="local_secours", urgente=True, montant_demande=Decimal("80.00"))
        incomplete = factory.Trait(
            etat=E.INCOMPLETE,
            recue_le=il_y_a(6),
            accusee_le=il_y_a(6),
            pieces_demandees_le=il_y_a(5),
            pieces_avant_le=factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=10)),
        )
        complete = factory.Trait(etat=E.COMPLETE, recue_le=il_y_a(8), accusee_le=il_y_a(8), complete_le=il_y_a(4))
        etudiee = factory.Trait(
            complete=True,
            instruite_le=il_y_a(2),
            edition=factory.SubFactory(EditionFabrique),
            tranche="Reste à vivre sous le seuil d’exemple",
            etat_du_calcul="accorde_possible",
            montant_propose=ACCORDE,
            composition=Demande.Composition.PARENT_SEUL,
            tranche_d_age="26-39",
        )
        instruite = factory.Trait(etudiee=True, etat=E.INSTRUITE)
        inscrite = factory.Trait(etudiee=True, etat=E.INSCRITE, inscrite_le=il_y_a(1))
        ajournee = factory.Trait(etudiee=True, etat=E.AJOURNEE, inscrite_le=il_y_a(1))
        # Décidée : l'état et les dates ; la décision elle-même est une ``DecisionFabrique``.
        decidee = factory.Trait(etudiee=True, etat=E.DECIDEE, inscrite_le=il_y_a(1), decidee_le=il_y_a(0))
        accordee = factory.Trait(decidee=True, resultat=Demande.Resultat.ACCORD, montant_accorde=ACCORDE)
        refusee = factory.Trait(decidee=True, resultat=Demande.Resultat.REFUS)
        notifiee = factory.Trait(accordee=True, etat=E.NOTIFIEE, notifiee_le=il_y_a(0))
        payee = factory.Trait(notifiee=True, etat=E.PAYEE, en_paiement_le=il_y_a(0), payee_le=il_y_a(0))

    foyer = factory.SubFactory(FoyerFabrique)
    personne = factory.LazyAttribute(lambda o: o.foyer.demandeur())
    aide = ENERGIE
    canal = Demande.Canal.WEB
    mots = "Je n’arrive plus à payer l’électricité"
    montant_demande = DEMANDE
    recue_le = factory.LazyFunction(timezone.now)
    silence_le = factory.LazyAttribute(lambda o: ajouter_mois(timezone.localtime(o.recue_le).date(), 2))

    @factory.post_generation
    def horloge(self, create, extracted, **kwargs):
        if create:
            regler_l_horloge(self)


class DecisionFabrique(factory.django.DjangoModelFactory):
    """Un accord de 250 € en chèque, de la commission permanente ; l'argent n'est pas engagé (``arreter`` le fait)."""

    class Meta:
        model = Decision

    class Params:
        par_la_presidence = factory.Trait(decideur=Decision.Decideur.PRESIDENCE, par_delegation=True)

    demande = factory.SubFactory(DemandeFabrique, accordee=True)
    sens = Demande.Resultat.ACCORD
    montant = ACCORDE
    forme = Decision.Forme.CAP
    raisons = "Le reste à vivre est sous le seuil du règlement."
    articles = factory.LazyFunction(lambda: ["4"])
    decideur = Decision.Decideur.COMMISSION_PERMANENTE
    edition = factory.LazyAttribute(lambda o: o.demande.edition)
    ligne = factory.SubFactory(LigneBudgetaireFabrique)


class MembreFabrique(factory.django.DjangoModelFactory):
    """Un membre élu de la commission permanente ; ``preside=True`` : celui qui préside."""

    class Meta:
        model = MembreDeLInstance

    class Params:
        preside = factory.Trait(
            agent=factory.SubFactory(AgentFabrique, role=Role.PRESIDENCE), qualite=MembreDeLInstance.Qualite.PRESIDENT
        )

    agent = factory.SubFactory(AgentFabrique, role=Role.COMMISSION)
    instance = Instance.COMMISSION_PERMANENTE
    qualite = MembreDeLInstance.Qualite.ELU
    du = dt.date(2026, 4, 1)


class SeanceFabrique(factory.django.DjangoModelFactory):
    """
    Une séance de la commission permanente dans dix jours. ``convoquee`` ou ``en_seance`` (elle se tient maintenant) ;
    ``membres=5`` : le nombre de membres, le premier préside ; en séance, tous sont présents.
    """

    class Meta:
        model = Seance
        skip_postgeneration_save = True

    class Params:
        convoquee = factory.Trait(etat=EtatSeance.CONVOQUEE, convoquee_le=il_y_a(5))
        en_seance = factory.Trait(
            etat=EtatSeance.EN_SEANCE, convoquee_le=il_y_a(7), ouverte_le=il_y_a(0), prevue_le=il_y_a(0)
        )
        du_conseil = factory.Trait(instance=Instance.CONSEIL_ADMINISTRATION)

    instance = Instance.COMMISSION_PERMANENTE
    prevue_le = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=10))
    lieu = "Salle du conseil"

    @factory.post_generation
    def membres(self, create, extracted, **kwargs):
        if not create:
            return
        for rang in range(extracted or 0):
            membre = MembreFabrique(instance=self.instance, preside=rang == 0)
            present = self.etat == EtatSeance.EN_SEANCE
            etat = Presence.Etat.PRESENT if present else Presence.Etat.CONVOQUE
            Presence.objects.create(
                seance=self, membre=membre, etat=etat, arrive_le=self.ouverte_le if present else None
            )
            if rang == 0 and present:
                Seance.objects.filter(pk=self.pk).update(presidee_par=membre)


class InscriptionFabrique(factory.django.DjangoModelFactory):
    """Une demande à l'ordre du jour ; ``publiee`` : les membres peuvent la lire (pièce écrite à la main, sans identité)."""

    class Meta:
        model = Inscription

    class Params:
        publiee = factory.Trait(
            etat=Inscription.Etat.PUBLIEE,
            publiee_le=il_y_a(1),
            version_lue=factory.LazyAttribute(lambda o: o.demande.version),
            piece=factory.LazyFunction(lambda: {"aide": "Aide pour l’énergie et l’eau"}),
        )

    seance = factory.SubFactory(SeanceFabrique, convoquee=True)
    demande = factory.SubFactory(DemandeFabrique, inscrite=True)
    rang = factory.Sequence(lambda n: n + 1)
