"""Répondre à un questionnaire entier : un écran après l'autre, avec ce que ``choisir`` donne à chaque champ."""

from collections.abc import Callable
from datetime import date
from random import Random

from django import forms
from django.utils.datastructures import MultiValueDict

from pleinsdroits.droits.questionnaire import parcours
from pleinsdroits.droits.questionnaire.champs import AUCUN, INCONNU, EnTroisCases, Montant, options_de
from pleinsdroits.droits.questionnaire.contexte import Contexte, Reponses
from pleinsdroits.droits.questionnaire.formulaire import Formulaire

Choisir = Callable[[str, str, forms.Field], list[str] | None]


def marcher(choisir: Choisir, jour: date, *, inconnu: frozenset[str] = frozenset()) -> tuple[Reponses, list[str]]:
    """
    Les réponses et les écrans traversés. ``choisir(ecran, nom, champ)`` rend les textes envoyés (trois pour une
    date) ; un écran de ``inconnu`` est envoyé par « Je ne sais pas ». Échoue si une réponse est refusée.
    """
    reponses: Reponses = {}
    traverses: list[str] = []
    while (ecran := parcours.en_attente(Contexte(reponses, jour))) is not None:
        assert ecran.slug not in traverses, f"{ecran.slug} est posé deux fois"
        traverses.append(ecran.slug)
        envoi: MultiValueDict = MultiValueDict({"inconnu": ["1"]} if ecran.slug in inconnu else {})
        contexte = Contexte(reponses, jour)
        for nom, champ in _champs_a_remplir(ecran, contexte, choisir):
            _ecrire(envoi, nom, champ, choisir(ecran.slug, nom, champ))
        formulaire = Formulaire(ecran, contexte, envoi)
        assert formulaire.is_valid(), (ecran.slug, envoi, formulaire.errors.as_text())
        reste = {"inconnu": True} if ecran.slug in inconnu else {}
        reponses = {**reponses, ecran.slug: {**formulaire.cleaned_data, **reste}}
    return reponses, traverses


def _champs_a_remplir(ecran, contexte: Contexte, choisir: Choisir):
    """Ceux de l'écran ; pour le foyer, autant de lignes que ``choisir`` en remplit."""
    champs = ecran.champs(contexte, None)
    if ecran.slug == "foyer" and contexte.avec_d_autres:
        lignes = {f"naissance_{i}_0": ["1"] for i in range(int(choisir("foyer", "lignes", forms.Field())[0]))}
        champs |= ecran.champs(contexte, MultiValueDict(lignes))
    return list(champs.items())


def _ecrire(envoi: MultiValueDict, nom: str, champ: forms.Field, valeurs: list[str] | None) -> None:
    if isinstance(champ, EnTroisCases):
        for rang, valeur in enumerate(valeurs or [""] * len(champ.widget.noms)):
            envoi[f"{nom}_{rang}"] = valeur
    elif valeurs:
        envoi.setlist(nom, valeurs)


def au_hasard(hasard: Random, jour: date) -> Choisir:
    """Des réponses possibles, de toutes sortes."""

    def choisir(ecran: str, nom: str, champ: forms.Field) -> list[str] | None:
        if nom == "lignes":
            return [str(hasard.choice([1, 1, 2, 5, 18]))]
        if isinstance(champ, EnTroisCases):
            return _date(hasard, champ, jour, nom)
        if isinstance(champ, Montant):
            vide = not champ.required and hasard.random() < 0.4
            return (
                None
                if vide
                else [
                    hasard.choice(["1", "2", "12,5", "12"] if champ.minimum == 1 else ["0", "1", "1 2", "12,5", "90 €"])
                ]
            )
        if isinstance(champ, forms.BooleanField):
            return ["on"] if hasard.random() < 0.5 else None
        if nom == "commune":
            return [hasard.choice(["Ivry-sur-Seine", "paris", "Vitry sur seine"])]
        return _options(hasard, ecran, champ)

    return choisir


def _date(hasard: Random, champ: EnTroisCases, jour: date, nom: str) -> list[str] | None:
    if not champ.required and hasard.random() < 0.3 and not nom.startswith("naissance"):
        return None
    if nom.startswith("a_"):
        return ["12", "2027"]
    plus_vieux = 95 if champ.naissance else 3
    annee = jour.year - hasard.randint(18 if nom == "naissance" else 1, plus_vieux)
    return ["2", str(annee)] if champ.sans_jour else ["28", "2", str(annee)]


def _options(hasard: Random, ecran: str, champ: forms.Field) -> list[str]:
    valeurs = [valeur for valeur, _nom in options_de(champ) if valeur]
    if ecran == "enfants" and INCONNU in valeurs and "maternelle" in valeurs:
        return [hasard.choice(["aucune", INCONNU])]
    if isinstance(champ, forms.MultipleChoiceField) and hasard.random() < 0.7:
        cumulables = [v for v in valeurs if v not in (AUCUN, INCONNU)]
        return hasard.sample(cumulables, hasard.randint(1, len(cumulables)))
    return [hasard.choice(valeurs)]


def imposer(imposees: dict[str, list[str]], ailleurs: Choisir) -> Choisir:
    """Les réponses ``imposees`` aux champs qu'elles nomment (« champ » ou « écran/champ »), ``ailleurs`` pour le reste."""

    def choisir(ecran: str, nom: str, champ: forms.Field) -> list[str] | None:
        reponse = imposees.get(f"{ecran}/{nom}", imposees.get(nom))
        return ailleurs(ecran, nom, champ) if reponse is None else reponse

    return choisir


def tout_cocher(ecran: str, nom: str, champ: forms.Field) -> list[str] | None:
    """La réponse qui ouvre le plus d'écrans : chaque case cochée, la première réponse, le 28 février de l'an passé."""
    valeurs = [valeur for valeur, _nom in options_de(champ) if valeur not in ("", AUCUN, INCONNU)]
    if isinstance(champ, forms.MultipleChoiceField):
        return valeurs
    if isinstance(champ, EnTroisCases):
        return ["2", "2025"] if champ.sans_jour else ["28", "2", "2025"]
    return valeurs[:1] or ["12"]
