"""Un règlement ou un cas faux est refusé tout entier, par une phrase qui dit où et quoi."""

import json

import pytest

from pleinsdroits.droits.reglement.lecture import ReglementInvalide, lire_cas, lire_reglement
from pleinsdroits.droits.reglement.tests.exemples import DONNEES, JOUR, brut

CAS = """
situation:
  personnes: [{id: moi, lien: demandeur, naissance: 1986-03-10, revenus: []}]
  logement: {commune: "94041", statut: locataire_hlm}
demande: {aide: epicerie}
"""


def _refuse(document: dict) -> str:
    texte = json.dumps(document, ensure_ascii=False, default=str)
    with pytest.raises(ReglementInvalide) as refus:
        lire_reglement(texte)
    return str(refus.value)


@pytest.mark.parametrize("nom", [c.stem for c in sorted(DONNEES.glob("*.yaml"))])
def test_les_reglements_d_essai_se_lisent(nom):
    assert lire_reglement((DONNEES / f"{nom}.yaml").read_bytes()).id == nom


def test_l_aide_au_logement_en_ressource_et_le_loyer_net_sont_refuses():
    document = brut("epicerie_par_personne")
    document["comptes"]["budget"]["ressources"]["aide_logement"]["choix"] = "compter"
    message = _refuse(document)
    assert message.startswith("comptes.budget : ")
    assert "elle compterait deux fois" in message


def test_l_aide_au_logement_ne_se_glisse_pas_dans_les_prestations():
    document = brut("epicerie_par_personne")
    document["comptes"]["budget"]["ressources"]["prestations"]["compter"] = [
        {"natures": ["aide_logement"], "article": 3}
    ]
    assert "elle a sa propre clé" in _refuse(document)


def test_une_nature_comptee_deux_fois_est_refusee():
    document = brut("epicerie_par_personne")
    document["comptes"]["budget"]["charges"]["postes"]["compter"].append({"natures": ["eau"], "article": 9})
    assert "cite deux fois eau" in _refuse(document)


def test_un_point_sans_article_s_avoue_comme_hypothese():
    document = brut("epicerie_par_personne")
    del document["comptes"]["budget"]["arrondi"]["hypothese"]
    assert "comptes.budget.arrondi : citez l'« article »" in _refuse(document)


@pytest.mark.parametrize(
    ("changement", "message"),
    [
        ({"moins_de": 9, "au_plus": 9}, "une seule borne haute"),
        ({"au_moins": 9, "plus_de": 9}, "une seule borne basse"),
        ({"au_moins": 10}, "tranche vide"),
        ({"moins_de": "beaucoup"}, "un nombre, par exemple 9 ou 0.38"),
        ({"moins_de": True}, "un nombre, par exemple 9 ou 0.38"),
        ({"effet": "peut-être"}, "une valeur parmi 'accord', 'refus', 'muet'"),
        ({"montant": None}, "« montant » : obligatoire pour un accord"),
        ({"seuil": 3}, "ce champ n'existe pas : vérifiez son nom"),
    ],
)
def test_une_tranche_impossible_est_refusee(changement, message):
    document = brut("epicerie_par_personne")
    document["aides"][0]["baremes"][0]["tranches"][0] |= changement
    assert message in _refuse(document)


def test_un_taux_de_80_pour_0_80_est_refuse():
    document = brut("quotient_par_tranches")
    document["aides"][0]["baremes"][0]["tranches"][0]["montant"]["taux"] = 80
    assert "(reçu : 80) : un nombre de 0 à 1" in _refuse(document)


@pytest.mark.parametrize(
    ("cle", "valeur", "message"),
    [
        ("fin", "2020-01-01", "précède « effet »"),
        ("ville", "00000", "code INSEE inconnu"),
        ("deliberation", {}, "à qui la demander"),
        ("comptes", {"autre": brut("epicerie_par_personne")["comptes"]["budget"]}, "cite le compte budget"),
    ],
)
def test_un_reglement_incoherent_est_refuse(cle, valeur, message):
    assert message in _refuse(brut("epicerie_par_personne") | {cle: valeur})


def test_une_aide_decrite_deux_fois_est_refusee():
    document = brut("epicerie_par_personne")
    document["aides"].append(document["aides"][0])
    assert "est décrite deux fois" in _refuse(document)


def test_une_forme_de_montant_inconnue_donne_la_liste():
    document = brut("epicerie_par_personne")
    document["aides"][0]["baremes"][0]["tranches"][0]["montant"]["forme"] = "généreux"
    assert "« forme » : une valeur parmi 'fixe'" in _refuse(document)


@pytest.mark.parametrize("texte", ["- 1", "a: [", '{"a": ', "a: &x [1]\nb: *x", "x" * 200_001, b"\xff\xfe"])
def test_un_texte_qui_n_est_pas_un_reglement_est_refuse_sans_trace_d_erreur(texte):
    with pytest.raises(ReglementInvalide) as refus:
        lire_reglement(texte)
    assert str(refus.value)


def test_un_cas_se_lit_et_garde_sa_demande():
    cas = lire_cas(CAS, jour=JOUR)
    assert (cas.demande.aide, cas.jour) == ("epicerie", None)


@pytest.mark.parametrize(
    ("texte", "champ"),
    [
        (CAS.replace("1986-03-10", "2030-01-01"), "situation.personnes.moi.naissance"),
        (CAS.replace("lien: demandeur", "lien: voisin"), "situation.personnes.0.lien"),
        (CAS.replace("aide: epicerie", "aide: epicerie, montant: -5"), "demande.montant"),
        (CAS.replace("aide: epicerie", "montant: 5"), "demande.aide"),
        ("demande: {aide: epicerie}", "situation"),
        ("situation: 3\ndemande: {aide: epicerie}", "situation"),
    ],
)
def test_un_cas_faux_nomme_le_champ(texte, champ):
    with pytest.raises(ReglementInvalide) as refus:
        lire_cas(texte, jour=JOUR)
    assert champ in [f.champ for f in refus.value.fautes]
