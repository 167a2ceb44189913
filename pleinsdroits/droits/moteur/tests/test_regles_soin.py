"""Assurance maladie ou aide médicale de l'État : jamais les deux."""

from datetime import date

import pytest

from pleinsdroits.droits.moteur.resultats import Etat
from pleinsdroits.droits.moteur.tests.exemples_regles import motifs, repondre, situation, titre, un
from pleinsdroits.droits.situation.mois import Mois

SANS_TITRE = titre("sans_titre", arrivee="2020-01-01")


def test_deja_assure_rien_a_demander():
    resultat = un("puma", situation(moi={"sante": {"couverture": "assurance_maladie"}}))
    assert (resultat.etat, resultat.a_demander) == (Etat.OUVERT, False)


@pytest.mark.parametrize("moi", [{}, titre("titre_sejour", arrivee="2015-01-01"), {"nationalite": "ue"}])
def test_en_sejour_regulier_c_est_l_assurance_maladie_et_pas_l_ame(moi):
    sit = situation(moi=moi)
    assert (un("puma", sit).etat, un("ame", sit).etat) == (Etat.PROBABLE, Etat.NON)


def test_sans_titre_c_est_l_ame_et_pas_l_assurance_maladie():
    sit = situation(moi=SANS_TITRE)
    resultat = un("ame", sit)
    assert (un("puma", sit).etat, resultat.etat) == (Etat.NON, Etat.PROBABLE)
    assert set(resultat.exclut) == {"css", "puma"}


@pytest.mark.parametrize(("arrivee", "etat"), [("2026-08-24", Etat.NON), ("2026-08-23", Etat.PROBABLE)])
def test_il_faut_trois_mois_de_presence(arrivee, etat):
    assert un("ame", situation(moi=titre("sans_titre", arrivee=arrivee))).etat is etat
    assert un("puma", situation(moi=titre("titre_sejour", arrivee=arrivee))).etat is etat


def test_trop_tot_dit_quand_le_droit_s_ouvre():
    resultat = un("ame", situation(moi=titre("sans_titre", arrivee="2026-10-10")))
    assert resultat.ouvre_le == Mois("2027-01")
    assert "10\u00a0octobre\u00a02026" in motifs(resultat)


@pytest.mark.parametrize(
    "moi",
    [{"activite": "salarie", **titre("titre_sejour", arrivee="2026-11-01")}, titre("refugie", arrivee="2026-11-01")],
)
def test_travailler_ou_etre_refugie_dispense_des_trois_mois(moi):
    assert un("puma", situation(moi=moi)).etat is Etat.PROBABLE


@pytest.mark.parametrize(
    ("par_mois", "jour", "etat"),
    [
        (861.58, date(2025, 11, 23), Etat.PROBABLE),
        (861.59, date(2025, 11, 23), Etat.NON),
        (947, date(2026, 11, 23), Etat.PROBABLE),
        (948, date(2026, 11, 23), Etat.NON),
    ],
)
def test_le_plafond_ferme_net_quand_il_est_a_jour_et_avec_marge_quand_il_est_perime(par_mois, jour, etat):
    """10 339 € par an : 861,58 € par mois. En novembre 2026 il a plus de 13 mois : « non » au-delà de 10 % de plus (947,74)."""
    moi = {**SANS_TITRE, "revenus": [{"type": "salaire", "montant": par_mois}]}
    assert un("ame", situation(moi=moi), jour=jour).etat is etat


def test_une_date_sans_plafond_connu_ne_ferme_pas_le_droit():
    moi = {**SANS_TITRE, "revenus": [{"type": "salaire", "montant": 3000}]}
    resultat = un("ame", situation(moi=moi), jour=date(2020, 6, 1))
    assert resultat.etat is Etat.PROBABLE
    assert any("que nous n’avons pas à cette date" in str(v) for v in resultat.a_verifier)


def test_le_plafond_monte_avec_le_foyer():
    """Cinq personnes : 1 + 0,5 + 0,3 + 0,3 + 0,4 = 2,5 parts, soit 25 847,50 €."""
    enfants = [{"id": f"e{i}", "lien": "enfant", "naissance": "2016-01-01"} for i in range(4)]
    resultat = un("ame", situation(*enfants, moi=SANS_TITRE))
    assert resultat.intermediaires["Plafond sur 12 mois"] == 25847.5


def test_un_parent_heberge_compte_a_part():
    parent = {
        "id": "mere",
        "lien": "parent",
        "naissance": "1955-01-01",
        "revenus": [{"type": "retraite", "montant": 3000}],
        **SANS_TITRE,
    }
    moi, mere = repondre("ame", situation(parent, moi=SANS_TITRE))
    assert (moi.etat, mere.etat) == (Etat.PROBABLE, Etat.NON)


def test_sans_connaitre_le_titre_on_le_demande():
    resultat = un("ame", situation(moi={"nationalite": "hors_ue"}))
    assert resultat.etat is Etat.A_COMPLETER
    assert resultat.manque[0].champ == "personnes.moi.sejour"
