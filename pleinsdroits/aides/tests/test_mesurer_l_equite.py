"""L'équité : des taux exacts, des groupes assez grands, et aucun total qui trahisse un groupe tu."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from pleinsdroits.aides.equite import annees_de, mesurer_l_equite
from pleinsdroits.aides.models import Demande
from pleinsdroits.aides.regles.parts import Decisions, dire, dire_l_ensemble
from pleinsdroits.aides.tests.decisions import decidees
from pleinsdroits.socle.secret import SEUIL

R, C = Demande.Resultat, Demande.Composition
UNE = st.builds(Decisions, st.integers(0, 12), st.integers(0, 12), st.just(Decimal(100)))


def lire(groupes):
    return {g.nom: (g.part.decisions, g.part.accords, g.part.taux, g.part.moyenne) for g in groupes}


@pytest.mark.django_db
def test_taux_et_montant_par_sorte_de_foyer_quartier_et_age(django_assert_num_queries):
    decidees(10, montant=100)
    decidees(5, resultat=R.ACCORD_PARTIEL, montant=250)
    decidees(5, resultat=R.REFUS)
    decidees(8, composition=C.COUPLE, quartier="Port", tranche_d_age="75 et plus", montant=80)
    decidees(3, resultat=R.SANS_OBJET)
    with django_assert_num_queries(1):
        lue = mesurer_l_equite(timezone.localdate().year)
    assert (lue.ensemble.decisions, lue.ensemble.accords, lue.ensemble.taux) == (28, 23, 82)
    attendu = (20, 15, 75, Decimal("150.00"))
    assert lire(lue.foyers) == {"personne seule": attendu, "couple sans enfant": (8, 8, 100, Decimal("80.00"))}
    assert lire(lue.quartiers)["Centre"] == attendu and lire(lue.ages)["26-39 ans"] == attendu
    assert [g.nom for g in lue.ages] == ["26-39 ans", "75 et plus"]


@pytest.mark.django_db
def test_chaque_annee_a_ses_decisions_a_l_heure_de_paris():
    annee = timezone.localdate().year
    decidees(6, le=dt.datetime(annee, 1, 1, 0, 30, tzinfo=timezone.get_current_timezone()))
    decidees(7, le=dt.datetime(annee - 1, 12, 31, 23, 30, tzinfo=timezone.get_current_timezone()))
    assert [mesurer_l_equite(a).ensemble.decisions for a in (annee, annee - 1)] == [6, 7]
    assert annees_de(timezone.localdate())[0] == annee


@pytest.mark.django_db
def test_un_petit_groupe_et_un_autre_avec_lui_se_taisent():
    for nom, n in (("Centre", 30), ("Port", 8), ("Monmousseau", 3)):
        decidees(n, quartier=nom)
        decidees(6 if n > 5 else 0, quartier=nom, resultat=R.REFUS)
    lus = lire(mesurer_l_equite(timezone.localdate().year).quartiers)
    assert lus["Monmousseau"] == lus["Port"] == (None, None, None, None) and lus["Centre"][0] == 36


@pytest.mark.django_db
def test_ce_que_l_etude_n_a_pas_su_dire_est_un_groupe():
    decidees(9, quartier="", composition="")
    lue = mesurer_l_equite(timezone.localdate().year)
    assert [g.nom for g in (*lue.foyers, *lue.quartiers)] == ["non renseigné"] * 2


def test_deux_refus_dans_un_grand_groupe_ne_se_disent_pas():
    a, b, c = dire({"a": Decisions(20, 2), "b": Decisions(9, 6), "c": Decisions(40, 20)})
    assert (a.decisions, a.accords, a.mot) == (22, None, "la plupart")
    assert (b.decisions, b.accords, b.mot) == (15, None, "à peu près la moitié")
    assert (c.accords, c.taux) == (40, 67)


@given(st.dictionaries(st.sampled_from("abcdefgh"), UNE, min_size=1))
def test_ni_le_nombre_ni_les_accords_d_un_petit_groupe_ne_se_deduisent(groupes):
    dites = {p.cle: p for p in dire(groupes)}
    for cle, p in dites.items():
        vraie = groupes[cle]
        assert p.decisions in (None, vraie.nombre) and p.accords in (None, vraie.accords)
        if p.accords is not None:
            assert not any(0 < n < SEUIL for n in (vraie.nombre, vraie.accords, vraie.refus))
        else:
            assert p.taux is None and p.moyenne is None
        if p.decisions is not None:
            assert not 0 < vraie.nombre < SEUIL
    tus = [c for c, p in dites.items() if p.accords is None]
    restent = [c for c, p in dites.items() if p.accords is not None and groupes[c].nombre]
    if tus and restent:
        somme = sum((groupes[c] for c in tus), Decisions())
        assert len(tus) >= 2 and not 0 < somme.accords < SEUIL and not 0 < somme.refus < SEUIL


@given(st.dictionaries(st.sampled_from("abc"), UNE))
def test_l_ensemble_se_tait_aussi_quand_il_est_petit(groupes):
    dit, somme = dire_l_ensemble(groupes), sum(groupes.values(), Decisions())
    assert (dit.decisions is None) == (0 < somme.nombre < SEUIL)
    assert dit.accords is None or not (0 < somme.accords < SEUIL or 0 < somme.refus < SEUIL)
