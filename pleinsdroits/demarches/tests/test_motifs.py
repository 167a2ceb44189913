"""Les raisons d'un refus par silence : CRPA L232-4, et l'avis du Conseil d'État du 2 octobre 2025."""

from datetime import date

from pleinsdroits.demarches.etapes import Nom
from pleinsdroits.demarches.tests.fiches_essai import calcul, raisons

# La bourse de collège : silence à 2 mois (refus le 9 janvier 2027), juge administratif, sans recours obligatoire.
DROIT = "bourse_college"
DEMANDE = date(2027, 1, 20)


def test_les_raisons_sont_dues_dans_le_mois():
    etape = calcul(DROIT, motifs_demandes_le=DEMANDE).etape(Nom.MOTIFS)
    assert (etape.jour, etape.article) == (date(2027, 2, 20), "CRPA, article L232-4")


def test_les_raisons_recues_font_repartir_deux_mois():
    resultat = calcul(DROIT, motifs_demandes_le=DEMANDE, motifs_recus_le=date(2027, 2, 10))
    assert resultat.etape(Nom.JUGE).jour == date(2027, 4, 12), "le 11 avril 2027 est un dimanche"


def test_sans_raisons_la_premiere_date_reste_et_la_limite_est_a_un_an():
    resultat = calcul(DROIT, motifs_demandes_le=DEMANDE)
    assert resultat.etape(Nom.JUGE).jour == date(2027, 3, 10)
    assert resultat.etape(Nom.MOTIFS).limite == date(2028, 1, 20)
    assert "n° 504677" in raisons(resultat.etape(Nom.MOTIFS))


def test_des_raisons_tres_tardives_ne_passent_pas_l_annee():
    resultat = calcul(DROIT, motifs_demandes_le=DEMANDE, motifs_recus_le=date(2027, 12, 15))
    assert resultat.etape(Nom.JUGE).jour == date(2028, 1, 20)


def test_demandees_trop_tard_les_raisons_ne_rouvrent_rien():
    resultat = calcul(DROIT, motifs_demandes_le=date(2027, 3, 11), motifs_recus_le=date(2027, 4, 1))
    assert resultat.etape(Nom.JUGE).jour == date(2027, 3, 10)
    assert "ne change pas la date" in raisons(resultat.etape(Nom.MOTIFS))


def test_avant_un_prealable_ou_pour_une_aide_facultative_la_date_ne_bouge_pas():
    recues = {"motifs_demandes_le": DEMANDE, "motifs_recus_le": date(2027, 2, 10)}
    assert calcul("asf", **recues).etape(Nom.PREALABLE).jour == date(2027, 3, 9)
    assert calcul("local_energie", **recues).etape(Nom.JUGE).jour == date(2027, 3, 10)
