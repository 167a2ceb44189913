"""Deux fiches pour une même personne, réunies ; de quoi les séparer de nouveau, sans rien perdre."""

import json

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.comptes.models import Role
from pleinsdroits.personnes.models.foyer import Foyer
from pleinsdroits.personnes.models.personne import Personne
from pleinsdroits.socle.chiffre import ChampChiffre


class FusionQuerySet(models.QuerySet):
    def visibles_par(self, acteur: Acteur) -> "FusionQuerySet":
        """Celles des foyers que l'acteur suit, des deux côtés."""
        if acteur.genre == Genre.SYSTEME:
            return self
        if acteur.genre != Genre.AGENT or acteur.role == Role.ACCUEIL:
            return self.none()
        return self.filter(foyer__in=Foyer.objects.suivis_par(acteur).values("pk"))


class Fusion(models.Model):
    """``absorbee`` est devenue ``gardee`` : ``deplaces`` dit ligne par ligne ce qui a changé de main."""

    foyer = models.ForeignKey(Foyer, verbose_name=_("foyer gardé"), on_delete=models.CASCADE, related_name="fusions")
    foyer_absorbe = models.ForeignKey(
        Foyer, verbose_name=_("foyer absorbé"), on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    gardee = models.ForeignKey(Personne, verbose_name=_("fiche gardée"), on_delete=models.CASCADE, related_name="+")
    absorbee = models.ForeignKey(Personne, verbose_name=_("fiche absorbée"), on_delete=models.CASCADE, related_name="+")
    deplaces = ChampChiffre(verbose_name=_("lignes déplacées"))
    faite_le = models.DateTimeField(verbose_name=_("faite le"), default=timezone.now)
    annulee_le = models.DateTimeField(verbose_name=_("annulée le"), null=True, blank=True)

    objects = FusionQuerySet.as_manager()

    class Meta:
        verbose_name = _("réunion de deux fiches")
        verbose_name_plural = _("réunions de deux fiches")
        ordering = ["-faite_le"]

    def __str__(self) -> str:
        return f"fusion {self.pk}"

    def changements(self) -> list[list]:
        """[modèle, clé, champ, avant, après], dans l'ordre où ils ont été faits."""
        return json.loads(self.deplaces)
