"""Le rôle technique tient les comptes ; personne d'autre n'en voit la page."""

import csv
import io

import pytest
from django.core import mail
from django.urls import reverse

from pleinsdroits.comptes.fabriques import AgentFabrique, InstitutionFabrique
from pleinsdroits.comptes.models import Agent, Institution, Role
from pleinsdroits.journal.models import Entree

PAGES = ("comptes", "comptes_tableur", "inviter", "institutions", "institutions_tableur", "creer_institution", "sante")
NOUVELLE = {
    "prenom": "Awa",
    "nom": "Diallo",
    "courriel": "Awa.Diallo@ville.invalid",
    "role": Role.ACCUEIL,
    "institution": "",
}


@pytest.fixture
def technique(dedans):
    return dedans(role=Role.TECHNIQUE)


@pytest.fixture
def courriels(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    return mail.outbox


def derniere() -> Entree:
    return Entree.objects.order_by("-numero")[0]


def test_inviter_envoie_un_lien_et_ouvre_un_compte_ferme(
    client, technique, courriels, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(reverse("agents:inviter"), NOUVELLE, follow=True).content.decode()
    assert "L’invitation est partie" in page
    assert "Awa Diallo" in page
    assert "Invité" in page
    agent = Agent.objects.get(email="awa.diallo@ville.invalid")
    assert not agent.is_active
    assert courriels[0].to == ["awa.diallo@ville.invalid"]
    assert "Awa" not in str(derniere().champs)


def test_inviter_deux_fois_le_meme_courriel_le_dit_sans_rien_creer(client, technique):
    AgentFabrique(email="awa.diallo@ville.invalid")
    page = client.post(reverse("agents:inviter"), NOUVELLE)
    assert "Ce courriel a déjà un compte." in page.content.decode()
    assert Agent.objects.count() == 2


@pytest.mark.parametrize(
    ("champ", "valeur", "message"),
    [("courriel", "awa", "n’est pas complète"), ("role", "maire", "maire"), ("nom", "", "Écrivez le nom.")],
)
def test_une_invitation_fausse_nomme_le_champ(client, technique, champ, valeur, message):
    page = client.post(reverse("agents:inviter"), {**NOUVELLE, champ: valeur}).content.decode()
    assert message in page
    assert "À corriger" in page
    assert Agent.objects.count() == 1


def test_le_role_change_tout_de_suite_et_le_journal_nomme_le_champ(client, technique):
    agent = AgentFabrique()
    client.post(reverse("agents:compte", args=[agent.pk]), {"role": Role.COORDINATION})
    agent.refresh_from_db()
    assert agent.role == Role.COORDINATION
    assert derniere().verbe == "comptes.changer_de_role"
    assert derniere().champs == ["role"]


def test_lire_un_compte_est_consigne(client, technique):
    agent = AgentFabrique()
    client.get(reverse("agents:compte", args=[agent.pk]))
    assert (derniere().verbe, derniere().cle_objet, derniere().consultation) == ("comptes.lire", str(agent.pk), True)


def test_un_depart_se_confirme_puis_ferme_le_compte(client, technique):
    agent = AgentFabrique()
    adresse = reverse("agents:geste", args=[agent.pk, "depart"])
    assert "Son compte se ferme tout de suite" in client.get(adresse).content.decode()
    agent.refresh_from_db()
    assert agent.is_active
    assert "Le départ est noté" in client.post(adresse, follow=True).content.decode()
    agent.refresh_from_db()
    assert (agent.is_active, agent.parti_le is not None) == (False, True)


def test_redonner_l_acces_retire_l_ancienne_verification(client, technique, arme):
    agent = arme()
    client.post(reverse("agents:geste", args=[agent.pk, "acces"]))
    assert not agent.authenticator_set.exists()


def test_personne_ne_change_ses_propres_droits(client, technique):
    page = client.get(reverse("agents:compte", args=[technique.pk])).content.decode()
    assert "Personne ne change ses propres droits" in page
    page = client.post(reverse("agents:geste", args=[technique.pk, "depart"]), follow=True).content.decode()
    assert "personne ne change ses propres droits" in page
    technique.refresh_from_db()
    assert technique.is_active


def test_un_nouveau_lien_part_pour_qui_n_a_pas_ouvert_son_compte(
    client, technique, courriels, django_capture_on_commit_callbacks
):
    client.post(reverse("agents:inviter"), NOUVELLE)
    agent = Agent.objects.get(email="awa.diallo@ville.invalid")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("agents:inviter_encore", args=[agent.pk]))
    assert len(courriels) == 1


def test_un_nouveau_lien_pour_un_compte_ouvert_est_refuse_en_francais(client, technique, arme):
    agent = arme()
    page = client.post(reverse("agents:inviter_encore", args=[agent.pk]), follow=True)
    assert page.status_code == 200
    assert "Ce compte est déjà ouvert" in page.content.decode()


def test_on_cherche_un_nom_sans_qu_il_entre_dans_une_adresse(client, technique):
    AgentFabrique(first_name="Zoé", last_name="Vautrin")
    page = client.post(reverse("agents:comptes"), {"q": "vautrin"}).content.decode()
    assert "Zoé Vautrin" in page
    assert "vautrin" not in page.split("Zoé Vautrin")[1].lower().split("</main>")[0].replace("zoé vautrin", "")


def test_les_filtres_et_le_tableur_donnent_les_memes_comptes(client, technique):
    AgentFabrique(role=Role.COORDINATION, last_name="=cmd")
    reponse = client.get(reverse("agents:comptes_tableur"), {"role": Role.COORDINATION})
    lignes = list(csv.reader(io.StringIO(reponse.content.decode("utf-8-sig")), delimiter=";"))
    assert len(lignes) == 2
    assert lignes[1][0] == "'=cmd"
    assert "1 compte" in client.get(reverse("agents:comptes"), {"role": Role.COORDINATION}).content.decode()


@pytest.mark.parametrize("etat", ["ouvert", "invite", "expire", "parti"])
def test_chaque_etat_se_filtre(client, technique, etat):
    AgentFabrique(parti=True)
    AgentFabrique(is_active=False)
    attendus = {"ouvert": 1, "invite": 0, "expire": 1, "parti": 1}
    tableau = client.get(reverse("agents:comptes"), {"etat": etat}).context["tableau"]
    assert len(tableau.rows) == attendus[etat]


def test_la_liste_est_en_pages_et_le_nombre_de_requetes_ne_suit_pas_celui_des_comptes(
    client, technique, django_assert_max_num_queries
):
    AgentFabrique.create_batch(60)
    with django_assert_max_num_queries(10):
        page = client.get(reverse("agents:comptes"), {"tri": "-nom", "page": 2})
    assert "Page 2 sur 3" in page.content.decode()


def test_une_institution_se_cree_et_se_modifie(client, technique):
    champs = {"nom": "Secours d’exemple", "sorte": "partenaire", "courriel": "", "telephone": ""}
    client.post(reverse("agents:creer_institution"), champs)
    institution = Institution.objects.get(nom="Secours d’exemple")
    client.post(reverse("agents:institution", args=[institution.pk]), {**champs, "telephone": "01 99 00 11 22"})
    institution.refresh_from_db()
    assert institution.telephone == "01 99 00 11 22"
    assert derniere().champs == ["telephone"]


def test_deux_institutions_n_ont_pas_le_meme_nom(client, technique):
    InstitutionFabrique(nom="La même")
    page = client.post(reverse("agents:creer_institution"), {"nom": "La même", "sorte": "ccas"}).content.decode()
    assert "Une institution porte déjà ce nom." in page


@pytest.mark.parametrize("role", [r for r in Role if r != Role.TECHNIQUE])
@pytest.mark.parametrize("ecran", PAGES)
def test_un_autre_role_ne_voit_pas_ces_pages(client, dedans, role, ecran):
    dedans(role=role)
    assert client.get(reverse(f"agents:{ecran}")).status_code == 404


@pytest.mark.parametrize("ecran", PAGES)
def test_il_faut_etre_connecte(client, db, ecran):
    reponse = client.get(reverse(f"agents:{ecran}"))
    assert (reponse.status_code, reponse.headers["Location"].split("?")[0]) == (302, reverse("account_login"))
