"""Les lignes qui désignent un objet, quelle que soit la pièce qui les porte : réunir et effacer n'en oublient aucune."""

from collections.abc import Iterator

from django.db import models
from django.db.models import CASCADE, ManyToOneRel


def relations(modele: type[models.Model]) -> Iterator[tuple[type[models.Model], models.ForeignKey]]:
    """(modèle, clé étrangère) de tout ce qui désigne ``modele``, relations sans nom de retour (« + ») comprises."""
    for champ in modele._meta.get_fields(include_hidden=True):
        if isinstance(champ, ManyToOneRel):
            yield champ.related_model, champ.field  # type: ignore[misc]


def parties(modele: type[models.Model]) -> Iterator[tuple[type[models.Model], models.ForeignKey]]:
    """Les relations dont les lignes disparaissent avec ``modele`` : elles en sont des parties."""
    return (lien for lien in relations(modele) if lien[1].remote_field.on_delete is CASCADE)
