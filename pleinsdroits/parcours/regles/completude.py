"""Ce qui manque à un projet avant de le proposer à la personne, avec la raison de chaque refus."""

from collections.abc import Iterator
from dataclasses import dataclass

from pleinsdroits.droits.textes import Phrase, phrase
from pleinsdroits.droits.textes import marque as _

PERSONNE = "personne"


@dataclass(frozen=True)
class ObjectifLu:
    """Un objectif : combien d'options offertes, la personne a-t-elle choisi, combien d'étapes."""

    rang: int
    options: int
    choisie: bool
    etapes: int


@dataclass(frozen=True)
class ProjetLu:
    """Ce que la complétude regarde d'un projet. ``engagements`` : qui s'engage, une fois par engagement."""

    forces: bool
    souhaits: bool
    objectifs: tuple[ObjectifLu, ...]
    engagements: tuple[str, ...]


def ce_qui_manque(projet: ProjetLu, *, options_au_moins: int) -> list[Phrase]:
    """Ce qu'il faut encore écrire, dans l'ordre où on le construit ; vide si le projet peut être proposé."""
    return list(_manques(projet, options_au_moins))


def _manques(projet: ProjetLu, options_au_moins: int) -> Iterator[Phrase]:
    if not projet.forces:
        yield phrase(_("Écrivez d’abord ce qui va : ses forces, ce et ceux sur quoi elle s’appuie."))
    if not projet.souhaits:
        yield phrase(_("Écrivez ses souhaits, dans ses mots."))
    if not projet.objectifs:
        yield phrase(_("Ajoutez au moins un objectif."))
    for objectif in projet.objectifs:
        yield from _manques_d_un_objectif(objectif, options_au_moins)
    if not any(qui != PERSONNE for qui in projet.engagements):
        yield phrase(_("Écrivez à quoi la ville ou un partenaire s’engage : la personne ne s’engage pas seule."))


def _manques_d_un_objectif(objectif: ObjectifLu, options_au_moins: int) -> Iterator[Phrase]:
    n = objectif.rang
    if objectif.options < options_au_moins:
        yield phrase(
            _("Objectif {n} : offrez au moins {moins} options. « Ne rien changer pour l’instant » en est une."),
            n=n,
            moins=options_au_moins,
        )
    elif not objectif.choisie:
        yield phrase(_("Objectif {n} : notez l’option qu’elle choisit, et pourquoi."), n=n)
    if not objectif.etapes:
        yield phrase(_("Objectif {n} : ajoutez une première étape."), n=n)
