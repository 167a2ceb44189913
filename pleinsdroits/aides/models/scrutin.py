"""Voter, et en garder trace : la voix, le pouvoir d'un membre empêché, l'urne du scrutin secret, le procès-verbal."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.aides.models.seance import Inscription, MembreDeLInstance, Seance
from pleinsdroits.comptes.models import Agent
from pleinsdroits.socle.chiffre import ChampChiffre


class Vote(models.Model):
    """
    La voix d'un membre sur une demande ; ``raison`` : obligatoire sauf « pour » et « abstention ». Au scrutin secret,
    ``choix`` est vide : on garde que le membre a voté, son bulletin est dans l'urne. ``porte_par`` : qui a voté pour lui.
    """

    A_LA_FIN = {"raison": ""}

    class Choix(models.TextChoices):
        POUR = "pour", _("pour")
        AUTRE_MONTANT = "autre_montant", _("pour un autre montant")
        CONTRE = "contre", _("contre")
        AJOURNER = "ajourner", _("ajourner")
        ABSTENTION = "abstention", _("abstention")

    inscription = models.ForeignKey(
        Inscription, verbose_name=_("inscription"), on_delete=models.CASCADE, related_name="votes"
    )
    membre = models.ForeignKey(
        MembreDeLInstance, verbose_name=_("membre"), on_delete=models.PROTECT, related_name="votes"
    )
    porte_par = models.ForeignKey(
        MembreDeLInstance,
        verbose_name=_("porté par"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    choix = models.CharField(verbose_name=_("vote"), max_length=13, choices=Choix, blank=True)
    montant = models.DecimalField(verbose_name=_("montant"), max_digits=9, decimal_places=2, null=True, blank=True)
    raison = models.CharField(verbose_name=_("raison"), max_length=300, blank=True)
    le = models.DateTimeField(verbose_name=_("le"), default=timezone.now)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["inscription", "membre"], name="vote_un_par_membre")]

    def __str__(self) -> str:
        return f"vote {self.pk}"


class PouvoirQuerySet(models.QuerySet["Pouvoir"]):
    def en_cours(self) -> "PouvoirQuerySet":
        """Ceux qui ne sont pas révoqués."""
        return self.filter(revoque_le__isnull=True)


class Pouvoir(models.Model):
    """
    Un membre empêché (le mandant) donne à un autre (le mandataire) pouvoir écrit de voter en son nom, pour une séance
    (CASF R123-16). Révoqué, il reste : le procès-verbal dit qui a voté pour qui.
    """

    seance = models.ForeignKey(Seance, verbose_name=_("séance"), on_delete=models.CASCADE, related_name="pouvoirs")
    mandant = models.ForeignKey(
        MembreDeLInstance, verbose_name=_("donné par"), on_delete=models.PROTECT, related_name="pouvoirs_donnes"
    )
    mandataire = models.ForeignKey(
        MembreDeLInstance, verbose_name=_("porté par"), on_delete=models.PROTECT, related_name="pouvoirs_portes"
    )
    recu_le = models.DateTimeField(verbose_name=_("reçu le"), default=timezone.now)
    revoque_le = models.DateTimeField(verbose_name=_("révoqué le"), null=True, blank=True)

    objects = PouvoirQuerySet.as_manager()

    class Meta:
        verbose_name = _("pouvoir")
        verbose_name_plural = _("pouvoirs")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seance", "mandant"], condition=Q(revoque_le__isnull=True), name="pouvoir_un_par_mandant"
            ),
            models.CheckConstraint(condition=~Q(mandant=F("mandataire")), name="pouvoir_a_un_autre"),
        ]

    def __str__(self) -> str:
        return f"pouvoir {self.pk}"


class Urne(models.Model):
    """
    Le scrutin secret d'une demande (CASF R123-18). Les bulletins sont **une seule valeur chiffrée, triée** : aucune clé de
    membre, aucune heure, aucun ordre d'arrivée, pas même celui des lignes en base. Qui a voté est ailleurs (``Vote`` sans
    choix). ``ouverte`` : le secret est acquis. ``close`` : plus de bulletin, on dépouille. ``tours`` : le compte des
    scrutins précédents, restés sans majorité.
    """

    A_LA_FIN = {"demandeurs": [], "bulletins": "", "tours": []}

    inscription = models.OneToOneField(
        Inscription, verbose_name=_("inscription"), on_delete=models.CASCADE, related_name="urne"
    )
    demandeurs = models.JSONField(verbose_name=_("membres qui demandent le secret"), default=list, blank=True)
    ouverte = models.BooleanField(verbose_name=_("scrutin secret"), default=False)
    close = models.BooleanField(verbose_name=_("scrutin clos"), default=False)
    bulletins = ChampChiffre(verbose_name=_("bulletins"), blank=True)
    tours = models.JSONField(verbose_name=_("scrutins précédents"), default=list, blank=True)

    class Meta:
        verbose_name = _("urne")
        verbose_name_plural = _("urnes")

    def __str__(self) -> str:
        return f"urne {self.pk}"


class ProcesVerbal(models.Model):
    """Un tome : le communicable ne nomme personne, le nominatif ne sort pas du CCAS (CASF L133-5, CADA 20121509)."""

    class Tome(models.TextChoices):
        COMMUNICABLE = "communicable", _("tome communicable")
        NOMINATIF = "nominatif", _("tome nominatif")

    seance = models.ForeignKey(
        Seance, verbose_name=_("séance"), on_delete=models.CASCADE, related_name="proces_verbaux"
    )
    tome = models.CharField(verbose_name=_("tome"), max_length=12, choices=Tome)
    contenu = ChampChiffre(verbose_name=_("contenu"))
    signe_le = models.DateTimeField(verbose_name=_("signé le"), null=True, blank=True)
    signe_par = models.ForeignKey(
        Agent, verbose_name=_("signé par"), on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("procès-verbal")
        verbose_name_plural = _("procès-verbaux")
        constraints = [models.UniqueConstraint(fields=["seance", "tome"], name="pv_un_par_tome")]

    def __str__(self) -> str:
        return f"procès-verbal {self.pk}"
