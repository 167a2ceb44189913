"""La régie : un registre sans trou, une caisse jamais négative ; l'argent remis une fois."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from pleinsdroits.aides.actions.regie import approvisionner_la_regie, remettre_en_regie, reverser_la_regie
from pleinsdroits.aides.models import OperationDeRegie
from pleinsdroits.aides.tests.etudes import instruction
from pleinsdroits.aides.tests.versements import paiement_prepare
from pleinsdroits.aides.verser import solde_de_la_regie

pytestmark = pytest.mark.django_db


def refus(faire, champ: str = "") -> str:
    with pytest.raises(ValidationError) as leve:
        faire()
    dits = leve.value.message_dict[champ] if champ else leve.value.messages
    return " ".join(dits).replace("\u00a0", " ")


def test_de_l_approvisionnement_a_la_remise_le_registre_se_suit():
    agent, paiement = instruction(), paiement_prepare("80.00", "virement", par_la_regie=True)
    approvisionner_la_regie(None, par=agent, montant=Decimal(500))
    remettre_en_regie(paiement, par=agent, lue=1)
    reverser_la_regie(None, par=agent, montant=Decimal("20.50"))
    lignes = list(OperationDeRegie.objects.values_list("numero", "sens", "montant"))
    assert lignes == [
        (1, "approvisionnement", Decimal(500)),
        (2, "remise", Decimal(80)),
        (3, "reversement", Decimal("20.50")),
    ]
    assert solde_de_la_regie() == Decimal("399.50")
    paiement.refresh_from_db()
    paiement.decision.ligne.refresh_from_db()
    assert paiement.etat == "paye" and paiement.decision.demande.etat == "payee"
    assert paiement.decision.ligne.paye == Decimal(80)


def test_la_caisse_n_est_jamais_negative():
    agent, paiement = instruction(), paiement_prepare("80.00", "virement", par_la_regie=True)
    approvisionner_la_regie(None, par=agent, montant=Decimal("79.99"))
    assert "il n’y a que 79,99 € dans la caisse" in refus(lambda: remettre_en_regie(paiement, par=agent))
    dit = refus(lambda: reverser_la_regie(None, par=agent, montant=Decimal(80)), "montant")
    assert "80,00 € : il n’y a que 79,99 €" in dit
    paiement.refresh_from_db()
    assert paiement.etat == "a_payer" and solde_de_la_regie() == Decimal("79.99")


@pytest.mark.parametrize("montant", [Decimal(0), Decimal(-10), Decimal("0.001"), Decimal("Infinity")])
def test_un_approvisionnement_absurde_est_refuse(montant):
    assert refus(lambda: approvisionner_la_regie(None, par=instruction(), montant=montant), "montant")
    assert not OperationDeRegie.objects.exists()


def test_la_caisse_ne_depasse_pas_ce_qu_elle_peut_contenir():
    approvisionner_la_regie(None, par=instruction(), montant=Decimal(2999))
    dit = refus(lambda: approvisionner_la_regie(None, par=instruction(), montant=Decimal(2)), "montant")
    assert "déjà 2 999,00 € et ne peut pas dépasser 3 000,00 €" in dit


def test_le_meme_argent_ne_se_remet_pas_deux_fois():
    agent, paiement = instruction(), paiement_prepare("80.00", "virement", par_la_regie=True)
    approvisionner_la_regie(None, par=agent, montant=Decimal(500))
    remettre_en_regie(paiement, par=agent)
    assert "déjà « payé ou remis »" in refus(lambda: remettre_en_regie(paiement, par=agent))
    assert solde_de_la_regie() == Decimal(420)


def test_un_virement_du_comptable_ne_sort_pas_de_la_caisse_ni_un_cheque():
    agent, virement = instruction(), paiement_prepare("80.00", "virement")
    approvisionner_la_regie(None, par=agent, montant=Decimal(500))
    assert "pas remis par la régie" in refus(lambda: remettre_en_regie(virement, par=agent))
    dit = refus(lambda: paiement_prepare("80.00", "cap", par_la_regie=True), "par_la_regie")
    assert "que de l’argent" in dit


@pytest.mark.base
def test_la_base_refuse_deux_remises_du_meme_paiement_et_deux_fois_le_meme_numero():
    paiement = paiement_prepare("80.00", "virement", par_la_regie=True)
    OperationDeRegie.objects.create(numero=1, sens="remise", montant=80, paiement=paiement)
    for champs in ({"numero": 2, "sens": "remise", "paiement": paiement}, {"numero": 1, "sens": "reversement"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            OperationDeRegie.objects.create(montant=80, **champs)
