"""Changer une ligne de main et pouvoir revenir : chaque changement est retenu, et se défait si personne n'y a retouché."""

import json
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction

from pleinsdroits.personnes.lignes_liees import relations

Changement = list  # [modèle, clé, champ, avant, après]


class Deplacements:
    """Les changements faits, dans l'ordre, et les lignes qu'une règle d'unicité a laissées où elles étaient."""

    def __init__(self) -> None:
        self.faits: list[Changement] = []
        self.laissees: list[tuple[type[models.Model], Any]] = []

    def poser(self, modele: type[models.Model], cle: Any, champ: str, apres: Any) -> bool:
        """Donne la valeur ``apres`` au ``champ`` de la ligne ; faux si une règle d'unicité l'interdit."""
        lignes = modele._base_manager.filter(pk=cle)
        avant = lignes.values_list(champ, flat=True).get()
        if avant == apres:
            return True
        if not _poser(lignes, champ, apres):
            return False
        self.faits.append([modele._meta.label_lower, cle, champ, avant, apres])
        return True

    def tout_deplacer(self, de: models.Model, vers: models.Model, *, sauf: frozenset[str] = frozenset()) -> None:
        """Tout ce qui désigne ``de`` désigne ``vers``. ``sauf`` : les champs (« modèle.champ ») à ne pas toucher."""
        for modele, cle_etrangere in relations(type(de)):
            champ = cle_etrangere.attname
            if f"{modele._meta.label_lower}.{cle_etrangere.name}" in sauf:
                continue
            for cle in modele._base_manager.filter(**{champ: de.pk}).values_list("pk", flat=True):
                if not self.poser(modele, cle, champ, vers.pk):
                    self.laissees.append((modele, cle))

    def en_texte(self) -> str:
        """Tous les changements, en JSON."""
        return json.dumps(self.faits, cls=DjangoJSONEncoder)


def defaire(changements: list[Changement]) -> None:
    """
    Remet chaque champ à sa valeur d'avant, du dernier changement au premier. Un champ retouché depuis, ou une ligne
    effacée, reste comme il est ; ce qui a été écrit dans les autres champs est gardé.
    """
    for etiquette, cle, champ, avant, apres in reversed(changements):
        modele = apps.get_model(etiquette)
        lignes = modele._base_manager.filter(pk=cle, **{champ: apres})
        _poser(lignes, champ, avant)


def _poser(lignes: models.QuerySet, champ: str, valeur: Any) -> bool:
    try:
        with transaction.atomic():
            lignes.update(**{champ: valeur})
    except IntegrityError:
        return False
    return True
