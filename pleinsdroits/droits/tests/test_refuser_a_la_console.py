"""Une entrée fausse, à la console : code 2, un message qui dit quoi corriger, rien de calculé, rien de technique."""

import pytest

from pleinsdroits.droits.console import principal
from pleinsdroits.droits.tests.entrees_fausses import ENTREES_FAUSSES


@pytest.mark.parametrize("nom", ENTREES_FAUSSES)
def test_la_console_dit_le_champ_la_valeur_et_ce_qui_est_permis(tmp_path, capsys, nom):
    texte, champ, valeur, permis = ENTREES_FAUSSES[nom]
    fichier = tmp_path / "foyer.yaml"
    fichier.write_text(texte, encoding="utf-8")
    assert principal(["droits", str(fichier)]) == 2
    sortie = capsys.readouterr()
    assert all(mots in sortie.err for mots in (champ, valeur, permis, "rien n'a été calculé"))
    assert sortie.out == "" and "Traceback" not in sortie.err
    assert len(sortie.err.strip().splitlines()) == 2


@pytest.mark.parametrize("jour", ["0001-01-01", "2020-12-31", "2029-01-01", "9999-12-31"])
@pytest.mark.parametrize("commande", ["droits", "parametres"])
def test_la_console_refuse_un_jour_que_nos_regles_ne_couvrent_pas(tmp_path, capsys, commande, jour):
    fichier = tmp_path / "foyer.yaml"
    fichier.write_text(ENTREES_FAUSSES["champ inconnu"][0], encoding="utf-8")
    arguments = [commande, *([str(fichier)] if commande == "droits" else []), "--date", jour]
    assert principal(arguments) == 2
    sortie = capsys.readouterr()
    assert sortie.out == ""
    assert sortie.err.splitlines() == [
        f"--date (reçu : {jour}) : un jour du 1er\u00a0janvier\u00a02021 au 31\u00a0décembre\u00a02028, que nos règles couvrent.",
        "Rien n'a été calculé.",
    ]


def test_un_yaml_mal_forme_dit_la_ligne(tmp_path, capsys):
    fichier = tmp_path / "foyer.yaml"
    fichier.write_text("personnes:\n  - {id: moi\nlogement: [", encoding="utf-8")
    assert principal(["droits", str(fichier)]) == 2
    erreur = capsys.readouterr().err
    assert "ligne 3" in erreur and "un YAML bien formé" in erreur
