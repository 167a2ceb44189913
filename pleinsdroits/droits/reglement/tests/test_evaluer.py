"""Trois règlements de formes différentes, évalués sur des cas calculés à la main."""

from datetime import date

import pytest

from pleinsdroits.droits.reglement.evaluation import EtatEvaluation as Etat
from pleinsdroits.droits.reglement.evaluation import Sort
from pleinsdroits.droits.reglement.evaluer import ReglementInapplicable
from pleinsdroits.droits.reglement.modele import Reglement
from pleinsdroits.droits.reglement.tests.exemples import brut, d, enfant, foyer, ligne, repondre

COUPLE = {"id": "lui", "lien": "conjoint", "naissance": "1985-01-01", "revenus": []}


def test_le_reste_a_vivre_se_calcule_par_jour_et_par_personne():
    """982 + 400 − 600 de loyer − 289,85 de charges… = 462,15 € ; ÷ 30 ÷ 3 = 5,135 → 5,14 €."""
    evaluation = repondre(
        "epicerie_par_personne",
        foyer(
            salaire=982,
            personnes=[enfant("a"), enfant("b")],
            logement={"loyer": 500, "charges": 100},
            charges=[{"nature": "energie", "montant": 119.85}],
            prestations=[{"droit": "af", "montant": 200}, {"droit": "aide_logement", "montant": 0}],
        ),
    )
    assert evaluation.grandeur.brute == d("462.15") / 30 / 3
    assert evaluation.grandeur.valeur == d("5.14")
    assert evaluation.etat is Etat.ACCORDE_POSSIBLE
    assert (evaluation.montant, evaluation.au_plus) == (None, d("50"))
    assert "5,14" in str(evaluation.motifs[0])


def test_une_personne_seule_a_le_credit_fixe():
    evaluation = repondre("epicerie_par_personne", foyer(salaire=269))
    assert (evaluation.grandeur.valeur, evaluation.montant) == (d("8.97"), d("20"))
    assert evaluation.periodicite == "mois"


def test_neuf_euros_pile_est_refuse_car_le_seuil_est_strict():
    evaluation = repondre("epicerie_par_personne", foyer(salaire=270))
    assert evaluation.etat is Etat.REFUSE
    assert evaluation.articles == ("1",)
    assert str(evaluation.motifs[1]) == "Pour cette aide, il faut moins de 9\u00a0€."


def test_le_refus_dit_de_combien_on_depasse():
    evaluation = repondre("epicerie_par_personne", foyer(salaire=600))
    assert [str(m) for m in evaluation.motifs] == [
        "Il vous reste 20\u00a0€ par jour et par personne pour vivre.",
        "Pour cette aide, il faut moins de 9\u00a0€\u00a0: l’écart est de 11\u00a0€.",
    ]


def test_chaque_ligne_dit_son_sort_et_son_article():
    evaluation = repondre(
        "epicerie_par_personne",
        foyer(
            salaire=900,
            logement={"loyer": 500},
            charges=[{"nature": "telephone", "montant": 45}, {"nature": "autre", "montant": 80}],
            dettes=[{"nature": "credit", "mensualite": 60}, {"nature": "impots", "mensualite": 20}],
            prestations=[{"droit": "aide_logement", "montant": 200}],
        ),
    )
    sorts = {li.nature: (li.sort, li.retenu, li.articles) for li in evaluation.lignes}
    assert sorts == {
        "salaire": (Sort.RETENUE, d("900"), ("3",)),
        "aide_logement": (Sort.EXCLUE, d("0"), ("4",)),
        "loyer": (Sort.RETENUE, d("300"), ("4",)),
        "telephone": (Sort.PLAFONNEE, d("30"), ()),
        "autre": (Sort.EXCLUE, d("0"), ("6",)),
        "dette_credit": (Sort.RETENUE, d("60"), ("7",)),
        "dette_impots": (Sort.EXCLUE, d("0"), ("7",)),
    }
    assert ligne(evaluation, "telephone").montant == d("45")
    assert evaluation.grandeur.brute == d("510") / 30


def test_ce_que_le_texte_ne_dit_pas_est_montre_comme_suppose():
    evaluation = repondre("epicerie_par_personne", foyer(salaire=200, charges=[{"nature": "telephone", "montant": 10}]))
    textes = [str(h) for h in evaluation.hypotheses]
    assert any("Téléphone" in t for t in textes)
    assert any("résultat négatif" in t for t in textes)
    assert not any("montant" in t for t in textes if "arrondi" not in t)


def test_la_ligne_muette_ne_bloque_pas_si_elle_ne_change_rien():
    situation = foyer(salaire=200, charges=[{"nature": "garde", "montant": 50}])
    evaluation = repondre("epicerie_par_personne", situation)
    assert evaluation.etat is Etat.ACCORDE_POSSIBLE
    assert len(evaluation.grandeurs) == 2
    assert evaluation.grandeur is None


def test_la_ligne_muette_qui_change_la_reponse_rend_indetermine():
    situation = foyer(salaire=290, charges=[{"nature": "garde", "montant": 50}])
    evaluation = repondre("epicerie_par_personne", situation)
    assert evaluation.etat is Etat.INDETERMINE
    assert "Garde d’enfant" in str(evaluation.motifs[0])
    assert "1" in evaluation.articles


def test_une_nature_comptee_et_exclue_est_une_contradiction_qui_cite_les_deux_articles():
    document = brut("epicerie_par_personne")
    document["comptes"]["budget"]["charges"]["postes"]["exclure"].append({"natures": ["mutuelle"], "article": "12"})
    situation = foyer(salaire=290, charges=[{"nature": "mutuelle", "montant": 50}])
    evaluation = repondre(Reglement.model_validate(document), situation)
    assert evaluation.etat is Etat.INDETERMINE
    assert {"5", "12"} <= set(evaluation.articles)


def test_un_enfant_en_garde_alternee_dont_le_texte_ne_dit_rien_rend_indetermine():
    evaluation = repondre("epicerie_par_personne", foyer(salaire=300, personnes=[enfant("a", garde_alternee=True)]))
    assert evaluation.etat is Etat.INDETERMINE
    assert evaluation.articles == ("2",)


def test_la_frequence_annuelle_ferme_l_aide():
    evaluation = repondre("epicerie_par_personne", foyer(salaire=100), deja_aide=2)
    assert evaluation.etat is Etat.REFUSE
    assert "2 fois" in str(evaluation.motifs[0])


@pytest.mark.parametrize(("mois", "montant"), [(9, "85"), (10, "170"), (3, "170"), (4, "85")])
def test_l_allocation_double_d_octobre_a_mars(mois, montant):
    """droits.md §5 : 85 € par mois, et 85 € de plus d'octobre à mars."""
    evaluation = repondre("plafond_de_ressources", foyer(salaire=900, commune="94080"), jour=date(2026, mois, 15))
    assert evaluation.montant == d(montant)


@pytest.mark.parametrize(
    ("salaire", "conjoint", "etat"),
    [
        (924.99, None, Etat.ACCORDE_POSSIBLE),
        (925, None, Etat.REFUSE),
        (1249.99, COUPLE, Etat.ACCORDE_POSSIBLE),
        (1250, COUPLE, Etat.REFUSE),
    ],
)
def test_le_plafond_depend_de_la_vie_de_couple(salaire, conjoint, etat):
    situation = foyer(
        salaire=salaire, commune="94080", personnes=[conjoint] if conjoint else [], couple="marie" if conjoint else None
    )
    assert repondre("plafond_de_ressources", situation).etat is etat


def test_une_derogation_motivee_rouvre_un_refus_du_bareme_et_le_dit():
    refus = repondre("plafond_de_ressources", foyer(salaire=1000, commune="94080"))
    assert (refus.etat, refus.derogation_possible, refus.derogation) == (Etat.REFUSE, True, False)
    derogation = repondre("plafond_de_ressources", foyer(salaire=1000, commune="94080"), derogation="lunettes cassées")
    assert (derogation.etat, derogation.au_plus, derogation.derogation) == (Etat.ACCORDE_POSSIBLE, d("85"), True)
    assert any("lunettes cassées" in str(m) for m in derogation.motifs)


def test_une_derogation_ne_remplace_pas_une_condition():
    evaluation = repondre("plafond_de_ressources", foyer(salaire=10, commune="94041"), derogation="urgence")
    assert evaluation.etat is Etat.REFUSE
    assert "Vincennes" in str(evaluation.motifs[0])


def test_le_revenu_d_un_enfant_n_est_pas_compte_quand_le_texte_vise_le_couple():
    grand = {
        "id": "fils",
        "lien": "enfant",
        "naissance": "2004-01-01",
        "revenus": [{"type": "salaire", "montant": 1500}],
    }
    evaluation = repondre("plafond_de_ressources", foyer(salaire=900, commune="94080", personnes=[grand]))
    assert evaluation.grandeur.valeur == d("900")
    assert evaluation.etat is Etat.ACCORDE_POSSIBLE


def test_un_revenu_arrete_compte_pour_les_mois_ou_il_a_ete_recu():
    """600 € en août et septembre, rien en octobre : 400 € de moyenne sur trois mois, quotient 200."""
    revenus = [{"type": "salaire", "montant": 600, "a": "2026-09"}]
    evaluation = repondre(
        "quotient_par_tranches", foyer(moi={"revenus": revenus}), habite_depuis=date(2020, 1, 1), montant=10
    )
    assert evaluation.grandeur.valeur == d("200")


@pytest.mark.parametrize(("choix", "valeur"), [("garder", "-3.33"), ("zero", "0")])
def test_un_reste_negatif_suit_la_regle_declaree(choix, valeur):
    document = brut("epicerie_par_personne")
    document["comptes"]["budget"]["si_negatif"]["choix"] = choix
    situation = foyer(salaire=100, charges=[{"nature": "energie", "montant": 200}])
    assert repondre(Reglement.model_validate(document), situation).grandeur.valeur == d(valeur)


def test_un_reste_negatif_dont_le_texte_ne_dit_rien_rend_indetermine():
    document = brut("epicerie_par_personne")
    document["comptes"]["budget"]["si_negatif"]["choix"] = "indetermine"
    situation = foyer(salaire=100, charges=[{"nature": "energie", "montant": 200}])
    assert repondre(Reglement.model_validate(document), situation).etat is Etat.INDETERMINE


def test_les_unites_de_consommation_suivent_l_insee():
    """Deux adultes, un enfant de 8 ans, un de 15 : 1 + 0,5 + 0,3 + 0,5 = 2,3."""
    document = brut("epicerie_par_personne")
    document["comptes"]["budget"]["diviseur"] |= {"par": "unite_consommation"}
    personnes = [COUPLE, enfant("a"), enfant("b", "2011-01-01")]
    evaluation = repondre(Reglement.model_validate(document), foyer(salaire=690, couple="pacse", personnes=personnes))
    assert (evaluation.grandeur.diviseur, evaluation.grandeur.valeur) == (d("2.3"), d("10.00"))


def test_un_montant_inconnu_se_demande_et_rien_n_est_calcule():
    evaluation = repondre("epicerie_par_personne", foyer(salaire=100, charges=[{"nature": "energie", "montant": None}]))
    assert (evaluation.etat, evaluation.grandeurs) == (Etat.A_COMPLETER, ())
    assert [m.champ for m in evaluation.manque] == ["situation.charges.0.montant"]


def test_une_aide_arretee_le_dit():
    document = brut("epicerie_par_personne")
    document["aides"][0]["fermee_le"] = date(2026, 9, 30)
    evaluation = repondre(Reglement.model_validate(document), foyer(salaire=100))
    assert str(evaluation.motifs[0]) == "Cette aide s’est arrêtée le 30\u00a0septembre\u00a02026."


def test_un_reglement_ne_repond_pas_avant_sa_date_d_effet():
    with pytest.raises(ReglementInapplicable, match="s'applique du 1er"):
        repondre("quotient_par_tranches", foyer(), jour=date(2025, 12, 31))


def test_une_aide_inconnue_donne_la_liste_de_celles_qui_existent():
    with pytest.raises(ReglementInapplicable, match="une aide parmi facture"):
        repondre("quotient_par_tranches", foyer(), aide="vacances")
