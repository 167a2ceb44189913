"""La prévision de fin d'année : la saison de l'an dernier, sinon le rythme ; jamais un chiffre sans recul."""

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pleinsdroits.aides.regles.prevision import Ligne, Methode, prevoir

MONTANTS = st.decimals(min_value=0, max_value=5000, places=2)


def ligne(par_mois, *, vote=12000, engage=None, exercice=2026) -> Ligne:
    """``engage`` : à défaut, la somme de l'exercice."""
    cette_annee = sum((Decimal(m) for (a, _mois), m in par_mois.items() if a == exercice), Decimal(0))
    lus = {mois: Decimal(m) for mois, m in par_mois.items()}
    return Ligne(exercice, Decimal(vote), cette_annee if engage is None else Decimal(engage), lus)


def test_la_saison_de_l_an_dernier_dit_la_fin_de_l_annee():
    """L'an dernier, 75 % étaient engagés fin septembre ; 9 000 € cette année donnent 12 000 €."""
    passe = {(2025, mois): 1000 for mois in range(1, 13)}
    prevision = prevoir(ligne(passe | {(2026, mois): 1000 for mois in range(1, 10)}), dt.date(2026, 9, 30))
    assert prevision.methode is Methode.SAISON and prevision.part == Decimal("0.75")
    assert prevision.fin_d_annee == Decimal(12000) and prevision.depasse == 0 and prevision.epuisee_le is None


def test_un_hiver_plus_cher_se_voit_venir():
    """Tout l'an dernier tombait surtout en fin d'année : la même part donne un dépassement, et le jour."""
    passe = {(2025, mois): 500 for mois in range(1, 10)} | {(2025, mois): 2500 for mois in (10, 11, 12)}
    prevision = prevoir(ligne(passe | {(2026, mois): 750 for mois in range(1, 10)}), dt.date(2026, 9, 30))
    assert prevision.fin_d_annee == Decimal(18000) and prevision.depasse == Decimal(6000)
    assert prevision.epuisee_le == dt.date(2026, 11, 12)


def test_sans_annee_complete_c_est_le_rythme_par_jour():
    prevision = prevoir(ligne({(2026, 10): 3100}, vote=10000), dt.date(2026, 10, 31))
    assert prevision.methode is Methode.RYTHME and (prevision.par_jour, prevision.jours) == (Decimal(100), 31)
    assert prevision.fin_d_annee == Decimal(9200) and prevision.epuisee_le is None


def test_trois_decisions_ne_font_pas_une_tendance():
    prevision = prevoir(ligne({(2026, 11): 900}), dt.date(2026, 11, 20))
    assert prevision.methode is Methode.AUCUNE and prevision.fin_d_annee is None


def test_un_exercice_fini_est_ce_qu_il_est_et_un_exercice_a_venir_ne_se_prevoit_pas():
    assert prevoir(ligne({(2026, 3): 900}), dt.date(2027, 1, 2)).fin_d_annee == Decimal(900)
    assert prevoir(ligne({}), dt.date(2025, 12, 31)).fin_d_annee is None


def test_une_ligne_vide_est_epuisee_aujourd_hui():
    prevision = prevoir(ligne({(2026, 5): 12000}), dt.date(2026, 7, 1))
    assert prevision.epuisee_le == dt.date(2026, 7, 1)


@given(
    jour=st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
    avant=st.lists(MONTANTS, min_size=12, max_size=12),
    depuis=st.lists(MONTANTS, min_size=12, max_size=12),
    vote=st.decimals(min_value=0, max_value=100_000, places=2),
)
def test_jamais_moins_que_l_engage_ni_une_date_hors_de_l_exercice(jour, avant, depuis, vote):
    par_mois = {(2025, n): m for n, m in enumerate(avant, 1)}
    par_mois |= {(2026, n): m for n, m in enumerate(depuis, 1) if n <= jour.month}
    lue = ligne(par_mois, vote=vote)
    prevision = prevoir(lue, jour)
    if prevision.fin_d_annee is not None:
        assert prevision.fin_d_annee >= lue.engage
        assert prevision.depasse == max(prevision.fin_d_annee - lue.vote, 0)
    if prevision.epuisee_le is not None:
        assert jour <= prevision.epuisee_le <= dt.date(2026, 12, 31)
