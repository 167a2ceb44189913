"""Le petit monde où l'on vérifie les accès : un dossier « sien » et un dossier d'une autre personne, protégée."""

import time

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from pleinsdroits.accueil.fabriques import BesoinFabrique, ContactFabrique, RendezVousFabrique
from pleinsdroits.accueil.fabriques_relais import PartenaireFabrique, un_relais
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.demarches.fabriques import DemarcheFabrique, MouvementFabrique
from pleinsdroits.demarches.models import Lettre
from pleinsdroits.personnes.fabriques import AccordFabrique, FoyerFabrique, RecueilFabrique
from pleinsdroits.personnes.models import Foyer, LienPersonnel
from pleinsdroits.portes.public.acces_personnel import CLE

ROLES = ("visiteur", "personne", *Role.values)
NOMS = ("Zéphyrine", "Quatrebarbes")
BESOIN, LETTRE, RELAIS = "Ma facture secrète", "Courrier confidentiel", "Demande réservée au partenaire"
SECRETS = (*NOMS, BESOIN, LETTRE, RELAIS)
SUIVENT = (Role.INTERLOCUTEUR, Role.INSTRUCTEUR)
# Ce qu'une page ouverte ne montre jamais à ce rôle ; aux rôles absents d'ici, rien de tout cela.
INTERDITS = {
    Role.ACCUEIL: (LETTRE, RELAIS),
    Role.INTERLOCUTEUR: NOMS,
    Role.INSTRUCTEUR: NOMS,
    Role.PARTENAIRE: (*NOMS, BESOIN, LETTRE),
    "personne": NOMS,
}


def un_dossier(agent, institution, **demandeur):
    """Un dossier et une pièce de chaque sorte ; rend, par sorte d'objet, les arguments de son adresse."""
    foyer = FoyerFabrique(interlocuteur=agent, **{f"demandeur__{cle}": v for cle, v in demandeur.items()})
    personne = Foyer.demandeur(foyer)
    demarche = DemarcheFabrique(foyer=foyer)
    lettre = Lettre.objects.create(demarche=demarche, modele="x", objet="x", texte=LETTRE)
    accord = AccordFabrique(recueil=RecueilFabrique(foyer=foyer), institution=institution)
    dossier = {"numero": foyer.numero}
    return {
        "dossier": dossier,
        "personne": {**dossier, "cle": personne.pk},
        "accord": {**dossier, "cle": accord.pk},
        "besoin": {"pk": BesoinFabrique(foyer=foyer, mots=BESOIN).pk},
        "contact": {"pk": ContactFabrique(foyer=foyer, rappel=True).pk},
        "rendez-vous": {"pk": RendezVousFabrique(foyer=foyer).pk},
        "relais": {"pk": un_relais(personne, institution, demande=RELAIS).pk},
        "demarche": {"pk": demarche.pk},
        "lettre": {"pk": lettre.pk},
        "mouvement": {"pk": MouvementFabrique(foyer=foyer).pk},
    }


class Monde:
    """Un client entré avec ce rôle, et les deux dossiers."""

    def __init__(self, role):
        self.client = Client()
        chez_moi, ailleurs = PartenaireFabrique(), PartenaireFabrique()
        self.agent = self._agent(role, chez_moi)
        suivi = self.agent if role in SUIVENT else AgentFabrique(interlocuteur=True)
        self.objets = {
            "sien": un_dossier(suivi, chez_moi),
            "autre": un_dossier(
                AgentFabrique(interlocuteur=True), ailleurs, prenom=NOMS[0], nom=NOMS[1], protegee=True
            ),
        }
        self._entrer(role)

    def _agent(self, role, institution):
        if role not in Role.values:
            return None
        agent = AgentFabrique(role=role, institution=institution, password="sept petits moulins bleus")
        TOTP.activate(agent, generate_totp_secret())
        return agent

    def _entrer(self, role):
        if self.agent:
            self.client.force_login(self.agent)
        if role == "personne":
            foyer = Foyer.objects.get(numero=self.objets["sien"]["dossier"]["numero"])
            lien, _jeton = LienPersonnel.fabriquer(foyer.demandeur(), foyer.pk, "imprime")
            session = self.client.session
            session[CLE] = {"personne": lien.personne_id, "lien": lien.pk, "vu": time.time()}
            session.save()
