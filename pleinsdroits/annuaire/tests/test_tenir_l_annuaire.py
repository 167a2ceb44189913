import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from pleinsdroits.annuaire.actions import (
    annoncer_une_fermeture,
    annuler_une_fermeture,
    changer_les_horaires,
    creer_lieu,
    modifier_lieu,
)
from pleinsdroits.annuaire.fabriques import FermetureFabrique, LieuFabrique
from pleinsdroits.annuaire.models import Fermeture, Lieu, Ouverture, Source
from pleinsdroits.annuaire.regles import Plage
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.journal.models import Entree

pytestmark = [pytest.mark.django_db, pytest.mark.base]
PAR = Acteur("agent", "1", "accueil")
MATIN, SOIR = Plage(0, dt.time(9), dt.time(12)), Plage(0, dt.time(18), dt.time(20))
MARDI = dt.datetime(2026, 11, 24, 10, 0, tzinfo=dt.UTC)


def test_creer_un_lieu():
    lieu = creer_lieu(None, par=PAR, cle="bain_douche", nom="Bains-douches", commune="Ivry-sur-Seine")
    assert Lieu.objects.publies().get() == lieu and lieu.source == Source.AGENT
    assert "nom" in Entree.objects.sur(lieu).get().champs


def test_une_cle_deja_prise_est_refusee():
    LieuFabrique(cle="ccas")
    with pytest.raises(ValidationError):
        creer_lieu(None, par=PAR, cle="ccas", nom="Autre")


@pytest.mark.parametrize(
    "champs", [{"source": "ville"}, {"pk": 3}, {"nimporte": 1}, {"code_postal": "942"}, {"nom": ""}]
)
def test_un_champ_faux_ou_reserve_est_refuse(champs):
    lieu = LieuFabrique()
    with pytest.raises(ValidationError):
        modifier_lieu(lieu, par=PAR, **champs)
    assert not Entree.objects.exists()


def test_modifier_un_lieu_le_rend_a_l_agent():
    lieu = modifier_lieu(LieuFabrique(source=Source.VILLE), par=PAR, telephone="01 99 00 12 99", publie=False)
    assert lieu.source == Source.AGENT and not Lieu.objects.publies().exists()
    assert {"telephone", "publie"} <= set(Entree.objects.get().champs)


def test_changer_les_horaires_remplace_la_semaine():
    lieu = changer_les_horaires(LieuFabrique(en_semaine=True), par=PAR, plages=[SOIR, MATIN])
    assert list(lieu.ouvertures.values_list("jour", "de")) == [(0, MATIN.de), (0, SOIR.de)]


@pytest.mark.parametrize("plage", [Plage(0, dt.time(11), dt.time(13)), Plage(0, dt.time(14), dt.time(13))])
def test_des_plages_qui_se_chevauchent_ou_finissent_avant_de_commencer_sont_refusees(plage):
    lieu = LieuFabrique(en_semaine=True)
    with pytest.raises(ValidationError):
        changer_les_horaires(lieu, par=PAR, plages=[MATIN, plage])
    assert lieu.ouvertures.count() == 5


def test_une_fermeture_annoncee_ferme_puis_s_annule():
    lieu = LieuFabrique(en_semaine=True)
    fermeture = annoncer_une_fermeture(lieu, par=PAR, du=MARDI.date(), au=MARDI.date(), pourquoi="formation")
    assert not lieu.ouvert_maintenant(MARDI)
    annuler_une_fermeture(lieu, par=PAR, fermeture=fermeture)
    assert lieu.ouvert_maintenant(MARDI)
    assert list(Entree.objects.values_list("verbe", flat=True)) == [
        "annuaire.annoncer_une_fermeture",
        "annuaire.annuler_une_fermeture",
    ]


def test_une_fermeture_ne_finit_pas_avant_de_commencer():
    with pytest.raises(ValidationError):
        annoncer_une_fermeture(LieuFabrique(), par=PAR, du=dt.date(2026, 5, 2), au=dt.date(2026, 5, 1))


def test_on_n_annule_pas_la_fermeture_d_un_autre_lieu():
    annuler_une_fermeture(LieuFabrique(), par=PAR, fermeture=FermetureFabrique())
    assert Fermeture.objects.count() == 1


@pytest.mark.parametrize("role", ["interlocuteur", "commission", "partenaire", "habitant"])
def test_un_autre_role_ne_tient_pas_l_annuaire(role):
    lieu, autre = LieuFabrique(), Acteur("agent", "9", role)
    for refuse in (
        lambda: creer_lieu(None, par=autre, cle="x", nom="X"),
        lambda: modifier_lieu(lieu, par=autre, nom="X"),
        lambda: changer_les_horaires(lieu, par=autre, plages=[]),
        lambda: annoncer_une_fermeture(lieu, par=autre, du=dt.date(2026, 1, 1), au=dt.date(2026, 1, 2)),
    ):
        with pytest.raises(PermissionDenied):
            refuse()


@pytest.mark.parametrize(
    "faute", [{"jour": 7, "de": MATIN.de, "a": MATIN.a}, {"jour": 1, "de": MATIN.a, "a": MATIN.de}]
)
def test_la_base_refuse_une_plage_impossible(faute):
    with pytest.raises(IntegrityError), transaction.atomic():
        Ouverture.objects.create(lieu=LieuFabrique(), **faute)


def test_la_base_refuse_une_fermeture_a_l_envers():
    with pytest.raises(IntegrityError), transaction.atomic():
        FermetureFabrique(du=dt.date(2026, 5, 2), au=dt.date(2026, 5, 1))


@pytest.mark.parametrize("combien", [1, 12])
def test_lire_les_lieux_ouverts_coute_autant_de_requetes_pour_un_que_pour_douze(combien, django_assert_num_queries):
    LieuFabrique.create_batch(combien, en_semaine=True, repas=True)
    LieuFabrique(cache=True)
    with django_assert_num_queries(4):
        lieux = list(Lieu.objects.publies().qui_servent_a_manger().avec_horaires())
        assert [(lieu.ouvert_maintenant(MARDI), bool(lieu.phrase(MARDI)), len(lieu.semaine())) for lieu in lieux] == [
            (True, True, 7)
        ] * combien


def test_un_lieu_sans_horaires_connus_n_a_pas_de_semaine():
    lieu = LieuFabrique(code_postal="94200", complement_adresse="rez-de-chaussée")
    assert lieu.semaine() == [] and lieu.prochaine_ouverture(MARDI) is None
    assert lieu.adresse_complete() == "1 rue de l’Exemple, rez-de-chaussée, 94200 Ivry-sur-Seine"
