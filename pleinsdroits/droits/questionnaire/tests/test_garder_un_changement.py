"""« Garder ce changement » : les réponses suivent l'essai, et ce qu'il supposait est redemandé."""

from copy import deepcopy
from datetime import date

import pytest

from pleinsdroits.droits.moteur.essais.changements import CHANGEMENTS
from pleinsdroits.droits.questionnaire import parcours
from pleinsdroits.droits.questionnaire.assemblage import situation
from pleinsdroits.droits.questionnaire.contexte import Contexte
from pleinsdroits.droits.questionnaire.formulaire import Formulaire
from pleinsdroits.droits.questionnaire.garder import ECRITURES, garder
from pleinsdroits.droits.situation.lecture import SituationInvalide

JOUR = date(2026, 11, 23)
BASE = {
    "vous": {"naissance": "1968-05-14", "couple": "seul", "autres": "oui"},
    "foyer": {"lien_0": "enfant", "naissance_0": "2016-03-02", "lien_1": "enfant", "naissance_1": "2019-09-21"},
    "enfants": {
        "ecole__p0": "primaire", "parent__p0": "pension_non_fixee", "alternee__p0": False,
        "ecole__p1": "primaire", "parent__p1": "pension_non_fixee", "alternee__p1": False,
    },
    "seul-depuis": {"mois": "2024-02"},
    "nationalite": {"nationalite__moi": "francaise"},
    "activite": {"activite__moi": "salarie"},
    "concerne": {"quoi": ["suroccupation"]},
    "logement": {"commune": "Ivry-sur-Seine", "statut": "locataire_hlm"},
    "loyer": {"loyer": 560.5, "charges": 90.0, "precisions": ["aucun"]},
    "revenus-moi": {"types": ["salaire"]},
    "montants-moi": {"montant_salaire_0": 982.0},
    "avis": {"rfr__moi": 10800.0, "annee__moi": "2024", "parts__moi": 2.5},
    "aides-recues": {"quoi": ["aide_logement"], "montant_aide_logement": 449.0},
    "sante": {"couverture__moi": "assurance_maladie", "complementaire__moi": "aucune"},
    "patrimoine": {"quoi": ["aucun"]},
    "charges": {"quoi": ["energie"], "montant_energie": 85.0},
}  # fmt: skip
A_DEUX = {
    "vous": {"naissance": "1986-05-14", "couple": "marie", "autres": "oui"},
    "foyer": {"naissance_conjoint": "1985-01-01", "lien_0": "enfant", "naissance_0": "2016-03-02"},
    "enfants": {"ecole__p0": "primaire", "parent__p0": "ici", "alternee__p0": False},
    "nationalite": {"nationalite__moi": "francaise", "nationalite__conjoint": "francaise"},
    "activite": {
        "activite__moi": "demandeur_emploi", "inscription__moi": "2026-01-10", "cinq_ans__moi": "oui",
        "activite__conjoint": "salarie",
    },
    "revenus-moi": {"types": ["chomage"]},
    "montants-moi": {"montant_chomage_0": 900.0},
    "revenus-conjoint": {"types": ["salaire"]},
    "montants-conjoint": {"montant_salaire_0": 1500.0},
    "sante": {
        "couverture__moi": "assurance_maladie", "complementaire__moi": "aucune",
        "couverture__conjoint": "assurance_maladie", "complementaire__conjoint": "aucune",
    },
}  # fmt: skip
VALEURS = {
    "salaire": {"salaire": 1400.0},
    "salaire_conjoint": {"salaire": 700.0},
    "perdre_travail": {"chomage": 750.0},
    "fin_chomage": {},
    "retraite": {"pension": 1010.0},
    "pension_alimentaire": {"pension": 150.0},
    "enfant": {"autre_parent": "non_reconnu"},
    "couple": {"forme": "union_libre", "salaire": 1200.0},
    "separation": {"enfants": "alternee", "pension": 80.0},
    "depart_enfant": {"enfant": "p0"},
    "handicap": {"qui": "moi", "taux": "50"},
    "loyer": {"loyer": 480.0},
    "demenager": {"commune": "93066", "statut": "locataire_vide", "loyer": 720.0},
}


def contexte(nom: str) -> Contexte:
    a_deux = nom in ("salaire_conjoint", "fin_chomage", "separation")
    reponses = {**BASE, **A_DEUX} if a_deux else BASE
    return Contexte(deepcopy(reponses), JOUR)


def gardees(nom: str) -> Contexte:
    depart = contexte(nom)
    return Contexte(garder(depart, CHANGEMENTS[nom], VALEURS[nom]), JOUR)


def avec_conjoint(c: Contexte) -> Contexte:
    """Les mêmes réponses, où l'on a dit l'âge de la personne avec qui l'on vit."""
    foyer = {**c.reponses.get("foyer", {}), "naissance_conjoint": "1970-01-01"}
    return Contexte({**c.reponses, "foyer": foyer}, c.jour)


def attente(c: Contexte) -> list[str]:
    return [q.slug for q in parcours.posees(c) if not parcours.repondue(q, c)]


def test_chaque_changement_sait_se_garder():
    assert set(ECRITURES) == set(CHANGEMENTS) == set(VALEURS)


@pytest.mark.parametrize("nom", CHANGEMENTS)
def test_les_reponses_gardees_se_lisent_comme_si_on_les_avait_ecrites(nom):
    """Les formulaires les montrent sans erreur, et celles d'avant sont intactes."""
    depart = contexte(nom)
    avant = deepcopy(depart.reponses)
    apres = Contexte(garder(depart, CHANGEMENTS[nom], VALEURS[nom]), JOUR)
    assert depart.reponses == avant and apres.reponses != avant
    complet = avec_conjoint(apres) if nom == "couple" else apres
    for question in parcours.posees(complet):
        connus = set(Formulaire(question, complet).fields) | {"commune_precise"}
        assert set(complet.reponses.get(question.slug, {})) <= connus, question.slug


@pytest.mark.parametrize("nom", ["salaire", "salaire_conjoint", "fin_chomage", "retraite", "loyer", "depart_enfant"])
def test_la_situation_gardee_est_celle_de_l_essai(nom):
    attendue = CHANGEMENTS[nom].appliquer(situation(contexte(nom)), VALEURS[nom], JOUR)
    obtenue = situation(gardees(nom))
    assert [p.revenus for p in obtenue.personnes] == [p.revenus for p in attendue.personnes]
    assert [(p.id, p.activite) for p in obtenue.personnes] == [(p.id, p.activite) for p in attendue.personnes]
    assert obtenue.logement == attendue.logement
    assert attente(gardees(nom)) == []


def test_un_bebe_garde_est_un_enfant_de_plus():
    obtenue = situation(gardees("enfant"))
    assert [(e.naissance, e.autre_parent) for e in obtenue.enfants][-1] == (JOUR, "non_reconnu")
    assert attente(gardees("enfant")) == []


def test_une_pension_gardee_change_l_autre_parent():
    obtenue = situation(gardees("pension_alimentaire"))
    assert {e.autre_parent for e in obtenue.enfants} == {"pension_versee"}
    assert [r.montant for r in obtenue.demandeur.revenus if r.type == "pension_alimentaire"] == [150]


def test_un_couple_garde_redemande_ce_que_l_essai_supposait():
    """L'âge d'abord ; puis la nationalité, la feuille d'impôt et la santé de l'autre."""
    apres = gardees("couple")
    assert attente(apres) == ["foyer"]
    complet = avec_conjoint(apres)
    assert attente(complet) == ["nationalite", "avis", "sante"]
    assert situation(complet).conjoint.revenus[0].montant == 1200


def test_une_separation_gardee_redemande_la_feuille_d_impot():
    apres = gardees("separation")
    assert attente(apres) == ["avis"]
    obtenue = situation(apres)
    assert (obtenue.couple, obtenue.conjoint) == (None, None)
    assert [(e.garde_alternee, e.autre_parent) for e in obtenue.enfants] == [(True, "pension_versee")]
    assert str(obtenue.seul_depuis) == "2026-11-01"


def test_perdre_son_travail_redemande_les_annees_de_travail():
    assert attente(gardees("perdre_travail")) == ["activite"]
    assert situation(gardees("perdre_travail")).demandeur.inscription_france_travail == JOUR


def test_un_handicap_garde_redemande_les_gestes_de_tous_les_jours():
    apres = gardees("handicap")
    assert attente(apres) == ["precisions"]
    assert situation(apres).demandeur.handicap.taux == 0.65


def test_un_demenagement_garde_redemande_les_cases_du_logement():
    apres = gardees("demenager")
    assert attente(apres) == ["loyer"]
    logement = situation(apres).logement
    assert (logement.commune, logement.loyer, logement.difficultes) == ("93066", 720, [])


def test_un_essai_qui_ne_tient_pas_n_est_pas_garde():
    with pytest.raises(SituationInvalide):
        garder(Contexte({}, JOUR), CHANGEMENTS["loyer"], VALEURS["loyer"])


def seule(**reponses) -> Contexte:
    """La même personne, sans personne avec elle, et ces réponses."""
    vous = BASE["vous"] | {"autres": "non"}
    sans = {ecran: deepcopy(r) for ecran, r in BASE.items() if ecran not in ("foyer", "enfants", "seul-depuis")}
    return Contexte({**sans, "vous": vous, **reponses}, JOUR)


HANDICAP = {
    "concerne": {"quoi": ["handicap"]},
    "precisions": {"taux__moi": "0.65", "emploi__moi": "oui", "aide_humaine__moi": "non"},
}


@pytest.mark.parametrize("nom", ["enfant", "couple"])
def test_qui_n_est_plus_seul_garde_son_handicap(nom):
    """L'écran « Qui est concerné ? », que l'on n'avait pas à montrer, ne se repose pas."""
    obtenue = Contexte(garder(seule(**HANDICAP), CHANGEMENTS[nom], VALEURS[nom]), JOUR)
    obtenue = avec_conjoint(obtenue) if nom == "couple" else obtenue
    assert [p.handicap is not None for p in situation(obtenue).personnes] == [True, False]
    assert "qui" not in attente(obtenue)


def test_le_handicap_d_un_enfant_parti_ne_passe_a_personne():
    foyer = {"lien_0": "enfant", "naissance_0": "2004-03-02"}
    dites = {
        "vous": BASE["vous"], "foyer": foyer, "concerne": {"quoi": ["handicap"]}, "qui": {"handicap": ["p0"]},
        "precisions": {"taux__p0": "0.85"},
        "aides-recues": {"quoi": ["aah", "rsa"], "pour_aah": "p0", "montant_aah": 900.0, "montant_rsa": 300.0},
    }  # fmt: skip
    parti = Contexte(garder(seule(**dites), CHANGEMENTS["depart_enfant"], {"enfant": "p0"}), JOUR)
    obtenue = situation(parti)
    assert [p.handicap for p in obtenue.personnes] == [None]
    assert [p.droit for p in obtenue.prestations] == ["rsa"]
    assert "p0" not in str(parti.reponses)
    assert attente(parti) == []


def test_une_naissance_ne_ramene_ni_ne_ressemble_a_qui_n_est_plus_la():
    """Des lignes qu'une autre réponse a refermées, ou un enfant parti : le bébé n'en reprend rien."""
    refermees = seule(foyer=BASE["foyer"], enfants=BASE["enfants"], qui={"handicap": ["p0"]})
    ne = Contexte(garder(refermees, CHANGEMENTS["enfant"], VALEURS["enfant"]), JOUR)
    assert [g.naissance for g in ne.enfants] == [JOUR]
    assert ne.reponses["qui"] == {}


def test_un_nouveau_couple_ne_reprend_rien_de_l_ancien():
    separe = gardees("separation")
    remis = Contexte(garder(separe, CHANGEMENTS["couple"], VALEURS["couple"]), JOUR)
    assert "conjoint" not in str(separe.reponses)
    assert attente(remis) == ["foyer", "avis"]
    assert attente(avec_conjoint(remis)) == ["nationalite", "avis", "sante"]


def test_des_revenus_inconnus_le_restent():
    dites = {**deepcopy(BASE), **deepcopy(A_DEUX), "revenus-moi": {"types": ["inconnu"]}}
    valeurs = {"enfants": "avec_moi", "pension": 0.0}
    separe = Contexte(garder(Contexte(dites, JOUR), CHANGEMENTS["separation"], valeurs), JOUR)
    assert situation(separe).demandeur.revenus is None


def test_une_activite_qui_change_oublie_les_precisions_de_l_ancienne():
    cherche = Contexte({**deepcopy(BASE), "activite": deepcopy(A_DEUX["activite"])}, JOUR)
    retraite = garder(cherche, CHANGEMENTS["retraite"], VALEURS["retraite"])
    assert {c for c in retraite["activite"] if c.endswith("__moi")} == {"activite__moi"}
