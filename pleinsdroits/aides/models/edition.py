"""Le règlement des aides, édition par édition : brouillon, adopté par délibération, remplacé."""

import datetime as dt
import json
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pleinsdroits.comptes.models import Agent
from pleinsdroits.droits.reglement.lecture import lire_reglement
from pleinsdroits.droits.reglement.modele import Reglement
from pleinsdroits.socle.conflit import Versionne


class EditionQuerySet(models.QuerySet["EditionDuReglement"]):
    def en_vigueur(self, jour: dt.date) -> "EditionQuerySet":
        """Les éditions adoptées qui s'appliquent le ``jour``, la plus récente d'abord."""
        adoptees = self.filter(etat=EditionDuReglement.Etat.ADOPTEE, effet__lte=jour)
        return adoptees.filter(Q(fin__isnull=True) | Q(fin__gte=jour)).order_by("-effet", "-pk")

    def de_l_aide(self, aide: str, jour: dt.date) -> "EditionDuReglement | None":
        """L'édition en vigueur le ``jour`` qui décrit ``aide`` (la plus récente), ou ``None``."""
        return next((e for e in self.en_vigueur(jour) if any(a["id"] == aide for a in e.document["aides"])), None)


class EditionDuReglement(Versionne):
    """
    Un règlement entier (``droits.reglement``), comme donnée. Une édition adoptée ne change plus : la décision qui la cite
    se relit telle qu'elle a été prise. ``document`` est un objet JSON que ``Reglement`` accepte.
    """

    class Etat(models.TextChoices):
        BROUILLON = "brouillon", _("brouillon")
        ADOPTEE = "adoptee", _("adoptée")
        ABANDONNEE = "abandonnee", _("abandonnée")

    reglement = models.CharField(verbose_name=_("règlement"), max_length=41)
    libelle = models.CharField(verbose_name=_("édition"), max_length=60)
    etat = models.CharField(verbose_name=_("état"), max_length=10, choices=Etat, default=Etat.BROUILLON)
    effet = models.DateField(verbose_name=_("s’applique à partir du"))
    fin = models.DateField(verbose_name=_("s’applique jusqu’au"), null=True, blank=True)
    document = models.JSONField(verbose_name=_("texte en données"))
    deliberation = models.CharField(verbose_name=_("délibération"), max_length=120, blank=True)
    deliberee_le = models.DateField(verbose_name=_("délibérée le"), null=True, blank=True)
    issue_de = models.ForeignKey(
        "self", verbose_name=_("écrite d’après"), on_delete=models.PROTECT, null=True, blank=True
    )
    redigee_par = models.ForeignKey(
        Agent, verbose_name=_("rédigée par"), on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    adoptee_par = models.ForeignKey(
        Agent, verbose_name=_("adoption notée par"), on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("édition du règlement")
        verbose_name_plural = _("éditions du règlement")
        ordering = ["-effet", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reglement", "effet"], condition=Q(etat="adoptee"), name="edition_une_adoptee_par_date"
            ),
            models.CheckConstraint(condition=Q(fin__isnull=True) | Q(fin__gte=models.F("effet")), name="edition_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.reglement}, {self.libelle}"

    def clean(self) -> None:
        if self.etat == self.Etat.ADOPTEE and not self.document:
            raise ValidationError({"document": _("Une édition adoptée a un texte.")})

    def lu(self) -> Reglement:
        """Le règlement. Lève ``ReglementInvalide`` (champ, valeur, attendu) si le document n'en est pas un."""
        return _lire(json.dumps(self.document, ensure_ascii=False))


@lru_cache(maxsize=32)
def _lire(texte: str) -> Reglement:
    return lire_reglement(texte)
