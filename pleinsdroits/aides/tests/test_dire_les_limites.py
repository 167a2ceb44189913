"""Ce qui reste dans l'année, la dernière aide, qui décide : une phrase chacun, avec l'article."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pleinsdroits.aides.regles.competence import dire_qui_decide, refus_de_competence
from pleinsdroits.aides.regles.limites import (
    DejaObtenu,
    dire_la_frequence,
    dire_la_frequence_vous,
    dire_le_plafond,
    dire_le_plafond_vous,
)
from pleinsdroits.aides.regles.proposition import refus_de_deleguer
from pleinsdroits.droits.reglement.cas import Accord
from pleinsdroits.droits.reglement.modele import Aide
from pleinsdroits.droits.reglement.tests.exemples import brut

COMMISSION = {"qui": "commission_permanente", "article": "7"}
JOUR = dt.date(2026, 11, 26)
PRESIDENCE = {"qui": "presidence", "jusqu_a": 150, "article": "9"}


def aide(**change) -> Aide:
    return Aide.model_validate({**brut("quotient_par_tranches")["aides"][0], "plafond": None, **change})


def lu(dit) -> str:
    return str(dit).replace("\u00a0", " ")


def test_le_plafond_dit_ce_qui_est_accorde_et_ce_qui_reste():
    une = aide(plafond={"montant": 400, "article": "12"})
    dit = dire_le_plafond(une, DejaObtenu(Decimal(120), 1), 3, JOUR)
    assert lu(dit) == "Déjà accordé cette année (2026) : 120 € sur 400 €. Il reste 280 € (article 12)."


def test_un_plafond_par_personne_dit_d_ou_vient_le_total():
    une = aide(plafond={"montant": 100, "par": "personne", "hypothese": True})
    dit = lu(dire_le_plafond(une, DejaObtenu(), 4, JOUR))
    assert "0 € sur 400 €, soit 100 € par personne. Il reste 400 € (supposé : le texte ne le dit pas)." in dit


@given(st.decimals(0, 2000, places=2), st.decimals(0, 2000, places=2))
def test_il_ne_reste_jamais_moins_que_rien(plafond, deja):
    dit = dire_le_plafond(aide(plafond={"montant": plafond, "article": "1"}), DejaObtenu(deja), 1, JOUR)
    assert "-" not in str(dit)


def test_la_frequence_dit_ce_que_le_reglement_permet_et_la_derniere_aide():
    une = aide(frequence={"par_an": 2, "article": "Titre II"})
    dit = dire_la_frequence(une, DejaObtenu(Decimal(50), 1, dt.date(2026, 3, 12)), JOUR)
    assert lu(dit) == ("Au plus 2 fois par an (Titre II). Dernière : mars 2026. Accordées cette année (2026) : 1.")
    premiere = "Au plus 2 fois par an (Titre II). Première aide de ce type pour ce foyer."
    assert lu(dire_la_frequence(une, DejaObtenu(), JOUR)) == premiere
    assert dire_la_frequence(aide(), DejaObtenu(), JOUR) is None
    assert lu(dire_la_frequence(aide(), deja_en_mars(), JOUR)) == "Dernière aide de ce type : mars 2026."


def deja_en_mars() -> DejaObtenu:
    mars = dt.date(2026, 3, 12)
    return DejaObtenu(dernier=mars, accords=(Accord(le=mars, montant=Decimal(80)),))


@pytest.mark.parametrize(
    ("par", "dit", "vous"),
    [
        ("semestre", "une fois par semestre (article 12). Dernière : mars 2026. Accordées ce semestre (juillet à décembre 2026) : 0.",
         "Cette aide se donne une fois par semestre au plus (article 12)."),
        ("mois", "une fois par mois (article 12). Dernière : mars 2026. Accordées ce mois-ci (novembre 2026) : 0.",
         "Cette aide se donne une fois par mois au plus (article 12)."),
        ("trimestre", "une fois par trimestre (article 12). Dernière : mars 2026. Accordées ce trimestre (octobre à décembre 2026) : 0.",
         "Cette aide se donne une fois par trimestre au plus (article 12)."),
        ("douze_mois", "une fois sur douze mois (article 12). Dernière : mars 2026. "
         "Accordées sur les douze derniers mois (depuis le 27 novembre 2025) : 1.",
         "Du 27 novembre 2025 au 26 novembre 2026, "
         "vous aviez déjà eu cette aide 1 fois ; elle se donne une fois sur douze mois au plus (article 12)."),
    ],
)  # fmt: skip
def test_la_frequence_se_dit_par_periode(par, dit, vous):
    une = aide(frequence={"nombre": 1, "par": par, "article": "12"})
    assert lu(dire_la_frequence(une, deja_en_mars(), JOUR)) == f"Au plus {dit}"
    assert lu(dire_la_frequence_vous(une, deja_en_mars(), JOUR)) == vous


def test_le_plafond_se_compte_sur_sa_periode_et_le_dit():
    une = aide(plafond={"montant": 200, "periode": "semestre", "article": "12"})
    juin = dt.date(2026, 6, 30)
    dit = "Déjà accordé ce semestre (janvier à juin 2026) : 80 € sur 200 €. Il reste 120 € (article 12)."
    assert lu(dire_le_plafond(une, deja_en_mars(), 1, juin)) == dit
    assert "(juillet à décembre 2026) : 0 € sur 200 €" in lu(dire_le_plafond(une, deja_en_mars(), 1, JOUR))
    dit = "De janvier à juin 2026, vous aviez déjà eu 80 € pour cette aide, sur 200 € au plus. Il restait 120 € (article 12)."
    assert lu(dire_le_plafond_vous(une, deja_en_mars(), 1, juin)) == dit
    neuf = "Pour cette aide, un foyer comme le vôtre peut avoir 200 € par semestre au plus (article 12)."
    assert lu(dire_le_plafond_vous(une, deja_en_mars(), 1, JOUR)) == neuf


@pytest.mark.parametrize(
    ("montant", "urgente", "dit"),
    [
        (250, False, "Ce montant (250 €) se décide en commission permanente (article 7)."),
        (80, True, "Ce montant (80 €) se décide par délégation à la présidence, jusqu’à 150 € (article 9)."),
        (151, True, "Ce montant (151 €) se décide en commission permanente (article 7)."),
        (0, True, "Un refus se décide en commission permanente (article 7)."),
        (None, False, "Cette aide se décide en commission permanente (article 7)."),
    ],
)
def test_qui_decide_de_ce_montant(montant, urgente, dit):
    phrases = dire_qui_decide(aide(decide=[PRESIDENCE, COMMISSION]), _euros(montant), urgente=urgente)
    assert lu(phrases[0]) == dit


def test_sans_regle_qui_couvre_le_montant_le_conseil_decide():
    une = aide(decide=[{**COMMISSION, "jusqu_a": 300}])
    assert lu(dire_qui_decide(une, Decimal(301), urgente=False)[0]) == (
        "Ce montant (301 €) se décide au conseil d’administration."
    )
    assert "jusqu’à 300 €" in lu(dire_qui_decide(une, Decimal(300), urgente=False)[0])


@given(st.integers(1, 1000), st.booleans(), st.integers(1, 500), st.integers(1, 500))
def test_ce_qui_est_dit_est_ce_qui_est_applique(montant, urgente, presidence, commission):
    une = aide(decide=[{**PRESIDENCE, "jusqu_a": presidence}, {**COMMISSION, "jusqu_a": commission}])
    dit, somme = lu(dire_qui_decide(une, Decimal(montant), urgente=urgente)[0]), Decimal(montant)
    if "présidence" in dit:
        assert urgente and refus_de_deleguer(somme, une) is None
    elif "commission" in dit:
        assert refus_de_competence("commission_permanente", une, somme) is None
    else:
        assert refus_de_competence("commission_permanente", une, somme) is not None


def _euros(montant):
    return None if montant is None else Decimal(montant)
