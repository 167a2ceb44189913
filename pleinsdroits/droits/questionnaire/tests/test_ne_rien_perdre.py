"""Un questionnaire court demande tout : chaque case de la situation se remplit, et « je ne sais pas » se dit partout."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cache
from random import Random

import pytest
from pydantic import BaseModel

from pleinsdroits.droits.questionnaire.assemblage import situation
from pleinsdroits.droits.questionnaire.champs import INCONNU, EnTroisCases, Montant, options_de
from pleinsdroits.droits.questionnaire.contexte import Contexte
from pleinsdroits.droits.questionnaire.ecrans.situations import DE_LA_PERSONNE
from pleinsdroits.droits.questionnaire.formulaire import Formulaire
from pleinsdroits.droits.questionnaire.parcours import posees
from pleinsdroits.droits.questionnaire.question import Question
from pleinsdroits.droits.questionnaire.rangement import appele
from pleinsdroits.droits.questionnaire.tests.marcheur import au_hasard, imposer, marcher
from pleinsdroits.droits.situation import modele

JOUR = date(2026, 11, 24)
MODELES = [
    m for m in vars(modele).values() if isinstance(m, type) and issubclass(m, modele.Modele) and m is not modele.Modele
]
CASES = [(m.__name__, champ) for m in MODELES for champ in m.model_fields]
# Ce que chacun sait de soi et que le calcul ne peut deviner : sans « je ne sais pas ».
TOUJOURS_SU = {"vous/naissance", "vous/couple", "vous/autres", "foyer/naissance", "foyer/naissance_conjoint"}
TOUJOURS_SU |= {"foyer/lien", "logement/commune", "activite/regime", "activite-suite/regime", "concerne/quoi"}
TOUJOURS_SU |= {f"qui/{sujet}" for sujet in DE_LA_PERSONNE}
GRAINES = range(120)


def valeurs(objet: object) -> Iterator[tuple[tuple[str, str], str]]:
    """Chaque case remplie d'une situation, avec ce qu'elle dit."""
    if isinstance(objet, list):
        for morceau in objet:
            yield from valeurs(morceau)
    if isinstance(objet, BaseModel):
        for nom in type(objet).model_fields:
            yield (type(objet).__name__, nom), repr(getattr(objet, nom))
            yield from valeurs(getattr(objet, nom))


@cache
def dites() -> dict[tuple[str, str], set[str]]:
    """Tout ce que des réponses au hasard font dire à chaque case ; la moitié des foyers compte une seule personne."""
    vues: dict[tuple[str, str], set[str]] = defaultdict(set)
    for graine in GRAINES:
        choisir = au_hasard(Random(graine), JOUR)
        choisir = imposer({"couple": ["seul"], "autres": ["non"]}, choisir) if graine % 2 else choisir
        for case, valeur in valeurs(situation(Contexte(marcher(choisir, JOUR)[0], JOUR))):
            vues[case].add(valeur)
    return vues


@pytest.mark.parametrize(("objet", "champ"), CASES)
def test_chaque_case_de_la_situation_se_remplit_par_le_questionnaire(objet, champ):
    assert len(dites()[objet, champ]) > 1, dites()[objet, champ]


def test_je_ne_sais_pas_se_dit_a_chaque_question():
    """Par une réponse, par une case de montant laissée vide, ou par le bouton de l'écran."""
    sans = set()
    for graine in range(60):
        contexte = Contexte(marcher(au_hasard(Random(graine), JOUR), JOUR)[0], JOUR)
        sans |= {question for ecran in posees(contexte) for question in sans_je_ne_sais_pas(ecran, contexte)}
    assert sans == TOUJOURS_SU


def sans_je_ne_sais_pas(ecran: Question, contexte: Contexte) -> Iterator[str]:
    """Les questions d'un écran qui refusent et le blanc, et « je ne sais pas »."""
    bouton = {"inconnu": "1"} if Formulaire(ecran, contexte).bouton_inconnu else {}
    reponses = contexte.reponses[ecran.slug]
    for nom, champ in ecran.champs(contexte, bouton).items():
        if isinstance(champ, EnTroisCases | Montant) and bouton:
            continue
        if champ.required and appele(champ, reponses) and INCONNU not in dict(options_de(champ)):
            yield f"{ecran.slug}/{re.sub(r'(__.*|_[0-9]+)$', '', nom)}"
