"""Ranger les champs d'un écran : sous le nom d'une personne, sous un titre, ou sous la réponse qui les appelle."""

from collections.abc import Callable, Mapping, Sequence

from django import forms

from pleinsdroits.droits.questionnaire.champs import choix, liste
from pleinsdroits.droits.questionnaire.contexte import CONJOINT, VOUS, Contexte, Gens

Champs = dict[str, forms.Field]


def pour(gens: Gens, champs: Champs) -> Champs:
    """Les champs d'une personne : leur nom finit par son identifiant, l'écran les réunit sous son nom."""
    for champ in champs.values():
        if condition := condition_de(champ):
            vars(champ)["si"] = (f"{condition[0]}__{gens.ident}", condition[1])
    return ranger({f"{nom}__{gens.ident}": champ for nom, champ in champs.items()}, gens.nom)


def ranger(champs: Champs, groupe: object, ajout: str = "", *, facultatif_dit: bool = False) -> Champs:
    """
    Les mêmes champs, que l'écran réunit sous le titre ``groupe`` (vide : sans titre). ``ajout`` est ce que demande
    le bouton « Ajouter » qui suit le groupe ; ``facultatif_dit`` : l'aide dit déjà quand laisser vide.
    """
    for champ in champs.values():
        # Django laisse poser ce qu'on veut sur un champ ; les types, non.
        vars(champ).update(groupe=groupe, ajout=ajout, facultatif_dit=facultatif_dit)
    return champs


def sous(parent: str, valeur: str, champs: Champs) -> Champs:
    """Les mêmes champs, montrés sous la réponse ``valeur`` du champ ``parent`` et comptés avec elle seulement."""
    for champ in champs.values():
        vars(champ)["si"] = (parent, valeur)
    return champs


def condition_de(champ: forms.Field) -> tuple[str, str] | None:
    """Le champ et la réponse qui appellent celui-ci ; ``None`` s'il est toujours là."""
    return getattr(champ, "si", None)


def appele(champ: forms.Field, donnees: Mapping) -> bool:
    """Vrai si les réponses de l'écran appellent ce champ."""
    condition = condition_de(champ)
    if condition is None:
        return True
    reponse = donnees.get(condition[0])
    return condition[1] in reponse if isinstance(reponse, list) else reponse == condition[1]


def question_de(gens: Gens) -> Callable[..., forms.ChoiceField]:
    """Des boutons pour vous et votre conjoint ; une liste, plus courte, pour les autres personnes."""
    return choix if gens.ident in (VOUS, CONJOINT) else liste


def rangs(contexte: Contexte, envoi: Mapping | None, ecran: str, champs: Sequence[str], maximum: int) -> list[int]:
    """
    Les lignes à montrer, faites de ``champs`` numérotés : celles envoyées (une de plus si on l'a demandé), sinon celles
    enregistrées, même en partie ; au moins une.
    """
    source = envoi if envoi is not None else contexte.reponses.get(ecran, {})
    montrees = [rang for rang in range(maximum) if _presente(source, champs, rang)] or [0]
    suivante = montrees[-1] + 1
    return [*montrees, suivante] if "ajouter" in (envoi or {}) and suivante < maximum else montrees


def _presente(source: Mapping, champs: Sequence[str], rang: int) -> bool:
    """Une date s'envoie en trois cases, la première numérotée zéro."""
    return any(f"{champ}_{rang}{case}" in source for champ in champs for case in ("", "_0"))
