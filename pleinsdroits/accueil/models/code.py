"""Le code à neuf chiffres : une visite du site confiée sept jours, pour ne rien redire au guichet."""

import datetime as dt
import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.accueil.models.contact import RECOIVENT
from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.socle.chiffre import ChampChiffre, empreinte


class CodeQuerySet(models.QuerySet):
    def visibles_par(self, acteur: Acteur) -> "CodeQuerySet":
        """Personne ne parcourt les codes : qui reçoit en ouvre un, chiffre par chiffre (``du_code``)."""
        if acteur.genre == Genre.SYSTEME or (acteur.genre == Genre.AGENT and acteur.role in RECOIVENT):
            return self
        return self.none()

    def du_code(self, chiffres: str) -> "Code | None":
        """Le code encore valable ; espaces et points ignorés. ``None`` s'il est inconnu, périmé, annulé ou déjà servi."""
        nus = "".join(c for c in chiffres if c.isdigit())
        return self.valables().filter(empreinte=empreinte(nus, "code")).first()

    def valables(self) -> "CodeQuerySet":
        return self.filter(expire_le__gt=timezone.now(), servi_le__isnull=True, annule_le__isnull=True)


class Code(models.Model):
    """Neuf chiffres, dont seule l'empreinte est gardée ; le contenu est chiffré et s'efface une fois servi ou périmé."""

    DUREE = dt.timedelta(days=7)

    empreinte = models.CharField(verbose_name=_("empreinte du code"), max_length=64, unique=True)
    contenu = ChampChiffre(verbose_name=_("ce que la personne confie"), blank=True)
    cree_le = models.DateTimeField(verbose_name=_("créé le"), default=timezone.now)
    expire_le = models.DateTimeField(verbose_name=_("expire le"))
    servi_le = models.DateTimeField(verbose_name=_("servi le"), null=True, blank=True)
    annule_le = models.DateTimeField(verbose_name=_("annulé le"), null=True, blank=True)

    objects = CodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        ordering = ["-cree_le"]

    def __str__(self) -> str:
        return f"code {self.pk}"

    @staticmethod
    def tirer() -> str:
        """Neuf chiffres au hasard."""
        return f"{secrets.randbelow(10**9):09d}"
