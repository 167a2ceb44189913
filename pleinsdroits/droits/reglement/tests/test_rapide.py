"""L'essai rapide répond ce que répond l'évaluateur complet, et l'entrée gardée ne dit pas qui l'on est."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pleinsdroits.droits.moteur.population import situations
from pleinsdroits.droits.reglement.cas import Cas, Demande
from pleinsdroits.droits.reglement.corrections import Correction
from pleinsdroits.droits.reglement.entree import cas_de_l_entree, entree_de
from pleinsdroits.droits.reglement.evaluer import evaluer
from pleinsdroits.droits.reglement.lecture import lire_reglement
from pleinsdroits.droits.reglement.modele import Reglement
from pleinsdroits.droits.reglement.rapide import Reponse, hors_du_temps, repondeur, repondre_unitairement
from pleinsdroits.droits.reglement.tests.exemples import JOUR, brut, enfant, foyer, lire

VILLE = Path(__file__).parents[4] / "villes" / "ivry" / "reglement"
NOMS = ("epicerie_par_personne", "plafond_de_ressources", "quotient_par_tranches")
REGLEMENTS = [*(lire(nom) for nom in NOMS), *(lire_reglement(f.read_bytes()) for f in sorted(VILLE.glob("*.yaml")))]
FOYERS = situations(400, jour=JOUR, graine=5)


def _direct(reglement: Reglement, cas: Cas, jour: date, corrections=()) -> Reponse:
    lu = evaluer(hors_du_temps(reglement), cas, jour, corrections)
    return Reponse(lu.etat, tuple(t.libelle for t in lu.tranches), lu.montant, lu.au_plus, lu.au_moins)


@pytest.mark.parametrize("reglement", REGLEMENTS, ids=lambda r: r.id)
def test_quatre_cents_foyers_ont_la_meme_reponse_par_l_essai_que_par_l_evaluateur(reglement):
    repondre = repondeur(reglement)
    for rang, situation in enumerate(FOYERS):
        aide = reglement.aides[rang % len(reglement.aides)].id
        cas = Cas(situation=situation, demande=Demande(aide=aide, montant=Decimal(rang) + 1, deja_aide=rang % 3))
        entree = json.loads(entree_de(cas, JOUR))
        assert repondre(entree, None) == repondre_unitairement(reglement, entree) == _direct(reglement, cas, JOUR), rang


EUROS = st.integers(0, 300_000).map(lambda c: c / 100)
NATURES = st.sampled_from(["energie", "eau", "assurance", "telephone", "transport", "mutuelle", "impots", "autre"])
DETTES = st.sampled_from(["loyer", "energie", "ville", "credit", "impots", "autre"])
REVENUS = st.sampled_from(["salaire", "chomage", "retraite", "pension_alimentaire", "maladie", "exceptionnel"])
PRESTATIONS = st.sampled_from(["rsa", "ppa", "aah", "af", "aide_logement", "aspa"])
STATUTS = st.sampled_from(["locataire_hlm", "heberge", "sans_domicile"])
MOIS = st.sampled_from([None, "2026-06", "2026-08", "2026-09", "2026-10", "2026-11"])


@st.composite
def cas_quelconques(tirer):
    """Un foyer, ses revenus datés, ses dépenses, ce qu'il ignore, ce qu'il a déjà eu."""
    revenus = [
        {"type": t, "montant": m, "de": de}
        for t, m, de in tirer(st.lists(st.tuples(REVENUS, EUROS | st.none(), MOIS), max_size=4))
    ]
    gens = [
        enfant(f"e{i}", f"{annee}-07-0{i + 1}")
        for i, annee in enumerate(tirer(st.lists(st.integers(2003, 2026), max_size=4)))
    ]
    for jeune in gens:
        jeune |= {"garde_alternee": tirer(st.booleans())}
    situation = foyer(
        moi={"revenus": revenus},
        personnes=[e for e in gens if e["naissance"] <= JOUR.isoformat()],
        logement={"loyer": tirer(EUROS), "charges": tirer(st.none() | EUROS), "statut": tirer(STATUTS)},
        prestations=[{"droit": d, "montant": m} for d, m in tirer(st.lists(st.tuples(PRESTATIONS, EUROS), max_size=3))],
        charges=[{"nature": n, "montant": m} for n, m in tirer(st.lists(st.tuples(NATURES, EUROS), max_size=4))],
        dettes=[{"nature": n, "mensualite": m} for n, m in tirer(st.lists(st.tuples(DETTES, EUROS), max_size=3))],
    )  # fmt: skip
    demande = {
        "montant": tirer(st.none() | st.integers(1, 2000)),
        "deja_accorde": tirer(st.integers(0, 900)),
        "deja_aide": tirer(st.integers(0, 4)),
        "derogation": tirer(st.none() | st.just("parce que")),
    }
    return situation, demande


@settings(max_examples=120, deadline=None)
@given(tire=cas_quelconques(), rang=st.integers(0, 10_000))
def test_quel_que_soit_le_foyer_l_essai_repond_comme_l_evaluateur(tire, rang):
    reglement = REGLEMENTS[rang % len(REGLEMENTS)]
    situation, demande = tire
    cas = Cas(situation=situation, demande=Demande(aide=reglement.aides[rang % len(reglement.aides)].id, **demande))
    entree = json.loads(entree_de(cas, JOUR))
    assert repondeur(reglement)(entree, None) == _direct(reglement, cas, JOUR)


def test_une_ligne_corrigee_a_l_etude_compte_aussi_dans_l_essai():
    reglement, situation = lire("epicerie_par_personne"), foyer(salaire=900)
    cas = Cas(situation=situation, demande=Demande(aide=reglement.aides[0].id))
    corrections = [Correction("ressource:salaire:0", comptee=False, raison="Mme Martin a perdu ce travail")]
    texte = entree_de(cas, JOUR, corrections)
    assert "Martin" not in texte
    reponse = repondeur(reglement)(json.loads(texte), None)
    assert reponse == _direct(reglement, cas, JOUR, corrections) != _direct(reglement, cas, JOUR)


def test_l_entree_ne_garde_ni_date_de_naissance_ni_mot_de_la_personne():
    situation = foyer(salaire=900, personnes=[enfant("lea_martin", "2018-05-05")])
    cas = Cas(situation=situation, demande=Demande(aide="energie", derogation="Son mari Ahmed est parti"))
    texte = entree_de(cas, JOUR)
    for interdit in ("lea", "martin", "Ahmed", "1986-03-10", "2018-05-05", "moi"):
        assert interdit not in texte
    relu, jour, _corrections = cas_de_l_entree(json.loads(texte))
    assert (jour, relu.demande.derogation) == (JOUR, "dite dans le dossier")


def test_le_revenu_d_une_personne_non_comptee_n_entame_pas_le_plafond_des_autres():
    document = brut("plafond_de_ressources")
    ressources = next(iter(document["comptes"].values()))["ressources"]
    ressources["personnes"] = {"qui": "demandeur_et_conjoint", "article": "2"}
    ressources["revenus"] = {
        "compter": [{"natures": ["salaire"], "plafond": 500, "article": "2"}],
        "sinon": {"choix": "compter", "article": "2"},
    }
    autre = {
        "id": "fils",
        "lien": "enfant",
        "naissance": "2004-01-01",
        "revenus": [{"type": "salaire", "montant": 500}],
    }
    situation = foyer(personnes=[autre], moi={"revenus": [{"type": "salaire", "montant": 400}]})
    situation = situation.model_copy(update={"personnes": situation.personnes[::-1]})
    reglement = Reglement.model_validate(document)
    lu = evaluer(reglement, Cas(situation=situation, demande=Demande(aide=reglement.aides[0].id)), JOUR)
    assert lu.grandeurs[0].ressources == Decimal(400)


def test_une_aide_absente_du_reglement_n_a_pas_de_reponse():
    cas = Cas(situation=foyer(), demande=Demande(aide="autre_aide"))
    assert repondeur(lire("epicerie_par_personne"))(json.loads(entree_de(cas, JOUR)), None) is None
