"""Le parcours est court, il finit, et il produit toujours une situation que le moteur sait lire."""

from datetime import date
from random import Random

import pytest
from django import forms
from hypothesis import given, settings
from hypothesis import strategies as st

from pleinsdroits.droits.questionnaire.assemblage import donnees, situation
from pleinsdroits.droits.questionnaire.champs import options_de
from pleinsdroits.droits.questionnaire.contexte import Contexte
from pleinsdroits.droits.questionnaire.parcours import PAR_SLUG, posees, precedente, suivante
from pleinsdroits.droits.questionnaire.resume import par_partie
from pleinsdroits.droits.questionnaire.tests.marcheur import au_hasard, imposer, marcher

JOUR = date(2026, 11, 24)


def reponses_de(fiche: dict[str, list[str]]):
    """Les réponses écrites dans ``fiche`` ; ailleurs, la dernière case proposée."""

    def choisir(ecran: str, nom: str, champ: forms.Field):
        if nom == "lignes":
            return ["1"]
        if not champ.required:
            return None
        valeurs = [v for v, _nom in options_de(champ) if v]
        return [valeurs[-1]] if valeurs else ["0"]

    return imposer(fiche, choisir)


SEUL = {
    "naissance": ["14", "5", "1980"],
    "couple": ["seul"],
    "autres": ["non"],
    "nationalite__moi": ["francaise"],
    "activite__moi": ["sans_activite"],
    "quoi": ["aucun"],
    "commune": ["Ivry-sur-Seine"],
    "statut": ["locataire_hlm"],
    "loyer": ["400"],
    "charges": ["60"],
    "precisions": ["aucun"],
    "types": ["aucun"],
    "rfr__moi": ["0"],
    "annee__moi": ["2024"],
    "couverture__moi": ["assurance_maladie"],
    "complementaire__moi": ["aucune"],
}


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32))
def test_avant_et_apres_ramenent_au_meme_ecran(graine):
    reponses, _ecrans = marcher(au_hasard(Random(graine), JOUR), JOUR)
    contexte = Contexte(reponses, JOUR)
    ordre = [q.slug for q in posees(contexte)]
    for avant, apres in zip(ordre, ordre[1:], strict=False):
        assert precedente(contexte, apres) is PAR_SLUG[avant]
    assert suivante(contexte, ordre[0]) is None
    assert [bloc.slug for _nom, blocs in par_partie(contexte) for bloc in blocs] == ordre
    assert all(bloc.lignes for _nom, blocs in par_partie(contexte) for bloc in blocs)


def test_une_personne_seule_donne_exactement_sa_situation():
    reponses, _ecrans = marcher(reponses_de(SEUL), JOUR)
    lue = situation(Contexte(reponses, JOUR))
    moi = lue.demandeur
    assert (moi.naissance, moi.nationalite, moi.activite, moi.revenus) == (
        date(1980, 5, 14),
        "francaise",
        "sans_activite",
        [],
    )
    assert (lue.logement.commune, lue.logement.statut, lue.logement.loyer, lue.logement.charges) == (
        "94041",
        "locataire_hlm",
        400,
        60,
    )
    assert lue.avis[0].model_dump() == {
        "personnes": ["moi"],
        "annee": 2024,
        "rfr": 0,
        "parts": None,
        "pensions_versees": 0,
    }
    assert lue.dettes == [] and lue.charges == [] and lue.couple is None and lue.prestations == []
    assert lue.patrimoine is not None and lue.patrimoine.livrets == 0


def test_je_ne_sais_pas_n_est_jamais_zero():
    fiche = SEUL | {
        "types": ["inconnu"],
        "nationalite__moi": ["inconnu"],
        "patrimoine/quoi": ["inconnu"],
        "charges/quoi": ["inconnu"],
        "couverture__moi": ["inconnu"],
    }
    for nom in ("loyer", "charges", "rfr__moi"):
        fiche[nom] = []
    reponses, _ecrans = marcher(reponses_de(fiche), JOUR, inconnu=frozenset({"loyer", "avis"}))
    lue = situation(Contexte(reponses, JOUR))
    assert lue.demandeur.revenus is None
    assert lue.demandeur.nationalite is None
    assert lue.demandeur.sante.couverture is None
    assert lue.logement.loyer is None and lue.logement.charges is None
    assert lue.avis[0].rfr is None
    assert lue.patrimoine is None
    assert lue.charges is None


def test_une_personne_ajoutee_rouvre_les_ecrans_qui_la_concernent():
    reponses, _ecrans = marcher(reponses_de(SEUL), JOUR)
    vous = reponses["vous"] | {"autres": "oui"}
    assert suivante(Contexte({**reponses, "vous": vous}, JOUR), "vous").slug == "foyer"
    foyer = {"lien_0": "enfant", "naissance_0": "2016-03-02"}
    contexte = Contexte({**reponses, "vous": vous, "foyer": foyer}, JOUR)
    assert suivante(contexte, "foyer").slug == "enfants"
    assert contexte.gens[1].nom == "Votre enfant de 10 ans"


def test_une_reponse_refermee_ne_compte_plus():
    reponses, _ecrans = marcher(reponses_de(SEUL), JOUR)
    avec_dettes = {**reponses, "dettes": {"quoi": ["energie"], "total_energie": 320.0}}
    assert donnees(Contexte(avec_dettes, JOUR))["dettes"] == []
    ouvertes = {**avec_dettes, "concerne": {"quoi": ["dettes"]}}
    assert donnees(Contexte(ouvertes, JOUR))["dettes"] == [
        {"nature": "energie", "total": 320.0, "mensualite": None, "mois_de_retard": None}
    ]


@pytest.mark.parametrize(("ecrit", "lu"), [(None, None), (0.0, 0), (2.0, 2)])
def test_un_retard_que_l_on_ignore_n_est_pas_un_retard_nul(ecrit, lu):
    reponses, _ecrans = marcher(reponses_de(SEUL), JOUR)
    dettes = {"quoi": ["credit"], "total_credit": None, "mensualite_credit": ecrit, "retard_credit": ecrit}
    dites = {"concerne": {"quoi": ["dettes"]}, "dettes": dettes}
    dette = situation(Contexte({**reponses, **dites}, JOUR)).dettes[0]
    assert (dette.total, dette.mensualite, dette.mois_de_retard) == (None, ecrit, lu)
