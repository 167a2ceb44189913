"""Une lettre prête : les bons mots, les bons articles, rien qu'on ne lui ait donné, et un refus clair s'il manque un fait."""

import re
from datetime import date

import pytest

from pleinsdroits.demarches.delais import delais
from pleinsdroits.demarches.lettres.composition import (
    FaitsDeLettre,
    LettreImpossible,
    composer_lettre,
    lettres_possibles,
)
from pleinsdroits.demarches.lettres.modele import modeles
from pleinsdroits.demarches.recours import voies_de_refus
from pleinsdroits.demarches.tests.fiches_essai import FICHES, faits, lire

APRES = date(2027, 1, 20)
RAISONS = "Je vis sans revenu depuis août 2026."
ARTICLE = re.compile(r"\b[LRD]\d[\d-]*(?:-A)?")


def a_ecrire(droit, jour=APRES, expose=RAISONS, **changements):
    return FaitsDeLettre(FICHES[droit], faits(**changements), jour, expose=expose)


def ecrire(modele, droit, **changements):
    return lire(composer_lettre(modele, a_ecrire(droit, **changements)).texte)


def refus(modele, droit, **changements):
    with pytest.raises(LettreImpossible) as erreur:
        composer_lettre(modele, a_ecrire(droit, **changements))
    return lire(erreur.value.phrase)


REFUS = {"repondue_le": date(2026, 12, 1), "reponse": "refus", "notifiee_le": date(2026, 12, 3)}


def test_demander_les_raisons_cite_le_silence_et_l_article():
    texte = ecrire("motifs", "asf")
    assert "J’ai déposé le 9 novembre 2026 une demande pour cette aide : « Allocation de soutien familial" in texte
    assert "depuis le 9 janvier 2027, d’après l’article L231-4, 3°, du code des relations entre le public" in texte
    assert "l’article L232-4 du code des relations entre le public et l’administration" in texte


@pytest.mark.parametrize(
    ("droit", "article", "devant"),
    [
        ("rsa", "les articles L262-47 et R262-88 du code de l’action sociale et des familles", "conseil départemental"),
        ("ppa", "l’article L845-2 du code de la sécurité sociale", "commission de recours amiable"),
        ("aide_logement", "l’article L825-2 du code de la construction et de l’habitation", "CAF"),
        ("asf", "l’article R142-1 du code de la sécurité sociale", "commission de recours amiable"),
        ("pch", "l’article R241-36 du code de l’action sociale et des familles", "personnes handicapées"),
    ],
)
def test_le_recours_prealable_va_au_bon_endroit_d_apres_le_bon_article(droit, article, devant):
    lettre = composer_lettre("prealable", a_ecrire(droit, **REFUS))
    assert f"prévu par {article}." in lire(lettre.texte)
    assert devant in lettre.a_qui and lettre.a_qui[0].isupper()
    assert "Je conteste la décision du 1er décembre 2026" in lire(lettre.texte)
    assert RAISONS in lire(lettre.texte)


def test_la_seconde_voie_prealable_se_choisit():
    fait = a_ecrire("aah", **REFUS)
    cra = FaitsDeLettre(fait.fiche, fait.faits, APRES, expose=RAISONS, voie=1)
    assert "commission de recours amiable de la CAF" in composer_lettre("prealable", cra).a_qui


def test_une_regle_a_relire_n_est_pas_affirmee_au_nom_de_la_personne():
    texte = ecrire("prealable", "apa_domicile", **REFUS)
    assert "Cette lettre est le recours à faire avant le juge.\n" in texte and "L134-2" not in texte
    dalo = ecrire("motifs", "dalo", jour=date(2027, 3, 1))
    assert "Il semble que votre silence vaille refus" in dalo and "R441-15" not in dalo


def test_le_recours_amiable_interrompt_le_juge_administratif():
    texte = ecrire("gracieux", "local_energie", **REFUS)
    assert "interrompt le délai pour saisir le juge, d’après l’article L411-2" in texte


def test_un_accord_partiel_se_dit_tel_quel():
    texte = ecrire("prealable", "rsa", **(REFUS | {"reponse": "partiel"}))
    assert "ne m’accorde qu’une partie" in texte and "C’est un refus" not in texte


def test_le_retard_reclame_l_accord_quand_le_silence_vaut_accord():
    texte = ecrire("retard", "css", expose="")
    assert "votre silence vaut accord, d’après l’article L861-5 du code de la sécurité sociale" in texte.replace(
        "Votre", "votre"
    )
    assert "article L232-3" in texte


def test_le_retard_d_un_silence_inconnu_ne_promet_rien():
    texte = ecrire("retard", "aspa", expose="")
    assert "vaut" not in texte and "où en est mon dossier" in texte


def test_la_relance_et_la_demande_ne_parlent_que_des_papiers_donnes():
    assert "papiers énumérés" not in ecrire("demande", "rsa")
    fait = a_ecrire("rsa")
    avec = FaitsDeLettre(fait.fiche, fait.faits, APRES, pieces=("Pièce d’identité",))
    assert "papiers énumérés" in composer_lettre("relance", avec).texte
    assert composer_lettre("relance", avec).pieces_jointes == ("Pièce d’identité",)


SANS_DEPOT = {"deposee_le": None, "recue_le": None, "preuve": "aucune"}


@pytest.mark.parametrize(
    ("modele", "droit", "changements", "phrase"),
    [
        ("motifs", "asf", SANS_DEPOT, "Il manque la date de dépôt de la demande."),
        ("retard", "asf", SANS_DEPOT, "Il manque la date de dépôt de la demande."),
        ("relance", "asf", SANS_DEPOT, "Il manque la date de dépôt de la demande."),
        ("motifs", "asf", {"jour": date(2027, 1, 9)}, "Le silence ne vaut pas encore refus pour cette demande"),
        ("motifs", "css", {}, "Le silence ne vaut pas encore refus pour cette demande"),
        ("motifs", "asf", REFUS, "Une réponse est déjà notée"),
        ("retard", "asf", REFUS, "Une réponse est déjà notée"),
        ("prealable", "asf", REFUS | {"expose": " "}, "Il manque vos raisons"),
        ("prealable", "asf", {"jour": date(2026, 12, 1)}, "Il n’y a rien à contester"),
        ("prealable", "local_energie", REFUS, "nous ne connaissons pas de recours préalable obligatoire"),
        ("gracieux", "rsa", REFUS, "Le recours amiable ne convient pas à ce droit"),
        ("gracieux", "ame", REFUS, "Le recours amiable ne convient pas à ce droit"),
        ("gracieux", "aj", REFUS, "Le recours amiable ne convient pas à ce droit"),
    ],
)
def test_un_fait_manquant_est_nomme(modele, droit, changements, phrase):
    assert phrase in refus(modele, droit, **changements)


def _articles_permis(droit):
    table, fiche = delais(), FICHES[droit]
    regles = [
        table.silence(fiche),
        *table.generales.values(),
        *(table.prealable(fiche, v) for v in voies_de_refus(fiche)),
    ]
    return {a for r in regles if r for a in ARTICLE.findall(str(r.reference))}


@pytest.mark.parametrize("droit", sorted(FICHES))
@pytest.mark.parametrize("cas", [{}, REFUS, REFUS | {"reponse": "partiel"}], ids=["silence", "refus", "partiel"])
def test_aucune_lettre_ne_cite_un_article_etranger_au_droit(droit, cas):
    fait = a_ecrire(droit, jour=date(2027, 6, 1), **cas)
    possibles = lettres_possibles(fait)
    assert "demande" in {m.id for m in possibles}
    for modele in possibles:
        texte = lire(composer_lettre(modele.id, fait).texte)
        assert set(ARTICLE.findall(texte)) <= _articles_permis(droit)
        assert not re.search(r"None|[{}]|l’(articles|décret)| le [.,]|\s{3,}|'", texte), texte


@pytest.mark.parametrize("modele", sorted(modeles()))
def test_un_modele_n_ecrit_ni_article_ni_date_en_dur(modele):
    for p in modeles()[modele].paragraphes:
        assert not re.search(r"\d", p.texte), p.texte
        assert len(p.texte.split()) < 60, "une lettre se lit à voix haute"
