"""La lettre sur papier : PDF/UA-1, relue mot à mot, en deux tailles, et refusée si une partie manque."""

import io
from datetime import date

import pikepdf
import pytest

from pleinsdroits.demarches.lettres.composition import FaitsDeLettre, LettreImpossible, composer_lettre
from pleinsdroits.demarches.lettres.papier import en_pdf
from pleinsdroits.demarches.tests.fiches_essai import FICHES, faits
from pleinsdroits.droits.papier.tests.lire_pdf import pages, texte

JOUR = date(2027, 1, 20)
REFUS = {"repondue_le": date(2026, 12, 1), "reponse": "refus", "notifiee_le": date(2026, 12, 3)}
PIEGES = "#set text(red) *gras* $x$ @lien <étiquette> \\ « œuvre » 1 234,50 € l’été"
CAS = [
    ("demande", "rsa", {}),
    ("relance", "rsa", {"incomplete_le": date(2026, 11, 20)}),
    ("retard", "css", {}),
    ("retard", "aspa", {}),
    ("motifs", "asf", {}),
    ("motifs", "local_energie", {}),
    ("prealable", "rsa", REFUS),  # département
    ("prealable", "asf", REFUS),  # commission de recours amiable
    ("prealable", "pch", REFUS),  # MDPH
    ("prealable", "aide_logement", {}),  # contre un silence
    ("gracieux", "local_energie", REFUS),  # CCAS
    ("gracieux", "bourse_college", {}),  # hiérarchique, contre un silence
]


def feuille(un_texte, **changements):
    base = {
        "objet": "Recours préalable",
        "expediteur": ["Camille Exemple", "12 rue de l’Exemple", "94200 Ivry-sur-Seine"],
        "destinataire": ["Commission de recours amiable", "1 place de l’Exemple", "94000 Créteil"],
        "lieu": "Ivry-sur-Seine",
        "jour": JOUR,
    }
    return en_pdf(un_texte, **(base | changements))


def lettre(modele, droit, cas):
    fait = FaitsDeLettre(FICHES[droit], faits(**cas), JOUR, expose="Je vis sans revenu.", pieces=("Pièce d’identité",))
    return composer_lettre(modele, fait)


def sans_blancs(ecrit):
    return "".join(ecrit.split())


def verifier_pdf_ua(contenu, objet):
    with pikepdf.open(io.BytesIO(contenu)) as pdf:
        assert str(pdf.Root.Lang).startswith("fr") and pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        with pdf.open_metadata() as notice:
            assert notice["pdfuaid:part"] == "1"
            assert objet in str(notice["dc:title"])


@pytest.mark.parametrize(("modele", "droit", "cas"), CAS, ids=[f"{m}-{d}" for m, d, _c in CAS])
@pytest.mark.parametrize("grand", [False, True], ids=["normal", "grand"])
def test_chaque_lettre_se_relit_mot_a_mot(modele, droit, cas, grand):
    prete = lettre(modele, droit, cas)
    contenu = feuille(prete.texte, objet=prete.objet, pieces=prete.pieces_jointes, grand=grand)
    verifier_pdf_ua(contenu, prete.objet)
    lu = sans_blancs(texte(contenu))
    for morceau in (*prete.texte.split("\n\n"), prete.objet, "Camille Exemple", "94000 Créteil", "le 20 janvier 2027"):
        assert sans_blancs(morceau) in lu
    assert "Signature" in lu and sans_blancs("Pièce d’identité") in lu


def test_une_lettre_courte_tient_sur_une_page_et_les_grands_caracteres_en_prennent_plus():
    prete = lettre("prealable", "rsa", REFUS)
    assert pages(feuille(prete.texte)) == 1
    assert pages(feuille(prete.texte, grand=True)) == 2


def test_le_texte_corrige_par_la_personne_n_est_jamais_du_code():
    lu = sans_blancs(texte(feuille(f"Madame,\r\n\r\n{PIEGES}\r\nligne deux", expediteur=[PIEGES], pieces=[PIEGES])))
    assert lu.count(sans_blancs(PIEGES)) >= 3 and "lignedeux" in lu


def test_la_reference_et_les_pieces_ne_paraissent_que_si_on_les_donne():
    lu = texte(feuille("Madame, Monsieur,"))
    assert "références" not in lu and "Pièces jointes" not in lu
    assert "0000000" in texte(feuille("Madame, Monsieur,", reference="allocataire 0000000"))


@pytest.mark.parametrize(
    ("un_texte", "changements", "phrase"),
    [
        (" \n\n ", {}, "La lettre est vide."),
        ("Bonjour", {"objet": " "}, "Il manque l’objet de la lettre."),
        ("Bonjour", {"expediteur": ["", " "]}, "Il manque le nom et l’adresse de la personne qui écrit."),
        ("Bonjour", {"destinataire": []}, "Il manque le nom et l’adresse de qui reçoit la lettre."),
    ],
)
def test_une_partie_manquante_est_nommee(un_texte, changements, phrase):
    with pytest.raises(LettreImpossible) as refus:
        feuille(un_texte, **changements)
    assert str(refus.value) == phrase
