"""Qui vit dans un foyer, de tel jour à tel jour."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MembreQuerySet(models.QuerySet):
    def actuels(self) -> MembreQuerySet:
        """Ceux qui vivent dans le foyer aujourd'hui. Qui part ne voit plus rien dès le jour de son départ."""
        jour = timezone.localdate()
        return self.filter(Q(au__isnull=True) | Q(au__gt=jour), du__lte=jour)


class Membre(models.Model):
    """Quelqu'un vit dans un foyer depuis ``du`` ; ``au`` est le jour de son départ : il n'y est déjà plus."""

    class Lien(models.TextChoices):
        DEMANDEUR = "demandeur", _("la personne suivie")
        CONJOINT = "conjoint", _("conjointe ou conjoint")
        ENFANT = "enfant", _("enfant")
        AUTRE = "autre", _("autre personne du foyer")

    foyer = models.ForeignKey(
        "personnes.Foyer", verbose_name=_("foyer"), on_delete=models.CASCADE, related_name="membres"
    )
    personne = models.ForeignKey(
        "personnes.Personne", verbose_name=_("personne"), on_delete=models.CASCADE, related_name="appartenances"
    )
    lien = models.CharField(verbose_name=_("lien"), max_length=10, choices=Lien, default=Lien.DEMANDEUR)
    du = models.DateField(verbose_name=_("depuis le"), default=timezone.localdate)
    au = models.DateField(verbose_name=_("parti le"), null=True, blank=True)

    objects = MembreQuerySet.as_manager()

    class Meta:
        verbose_name = _("membre du foyer")
        verbose_name_plural = _("membres du foyer")
        ordering = ["du", "pk"]
        indexes = [models.Index(fields=["personne", "foyer"], name="membre_personne_foyer")]
        constraints = [
            models.UniqueConstraint(
                fields=["foyer", "personne"], condition=Q(au__isnull=True), name="membre_une_fois_par_foyer"
            ),
            models.CheckConstraint(
                condition=Q(au__isnull=True) | Q(au__gte=models.F("du")), name="membre_part_apres_son_arrivee"
            ),
        ]

    def __str__(self) -> str:
        return f"membre {self.pk} du foyer {self.foyer_id}"

    def actuel(self) -> bool:
        """Vit-il là aujourd'hui ?"""
        jour = timezone.localdate()
        return self.du <= jour and (self.au is None or self.au > jour)
