"""Chaque question ajoutée change la réponse d'un droit : elle est posée à qui elle concerne, et à lui seul."""

from datetime import date

import pytest
from django.conf import settings

from pleinsdroits.droits.moteur.calcul import calculer
from pleinsdroits.droits.moteur.resultats import Bilan, Etat, Resultat
from pleinsdroits.droits.questionnaire.assemblage import situation
from pleinsdroits.droits.questionnaire.contexte import Contexte
from pleinsdroits.droits.questionnaire.parcours import PAR_SLUG, posees
from pleinsdroits.droits.questionnaire.tests.marcheur import marcher
from pleinsdroits.droits.questionnaire.tests.test_parcourir import SEUL, reponses_de

JOUR = date(2026, 11, 24)


def contexte_de(**autres: list[str]) -> Contexte:
    return Contexte(marcher(reponses_de(SEUL | autres), JOUR)[0], JOUR)


def droits(*contextes: Contexte) -> list[Bilan]:
    return calculer([situation(c) for c in contextes], JOUR, ville=settings.VILLE)


def le(bilan: Bilan, droit: str, pour: str = "moi") -> Resultat:
    return next(r for r in bilan.resultats if r.droit == droit and pour in r.pour)


def changer(contexte: Contexte, ecran: str, **valeurs: object) -> Contexte:
    return Contexte({**contexte.reponses, ecran: {**contexte.reponses.get(ecran, {}), **valeurs}}, JOUR)


AVEC_UN_PARENT = {
    "autres": ["oui"],
    "lien_0": ["parent"],
    "naissance_0": ["1", "1", "1950"],
    "nationalite__p0": ["francaise"],
}


def test_les_revenus_des_parents_ouvrent_ou_ferment_la_bourse():
    base = contexte_de(naissance=["14", "5", "2005"], activite__moi=["etudiant"])
    assert "ressources_parents__moi" in PAR_SLUG["activite"].champs(base, None)
    ignores, petits, grands = (changer(base, "activite", ressources_parents__moi=r) for r in (None, 9000.0, 9e4))
    etats = [le(b, "bourse_sup").etat for b in droits(ignores, petits, grands)]
    assert situation(ignores).demandeur.ressources_parents is None
    assert etats == [Etat.PROBABLE, Etat.PROBABLE, Etat.NON]
    trente_ans = contexte_de(naissance=["14", "5", "1995"], activite__moi=["etudiant"])
    assert "ressources_parents__moi" not in PAR_SLUG["activite"].champs(trente_ans, None)


def test_le_plan_d_aide_donne_un_montant_a_l_apa():
    base = contexte_de(naissance=["14", "5", "1944"], activite__moi=["retraite"])
    base = changer(base, "concerne", quoi=["autonomie"])
    sans, avec = (
        changer(base, "precisions", gir__moi="2", etablissement__moi=False, plan_aide__moi=p) for p in (None, 800.0)
    )
    montants = [le(b, "apa_domicile").montant for b in droits(sans, avec)]
    assert montants[0] is None and montants[1] is not None and montants[1] > 0


def test_les_pensions_versees_augmentent_l_aide_au_logement():
    base = changer(contexte_de(types=["salaire"], montant_salaire_0=["1100"]), "logement", statut="locataire_vide")
    sans, avec = droits(base, changer(base, "avis", pensions__moi=6000.0))
    assert le(avec, "aide_logement").montant > le(sans, "aide_logement").montant


def test_une_aide_recue_est_attachee_a_la_bonne_personne():
    base = changer(contexte_de(**AVEC_UN_PARENT), "aides-recues", quoi=["aah", "af"], montant_af=150.0)
    champs = PAR_SLUG["aides-recues"].champs(base, None)
    assert {"montant_aah", "pour_aah", "montant_af"} <= set(champs) and "pour_af" not in champs
    lue = situation(changer(base, "aides-recues", montant_aah=900.0, pour_aah="p0"))
    assert {p.droit: p.pour for p in lue.prestations} == {"aah": ["p0"], "af": []}
    partie = situation(changer(base, "aides-recues", montant_aah=900.0, pour_aah="p7"))
    assert all(p.pour == [] for p in partie.prestations)


def test_seul_on_ne_demande_pas_pour_qui():
    champs = PAR_SLUG["aides-recues"].champs(contexte_de(), None)
    assert {"montant_aah", "montant_rsa"} <= set(champs)
    assert not any(nom.startswith("pour_") for nom in champs)


def test_les_autres_adultes_ont_leur_nationalite_leurs_soins_et_leur_feuille_d_impot():
    base = contexte_de(**AVEC_UN_PARENT | {"rfr__p0": ["60000"], "annee__p0": ["2024"], "couverture__p0": ["ame"]})
    lue = situation(base)
    parent = lue.personne("p0")
    assert (parent.nationalite, parent.sante.couverture) == ("francaise", "ame")
    assert [(a.personnes, a.rfr) for a in lue.avis] == [(["moi"], 0), (["p0"], 60000)]
    riche, modeste = droits(base, changer(base, "avis-autres", rfr__p0=0.0))
    assert le(riche, "cheque_energie").etat is Etat.NON
    assert le(modeste, "cheque_energie").etat is Etat.PROBABLE


@pytest.mark.parametrize(("rattache", "posee"), [("oui", False), ("non", True)])
def test_un_enfant_majeur_sur_la_feuille_de_ses_parents_n_en_a_pas_d_autre(rattache, posee):
    fiche = {
        "autres": ["oui"],
        "lien_0": ["enfant"],
        "naissance_0": ["1", "1", "2005"],
        "ecole__p0": ["superieur"],
        "mois": ["2", "2020"],
    }
    base = contexte_de(**fiche | {"rattache__p0": [rattache]})
    assert situation(base).personne("p0").rattache_fiscal is (rattache == "oui")
    assert ("avis-autres" in [q.slug for q in posees(base)]) is posee


def test_une_personne_europeenne_dit_seulement_quand_elle_est_arrivee():
    base = contexte_de(nationalite__moi=["ue"], arrivee_ue__moi=["1", "3", "2020"])
    assert base.reponses["nationalite"] == {"nationalite__moi": "ue", "arrivee_ue__moi": "2020-03-01"}
    assert situation(base).demandeur.arrivee_en_france == date(2020, 3, 1)
