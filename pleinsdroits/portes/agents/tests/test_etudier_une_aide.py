"""Étudier une demande sur sa page : corriger, ajouter, proposer ; décider une urgence. Les refus disent quoi faire."""

import json
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from pleinsdroits.aides.fabriques import DemandeFabrique, EditionFabrique, document_de_la_ville
from pleinsdroits.aides.models import CorrectionDeLigne, Decision
from pleinsdroits.aides.tests.etudes import BUDGET, demande_ferrand, edition
from pleinsdroits.comptes.models import Role
from pleinsdroits.journal.models import Entree
from pleinsdroits.personnes.fabriques import SituationDateeFabrique
from pleinsdroits.personnes.models import Adresse

pytestmark = pytest.mark.django_db


@pytest.fixture
def demande(dedans):
    dedans(role=Role.INSTRUCTEUR, first_name="Inès")
    edition()
    return demande_ferrand()


def vers(demande):
    return reverse("agents:aide_etudier", args=[demande.pk])


def lu(reponse) -> str:
    return reponse.content.decode().replace("\u00a0", " ")


def cle_du_credit(client, demande) -> str:
    page = lu(client.get(vers(demande)))
    cles = [bout.split('"')[0] for bout in page.split('name="comptee:')[1:]]
    return next(c for c in cles if "credit" in c)


def test_la_page_explique_le_reste_a_vivre_et_sa_lecture_est_consignee(client, demande):
    page = lu(client.get(vers(demande)))
    assert "462,15 € ÷ 30 ÷ 3 = 5,14 € par jour et par personne" in page
    assert "Proposer à la commission" in page
    assert Entree.objects.filter(verbe="aides.lire_le_calcul", cle_objet=str(demande.pk)).count() == 1


def test_ne_plus_compter_une_ligne_demande_une_raison_puis_recalcule(client, demande):
    cle = cle_du_credit(client, demande)
    geste = {"geste": "lignes", f"comptee:{cle}": "non", "version": demande.version}
    sans = client.post(vers(demande), geste)
    assert sans.status_code == 422 and "Donnez une raison" in lu(sans)
    assert not CorrectionDeLigne.objects.exists()
    client.post(vers(demande), geste | {f"raison:{cle}": "Le crédit est fini depuis mars."})
    assert CorrectionDeLigne.objects.get().raison == "Le crédit est fini depuis mars."
    assert "6,12 € par jour" in lu(client.get(vers(demande)))


def test_la_page_montre_toutes_les_tranches_la_sienne_le_plafond_et_qui_decide(client, demande):
    DemandeFabrique(foyer=demande.foyer, accordee=True, montant_accorde=Decimal("120"))
    page = lu(client.get(vers(demande)))
    assert page.count("Celle du foyer : 5,14 €") == 1
    assert "jusqu’à 300 €" in page and "(articles 5, 8)" in page
    assert "Reste à vivre au-dessus du seuil d’exemple" in page, "les autres tranches aussi"
    assert "On compare : ce qui reste pour vivre, par jour et par personne." in page
    assert "sur 300 €. Il reste 180 € (article 12)." in page and "Dernière aide de ce type :" in page
    assert "se décide en commission permanente" in page
    assert "En urgence, la présidence décide seule par délégation, jusqu’à 150 € (article 9)." in page


def test_l_impression_porte_les_memes_faits(client, demande):
    client.post(vers(demande), {"geste": "proposer", "p-montant": "250", "p-version": demande.version})
    page = lu(client.get(reverse("agents:aide_imprimer_le_calcul", args=[demande.pk])))
    assert page.count("Celle du foyer : 5,14 €") == 1
    assert "Ce montant (250 €) se décide en commission permanente" in page
    assert "sur 300 €. Il reste 300 € (article 12)." in page


def test_chaque_hypothese_dit_l_article_ou_elle_se_lit(client, demande):
    document = document_de_la_ville("aides_facultatives")
    document["comptes"]["budget"]["diviseur"]["article"] = "4"
    EditionFabrique(document=document, effet=timezone.localdate(), libelle="avec un article")
    page = lu(client.get(vers(demande)))
    assert "Supposé : le nombre de personnes ou de parts (article 4)." in page


def test_une_correction_dont_la_ligne_a_change_est_montree_et_se_retire(client, demande):
    cle = cle_du_credit(client, demande)
    raison = "Le crédit est fini depuis mars."
    geste = {"geste": "lignes", f"comptee:{cle}": "non", f"raison:{cle}": raison}
    client.post(vers(demande), geste)
    SituationDateeFabrique(
        foyer=demande.foyer, jour=timezone.localdate(), situation=json.dumps({**BUDGET, "dettes": []})
    )
    page = lu(client.get(vers(demande)))
    assert "La situation a changé depuis la correction de « Mensualité de crédit »" in page and raison in page
    refus = client.post(vers(demande), {"geste": "proposer", "p-montant": "100", "p-version": ""})
    assert refus.status_code == 422 and "avant de proposer" in lu(refus)
    client.post(reverse("agents:aide_retirer_une_ligne", args=[demande.pk, CorrectionDeLigne.objects.get().pk]))
    assert "La situation a changé" not in lu(client.get(vers(demande)))


def test_repondre_pour_une_ligne_disparue_est_refuse_et_dit_de_relire(client, demande):
    cle = cle_du_credit(client, demande)
    SituationDateeFabrique(
        foyer=demande.foyer, jour=timezone.localdate(), situation=json.dumps({**BUDGET, "dettes": []})
    )
    reponse = client.post(vers(demande), {"geste": "lignes", f"comptee:{cle}": "non", f"raison:{cle}": "Fini."})
    assert reponse.status_code == 422 and "La situation du foyer a changé entre-temps" in lu(reponse)
    assert not CorrectionDeLigne.objects.exists()


def test_essayer_ne_garde_rien(client, demande):
    cle = cle_du_credit(client, demande)
    essai = client.post(
        reverse("agents:aide_essayer", args=[demande.pk]), {f"comptee:{cle}": "non", f"raison:{cle}": "essai"}
    )
    assert "rien n’est enregistré" in lu(essai) and "6,12 €" in lu(essai)
    assert 'id="bareme" hx-swap-oob="true"' in lu(essai) and "Celle du foyer : 6,12 €" in lu(essai)
    assert not CorrectionDeLigne.objects.exists()


def test_proposer_fige_le_calcul_et_son_edition(client, demande):
    client.post(vers(demande), {"geste": "proposer", "p-montant": "250", "p-version": demande.version})
    demande.refresh_from_db()
    assert (demande.etat, demande.montant_propose) == ("instruite", Decimal(250))
    assert demande.edition is not None and demande.calcul


@pytest.mark.parametrize(
    ("donnees", "mot"),
    [
        ({"p-montant": "-5"}, "négatif"),
        ({"p-montant": "400"}, "dépasse"),
        ({"p-montant": "beaucoup"}, "Écrivez un nombre"),
        ({"p-montant": "250", "p-version": "0"}, "modifié"),
    ],
)
def test_une_proposition_impossible_est_expliquee_et_rien_ne_change(client, demande, donnees, mot):
    reponse = client.post(vers(demande), {"geste": "proposer", "p-version": demande.version} | donnees)
    assert reponse.status_code == 422
    assert mot in lu(reponse)
    demande.refresh_from_db()
    assert demande.etat == "complete"


def test_ajouter_une_ligne_absurde_est_refuse(client, demande):
    geste = {
        "geste": "ajouter",
        "a-sens": "ressource",
        "a-libelle": "Aide de la famille",
        "a-raison": "dite au guichet",
    }
    assert client.post(vers(demande), geste | {"a-montant": "-20"}).status_code == 422
    assert client.post(vers(demande), geste | {"a-montant": "100", "a-version": demande.version}).status_code == 302
    assert "Aide de la famille" in lu(client.get(vers(demande)))


def test_le_nombre_de_requetes_ne_grandit_pas(client, demande, django_assert_max_num_queries):
    for rang in range(6):
        demande.corrections.create(sens="charge", libelle=f"Charge {rang}", montant=5, raison="vue")
        Adresse.objects.create(
            foyer=demande.foyer, commune="Ivry-sur-Seine", du=f"201{rang}-01-01", au=f"201{rang}-12-31"
        )
    with django_assert_max_num_queries(40):
        client.get(vers(demande))


def test_un_geste_inconnu_n_existe_pas(client, demande):
    assert client.post(vers(demande), {"geste": "tout-payer"}).status_code == 404


@pytest.fixture
def urgente(dedans):
    dedans(role=Role.PRESIDENCE)
    edition()
    return demande_ferrand(aide="local_secours", urgente=True, montant_demande=Decimal(80))


def decider(client, demande, **champs):
    donnees = {"montant": "80", "forme": "cap", "raisons": "Le frigo est vide.", "version": demande.version, **champs}
    return client.post(reverse("agents:aide_decider", args=[demande.pk]), donnees)


def test_la_presidence_decide_une_urgence_le_jour_meme(client, urgente):
    assert decider(client, urgente).status_code == 302
    assert Decision.objects.get().par_delegation


@pytest.mark.parametrize("champs", [{"montant": "151"}, {"raisons": ""}, {"forme": ""}, {"montant": "-1"}])
def test_une_urgence_hors_delegation_ou_sans_raison_est_refusee(client, urgente, champs):
    assert decider(client, urgente, **champs).status_code == 422
    assert not Decision.objects.exists()


def test_s_il_manque_une_piece_l_urgence_ne_se_decide_pas_et_le_dit(client, urgente):
    urgente.pieces.create(libelle="facture")
    page = lu(client.get(reverse("agents:aide_decider", args=[urgente.pk])))
    assert "Il manque" in page and "Accorder aujourd’hui" not in page
