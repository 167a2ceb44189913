"""Lire un dossier : ce que l'on suit, ce que l'accueil reçoit, et rien hors de son périmètre sans le dire."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from pleinsdroits.accueil.fabriques_relais import PartenaireFabrique, un_relais
from pleinsdroits.accueil.models import Besoin
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.demarches.fabriques import DemarcheFabrique
from pleinsdroits.journal.models import Entree
from pleinsdroits.personnes.fabriques import FoyerFabrique, MembreFabrique, PersonneFabrique
from pleinsdroits.personnes.models import AccesExceptionnel, Accord, Foyer, LienPersonnel, Papier
from pleinsdroits.personnes.tests.test_partager import PDF

pytestmark = pytest.mark.django_db


def _texte(reponse):
    return reponse.content.decode().replace("\u00a0", " ")


@pytest.fixture
def dossier_de():
    def ouvrir(agent, numero="2025-0417"):
        nadia = PersonneFabrique(prenom="Nadia", nom="Ferrand", telephone="06 39 98 00 12")
        foyer = FoyerFabrique(numero=numero, interlocuteur=agent or AgentFabrique(interlocuteur=True), demandeur=nadia)
        besoin = Besoin.objects.create(
            foyer=foyer, personne=nadia, mots="Je n’arrive plus à payer", sujet="famille", canal="guichet"
        )
        un_relais(nadia, PartenaireFabrique(nom="Caisse du relais"), besoin=besoin, demande="Vérifier la suspension")
        DemarcheFabrique(foyer=foyer, deposee=True)
        return foyer

    return ouvrir


def test_l_interlocuteur_lit_tout_en_un_ecran_et_la_lecture_est_consignee(client, dedans, dossier_de):
    agent = dedans(role=Role.INTERLOCUTEUR)
    foyer = dossier_de(agent)
    page = _texte(client.get(reverse("agents:dossier", args=[foyer.numero])))
    for attendu in ("Foyer Ferrand", "Je n’arrive plus à payer", "Vérifier la suspension", "398,38", "06 39 98 00 12"):
        assert attendu in page
    ligne = Entree.objects.sur(foyer).filter(consultation=True).get()
    assert ligne.verbe == "personnes.consulter_le_dossier" and ligne.acteur_identifiant == str(agent.pk)


def test_l_accueil_ne_lit_ni_euros_ni_relais_ni_papiers(client, dedans, dossier_de):
    foyer = dossier_de(None)
    dedans(role=Role.ACCUEIL)
    page = _texte(client.get(reverse("agents:dossier", args=[foyer.numero])))
    assert "Foyer Ferrand" in page and "Je n’arrive plus à payer" in page
    for tu in ("398,38", "soutien familial", "Vérifier la suspension", "Caisse du relais", "Qui a consulté"):
        assert tu not in page


def test_hors_de_son_perimetre_il_faut_dire_pourquoi(client, dedans, dossier_de):
    foyer = dossier_de(None)
    dedans(role=Role.INTERLOCUTEUR)
    adresse = reverse("agents:dossier", args=[foyer.numero])
    glace = client.get(adresse, follow=True)
    assert "Ce dossier n’est pas le vôtre" in _texte(glace) and "Ferrand" not in _texte(glace)
    assert client.post(glace.request["PATH_INFO"], {"raison": "urgence", "mots": "vite"}).status_code == 422
    client.post(glace.request["PATH_INFO"], {"raison": "urgence", "mots": "Elle est au guichet, sans toit ce soir."})
    assert "Foyer Ferrand" in _texte(client.get(adresse))


def test_la_coordination_relit_sans_nom_et_sans_dossier(client, dedans, dossier_de, arme):
    foyer = dossier_de(None)
    agent = arme(role=Role.INTERLOCUTEUR)
    acces = AccesExceptionnel.objects.create(
        foyer=foyer, agent=agent, raison="urgence", mots="Au guichet", expire_le=timezone.now() + dt.timedelta(hours=1)
    )
    dedans(role=Role.COORDINATION)
    page = _texte(client.get(reverse("agents:acces_a_relire")))
    assert foyer.numero in page and "Au guichet" in page and "Ferrand" not in page
    client.post(reverse("agents:acces_a_relire"), {"acces": acces.pk, "avis": "justifie"})
    acces.refresh_from_db()
    assert acces.avis == "justifie"
    assert client.get(reverse("agents:dossier", args=[foyer.numero])).status_code == 404


@pytest.mark.parametrize("role", [Role.COMMISSION, Role.VOLONTAIRE, Role.EPICERIE, Role.TECHNIQUE, Role.PRESIDENCE])
def test_les_autres_roles_ne_voient_pas_qu_un_dossier_existe(client, dedans, dossier_de, role):
    foyer = dossier_de(None)
    dedans(role=role)
    existant, absent = (client.get(reverse("agents:dossier", args=[n])) for n in (foyer.numero, "1999-0001"))
    assert existant.status_code == absent.status_code == 404


def test_le_nombre_de_requetes_ne_grandit_pas_avec_le_dossier(
    client, dedans, dossier_de, django_assert_max_num_queries
):
    agent = dedans(role=Role.INTERLOCUTEUR)
    foyer = dossier_de(agent)
    nadia = Foyer.demandeur(foyer)
    for droit in ("css", "rsa", "ppa", "aah"):
        DemarcheFabrique(foyer=foyer, droit=droit)
        besoin = Besoin.objects.create(foyer=foyer, personne=nadia, mots=droit, sujet="sante", canal="web")
        un_relais(nadia, PartenaireFabrique(), besoin=besoin)
    with django_assert_max_num_queries(32):
        client.get(reverse("agents:dossier", args=[foyer.numero]))


def test_chercher_ne_met_rien_dans_l_adresse_et_trouve(client, dedans, dossier_de):
    agent = dedans(role=Role.INTERLOCUTEUR)
    dossier_de(agent)
    page = client.post(reverse("agents:dossiers"), {"q": "ferand"})
    assert "Nadia Ferrand" in _texte(page) and "ferand" not in page.request["PATH_INFO"] + page.request["QUERY_STRING"]


def test_ouvrir_un_dossier_previent_d_un_doublon_et_un_double_envoi_n_en_ouvre_qu_un(client, dedans, dossier_de):
    agent = dedans(role=Role.INTERLOCUTEUR)
    dossier_de(agent)
    champs = {"prenom": "Nadia", "nom": "Ferrand", "naissance": "12/03/1992", "langue": "fr", "canal": "telephone"}
    adresse = reverse("agents:nouveau_dossier")
    assert "existe peut-être" in _texte(client.post(adresse, champs)) and Foyer.objects.count() == 1
    champs |= {"quand_meme": "oui", "jeton_unique": "meme-jeton"}
    premier, second = client.post(adresse, champs), client.post(adresse, champs)
    assert premier.status_code == 302 and premier.url == second.url and Foyer.objects.count() == 2


def test_deux_agents_sur_une_fiche_le_second_voit_les_deux_versions(client, dedans, dossier_de):
    foyer = dossier_de(dedans(role=Role.INTERLOCUTEUR))
    nadia = Foyer.demandeur(foyer)
    adresse = reverse("agents:personne", args=[foyer.numero, nadia.pk])
    champs = {"prenom": "Nadia", "nom": "Durand", "langue": "fr", "canal": "sms", "version": "1"}
    assert client.post(adresse, champs).status_code == 302
    conflit = client.post(adresse, {**champs, "nom": "Martin"})
    assert conflit.status_code == 409 and "Durand" in _texte(conflit) and "Martin" in _texte(conflit)
    assert [(e.champ, e.garde, e.tape) for e in conflit.context["ecarts"]] == [("Nom", "Durand", "Martin")]
    accord = client.post(adresse, champs)
    assert accord.status_code == 409 and "Vous avez écrit la même chose." in _texte(accord)


def test_garder_puis_retirer_un_accord(client, dedans, dossier_de):
    foyer = dossier_de(dedans(role=Role.INTERLOCUTEUR))
    nadia, caf = Foyer.demandeur(foyer), PartenaireFabrique(nom="CAF d’exemple")
    adresse = reverse("agents:accords", args=[foyer.numero])
    assert "mot pour mot" in _texte(client.get(adresse))
    champs = {
        "personne": nadia.pk,
        "cases": [f"{caf.pk}:famille", f"{caf.pk}:sante"],
        "duree": "mois",
        "nature": "partage",
    }
    refus = client.post(adresse, {**champs, "mode": "telephone"})
    assert (
        refus.status_code == 422
        and "voix haute" in _texte(refus)
        and not Accord.objects.filter(institution=caf).exists()
    )
    client.post(adresse, {**champs, "mode": "presence"})
    accord = Accord.objects.get(institution=caf, sujet="famille")
    client.post(reverse("agents:retirer_un_accord", args=[foyer.numero, accord.pk]))
    accord.refresh_from_db()
    assert accord.retire_le is not None


def test_un_script_et_trente_megaoctets_sont_refuses_avec_les_mots(client, dedans, dossier_de):
    foyer = dossier_de(dedans(role=Role.INTERLOCUTEUR))
    adresse = reverse("agents:papiers", args=[foyer.numero])
    champs = {"sorte": "identite", "finalite": "Aide", "vu_par": "interlocuteur"}
    script = client.post(adresse, {**champs, "fichier": SimpleUploadedFile("photo.jpg", b"<script>alert(1)</script>")})
    assert script.status_code == 422 and "ni un PDF ni une photo" in _texte(script)
    gros = client.post(
        adresse, {**champs, "fichier": SimpleUploadedFile("gros.pdf", b"%PDF-1.4" + b"0" * 30 * 1024**2)}
    )
    assert gros.status_code == 422 and "Le maximum est 10 Mo" in _texte(gros) and not Papier.objects.exists()


def test_un_papier_est_a_la_personne_que_l_agent_dit_et_l_autre_adulte_ne_le_lit_pas(client, dedans, dossier_de):
    foyer = dossier_de(dedans(role=Role.INTERLOCUTEUR))
    nadia = Foyer.demandeur(foyer)
    paul = MembreFabrique(foyer=foyer, lien="conjoint", personne__prenom="Paul").personne
    etrangere = PersonneFabrique()
    adresse = reverse("agents:papiers", args=[foyer.numero])
    assert client.get(adresse).context["form"].fields["personne"].initial == nadia.pk

    def deposer(qui):
        fichier = SimpleUploadedFile("papier.pdf", PDF, "application/pdf")
        champs = {"sorte": "identite", "finalite": "Aide", "vu_par": "interlocuteur", "personne": qui}
        return client.post(adresse, {**champs, "fichier": fichier})

    assert deposer(etrangere.pk).status_code == 422 and not Papier.objects.exists()
    assert deposer(paul.pk).status_code == 302
    le_sien = Papier.objects.get()
    assert le_sien.personne == paul and "Paul" in _texte(client.get(adresse))
    assert list(Papier.objects.visibles_par(Acteur.personne(str(paul.pk)))) == [le_sien]
    assert not Papier.objects.visibles_par(Acteur.personne(str(nadia.pk))).exists()
    assert deposer("").status_code == 302 and Papier.objects.filter(personne=None).count() == 1


def test_la_feuille_a_remettre_porte_un_lien_qui_marche(client, dedans, dossier_de):
    foyer = dossier_de(dedans(role=Role.INTERLOCUTEUR))
    nadia = Foyer.demandeur(foyer)
    feuille = _texte(
        client.post(reverse("agents:lien_personnel", args=[foyer.numero, nadia.pk]), {"geste": "imprimer"})
    )
    jeton = feuille.split("/d/")[1].split("/")[0]
    assert LienPersonnel.objects.du_jeton(jeton).personne == nadia and "Ferrand" not in feuille.split("<main")[1]


def test_proteger_le_contact_se_dit_avant_tout_le_reste(client, dedans, dossier_de):
    foyer = dossier_de(dedans(role=Role.INTERLOCUTEUR))
    nadia = Foyer.demandeur(foyer)
    adresse = reverse("agents:joindre", args=[foyer.numero, nadia.pk])
    client.post(adresse, {"geste": "proteger", "consigne": "Appeler entre 9 h et 11 h"})
    page = _texte(client.get(reverse("agents:dossier", args=[foyer.numero])))
    assert page.index("Contact protégé") < page.index("06 39 98 00 12")


def test_separer_ouvre_un_dossier_a_part(client, dedans, dossier_de):
    foyer = dossier_de(dedans(role=Role.INTERLOCUTEUR))
    adresse = reverse("agents:membres", args=[foyer.numero])
    client.post(adresse, {"geste": "ajouter", "prenom": "Paul", "nom": "Ferrand", "lien": "conjoint"})
    paul = foyer.membres.get(lien="conjoint")
    client.post(adresse, {"geste": "separer", "membres": [paul.pk]})
    assert Foyer.objects.count() == 2 and not foyer.membres.actuels().filter(personne=paul.personne).exists()


def test_un_mandat_se_garde_a_part_et_un_lien_s_annule(client, dedans, dossier_de):
    foyer = dossier_de(dedans(role=Role.INTERLOCUTEUR))
    nadia, caf = Foyer.demandeur(foyer), PartenaireFabrique(nom="CAF d’exemple")
    champs = {"personne": nadia.pk, "nature": "mandat", "cases": [f"{caf.pk}:famille"], "duree": "mois"}
    client.post(reverse("agents:accords", args=[foyer.numero]), {**champs, "mode": "presence"})
    assert Accord.objects.get(institution=caf).recueil.nature == "mandat"
    lien, jeton = LienPersonnel.fabriquer(nadia, foyer.pk, "imprime")
    adresse = reverse("agents:lien_personnel", args=[foyer.numero, nadia.pk])
    assert "Annuler ce lien" in _texte(client.get(adresse))
    client.post(adresse, {"geste": "annuler", "lien": lien.pk})
    assert LienPersonnel.objects.du_jeton(jeton) is None
