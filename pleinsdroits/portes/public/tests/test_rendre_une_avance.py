"""La personne lit ce qu'elle a à rendre, mois par mois, et à qui parler ; jamais avant la lettre, jamais une menace."""

import datetime as dt
import html
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from pleinsdroits.aides.actions.avances import rembourser_l_avance
from pleinsdroits.aides.models import Decision, Mensualite, Paiement
from pleinsdroits.aides.tests.etudes import instruction
from pleinsdroits.aides.tests.versements import avance_versee, paiement_prepare
from pleinsdroits.personnes.fabriques import FoyerFabrique, MembreFabrique, PersonneFabrique
from pleinsdroits.personnes.models import LienPersonnel

pytestmark = pytest.mark.django_db
AUJOURD_HUI = timezone.localdate()


@pytest.fixture
def foyer(db):
    cache.clear()
    return FoyerFabrique(demandeur__prenom="Nadia", demandeur__nom="Ferrand")


@pytest.fixture
def dedans(client, foyer):
    _lien, jeton = LienPersonnel.fabriquer(foyer.demandeur(), foyer.pk, "imprime")
    client.post(reverse("entrer", args=[jeton]), {"reponse": "12/03/1992"})
    return client


def en_cours(foyer, personne=None):
    """240 € en quatre fois, versés : la première rendue, la deuxième passée, deux à venir."""
    demande = {"foyer": foyer, "personne": personne or foyer.demandeur(), "aide": "local_avance"}
    avance = avance_versee("240.00", mensualites=4, premiere_le=AUJOURD_HUI + dt.timedelta(days=20), demande=demande)
    rembourser_l_avance(avance, par=instruction(), montant=Decimal(60), le=AUJOURD_HUI)
    Mensualite.objects.filter(paiement=avance, rang=2).update(le=AUJOURD_HUI - dt.timedelta(days=5))
    return avance


def lire(client, avance):
    page = client.get(reverse("public:mon_aide", args=[avance.decision.demande_id]))
    return html.unescape(page.content.decode()).replace("\u00a0", " ")


def test_le_solde_les_mois_comment_payer_et_qui_appeler(dedans, foyer):
    page = lire(dedans, en_cours(foyer))
    for dit in (
        "Il reste",
        "180,00 €",
        "sur 240,00 €. Déjà rendu : 60,00 €",
        "Payée le",
        "En retard : il reste 60,00 €",
    ):
        assert dit in page, dit
    for dit in ("À venir", "à la régie du CCAS", "Vous ne pouvez pas payer ce mois-ci ?", str(foyer.interlocuteur)):
        assert dit in page, dit
    for menace in ("poursuite", "pénalité", "huissier", "mise en demeure", "obligatoire", "majoration"):
        assert menace not in page.casefold()


def test_mon_dossier_le_met_dans_ce_qui_vous_attend(dedans, foyer):
    en_cours(foyer)
    page = html.unescape(dedans.get(reverse("public:mon_dossier")).content.decode())
    assert "Mensualité de votre avance" in page and "#t-avance" in page
    copie = dedans.get(reverse("public:copie_du_dossier")).json()
    assert [m["rendu"] for m in copie["mensualites"]] == ["60.00", "0.00", "0.00", "0.00"]


def test_avant_la_lettre_rien_ne_se_lit(dedans, foyer):
    avance = en_cours(foyer)
    Decision.objects.filter(pk=avance.decision_id).update(notifiee_le=None)
    assert "180,00" not in lire(dedans, avance)
    assert "Mensualité" not in dedans.get(reverse("public:mon_dossier")).content.decode()


def test_pas_encore_versee_elle_ne_presse_personne(dedans, foyer):
    champs = {"foyer": foyer, "personne": foyer.demandeur(), "aide": "local_avance"}
    dans_un_mois = AUJOURD_HUI + dt.timedelta(days=30)
    avance = paiement_prepare("240.00", "avance", mensualites=4, premiere_le=dans_un_mois, demande=champs)
    page = lire(dedans, avance)
    assert "n’est pas encore arrivé" in page and "En retard" not in page
    assert "Mensualité" not in dedans.get(reverse("public:mon_dossier")).content.decode()


def test_tout_rendu_elle_dit_merci(dedans, foyer):
    avance = en_cours(foyer)
    rembourser_l_avance(avance, par=instruction(), montant=Decimal(180), le=AUJOURD_HUI)
    page = lire(dedans, avance)
    assert "Tout est rendu." in page and "Comment payer" not in page


def test_un_virement_rejete_ne_se_montre_plus(dedans, foyer):
    avance = en_cours(foyer)
    Paiement.objects.filter(pk=avance.pk).update(etat="annule")
    assert "Votre avance à rendre" not in lire(dedans, avance)


def test_l_avance_d_un_autre_adulte_du_foyer_ne_se_lit_pas(dedans, foyer):
    conjoint = PersonneFabrique()
    MembreFabrique(foyer=foyer, personne=conjoint, lien="conjoint")
    avance = en_cours(foyer, conjoint)
    assert dedans.get(reverse("public:mon_aide", args=[avance.decision.demande_id])).status_code == 404
    assert "Mensualité" not in dedans.get(reverse("public:mon_dossier")).content.decode()
