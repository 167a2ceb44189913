import json
import subprocess
import sys

import pytest

from pleinsdroits.droits.console import principal

SITUATION = """
personnes:
  - {id: moi, lien: demandeur, naissance: 1990-04-12, nationalite: francaise, activite: sans_activite, revenus: []}
logement: {commune: "94041", statut: locataire_hlm, loyer: 420}
patrimoine: {}
avis: [{personnes: [moi], annee: 2024, rfr: 0, parts: 1}]
charges: []
dettes: []
"""


@pytest.fixture
def fichier(tmp_path):
    chemin = tmp_path / "situation.yaml"
    chemin.write_text(SITUATION, encoding="utf-8")
    return str(chemin)


def test_un_tableau_lisible_donne_les_droits_et_la_mention(fichier, capsys):
    assert principal(["droits", fichier, "--date", "2026-11-23"]) == 0
    sortie = capsys.readouterr().out
    assert "À DEMANDER" in sortie
    assert "Revenu de solidarité active" in sortie
    assert "L311-3-1" in sortie
    assert "23\u00a0novembre\u00a02026" in sortie


def test_le_json_est_celui_de_l_api(fichier, capsys):
    assert principal(["droits", fichier, "--date", "2026-11-23", "--json"]) == 0
    bilan = json.loads(capsys.readouterr().out)
    assert set(bilan) == {"date", "version_regles", "mention", "resultats", "totaux"}
    assert set(bilan["totaux"]) == {"a_demander_par_mois", "a_demander_par_an", "une_fois", "deja_recu_par_mois"}
    attendues = {
        "droit", "pour", "etat", "montant", "periodicite", "modalite", "deja_recu",
        "motifs", "a_verifier", "manque", "exclut", "ouvre_le",
    }  # fmt: skip
    assert all(set(r) == attendues for r in bilan["resultats"])


def test_pourquoi_montre_les_raisons_et_les_grandeurs(fichier, capsys):
    assert principal(["droits", fichier, "--date", "2026-11-23", "--pourquoi", "rsa"]) == 0
    sortie = capsys.readouterr().out
    assert "Raison" in sortie and "Montant" in sortie
    assert "€" in sortie


@pytest.mark.parametrize(
    ("arguments", "attendu"),
    [
        (["droits", "absent.yaml"], "fichier illisible"),
        (["droits", "{fichier}", "--pourquoi", "rien"], "n'existe pas"),
        (["droits", "{mauvais}"], "rien n'a été calculé"),
    ],
)
def test_une_entree_refusee_rend_2_et_un_message(fichier, tmp_path, capsys, arguments, attendu):
    mauvais = tmp_path / "mauvais.yaml"
    mauvais.write_text("personnes: [", encoding="utf-8")
    complets = [a.format(fichier=fichier, mauvais=mauvais) for a in arguments]
    assert principal(complets) == 2
    assert attendu in capsys.readouterr().err


def test_une_date_mal_ecrite_dit_comment_l_ecrire(fichier, capsys):
    with pytest.raises(SystemExit) as sortie:
        principal(["droits", fichier, "--date", "demain"])
    assert sortie.value.code == 2
    assert "AAAA-MM-JJ" in capsys.readouterr().err


@pytest.mark.parametrize("nom", ["situation", "reglement"])
def test_le_schema_json_s_affiche(nom, capsys):
    assert principal(["schema", nom]) == 0
    assert json.loads(capsys.readouterr().out)["type"] == "object"


def test_la_console_ne_charge_pas_django():
    code = "import sys, pleinsdroits.droits.console; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_les_fiches_sont_controlees(capsys):
    assert principal(["fiches"]) == 0
    assert "fiches valides" in capsys.readouterr().out
