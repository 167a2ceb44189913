"""Essayer un règlement sur un fichier de foyers : un tableau ou du JSON, tout ou rien, et une faute se corrige sans deviner."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pleinsdroits.aides.population import COLONNES, LIGNES_MAXIMUM, PopulationInvalide, lire_population
from pleinsdroits.droits.reglement.tests.exemples import foyer

JOUR = dt.date(2026, 11, 26)
TITRES = ";".join(COLONNES)
BONNE = "local_energie;285;1;2;non;982,50;250;600;65;89"


def lire(texte: str | bytes, **plus):
    octets = texte if isinstance(texte, bytes) else texte.encode()
    return lire_population(octets, aides={"local_energie", "local_secours"}, commune="94041", jour=JOUR, **plus)


def fautes(texte, **plus):
    with pytest.raises(PopulationInvalide) as refus:
        lire(texte, **plus)
    return refus.value.fautes


def test_une_ligne_du_tableau_devient_un_foyer():
    (cas,) = lire(f"{TITRES}\n{BONNE}\n")
    s = cas.situation
    assert (cas.demande.aide, cas.demande.montant) == ("local_energie", Decimal(285))
    assert [p.lien.value for p in s.personnes] == ["demandeur", "enfant", "enfant"]
    assert (s.demandeur.revenus[0].montant, s.logement.loyer, s.prestations[0].montant) == (982.5, 600, 250)
    assert (s.charges[0].montant, s.dettes[0].mensualite) == (65, 89)


def test_le_tableur_francais_et_les_colonnes_dans_un_autre_ordre_se_lisent():
    lus = lire("Ressources\tAide\tCouple\n1 450,00 €\tlocal_secours\toui\n".encode("cp1252"))
    assert lus[0].situation.conjoint is not None and lus[0].situation.demandeur.revenus[0].montant == 1450


def test_des_cas_en_json_se_lisent_comme_par_la_commande():
    cas = {"situation": json.loads(foyer(salaire=900).model_dump_json()), "demande": {"aide": "local_energie"}}
    assert lire(json.dumps(cas))[0].situation.demandeur.revenus[0].montant == 900
    (faute,) = fautes(json.dumps({**cas, "demande": {"aide": "inconnue"}}))
    assert (faute.ligne, faute.champ, faute.permis) == (
        1, "demande.aide", "une aide parmi local_energie, local_secours",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("colonne", "valeur", "permis"),
    [
        ("aide", "aide_magique", "une aide parmi"),
        ("ressources", "beaucoup", "une somme en euros, de 0 à 50000"),
        ("ressources", "", "une somme en euros"),
        ("loyer", "-5", "de 0 à 50000"),
        ("energie", "nan", "une somme en euros"),
        ("enfants", "deux", "un nombre entier de 0 à 10"),
        ("adultes", "9" * 5000, "un nombre entier de 1 à 10"),
        ("couple", "peut-être", "oui, non, ou rien"),
    ],
)
def test_une_case_fausse_dit_la_ligne_le_champ_la_valeur_et_ce_qui_est_permis(colonne, valeur, permis):
    cases = BONNE.split(";")
    cases[COLONNES.index(colonne)] = valeur
    (faute,) = fautes(f"{TITRES}\n{BONNE}\n{';'.join(cases)}\n")
    assert (faute.ligne, faute.champ) == (3, colonne) and permis in faute.permis
    assert faute.valeur == valeur or (len(valeur) > 40 and faute.valeur.endswith("…"))


def test_une_colonne_qui_nommerait_quelqu_un_est_refusee():
    (faute,) = fautes(f"nom;{TITRES}\nFerrand;{BONNE}")
    assert (faute.champ, faute.valeur) == ("colonne", "nom") and "retirez le reste" in faute.permis
    assert "Ferrand" not in str(faute)


@pytest.mark.parametrize(
    ("texte", "dit"),
    [
        ("", "vide"),
        (TITRES, "au moins un foyer"),
        ("aide;montant\nlocal_energie;5", "il manque « ressources »"),
        ("aide;aide;ressources\na;b;1", "une seule fois"),
        ("PK\x03\x04\x00\x00", "pas un classeur"),
        (f"{TITRES}\n" + f"{BONNE}\n" * (LIGNES_MAXIMUM + 1), "5000 lignes au plus"),
        (b" " * (5 * 1024**2 + 1), "5120 ko au plus"),
    ],
)
def test_un_fichier_impossible_est_refuse_en_entier(texte, dit):
    assert dit in fautes(texte)[0].permis


def test_toutes_les_fautes_sont_comptees_les_premieres_montrees():
    with pytest.raises(PopulationInvalide) as refus:
        lire(f"{TITRES}\n" + "x\n" * 30)
    assert (refus.value.nombre, len(refus.value.fautes)) == (30, 20)


@given(st.binary(max_size=200) | st.text(max_size=80).map(lambda t: f"{TITRES}\n{t}".encode()))
def test_n_importe_quel_fichier_est_lu_ou_refuse_sans_autre_erreur(octets):
    try:
        assert lire(octets)
    except PopulationInvalide as refus:
        assert refus.fautes and refus.nombre >= 1
