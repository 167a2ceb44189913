"""Qui répond de quel dossier, et pourquoi lui : langue, sujet, charge, absences."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Agent
from pleinsdroits.personnes.models import Foyer, du_foyer


class FicheInterlocuteur(models.Model):
    """Ce que la personne lit de son interlocuteur (téléphone, heures), et ce qui sert à le choisir."""

    agent = models.OneToOneField(Agent, verbose_name=_("agent"), on_delete=models.CASCADE, related_name="fiche")
    telephone = models.CharField(verbose_name=_("téléphone"), max_length=20)
    heures = models.CharField(verbose_name=_("heures"), max_length=120, blank=True)
    langues = models.JSONField(verbose_name=_("langues parlées"), default=list, blank=True)
    sujets = models.JSONField(verbose_name=_("sujets connus"), default=list, blank=True)
    dossiers_au_plus = models.PositiveSmallIntegerField(verbose_name=_("dossiers au plus"), default=60)
    remplacant = models.ForeignKey(
        Agent, verbose_name=_("remplaçant habituel"), on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("fiche d’interlocuteur")
        verbose_name_plural = _("fiches d’interlocuteur")

    def __str__(self) -> str:
        return f"fiche de l’agent {self.agent_id}"


class AbsenceQuerySet(models.QuerySet):
    def au(self, jour: dt.date) -> "AbsenceQuerySet":
        return self.filter(du__lte=jour, au__gte=jour)


class Absence(models.Model):
    """Du premier au dernier jour d'absence, compris : le remplaçant répond."""

    agent = models.ForeignKey(Agent, verbose_name=_("agent"), on_delete=models.CASCADE, related_name="absences")
    du = models.DateField(verbose_name=_("du"))
    au = models.DateField(verbose_name=_("au"))

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["du"]
        constraints = [
            models.CheckConstraint(condition=Q(au__gte=models.F("du")), name="absence_finit_apres_son_debut")
        ]

    def __str__(self) -> str:
        return f"absence {self.pk}"


class AttributionQuerySet(models.QuerySet):
    def visibles_par(self, acteur: Acteur) -> "AttributionQuerySet":
        """Voir ``du_foyer`` : l'accueil dit qui suit qui."""
        return du_foyer(self, acteur, accueil=True)


class Attribution(models.Model):
    """Un dossier confié à quelqu'un, de telle date à telle date, et pourquoi."""

    class Raison(models.TextChoices):
        LANGUE = "langue", _("parle la langue de la personne")
        SUJET = "sujet", _("connaît ce sujet")
        CHARGE = "charge", _("a de la place")
        CONNAIT = "connait", _("connaît déjà la personne")
        DEMANDE = "demande", _("la personne l’a demandé")
        DEPART = "depart", _("l’interlocuteur précédent est parti ou absent longtemps")

    A_LA_FIN = {"mots": ""}

    foyer = models.ForeignKey(
        Foyer, verbose_name=_("foyer"), on_delete=models.SET_NULL, related_name="attributions", null=True
    )
    personne = models.ForeignKey(
        "personnes.Personne", verbose_name=_("personne"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    agent = models.ForeignKey(
        Agent, verbose_name=_("interlocuteur"), on_delete=models.PROTECT, related_name="attributions"
    )
    remplacant = models.ForeignKey(
        Agent, verbose_name=_("remplaçant"), on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    raison = models.CharField(verbose_name=_("raison"), max_length=8, choices=Raison)
    mots = models.CharField(verbose_name=_("précision"), max_length=200, blank=True)
    du = models.DateTimeField(verbose_name=_("depuis le"), default=timezone.now)
    au = models.DateTimeField(verbose_name=_("jusqu’au"), null=True, blank=True)

    objects = AttributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("attribution")
        verbose_name_plural = _("attributions")
        ordering = ["-du", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["foyer"], condition=Q(au__isnull=True), name="attribution_une_en_cours")
        ]

    def __str__(self) -> str:
        return f"attribution {self.pk}"
