"""Le comité lit des nombres justes, jamais un nom ; les petits se taisent, et d'autres avec eux."""

import datetime as dt
from collections import Counter

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pleinsdroits.aides.models import ObjectifDeDelai
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.parcours.fabriques import EngagementFabrique, ObjectifFabrique, ProjetFabrique
from pleinsdroits.parcours.mesures import mesurer_les_projets
from pleinsdroits.parcours.models import DureeDeProjet, Retour
from pleinsdroits.parcours.pilotage import piloter
from pleinsdroits.personnes.fabriques import FoyerFabrique

pytestmark = pytest.mark.django_db
JOUR = timezone.localdate()
CE_MOIS = JOUR.year * 12 + JOUR.month - 1


def durees(*jours, etape="projet.accepte", mois=CE_MOIS):
    DureeDeProjet.objects.bulk_create(
        DureeDeProjet(projet=10_000 * mois + rang, etape=etape, mois=mois, jours=n) for rang, n in enumerate(jours)
    )


def mesure(cle):
    return next(m for m in mesurer_les_projets(JOUR) if m.cle == cle)


def test_mediane_un_sur_dix_et_tendance_de_chaque_etape():
    durees(*range(1, 11))
    durees(5, 5, 5, 5, 5, mois=CE_MOIS - 1)
    durees(3, 3, 3, 3, 3, mois=CE_MOIS - 20)
    lue = mesure("projet.accepte")
    assert (lue.nombre, lue.mediane, lue.un_sur_dix) == (15, 5, 9)
    assert [m.nombre for m in lue.tendance[-2:]] == [5, 10]
    assert [m.cle for m in mesurer_les_projets(JOUR)] == [e.value for e in DureeDeProjet.Etape]


def test_moins_de_cinq_cas_ne_se_disent_pas():
    durees(1, 2, 3, 4)
    assert mesure("projet.accepte").masquee and mesure("projet.accepte").mediane is None
    ProjetFabrique()
    assert mesure("projet.premier_entretien").en_cours.tu


def test_un_retard_se_juge_a_l_objectif_du_conseil_sinon_a_la_date_dite():
    for recul in (1, 2, 3, 20, 40):
        ProjetFabrique(demande_le=timezone.now() - dt.timedelta(days=recul))
    lue = mesure("projet.premier_entretien")
    assert (lue.en_cours.nombre, lue.en_cours.en_retard, lue.en_cours.plus_ancienne) == (5, 2, 40)
    assert lue.en_cours.mains == (("la ville", 2),)
    ObjectifDeDelai.objects.create(etape="projet.premier_entretien", jours=30, fixe_le=JOUR)
    assert mesure("projet.premier_entretien").en_cours.en_retard == 1
    ObjectifDeDelai.objects.create(etape="projet.premier_entretien", jours=2, fixe_le=JOUR)
    assert mesure("projet.premier_entretien").en_cours.en_retard == 3, "le retard commence le lendemain"


def test_un_projet_en_pause_n_est_pas_en_retard():
    for _fois in range(5):
        ProjetFabrique(suspendu=True, bilan_prevu_le=JOUR - dt.timedelta(days=3))
    assert mesure("projet.bilan").en_cours.en_retard == 0


def test_la_charge_se_dit_en_moyenne_et_sans_nom():
    claire, ines = AgentFabrique(interlocuteur=True), AgentFabrique(interlocuteur=True)
    for agent, nombre in ((claire, 6), (ines, 2)):
        for _fois in range(nombre):
            ProjetFabrique(foyer=FoyerFabrique(interlocuteur=agent))
    charge = piloter(JOUR).charge
    assert (charge.projets, charge.agents, charge.moyenne, charge.au_plus, charge.sans) == (8, 2, 4, 6, 0)


def test_sous_cinq_projets_rien_n_est_dit():
    ProjetFabrique.create_batch(4, accepte=True)
    lu = piloter(JOUR)
    assert lu.charge.projets is None and dict(lu.etats)["accepté, en cours"] is None
    assert all(n is None or n == 0 for _nom, cases in lu.domaines.lignes for n in cases)


def test_domaines_engagements_et_retours_se_croisent():
    for _fois in range(6):
        projet = ProjetFabrique(accepte=True)
        EngagementFabrique(projet=projet, qui="interlocuteur", pour_le=JOUR - dt.timedelta(days=2))
        fini = ProjetFabrique(termine=True, retours_le=timezone.now(), resultat="atteint")
        Retour.objects.create(projet=fini, question="decide", reponse="oui")
    lu = piloter(JOUR)
    assert dict(lu.domaines.lignes)["Trouver un emploi"] == (12, 0, 0, 0)
    assert dict(lu.engagements.lignes)["son interlocuteur ou interlocutrice"] == (0, 6, 6)
    assert dict(lu.retours.lignes)["C’est moi qui ai décidé de la suite."] == (6, 0, 0)
    assert dict(lu.resultats)["Oui, j’y suis arrivé ou arrivée"] == 6 and dict(lu.fins)["terminé"] == 6


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["demande", "construction", "propose", "accepte", "suspendu"]), max_size=18))
def test_aucun_petit_nombre_ne_se_lit_ni_ne_se_deduit_d_un_total(etats):
    crees = [ProjetFabrique(**({} if e == "demande" else {e: True})) for e in etats]
    try:
        lu, vrais = piloter(JOUR), Counter(etats)
        dits = [n for _nom, n in lu.etats]
        assert all(n is None or n == 0 or n >= 5 for n in dits)
        if any(n is None for n in dits) and lu.charge.projets is not None:
            tus = sum(vrais.values()) - sum(n for n in dits if n)
            assert tus >= 5, "la somme des nombres tus ne désigne personne"
    finally:
        for projet in crees:
            projet.delete()


def test_autant_de_requetes_quel_que_soit_le_nombre_de_projets(django_assert_max_num_queries):
    for _fois in range(3):
        projet = ProjetFabrique(accepte=True)
        ObjectifFabrique.create_batch(4, projet=projet, domaine="sante")
    with django_assert_max_num_queries(10):
        piloter(JOUR)
