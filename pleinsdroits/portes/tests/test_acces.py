"""
Chaque adresse × chaque rôle × chaque objet (d'un dossier suivi, d'un autre, d'une personne protégée) : ce que dit
``portes/acces_des_pages.yaml``, et rien d'autre. Une adresse nouvelle sans ligne fait échouer le premier essai.
"""

import datetime as dt
import json
from pathlib import Path

import pytest
import yaml
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from pleinsdroits.accueil.fabriques_relais import PartenaireFabrique, un_relais
from pleinsdroits.accueil.models import Besoin, Contact, Permanence, RendezVous, Venue
from pleinsdroits.aides.fabriques import (
    DecisionFabrique,
    DemandeFabrique,
    EditionFabrique,
    InscriptionFabrique,
    MembreFabrique,
    SeanceFabrique,
)
from pleinsdroits.aides.models import PieceDemandee, ProcesVerbal
from pleinsdroits.annuaire.fabriques import LieuFabrique
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.demarches.fabriques import DemarcheFabrique, MouvementFabrique
from pleinsdroits.demarches.models import Lettre, PapierAttendu
from pleinsdroits.parcours.fabriques import ProjetFabrique
from pleinsdroits.personnes.actions.papiers import ajouter_un_papier
from pleinsdroits.personnes.fabriques import AccordFabrique, FoyerFabrique, PersonneFabrique, RecueilFabrique
from pleinsdroits.portes.tests.monde_de_l_argent import argent_de

TABLE = yaml.safe_load((Path(__file__).parents[1] / "acces_des_pages.yaml").read_text(encoding="utf-8"))
REGLES = TABLE["regles"]
ROLES = ["visiteur", *Role.values]
SUIVENT = ("interlocuteur", "instructeur")
SANS_ESPACE = ("account_", "mfa_")
NOM, NOM_D_AILLEURS = "Secretferrand", "Secretailleurs"
SECRETS = (NOM, NOM_D_AILLEURS, "Motssecrets", "Demandesecrete", "secret.pdf", "06 39 98 77 77")
# Ce qu'une page ouverte ne dit pas à ce rôle ; à un rôle absent d'ici, rien d'une personne suivie.
TUS = {
    "accueil": ("Demandesecrete", "secret.pdf"),
    "interlocuteur": (NOM_D_AILLEURS,),
    "instructeur": (NOM_D_AILLEURS,),
    "partenaire": (NOM, NOM_D_AILLEURS, "Motssecrets", "secret.pdf", "06 39 98 77 77"),
}
# Qui instruit une aide en lit tout, même d'un dossier qu'il ne suit pas (CASF L133-5).
INSTRUISENT = {
    "instructeur": ("aide", "instruit", "calcul", "paie"),
    "accueil": ("aide",),
    "presidence": ("urgence", "calcul"),
}
PV_VIDE = json.dumps(
    {
        **dict.fromkeys(("instance", "quand", "lieu", "preside", "ouverte", "close"), "essai"),
        **{"tome": "nominatif", "membres": [], "affaires": [], "deleguees": [], "bilan": {"demandes": 0}},
        "quorum": {"presents": 1, "en_exercice": 1, "requis": 1, "libre": False},
    }
)
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF"
)


def _lignes():
    """Toutes les lignes de la table : adresse, règle, objet."""
    espaces = {"pages": "public:", "agents": "agents:", "partenaires": "partenaires:", "api": "api:"}
    for porte, espace in espaces.items():
        for regle, noms in TABLE[porte].items():
            paires = noms.items() if isinstance(noms, dict) else [
                next(iter(n.items())) if isinstance(n, dict) else (n, "") for n in noms
            ]  # fmt: skip
            for nom, objet in paires:
                libre = nom.startswith(SANS_ESPACE) or nom in ("repondre", "deposer_par_lien", "entrer")
                yield (nom if libre else espace + nom), regle.removesuffix("_avec_un_objet"), objet


LIGNES = list(_lignes())
PAR_REGLE = [ligne for ligne in LIGNES if ligne[1] in REGLES and ligne[1] not in ("public", "personne")]


def _adresses(motifs, espace=""):
    for motif in motifs:
        if hasattr(motif, "url_patterns"):
            yield from _adresses(motif.url_patterns, f"{motif.namespace}:" if motif.namespace else espace)
        else:
            yield espace + motif.name


def test_toute_adresse_a_sa_ligne_et_toute_ligne_son_adresse():
    connues, ecrites = set(_adresses(get_resolver().url_patterns)), [nom for nom, _regle, _objet in LIGNES]
    assert sorted(connues - set(ecrites)) == [], "adresses sans ligne dans acces_des_pages.yaml"
    assert sorted(set(ecrites) - connues) == [], "lignes sans adresse"
    assert len(ecrites) == len(set(ecrites)), "une adresse a deux lignes"


class Monde:
    """Un dossier et tout ce que les adresses portent de lui ; la personne est protégée dans un sur deux."""

    def __init__(self, interlocuteur, institution, *, protegee, nom=NOM):
        self.lieu = LieuFabrique()
        nadia = PersonneFabrique(prenom="Nadia", nom=nom, telephone="06 39 98 77 77")
        if protegee:
            nadia.contact_protege, nadia.consigne = True, "Appeler le matin."
            nadia.save()
        self.foyer = FoyerFabrique(interlocuteur=interlocuteur, demandeur=nadia)
        self.nadia = nadia
        champs = {"foyer": self.foyer, "personne": nadia}
        self.besoin = Besoin.objects.create(**champs, mots="Motssecrets", sujet="famille", canal="guichet")
        self.relais = un_relais(nadia, institution, besoin=self.besoin, demande="Demandesecrete")
        self.demarche = DemarcheFabrique(**champs)
        self.attendu = PapierAttendu.objects.create(demarche=self.demarche, libelle="Livret")
        self.lettre = Lettre.objects.create(
            demarche=self.demarche, modele="demande", objet="Demande", texte="Motssecrets"
        )
        self.accord = AccordFabrique(recueil=RecueilFabrique(**champs))
        self.mouvement = MouvementFabrique(foyer=self.foyer)
        demain = timezone.now() + dt.timedelta(days=1)
        self.rdv = RendezVous.objects.create(**champs, agent=self.foyer.interlocuteur, quand=demain, mode="telephone")
        self.contact = Contact.objects.create(
            **champs, canal="telephone", suite="rappel", etat="rappel_promis", rappel_avant=demain, mots="Motssecrets",
            rappel_par=self.foyer.interlocuteur,
        )  # fmt: skip
        self.venue = Venue.objects.create(
            permanence=Permanence.objects.create(canal="guichet", lieu=self.lieu, ouverte_par=self.foyer.interlocuteur),
            numero=1,
        )
        self.aide = DemandeFabrique(**champs, mots="Motssecrets", accusee_le=timezone.now())
        EditionFabrique()
        self.edition = EditionFabrique(brouillon=True)
        self.seance = SeanceFabrique(prevue_le=timezone.now() + dt.timedelta(days=20, minutes=self.nadia.pk))
        self.membre = MembreFabrique()
        self.inscription = InscriptionFabrique(
            seance=self.seance, demande=DemandeFabrique(**champs, inscrite=True), publiee=True
        )
        ProcesVerbal.objects.create(seance=self.seance, tome="nominatif", contenu=PV_VIDE)
        self.decidee = DemandeFabrique(**champs, notifiee=True)
        DecisionFabrique(demande=self.decidee, notifiee_le=timezone.now())
        self.piece = PieceDemandee.objects.create(demande=self.aide, libelle="facture")
        self.urgence = DemandeFabrique(**champs, urgence=True, mots="Motssecrets")
        self.correction = self.aide.corrections.create(sens="charge", libelle="Aide", montant=10, raison="Motssecrets")
        self.argent = argent_de(nadia, self.foyer)
        self.projet = ProjetFabrique(
            **champs, propose=True, mots="Motssecrets", souhaits="Motssecrets", forces="Motssecrets"
        )
        self.papier = ajouter_un_papier(
            None, par=Acteur.systeme("essai"), foyer=self.foyer, personne=nadia, sorte="identite", finalite="Aide",
            fichier=SimpleUploadedFile("secret.pdf", PDF), donne_par="la personne",
        )  # fmt: skip

    def arguments(self, objet):
        """Ce que porte l'adresse, pour cet objet."""
        numero = self.foyer.numero
        return {
            "": [],
            "dossier": [numero],
            "personne": [numero, self.nadia.pk],
            "accord": [numero, self.accord.pk],
            "papier": [numero, self.papier.pk],
            "besoin": [self.besoin.pk],
            "geste_de_besoin": [self.besoin.pk, "clore"],
            "rendez_vous": [self.rdv.pk],
            "geste_de_rendez_vous": [self.rdv.pk, "annuler"],
            "rappel": [self.contact.pk],
            "venue": [self.venue.pk, "recevoir"],
            "relais": [self.relais.pk],
            "geste_de_relais": [self.relais.pk, "ecrire"],
            "demarche": [self.demarche.pk],
            "geste_de_demarche": [self.demarche.pk, "deposer"],
            "attendu": [self.demarche.pk, self.attendu.pk],
            "lettre": [self.lettre.pk],
            "mouvement": [self.mouvement.pk],
            "aide": [self.aide.pk],
            "aide_de_la_ville": ["local_energie"],
            "piece_d_aide": [self.aide.pk, self.piece.pk, "recevoir"],
            "urgence": [self.urgence.pk],
            "ligne_de_calcul": [self.aide.pk, self.correction.pk],
            "dispense": [self.aide.pk, self.piece.pk],
            "geste_d_aide": [self.aide.pk, "accuser"],
            "seance": [self.seance.pk],
            "geste_de_seance": [self.seance.pk, "convoquer"],
            "pointage": [self.seance.pk, self.membre.pk, "present"],
            "mandant": [self.seance.pk, self.membre.pk],
            "membre": [self.membre.pk],
            "a_inscrire": [self.seance.pk, self.aide.pk],
            "tome": [self.seance.pk, "nominatif"],
            "inscription": [self.inscription.pk],
            "decidee": [self.decidee.pk],
            "lettre_d_aide": [self.aide.pk, "accuse"],
            "projet": [self.projet.pk],
            "geste_de_projet": [self.projet.pk, "forces"],
            "geste_d_objectif": [self.projet.pk, self.projet.objectifs.get().pk, "option"],
            "ligne_de_projet": [self.projet.pk, "engagements", self.projet.engagements.first().pk, "tenu"],
            "edition": [self.edition.pk],
            "aide_du_reglement": [self.edition.pk, "local_energie"],
            **self.argent,
            "lieu": [self.lieu.cle],
            "fermeture": [self.lieu.cle, 999999],
            "compte": [self.foyer.interlocuteur.pk],
            "geste_de_compte": [self.foyer.interlocuteur.pk, "depart"],
            "institution": [self.relais.institution.pk],
        }[objet]


# Rouvrir une fermeture qui n'existe pas : la page est ouverte au rôle, l'objet est absent.
ABSENTS = ("fermeture",)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_chaque_role_ouvre_ce_que_dit_la_table_et_rien_d_autre(role, django_capture_on_commit_callbacks):
    agent = None if role == "visiteur" else AgentFabrique(role=role, institution=PartenaireFabrique())
    client = Client(raise_request_exception=True)
    if agent:
        TOTP.activate(agent, generate_totp_secret())
        client.force_login(agent)
    siens_a = agent if role in SUIVENT else AgentFabrique(interlocuteur=True)
    chez = agent.institution if role == "partenaire" else PartenaireFabrique()
    mondes = {
        "sien": Monde(siens_a, chez, protegee=False),
        "sien, protégé": Monde(siens_a, chez, protegee=True),
        "autre": Monde(AgentFabrique(interlocuteur=True), PartenaireFabrique(), protegee=False, nom=NOM_D_AILLEURS),
        "autre, protégé": Monde(
            AgentFabrique(interlocuteur=True), PartenaireFabrique(), protegee=True, nom=NOM_D_AILLEURS
        ),
    }
    fautes = []
    for nom, regle, objet in PAR_REGLE:
        droit = REGLES[regle].get(role, "")
        for quel, monde in mondes.items():
            permis = droit == "tous" or (droit == "siens" and quel.startswith("sien"))
            tus = () if regle in INSTRUISENT.get(role, ()) else TUS.get(role, SECRETS)
            fautes += _juger(client, nom, objet, monde, quel, permis, tus)
            if not objet:
                break
    assert not fautes, "\n".join(fautes)


def _juger(client, nom, objet, monde, quel, permis, tus):
    adresse = reverse(nom, args=monde.arguments(objet))
    reponse = client.get(adresse)
    if reponse.status_code == 405:
        if permis:
            return []  # la page n'a que des envois : elle existe pour ce rôle, on n'en fait pas
        reponse = client.post(adresse)
    renvoyee = reponse.status_code in (301, 302) and any(m in reponse.url for m in ("/connexion/", "/ouvrir/"))
    fermee = reponse.status_code in (403, 404) or renvoyee or (reponse.status_code == 302 and not permis)
    if permis and (fermee and objet not in ABSENTS):
        return [f"{nom} ({quel}) devrait s'ouvrir : {reponse.status_code} {getattr(reponse, 'url', '')}"]
    if not permis and not fermee:
        return [f"{nom} ({quel}) devrait être fermée : {reponse.status_code}"]
    texte = b"".join(reponse).decode(errors="replace")
    return [f"{nom} ({quel}) dit « {s} »" for s in (tus if permis else SECRETS) if s in texte]
