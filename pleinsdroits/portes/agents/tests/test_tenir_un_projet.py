"""Un agent construit un projet avec la personne : la page dit toujours le prochain geste, et refuse clairement."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.demarches.fabriques import DemarcheFabrique
from pleinsdroits.journal.models import Entree
from pleinsdroits.parcours.fabriques import EngagementFabrique, ObjectifFabrique, OptionFabrique, ProjetFabrique
from pleinsdroits.parcours.models import Engagement, EtapeDuProjet, Objectif, Option, Projet
from pleinsdroits.personnes.fabriques import FoyerFabrique
from pleinsdroits.personnes.models import LienPersonnel, Moyen
from pleinsdroits.personnes.tests.test_partager import PDF
from pleinsdroits.socle.models import Envoi

BIENTOT = (timezone.localdate() + dt.timedelta(days=20)).isoformat()


@pytest.fixture
def claire(dedans):
    return dedans(role=Role.INTERLOCUTEUR, first_name="Claire", last_name="Dubosc")


@pytest.fixture
def foyer(claire):
    return FoyerFabrique(interlocuteur=claire, demandeur__prenom="Nadia", demandeur__nom="Ferrand")


def lire(client, projet) -> str:
    return client.get(reverse("agents:projet", args=[projet.pk])).content.decode()


def faire(client, projet, nom, objectif=None, **donnees):
    projet.refresh_from_db()
    vers = (
        ["agents:geste_d_objectif", [projet.pk, objectif.pk, nom]]
        if objectif
        else ["agents:geste_de_projet", [projet.pk, nom]]
    )
    return client.post(reverse(vers[0], args=vers[1]), {"version": projet.version, **donnees})


def principal(client, projet) -> str:
    """Le bouton principal de la page."""
    return lire(client, projet).split("btn-principal")[1].split(">")[1].split("<")[0]


def test_de_la_demande_a_la_proposition_le_prochain_geste_change(client, foyer):
    reponse = client.post(
        reverse("agents:nouveau_projet", args=[foyer.numero]),
        {"personne": foyer.demandeur().pk, "canal": "guichet", "mots": "Aidez-moi à m’y retrouver"},
    )
    projet = Projet.objects.get()
    assert reponse.headers["Location"] == reverse("agents:projet", args=[projet.pk])
    assert principal(client, projet) == "Noter le premier entretien"
    faire(client, projet, "entretien", le=timezone.localdate().isoformat())
    assert principal(client, projet) == "Écrire ses forces"
    faire(client, projet, "forces", forces="Je cuisine pour tout l’immeuble")
    assert principal(client, projet) == "Écrire ses souhaits"
    faire(client, projet, "souhaits", souhaits="Un vrai travail")
    assert principal(client, projet) == "Ajouter un objectif"
    faire(client, projet, "objectif", domaine="trouver-un-emploi", mots="Cuisiner pour une cantine")
    objectif = Objectif.objects.get()
    for libelle in ("Postuler à la cantine", "Ne rien changer pour l’instant"):
        assert principal(client, projet) == "Offrir une option"
        faire(client, projet, "option", objectif, libelle=libelle)
    assert principal(client, projet) == "Noter son choix"
    faire(client, projet, "choisir", objectif, option=Option.objects.first().pk, raison="C’est ce que j’aime")
    assert principal(client, projet) == "Ajouter une étape"
    faire(client, projet, "etape", objectif, libelle="Refaire le CV", pour_le=BIENTOT)
    assert principal(client, projet) == "Ajouter un engagement"
    faire(client, projet, "engagement", qui="interlocuteur", quoi="Appeler la cantine", pour_le=BIENTOT)
    assert principal(client, projet) == "Proposer le projet"
    bilan = (timezone.localdate() + dt.timedelta(days=80)).isoformat()
    faire(client, projet, "proposer", bilan_le=bilan)
    assert principal(client, projet) == "Faire accepter le projet"
    assert "noté en son nom par Claire Dubosc" in lire(client, projet)


def test_proposer_trop_tot_dit_ce_qui_manque(client, foyer):
    projet = ProjetFabrique(foyer=foyer, ecrit=True)
    reponse = faire(client, projet, "proposer", bilan_le=BIENTOT)
    assert reponse.status_code == 422 and "Ajoutez au moins un objectif" in reponse.content.decode()


def test_un_champ_vide_se_dit_pres_du_champ_et_ce_qui_est_tape_reste(client, foyer):
    projet = ProjetFabrique(foyer=foyer, ecrit=True)
    reponse = faire(client, projet, "objectif", domaine="", mots="Dormir mieux")
    lue = reponse.content.decode()
    assert reponse.status_code == 422 and "Choisissez un domaine" in lue and "Dormir mieux" in lue


def test_une_etape_suit_une_demarche_de_la_personne(client, foyer):
    demarche = DemarcheFabrique(foyer=foyer, droit="asf", deposee=True)
    DemarcheFabrique(droit="rsa")
    objectif = ObjectifFabrique(projet=ProjetFabrique(foyer=foyer, ecrit=True))
    page = client.get(
        reverse("agents:geste_d_objectif", args=[objectif.projet_id, objectif.pk, "etape"])
    ).content.decode()
    assert "Allocation de soutien familial" in page and page.count("demarche-") == 1
    faire(client, objectif.projet, "etape", objectif, suit=f"demarche-{demarche.pk}")
    assert EtapeDuProjet.objects.get().demarche == demarche
    assert reverse("agents:demarche", args=[demarche.pk]) in lire(client, objectif.projet)


def test_le_choix_ne_porte_que_sur_les_options_de_l_objectif(client, foyer):
    objectif = ObjectifFabrique(projet=ProjetFabrique(foyer=foyer, ecrit=True))
    OptionFabrique.create_batch(2, objectif=objectif)
    autre = OptionFabrique()
    assert faire(client, objectif.projet, "choisir", objectif, option=autre.pk, raison="Oui").status_code == 422
    assert not Option.objects.filter(choisie=True).exists()


def test_les_boutons_des_lignes(client, foyer):
    projet = ProjetFabrique(foyer=foyer, accepte=True)
    etape, engagement = EtapeDuProjet.objects.get(), projet.engagements.get(qui="interlocuteur")

    def appuyer(sorte, objet, nom):
        return client.post(reverse("agents:ligne_de_projet", args=[projet.pk, sorte, objet.pk, nom]))

    appuyer("etapes", etape, "faite")
    appuyer("engagements", engagement, "tenu")
    etape.refresh_from_db()
    assert etape.faite_le and Engagement.objects.get(pk=engagement.pk).dit_par == "ville"
    projet.refresh_from_db()
    assert projet.etat == "accepte", "cocher ne rouvre pas le projet"
    assert appuyer("etapes", etape, "danser").status_code == 404
    assert appuyer("engagements", EngagementFabrique(), "tenu").status_code == 404
    appuyer("etapes", etape, "retirer")
    projet.refresh_from_db()
    assert projet.etat == "construction" and "vaut jusqu’à la prochaine" in lire(client, projet)


def test_accepter_par_la_copie_signee(client, foyer):
    projet = ProjetFabrique(foyer=foyer, propose=True)
    adresse = reverse("agents:faire_accepter_le_projet", args=[projet.pk])
    vide = client.post(adresse, {"empreinte": projet.propositions.get().empreinte})
    assert vide.status_code == 422 and "Choisissez un fichier" in vide.content.decode()
    signe = {"fichier": SimpleUploadedFile("signe.pdf", PDF), "empreinte": projet.propositions.get().empreinte}
    assert client.post(adresse, signe).status_code == 302
    assert principal(client, projet) == "Noter un bilan"
    assert client.get(adresse).status_code == 302, "il n’attend plus de réponse"


def test_la_copie_d_une_version_retiree_ne_vaut_pas_accord(client, foyer):
    projet = ProjetFabrique(foyer=foyer, propose=True)
    signe = {"fichier": SimpleUploadedFile("signe.pdf", PDF), "empreinte": "ancienne"}
    reponse = client.post(reverse("agents:faire_accepter_le_projet", args=[projet.pk]), signe)
    assert reponse.status_code == 422 and "a changé" in reponse.content.decode()


def test_le_lien_envoye_mene_au_projet_et_ne_dit_rien(client, foyer):
    nadia = foyer.demandeur()
    moyen = Moyen.objects.create(personne=nadia, valeur="06 39 98 00 12", normal="+33639980012")
    projet = ProjetFabrique(foyer=foyer, propose=True)
    adresse = reverse("agents:faire_accepter_le_projet", args=[projet.pk])
    client.post(adresse, {"geste": "envoyer", "moyen": moyen.pk})
    texte = Envoi.objects.get().texte
    assert "?vers=projet" in texte and "Ferrand" not in texte and LienPersonnel.objects.get().genre == "envoye"
    ailleurs = Moyen.objects.create(personne=FoyerFabrique().demandeur(), valeur="x", normal="+33600000000")
    assert client.post(adresse, {"geste": "envoyer", "moyen": ailleurs.pk}).status_code == 404


def test_bilan_pause_reprise_et_fin(client, foyer):
    projet = ProjetFabrique(foyer=foyer, accepte=True)
    dans = (timezone.localdate() + dt.timedelta(days=60)).isoformat()
    faire(client, projet, "bilan", le=timezone.localdate().isoformat(), mots="Ça avance", prochain_le=dans)
    assert "Ça avance" in lire(client, projet)
    faire(client, projet, "pause", raison="Hospitalisation")
    assert principal(client, projet) == "Reprendre le projet" and "Hospitalisation" in lire(client, projet)
    faire(client, projet, "reprendre")
    faire(client, projet, "terminer", resultat="atteint", mots="J’ai un travail", mieux="oui", decide="oui")
    lue = lire(client, projet)
    assert "J’ai un travail" in lue and "C’est moi qui ai décidé" in lue and "btn-principal" not in lue


def test_arreter_demande_pourquoi(client, foyer):
    projet = ProjetFabrique(foyer=foyer, construction=True)
    assert faire(client, projet, "arreter", raison="").status_code == 422
    faire(client, projet, "arreter", raison="Elle déménage")
    projet.refresh_from_db()
    assert projet.etat == "abandonne"


def test_deux_agents_a_la_fois_rien_n_est_perdu(client, foyer):
    projet = ProjetFabrique(foyer=foyer, construction=True)
    vieux = {"version": projet.version, "forces": "Mes mots"}
    faire(client, projet, "forces", forces="Ceux d’un autre")
    adresse = reverse("agents:geste_de_projet", args=[projet.pk, "forces"])
    reponse = client.post(adresse, vieux)
    assert reponse.status_code == 422 and "Quelqu’un a modifié" in reponse.content.decode()
    assert client.post(adresse, {**vieux, "version": reponse.context["form"].data["version"]}).status_code == 302
    projet.refresh_from_db()
    assert projet.forces == "Mes mots"


def test_le_meme_envoi_deux_fois_ne_compte_qu_une_fois(client, foyer):
    projet = ProjetFabrique(foyer=foyer, ecrit=True)
    envoi = {"version": projet.version, "domaine": "sante", "mots": "Dormir", "jeton_unique": "abc"}
    adresse = reverse("agents:geste_de_projet", args=[projet.pk, "objectif"])
    assert [client.post(adresse, envoi).status_code for _fois in range(2)] == [302, 302]
    assert Objectif.objects.count() == 1


def test_la_liste_filtre_et_ne_montre_que_ses_dossiers(client, foyer):
    demandeur = foyer.demandeur()
    siens = [
        ProjetFabrique(foyer=foyer, personne=demandeur, **champs)
        for champs in ({}, {"accepte": True}, {"abandonne": True})
    ]
    ProjetFabrique(accepte=True)

    def lus(**choix):
        page = client.get(reverse("agents:projets"), choix)
        assert ("Ferrand" in page.content.decode()) == bool(page.context["tableau"].page.object_list)
        return [ligne.record for ligne in page.context["tableau"].page]

    assert lus() == siens[1::-1] and lus(etat="acceptes") == [siens[1]] and lus(etat="finis") == [siens[2]]
    assert lus(domaine="trouver-un-emploi") == [siens[1]] and lus(domaine="sante") == []
    assert lus(etat="nimporte") == siens[1::-1]


def test_sans_projet_la_liste_dit_ou_en_commencer_un(client, claire):
    assert "Un projet commence depuis le dossier" in client.get(reverse("agents:projets")).content.decode()


def test_le_tableur_n_a_ni_nom_ni_mots(client, foyer):
    ProjetFabrique(foyer=foyer, accepte=True)
    texte = client.get(reverse("agents:projets_tableur")).content.decode()
    assert foyer.numero in texte and "Ferrand" not in texte and "crèche" not in texte


def test_les_requetes_ne_grandissent_pas(client, foyer, django_assert_max_num_queries):
    projet = ProjetFabrique(foyer=foyer, accepte=True)
    demarche = DemarcheFabrique(foyer=foyer)
    for objectif in ObjectifFabrique.create_batch(5, projet=projet):
        OptionFabrique.create_batch(4, objectif=objectif)
        for _fois in range(4):
            EtapeDuProjet.objects.create(objectif=objectif, demarche=demarche)
    EngagementFabrique.create_batch(10, projet=projet, d_un_partenaire=True)
    with django_assert_max_num_queries(22):
        client.get(reverse("agents:projet", args=[projet.pk]))
    for _fois in range(10):
        ProjetFabrique(foyer=FoyerFabrique(interlocuteur=foyer.interlocuteur), accepte=True)
    with django_assert_max_num_queries(13):
        client.get(reverse("agents:projets"))


def test_le_dossier_montre_le_projet_et_l_accueil_seulement_qu_il_existe(client, foyer, dedans):
    projet = ProjetFabrique(foyer=foyer, accepte=True)
    adresse = reverse("agents:dossier", args=[foyer.numero])
    lue = client.get(adresse).content.decode()
    assert reverse("agents:projet", args=[projet.pk]) in lue
    dedans(role=Role.ACCUEIL)
    vue = client.get(adresse).content.decode()
    assert "crèche" not in vue and reverse("agents:projet", args=[projet.pk]) not in vue


def test_l_accueil_note_une_demande_sans_lire_le_projet(client, foyer, dedans):
    dedans(role=Role.ACCUEIL)
    envoi = {"personne": foyer.demandeur().pk, "canal": "telephone", "mots": ""}
    reponse = client.post(reverse("agents:nouveau_projet", args=[foyer.numero]), envoi)
    projet = Projet.objects.get()
    assert reponse.headers["Location"] == reverse("agents:dossier", args=[foyer.numero])
    assert client.get(reverse("agents:projet", args=[projet.pk])).status_code == 404
    assert client.get(reverse("agents:copie_du_projet", args=[projet.pk])).status_code == 404


def test_chaque_lecture_se_consigne_et_la_copie_ne_nomme_personne(client, foyer):
    projet = ProjetFabrique(foyer=foyer, accepte=True)
    page = lire(client, projet)
    assert "Ferrand" not in page.split("</title>")[0]
    copie = client.get(reverse("agents:copie_du_projet", args=[projet.pk]), {"grand": ""})
    assert copie.content.startswith(b"%PDF") and "Ferrand" not in copie["Content-Disposition"]
    verbes = set(Entree.objects.values_list("verbe", flat=True))
    assert {"parcours.lire", "parcours.imprimer_la_copie"} <= verbes


def test_un_geste_inconnu_ou_le_projet_d_un_autre_n_existe_pas(client, foyer):
    projet, autre = ProjetFabrique(foyer=foyer), ProjetFabrique(foyer__interlocuteur=AgentFabrique(interlocuteur=True))
    assert client.get(reverse("agents:geste_de_projet", args=[projet.pk, "danser"])).status_code == 404
    for nom in ("projet", "copie_du_projet", "faire_accepter_le_projet"):
        assert client.get(reverse(f"agents:{nom}", args=[autre.pk])).status_code == 404
    assert client.get(reverse("agents:geste_de_projet", args=[autre.pk, "arreter"])).status_code == 404
