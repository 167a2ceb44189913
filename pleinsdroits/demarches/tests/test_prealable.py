"""Le recours avant le juge : RSA (CASF L262-47), prime d'activité (CSS L845-2), logement (CCH L825-2), CRA (CSS R142-1)."""

from datetime import date

import pytest

from pleinsdroits.demarches.etapes import Nom
from pleinsdroits.demarches.tests.fiches_essai import calcul, lire, raisons

REFUS = {"repondue_le": date(2026, 12, 1), "reponse": "refus", "notifiee_le": date(2026, 12, 3), "voies_dites": True}


@pytest.mark.parametrize(
    ("droit", "article"),
    [
        ("rsa", "CASF, articles L262-47 et R262-88"),
        ("ppa", "CSS, article L845-2"),
        ("aide_logement", "CCH, article L825-2"),
        ("asf", "CSS, article R142-1"),
        ("css", "CSS, article R142-1"),
        ("pch", "CASF, article R241-36"),
    ],
)
def test_un_refus_ecrit_se_conteste_d_abord_devant_l_administration(droit, article):
    resultat = calcul(droit, **REFUS)
    etape = resultat.etape(Nom.PREALABLE)
    assert (etape.jour, etape.article, etape.certain) == (date(2027, 2, 3), article, True)
    assert resultat.etape(Nom.JUGE).jour is None, "le juge attend la réponse au recours"


def test_un_prealable_ne_se_reporte_pas_faute_de_texte_sur():
    # Le 6 février 2027 est un samedi : on ne promet pas le lundi.
    assert calcul("asf", **(REFUS | {"notifiee_le": date(2026, 12, 6)})).etape(Nom.PREALABLE).jour == date(2027, 2, 6)


def test_le_silence_sur_le_recours_vaut_refus_et_ouvre_le_juge():
    resultat = calcul("asf", **REFUS, prealable_depose_le=date(2026, 12, 15), prealable_voies_dites=True)
    attente = resultat.etape(Nom.SILENCE_DU_RECOURS)
    assert (attente.jour, attente.article) == (date(2027, 2, 15), "CSS, article R142-6")
    juge = resultat.etape(Nom.JUGE)
    assert (juge.jour, juge.article) == (date(2027, 4, 15), "CSS, article R142-1-A, III")


def test_devant_le_pole_social_un_dernier_jour_chome_est_reporte():
    resultat = calcul("asf", **REFUS, prealable_depose_le=date(2026, 12, 17))
    assert resultat.etape(Nom.JUGE).jour == date(2027, 4, 19), "le 17 avril 2027 est un samedi"


def test_pour_le_rsa_le_silence_sur_le_recours_suit_le_crpa_et_le_juge_est_administratif():
    resultat = calcul("rsa", **REFUS, prealable_depose_le=date(2026, 12, 15))
    assert resultat.etape(Nom.SILENCE_DU_RECOURS).article == "CRPA, article L231-4, 2°"
    assert resultat.etape(Nom.JUGE).jour == date(2027, 4, 16), "délai franc"


def test_une_reponse_au_recours_fait_partir_le_juge():
    resultat = calcul("asf", **REFUS, prealable_depose_le=date(2026, 12, 15), prealable_repondu_le=date(2027, 1, 20))
    assert resultat.etape(Nom.SILENCE_DU_RECOURS).fait
    assert resultat.etape(Nom.JUGE).jour == date(2027, 3, 22), "le 20 mars 2027 est un samedi"


def test_un_recours_hors_delai_est_dit_et_la_suite_est_a_verifier():
    resultat = calcul("asf", **REFUS, prealable_depose_le=date(2027, 2, 4))
    depose = resultat.etape(Nom.PREALABLE)
    assert not depose.certain and "après le 3 février 2027" in raisons(depose)
    assert not resultat.etape(Nom.JUGE).certain


def test_une_lettre_muette_ne_met_pas_le_recours_hors_delai():
    resultat = calcul("asf", **(REFUS | {"voies_dites": False}), prealable_depose_le=date(2027, 2, 4))
    assert resultat.etape(Nom.PREALABLE).raisons == ()


def test_devant_le_juge_judiciaire_aucune_limite_d_un_an_n_est_annoncee():
    resultat = calcul("asf", **REFUS, prealable_depose_le=date(2026, 12, 15), prealable_voies_dites=False)
    assert resultat.etape(Nom.JUGE).limite is None


def test_deux_voies_prealables_sont_toutes_deux_datees():
    prealables = [e for e in calcul("aah", **REFUS).etapes if e.nom == Nom.PREALABLE]
    assert [e.jour for e in prealables] == [date(2027, 2, 3)] * 2
    assert {e.article for e in prealables} == {"CASF, article R241-36", "CSS, article R142-1"}


@pytest.mark.parametrize(
    ("droit", "jour", "article"),
    [
        ("aj", date(2026, 12, 18), "décret n° 2020-1717 du 28 décembre 2020, article 69"),
        ("surendettement", date(2026, 12, 18), "C. conso., article R722-1"),
    ],
)
def test_quinze_jours_pour_l_aide_juridictionnelle_et_le_surendettement(droit, jour, article):
    etape = calcul(droit, **REFUS).etape(Nom.JUGE)
    assert (etape.jour, lire(etape.article)) == (jour, article)
    muette = calcul(droit, **(REFUS | {"voies_dites": False})).etape(Nom.JUGE)
    assert muette.jour == jour and raisons(muette).startswith("Tenez cette date, même si la lettre")


def test_un_recours_contre_un_silence_de_sens_inconnu_est_suivi_mais_a_verifier():
    resultat = calcul("aspa", prealable_depose_le=date(2027, 2, 1))
    assert resultat.etape(Nom.PREALABLE).fait
    assert resultat.etape(Nom.SILENCE_DU_RECOURS).jour == date(2027, 4, 1)
    assert resultat.etape(Nom.JUGE).jour == date(2027, 6, 1) and not resultat.etape(Nom.JUGE).certain
