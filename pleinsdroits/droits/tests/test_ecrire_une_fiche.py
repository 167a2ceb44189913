"""Écrire une fiche : des phrases courtes, des points qui se lisent à voix haute, des chiffres relevés quelque part."""

import re
from pathlib import Path

import yaml

from pleinsdroits.droits.catalogue import FICHES, lire_catalogue
from pleinsdroits.droits.fiche import Fiche
from pleinsdroits.droits.tests.test_fiches import IVRY, fiches, phrases_dites

MOTS_PAR_PHRASE = 25
POINT_A_CONFIRMER = re.compile(r"(?:l[ea]s? |l’|ce que |devant qui )")
CHIFFRE = re.compile(r"\d+(?:[ \u00a0]\d{3})*(?:,\d+)?")
SOURCES_DES_CHIFFRES = Path(__file__).parent / "chiffres_des_fiches.yaml"


def test_un_point_a_confirmer_se_lit_apres_nous_n_avons_pas_pu_le_confirmer():
    """« Nous n'avons pas pu confirmer ce point : le délai. » : un nom, pas une phrase."""
    assert not [(f.id, p) for f in fiches() for p in f.a_confirmer if not POINT_A_CONFIRMER.match(p)]


def test_une_aide_que_la_ville_choisit_se_dit_exemple():
    """Toutes, sauf le registre des personnes isolées, que la loi règle seule (CASF L121-6-1)."""
    assert [f.id for f in lire_catalogue(IVRY).values() if not f.exemple] == ["registre_isoles"]
    assert not [f.id for f in lire_catalogue(FICHES).values() if f.exemple]


def test_une_fiche_de_tout_le_pays_ne_parle_pas_d_ivry():
    assert not [(c, t) for f in lire_catalogue(FICHES).values() for c, t in phrases_dites(f) if "Ivry" in t]


def test_un_recours_sans_delai_dit_ou_le_trouver():
    """Seuls la réclamation, la médiation et l'urgence n'ont pas de date limite."""
    muets = [
        (f.id, v.texte)
        for f in fiches()
        for v in f.recours.connu or []
        if v.nature not in ("reclamation", "mediation") and not (v.delai_mois or v.delai_jours)
        if not re.search(r"lettre|délai|urgence|juge aux affaires familiales", v.texte)
    ]
    assert not muets


def test_aucun_chiffre_qui_ne_soit_releve_dans_nos_sources():
    """Une somme, un âge ou un taux qui change se relit dans sa source, puis s'écrit dans ``chiffres_des_fiches.yaml``."""
    releves = yaml.safe_load(SOURCES_DES_CHIFFRES.read_text(encoding="utf-8"))["chiffres"]
    assert {f.id: chiffres(f) for f in fiches() if chiffres(f)} == releves


def chiffres(fiche: Fiche) -> list[str]:
    """Les nombres qu'une personne lit sur ses droits, sans les formulaires, les liens ni les téléphones."""
    dits = [t for c, t in phrases_dites(fiche) if re.search(r"\.(pour_qui|combien|a_verifier|delai|quoi)\b", c)]
    return sorted({n.replace("\u00a0", " ") for t in dits for n in CHIFFRE.findall(re.sub(r"cerfa n° \d+", "", t))})


def test_pour_qui_et_les_etapes_se_lisent_d_une_traite():
    """Phrases entières, deux-points compris : 25 mots au plus."""
    longues = [
        f"{chemin} : {morceau}"
        for fiche in fiches()
        for chemin, texte in phrases_dites(fiche)
        if re.search(r"\.(pour_qui|quoi|texte)$", chemin)
        for morceau in re.split(r"(?<=[.!?…])\s+", texte)
        if len(re.findall(r"[\w’-]+", morceau)) > MOTS_PAR_PHRASE
    ]
    assert not longues
