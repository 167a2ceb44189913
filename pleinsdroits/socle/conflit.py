"""Deux agents sur le même objet : le second l'apprend avant d'écrire, et rien de ce qu'il a tapé n'est perdu."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _


class Conflit(ValidationError):
    """L'objet a changé depuis que la page a été lue. La vue montre les deux versions et laisse choisir."""


class Versionne(models.Model):
    """Un objet qui compte ses changements : le formulaire emporte le numéro qu'il a lu."""

    version = models.PositiveIntegerField(verbose_name="version", default=1)

    class Meta:
        abstract = True

    def changer(self, lue: int | None) -> None:
        """
        Prend le numéro de version suivant. ``lue`` : celui que la page montrait, ``None`` si l'acte ne vient pas d'une
        page. Lève ``Conflit`` si quelqu'un a écrit entre-temps ; l'appelant tient déjà le verrou de la ligne (``@acte``).
        """
        if lue is not None and lue != self.version:
            raise Conflit(_("Quelqu’un a modifié cette page pendant que vous écriviez. Comparez, puis choisissez."))
        self.version += 1
