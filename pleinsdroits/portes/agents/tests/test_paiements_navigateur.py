"""L'argent des aides dans un vrai navigateur : aucune faute d'accessibilité, rien qui dépasse."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from outils.navigateur import LARGEURS
from pleinsdroits.aides.actions.avances import rembourser_l_avance
from pleinsdroits.aides.actions.cheques import emettre_les_cheques, remettre_les_cheques, utiliser_un_cheque
from pleinsdroits.aides.actions.paiements import emettre_un_ordre
from pleinsdroits.aides.actions.regie import approvisionner_la_regie, remettre_en_regie
from pleinsdroits.aides.fabriques import EditionFabrique, LigneBudgetaireFabrique
from pleinsdroits.aides.models import EcritureBudgetaire
from pleinsdroits.aides.tests.versements import avance_versee, decision_engagee, paiement_prepare
from pleinsdroits.comptes.models import Role

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


@transaction.atomic
def adresses(agent) -> dict[str, str]:
    """Chaque page, sous le nom de son image."""
    EditionFabrique()
    par = agent.acteur
    ligne = LigneBudgetaireFabrique(nom="Secours et dots", code="6561", vote=Decimal(4000))
    seconde = LigneBudgetaireFabrique(
        nom="Avances remboursables", code="274", vote=Decimal(5000), aides=["local_avance"]
    )
    commun = {"par": par, "ligne": ligne, "demande": {"foyer__demandeur__nom": "Ferrand"}}
    virements = [paiement_prepare(f"{montant}.50", "virement", **commun) for montant in (80, 1234, 250)]
    approvisionner_la_regie(None, par=par, montant=Decimal(500))
    remettre_en_regie(paiement_prepare("60.00", "virement", par_la_regie=True, **commun), par=par)
    cheques = paiement_prepare("250.00", "cap", **commun)
    emettre_les_cheques(cheques, par=par, valeurs=[Decimal(50)] * 5)
    remettre_les_cheques(cheques, par=par)
    utiliser_un_cheque(cheques.cheques.first(), par=par, chez="Épicerie d’exemple")
    a_remettre, a_emettre = (paiement_prepare("100.00", "cap", **commun) for _rang in range(2))
    emettre_les_cheques(a_remettre, par=par, valeurs=[Decimal(50)] * 2)
    dans_un_mois = timezone.localdate() + dt.timedelta(days=30)
    avance = avance_versee("240.00", mensualites=4, premiere_le=dans_un_mois, **{**commun, "ligne": seconde})
    rembourser_l_avance(avance, par=par, montant=Decimal(90), le=timezone.localdate())
    ordre = emettre_un_ordre(None, par=par, paiements=virements[:2])
    EcritureBudgetaire.objects.filter(ligne=ligne).update(le=timezone.now() - dt.timedelta(days=60))
    a_preparer = decision_engagee("120.00", "avance", ligne=seconde, foyer__demandeur__nom="Ferrand")
    return {
        "paiements": reverse("agents:paiements") + "?etat=tous",
        "paiements_ordres": reverse("agents:ordres"),
        "paiements_nouvel_ordre": reverse("agents:nouvel_ordre"),
        "paiements_ordre": reverse("agents:ordre", args=[ordre.pk]),
        "paiements_cheques": reverse("agents:cheques"),
        "paiements_avances": reverse("agents:avances"),
        "paiements_regie": reverse("agents:regie"),
        "paiement_cheques": reverse("agents:paiement", args=[cheques.pk]),
        "paiement_a_remettre": reverse("agents:paiement", args=[a_remettre.pk]),
        "paiement_emettre": reverse("agents:emettre_les_cheques", args=[a_emettre.pk]),
        "paiement_annuler": reverse("agents:annuler_un_cheque", args=[a_remettre.cheques.first().pk]),
        "paiement_avance": reverse("agents:paiement", args=[avance.pk]),
        "paiement_rembourser": reverse("agents:rembourser", args=[avance.pk]),
        "paiement_preparer": reverse("agents:preparer_le_paiement", args=[a_preparer.demande_id]),
        "aide_a_payer": reverse("agents:aide", args=[a_preparer.demande_id]),
        "budget": reverse("agents:budget"),
        "budget_ligne": reverse("agents:modifier_ligne", args=[ligne.pk]),
    }


@pytest.mark.parametrize("largeur", LARGEURS)
def test_l_argent_se_lit_sans_faute(page, client, arme, live_server, settings, sans_ecart, capturer, largeur):
    agent = arme(role=Role.INSTRUCTEUR, first_name="Inès", last_name="Roux")
    client.force_login(agent)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page.set_viewport_size({"width": largeur, "height": 800})
    for nom, adresse in adresses(agent).items():
        assert page.goto(live_server.url + adresse).status == 200, adresse
        assert page.url == live_server.url + adresse, "une autre page a répondu"
        assert page.locator(".btn-principal").count() <= 1, nom
        sans_ecart(page)
        capturer(page, nom)
