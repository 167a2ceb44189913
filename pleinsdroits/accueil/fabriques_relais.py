"""Des relais fictifs pour les essais. Les traits sont les mots du métier."""

import datetime as dt
import json

import factory
from django.utils import timezone

from pleinsdroits.accueil.models import FichePartenaire, Message, Relais
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.fabriques import AgentFabrique, InstitutionFabrique
from pleinsdroits.comptes.models import Agent, Institution, Role
from pleinsdroits.personnes.models import Accord, Duree, Foyer, Membre, Personne, Recueil

LOGEMENT = "logement-hebergement"
ARGENT = "difficultes-financieres"
NOM = {"cle": "nom", "libelle": "Prénom et nom", "valeur": "Nadia Ferrand", "nature": "identite"}
NUMERO = {"cle": "numero-caf", "libelle": "N° d’allocataire CAF", "valeur": "1234512", "nature": "numero"}


class PartenaireFabrique(InstitutionFabrique):
    """Une institution qui peut recevoir des relais."""

    nom = factory.Sequence(lambda n: f"Caisse d’exemple {n}")
    courriel = factory.Sequence(lambda n: f"relais{n}@caisse.invalid")


class FichePartenaireFabrique(factory.django.DjangoModelFactory):
    class Meta:
        model = FichePartenaire

    institution = factory.SubFactory(PartenaireFabrique)
    note = "Donnez le numéro d’allocataire et la date du dernier courrier."
    identifiants = ["caf"]
    responsable = "Alex Exemple"
    responsable_courriel = "responsable@caisse.invalid"


def un_foyer(interlocuteur: Agent, *, numero: str, prenom: str = "Nadia", nom: str = "Ferrand", **champs) -> Personne:
    """Une personne suivie, seule dans son foyer ; ``champs`` sont ceux de la personne."""
    foyer = Foyer.objects.create(numero=numero, interlocuteur=interlocuteur)
    personne = Personne.objects.create(prenom=prenom, nom=nom, naissance=dt.date(1992, 3, 4), **champs)
    Membre.objects.create(foyer=foyer, personne=personne, du=dt.date(2026, 1, 1))
    return personne


def foyer_de(personne: Personne) -> Foyer:
    return Foyer.objects.get(membres__personne=personne)


def accorder(personne: Personne, institution: Institution, *sujets: str, du: dt.date | None = None) -> list[Accord]:
    """Un accord de six mois de la personne, à l'institution, sur chaque sujet."""
    foyer, depuis = foyer_de(personne), du or timezone.localdate() - dt.timedelta(days=3)
    dates = {"du": depuis, "au": depuis + dt.timedelta(days=182)}
    recueil = Recueil.objects.create(
        foyer=foyer,
        personne=personne,
        mode=Recueil.Mode.PRESENCE,
        duree=Duree.SEMESTRE,
        texte_version="1",
        texte_empreinte="x",
        **dates,
    )
    commun = {"recueil": recueil, "foyer": foyer, "personne": personne, "institution": institution, **dates}
    return [Accord.objects.create(sujet=sujet, **commun) for sujet in sujets]


def un_relais(personne: Personne, institution: Institution, **champs) -> Relais:
    """Un relais déjà parti sur le logement, avec le nom et le numéro, sans passer par l'acte."""
    foyer = foyer_de(personne)
    sujet = champs.get("sujet", LOGEMENT)
    lignes = [ligne | {"sujet": sujet, "fondement": "accord"} for ligne in (NOM, NUMERO)]
    defauts = {
        "foyer": foyer,
        "personne": personne,
        "institution": institution,
        "sujet": sujet,
        "demande": "Vérifier pourquoi l’aide au logement est suspendue",
        "attendu": "Un rappel à la personne",
        "fondement": Relais.Fondement.ACCORD,
        "envoye_par": foyer.interlocuteur,
        "donnees": json.dumps(lignes),
    }
    relais = Relais.objects.create(**(defauts | champs))
    relais.ouvrir_le_lien()
    relais.save()
    return relais


def un_agent_de(institution: Institution, **champs) -> Agent:
    """Un compte de partenaire."""
    return AgentFabrique(role=Role.PARTENAIRE, institution=institution, **champs)


def par_lien(relais: Relais) -> Acteur:
    """Le partenaire entré par le lien de ce relais."""
    return Acteur.partenaire(str(relais.pk), str(relais.institution_id))


def un_message(relais: Relais, texte: str, *, pour_tous: bool = True) -> Message:
    return Message.objects.create(relais=relais, auteur_genre="agent", texte=texte, pour_tous=pour_tous)
