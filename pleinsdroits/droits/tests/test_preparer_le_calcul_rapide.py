"""Le calcul rapide se prépare par la console et par les tâches de fond ; une bande déjà là n'est pas refaite."""

from datetime import date

import pytest

from pleinsdroits.droits.console import principal
from pleinsdroits.droits.moteur import enregistre
from pleinsdroits.droits.moteur.bande.artefact import chemin, lire
from pleinsdroits.droits.moteur.sorties import mois_a_enregistrer, sorties_a_enregistrer
from pleinsdroits.droits.situation.mois import Mois
from pleinsdroits.droits.taches import demander_la_bande, preparer_la_bande

MOIS = Mois("2026-11")


@pytest.fixture
def dossier(tmp_path):
    avant = enregistre.dossier()
    enregistre.ranger_dans(tmp_path)
    yield tmp_path
    enregistre.ranger_dans(avant)


def test_la_console_fabrique_la_bande_et_dit_chaque_etape(dossier, capsys):
    assert principal(["moteur", "--mois", str(MOIS), "--foyers", "20"]) == 0
    dites = capsys.readouterr().out.splitlines()
    assert dites[0].startswith("Calcul rapide de 2026-11")
    assert "toutes égales" in dites[-1]
    assert enregistre.installee(MOIS)
    assert set(lire(chemin(dossier, MOIS)).bande.sorties) == set(sorties_a_enregistrer())


def test_une_tache_la_fabrique_une_seule_fois(dossier):
    assert preparer_la_bande.call_local(str(MOIS), 20) is True
    assert preparer_la_bande.call_local(str(MOIS), 20) is False


def test_un_mois_passe_n_est_pas_demande(dossier):
    demander_la_bande(Mois("2020-01"))
    assert not list(dossier.iterdir())


def test_decembre_s_enregistre_avec_le_mois_en_cours():
    assert mois_a_enregistrer(date(2026, 11, 24)) == [MOIS, Mois("2026-12")]
    assert mois_a_enregistrer(date(2026, 12, 1)) == [Mois("2026-12")]


@pytest.mark.parametrize(
    ("options", "attendu"),
    [
        (["--mois", "2026-13"], "AAAA-MM"),
        (["--foyers", "0"], "de 1 à 100000"),
        (["--foyers", "mille"], "de 1 à 100000"),
    ],
)
def test_une_option_fausse_est_refusee_en_francais(options, attendu, capsys):
    with pytest.raises(SystemExit) as sortie:
        principal(["moteur", *options])
    assert sortie.value.code == 2
    assert attendu in capsys.readouterr().err


def test_sans_bande_la_console_repond_et_le_dit_hors_de_la_reponse(dossier, capsys):
    assert principal(["droits", "exemples/sans_domicile.yaml", "--date", "2026-11-20", "--json"]) == 0
    sorties = capsys.readouterr()
    assert "Calcul rapide absent" in sorties.err
    assert sorties.out.lstrip().startswith("{")
