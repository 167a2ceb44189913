"""
Les pièges d'OpenFisca-France 176.1.8 (numéros de notre relevé), chacun avec le chiffre attendu en novembre 2026.

Valeurs de 2026 : RSA 651,69 € ; ASPA 1 043,59 € par mois ; BMAF 478,16 € ; forfait logement d'une personne seule 12 % du RSA.

Ailleurs : 3, 12, 14, 20, 22 et 24 dans ``test_pieges_logement_sante`` ; 13 (ni montant de Pass'Sport ni de mode de garde)
dans ``test_regles_logement_sante.test_le_pass_sport_n_a_jamais_de_montant`` et
``test_regles_famille_handicap.test_le_mode_de_garde_n_a_jamais_de_montant`` ; 21 (en lot comme seul) dans
``test_calculer.test_un_foyer_a_la_meme_reponse_seul_ou_en_lot``.
"""

from datetime import date

import pytest

from pleinsdroits.droits.moteur.evaluation import ValeursOpenFisca, evaluer
from pleinsdroits.droits.moteur.systeme import systeme
from pleinsdroits.droits.moteur.tests.exemples_regles import situation, titre
from pleinsdroits.droits.situation.modele import Situation

JOUR = date(2026, 11, 23)
RSA, ASPA, BMAF = 651.69, 1043.59, 478.16
SORTIES = (
    "rsa",
    "ppa",
    "aide_logement",
    "aspa",
    "asi",
    "caah",
    "asf",
    "paje_base",
    "aeeh",
    "css_participation_forfaitaire",
)
COMPLET = {"patrimoine": {}, "avis": [{"personnes": ["moi"], "annee": 2024, "rfr": 0}]}
RETRAITE = {"naissance": "1956-03-10", "activite": "retraite"}
# 400,03 € nets font 432 € bruts (brut = net ÷ 0,926).
PENSION = [{"type": "retraite", "montant": 400.03}]
ENFANT = {"id": "enfant", "lien": "enfant", "naissance": "2016-03-02", "scolarite": "primaire"}
PRIVE = {"statut": "locataire_vide", "loyer": 500}
SANS_TOIT = {"statut": "sans_domicile"}
ETUDIANT = {"naissance": "2004-03-10", "activite": "etudiant", "scolarite": "superieur", "boursier": False}


def foyer(*autres: dict, logement: dict | None = None, **moi) -> Situation:
    return situation(*autres, moi={"activite": "sans_activite", **moi}, logement=logement or {"loyer": 400}, **COMPLET)


FOYERS = {
    "neuf_cents": foyer(activite="salarie", revenus=[{"type": "salaire", "montant": 900}], logement=PRIVE),
    "rien_prive": foyer(logement=PRIVE),
    "rien_hlm": foyer(logement={"loyer": 500}),
    "retraite": foyer(**RETRAITE, revenus=PENSION),
    "retraite_migrant": foyer(**RETRAITE, revenus=PENSION, **titre("titre_sejour", "2011-01-01")),
    "titre_recent": foyer(**RETRAITE, revenus=PENSION, **titre("titre_sejour", "2020-01-01")),
    "refugie": foyer(**titre("refugie", "2026-01-01"), logement=SANS_TOIT),
    "trimestre": foyer(
        activite="salarie", revenus=[{"type": "salaire", "montant": 1200, "de": "2026-07", "a": "2026-07"}]
    ),
    "etudiant_etranger": foyer(**ETUDIANT, **titre("titre_sejour", "2024-01-01"), logement=PRIVE),
    "enceinte": foyer(grossesse={"terme": "2027-03-01"}),
    "alternee": foyer({**ENFANT, "garde_alternee": True, "autre_parent": "pension_non_fixee"}),
    "asf": foyer({**ENFANT, "autre_parent": "pension_non_fixee"}),
    "sans_toit": foyer(logement=SANS_TOIT),
    "aeeh_3": foyer({**ENFANT, "autre_parent": "decede", "handicap": {"taux": 0.85, "complement": 3}}),
    "handicap_leger": foyer({**ENFANT, "autre_parent": "decede", "handicap": {"taux": 0.4}}),
    "inapte": foyer(naissance="1963-03-10", inapte=True),
}


def calculees(jour: date, sans: frozenset[str] = frozenset()) -> dict[str, ValeursOpenFisca]:
    """Les valeurs de tous les foyers en un seul lot, sans les corrections nommées."""
    valeurs = evaluer(list(FOYERS.values()), jour, SORTIES, base=systeme(sans))
    return dict(zip(FOYERS, valeurs, strict=True))


@pytest.fixture(scope="module")
def lues() -> dict[str, ValeursOpenFisca]:
    return calculees(JOUR)


def a_l_euro(valeurs: dict[str, ValeursOpenFisca], nom: str, variable: str) -> float:
    return round(float(valeurs[nom].de(variable, "moi")))


def test_piege_1_un_salaire_net_compte_dans_l_aide_au_logement(lues):
    """900 € nets : 194 €, non les 351 € de quelqu'un sans revenu."""
    assert a_l_euro(lues, "neuf_cents", "aide_logement") == 194
    assert a_l_euro(lues, "rien_prive", "aide_logement") == 351


def test_piege_2_une_pension_nette_compte_dans_l_aspa(lues):
    """432 € bruts : 1 043,59 − 432 = 611,59 € (CSS L815-9)."""
    assert lues["retraite"].de("aspa", "moi") == pytest.approx(ASPA - 432, abs=0.05)


def test_piege_4_un_taux_trop_bas_n_ouvre_pas_l_aeeh(lues):
    """L'AEEH demande un taux de 50 % au moins (CSS R541-1)."""
    assert lues["handicap_leger"].de("aeeh", "moi") == 0


def test_piege_5_sans_handicap_pas_de_complement_de_l_aah(lues):
    """« mva » donnait 104,77 € à qui reçoit l'aide au logement."""
    assert lues["rien_hlm"].de("aide_logement", "moi") > 0
    assert lues["rien_hlm"].de("caah", "moi") == 0


def test_piege_6_quinze_ans_de_titre_ouvrent_l_aspa(lues):
    """CSS L816-1 : dix ans de titre autorisant à travailler. 611,59 €, comme un Français."""
    assert lues["retraite_migrant"].de("aspa", "moi") == pytest.approx(ASPA - 432, abs=0.05)
    assert lues["titre_recent"].de("aspa", "moi") == 0
    nue = calculees(JOUR, frozenset({"aspa_nationalite"}))
    assert nue["retraite_migrant"].de("aspa", "moi") == 0


def test_piege_7_un_refugie_a_le_rsa_des_la_premiere_annee(lues):
    """CASF L262-4 2° a : la durée du titre ne s'oppose pas aux réfugiés. Sans logement, pas de forfait : 651,69 €."""
    assert lues["refugie"].de("rsa", "moi") == pytest.approx(RSA, abs=0.01)


def test_piege_8_le_rsa_regarde_les_mois_m_4_a_m_2(lues):
    """
    1 200 € gagnés en juillet seulement, demande en novembre : juillet est dans la fenêtre (juillet à septembre), qui
    vaut 400 € par mois en moyenne. 651,69 − 12 % − 400 = 173,49 €, au lieu de 573 €.
    """
    assert lues["trimestre"].de("rsa", "moi") == pytest.approx(RSA * 0.88 - 400, abs=0.01)


def test_piege_9_la_participation_a_la_css_est_par_mois(lues):
    """14 € par mois de 30 à 49 ans (CSS D861-11), un seul montant par mois quoi que dise le libellé."""
    assert lues["neuf_cents"].de("css_participation_forfaitaire", "moi") == 14


def test_piege_10_l_etudiant_hors_union_non_boursier_n_a_plus_d_aide_au_logement(lues):
    """Plus rien depuis juillet 2026 (loi 2026-103, article 179), au lieu de 243 € ; en mai, 239 € (barème d'avant octobre)."""
    assert lues["etudiant_etranger"].de("aide_logement", "moi") == 0
    assert a_l_euro(calculees(date(2026, 5, 15)), "etudiant_etranger", "aide_logement") == 239
    nue = calculees(JOUR, frozenset({"al_etudiants"}))
    assert a_l_euro(nue, "etudiant_etranger", "aide_logement") == 243


def test_piege_11_ni_allocation_de_base_avant_la_naissance_ni_asf_en_garde_alternee(lues):
    assert lues["enceinte"].de("paje_base", "moi") == 0
    assert lues["alternee"].de("asf", "moi") == 0


def test_piege_15_sans_logement_le_rsa_n_a_pas_de_forfait(lues):
    """651,69 € sans toit ; 651,69 − 12 % = 573,49 € avec un logement (CASF R262-9)."""
    assert lues["sans_toit"].de("rsa", "moi") == pytest.approx(RSA, abs=0.01)
    assert lues["rien_hlm"].de("rsa", "moi") == pytest.approx(RSA * 0.88, abs=0.01)


def test_piege_16_le_parc_social_et_le_prive_ont_leurs_propres_montants(lues):
    """500 € de loyer : 316 € en HLM, 351 € dans le privé."""
    assert a_l_euro(lues, "rien_hlm", "aide_logement") == 316
    assert a_l_euro(lues, "rien_prive", "aide_logement") == 351


def test_piege_17_chaque_complement_de_l_aeeh_a_son_propre_taux(lues):
    """Base 32 %, troisième complément 92 %, majoration du parent isolé 18 % de la BMAF : 678,99 € (CSS R541-1, D541-1)."""
    assert lues["aeeh_3"].de("aeeh", "moi") == pytest.approx(BMAF * (0.32 + 0.92 + 0.18), abs=0.02)


def test_piege_18_un_conjoint_sans_cinq_ans_de_titre_ne_majore_pas_le_rsa():
    """CASF L262-5 : le couple reçoit le montant d'une personne seule."""
    conjoint = {"id": "lui", "lien": "conjoint", "naissance": "1986-01-01", "activite": "sans_activite", "revenus": []}
    couple = situation(
        {**conjoint, **titre("titre_sejour", "2024-01-01")},
        moi={"activite": "sans_activite"},
        couple="marie",
        logement=SANS_TOIT,
        **COMPLET,
    )
    (valeurs,) = evaluer([couple], JOUR, ["rsa"])
    assert valeurs.de("rsa", "moi") == pytest.approx(RSA, abs=0.01)


def test_piege_19_l_aspa_commence_a_62_ans_pour_qui_est_inapte(lues):
    """CSS L815-1 et R815-1 : à 63 ans, inapte, l'ASPA entière."""
    assert lues["inapte"].de("aspa", "moi") == pytest.approx(ASPA, abs=0.01)
    assert calculees(JOUR, frozenset({"aspa_age_inapte"}))["inapte"].de("aspa", "moi") == 0


def test_piege_23_l_asf_d_un_enfant_en_residence_habituelle_est_entiere(lues):
    """42,2 % de la BMAF par enfant privé de l'aide d'un parent (CSS D523-1) ; rien en garde alternée."""
    assert lues["asf"].de("asf", "moi") == pytest.approx(BMAF * 0.422, abs=0.01)
    assert lues["alternee"].de("asf", "moi") == 0
