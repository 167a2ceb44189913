import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pleinsdroits.droits.situation.lecture import TAILLE_MAXIMALE, SituationInvalide, lire_situation, valider_situation
from pleinsdroits.droits.situation.mois import Mois

JOUR = date(2026, 11, 23)


def foyer(**plus):
    return {
        "personnes": [{"id": "moi", "lien": "demandeur", "naissance": "1990-04-12", "revenus": []}],
        "logement": {"commune": "94041", "statut": "locataire_hlm", "loyer": 500},
        **plus,
    }


def personne(**plus):
    return foyer(personnes=[{"id": "moi", "lien": "demandeur", "naissance": "1990-04-12", "revenus": [], **plus}])


def refus(donnees) -> str:
    with pytest.raises(SituationInvalide) as refuse:
        valider_situation(donnees, jour=JOUR)
    return str(refuse.value)


def test_une_situation_en_yaml_ou_en_json_est_la_meme():
    en_json = lire_situation(json.dumps(foyer()), jour=JOUR)
    en_yaml = lire_situation(
        "personnes:\n- {id: moi, lien: demandeur, naissance: 1990-04-12, revenus: []}\n"
        "logement: {commune: '94041', statut: locataire_hlm, loyer: 500}\n",
        jour=JOUR,
    )
    assert en_json == en_yaml
    assert en_json.demandeur.id == "moi"


def test_je_ne_sais_pas_n_est_pas_zero():
    situation = valider_situation(personne(revenus=None), jour=JOUR)
    assert situation.demandeur.revenus is None
    assert valider_situation(foyer(), jour=JOUR).demandeur.revenus == []


@pytest.mark.parametrize(
    ("donnees", "attendu"),
    [
        (foyer(revenu=3), "revenu (reçu : 3) : ce champ n'existe pas : vérifiez son nom"),
        (
            personne(revenus=[{"type": "salaire", "montant": -3}]),
            "personnes.0.revenus.0.montant (reçu : -3) : un nombre positif ou nul",
        ),
        (
            personne(handicap={"taux": 85}),
            "personnes.0.handicap.taux (reçu : 85) : un nombre de 0 à 1 : écrivez 0.85 pour 85 %",
        ),
        (personne(naissance="2030-01-01"), "personnes.moi.naissance (reçu : 2030-01-01) : une date passée"),
        (personne(naissance="hier"), "personnes.0.naissance (reçu : hier) : une date comme 1990-04-12"),
        (
            personne(naissance="1986-01-01", scolarite="college"),
            "personnes.moi.scolarite (reçu : college, 40 ans) : un âge de 9 à 19 ans",
        ),
        (
            foyer(logement={"commune": "00000", "statut": "locataire_hlm"}),
            "logement.commune (reçu : 00000) : commune inconnue",
        ),
        (foyer(logement={"commune": "94041", "statut": "hlm"}), "logement.statut (reçu : hlm) : une valeur parmi"),
        (foyer(couple="marie"), "« couple » est renseigné mais aucune personne"),
        (foyer(personnes=[]), "personnes : 1 élément au moins"),
        (foyer(prestations=[{"droit": "rsa", "montant": 10, "pour": ["lui"]}]), "« prestations » cite lui"),
        ([], "situation (reçu : list) : un ensemble de champs"),
        (
            personne(revenus=[{"type": "salaire", "montant": 900, "de": "2026-05", "a": "2026-03"}]),
            "le revenu s'arrête (2026-03) avant de commencer (2026-05)",
        ),
        (personne(revenus=[{"type": "salaire", "montant": float("nan")}]), "un nombre"),
        (
            personne(revenus=[{"type": "salaire", "montant": 1, "de": "2026-13"}]),
            "écrivez un mois comme 2026-11",
        ),
    ],
)
def test_une_faute_nomme_le_champ_la_valeur_et_ce_qui_est_permis(donnees, attendu):
    assert attendu in refus(donnees)


def test_deux_personnes_ne_tiennent_pas_le_meme_role():
    deux = foyer(
        personnes=[
            {"id": "moi", "lien": "demandeur", "naissance": "1990-04-12", "revenus": []},
            {"id": "elle", "lien": "demandeur", "naissance": "1991-04-12", "revenus": []},
        ]
    )
    assert "moi et elle sont tous deux « demandeur »" in refus(deux)


def test_un_adulte_sans_ligne_de_revenus_n_est_pas_suppose_sans_revenu():
    sans = foyer(personnes=[{"id": "moi", "lien": "demandeur", "naissance": "1990-04-12"}])
    assert "personnes.moi.revenus : obligatoire à partir de 16 ans" in refus(sans)


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("personnes: [", "ligne 1 : un YAML bien formé"),
        ('{"personnes": ', "ligne 1 : un JSON bien formé"),
        ("a: &x 1\nb: *x\n", "sans alias"),
        (b"\xff\xfe", "un texte en UTF-8"),
        pytest.param("[" * 5000, "bien formé", id="imbrication"),
        ("!!python/object:os.system {}", "bien formé"),
    ],
)
def test_un_fichier_mal_forme_est_refuse_en_francais(texte, attendu):
    with pytest.raises(SituationInvalide) as refuse:
        lire_situation(texte, jour=JOUR)
    assert attendu in str(refuse.value)


def test_un_fichier_trop_gros_est_refuse_sans_etre_lu():
    with pytest.raises(SituationInvalide, match="200 ko au plus"):
        lire_situation(b" " * (TAILLE_MAXIMALE + 1), jour=JOUR)


@settings(max_examples=150)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_aucune_entree_ne_fait_tomber_la_lecture(donnees):
    try:
        valider_situation(donnees, jour=JOUR)
    except SituationInvalide as refuse:
        assert all(f.attendu for f in refuse.fautes)


@given(st.integers(2000 * 12, 2099 * 12), st.integers(0, 400))
def test_avancer_puis_reculer_d_un_nombre_de_mois_ramene_au_depart(rang, nombre):
    mois = Mois.du_rang(rang)
    assert mois + nombre - nombre == mois
    assert Mois(str(mois)) == mois
    assert (mois < mois + 1) and mois <= mois
