"""Ce qui s'entend et se copie des documents : les sommes, les étapes, les mises en garde, et rien de faux."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.droits.moteur.calcul import calculer_un
from pleinsdroits.droits.moteur.ecarts import signaler_les_ecarts
from pleinsdroits.droits.moteur.exclusions import departager
from pleinsdroits.droits.moteur.resultats import MENTION, Bilan, Etat, Periodicite, Resultat, Totaux
from pleinsdroits.droits.papier.fiches import papiers_repetes
from pleinsdroits.droits.papier.guide import guide_pdf
from pleinsdroits.droits.papier.mes_droits import mes_droits_pdf
from pleinsdroits.droits.papier.tests.lire_pdf import pages, premiere_page, texte
from pleinsdroits.droits.situation.lecture import lire_situation
from pleinsdroits.droits.textes import phrase
from pleinsdroits.socle.ville import ville

JOUR = date(2026, 11, 23)
RACINE = Path(__file__).parents[4]
IVRY, EXEMPLES = RACINE / "villes" / "ivry", RACINE / "exemples"
LIEU = {
    "nom": "Accueil",
    "adresse": "1 rue de l’Exemple",
    "telephone": "01 99 00 12 34",
    "horaires": [],
    "exemple": True,
}
HORAIRE = re.compile(r"\b\d{1,2} h( \d\d)?\b")


def en_mots(un_texte: str) -> str:
    """Sans les coupures de ligne ni les insécables : pour chercher une phrase dans un PDF."""
    return " ".join(un_texte.replace("\u00a0", " ").split())


def droit(nom, montant=None, *, etat=Etat.OUVERT, recu=None, motif="Une raison."):
    somme, deja = (None if m is None else Decimal(m) for m in (montant, recu))
    return Resultat(nom, ("moi",), etat, somme, Periodicite.MOIS, deja_recu=deja, motifs=(phrase("{m}", m=motif),))


def feuille(*resultats, grand=False, lieux=()):
    fiches = catalogue(IVRY)
    regles = signaler_les_ecarts(departager(resultats, {f.id: f.nom for f in fiches.values()}))
    bilan = Bilan(JOUR, "essai", tuple(regles), Totaux(a_demander_par_mois=Decimal("1041.59")))
    adresse = "https://exemple.invalid/aides/{}/".format
    return mes_droits_pdf(bilan, fiches, ville(IVRY), grand=grand, adresse=adresse, lieux=lieux)


@pytest.mark.parametrize("grand", [False, True])
def test_mes_droits_dit_la_somme_les_etapes_le_recours_et_la_mention(grand):
    lu = en_mots(texte(feuille(droit("aah", "1041.59"), grand=grand)))
    fiche = catalogue(IVRY)["aah"]
    attendus = ["1 041,59 € par mois", MENTION, fiche.silence.connu.texte, *fiche.pieces.connu]
    attendus += [e.quoi for e in fiche.etapes] + [r.texte for r in fiche.recours.connu]
    assert [a for a in attendus if en_mots(a) not in lu] == []
    assert "L311-3-1" in lu


def test_l_un_ou_l_autre_est_une_seule_ligne_sur_le_papier():
    lu = en_mots(texte(feuille(droit("rsa", "573.49"), droit("aah", "1041.59"))))
    assert "Ou bien : Revenu de solidarité active (RSA) (573,49 € par mois). Ces deux aides ne s’ajoutent pas." in lu
    assert "À vérifier avec quelqu’un" not in lu


def test_le_gain_compte_est_sur_le_papier():
    lu = en_mots(texte(feuille(droit("rsa", "573", recu="573"), droit("aah", "1041"))))
    assert "468,00 € de plus par mois. C’est ce que nous comptons." in lu


def test_un_ecart_avec_ce_qui_est_recu_est_sur_le_papier():
    lu = en_mots(texte(feuille(droit("aide_logement", "280", recu="100"))))
    assert "Vous recevez 100 € par mois, notre calcul donne 280 €" in lu


def test_un_droit_recu_sans_somme_n_affiche_pas_zero_euro():
    lu = en_mots(texte(feuille(droit("puma", recu="0"))))
    assert "(PUMa). " in lu + " "
    assert "(PUMa) : 0,00" not in lu


def test_les_refus_de_meme_raison_tiennent_sur_une_ligne():
    refus = [droit(d, etat=Etat.NON, motif="Aucun enfant ne vit avec vous.") for d in ("af", "cf", "ars")]
    lu = en_mots(texte(feuille(*refus)))
    assert lu.count("Aucun enfant ne vit avec vous.") == 1
    assert all(catalogue(IVRY)[d].nom in lu for d in ("af", "cf", "ars"))


@pytest.mark.parametrize("grand", [False, True])
def test_aucun_horaire_n_est_invente(tmp_path, grand):
    """Un lieu sans horaires connus n'en montre pas ; les fiches n'en donnent aucun."""
    guide = guide_pdf(catalogue(IVRY), [LIEU], ville(IVRY), JOUR, grand=grand, reserve=tmp_path)
    mes_droits = feuille(*(droit(d, "100") for d in ("rsa", "css", "local_energie")), grand=grand, lieux=[LIEU])
    assert [HORAIRE.findall(en_mots(texte(p))) for p in (guide, mes_droits)] == [[], []]


def test_le_guide_dit_chaque_fiche_et_ses_etapes(tmp_path):
    fiches = catalogue(IVRY)
    lu = en_mots(texte(guide_pdf(fiches, [LIEU], ville(IVRY), JOUR, grand=False, reserve=tmp_path)))
    manquent = [f.id for f in fiches.values() if en_mots(f.nom) not in lu or en_mots(f.etapes[0].quoi) not in lu]
    assert manquent == []
    assert "Exemple, à remplacer par la ville" in lu
    assert "1 041,59 €" in lu


def test_un_papier_deja_a_cocher_n_est_pas_repete_a_l_etape():
    rsa = catalogue(IVRY)["rsa"]
    assert papiers_repetes(rsa.etapes[0], rsa)
    assert not papiers_repetes(rsa.etapes[1], rsa)


def test_la_premiere_page_dit_quoi_demander_combien_et_par_ou_commencer():
    lu = en_mots(premiere_page(feuille(droit("aah", "1041.59"), droit("css", "0"), droit("af", etat=Etat.NON))))
    attendus = ["1 041,59 € par mois", "Demandé", "Réponse", MENTION]
    for ident in ("aah", "css"):
        premiere = catalogue(IVRY)[ident].etapes[0]
        attendus += [catalogue(IVRY)[ident].nom, premiere.quoi, *([premiere.ou] if premiere.ou != "Chez vous" else [])]
    assert [a for a in attendus if en_mots(a) not in lu] == []


def test_les_droits_a_verifier_de_meme_raison_la_disent_une_fois():
    communs = (phrase("Votre budget complet."),)
    possibles = [
        replace(droit(d, etat=Etat.PROBABLE, motif="Il vous reste peu."), a_verifier=communs)
        for d in ("local_alimentaire", "local_hygiene")
    ]
    lu = en_mots(texte(feuille(*possibles)))
    assert "Aides de la ville. Il vous reste peu. À vérifier : Votre budget complet." in lu
    assert lu.count("Il vous reste peu.") == lu.count("Votre budget complet.") == 1
    assert all(catalogue(IVRY)[d].etapes[0].quoi in lu for d in ("local_alimentaire", "local_hygiene"))


@pytest.mark.parametrize(("exemple", "au_plus"), [("parent_isole_temps_partiel", 4), ("aidante", 6)])
def test_la_feuille_d_un_foyer_qui_a_beaucoup_de_droits_reste_courte(exemple, au_plus):
    """Avec quatre lieux où se faire aider, le plus que le site en donne."""
    situation = lire_situation((EXEMPLES / f"{exemple}.yaml").read_bytes(), jour=JOUR)
    bilan = calculer_un(situation, JOUR, ville=IVRY)
    lieux = [LIEU | {"horaires": ["lundi au jeudi : 9 h à 12 h et 14 h à 17 h", "vendredi : 9 h à 12 h"]}] * 4
    gens = {p.id: "Votre enfant de 8 ans" for p in situation.personnes}
    adresse = "https://exemple.invalid/aides/{}/".format
    contenu = mes_droits_pdf(bilan, catalogue(IVRY), ville(IVRY), grand=False, adresse=adresse, gens=gens, lieux=lieux)
    assert pages(contenu) <= au_plus
    lu, ouverts = en_mots(texte(contenu)), {r.droit for r in bilan.resultats if r.a_demander}
    etapes = [e.quoi for d in ouverts for e in catalogue(IVRY)[d].etapes]
    articles = [str(r) for d in ouverts for r in catalogue(IVRY)[d].references]
    assert [t for t in (*etapes, *articles) if en_mots(t) not in lu] == []


@pytest.mark.parametrize(("grand", "au_plus"), [(False, 2), (True, 4)])
def test_une_feuille_courante_d_un_droit_tient_recto_verso(grand, au_plus):
    assert pages(feuille(droit("rsa", "573.49"), droit("af", etat=Etat.NON), grand=grand)) <= au_plus
