"""D'où part le délai : réception (CRPA L114-3), dossier incomplet (L114-5), preuve du dépôt (L112-3, L112-6)."""

from datetime import date

from pleinsdroits.demarches.etapes import Nom
from pleinsdroits.demarches.tests.fiches_essai import calcul, lire, raisons

RECUE = date(2026, 11, 12)


def reponse(droit, **changements):
    return calcul(droit, **changements).etape(Nom.REPONSE)


def test_le_delai_part_de_la_reception_pas_de_l_envoi():
    assert reponse("asf", preuve="recommande", recue_le=RECUE).jour == date(2027, 1, 12)


def test_sans_preuve_la_date_est_a_verifier_et_la_demarche_le_dit():
    resultat = calcul("asf", preuve="aucune", recue_le=None)
    assert not resultat.etape(Nom.REPONSE).certain
    assert resultat.etape(Nom.REPONSE).jour == date(2027, 1, 9)
    assert lire(resultat.etape(Nom.DEPOSEE).phrase) == (
        "Sans accusé de réception, le délai de recours ne court pas : gardez une preuve du dépôt (CRPA, article L112-6)."
    )


def test_un_recu_du_guichet_ou_un_depot_en_ligne_prouve_le_jour():
    for preuve in ("guichet", "en_ligne"):
        assert reponse("asf", preuve=preuve, recue_le=None).certain


def test_un_recommande_sans_avis_ne_prouve_pas_la_reception():
    assert not reponse("asf", preuve="recommande", recue_le=None).certain


def test_pour_un_accord_le_delai_part_des_derniers_papiers():
    etape = reponse("css", incomplete_le=date(2026, 11, 20), completee_le=date(2026, 12, 4))
    assert etape.jour == date(2027, 2, 4)
    assert "CRPA, article L114-5" in raisons(etape)


def test_pour_un_accord_un_dossier_incomplet_arrete_tout():
    etape = reponse("css", incomplete_le=date(2026, 11, 20))
    assert etape.jour is None and "attend les papiers" in raisons(etape)


def test_pour_un_refus_les_papiers_demandes_suspendent_le_delai():
    etape = reponse("asf", incomplete_le=date(2026, 11, 20), completee_le=date(2026, 12, 4))
    assert etape.jour == date(2027, 1, 23)
    assert "arrêté 14 jours" in raisons(etape)
    assert not etape.certain, "le compte des jours est à relire"


def test_la_pause_finit_a_la_date_donnee_meme_sans_les_papiers():
    etape = reponse("asf", incomplete_le=date(2026, 11, 20), pieces_attendues_le=date(2026, 11, 30))
    assert etape.jour == date(2027, 1, 19)


def test_des_papiers_demandes_apres_le_delai_ne_changent_rien():
    assert reponse("asf", incomplete_le=date(2027, 2, 1)).jour == date(2027, 1, 9)


def test_la_date_pour_envoyer_les_papiers_est_une_etape():
    resultat = calcul("asf", incomplete_le=date(2026, 11, 20), pieces_attendues_le=date(2026, 11, 30))
    etape = resultat.etape(Nom.COMPLETE)
    assert etape.jour == date(2026, 11, 30) and not etape.fait
    assert resultat.prochaine(date(2026, 11, 26)) == etape


def test_transmise_a_la_bonne_administration_l_accord_attend_le_refus_non():
    assert reponse("css", transmise_le=date(2026, 11, 25)).jour == date(2027, 1, 25)
    assert reponse("asf", transmise_le=date(2026, 11, 25)).jour == date(2027, 1, 9)
