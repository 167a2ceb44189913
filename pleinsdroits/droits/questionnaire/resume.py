"""Dire les réponses comme la personne les a données : l'écran de vérification."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.translation import gettext as _

from pleinsdroits.droits.questionnaire import parcours
from pleinsdroits.droits.questionnaire.champs import INCONNU, EnTroisCases, Montant, options_de
from pleinsdroits.droits.questionnaire.contexte import Contexte
from pleinsdroits.droits.questionnaire.formulaire import Formulaire
from pleinsdroits.droits.questionnaire.question import PARTIES, Question
from pleinsdroits.droits.questionnaire.rangement import appele
from pleinsdroits.droits.textes import euros, jour_long, mois_annee


@dataclass(frozen=True)
class Ligne:
    """Une réponse relue : ``libelle``, ``valeur``, l'écran qui la corrige, et si elle manque."""

    libelle: str
    valeur: str
    slug: str
    manque: bool


def lignes(question: Question, contexte: Contexte) -> Iterator[Ligne]:
    """Les réponses d'un écran, sans les cases laissées vides."""
    reponse = contexte.reponses.get(question.slug)
    if reponse is None:
        yield Ligne(str(question.titre), _("Pas encore de réponse"), question.slug, True)
        return
    formulaire = Formulaire(question, contexte)
    dites = 0
    for nom, champ in formulaire.fields.items():
        valeur = reponse.get(nom)
        if not appele(champ, reponse):
            continue
        manque = _manque(champ, valeur)
        if not manque and valeur in (None, "", False, []):
            continue
        dites += 1
        texte = _("Je ne sais pas") if manque else dire(champ, valeur)
        yield Ligne(_libelle(champ), texte, question.slug, manque)
    if not dites:
        texte = _("Je ne sais pas") if reponse.get("inconnu") else _("Rien")
        yield Ligne(str(question.titre), texte, question.slug, bool(reponse.get("inconnu")))


def _manque(champ: forms.Field, valeur: object) -> bool:
    """Vrai pour un « je ne sais pas », dit ou laissé en blanc là où l'écran l'annonce."""
    attendu = champ.required or getattr(champ, "vide_inconnu", False)
    return valeur in (INCONNU, [INCONNU]) or (valeur is None and attendu)


def par_partie(contexte: Contexte) -> list[tuple[str, list[Ligne]]]:
    """Toutes les réponses données, partie par partie."""
    ecrans = parcours.posees(contexte)
    return [
        (str(nom), suite)
        for rang, nom in enumerate(PARTIES, start=1)
        if (suite := [ligne for q in ecrans if q.partie == rang for ligne in lignes(q, contexte)])
    ]


def dire(champ: forms.Field, valeur: object) -> str:
    """La valeur d'un champ, en toutes lettres."""
    if isinstance(champ, Montant):
        return _montant(champ, float(str(valeur)))
    if isinstance(champ, EnTroisCases):
        return _date(str(valeur))
    if isinstance(champ, forms.BooleanField):
        return _("Oui")
    if isinstance(champ, forms.ChoiceField):
        noms = dict(options_de(champ))
        choisis = valeur if isinstance(valeur, list) else [valeur]
        return ", ".join(str(noms.get(str(c), c)) for c in choisis)
    return str(valeur)


def _montant(champ: Montant, valeur: float) -> str:
    unite = str(champ.unite)
    if unite.startswith("€"):
        return euros(valeur) + unite.removeprefix("€")
    return f"{valeur:g}".replace(".", ",") + f" {unite}"


def _date(texte: str) -> str:
    if len(texte) == len("2024-02"):
        return mois_annee(date.fromisoformat(f"{texte}-01"))
    return jour_long(date.fromisoformat(texte))


def _libelle(champ: forms.Field) -> str:
    groupe = getattr(champ, "groupe", "")
    return f"{groupe} : {champ.label}" if groupe else str(champ.label)
