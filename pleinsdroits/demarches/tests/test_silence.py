"""Ce que vaut le silence, et quand : une règle, son article, sa date."""

from datetime import date

import pytest

from pleinsdroits.demarches.etapes import Avancement, Nom
from pleinsdroits.demarches.tests.fiches_essai import FICHES, calcul, lire, raisons


@pytest.mark.parametrize(
    ("droit", "sens", "jour", "article"),
    [
        ("asf", "refus", date(2027, 1, 9), "CRPA, article L231-4, 3°"),
        ("rsa", "refus", date(2027, 1, 9), "CRPA, article L231-4, 3°"),
        ("local_energie", "refus", date(2027, 1, 9), "CRPA, article L231-4, 3°"),
        ("css", "accord", date(2027, 1, 9), "CSS, article L861-5"),
        ("apa_domicile", "accord", date(2027, 1, 9), "CASF, article L232-14"),
        ("aah", "refus", date(2027, 3, 9), "CASF, article R241-33"),
        ("aeeh", "refus", date(2027, 3, 9), "CASF, article R241-33"),
        ("pch", "refus", date(2027, 3, 9), "CASF, article R241-33"),
        ("domiciliation", "refus", date(2027, 1, 9), "CASF, article D264-1 et suivants"),
    ],
)
def test_le_silence_prend_son_sens_a_sa_date(droit, sens, jour, article):
    resultat = calcul(droit)
    etape = resultat.etape(Nom.REPONSE)
    assert (resultat.le_silence_vaut, etape.jour, etape.article) == (sens, jour, article)
    assert etape.certain


@pytest.mark.parametrize(
    ("droit", "jour"), [("dalo", date(2027, 2, 9)), ("daho", date(2026, 12, 21)), ("cmi", date(2027, 3, 9))]
)
def test_une_regle_a_relire_est_a_verifier(droit, jour):
    etape = calcul(droit).etape(Nom.REPONSE)
    assert etape.jour == jour and not etape.certain


def test_l_attente_dit_son_effet_en_francais():
    assert lire(calcul("asf").etape(Nom.REPONSE).phrase) == (
        "9 janvier 2027 : sans réponse, c’est un refus (CRPA, article L231-4, 3°). "
        "Vous aurez jusqu’au 9 mars 2027 pour le contester."
    )
    assert lire(calcul("css").etape(Nom.REPONSE).phrase) == (
        "9 janvier 2027 : sans réponse, c’est un accord (CSS, article L861-5)."
    )


def test_le_delai_passe_le_silence_a_parle():
    etape = calcul("asf", au=date(2027, 1, 10)).etape(Nom.REPONSE)
    assert lire(etape.phrase).startswith("Depuis le 9 janvier 2027, l’absence de réponse vaut refus")
    assert etape.avancement(date(2027, 1, 9)) == Avancement.A_VENIR
    assert etape.avancement(date(2027, 1, 10)) == Avancement.PASSE


def test_l_apa_dit_que_la_somme_est_fixe():
    assert "somme fixe" in raisons(calcul("apa_domicile").etape(Nom.REPONSE))


def test_un_silence_d_accord_n_ouvre_aucun_recours():
    noms = {e.nom for e in calcul("css").etapes}
    assert noms == {Nom.DEPOSEE, Nom.REPONSE}


def test_l_attente_d_un_logement_social_n_est_pas_un_refus():
    resultat = calcul("logement_social")
    etape = resultat.etape(Nom.REPONSE)
    assert etape.jour is None and etape.certain and not resultat.inconnus
    assert "L’attente n’est pas un refus" in lire(etape.phrase)


def test_un_sens_inconnu_dit_a_qui_le_demander():
    resultat = calcul("aspa")
    etape = resultat.etape(Nom.REPONSE)
    assert etape.jour is None and not etape.certain
    assert lire(resultat.inconnus[0]) == FICHES["aspa"].silence.inconnu.replace("\u00a0", " ")


def test_sans_depot_rien_n_est_date():
    resultat = calcul("asf", deposee_le=None, recue_le=None, preuve="aucune")
    assert [e.jour for e in resultat.etapes] == [None] * len(resultat.etapes)


def test_un_refus_apres_un_accord_ne_du_silence_est_a_verifier():
    etape = calcul("css", repondue_le=date(2027, 2, 1), reponse="refus").etape(Nom.REPONSE)
    assert not etape.certain and "valait accord depuis le 9 janvier 2027" in raisons(etape)
