"""
Les pièges 3, 12, 14, 20, 22 et 24 de notre relevé : revenu fiscal absent, entrée dans les lieux, complémentaire santé.

Calcul au 23 novembre 2026 : M est novembre 2026, M-2 septembre 2026, M-13 octobre 2025.
"""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import Period
from openfisca_france.model.prestations.minima_sociaux.cs import ressources as module_importe

from pleinsdroits.droits.moteur.calcul import calculer
from pleinsdroits.droits.moteur.evaluation import evaluer
from pleinsdroits.droits.moteur.resultats import Etat, Resultat
from pleinsdroits.droits.moteur.schema import ENTREES
from pleinsdroits.droits.moteur.systeme import systeme
from pleinsdroits.droits.moteur.tests.exemples_regles import JOUR, situation
from pleinsdroits.droits.moteur.tests.temoin import temoigner
from pleinsdroits.droits.situation.modele import Situation

VILLE = Path(__file__).parents[4] / "villes" / "ivry"
RSA, BMAF_JANVIER = 651.69, 474.37
FORFAIT = 12 * 0.12 * RSA  # CSS R861-5 et R861-7 : douze mois de 12 % du RSA d'une personne seule, soit 938,43 €
COLLEGIEN = {"id": "enfant", "lien": "enfant", "naissance": "2014-03-02", "scolarite": "college", "autre_parent": "decede"}  # fmt: skip
RESSOURCES = "css_cmu_base_ressources"
FENETRE, FORFAIT_RETIRE = frozenset({"css_fenetre"}), frozenset({"css_forfait"})


def foyer(*autres: dict, rfr: float | None = 0, logement: dict | None = None, **moi) -> Situation:
    """Une personne sans travail ni épargne ; ``rfr=None`` : sans avis d'imposition."""
    avis = [] if rfr is None else [{"personnes": ["moi"], "annee": 2024, "rfr": rfr, "parts": 1 + len(autres)}]
    moi = {"activite": "sans_activite", **moi}
    return situation(*autres, moi=moi, logement={"loyer": 400, **(logement or {})}, patrimoine={}, avis=avis)


def gagne_en(mois: str, logement: dict | None = None) -> Situation:
    """1 200 € nets, ce mois-là seulement."""
    revenus = [{"type": "salaire", "montant": 1200, "de": mois, "a": mois}]
    return foyer(activite="salarie", revenus=revenus, logement=logement)


def droits(foyers: list[Situation], droit: str) -> list[Resultat]:
    """La réponse de ``droit`` pour la personne qui demande, foyer par foyer."""
    bilans = calculer(foyers, JOUR, ville=VILLE)
    return [next(r for r in b.droit(droit) if r.pour) for b in bilans]


def ressources_css(sans: frozenset[str] = frozenset(), **foyers: Situation) -> dict[str, float]:
    """Les ressources comptées pour la complémentaire santé (€ sur douze mois), sans les corrections nommées."""
    valeurs = evaluer(list(foyers.values()), JOUR, [RESSOURCES], base=systeme(sans))
    return {nom: round(v.de(RESSOURCES, "moi"), 2) for nom, v in zip(foyers, valeurs, strict=True)}


def test_piege_3_sans_avis_d_impot_le_cheque_energie_attend_la_reponse():
    """
    OpenFisca nu lit un revenu fiscal de 0 € et rend le chèque maximal, 194 €. Chez nous : « il manque une réponse », sans
    montant. Avec l'avis : 48 € de 7 700 à 10 800 € par unité, rien au-dessus du plafond (C. énergie R124-1).
    """
    (nu,) = temoigner([foyer(rfr=None)], JOUR, ["cheque_energie"])
    assert nu["cheque_energie"] == [194]
    sans, avec, riche = droits([foyer(rfr=None), foyer(rfr=8000), foyer(rfr=12_000)], "cheque_energie")
    assert (sans.etat, sans.montant, [m.champ for m in sans.manque]) == (Etat.A_COMPLETER, None, ["avis"])
    assert avec.montant == 48
    assert (riche.etat, riche.montant) == (Etat.NON, None)


def test_piege_3_sans_avis_d_impot_la_bourse_attend_la_reponse():
    """
    OpenFisca nu rend la bourse de collège la plus haute : 110,75 % de la BMAF de janvier, arrondi à un multiple de trois
    (C. éduc. D531-7), soit 525 € par an. Chez nous il manque une réponse ; à 15 000 € de revenu fiscal, 120 € (25,6 %).
    """
    (nu,) = temoigner([foyer(COLLEGIEN, rfr=None)], JOUR, ["bourse_college"])
    assert nu["bourse_college"][0] == round(1.1075 * BMAF_JANVIER / 3) * 3 == 525
    sans, avec = droits([foyer(COLLEGIEN, rfr=None), foyer(COLLEGIEN, rfr=15_000)], "bourse_college")
    assert (sans.etat, sans.montant, [m.champ for m in sans.manque]) == (Etat.A_COMPLETER, None, ["avis"])
    assert avec.montant == round(Decimal("0.256") * Decimal(str(BMAF_JANVIER)) / 3) * 3 == 120


@pytest.mark.parametrize(
    ("entree", "visale", "locapass"),
    [
        (None, Etat.NON, Etat.NON),
        ("2026-12-15", Etat.PROBABLE, Etat.PROBABLE),
        ("2026-10-15", Etat.NON, Etat.PROBABLE),
        ("2026-08-15", Etat.NON, Etat.NON),
    ],
)
def test_piege_12_visale_et_loca_pass_attendent_une_entree_dans_les_lieux(entree, visale, locapass):
    """
    Visale se demande avant d'entrer, Loca-Pass jusqu'à deux mois après (CCH L313-3 et conventions d'Action Logement).
    Sans date, OpenFisca croit que l'on est entré en 1970 : un jeune salarié n'y aurait jamais droit.
    """
    logement = {"statut": "locataire_vide", "loyer": 600, "entree": entree}
    salaire = {"activite": "salarie", "revenus": [{"type": "salaire", "montant": 1400}]}
    jeune = foyer(naissance="2001-03-10", logement=logement, **salaire)
    (bilan,) = calculer([jeune], JOUR, ville=VILLE)
    assert [bilan.droit(d)[0].etat for d in ("visale", "locapass")] == [visale, locapass]


def test_piege_14_le_membre_parasite_d_etat_logement_n_est_ni_declare_ni_propose():
    """``order__`` est un reste de Python 2, qu'OpenFisca prend pour une réponse ; nulle autre liste déclarée n'en a."""
    variables = systeme().variables
    assert "order__" in [membre.name for membre in variables["etat_logement"].possible_values]
    declarees = [e.variable for e in ENTREES]
    assert "etat_logement" not in declarees
    listees = [v.possible_values for v in (variables[nom] for nom in declarees) if v.value_type is Enum]
    assert len(listees) >= 5
    assert not [m for valeurs in listees for m in valeurs if m.name.strip("_") == "order"]
    assert "order" not in json.dumps(Situation.model_json_schema())


def test_piege_20_le_forfait_logement_de_la_css_suit_ce_que_l_on_paie():
    """
    L'avantage d'un logement gratuit vaut 938,43 € sur douze mois (CSS R861-5, R861-7). Il ne vise pas qui paie sa part
    chez quelqu'un ; il vise l'accédant sans aide au logement. Le modèle faisait l'inverse.
    """
    foyers = {
        "heberge": foyer(logement={"statut": "heberge", "loyer": 0}),
        "paie_sa_part": foyer(logement={"statut": "heberge", "loyer": 0, "participe_frais": True}),
        "accedant": foyer(logement={"statut": "accedant", "loyer": 600, "pret_date": "2020-01-01"}),
    }
    forfait = round(FORFAIT, 2)
    assert ressources_css(**foyers) == {"heberge": forfait, "paie_sa_part": 0, "accedant": forfait}
    nues = ressources_css(FORFAIT_RETIRE, **foyers)
    assert nues == {"heberge": forfait, "paie_sa_part": forfait, "accedant": 0}


def test_piege_22_corriger_le_module_importe_n_a_aucun_effet(monkeypatch):
    """
    OpenFisca charge ses formules sous un autre nom de module : y remplacer ``compute_previous_year`` ne change rien.
    Récrire la formule (``avec``) compte bien les 1 200 € du mois M-13 (CSS R861-8).
    """
    octobre_2025 = gagne_en("2025-10", {"statut": "sans_domicile", "loyer": 0})
    monkeypatch.setattr(
        module_importe,
        "compute_previous_year",
        lambda period: Period(("year", period.start, 1)).offset(-1).offset(-1, "month"),
    )
    assert ressources_css(FENETRE, octobre_2025=octobre_2025) == {"octobre_2025": 0}
    assert ressources_css(octobre_2025=octobre_2025) == {"octobre_2025": 1200}


def test_piege_24_la_css_regarde_les_mois_m_13_a_m_2():
    """CSS R861-8 : un salaire d'octobre 2025 (M-13) compte, celui d'octobre 2026 (M-1) non. Le modèle faisait l'inverse."""
    mois = {"m_14": "2025-09", "m_13": "2025-10", "m_2": "2026-09", "m_1": "2026-10"}
    foyers = {nom: gagne_en(m, {"statut": "sans_domicile", "loyer": 0}) for nom, m in mois.items()}
    assert ressources_css(**foyers) == {"m_14": 0, "m_13": 1200, "m_2": 1200, "m_1": 0}
    assert ressources_css(FENETRE, **foyers) == {"m_14": 0, "m_13": 0, "m_2": 1200, "m_1": 1200}


@pytest.mark.parametrize(
    ("autres", "rfr", "etat"),
    [
        ([], 10_999, Etat.PROBABLE),
        ([], 11_000, Etat.NON),
        ([COLLEGIEN], 16_499, Etat.PROBABLE),
        ([COLLEGIEN], 16_500, Etat.NON),
    ],
)
def test_piege_24_le_cheque_energie_s_arrete_a_11_000_euros_par_unite(autres, rfr, etat):
    """
    Revenu fiscal inférieur à 11 000 € par unité de consommation : une pour la première personne, une demie pour la
    deuxième (C. énergie R124-1). À deux : 16 500 €. Les tranches du modèle s'arrêtent à 10 800 € : pas de montant.
    """
    (cheque,) = droits([foyer(*autres, rfr=rfr)], "cheque_energie")
    assert cheque.etat is etat
    assert cheque.montant is None
