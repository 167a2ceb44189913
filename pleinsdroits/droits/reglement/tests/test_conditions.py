"""Les conditions d'une aide, et le choix du barème qui vise un foyer."""

import pytest

from pleinsdroits.droits.reglement.evaluation import EtatEvaluation as Etat
from pleinsdroits.droits.reglement.modele import Reglement
from pleinsdroits.droits.reglement.tests.exemples import brut, d, enfant, foyer, repondre

COUPLE = {"id": "lui", "lien": "conjoint", "naissance": "1985-01-01", "revenus": []}


def _avec(*conditions: dict) -> Reglement:
    document = brut("epicerie_par_personne")
    document["aides"][0]["conditions"] = [{"article": "20", **c} for c in conditions]
    return Reglement.model_validate(document)


@pytest.mark.parametrize(
    ("condition", "situation", "etat"),
    [
        ({"type": "age", "au_moins": 40}, foyer(), Etat.ACCORDE_POSSIBLE),
        ({"type": "age", "au_moins": 41}, foyer(), Etat.REFUSE),
        ({"type": "age", "au_plus": 39}, foyer(), Etat.REFUSE),
        ({"type": "age", "au_plus": 10, "qui": "une_personne"}, foyer(personnes=[enfant("a")]), Etat.ACCORDE_POSSIBLE),
        ({"type": "enfant", "scolarite": ["college"]}, foyer(personnes=[enfant("a")]), Etat.REFUSE),
        ({"type": "logement", "parmi": ["heberge"]}, foyer(logement={"statut": "heberge"}), Etat.ACCORDE_POSSIBLE),
        ({"type": "logement", "parmi": ["heberge"]}, foyer(), Etat.REFUSE),
        ({"type": "logement", "parmi": ["heberge"]}, foyer(logement={"statut": None}), Etat.A_COMPLETER),
        ({"type": "percoit", "droits": ["rsa"]}, foyer(), Etat.REFUSE),
        ({"type": "percoit", "droits": ["rsa"], "sens": "aucun"}, foyer(), Etat.ACCORDE_POSSIBLE),
        (
            {"type": "percoit", "droits": ["rsa"], "sens": "aucun"},
            foyer(prestations=[{"droit": "rsa", "montant": 10}]),
            Etat.REFUSE,
        ),
    ],
)
def test_chaque_sorte_de_condition(condition, situation, etat):
    assert repondre(_avec(condition), situation).etat is etat


def test_un_refus_de_condition_cite_son_article_et_l_emporte_sur_ce_qui_manque():
    situation = foyer(charges=[{"nature": "eau", "montant": None}])
    evaluation = repondre(_avec({"type": "age", "au_moins": 60}), situation)
    assert (evaluation.etat, evaluation.articles, evaluation.manque) == (Etat.REFUSE, ("20",), ())
    assert str(evaluation.motifs[0]) == "Il faut avoir au moins 60 ans\u00a0: vous avez 40 ans."


def test_ce_qu_aucun_calcul_ne_tranche_est_dit_sans_fermer_l_aide():
    evaluation = repondre(_avec({"type": "a_verifier", "texte": "Un projet est écrit."}), foyer())
    assert evaluation.etat is Etat.ACCORDE_POSSIBLE
    assert [str(v) for v in evaluation.a_verifier] == ["Un projet est écrit."]


def test_sans_domicile_dans_un_texte_qui_n_en_parle_pas_rend_indetermine():
    situation = foyer(commune="91228", logement={"statut": "sans_domicile"})
    evaluation = repondre(_avec({"type": "residence", "commune": "91228"}), situation)
    assert (evaluation.etat, evaluation.articles) == (Etat.INDETERMINE, ("20",))


def test_le_texte_muet_sur_la_residence_n_empeche_pas_un_refus_certain_du_bareme():
    situation = foyer(salaire=3000, commune="91228", logement={"statut": "sans_domicile"})
    assert repondre(_avec({"type": "residence", "commune": "91228"}), situation).etat is Etat.REFUSE


def test_un_foyer_que_nul_bareme_ne_vise_rend_indetermine_avec_les_articles_de_l_aide():
    document = brut("epicerie_par_personne")
    del document["aides"][0]["baremes"][1]
    evaluation = repondre(Reglement.model_validate(document), foyer(salaire=10, personnes=[enfant("a")]))
    assert (evaluation.etat, evaluation.articles) == (Etat.INDETERMINE, ("1",))


def test_un_foyer_que_deux_baremes_visent_rend_indetermine():
    document = brut("epicerie_par_personne")
    document["aides"][0]["baremes"][1]["pour"] = {"personnes": {"min": 1}}
    evaluation = repondre(Reglement.model_validate(document), foyer(salaire=10))
    assert evaluation.etat is Etat.INDETERMINE
    assert "ne dit pas laquelle choisir" in str(evaluation.motifs[0])


@pytest.mark.parametrize(
    ("pour", "situation", "vise"),
    [
        ({"adultes": {"min": 2}}, foyer(couple="marie", personnes=[COUPLE]), True),
        ({"adultes": {"min": 2}}, foyer(personnes=[enfant("a")]), False),
        ({"enfants": {"min": 1, "max": 1}}, foyer(personnes=[enfant("a")]), True),
        ({"enfants": {"max": 0}}, foyer(personnes=[enfant("a")]), False),
        ({"sans_ressources": True}, foyer(), True),
        ({"sans_ressources": True}, foyer(salaire=1), False),
        ({"logement": ["heberge"]}, foyer(logement={"statut": "heberge"}), True),
        ({"sauf_logement": ["heberge"]}, foyer(logement={"statut": "heberge"}), False),
    ],
)
def test_un_bareme_choisit_son_public(pour, situation, vise):
    document = brut("epicerie_par_personne")
    document["aides"][0]["baremes"] = [{**document["aides"][0]["baremes"][0], "pour": pour}]
    etat = repondre(Reglement.model_validate(document), situation).etat
    assert etat is (Etat.ACCORDE_POSSIBLE if vise else Etat.INDETERMINE)


def test_un_montant_par_personne_est_multiplie_puis_plafonne():
    document = brut("epicerie_par_personne")
    regle = {"forme": "par_personne", "montant": 30, "plafond": 80, "article": "8"}
    document["aides"][0]["baremes"][1]["tranches"][0]["montant"] = regle
    reglement = Reglement.model_validate(document)
    montants = [repondre(reglement, foyer(personnes=[enfant(f"e{i}") for i in range(n)])).montant for n in (1, 2)]
    assert montants == [d("60"), d("80")]


def test_un_revenu_inconnu_dans_le_passe_lointain_ne_bloque_pas_le_calcul():
    moi = {"revenus": [{"type": "salaire", "montant": None, "a": "2020-01"}]}
    assert repondre("epicerie_par_personne", foyer(moi=moi)).etat is Etat.ACCORDE_POSSIBLE


def test_une_activite_independante_compte_sa_derniere_annee_connue_divisee_par_douze():
    moi = {"independant": {"regime": "micro_service", "annees": {2023: 60000, 2024: 2400, 2025: None}}}
    assert repondre("epicerie_par_personne", foyer(moi=moi)).grandeur.ressources == d("200")
