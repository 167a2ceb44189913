"""« pleinsdroits et-si » : la liste, la comparaison, le JSON, les refus."""

import json

import pytest

from pleinsdroits.droits.console import principal
from pleinsdroits.droits.moteur.tests.test_calculer import EXEMPLES

FICHIER = str(next(c for c in EXEMPLES if c.stem == "parent_isole_temps_partiel"))
ESSAI = ["et-si", FICHIER, "--date", "2026-11-23"]


def test_sans_changement_la_liste_de_ce_que_l_on_peut_changer(capsys):
    assert principal(ESSAI) == 0
    sortie = capsys.readouterr().out
    assert "salaire=…" in sortie and "couple.forme=…" in sortie and "une valeur parmi aine, cadette" in sortie
    assert "fin_chomage" not in sortie


def test_la_comparaison_se_lit(capsys):
    assert principal([*ESSAI, "--changer", "salaire=1400"]) == 0
    sortie = capsys.readouterr().out
    assert "LE PREMIER MOIS" in sortie and "QUAND TOUT SERA PRIS EN COMPTE" in sortie
    assert "Prime d’activité" in sortie and "de plus par mois" in sortie
    assert "L311-3-1" in sortie


def test_le_json_donne_les_mouvements_et_les_sommes(capsys):
    assert principal([*ESSAI, "--changer", "loyer=300", "--json"]) == 0
    essai = json.loads(capsys.readouterr().out)
    assert essai["a_terme"] is None
    assert essai["changements"] == [{"nom": "loyer", "valeurs": {"loyer": 300.0}}]
    mois = essai["premier_mois"]
    assert mois["gain"] == pytest.approx(mois["apres"]["reste"] - mois["avant"]["reste"])
    aide = next(m for m in mois["mouvements"] if m["droit"] == "aide_logement")
    assert (aide["sens"], aide["ecart"]) == ("baisse", pytest.approx(aide["apres"] - aide["avant"]))


def test_plusieurs_valeurs_d_un_meme_changement(capsys):
    assert principal([*ESSAI, "--changer", "couple.forme=pacse", "--changer", "couple.salaire=900", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["changements"] == [
        {"nom": "couple", "valeurs": {"forme": "pacse", "salaire": 900.0}}
    ]


@pytest.mark.parametrize(
    ("demandes", "attendu"),
    [
        (["gagner=900"], "donnez un nom parmi salaire, "),
        (["salaire=beaucoup"], "salaire.salaire (reçu : beaucoup) : un montant en euros par mois, de 0 à 10000"),
        (["salaire"], "de 0 à 10000"),
        (["fin_chomage"], "sans objet pour ce foyer. Possibles : salaire, "),
        (["depart_enfant=voisin"], "une valeur parmi aine, cadette"),
        (["separation=avec_moi"], "sans objet"),
        (["couple.age=30", "couple.forme=pacse"], "une valeur parmi forme, salaire"),
        (["fin_chomage=3"], "sans objet"),
    ],
)
def test_un_changement_faux_rend_2_et_dit_ce_qui_est_permis(capsys, demandes, attendu):
    options = [mot for demande in demandes for mot in ("--changer", demande)]
    assert principal([*ESSAI, *options]) == 2
    assert attendu in capsys.readouterr().err
