"""Une limite compte sur sa période : bornes comprises, année bissextile, douze mois glissants ; et dit quand redemander."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pleinsdroits.droits.reglement.cas import Accord, Cas, Demande
from pleinsdroits.droits.reglement.entree import cas_de_l_entree, entree_de
from pleinsdroits.droits.reglement.evaluation import EtatEvaluation as Etat
from pleinsdroits.droits.reglement.evaluer import evaluer
from pleinsdroits.droits.reglement.modele import Aide, Reglement
from pleinsdroits.droits.reglement.periodes import compter, de_nouveau_le, debut, fin
from pleinsdroits.droits.reglement.rapide import repondeur, repondre_unitairement
from pleinsdroits.droits.reglement.tests.exemples import brut, foyer

PERIODES = ("mois", "trimestre", "semestre", "annee", "douze_mois")
JOURS = st.dates(date(2019, 1, 1), date(2033, 12, 31))
ICI = {"habite_depuis": date(2010, 1, 1), "montant": 100}


def regle_(**aide) -> Reglement:
    document = brut("quotient_par_tranches")
    document["aides"][0] |= {"plafond": None, **aide}
    return Reglement.model_validate({**document, "effet": "2015-01-01"})


def une_fois(par: str, nombre: int = 1) -> Reglement:
    return regle_(frequence={"nombre": nombre, "par": par, "article": "9"})


def demande_(*accords: str | tuple[str, int], **champs) -> Demande:
    lus = [a if isinstance(a, tuple) else (a, 50) for a in accords]
    dates = [Accord(le=date.fromisoformat(le), montant=Decimal(montant)) for le, montant in lus]
    return Demande(aide="facture", accords=dates, **(ICI | champs))


def repondre_(regle: Reglement, demande: Demande, jour: str):
    return evaluer(regle, Cas(situation=foyer(salaire=400), demande=demande), date.fromisoformat(jour))


@pytest.mark.parametrize(
    ("periode", "jour", "de", "a"),
    [
        ("mois", "2028-02-10", "2028-02-01", "2028-02-29"),
        ("mois", "2026-12-31", "2026-12-01", "2026-12-31"),
        ("trimestre", "2027-02-28", "2027-01-01", "2027-03-31"),
        ("trimestre", "2026-10-01", "2026-10-01", "2026-12-31"),
        ("semestre", "2026-06-30", "2026-01-01", "2026-06-30"),
        ("semestre", "2026-07-01", "2026-07-01", "2026-12-31"),
        ("annee", "2028-02-29", "2028-01-01", "2028-12-31"),
        ("douze_mois", "2026-11-26", "2025-11-27", "2026-11-26"),
        ("douze_mois", "2028-02-29", "2027-03-01", "2028-02-29"),
        ("douze_mois", "2029-02-28", "2028-02-29", "2029-02-28"),
        ("douze_mois", "2029-03-01", "2028-03-02", "2029-03-01"),
    ],
)
def test_les_bornes_d_une_periode(periode, jour, de, a):
    lu = date.fromisoformat(jour)
    assert (debut(periode, lu).isoformat(), fin(periode, lu).isoformat()) == (de, a)


@given(st.sampled_from(PERIODES), JOURS)
def test_une_periode_contient_son_jour_et_suit_la_precedente(periode, jour):
    de, a = debut(periode, jour), fin(periode, jour)
    assert de <= jour <= a
    if periode != "douze_mois":
        assert fin(periode, de - timedelta(days=1)) == de - timedelta(days=1)


@pytest.mark.parametrize(
    ("par", "accord", "jour", "etat"),
    [
        ("semestre", "2026-01-01", "2026-06-30", Etat.REFUSE),
        ("semestre", "2026-06-30", "2026-07-01", Etat.ACCORDE_POSSIBLE),
        ("semestre", "2026-07-01", "2026-12-31", Etat.REFUSE),
        ("mois", "2028-02-29", "2028-02-29", Etat.REFUSE),
        ("mois", "2028-02-29", "2028-03-01", Etat.ACCORDE_POSSIBLE),
        ("trimestre", "2026-03-31", "2026-04-01", Etat.ACCORDE_POSSIBLE),
        ("annee", "2025-12-31", "2026-01-01", Etat.ACCORDE_POSSIBLE),
        ("douze_mois", "2025-12-31", "2026-01-01", Etat.REFUSE),
        ("douze_mois", "2026-03-10", "2027-03-09", Etat.REFUSE),
        ("douze_mois", "2026-03-10", "2027-03-10", Etat.ACCORDE_POSSIBLE),
        ("douze_mois", "2028-02-29", "2029-02-28", Etat.REFUSE),
        ("douze_mois", "2028-02-29", "2029-03-01", Etat.ACCORDE_POSSIBLE),
    ],
)
def test_une_aide_par_periode_a_la_borne_pres(par, accord, jour, etat):
    assert repondre_(une_fois(par), demande_(accord), jour).etat is etat


def test_le_refus_dit_la_periode_et_quand_redemander():
    lu = repondre_(une_fois("semestre"), demande_("2026-03-05"), "2026-06-30")
    assert str(lu.motifs[0]).replace("\u00a0", " ") == (
        "Vous avez déjà eu cette aide 1 fois ce semestre (janvier à juin 2026) : c’est le maximum (1). "
        "Vous pourrez la redemander à partir du 1er juillet 2026."
    )
    assert lu.articles == ("9",)
    glissant = repondre_(une_fois("douze_mois", 2), demande_("2026-03-05", "2026-05-05"), "2026-06-30")
    assert "à partir du 5 mars 2027" in str(glissant.motifs[0]).replace("\u00a0", " ")
    sans_date = repondre_(une_fois("douze_mois"), demande_(deja_aide=1), "2026-06-30")
    assert sans_date.etat is Etat.REFUSE and "redemander" not in str(sans_date.motifs[0])


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PERIODES), st.lists(JOURS, max_size=4), st.integers(1, 3), JOURS)
def test_le_jour_annonce_est_le_premier_ou_l_aide_se_redonne(par, dates, nombre, jour):
    passees = demande_(*(d.isoformat() for d in dates if d <= jour))
    if compter(passees, par, jour).nombre < nombre:
        return
    libre = de_nouveau_le(passees, nombre, par, jour)
    assert compter(passees, par, libre).nombre < nombre <= compter(passees, par, libre - timedelta(days=1)).nombre


def test_le_plafond_se_compte_sur_sa_periode():
    regle = regle_(plafond={"montant": 120, "periode": "semestre", "article": "9"})
    passe = demande_(("2026-06-30", 90), ("2026-07-01", 100))
    assert repondre_(regle, passe, "2026-06-30").montant == 30
    lu = repondre_(regle, passe, "2026-12-31")
    assert lu.montant == 20 and "dépasse ce qui reste ce semestre" in str(lu.motifs[-1])
    assert repondre_(regle, passe, "2027-01-01").montant == 80


def test_une_edition_d_avant_se_lit_par_annee_civile():
    brute = brut("quotient_par_tranches")["aides"][0]
    brute.pop("plafond")
    avant = {"plafond_annuel": {"montant": 250, "article": "9"}, "frequence": {"par_an": 2, "article": "9"}}
    aide = Aide.model_validate(brute | avant)
    assert (aide.plafond.montant, aide.plafond.periode) == (250, "annee")
    assert (aide.frequence.nombre, aide.frequence.par) == (2, "annee")
    assert Aide.model_validate(aide.model_dump(mode="json")) == aide


def test_une_entree_gardee_avant_les_dates_garde_sa_reponse():
    entree = json.loads(entree_de(Cas(situation=foyer(salaire=400), demande=demande_(deja_aide=1)), date(2026, 6, 1)))
    assert "accords" not in entree["demande"]
    regle = une_fois("semestre")
    assert repondeur(regle)(entree, None) == repondre_unitairement(regle, entree)
    assert repondeur(regle)(entree, None).etat is Etat.REFUSE


LIMITES = st.fixed_dictionaries(
    {
        "frequence": st.none()
        | st.fixed_dictionaries(
            {"nombre": st.integers(1, 3), "par": st.sampled_from(PERIODES), "article": st.just("9")}
        ),
        "plafond": st.none()
        | st.fixed_dictionaries(
            {
                "montant": st.integers(0, 300),
                "par": st.sampled_from(["foyer", "personne"]),
                "periode": st.sampled_from(PERIODES),
                "article": st.just("9"),
            }
        ),
    }
)
ACCORDS = st.lists(st.tuples(st.integers(0, 500), st.none() | st.integers(0, 20_000)), max_size=4)


@settings(max_examples=150, deadline=None)
@given(LIMITES, JOURS, ACCORDS, st.integers(0, 2), st.integers(1, 400))
def test_quelle_que_soit_la_periode_l_essai_repond_comme_l_evaluateur(limites, jour, passe, deja, montant):
    accords = [Accord(le=jour - timedelta(days=n), montant=None if m is None else Decimal(m) / 100) for n, m in passe]
    demande = Demande(aide="facture", accords=accords, deja_aide=deja, **(ICI | {"montant": montant}))
    cas, regle = Cas(situation=foyer(salaire=400), demande=demande), regle_(**limites)
    entree = json.loads(entree_de(cas, jour))
    assert cas_de_l_entree(entree)[0].demande.accords == accords
    direct = evaluer(regle.model_copy(update={"effet": date.min}), cas, jour)
    lu = repondeur(regle)(entree, None)
    assert lu == repondre_unitairement(regle, entree)
    assert (lu.etat, lu.montant, lu.au_plus) == (direct.etat, direct.montant, direct.au_plus)
