"""Une avance se rend au centime : un échéancier exact, jamais de trop-perçu, jamais avant d'avoir été versée."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import assume, given
from hypothesis import strategies as st

from pleinsdroits.aides.actions.avances import noter_un_remboursement, rembourser_l_avance
from pleinsdroits.aides.models import OperationDeRegie, Paiement
from pleinsdroits.aides.regles.echeancier import echeancier, partager, repartir
from pleinsdroits.aides.tests.etudes import instruction
from pleinsdroits.aides.tests.versements import avance_versee, paiement_prepare
from pleinsdroits.aides.verser import solde_de_la_regie
from pleinsdroits.socle.conflit import Conflit

SOMMES = st.decimals(min_value="0.01", max_value="100000", places=2)
AUJOURD_HUI = timezone.localdate()
DANS_UN_MOIS = AUJOURD_HUI + dt.timedelta(days=30)
QUATRE_FOIS = {"mensualites": 4, "premiere_le": DANS_UN_MOIS}


def refus(faire, champ: str = "") -> str:
    with pytest.raises(ValidationError) as leve:
        faire()
    dits = leve.value.message_dict[champ] if champ else leve.value.messages
    return " ".join(dits).replace("\u00a0", " ")


@given(montant=SOMMES, nombre=st.integers(1, 60), premiere=st.dates(dt.date(2020, 1, 1), dt.date(2050, 12, 31)))
def test_l_echeancier_rend_exactement_la_somme(montant, nombre, premiere):
    assume(montant >= Decimal("0.01") * nombre)
    prevues = echeancier(montant, nombre, premiere)
    assert sum(p.montant for p in prevues) == montant and len(prevues) == nombre
    assert all(p.montant > 0 and p.montant == p.montant.quantize(Decimal("0.01")) for p in prevues)
    assert max(p.montant for p in prevues) - prevues[0].montant < Decimal("0.01") * nombre
    mois = [p.le.year * 12 + p.le.month for p in prevues]
    assert mois == list(range(mois[0], mois[0] + nombre)) and all(p.le.day <= premiere.day for p in prevues)


def test_le_31_du_mois_devient_le_dernier_jour():
    jours = [p.le for p in echeancier(Decimal(90), 3, dt.date(2027, 1, 31))]
    assert jours == [dt.date(2027, 1, 31), dt.date(2027, 2, 28), dt.date(2027, 3, 31)]


@given(montant=SOMMES, coupure=st.decimals(min_value="0.01", max_value=500, places=2))
def test_des_cheques_font_exactement_la_somme(montant, coupure):
    assume(montant / coupure < 5000)
    valeurs = partager(montant, coupure)
    assert sum(valeurs) == montant and all(0 < v <= coupure for v in valeurs)


@given(restes=st.lists(st.decimals(min_value=0, max_value=1000, places=2), max_size=12), somme=SOMMES)
def test_ce_qui_est_rendu_se_repartit_du_plus_ancien_au_plus_recent(restes, somme):
    if somme > sum(restes):
        with pytest.raises(ValueError, match="de trop"):
            repartir(somme, restes)
        return
    parts = repartir(somme, restes)
    assert sum(parts) == somme and all(0 <= p <= r for p, r in zip(parts, restes, strict=True))
    entamees = [p < r for p, r in zip(parts, restes, strict=True) if r]
    assert entamees == sorted(entamees), "une mensualité n'est entamée que si les précédentes sont rendues"


@pytest.mark.django_db
def test_de_l_avance_versee_au_dernier_centime_rendu():
    avance, agent = avance_versee("100.00", mensualites=3, premiere_le=DANS_UN_MOIS), instruction()
    assert [m.montant for m in avance.mensualites.all()] == [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]
    rembourser_l_avance(avance, par=agent, montant=Decimal(50), le=AUJOURD_HUI)
    une, deux, trois = avance.mensualites.all()
    assert (une.rendue_le, une.reste) == (AUJOURD_HUI, 0) and (deux.rendu, deux.rendue_le) == (Decimal("16.67"), None)
    noter_un_remboursement(deux, par=agent, montant=Decimal("16.66"), le=AUJOURD_HUI)
    rembourser_l_avance(avance, par=agent, montant=Decimal("33.34"), le=AUJOURD_HUI)
    assert all(m.reste == 0 and m.rendue_le == AUJOURD_HUI for m in avance.mensualites.all())
    dit = refus(lambda: rembourser_l_avance(avance, par=agent, montant=Decimal("0.01"), le=AUJOURD_HUI), "montant")
    assert "0,01 € : il ne reste que 0,00 € à rendre" in dit


@pytest.mark.django_db
def test_le_trop_percu_est_refuse_par_mensualite_et_en_tout():
    avance, agent = avance_versee("240.00", **QUATRE_FOIS), instruction()
    premiere = avance.mensualites.first()
    dit = refus(
        lambda: noter_un_remboursement(premiere, par=agent, montant=Decimal("60.01"), le=AUJOURD_HUI), "montant"
    )
    assert "60,01 € : il ne manque que 60,00 €" in dit
    dit = refus(lambda: rembourser_l_avance(avance, par=agent, montant=Decimal(241), le=AUJOURD_HUI), "montant")
    assert "241,00 € : il ne reste que 240,00 €" in dit
    assert all(m.rendu == 0 for m in avance.mensualites.all())


@pytest.mark.django_db
@pytest.mark.parametrize("jours", [-1, 1])
def test_on_ne_rend_ni_avant_le_versement_ni_demain(jours):
    avance, le = avance_versee("240.00", **QUATRE_FOIS), AUJOURD_HUI + dt.timedelta(days=jours)
    dit = refus(lambda: rembourser_l_avance(avance, par=instruction(), montant=Decimal(60), le=le), "le")
    assert "entre le versement" in dit


@pytest.mark.django_db
def test_une_avance_pas_versee_ne_se_rend_pas_et_deux_agents_se_voient():
    avance = paiement_prepare("240.00", "avance", **QUATRE_FOIS)
    choix = {"montant": Decimal(60), "le": AUJOURD_HUI}
    assert "pas encore versée" in refus(lambda: rembourser_l_avance(avance, par=instruction(), **choix))
    versee = avance_versee("240.00", **QUATRE_FOIS)
    lue = versee.version
    rembourser_l_avance(versee, par=instruction(), lue=lue, **choix)
    with pytest.raises(Conflit):
        rembourser_l_avance(versee, par=instruction(), lue=lue, **choix)


@pytest.mark.django_db
def test_rendu_a_la_regie_l_argent_entre_dans_la_caisse():
    avance = avance_versee("240.00", **QUATRE_FOIS)
    rembourser_l_avance(avance, par=instruction(), montant=Decimal(60), le=AUJOURD_HUI, en_caisse=True)
    operation = OperationDeRegie.objects.get()
    assert (operation.sens, operation.paiement_id) == ("remboursement", avance.pk)
    assert solde_de_la_regie() == Decimal(60)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("champ", "choix", "dit"),
    [
        ("mensualites", {"mensualites": 0}, "« 0 » : écrivez en combien de mensualités"),
        ("mensualites", {"mensualites": 37}, "(de 1 à 36)"),
        ("mensualites", {"mensualites": None}, "« » : écrivez"),
        ("premiere_le", {"premiere_le": AUJOURD_HUI}, "après aujourd’hui"),
        ("premiere_le", {"premiere_le": AUJOURD_HUI + dt.timedelta(days=400)}, "au plus tard le"),
        ("premiere_le", {"premiere_le": None}, "après aujourd’hui"),
    ],
)
def test_un_echeancier_impossible_est_refuse(champ, choix, dit):
    lu = refus(lambda: paiement_prepare("240.00", "avance", **{**QUATRE_FOIS, **choix}), champ)
    assert dit in lu.replace("«  »", "« »")
    assert not Paiement.objects.exists()
