"""« pleinsdroits courbe » : un tableau, un JSON, des refus en français."""

import json

import pytest

from pleinsdroits.droits.console import principal
from pleinsdroits.droits.moteur.tests.test_calculer import EXEMPLES

FICHIER = str(next(c for c in EXEMPLES if c.stem == "parent_isole_temps_partiel"))
COURTE = ["courbe", FICHIER, "--date", "2026-11-23", "--a", "1200", "--points", "3"]


def test_le_tableau_donne_ce_qui_reste_tous_les_cent_euros(capsys):
    assert principal(COURTE) == 0
    sortie = capsys.readouterr().out
    assert "Ce qui reste" in sortie and "Au salaire d’aujourd’hui" in sortie
    assert len([ligne for ligne in sortie.splitlines() if ligne.strip().endswith("€")]) == 13
    assert "L311-3-1" in sortie


def test_le_json_donne_tous_les_points_et_chaque_droit(capsys):
    assert principal([*COURTE, "--json"]) == 0
    courbe = json.loads(capsys.readouterr().out)
    assert courbe["salaire_actuel"] == 982
    assert [p["salaire"] for p in courbe["points"]] == [*range(0, 1000, 100), 982, 1000, 1082, 1100, 1200]
    for p in courbe["points"]:
        assert p["reste"] == pytest.approx(
            p["salaire"] + courbe["autres_revenus"] + sum(p["droits"].values()) - p["impot"], abs=0.001
        )


@pytest.mark.parametrize(
    ("options", "attendu"),
    [
        (["--de", "2000", "--a", "1000"], "le plus petit d'abord"),
        (["--a", "20000"], "entre 0 et 10000"),
        (["--points", "0"], "un nombre de 1 à 1000"),
        (["--qui", "aine"], "donnez une valeur parmi moi."),
    ],
)
def test_une_borne_fausse_rend_2_et_dit_ce_qui_est_permis(capsys, options, attendu):
    assert principal(["courbe", FICHIER, "--date", "2026-11-23", *options]) == 2
    assert attendu in capsys.readouterr().err


def test_une_situation_fausse_est_refusee(tmp_path, capsys):
    mauvais = tmp_path / "mauvais.yaml"
    mauvais.write_text("personnes: [", encoding="utf-8")
    assert principal(["courbe", str(mauvais)]) == 2
    assert "rien n'a été calculé" in capsys.readouterr().err
