"""
Un témoin écrit à part, sur OpenFisca-France tel que publié : tout écart avec notre calcul a le nom d'une correction.
Le détail des comptes s'affiche par ``make bench QUOI=temoin``.
"""

from datetime import date

import pytest

from pleinsdroits.droits.moteur.calcul import sorties_demandees
from pleinsdroits.droits.moteur.correctifs import CORRECTIFS
from pleinsdroits.droits.moteur.evaluation import evaluer
from pleinsdroits.droits.moteur.population import situations
from pleinsdroits.droits.moteur.systeme import sans_corrections, systeme
from pleinsdroits.droits.moteur.tests.attribution import Attribution, attribuer
from pleinsdroits.droits.moteur.tests.exemples_regles import situation as foyer
from pleinsdroits.droits.moteur.tests.temoin import temoigner
from pleinsdroits.droits.situation.modele import Situation

JOUR = date(2026, 11, 23)
# Né le 2 décembre 2008 : le modèle lui donne dix-huit ans un mois trop tôt, ou non, selon ce qu'il calcule avant.
NE_LE_DEUX = foyer(
    {"id": "aine", "lien": "enfant", "naissance": "2008-12-02", "scolarite": "lycee", "autre_parent": "decede"},
    moi={"activite": "sans_activite"},
    logement={"loyer": 500},
    avis=[{"personnes": ["moi"], "annee": 2024, "rfr": 0, "parts": 1.5}],
    patrimoine={},
)
FOYERS = [*situations(204, jour=JOUR, graine=3), NE_LE_DEUX]
SEULS = situations(15, jour=JOUR, graine=4)


@pytest.fixture(scope="module")
def attribution() -> Attribution:
    return attribuer(FOYERS, JOUR, sorties_demandees())


def test_deux_cents_foyers_et_aucun_ecart_sans_nom(attribution):
    """Corrections retirées, le témoin et nous sommes d'accord sur tout ; remises, chaque écart a sa cause."""
    assert attribution.comparees > 25_000
    assert attribution.ecarts
    assert attribution.inexpliques == []


@pytest.mark.parametrize("nom", [c.nom for c in CORRECTIFS if not c.technique])
def test_chaque_correction_se_voit_chez_un_foyer_au_moins(attribution, nom):
    """Une correction qui ne change rien nulle part serait inutile, ou ne serait pas essayée."""
    assert attribution.par_correction[nom] > 0


def test_l_aide_au_logement_ne_change_que_pour_les_etudiants_etrangers(attribution):
    """Un exemple de ce que l'attribution sait dire, foyer par foyer."""
    causes = {noms for (_, variable, _), noms in attribution.ecarts.items() if variable == "aide_logement"}
    assert causes == {("al_etudiants",)}


def test_quinze_foyers_un_par_un():
    """Chacun dans sa propre simulation, des deux côtés : ni lot, ni schéma partagé."""
    for situation in SEULS:
        (seul,) = temoigner([situation], JOUR, sorties_demandees())
        assert _de_nous(situation) == {nom: pytest.approx(valeurs, abs=0.005) for nom, valeurs in seul.items()}


def _de_nous(situation: Situation) -> dict[str, list]:
    (valeurs,) = evaluer([situation], JOUR, sorties_demandees(), base=systeme(sans_corrections()))
    return {nom: [valeurs.de(nom, p.id) for p in situation.personnes] for nom in sorties_demandees()}


def _loyer(s: Situation) -> Situation:
    return s.model_copy(update={"logement": s.logement.model_copy(update={"loyer": (s.logement.loyer or 0) + 20})})


def _revenus(s: Situation) -> Situation:
    return s.model_copy(update={"personnes": [p.model_copy(update={"revenus": []}) for p in s.personnes]})


def _avis(s: Situation) -> Situation:
    return s.model_copy(update={"avis": [a.model_copy(update={"rfr": (a.rfr or 0) + 500}) for a in s.avis]})


def _rattachement(s: Situation) -> Situation:
    return s.model_copy(update={"couple": "union_libre"} if s.couple else {})


@pytest.mark.parametrize("abimer", [_loyer, _revenus, _avis, _rattachement])
def test_une_declaration_fausse_se_verrait(abimer):
    """Le témoin n'est pas d'accord par construction : une seule entrée déplacée le fait tomber."""
    fausses = [abimer(s) for s in SEULS]
    vrais = temoigner(SEULS, JOUR, sorties_demandees())
    faux = evaluer(fausses, JOUR, sorties_demandees(), base=systeme(sans_corrections()))
    differences = [
        nom
        for situation, vrai, nous in zip(SEULS, vrais, faux, strict=True)
        for nom in sorties_demandees()
        if [nous.de(nom, p.id) for p in situation.personnes] != pytest.approx(vrai[nom], abs=0.005)
    ]
    assert differences
