"""Les chèques : une série sans trou, remis une fois, utilisés une fois ; un chèque perdu se remplace sans payer deux fois."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from pleinsdroits.aides.actions.cheques import (
    annuler_un_cheque,
    emettre_les_cheques,
    remettre_les_cheques,
    utiliser_un_cheque,
)
from pleinsdroits.aides.actions.paiements import annuler_le_paiement
from pleinsdroits.aides.models import Cheque, LigneBudgetaire
from pleinsdroits.aides.tests.etudes import instruction
from pleinsdroits.aides.tests.versements import paiement_prepare

pytestmark = pytest.mark.django_db
CINQUANTE = [Decimal(50)] * 5
ANNEE = timezone.localdate().year


def refus(faire, champ: str = "") -> str:
    with pytest.raises(ValidationError) as leve:
        faire()
    dits = leve.value.message_dict[champ] if champ else leve.value.messages
    return " ".join(dits).replace("\u00a0", " ")


@pytest.fixture
def remis():
    """Cinq chèques de 50 €, remis ; rend le paiement."""
    paiement = paiement_prepare("250.00", "cap")
    emettre_les_cheques(paiement, par=instruction(), valeurs=CINQUANTE)
    remettre_les_cheques(paiement, par=instruction())
    paiement.refresh_from_db()
    return paiement


def test_emis_en_serie_remis_en_une_fois_la_demande_est_payee(remis):
    numeros = list(remis.cheques.values_list("numero", flat=True))
    assert numeros == [f"C{ANNEE}-{n:06d}" for n in range(1, 6)]
    assert {c.etat for c in remis.cheques.all()} == {"remis"}
    assert {c.valable_jusqu_au for c in remis.cheques.all()} == {dt.date(ANNEE, 12, 31)}
    assert remis.etat == "paye" and remis.decision.demande.etat == "payee"
    assert LigneBudgetaire.objects.get().paye == Decimal(250)


def test_la_serie_continue_d_un_paiement_a_l_autre(remis):
    autre = paiement_prepare("20.00", "cap")
    (cheque,) = emettre_les_cheques(autre, par=instruction(), valeurs=[Decimal(20)])
    assert cheque.numero == f"C{ANNEE}-000006"


def test_le_meme_cheque_ne_s_utilise_pas_deux_fois(remis):
    cheque = remis.cheques.first()
    utiliser_un_cheque(cheque, par=instruction(), chez="Épicerie d’exemple")
    dit = refus(lambda: utiliser_un_cheque(cheque, par=instruction(), chez="Ailleurs"))
    assert f"Le chèque {cheque.numero} est déjà utilisé, le" in dit and "chez : Épicerie d’exemple" in dit
    cheque.refresh_from_db()
    assert cheque.utilise_chez == "Épicerie d’exemple"
    assert "déjà utilisé" in refus(lambda: annuler_un_cheque(cheque, par=instruction(), raison="perdu"))


def test_un_cheque_ne_s_utilise_ni_avant_d_etre_remis_ni_annule_ni_perime(remis):
    autre = paiement_prepare("20.00", "cap")
    (jamais_remis,) = emettre_les_cheques(autre, par=instruction(), valeurs=[Decimal(20)])
    assert "pas encore été remis" in refus(lambda: utiliser_un_cheque(jamais_remis, par=instruction(), chez="X"))
    perdu, perime, sans = remis.cheques.all()[:3]
    annuler_un_cheque(perdu, par=instruction(), raison="perdu")
    assert "est annulé : ne l’acceptez pas" in refus(lambda: utiliser_un_cheque(perdu, par=instruction(), chez="X"))
    assert "chez qui" in refus(lambda: utiliser_un_cheque(sans, par=instruction(), chez=" "), "chez")
    Cheque.objects.filter(pk=perime.pk).update(valable_jusqu_au=dt.date(2025, 12, 31))
    dit = refus(lambda: utiliser_un_cheque(perime, par=instruction(), chez="X"))
    assert "plus valable depuis le 31 décembre 2025" in dit


def test_un_cheque_perdu_se_remplace_sans_payer_deux_fois(remis):
    ligne = LigneBudgetaire.objects.get()
    annuler_un_cheque(remis.cheques.first(), par=instruction(), raison="perdu")
    ligne.refresh_from_db()
    remis.refresh_from_db()
    assert (ligne.engage, ligne.paye, remis.etat) == (Decimal(250), Decimal(200), "a_payer")
    assert "il n’en reste que 50,00 €" in refus(
        lambda: emettre_les_cheques(remis, par=instruction(), valeurs=[Decimal(60)]), "valeurs"
    )
    emettre_les_cheques(remis, par=instruction(), valeurs=[Decimal(50)])
    remettre_les_cheques(remis, par=instruction())
    ligne.refresh_from_db()
    assert (ligne.engage, ligne.paye) == (Decimal(250), Decimal(250))
    assert remis.cheques.exclude(etat="annule").count() == 5
    assert "est annulé" in refus(lambda: annuler_un_cheque(remis.cheques.first(), par=instruction(), raison="perdu"))


def test_remettre_deux_fois_ou_a_moitie_est_refuse(remis):
    assert "déjà « payé ou remis »" in refus(lambda: remettre_les_cheques(remis, par=instruction()))
    a_moitie = paiement_prepare("100.00", "cap")
    emettre_les_cheques(a_moitie, par=instruction(), valeurs=[Decimal(50)])
    dit = refus(lambda: remettre_les_cheques(a_moitie, par=instruction()))
    assert "50,00 € de chèques pour 100,00 €" in dit


@pytest.mark.parametrize(
    ("valeurs", "dit"),
    [
        ([], "0 chèques : de 1 à 40"),
        ([Decimal(5)] * 41, "41 chèques : de 1 à 40"),
        ([Decimal(-5)], "-5,00 €"),
        ([Decimal(151)], "151,00 € : un chèque vaut au plus 150,00 €"),
        ([Decimal(100)] * 3, "300,00 € de chèques : il n’en reste que 250,00 €"),
    ],
)
def test_des_valeurs_absurdes_sont_refusees(valeurs, dit):
    paiement = paiement_prepare("250.00", "cap")
    assert dit in refus(lambda: emettre_les_cheques(paiement, par=instruction(), valeurs=valeurs), "valeurs")
    assert not Cheque.objects.exists()


def test_un_virement_n_a_pas_de_cheques():
    virement = paiement_prepare("250.00", "virement")
    assert "pas donnée en chèques" in refus(lambda: emettre_les_cheques(virement, par=instruction(), valeurs=CINQUANTE))


def test_l_annee_suivante_n_est_possible_qu_en_decembre():
    with time_machine.travel(dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)):
        paiement = paiement_prepare("50.00", "cap")
        choix = {"valeurs": [Decimal(50)], "annee": 2027}
        dit = refus(lambda: emettre_les_cheques(paiement, par=instruction(), **choix), "annee")
        assert "2027 : un chèque vaut pour l’année 2026" in dit
    with time_machine.travel(dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)):
        (cheque,) = emettre_les_cheques(paiement, par=instruction(), **choix)
    assert (cheque.numero, cheque.valable_jusqu_au) == ("C2027-000001", dt.date(2027, 12, 31))


def test_annuler_le_paiement_annule_ses_cheques_pas_encore_remis(remis):
    paiement = paiement_prepare("20.00", "cap")
    (cheque,) = emettre_les_cheques(paiement, par=instruction(), valeurs=[Decimal(20)])
    annuler_le_paiement(paiement, par=instruction())
    cheque.refresh_from_db()
    assert cheque.etat == "annule"
    annuler_un_cheque(remis.cheques.first(), par=instruction(), raison="perime")
    assert "déjà remis" in refus(lambda: annuler_le_paiement(remis, par=instruction()))


def test_la_raison_d_une_annulation_est_choisie_dans_la_liste(remis):
    dit = refus(lambda: annuler_un_cheque(remis.cheques.first(), par=instruction(), raison="envie"), "raison")
    assert "Choisissez pourquoi" in dit
