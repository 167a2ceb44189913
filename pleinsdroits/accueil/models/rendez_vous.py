"""Un rendez-vous : qui, quand, où ou par téléphone ; son objet se tait quand la personne est en danger."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.annuaire.models import Lieu
from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.comptes.models import Agent
from pleinsdroits.personnes.models import Foyer, Personne, du_foyer
from pleinsdroits.socle.conflit import Versionne


class RendezVousQuerySet(models.QuerySet):
    def visibles_par(self, acteur: Acteur) -> "RendezVousQuerySet":
        """Voir ``du_foyer``, et ceux que l'agent tient lui-même."""
        du_perimetre = du_foyer(self, acteur, accueil=True)
        if acteur.genre == Genre.AGENT:
            return du_perimetre | self.filter(agent=acteur.identifiant)
        return du_perimetre

    def a_venir(self) -> "RendezVousQuerySet":
        return self.filter(etat=RendezVous.Etat.PREVU, quand__gte=timezone.now())


class RendezVous(Versionne):
    """Un rendez-vous. Manqué, il appelle un coup de téléphone, jamais une sanction."""

    class Etat(models.TextChoices):
        PREVU = "prevu", _("prévu")
        HONORE = "honore", _("a eu lieu")
        MANQUE = "manque", _("la personne n’est pas venue")
        ANNULE = "annule", _("annulé")

    class Mode(models.TextChoices):
        SUR_PLACE = "sur_place", _("sur place")
        TELEPHONE = "telephone", _("par téléphone")

    A_LA_FIN = {"objet": ""}

    foyer = models.ForeignKey(
        Foyer, verbose_name=_("foyer"), on_delete=models.SET_NULL, related_name="rendez_vous", null=True
    )
    personne = models.ForeignKey(
        Personne, verbose_name=_("personne"), on_delete=models.SET_NULL, related_name="rendez_vous", null=True
    )
    agent = models.ForeignKey(Agent, verbose_name=_("avec"), on_delete=models.PROTECT, related_name="rendez_vous")
    quand = models.DateTimeField(verbose_name=_("quand"))
    minutes = models.PositiveSmallIntegerField(verbose_name=_("durée en minutes"), default=45)
    mode = models.CharField(verbose_name=_("comment"), max_length=10, choices=Mode, default=Mode.SUR_PLACE)
    lieu = models.ForeignKey(Lieu, verbose_name=_("où"), on_delete=models.PROTECT, null=True, blank=True)
    objet = models.CharField(verbose_name=_("objet"), max_length=150, blank=True)
    discret = models.BooleanField(verbose_name=_("objet caché"), default=False)
    etat = models.CharField(verbose_name=_("état"), max_length=7, choices=Etat, default=Etat.PREVU)
    rappele_le = models.DateTimeField(verbose_name=_("rappel envoyé le"), null=True, blank=True)

    objects = RendezVousQuerySet.as_manager()

    class Meta:
        verbose_name = _("rendez-vous")
        verbose_name_plural = _("rendez-vous")
        ordering = ["quand", "pk"]
        indexes = [
            models.Index(fields=["agent", "quand"], name="rendez_vous_agent"),
            models.Index(fields=["foyer", "quand"], name="rendez_vous_foyer"),
            models.Index(fields=["etat", "quand"], name="rendez_vous_etat"),
        ]

    def __str__(self) -> str:
        return f"rendez-vous {self.pk}"
