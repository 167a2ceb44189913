"""Mesurer les délais : la moitié en, une sur dix attend plus, et rien d'inventé quand il n'y a rien."""

import datetime as dt
from collections import Counter

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from pleinsdroits.comptes.fabriques import InstitutionFabrique
from pleinsdroits.echeances.calendrier import ajouter_mois, fin_de_journee
from pleinsdroits.echeances.fabriques import EcheanceFabrique
from pleinsdroits.echeances.mesures import Choix, mesurer
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.socle.quantile import quantile

NOMS = {"logement": "Logement", "sante": "Santé"}


def mesures(choix: Choix | None = None):
    return mesurer(Echeance.objects.all(), choix or Choix(), instant=timezone.now(), sujets=NOMS)


@given(st.lists(st.integers(0, 300), min_size=1), st.sampled_from([0.5, 0.9, 1.0]))
def test_un_quantile_est_la_plus_petite_duree_que_cette_part_ne_depasse_pas(durees, part):
    trouve = quantile(Counter(durees), part)
    assert trouve in durees and sum(d <= trouve for d in durees) >= part * len(durees)
    assert sum(d < trouve for d in durees) < part * len(durees)


def test_sans_reponse_il_n_y_a_pas_de_quantile():
    assert quantile({}, 0.5) is None


@pytest.mark.django_db
def test_chaque_etape_a_ses_chiffres_et_l_annulee_ne_compte_pas():
    for duree in range(1, 10):
        EcheanceFabrique(tenue=True, duree_ouvree=duree)
    EcheanceFabrique(manquee=True, duree_ouvree=10)
    EcheanceFabrique(annulee=True, duree_ouvree=200)
    EcheanceFabrique(en_retard=True, suspendue=True)
    EcheanceFabrique(en_retard=True)
    EcheanceFabrique(en_retard=True, chez_un_partenaire=True, institution__nom="CAF d’exemple")
    (mesure,) = mesures().etapes
    assert (mesure.nom, mesure.nombre, mesure.mediane, mesure.un_sur_dix) == ("Réponse d’un partenaire", 10, 5, 9)
    assert (mesure.tenues, mesure.part_tenue, mesure.en_cours, mesure.en_retard) == (9, 90, 3, 2)
    assert sorted(mesure.mains) == [("la ville", 1), ("un partenaire", 1)]


@pytest.mark.django_db
def test_par_partenaire_par_sujet_et_mois_par_mois_en_trois_requetes(django_assert_num_queries):
    caf = InstitutionFabrique(nom="CAF d’exemple")
    for _rang in range(6):
        EcheanceFabrique(tenue=True, institution=caf, sujet="logement", duree_ouvree=4)
    EcheanceFabrique(tenue=True, duree_ouvree=9)
    with django_assert_num_queries(3):
        tableaux = mesures()
    assert [(m.nom, m.nombre, m.mediane) for m in tableaux.institutions] == [("CAF d’exemple", 6, 4)]
    assert [(m.nom, m.nombre) for m in tableaux.sujets] == [("Logement", 6)]
    assert len(tableaux.mois) == 12
    assert (tableaux.mois[-1].nombre, tableaux.mois[-1].mediane, tableaux.mois[-1].un_sur_dix) == (7, 4, 9)
    assert (tableaux.mois[0].nombre, tableaux.mois[0].mediane) == (0, None)


@pytest.mark.django_db
def test_la_periode_compte_des_mois_entiers():
    premier = timezone.localdate().replace(day=1)
    ancien = fin_de_journee(ajouter_mois(premier, -2), dt.time(0))
    EcheanceFabrique(tenue=True, close_le=ancien)
    EcheanceFabrique(tenue=True, close_le=ancien - dt.timedelta(seconds=1))
    EcheanceFabrique(tenue=True, close_le=fin_de_journee(ajouter_mois(premier, -12)))
    assert [mesures(Choix(mois=n)).ensemble.nombre for n in (1, 3, 12)] == [0, 1, 2]


@pytest.mark.django_db
def test_le_choix_d_une_etape_ou_d_un_partenaire_reduit_tous_les_tableaux():
    une = EcheanceFabrique(tenue=True, chez_un_partenaire=True, genre="relais.suite")
    EcheanceFabrique.create_batch(7, tenue=True, sujet="sante")
    assert mesures(Choix(genre="relais.suite")).ensemble.nombre == 1
    tableaux = mesures(Choix(institution=une.institution_id))
    assert tableaux.ensemble.nombre == 1 and [m.cle for m in tableaux.etapes] == ["relais.suite"]


@pytest.mark.django_db
def test_un_petit_croisement_se_tait_et_un_autre_avec_lui():
    caf, mairie = InstitutionFabrique(nom="CAF d’exemple"), InstitutionFabrique(nom="Mairie d’exemple")
    effectifs = {(caf, "logement"): 2, (caf, "sante"): 8, (mairie, "logement"): 9, (mairie, "sante"): 7}
    for (institution, sujet), n in effectifs.items():
        EcheanceFabrique.create_batch(n, tenue=True, institution=institution, sujet=sujet)
    assert [m.masquee for m in mesures().institutions] == [False, False]
    for choix in (Choix(institution=caf.pk), Choix(institution=mairie.pk)):
        assert all(m.masquee and m.nombre == 0 for m in mesures(choix).sujets)
    croisee = mesures(Choix(institution=caf.pk, sujet="logement"))
    assert croisee.ensemble.masquee and not croisee.mois
    assert all(m.masquee for m in (*croisee.etapes, *croisee.institutions, *croisee.sujets))
