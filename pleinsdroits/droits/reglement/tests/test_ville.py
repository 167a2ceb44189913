"""Les règlements d'Ivry : exemple avoué, cantine entre son plancher et son plafond."""

from datetime import date

import pytest

from pleinsdroits.droits.reglement.couverture import defauts
from pleinsdroits.droits.reglement.evaluation import EtatEvaluation as Etat
from pleinsdroits.droits.reglement.lecture import ReglementInvalide
from pleinsdroits.droits.reglement.modele import Reglement
from pleinsdroits.droits.reglement.tests.exemples import JOUR, d, enfant, foyer, repondre
from pleinsdroits.droits.reglement.ville import (
    VILLE_PAR_DEFAUT,
    evaluer_localement,
    reglement_de,
    reglements,
    reste_a_vivre,
)

ELEVE = enfant("a", scolarite="primaire")
AIDES = [
    "local_energie",
    "local_alimentaire",
    "local_hygiene",
    "local_telephone",
    "local_secours",
    "local_avance",
    "local_epicerie",
]


@pytest.mark.parametrize("aide", AIDES)
def test_chaque_aide_facultative_est_possible_sous_le_seuil_et_sans_chiffre_invente(aide):
    evaluation = evaluer_localement(foyer(salaire=200), aide, JOUR, VILLE_PAR_DEFAUT)
    assert (evaluation.etat, evaluation.exemple) == (Etat.ACCORDE_POSSIBLE, True)
    assert (evaluation.montant, evaluation.au_plus) == (None, None)


def test_les_baremes_de_la_ville_n_ont_ni_trou_ni_recouvrement():
    for reglement in reglements(VILLE_PAR_DEFAUT):
        for aide in reglement.aides:
            assert [defauts(b) for b in aide.baremes] == [()] * len(aide.baremes)


def test_l_aide_au_logement_compte_une_fois():
    situation = foyer(salaire=500, logement={"loyer": 400}, prestations=[{"droit": "aide_logement", "montant": 250}])
    (grandeur,), _ = reste_a_vivre(situation, JOUR, reglement_de("local_energie", JOUR, VILLE_PAR_DEFAUT))
    assert (grandeur.ressources, grandeur.charges, grandeur.valeur) == (d("750"), d("400"), d("11.67"))


def test_le_reste_a_vivre_dit_ce_qui_manque():
    situation = foyer(salaire=500).model_copy(update={"charges": None})
    valeurs, manque = reste_a_vivre(situation, JOUR, reglement_de("local_energie", JOUR, VILLE_PAR_DEFAUT))
    assert valeurs == ()
    assert [m.champ for m in manque] == ["situation.charges"]


def test_sans_ressources_le_repas_coute_vingt_centimes():
    evaluation = evaluer_localement(foyer(personnes=[ELEVE]), "local_cantine", JOUR, VILLE_PAR_DEFAUT)
    assert (evaluation.etat, evaluation.montant, evaluation.periodicite) == (Etat.ACCORDE_POSSIBLE, d("0.20"), "repas")


def test_avec_des_ressources_le_tarif_reste_entre_le_plancher_et_le_plafond_publies():
    evaluation = evaluer_localement(foyer(salaire=1200, personnes=[ELEVE]), "local_cantine", JOUR, VILLE_PAR_DEFAUT)
    assert (evaluation.etat, evaluation.montant) == (Etat.INDETERMINE, None)
    assert (evaluation.au_moins, evaluation.au_plus) == (d("0.38"), d("6.06"))
    assert evaluation.articles == ("tarifs 09/2022",)


def test_l_hebergement_d_urgence_a_un_tarif_que_le_texte_publie_ne_chiffre_pas():
    situation = foyer(personnes=[ELEVE], logement={"statut": "sans_domicile", "domiciliation": True})
    evaluation = evaluer_localement(situation, "local_cantine", JOUR, VILLE_PAR_DEFAUT)
    assert evaluation.etat is Etat.INDETERMINE
    assert "hébergement d’urgence" in str(evaluation.motifs[0])


def test_sans_enfant_a_l_ecole_il_n_y_a_pas_de_cantine():
    evaluation = evaluer_localement(foyer(salaire=100), "local_cantine", JOUR, VILLE_PAR_DEFAUT)
    assert evaluation.etat is Etat.REFUSE


@pytest.mark.parametrize(("salaire", "tarif"), [(100, "0.38"), (1000, "2.50"), (5000, "6.06")])
def test_le_jour_ou_la_regie_donne_son_taux_le_tarif_se_calcule_et_reste_borne(salaire, tarif):
    """Taux d'essai 0,005 : quotient 50 → 0,25 remonté à 0,38 ; 500 → 2,50 ; 2 500 → 12,50 ramené à 6,06."""
    document = reglement_de("local_cantine", JOUR, VILLE_PAR_DEFAUT).model_dump()
    document["aides"][0]["baremes"][1]["tranches"][0]["montant"]["taux"] = "0.005"
    evaluation = repondre(Reglement.model_validate(document), foyer(salaire=salaire, personnes=[ELEVE]))
    assert (evaluation.etat, evaluation.montant) == (Etat.ACCORDE_POSSIBLE, d(tarif))


def test_habiter_ailleurs_ferme_les_aides_de_la_ville():
    evaluation = evaluer_localement(foyer(commune="94080"), "local_epicerie", JOUR, VILLE_PAR_DEFAUT)
    assert evaluation.etat is Etat.REFUSE
    assert "Ivry-sur-Seine" in str(evaluation.motifs[0])


def test_la_domiciliation_vaut_domicile():
    avec = foyer(salaire=10, logement={"statut": "sans_domicile", "domiciliation": True})
    sans = foyer(salaire=10, logement={"statut": "sans_domicile", "domiciliation": False})
    etats = [evaluer_localement(s, "local_epicerie", JOUR, VILLE_PAR_DEFAUT).etat for s in (avec, sans)]
    assert etats == [Etat.ACCORDE_POSSIBLE, Etat.REFUSE]


def test_avant_le_premier_reglement_la_ville_ne_repond_pas():
    assert evaluer_localement(foyer(), "local_epicerie", date(2019, 1, 1), VILLE_PAR_DEFAUT) is None


def test_un_fichier_faux_arrete_tout_et_se_nomme(tmp_path):
    (tmp_path / "reglement").mkdir()
    (tmp_path / "reglement" / "casse.yaml").write_text("id: casse\n", encoding="utf-8")
    with pytest.raises(ReglementInvalide, match="casse.yaml, ville"):
        reglements(tmp_path)
