import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from pleinsdroits.accueil.actions.permanences import ouvrir_une_permanence
from pleinsdroits.accueil.fabriques import ContactFabrique
from pleinsdroits.accueil.models import Contact
from pleinsdroits.annuaire.fabriques import LieuFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.personnes.fabriques import FoyerFabrique

pytestmark = pytest.mark.django_db
CONTACT = "/agents/contact/"
DEMAIN = (timezone.localdate() + dt.timedelta(days=1)).isoformat()


def lire(reponse):
    return " ".join(reponse.content.decode().replace("\xa0", " ").split())


def envoyer(client, **champs):
    return client.post(CONTACT, {"canal": "telephone", "suite": "repondu"} | champs, follow=True)


def test_un_contact_se_note_et_ramene_a_la_journee(client, dedans):
    dedans()
    reponse = envoyer(client, anonyme="on", mots="Où est la CAF ?")
    assert reponse.redirect_chain[-1][0] == "/agents/ma-journee/" and "Contact noté." in lire(reponse)
    assert Contact.objects.get().anonyme


def test_un_rappel_promis_le_dit_et_attend_dans_la_journee(client, dedans):
    agent = dedans(role=Role.INTERLOCUTEUR)
    foyer = FoyerFabrique(interlocuteur=agent, demandeur__nom="Ferrand")
    qui = f"{foyer.pk}:{foyer.demandeur().pk}"
    page = lire(envoyer(client, qui=qui, suite="rappel", jour=DEMAIN, heure="17:00"))
    assert "Contact noté. Rappel promis avant le" in page and "17 h" in page
    assert "À rappeler (1)" in page and "Ferrand" in page


def test_chaque_faute_se_dit_dans_les_mots_prevus_et_rien_n_est_perdu(client, dedans):
    dedans()
    page = client.post(CONTACT, {"canal": "telephone", "mots": "Plus de gaz"})
    assert page.status_code == 422 and "Dites la suite donnée : répondu, orienté ou rappel promis." in lire(page)
    assert 'value="Plus de gaz"' in lire(page) and "<title>Erreur :" in lire(page)
    page = client.post(CONTACT, {"canal": "telephone", "suite": "rappel", "jour": "", "heure": "17:00"})
    assert "Un rappel a besoin d’une date et d’une heure." in lire(page)
    assert not Contact.objects.exists()


def test_le_canal_vient_du_guichet_ou_l_on_est(client, dedans):
    agent = dedans()
    ouvrir_une_permanence(None, par=agent.acteur, canal="solibus", lieu=LieuFabrique())
    assert 'value="solibus" class="form-check-input" required id="id_canal_3" checked' in lire(client.get(CONTACT))
    envoyer(client, canal="solibus")
    assert Contact.objects.get().lieu


def test_chercher_pendant_la_frappe_ne_met_rien_dans_l_adresse(client, dedans):
    agent = dedans(role=Role.INTERLOCUTEUR)
    FoyerFabrique(interlocuteur=agent, demandeur__nom="Ferrand", demandeur__telephone="06 39 98 00 12")
    adresse = reverse("agents:chercher_pour_un_contact")
    trouves = lire(client.post(adresse, {"q": "ferand"}))
    assert "Ferrand" in trouves and "06 39 98 00 12" in trouves and "<h1" not in trouves
    assert client.get(adresse).status_code == 405


def test_sans_script_chercher_garde_ce_qui_est_deja_dit(client, dedans):
    agent = dedans(role=Role.INTERLOCUTEUR)
    FoyerFabrique(interlocuteur=agent, demandeur__nom="Ferrand")
    page = lire(client.post(CONTACT, {"chercher": "1", "q": "Ferrand", "canal": "soiree", "mots": "Plus de gaz"}))
    assert "Ferrand" in page and 'value="Plus de gaz"' in page and not Contact.objects.exists()


def test_hors_du_perimetre_on_ne_lit_que_l_interlocuteur(client, dedans):
    dedans(role=Role.INTERLOCUTEUR)
    foyer = FoyerFabrique(demandeur__nom="Ferrand", demandeur__telephone="06 39 98 00 12")
    page = lire(client.post(CONTACT, {"chercher": "1", "q": "Ferrand"}))
    assert "Un dossier existe. Demandez à" in page and str(foyer.interlocuteur) in page
    assert "06 39 98" not in page and foyer.numero not in page
    envoyer(client, qui=f"{foyer.pk}:{foyer.demandeur().pk}")
    assert Contact.objects.get().foyer is None


def test_contact_protege_la_consigne_vient_avant_le_numero_et_un_moyen_dangereux_ne_s_appelle_pas(client, dedans):
    agent = dedans(role=Role.INTERLOCUTEUR)
    foyer = FoyerFabrique(
        interlocuteur=agent, demandeur__protegee=True, demandeur__nom="Ferrand", demandeur__telephone="06 39 98 00 12"
    )
    foyer.demandeur().moyens.update(sur=False)
    page = lire(client.get(CONTACT + f"?dossier={foyer.numero}"))
    assert page.index("Contact protégé.") < page.index("06 39 98 00 12") and "tel:" not in page
    assert f'value="{foyer.pk}:{foyer.demandeur().pk}" id="qui-{foyer.demandeur().pk}" checked' in page


def test_un_dossier_hors_du_perimetre_n_existe_pas(client, dedans):
    dedans(role=Role.INTERLOCUTEUR)
    assert client.get(CONTACT + f"?dossier={FoyerFabrique().numero}").status_code == 404


def test_envoye_deux_fois_il_n_y_a_qu_un_contact(client, dedans):
    dedans()
    for _n in range(2):
        page = lire(envoyer(client, jeton_unique="x" * 32))
    assert "C’était déjà enregistré." in page and Contact.objects.count() == 1


def test_tenir_un_rappel_depuis_sa_page(client, dedans):
    agent = dedans(role=Role.INTERLOCUTEUR)
    contact = ContactFabrique(foyer=FoyerFabrique(interlocuteur=agent), rappel=True)
    adresse = reverse("agents:rappel", args=[contact.pk])
    assert "Promis avant" in lire(client.get(adresse))
    assert client.post(adresse, {}).status_code == 422
    page = lire(client.post(adresse, {"joint": "non", "jour": DEMAIN, "heure": "10:00"}, follow=True))
    assert "L’essai est compté." in page and "1 essai" in page
    client.post(adresse, {"joint": "oui", "mots": "Tout va bien"})
    contact.refresh_from_db()
    assert contact.etat == Contact.Etat.CLOS
    autre = ContactFabrique(rappel=True)
    assert client.get(reverse("agents:rappel", args=[autre.pk])).status_code == 404
