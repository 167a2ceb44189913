"""Un règlement se lit en français, point par point ; ce qui change d'un texte à l'autre aussi."""

import copy
from pathlib import Path

import pytest

from pleinsdroits.droits.reglement.dire import Changement, changements, dire_l_aide
from pleinsdroits.droits.reglement.lecture import lire_reglement
from pleinsdroits.droits.reglement.modele import Reglement
from pleinsdroits.droits.reglement.tests.exemples import brut, lire

VILLES = Path(__file__).parents[4] / "villes"
FICHIERS = sorted(VILLES.glob("*/reglement/*.yaml"))


def dit(reglement: Reglement, ident: str | None = None) -> list[str]:
    aide = reglement.aide(ident) if ident else reglement.aides[0]
    return [str(p.texte).replace("\u00a0", " ") for p in dire_l_aide(reglement, aide)]


@pytest.mark.parametrize("fichier", FICHIERS, ids=lambda f: f.stem)
def test_chaque_aide_de_chaque_ville_se_lit_sans_trou_ni_accolade(fichier):
    reglement = lire_reglement(fichier.read_bytes())
    for aide in reglement.aides:
        phrases = dit(reglement, aide.id)
        assert phrases and all(p.endswith((".", ")")) and "{" not in p and "None" not in p for p in phrases)


def test_les_tranches_disent_leur_public_leurs_bornes_et_leur_montant():
    phrases = dit(lire("plafond_de_ressources"))
    assert (
        "Personne seule sous 925 € (sans conjoint, moins de 925 €) : 85 €, 85 € de plus en octobre, novembre, décembre, janvier, février, mars."
        in phrases
    )
    assert "Exception possible, jusqu’à 85 € : dépense de santé imprévue." in phrases
    assert "Tranche 1 (moins de 300 €) : 80 % de la somme demandée, jusqu’à 200 €." in dit(
        lire("quotient_par_tranches")
    )


def test_la_formule_et_les_plafonds_de_poste_se_disent():
    phrases = dit(lire("epicerie_par_personne"))
    assert "Téléphone et internet : on compte jusqu’à 30 € par mois." in phrases
    assert any("divisé par 30 jours, divisé par le nombre de personnes" in p for p in phrases)


def test_un_point_suppose_ne_passe_pas_pour_un_article():
    points = dire_l_aide(lire("quotient_par_tranches"), lire("quotient_par_tranches").aides[0])
    assert all(p.articles or p.suppose for p in points if p.rubrique != "Papiers à donner")


def test_un_meme_texte_ne_change_rien():
    assert changements(lire("quotient_par_tranches"), lire("quotient_par_tranches")) == ()


def test_un_seuil_change_une_aide_nouvelle_une_aide_qui_disparait():
    document = brut("quotient_par_tranches")
    autre = {**copy.deepcopy(document["aides"][0]), "id": "autre", "nom": "Autre aide"}
    avant = Reglement.model_validate({**document, "aides": [*document["aides"], autre]})
    document["aides"][0]["plafond"]["montant"] = 400
    nouvelle = {**copy.deepcopy(document["aides"][0]), "id": "neuve", "nom": "Aide neuve"}
    apres = Reglement.model_validate({**document, "aides": [document["aides"][0], nouvelle]})
    trouves = [
        Changement(c.aide, c.rubrique, c.avant.replace("\u00a0", " "), c.apres.replace("\u00a0", " "))
        for c in changements(avant, apres)
    ]
    assert trouves == [
        Changement("Aide à la facture", "Limites", "250 € par an et par foyer au plus.", "400 € par an et par foyer au plus."),
        Changement("Autre aide", "", "Cette aide disparaît.", ""),
        Changement("Aide neuve", "", "", "Cette aide est nouvelle."),
    ]  # fmt: skip
