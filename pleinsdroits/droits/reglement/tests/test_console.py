"""``pleinsdroits reglement`` : une réponse lisible, ou une phrase et le code 2."""

import copy
import io
import json
from datetime import date

import jsonschema_rs
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pleinsdroits.droits.reglement.console import executer_reglement, schema
from pleinsdroits.droits.reglement.tests.exemples import DONNEES, JOUR, brut
from pleinsdroits.droits.reglement.tests.test_lire import CAS
from pleinsdroits.droits.reglement.ville import VILLE_PAR_DEFAUT

EPICERIE = DONNEES / "epicerie_par_personne.yaml"


def _lancer(tmp_path, cas: str = CAS, reglement=EPICERIE, *, en_json: bool = False):
    fichier, sortie, erreurs = tmp_path / "cas.yaml", io.StringIO(), io.StringIO()
    fichier.write_text(cas, encoding="utf-8")
    code = executer_reglement(reglement, fichier, en_json, sortie, erreurs=erreurs, jour=JOUR)
    return code, sortie.getvalue(), erreurs.getvalue()


def test_la_reponse_en_json_porte_l_etat_le_montant_et_les_lignes(tmp_path):
    cas = CAS.replace("revenus: []", "revenus: [{type: salaire, montant: 200}]").replace(
        "demande:", "  charges: []\n  dettes: []\ndemande:"
    )
    code, sortie, erreurs = _lancer(tmp_path, cas, en_json=True)
    reponse = json.loads(sortie)
    assert (code, erreurs) == (0, "")
    assert (reponse["etat"], reponse["montant"], reponse["version"]) == ("accorde_possible", 20, "bareme-2024")
    assert reponse["grandeurs"][0]["valeur"] == 6.67
    assert reponse["lignes"][0] | {"sort": "retenue", "articles": ["3"]} == reponse["lignes"][0]


def test_la_reponse_en_texte_montre_le_calcul(tmp_path):
    code, sortie, _ = _lancer(tmp_path, CAS.replace("demande:", "  charges: []\n  dettes: []\ndemande:"))
    assert code == 0
    assert "Possible d'après le règlement" in sortie
    assert "Règlement d'exemple" in sortie
    assert "÷ 30 ÷ 1" in sortie


@pytest.mark.parametrize(
    ("cas", "message"),
    [
        ("{", "cas.yaml : ligne 1"),
        (CAS.replace("epicerie", "vacances"), "demande.aide (reçu : vacances) : une aide parmi epicerie"),
        (CAS + "jour: 2023-12-31\n", "ce règlement s'applique du 1er"),
        (CAS.replace("1986-03-10", "2030-03-10"), "naissance (reçu : 2030-03-10)"),
        (CAS.replace("94041", "99999"), "commune inconnue"),
    ],
)
def test_un_cas_refuse_rend_2_et_une_phrase(tmp_path, cas, message):
    code, sortie, erreurs = _lancer(tmp_path, cas)
    assert (code, sortie) == (2, "")
    assert message in erreurs
    assert "Traceback" not in erreurs


BIZARRES = st.sampled_from(
    [None, -1, 0, True, "", "a" * 50, [], {}, [None], 1e308, "1e999999", "NaN", date(1, 1, 1), date(9999, 12, 31)]
)


def _feuilles(noeud, chemin=()):
    yield chemin
    enfants = noeud.items() if isinstance(noeud, dict) else enumerate(noeud) if isinstance(noeud, list) else ()
    for cle, valeur in enfants:
        yield from _feuilles(valeur, (*chemin, cle))


def _changer(document, chemin: tuple, valeur):
    if not chemin:
        return valeur
    copie = copy.copy(document)
    copie[chemin[0]] = _changer(document[chemin[0]], chemin[1:], valeur)
    return copie


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(donnees=st.data())
def test_aucune_valeur_bizarre_ne_montre_une_trace_d_erreur(tmp_path, donnees):
    """Une valeur prise au hasard dans le règlement ou dans le cas est remplacée : code 0 ou 2, jamais d'exception."""
    nom = donnees.draw(st.sampled_from(["epicerie_par_personne", "quotient_par_tranches", "plafond_de_ressources"]))
    cas = yaml.safe_load(CAS)
    cas["demande"] = {"aide": brut(nom)["aides"][0]["id"], "montant": 100, "habite_depuis": date(2020, 1, 1)}
    cas["situation"] |= {
        "charges": [{"nature": "garde", "montant": 50}],
        "dettes": [{"nature": "credit", "mensualite": 5}],
    }
    document = {"reglement": brut(nom), "cas": cas}
    chemin = donnees.draw(st.sampled_from(list(_feuilles(document))[1:]))
    document = _changer(document, chemin, donnees.draw(BIZARRES))
    fichier = tmp_path / "reglement.yaml"
    fichier.write_text(yaml.safe_dump(document["reglement"], allow_unicode=True), encoding="utf-8")
    code, sortie, erreurs = _lancer(tmp_path, yaml.safe_dump(document["cas"], allow_unicode=True), fichier)
    assert (code, bool(sortie), bool(erreurs)) in [(0, True, False), (2, False, True)]


def test_un_fichier_absent_rend_2_et_se_nomme(tmp_path):
    code, _, erreurs = _lancer(tmp_path, reglement=tmp_path / "absent.yaml")
    assert code == 2
    assert "absent.yaml" in erreurs


def test_un_fichier_trop_gros_n_est_pas_lu(tmp_path):
    code, _, erreurs = _lancer(tmp_path, "#" * 5_000_000)
    assert code == 2
    assert "200 ko au plus" in erreurs


def test_le_schema_publie_accepte_les_reglements_d_essai_et_refuse_une_cle_inconnue():
    forme = schema("reglement")
    document = json.loads(json.dumps(brut("plafond_de_ressources"), default=str))
    assert jsonschema_rs.is_valid(forme, document)
    assert not jsonschema_rs.is_valid(forme, document | {"seuil": 3})


def test_le_schema_de_la_situation_est_celui_du_questionnaire():
    assert "personnes" in schema("situation")["properties"]


def test_le_cas_du_guide_se_calcule_comme_le_guide_le_dit(tmp_path):
    """982 + 240 − (480 + 90 + 65 + 35) = 552 € ; ÷ 30 ÷ 3 = 6,13 €."""
    guide = (VILLE_PAR_DEFAUT.parents[1] / "docs" / "guide" / "reglement.md").read_text(encoding="utf-8")
    cas = guide.split("```yaml\n")[1].split("```")[0]
    ivry = VILLE_PAR_DEFAUT / "reglement" / "aides_facultatives.yaml"
    code, sortie, _ = _lancer(tmp_path, cas, ivry, en_json=True)
    reponse = json.loads(sortie)
    assert (code, reponse["etat"]) == (0, "accorde_possible")
    assert reponse["grandeurs"][0]["valeur"] == 6.13
