"""Un cas à évaluer : la situation du foyer, l'aide demandée, et ce que le CCAS sait déjà."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from pleinsdroits.droits.reglement.base import Argent, Identifiant, Modele, Texte
from pleinsdroits.droits.situation.modele import Situation


class Accord(Modele):
    """Une aide de la même sorte déjà accordée : le jour de la décision, et la somme en euros (rien sans argent)."""

    le: date
    montant: Argent | None = None


class Demande(Modele):
    """
    L'aide demandée (``aide``), la somme demandée en euros, ce que le foyer a déjà obtenu pour cette aide, la date depuis
    laquelle il habite la commune, et la raison d'une éventuelle dérogation demandée par la personne qui instruit.

    Ce qui est déjà obtenu se dit par ``accords``, datés, que chaque règle compte sur sa période ; à défaut, par un total et
    un nombre sans date (``deja_accorde``, ``deja_aide``), qui comptent toujours.
    """

    aide: Identifiant
    montant: Argent | None = None
    deja_accorde: Argent = Decimal(0)
    deja_aide: Annotated[int, Field(ge=0, le=366)] = 0
    accords: Annotated[list[Accord], Field(max_length=366)] = []
    habite_depuis: date | None = None
    derogation: Texte | None = None


class Cas(Modele):
    """La forme d'un fichier de cas. ``jour`` absent : aujourd'hui."""

    situation: Situation
    demande: Demande
    jour: date | None = None
