"""Mon projet : la personne le lit, l'accepte par son lien, le change, dit ce qui est fait et ce qu'elle en pense."""

import datetime as dt
import json
import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from pleinsdroits.accueil.models import Contact
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.journal.models import Entree
from pleinsdroits.parcours.actions.construire import ecrire_les_souhaits
from pleinsdroits.parcours.fabriques import ObjectifFabrique, OptionFabrique, ProjetFabrique
from pleinsdroits.parcours.models import EtapeDuProjet, Option, Projet, Retour
from pleinsdroits.personnes.fabriques import FoyerFabrique, PersonneFabrique
from pleinsdroits.personnes.models import Foyer, LienPersonnel, Membre

pytestmark = pytest.mark.django_db
MIEN = "/mon-dossier/projet/"


@pytest.fixture(autouse=True)
def compteurs_a_zero(db):
    cache.clear()


@pytest.fixture
def foyer():
    claire = AgentFabrique(interlocuteur=True, first_name="Claire", last_name="Dubosc")
    return FoyerFabrique(interlocuteur=claire, demandeur__prenom="Nadia", demandeur__nom="Ferrand")


@pytest.fixture
def entrer(client, foyer):
    """La personne entre par un lien envoyé, qui mène à son projet."""

    def par_le_lien(personne=None, genre="envoye"):
        _lien, jeton = LienPersonnel.fabriquer(personne or Foyer.demandeur(foyer), foyer.pk, genre)
        adresse = reverse("entrer", args=[jeton]) + "?vers=projet"
        reponse = client.post(adresse, {"reponse": "12/03/1992"})
        return adresse, reponse

    return par_le_lien


def lire(client) -> str:
    return client.get(MIEN).content.decode()


def empreinte(texte) -> str:
    return re.search(r'name="empreinte" value="(\w+)"', texte)[1]


def test_le_lien_mene_au_projet_elle_le_lit_et_l_accepte(client, foyer, entrer):
    projet = ProjetFabrique(foyer=foyer, propose=True)
    _adresse, reponse = entrer()
    assert reponse.headers["Location"] == MIEN
    lue = lire(client)
    assert "J’ai travaillé six ans en crèche." in lue and "Ne rien changer pour l’instant" in lue
    assert "Claire Dubosc" in lue and "Nadia" not in lue.split("</title>")[0]
    suite = client.post(reverse("public:accepter_mon_projet"), {"empreinte": empreinte(lue)}, follow=True)
    projet.refresh_from_db()
    assert projet.etat == "accepte" and "Votre projet est accepté" in suite.content.decode()
    assert projet.propositions.get().mode == "ecran"


def test_le_lien_ne_sert_qu_une_fois_et_expire(client, foyer, entrer):
    ProjetFabrique(foyer=foyer, propose=True)
    adresse, _reponse = entrer()
    rejoue = client.post(adresse, {"reponse": "12/03/1992"})
    assert rejoue.status_code == 410 and "crèche" not in rejoue.content.decode()
    lien, jeton = LienPersonnel.fabriquer(Foyer.demandeur(foyer), foyer.pk, "envoye")
    LienPersonnel.objects.filter(pk=lien.pk).update(expire_le=timezone.now() - dt.timedelta(minutes=1))
    assert client.post(reverse("entrer", args=[jeton]), {"reponse": "12/03/1992"}).status_code == 410


def test_le_lien_ne_mene_nulle_part_ailleurs(client, foyer):
    _lien, jeton = LienPersonnel.fabriquer(Foyer.demandeur(foyer), foyer.pk, "envoye")
    reponse = client.post(reverse("entrer", args=[jeton]) + "?vers=https://ailleurs.invalid", {"reponse": "12/03/1992"})
    assert reponse.headers["Location"] == "/mon-dossier/"


def test_accepter_deux_fois_ou_une_version_changee_se_refuse_clairement(client, foyer, entrer):
    projet = ProjetFabrique(foyer=foyer, propose=True)
    entrer()
    vieille = empreinte(lire(client))
    ecrire_les_souhaits(projet, par=foyer.interlocuteur.acteur, souhaits="Autre chose")
    refus = client.post(reverse("public:accepter_mon_projet"), {"empreinte": vieille}, follow=True).content.decode()
    projet.refresh_from_db()
    assert projet.etat == "construction" and "pas de réponse" in refus


def test_sans_entrer_on_ne_lit_ni_n_accepte(client, foyer):
    projet = ProjetFabrique(foyer=foyer, propose=True)
    assert client.get(MIEN).headers["Location"] == "/mon-dossier/"
    envoi = {"empreinte": projet.propositions.get().empreinte}
    assert client.post(reverse("public:accepter_mon_projet"), envoi).status_code == 404
    assert client.get(reverse("public:copie_de_mon_projet")).status_code == 302


def test_un_autre_adulte_du_foyer_n_en_lit_rien(client, foyer, entrer):
    ProjetFabrique(foyer=foyer, propose=True, souhaits="Secretsouhait")
    paul = PersonneFabrique(prenom="Paul")
    Membre.objects.create(foyer=foyer, personne=paul, lien="conjoint", du=timezone.localdate())
    entrer(paul)
    assert "Secretsouhait" not in lire(client) and "Faire un projet ensemble" in lire(client)
    assert "Secretsouhait" not in client.get(reverse("public:copie_du_dossier")).content.decode()


def test_demander_un_changement_rend_la_main_a_la_ville(client, foyer, entrer):
    projet = ProjetFabrique(foyer=foyer, propose=True)
    entrer()
    adresse = reverse("public:changer_mon_projet")
    assert "Écrivez ce que vous voulez changer" in client.post(adresse, {"remarque": ""}).content.decode()
    client.post(adresse, {"remarque": "Pas le mercredi"})
    projet.refresh_from_db()
    assert (projet.etat, projet.propositions.get().remarque) == ("construction", "Pas le mercredi")
    assert client.get(adresse).status_code == 404, "rien n’attend plus de réponse"


def test_elle_choisit_elle_meme_avec_sa_raison(client, foyer, entrer):
    objectif = ObjectifFabrique(projet=ProjetFabrique(foyer=foyer, ecrit=True))
    option = OptionFabrique(objectif=objectif)
    OptionFabrique(objectif=objectif, libelle="Ne rien changer pour l’instant")
    entrer()
    adresse = reverse("public:choisir_dans_mon_projet", args=[objectif.pk])
    assert adresse in lire(client)
    assert client.post(adresse, {"option": option.pk, "raison": ""}).status_code == 422
    client.post(adresse, {"option": option.pk, "raison": "C’est près de chez moi"})
    option.refresh_from_db()
    assert option.choisie and option.note_par is None and adresse not in lire(client)
    autre = OptionFabrique()
    assert client.post(adresse, {"option": autre.pk, "raison": "x"}).status_code == 422
    assert client.get(reverse("public:choisir_dans_mon_projet", args=[autre.objectif_id])).status_code == 404
    assert Option.objects.filter(choisie=True).count() == 1


def test_elle_dit_ce_qu_elle_a_fait_et_rien_de_ce_que_font_les_autres(client, foyer, entrer):
    projet = ProjetFabrique(foyer=foyer, accepte=True)
    sien, notre = projet.engagements.get(qui="personne"), projet.engagements.get(qui="interlocuteur")
    entrer()
    client.post(reverse("public:c_est_fait", args=["engagements", sien.pk]))
    client.post(reverse("public:c_est_fait", args=["etapes", EtapeDuProjet.objects.get().pk]))
    assert client.post(reverse("public:c_est_fait", args=["engagements", notre.pk])).status_code == 404
    assert client.post(reverse("public:c_est_fait", args=["options", 1])).status_code == 404
    sien.refresh_from_db()
    assert sien.dit_par == "personne" and EtapeDuProjet.objects.get().faite_le == timezone.localdate()


def test_a_la_fin_elle_juge_une_seule_fois(client, foyer, entrer):
    projet = ProjetFabrique(foyer=foyer, termine=True)
    entrer()
    adresse = reverse("public:retours_de_mon_projet")
    assert adresse in lire(client) and "Projet terminé" in client.get("/mon-dossier/").content.decode()
    assert client.post(adresse, {"mieux": "oui"}).status_code == 422
    client.post(adresse, {"resultat": "en_partie", "mieux": "oui", "decide": "non", "mots": "Merci"})
    projet.refresh_from_db()
    assert (projet.resultat, Retour.objects.count(), projet.mots_de_la_fin) == ("en_partie", 2, "Merci")
    assert client.get(adresse).status_code == 404 and "Merci" in lire(client)


def test_elle_fait_une_pause_puis_reprend_sans_se_justifier(client, foyer, entrer):
    projet = ProjetFabrique(foyer=foyer, accepte=True)
    entrer()
    adresse = reverse("public:arreter_mon_projet")
    assert adresse in lire(client) and client.get(adresse).status_code == 200
    assert client.post(adresse, {"raison": ""}).status_code == 422
    client.post(adresse, {"choix": "pause"})
    projet.refresh_from_db()
    assert (projet.etat, projet.raison) == ("suspendu", "") and "Reprendre mon projet" in lire(client)
    assert client.post(adresse, {"choix": "pause"}).status_code == 422
    client.post(reverse("public:reprendre_mon_projet"))
    projet.refresh_from_db()
    assert projet.etat == "accepte"
    assert [c.mots for c in Contact.objects.order_by("pk")] == [
        "Je fais une pause dans mon projet.",
        "Je reprends mon projet.",
    ]


def test_elle_arrete_son_projet_et_son_interlocutrice_l_apprend(client, foyer, entrer):
    projet = ProjetFabrique(foyer=foyer, propose=True)
    entrer()
    adresse = reverse("public:arreter_mon_projet")
    client.post(adresse, {"choix": "arret", "raison": "Je déménage"})
    projet.refresh_from_db()
    assert (projet.etat, projet.raison) == ("abandonne", "Je déménage")
    assert client.get(adresse).status_code == 404
    rappel = Echeance.objects.get(genre="accueil.rappel", etat="ouverte")
    assert rappel.responsable == foyer.interlocuteur


def test_avant_le_premier_rendez_vous_on_s_arrete_mais_rien_n_est_a_mettre_en_pause(client, foyer, entrer):
    ProjetFabrique(foyer=foyer)
    entrer()
    refus = client.post(reverse("public:arreter_mon_projet"), {"choix": "pause"})
    assert refus.status_code == 422 and not Contact.objects.exists()


def test_elle_demande_un_projet_depuis_son_dossier(client, foyer, entrer):
    entrer()
    assert "Rien ne vous y oblige" in lire(client)
    client.post(reverse("public:demander_un_projet"), {"mots": "Retrouver un travail"})
    projet = Projet.objects.get()
    assert (projet.canal, projet.etat) == ("web", "demande") and "Retrouver un travail" in lire(client)
    encore = client.post(reverse("public:demander_un_projet"), {"mots": "Encore"})
    assert encore.status_code == 422 and Projet.objects.count() == 1


@pytest.mark.parametrize("trait", ["construction", "complet", "propose", "accepte", "suspendu", "termine", "abandonne"])
def test_chaque_moment_se_lit_et_se_copie(client, foyer, entrer, trait):
    ProjetFabrique(foyer=foyer, **{trait: True})
    entrer()
    assert client.get(MIEN).status_code == 200
    copie = client.get(reverse("public:copie_de_mon_projet"), {"grand": ""})
    assert copie.content.startswith(b"%PDF") and "Ferrand" not in copie["Content-Disposition"]
    assert client.get("/mon-dossier/").status_code == 200
    assert Entree.objects.filter(verbe="parcours.lire", acteur_genre="personne").exists()


def test_sa_copie_de_dossier_contient_son_projet(client, foyer, entrer):
    ProjetFabrique(foyer=foyer, accepte=True)
    entrer()
    lu = json.loads(client.get(reverse("public:copie_du_dossier")).content)
    assert lu["projets"][0]["objectifs"][0]["mots"] == "Travailler de nouveau dans une crèche"


def test_lire_son_projet_fait_toujours_autant_de_requetes(client, foyer, entrer, django_assert_max_num_queries):
    projet = ProjetFabrique(foyer=foyer, accepte=True)
    for objectif in ObjectifFabrique.create_batch(5, projet=projet):
        OptionFabrique.create_batch(4, objectif=objectif)
        objectif.etapes.create(libelle="Un pas")
    entrer()
    with django_assert_max_num_queries(26):
        client.get(MIEN)
