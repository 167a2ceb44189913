"""Entrer et se servir de l'espace agents au clavier seul, dans un vrai navigateur."""

import os

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.urls import reverse

from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Invitation

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
TOUT = bool(os.environ.get("TROIS_THEMES"))
LARGEURS = (320, 1280) if TOUT else (320,)
THEMES = ("clair", "sombre", "contraste") if TOUT else ("clair",)


def _au_clavier(page, texte):
    """Tabule jusqu'à l'élément dont le nom contient ``texte`` (60 pas au plus), et le laisse sous le curseur."""
    for _pas in range(60):
        page.keyboard.press("Tab")
        nom = page.evaluate(
            "(() => { const e = document.activeElement;"
            " return (e.labels?.[0]?.textContent || e.textContent || e.value || '').trim() })()"
        )
        if texte in nom:
            return
    raise AssertionError(f"« {texte} » ne s'atteint pas au clavier : {page.url}")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("largeur", LARGEURS)
def test_on_entre_au_clavier_et_chaque_page_se_lit_sans_faute(
    page, live_server, settings, sans_ecart, capturer, largeur, theme
):
    settings.MODE_DEMO = True
    call_command("charger_demo", verbosity=0)
    refus = []
    page.on("console", lambda m: refus.append(m.text) if m.type == "error" else None)
    page.set_viewport_size({"width": largeur, "height": 800})
    page.context.add_cookies([{"name": "affichage", "value": f"{theme}.normale", "url": live_server.url}])

    def regarder(nom):
        sans_ecart(page)
        capturer(page, f"agents-{nom}" if theme == "clair" else f"agents-{nom}-{theme}")

    page.goto(live_server.url + "/agents/")
    regarder("connexion")
    _au_clavier(page, "Adresse de courriel")
    page.keyboard.type("technique@exemple.invalid")
    page.keyboard.press("Tab")
    page.keyboard.type("demonstration-2026")
    page.keyboard.press("Enter")
    page.wait_for_url("**/connexion/code/")
    regarder("code")
    _au_clavier(page, "Code de vérification à 6 chiffres")
    page.keyboard.type("000000")
    page.keyboard.press("Enter")
    page.wait_for_url(live_server.url + "/agents/")
    regarder("accueil")
    page.goto(live_server.url + reverse("mfa_add_webauthn"))
    page.wait_for_url("**/confirmer/mot-de-passe/**")
    regarder("confirmer")
    _au_clavier(page, "Mot de passe")
    page.keyboard.type("demonstration-2026")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cles/ajouter/")
    for nom in (
        "agents:mon_compte",
        "mfa_index",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_deactivate_totp",
        "mfa_generate_recovery_codes",
        "account_change_password",
        "account_logout",
        "mfa_reauthenticate",
    ):
        reponse = page.goto(live_server.url + reverse(nom))
        assert reponse.status == 200 and page.url == live_server.url + reverse(nom), nom
        regarder(nom.split(":")[-1])
    page.goto(live_server.url + reverse("mfa_generate_recovery_codes"))
    _au_clavier(page, "Créer mes codes")
    page.keyboard.press("Enter")
    page.wait_for_url("**/secours/")
    regarder("codes-de-secours")
    page.goto(live_server.url + reverse("agents:mon_compte"))
    _au_clavier(page, "Me déconnecter")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda adresse: "/agents/" not in adresse or "connexion" in adresse)
    assert not refus, refus  # ni script ni style refusé par la CSP


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("largeur", LARGEURS)
def test_de_l_invitation_au_second_facteur_chaque_page_se_lit_sans_faute(
    page, live_server, sans_ecart, capturer, largeur, theme
):
    page.set_viewport_size({"width": largeur, "height": 800})
    page.context.add_cookies([{"name": "affichage", "value": f"{theme}.normale", "url": live_server.url}])

    def regarder(nom):
        sans_ecart(page)
        capturer(page, f"agents-{nom}" if theme == "clair" else f"agents-{nom}-{theme}")

    ouvertes = {
        "mot-de-passe-oublie": reverse("account_reset_password"),
        "courriel-envoye": reverse("account_reset_password_done"),
        "lien-perime": reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "x-y"}),
        "mot-de-passe-change": reverse("account_reset_password_from_key_done"),
        "compte-ferme": reverse("account_inactive"),
        "invitation-perimee": reverse("agents:invitation", args=["inconnu"]),
    }
    for nom, adresse in ouvertes.items():
        page.goto(live_server.url + adresse)
        regarder(nom)
    invitee = AgentFabrique(is_active=False, first_name="Lou")
    page.goto(live_server.url + reverse("agents:invitation", args=[Invitation.ouvrir(invitee)]))
    page.get_by_label("Votre mot de passe").fill("court")
    page.get_by_role("button", name="Ouvrir mon compte").click()
    regarder("invitation-en-faute")
    page.get_by_label("Votre mot de passe").fill("quatre mots sans rapport")
    page.get_by_label("Le même, encore une fois").fill("quatre mots sans rapport")
    page.get_by_role("button", name="Ouvrir mon compte").click()
    page.wait_for_url("**/application/installer/")
    regarder("installer-le-second-facteur")


def test_une_cle_s_ajoute_puis_fait_entrer_seule(page, live_server, settings, capturer, sans_ecart):
    """La clé est un authentificateur virtuel de Chromium : la vraie cérémonie, sans matériel."""
    settings.MODE_DEMO = True
    call_command("charger_demo", verbosity=0)
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    cle = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": cle})
    _entrer_par_mot_de_passe(page, live_server)
    page.goto(live_server.url + reverse("mfa_add_webauthn"))
    page.get_by_label("Mot de passe").fill("demonstration-2026")
    page.get_by_role("button", name="Confirmer").click()
    page.get_by_label("Un nom pour la reconnaître").fill("ordinateur du bureau")
    page.get_by_label("Entrer avec elle seule").check()
    page.get_by_role("button", name="Ajouter cette clé").click()
    page.wait_for_url("**/secours/")
    page.goto(live_server.url + reverse("mfa_list_webauthn"))
    assert "ordinateur du bureau" in page.content() and "entre seule" in page.content()
    sans_ecart(page)
    capturer(page, "agents-mes-cles")
    for nom in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        page.goto(live_server.url + reverse(nom, args=[Authenticator.objects.get(type="webauthn").pk]))
        sans_ecart(page)
    page.goto(live_server.url + reverse("mfa_reauthenticate_webauthn"))
    sans_ecart(page)
    page.get_by_role("button", name="Utiliser ma clé").click()
    page.wait_for_url(live_server.url + "/agents/")
    _sortir(page, live_server)
    page.get_by_role("button", name="Entrer avec ma clé").click()
    page.wait_for_url(live_server.url + "/agents/")
    assert "Bonjour Camille" in page.content()
    _sortir(page, live_server)
    _donner_le_mot_de_passe(page)
    page.get_by_role("button", name="Utiliser ma clé").click()
    page.wait_for_url(live_server.url + "/agents/")


def _sortir(page, live_server):
    page.get_by_role("button", name="Me déconnecter").click()
    page.goto(live_server.url + "/agents/")


def _donner_le_mot_de_passe(page):
    page.get_by_label("Adresse de courriel").fill("technique@exemple.invalid")
    page.get_by_label("Mot de passe").fill("demonstration-2026")
    page.get_by_role("button", name="Me connecter").click()


def _entrer_par_mot_de_passe(page, live_server):
    page.goto(live_server.url + "/agents/")
    _donner_le_mot_de_passe(page)
    page.get_by_label("Code de vérification à 6 chiffres").fill("000000")
    assert page.get_by_role("button", name="Utiliser ma clé").count() == 0  # elle n'en a pas encore
    page.get_by_role("button", name="Entrer").click()
    page.wait_for_url(live_server.url + "/agents/")
