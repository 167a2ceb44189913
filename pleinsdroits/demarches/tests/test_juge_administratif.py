"""Le tribunal administratif : CJA R421-1, R421-2, R421-5, délai franc, un an (CE, 13 juillet 2016, n° 387763)."""

from datetime import date

from pleinsdroits.demarches.etapes import Nom
from pleinsdroits.demarches.tests.fiches_essai import calcul, raisons


def juge(droit="local_energie", **changements):
    return calcul(droit, **changements).etape(Nom.JUGE)


def refus(**changements):
    return juge(repondue_le=date(2026, 12, 1), reponse="refus", **changements)


def test_contre_un_silence_deux_mois_francs_depuis_le_refus():
    etape = juge()
    assert (etape.jour, etape.article, etape.certain) == (date(2027, 3, 10), "CJA, article R421-2", True)
    assert etape.devant == "le tribunal administratif"


def test_contre_un_refus_ecrit_deux_mois_francs_depuis_la_reception():
    etape = refus(notifiee_le=date(2026, 12, 3), voies_dites=True)
    assert (etape.jour, etape.article) == (date(2027, 2, 4), "CJA, article R421-1")
    assert etape.raisons == () and etape.limite is None


def test_le_dernier_jour_chome_est_reporte():
    # 5 février 2027, plus un jour franc : le samedi 6.
    assert refus(notifiee_le=date(2026, 12, 5), voies_dites=True).jour == date(2027, 2, 8)


def test_sans_jour_de_reception_la_date_de_la_lettre_protege():
    assert refus(voies_dites=True).jour == date(2027, 2, 2)


def test_une_lettre_muette_sur_les_recours_n_oppose_pas_son_delai():
    etape = refus(notifiee_le=date(2026, 12, 3), voies_dites=False)
    assert etape.jour == date(2027, 2, 4), "la date prudente ne bouge pas"
    assert etape.limite == date(2027, 12, 3)
    assert "CJA, article R421-5" in raisons(etape) and "n° 387763" in raisons(etape)


def test_quand_on_ne_sait_pas_on_demande_de_regarder_la_lettre():
    etape = refus(notifiee_le=date(2026, 12, 3))
    assert etape.limite is None and "Regardez si la lettre dit comment contester" in raisons(etape)


def test_sans_accuse_le_delai_contre_un_silence_ne_court_pas():
    etape = juge(preuve="guichet", recue_le=None, accuse_voies_dites=None)
    assert "CRPA, article L112-6" in raisons(etape)
    assert etape.limite == date(2028, 1, 9)


def test_un_refus_ecrit_arrive_trop_tard_est_a_verifier():
    a_temps = juge(repondue_le=date(2027, 3, 9), reponse="refus", voies_dites=True)
    tard = juge(repondue_le=date(2027, 4, 1), reponse="refus", voies_dites=True)
    assert a_temps.certain and not tard.certain


def test_un_accord_partiel_se_conteste_un_accord_non():
    assert juge(repondue_le=date(2026, 12, 1), reponse="partiel").jour == date(2027, 2, 2)
    assert juge(repondue_le=date(2026, 12, 1), reponse="accord") is None


def test_le_recours_dalo_apres_un_oui_ne_conteste_pas_un_refus():
    juges = [e for e in calcul("dalo").etapes if e.nom == Nom.JUGE]
    assert [e.jour for e in juges] == [date(2027, 4, 12)]


def test_une_fiche_qui_hesite_entre_deux_juges_reste_a_verifier():
    etape = calcul(
        "ash",
        repondue_le=date(2026, 12, 1),
        reponse="refus",
        prealable_depose_le=date(2026, 12, 15),
    ).etape(Nom.JUGE)
    assert not etape.certain and etape.jour == date(2027, 4, 15)
