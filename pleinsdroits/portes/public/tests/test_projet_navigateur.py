"""Accepter son projet dans un vrai navigateur, par le lien, au téléphone : lire, dire oui, dire que c'est fait."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from outils.navigateur import LARGEURS
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.parcours.fabriques import ProjetFabrique
from pleinsdroits.personnes.fabriques import FoyerFabrique
from pleinsdroits.personnes.models import Foyer, LienPersonnel

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.navigateur]


@pytest.mark.parametrize("largeur", LARGEURS)
def test_lire_accepter_et_dire_ce_qui_est_fait(page, live_server, largeur, sans_ecart, capturer):
    cache.clear()
    claire = AgentFabrique(interlocuteur=True, first_name="Claire", last_name="Dubosc")
    foyer = FoyerFabrique(interlocuteur=claire, demandeur__prenom="Nadia", demandeur__nom="Ferrand")
    projet = ProjetFabrique(foyer=foyer, propose=True)
    _lien, jeton = LienPersonnel.fabriquer(Foyer.demandeur(foyer), foyer.pk, "envoye")
    page.set_viewport_size({"width": largeur, "height": 900})
    page.goto(live_server.url + reverse("entrer", args=[jeton]) + "?vers=projet")
    page.get_by_label("Votre date de naissance").fill("12/03/1992")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Mon projet").wait_for()
    sans_ecart(page)
    capturer(page, "mon_projet_a_lire")
    page.get_by_role("link", name="Je veux changer quelque chose").click()
    sans_ecart(page)
    page.go_back()
    page.get_by_role("button", name="J’accepte ce projet").click()
    page.get_by_text("Votre projet est accepté").wait_for()
    sans_ecart(page)
    page.get_by_role("button", name="C’est fait : Apporter").click()
    page.get_by_text("Bravo").wait_for()
    sans_ecart(page)
    capturer(page, "mon_projet_accepte")
    projet.refresh_from_db()
    assert projet.etat == "accepte" and projet.engagements.get(qui="personne").dit_par == "personne"
    ProjetFabrique._meta.model.objects.filter(pk=projet.pk).delete()
    ProjetFabrique(foyer=foyer, termine=True)
    page.goto(live_server.url + reverse("public:retours_de_mon_projet"))
    sans_ecart(page)
    capturer(page, "mon_projet_retours")
