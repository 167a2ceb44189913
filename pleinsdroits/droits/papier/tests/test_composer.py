import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest

from pleinsdroits.droits.catalogue import FICHES, lire_fiche
from pleinsdroits.droits.moteur.resultats import Bilan, Etat, Manque, Periodicite, Resultat, Totaux
from pleinsdroits.droits.papier.guide import guide_pdf
from pleinsdroits.droits.papier.mes_droits import mes_droits_pdf
from pleinsdroits.droits.situation.mois import Mois
from pleinsdroits.droits.textes import phrase
from pleinsdroits.socle.papier import DocumentImpossible, composer
from pleinsdroits.socle.ville import ville

JOUR = date(2026, 11, 23)
VILLE = ville(Path(__file__).parents[4] / "villes" / "ivry")
PIEGES = "#set text(red) *gras* $x$ @lien <étiquette> \\ « œuvre » 1 234,50 € l’été"
LIEU = {
    "nom": "Accueil",
    "adresse": "1 rue de l’Exemple",
    "telephone": "01 99 00 12 34",
    "horaires": ["lundi : 9 h à 12 h"],
    "exemple": True,
}


def bilan(*resultats):
    return Bilan(JOUR, "2026.11 essai", resultats, Totaux(a_demander_par_mois=Decimal("716.90")))


def ouvert(droit="rsa", motif="Vous vivez seul et sans revenu."):
    return Resultat(droit, ("moi",), Etat.OUVERT, Decimal("318.52"), Periodicite.MOIS, motifs=(phrase("{m}", m=motif),))


def fiches(nombre=1):
    modele = lire_fiche(FICHES / "rsa.yaml")
    return {
        "rsa" if n == 0 else f"rsa_{n}": modele.model_copy(update={"id": "rsa" if n == 0 else f"rsa_{n}"})
        for n in range(nombre)
    }


def feuille(un_bilan, les_fiches=None, grand=False):
    return mes_droits_pdf(
        un_bilan, les_fiches or fiches(), VILLE, grand=grand, adresse=lambda d: f"https://exemple.invalid/aides/{d}/"
    )


def verifier_pdf_ua(contenu: bytes) -> pikepdf.Pdf:
    pdf = pikepdf.open(io.BytesIO(contenu))
    assert str(pdf.Root.Lang).startswith("fr")
    assert pdf.Root.MarkInfo.Marked
    assert "/StructTreeRoot" in pdf.Root
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as notice:
        assert notice["pdfuaid:part"] == "1"
        assert notice["dc:title"]
    return pdf


def titres(contenu: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(contenu)) as pdf, pdf.open_outline() as plan:
        return [e.title for e in plan.root]


@pytest.mark.parametrize("grand", [False, True])
def test_mes_droits_est_un_document_accessible(grand):
    complet = bilan(
        ouvert(),
        Resultat("rsa", ("moi",), Etat.PROBABLE, a_verifier=(phrase("Votre titre de séjour."),)),
        Resultat("rsa", ("moi",), Etat.A_COMPLETER, manque=(Manque("logement.loyer", phrase("Votre loyer ?")),)),
        Resultat("rsa", ("moi",), Etat.OUVERT, Decimal(300), Periodicite.MOIS, deja_recu=Decimal(300)),
        Resultat("rsa", ("moi",), Etat.NON, motifs=(phrase("Vous avez 24 ans."),), ouvre_le=Mois("2027-03")),
    )
    contenu = feuille(complet, grand=grand)
    verifier_pdf_ua(contenu)
    rubriques = ["À demander maintenant", "Pas à pas", "À vérifier avec quelqu’un", "Vous recevez déjà"]
    assert titres(contenu) == [*rubriques, "Pas maintenant, et pourquoi"]


def test_quarante_droits_ouverts_tiennent_en_vingt_pages():
    nombreuses = fiches(40)
    pdf = verifier_pdf_ua(feuille(bilan(*(ouvert(d) for d in nombreuses)), nombreuses))
    assert len(pdf.pages) <= 20


def test_les_lieux_et_les_personnes_concernees_sont_sur_la_feuille():
    asf = Resultat("rsa", ("enfant",), Etat.OUVERT, Decimal(200), Periodicite.MOIS)
    options = {"grand": False, "adresse": lambda d: f"https://exemple.invalid/aides/{d}/"}
    gens = {"moi": "Vous", "enfant": "Votre enfant de 8 ans"}
    sans = mes_droits_pdf(bilan(asf), fiches(), VILLE, **options)
    avec = mes_droits_pdf(bilan(asf), fiches(), VILLE, gens=gens, lieux=[LIEU], **options)
    verifier_pdf_ua(avec)
    assert "Se faire aider" in titres(avec)
    assert "Se faire aider" not in titres(sans)


def test_les_grands_caracteres_prennent_plus_de_pages():
    normal, grand = (pikepdf.open(io.BytesIO(feuille(bilan(ouvert()), grand=g))) for g in (False, True))
    assert len(grand.pages) > len(normal.pages)


def test_un_texte_n_est_jamais_lu_comme_du_code():
    verifier_pdf_ua(feuille(bilan(ouvert(motif=PIEGES))))


def test_sans_aucun_droit_la_feuille_reste_utile():
    verifier_pdf_ua(feuille(bilan()))


def test_une_aide_sensible_que_rien_n_ouvre_n_est_pas_imprimee():
    sensible = {"rsa": fiches()["rsa"].model_copy(update={"sensible": True})}
    muet = feuille(bilan(Resultat("rsa", ("moi",), Etat.A_COMPLETER)), sensible)
    vide = feuille(bilan(), sensible)
    assert len(pikepdf.open(io.BytesIO(muet)).pages) == len(pikepdf.open(io.BytesIO(vide)).pages)
    assert abs(len(muet) - len(vide)) < 50


@pytest.mark.parametrize("grand", [False, True])
def test_le_guide_est_un_document_accessible(tmp_path, grand):
    verifier_pdf_ua(guide_pdf(fiches(3), [LIEU], VILLE, JOUR, grand=grand, reserve=tmp_path))


def test_le_guide_n_est_recompose_que_si_son_contenu_change(tmp_path):
    guide_pdf(fiches(), [LIEU], VILLE, JOUR, grand=False, reserve=tmp_path)
    guide_pdf(fiches(), [LIEU], VILLE, JOUR, grand=False, reserve=tmp_path)
    assert len(list(tmp_path.glob("*.pdf"))) == 1
    guide_pdf(fiches(), [LIEU | {"telephone": "01 99 00 12 35"}], VILLE, JOUR, grand=False, reserve=tmp_path)
    assert len(list(tmp_path.glob("*.pdf"))) == 2


def test_un_document_inaccessible_est_refuse(tmp_path):
    gabarit = tmp_path / "faux.typ"
    gabarit.write_text('#set document(title: "x")\n= Un\n=== Trois\n', encoding="utf-8")
    with pytest.raises(DocumentImpossible):
        composer(gabarit, {})
