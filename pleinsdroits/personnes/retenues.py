"""Ce qui retient un dossier à l'archive plus longtemps que les autres : une pièce du dessus le dit (``Retenue``)."""

import datetime as dt
from typing import TypeVar

from django.db import models
from django.db.models import Exists, OuterRef

from pleinsdroits.echeances.calendrier import debut_de_journee
from pleinsdroits.personnes.lignes_liees import relations
from pleinsdroits.personnes.regles.conservation import Retenue, premier_jour_garde

M = TypeVar("M", bound=models.Model)


def sans_retenue(objets: models.QuerySet[M], jour: dt.date) -> models.QuerySet[M]:
    """Ceux que rien ne retient au ``jour``. Une sous-requête par retenue."""
    for modele, champ in relations(objets.model):
        for retenue in getattr(modele, "RETIENNENT", ()):
            objets = objets.exclude(Exists(_qui_retiennent(modele, champ, retenue, jour)))
    return objets


def _qui_retiennent(
    modele: type[models.Model], champ: models.ForeignKey, retenue: Retenue, jour: dt.date
) -> models.QuerySet[models.Model]:
    limite = debut_de_journee(premier_jour_garde(retenue.duree, jour))
    recentes = {f"{retenue.depuis}__gte": limite, champ.name: OuterRef("pk")}
    return modele._base_manager.filter(**recentes, **retenue.condition)
