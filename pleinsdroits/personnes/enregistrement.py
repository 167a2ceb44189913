"""Ce que font les portes : garder une situation, puis demander son calcul une fois la transaction acquise."""

from functools import partial
from typing import Any

from django.db import transaction

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.personnes.actions.situations import enregistrer_une_situation
from pleinsdroits.personnes.models import SituationDatee
from pleinsdroits.personnes.taches import calculer


def garder_la_situation(*, par: Acteur, **champs: Any) -> SituationDatee:
    """``enregistrer_une_situation``, puis le calcul en fond. Voir l'acte pour les ``champs`` et les refus."""
    situation = enregistrer_une_situation(None, par=par, **champs)
    transaction.on_commit(partial(calculer, situation.pk))
    return situation
