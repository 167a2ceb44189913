"""L'accès exceptionnel (bris de glace) : lire, pour une raison écrite, un dossier que l'on ne suit pas."""

import datetime as dt

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.comptes.models import Agent, Role

DUREE_D_UN_ACCES = dt.timedelta(hours=24)


class AccesExceptionnelQuerySet(models.QuerySet):
    def visibles_par(self, acteur: Acteur) -> "AccesExceptionnelQuerySet":
        """La coordination les relit tous ; un agent voit les siens ; la personne, ceux qui ont ouvert son dossier."""
        if acteur.genre == Genre.SYSTEME or acteur.role == Role.COORDINATION:
            return self
        if acteur.genre == Genre.PERSONNE:
            return self.filter(foyer__membres__personne=acteur.identifiant).distinct()
        return self.filter(agent=acteur.identifiant) if acteur.genre == Genre.AGENT else self.none()

    def en_cours(self) -> "AccesExceptionnelQuerySet":
        return self.filter(expire_le__gt=timezone.now())

    def a_relire(self) -> "AccesExceptionnelQuerySet":
        return self.filter(relu_le__isnull=True)


class AccesExceptionnel(models.Model):
    """
    Un agent a ouvert un dossier qui n'est pas le sien, pour 24 heures. La personne le voit ; la coordination le relit
    d'après l'agent, le numéro et la raison, sans lire le dossier (RGPD art. 32).
    """

    class Raison(models.TextChoices):
        URGENCE = "urgence", _("urgence : la personne est là ou au téléphone")
        ABSENCE = "absence", _("l’interlocuteur et son remplaçant sont absents")
        DEMANDE = "demande", _("la personne me le demande")
        CONTROLE = "controle", _("vérification d’une erreur signalée")

    class Avis(models.TextChoices):
        JUSTIFIE = "justifie", _("justifié")
        A_EXPLIQUER = "a_expliquer", _("à expliquer par l’agent")
        INJUSTIFIE = "injustifie", _("pas justifié")

    foyer = models.ForeignKey("personnes.Foyer", verbose_name=_("foyer"), on_delete=models.CASCADE)
    agent = models.ForeignKey(Agent, verbose_name=_("agent"), on_delete=models.PROTECT)
    raison = models.CharField(verbose_name=_("raison"), max_length=10, choices=Raison)
    mots = models.CharField(verbose_name=_("en quelques mots"), max_length=300)
    ouvert_le = models.DateTimeField(verbose_name=_("ouvert le"), default=timezone.now)
    expire_le = models.DateTimeField(verbose_name=_("expire le"))
    relu_le = models.DateTimeField(verbose_name=_("relu le"), null=True, blank=True)
    relu_par = models.ForeignKey(
        Agent, verbose_name=_("relu par"), on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    avis = models.CharField(verbose_name=_("avis"), max_length=12, choices=Avis, blank=True)

    objects = AccesExceptionnelQuerySet.as_manager()

    class Meta:
        verbose_name = _("accès exceptionnel")
        verbose_name_plural = _("accès exceptionnels")
        ordering = ["-ouvert_le"]
        indexes = [models.Index(fields=["agent", "expire_le"], name="acces_exceptionnel_agent")]

    def __str__(self) -> str:
        return f"accès exceptionnel {self.pk}"
