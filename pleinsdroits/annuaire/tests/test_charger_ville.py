import datetime as dt
import re

import pytest
import time_machine
import yaml
from data_inclusion.schema.v1 import Thematique
from django.conf import settings
from django.core.exceptions import PermissionDenied
from pydantic import ValidationError

from pleinsdroits.annuaire.actions import changer_les_horaires, charger_ville, modifier_lieu
from pleinsdroits.annuaire.models import Lieu, Ouverture, Service, Source
from pleinsdroits.annuaire.ville import lire_lieux
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.journal.models import Entree

DEMO = Acteur.systeme("demonstration")
TECHNIQUE = Acteur("agent", "1", "technique")


@pytest.fixture
def ville_chargee(db):
    return charger_ville(None, par=DEMO, dossier=settings.VILLE)


def test_les_lieux_du_dossier_sont_en_base(ville_chargee):
    assert set(ville_chargee.crees) == set(Lieu.objects.values_list("cle", flat=True)) >= {"ccas", "accueil_du_soir"}
    assert Lieu.objects.get(cle="ccas").semaine()[3].replace("\u00a0", " ") == "jeudi : 13 h 30 à 19 h"
    assert Service.objects.filter(lieu__cle="emad", frais="gratuit").exists()


def test_recommencer_ne_change_rien(ville_chargee):
    avant = list(Lieu.objects.order_by("pk").values()), list(Ouverture.objects.order_by("pk").values())
    with time_machine.travel(dt.datetime(2031, 1, 1, tzinfo=dt.UTC)):
        assert charger_ville(None, par=DEMO, dossier=settings.VILLE).crees == ()
    assert avant == (list(Lieu.objects.order_by("pk").values()), list(Ouverture.objects.order_by("pk").values()))


def test_ce_qu_un_agent_a_change_n_est_jamais_ecrase(ville_chargee):
    modifier_lieu(Lieu.objects.get(cle="caf"), par=TECHNIQUE, telephone="01 99 00 55 55")
    changer_les_horaires(Lieu.objects.get(cle="pmi"), par=TECHNIQUE, plages=[])
    assert set(charger_ville(None, par=DEMO, dossier=settings.VILLE).gardes) == {"caf", "pmi"}
    assert Lieu.objects.get(cle="caf").telephone == "01 99 00 55 55"
    assert not Lieu.objects.get(cle="pmi").ouvertures.exists()


def test_ce_que_la_ville_change_est_mis_a_jour(ville_chargee, tmp_path):
    lieux = yaml.safe_load((settings.VILLE / "lieux.yaml").read_text(encoding="utf-8"))
    lieux[0] |= {"nom": "Nouveau nom", "ouvertures": {"lundi": ["8:00-9:00"]}, "services": []}
    (tmp_path / "lieux.yaml").write_text(yaml.safe_dump(lieux), encoding="utf-8")
    charger_ville(None, par=DEMO, dossier=tmp_path)
    ccas = Lieu.objects.get(cle=lieux[0]["cle"])
    assert (ccas.nom, ccas.ouvertures.count(), ccas.services.count()) == ("Nouveau nom", 1, 0)
    assert ccas.source == Source.VILLE


def test_un_agent_d_un_autre_role_ne_charge_pas_la_ville(db):
    with pytest.raises(PermissionDenied):
        charger_ville(None, par=Acteur("agent", "1", "interlocuteur"), dossier=settings.VILLE)
    assert not Lieu.objects.exists() and not Entree.objects.exists()


@pytest.mark.parametrize(
    "faute",
    [
        {"inconnu": 1},
        {"themes": ["se-detendre"]},
        {"ouvertures": {"lundi": ["12:00-9:00"]}},
        {"ouvertures": {"lundi": ["9h-12h"]}},
        {"ouvertures": {"luni": ["9:00-12:00"]}},
        {"code_postal": "9420"},
        {"cle": "Le CCAS"},
    ],
)
def test_un_fichier_faux_est_refuse_en_entier(db, tmp_path, faute):
    lieux = yaml.safe_load((settings.VILLE / "lieux.yaml").read_text(encoding="utf-8"))
    lieux[-1] |= faute
    (tmp_path / "lieux.yaml").write_text(yaml.safe_dump(lieux), encoding="utf-8")
    with pytest.raises(ValidationError):
        charger_ville(None, par=DEMO, dossier=tmp_path)
    assert not Lieu.objects.exists()


def test_une_cle_ne_sert_qu_une_fois(tmp_path):
    lieux = yaml.safe_load((settings.VILLE / "lieux.yaml").read_text(encoding="utf-8"))
    (tmp_path / "lieux.yaml").write_text(yaml.safe_dump([lieux[0], lieux[0]]), encoding="utf-8")
    with pytest.raises(ValueError, match="ccas y figure deux fois"):
        lire_lieux(tmp_path)


def test_rien_n_est_invente_sur_la_vraie_ville():
    for lieu in lire_lieux(settings.VILLE):
        assert lieu.exemple and "rue de l’Exemple" in lieu.adresse
        assert re.fullmatch(r"01 99 00 \d\d \d\d", lieu.telephone)
        assert not lieu.courriel and not lieu.site_web and lieu.latitude is None


def test_toutes_les_fiches_trouvent_leurs_lieux():
    cles = {lieu.cle for lieu in lire_lieux(settings.VILLE)}
    assert not {cle for fiche in catalogue(settings.VILLE).values() for cle in fiche.aide_locale} - cles


def test_il_y_a_un_repas_et_un_accueil_le_soir_de_semaine(ville_chargee):
    mardi_soir = dt.datetime(2026, 11, 24, 18, 0, tzinfo=dt.UTC)
    ouverts = {lieu.cle for lieu in Lieu.objects.avec_horaires() if lieu.ouvert_maintenant(mardi_soir)}
    assert ouverts == {"accueil_du_soir", "repas_du_soir"}
    assert [lieu.cle for lieu in Lieu.objects.qui_servent_a_manger()] == ["repas_du_soir"]


def test_les_thematiques_sont_celles_de_data_inclusion():
    connues = {t.value for t in Thematique}
    assert all(set(lieu.themes) <= connues and lieu.themes for lieu in lire_lieux(settings.VILLE))
