"""Un besoin, dans les mots de la personne ; il reste ouvert jusqu'à son issue, et c'est elle qui la dit."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.accueil.models.vocabulaire import CanalDeContact
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.personnes.models import SUJETS, Foyer, Personne, du_foyer
from pleinsdroits.socle.conflit import Versionne


class BesoinQuerySet(models.QuerySet):
    def visibles_par(self, acteur: Acteur) -> "BesoinQuerySet":
        """Voir ``du_foyer`` : l'accueil note des besoins, il les lit."""
        return du_foyer(self, acteur, accueil=True)

    def ouverts(self) -> "BesoinQuerySet":
        return self.filter(etat__in=Besoin.OUVERTS)


class Besoin(Versionne):
    """Ce que la personne demande. Non couvert, il nourrit l'observatoire ; effacé, il n'en reste que le sujet et l'issue."""

    class Etat(models.TextChoices):
        EXPRIME = "exprime", _("exprimé")
        EN_COURS = "en_cours", _("en cours")
        PAUSE = "pause", _("en pause à sa demande")
        RESOLU = "resolu", _("résolu")
        PARTIEL = "partiel", _("résolu en partie")
        ABANDONNE = "abandonne", _("arrêté à sa demande")
        NON_COUVERT = "non_couvert", _("pas de solution trouvée")

    class Avis(models.TextChoices):
        """Ce que la personne répond une fois le besoin clos : c'est sa réponse qui fait l'issue."""

        REGLE = "regle", _("oui, c’est réglé")
        EN_PARTIE = "en_partie", _("en partie")
        NON = "non", _("non")
        PAS_CONTACTEE = "pas_contactee", _("on ne m’a pas contactée")

    OUVERTS = (Etat.EXPRIME, Etat.EN_COURS, Etat.PAUSE)
    A_LA_FIN = {"mots": "", "raison": ""}

    foyer = models.ForeignKey(
        Foyer, verbose_name=_("foyer"), on_delete=models.SET_NULL, related_name="besoins", null=True
    )
    personne = models.ForeignKey(
        Personne, verbose_name=_("personne"), on_delete=models.SET_NULL, related_name="besoins", null=True
    )
    mots = models.CharField(verbose_name=_("ses mots"), max_length=300, blank=True)
    sujet = models.CharField(verbose_name=_("sujet"), max_length=50, choices=SUJETS)
    themes = models.JSONField(verbose_name=_("thématiques"), default=list, blank=True)
    etat = models.CharField(verbose_name=_("état"), max_length=12, choices=Etat, default=Etat.EXPRIME)
    canal = models.CharField(verbose_name=_("dit par"), max_length=10, choices=CanalDeContact)
    dit_le = models.DateTimeField(verbose_name=_("dit le"), default=timezone.now)
    clos_le = models.DateTimeField(verbose_name=_("clos le"), null=True, blank=True)
    raison = models.CharField(verbose_name=_("raison de l’issue"), max_length=300, blank=True)
    avis_demande_le = models.DateTimeField(verbose_name=_("avis demandé le"), null=True, blank=True)
    avis = models.CharField(verbose_name=_("avis de la personne"), max_length=14, choices=Avis, blank=True)
    avis_le = models.DateTimeField(verbose_name=_("avis donné le"), null=True, blank=True)

    objects = BesoinQuerySet.as_manager()

    class Meta:
        verbose_name = _("besoin")
        verbose_name_plural = _("besoins")
        ordering = ["-dit_le", "-pk"]
        indexes = [
            models.Index(fields=["foyer", "etat"], name="besoin_foyer_etat"),
            models.Index(fields=["etat", "sujet"], name="besoin_etat_sujet"),
        ]

    def __str__(self) -> str:
        return f"besoin {self.pk}"
