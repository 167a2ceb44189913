"""Ce qui accompagne une demande : ses pièces, les lignes corrigées de son calcul, son histoire, ses durées."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.aides.models.demande import Demande, EtatDemande
from pleinsdroits.comptes.models import Agent
from pleinsdroits.personnes.models import Papier
from pleinsdroits.socle.chiffre import ChampChiffre


class PieceDemandee(models.Model):
    """Une pièce du règlement pour cette demande : déjà là, à demander, demandée une fois, reçue, ou dont on se passe."""

    class Etat(models.TextChoices):
        A_DEMANDER = "a_demander", _("à demander")
        DEMANDEE = "demandee", _("demandée")
        RECUE = "recue", _("là")
        DISPENSEE = "dispensee", _("on s’en passe")

    MANQUENT = (Etat.A_DEMANDER, Etat.DEMANDEE)

    demande = models.ForeignKey(Demande, verbose_name=_("demande"), on_delete=models.CASCADE, related_name="pieces")
    libelle = models.CharField(verbose_name=_("pièce"), max_length=200)
    etat = models.CharField(verbose_name=_("état"), max_length=10, choices=Etat, default=Etat.A_DEMANDER)
    papier = models.ForeignKey(Papier, verbose_name=_("papier donné"), on_delete=models.SET_NULL, null=True, blank=True)
    demandee_le = models.DateTimeField(verbose_name=_("demandée le"), null=True, blank=True)
    relancee_le = models.DateTimeField(verbose_name=_("relancée le"), null=True, blank=True)
    recue_le = models.DateTimeField(verbose_name=_("reçue le"), null=True, blank=True)
    raison = models.CharField(verbose_name=_("pourquoi on s’en passe"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("pièce demandée")
        verbose_name_plural = _("pièces demandées")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["demande", "libelle"], name="piece_une_fois_par_demande")]

    def __str__(self) -> str:
        return f"pièce {self.pk}"


class CorrectionDeLigne(models.Model):
    """
    Une ligne du calcul que l'instruction compte autrement, ou ajoute, avec sa raison et son auteur. ``cle`` : celle de
    la ligne corrigée (``aides.calcul.cles_durables``), vide pour une ligne ajoutée ; si la situation change, elle
    ne passe jamais à une autre ligne. ``montant`` d'une ligne ajoutée : euros par mois.
    """

    class Sens(models.TextChoices):
        RESSOURCE = "ressource", _("ressource")
        CHARGE = "charge", _("charge")

    demande = models.ForeignKey(
        Demande, verbose_name=_("demande"), on_delete=models.CASCADE, related_name="corrections"
    )
    cle = models.CharField(verbose_name=_("ligne"), max_length=80, blank=True)
    sens = models.CharField(verbose_name=_("sens"), max_length=9, choices=Sens)
    libelle = models.CharField(verbose_name=_("libellé"), max_length=120, blank=True)
    montant = models.DecimalField(
        verbose_name=_("montant par mois"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    comptee = models.BooleanField(verbose_name=_("comptée"), default=True)
    raison = ChampChiffre(verbose_name=_("raison"))
    agent = models.ForeignKey(Agent, verbose_name=_("par"), on_delete=models.PROTECT, related_name="+", null=True)
    le = models.DateTimeField(verbose_name=_("le"), default=timezone.now)

    class Meta:
        verbose_name = _("correction de ligne")
        verbose_name_plural = _("corrections de lignes")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["demande", "cle"], condition=~Q(cle=""), name="correction_une_par_ligne"),
            models.CheckConstraint(condition=Q(montant__isnull=True) | Q(montant__gte=0), name="correction_positive"),
        ]

    def __str__(self) -> str:
        return f"correction {self.pk}"


class Passage(models.Model):
    """Un état franchi : lequel, quand, par qui. L'histoire de la demande."""

    demande = models.ForeignKey(Demande, verbose_name=_("demande"), on_delete=models.CASCADE, related_name="passages")
    etat = models.CharField(verbose_name=_("état"), max_length=12, choices=EtatDemande)
    le = models.DateTimeField(verbose_name=_("le"), default=timezone.now)
    agent = models.ForeignKey(
        Agent, verbose_name=_("par"), on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["le", "pk"]

    def __str__(self) -> str:
        return f"passage {self.etat} de la demande {self.demande_id}"


class Etape(models.TextChoices):
    """Les étapes que le conseil chronomètre. ``repondre`` : du dépôt à la lettre, ce que vit la personne."""

    COMPLETER = "completer", _("compléter")
    INSTRUIRE = "instruire", _("étudier")
    DECIDER = "decider", _("décider")
    NOTIFIER = "notifier", _("envoyer la décision")
    PAYER = "payer", _("payer")
    REPONDRE = "repondre", _("répondre (du dépôt à la lettre)")


class DureeEtape(models.Model):
    """
    Une étape finie d'une demande : ``jours`` calendaires, ``mois`` de sa fin (année × 12 + mois − 1). Sans lien : elle
    reste quand la demande disparaît, et la page de rapidité se lit d'un seul index.
    """

    demande = models.BigIntegerField(verbose_name=_("clé de la demande"))
    aide = models.CharField(verbose_name=_("aide"), max_length=41)
    etape = models.CharField(verbose_name=_("étape"), max_length=10, choices=Etape)
    mois = models.PositiveIntegerField(verbose_name=_("mois de la fin"))
    jours = models.PositiveIntegerField(verbose_name=_("jours"))

    class Meta:
        verbose_name = _("durée d’étape")
        verbose_name_plural = _("durées d’étapes")
        constraints = [models.UniqueConstraint(fields=["demande", "etape"], name="duree_une_par_etape")]
        indexes = [models.Index(fields=["mois", "etape", "aide", "jours"], name="duree_mesurer")]

    def __str__(self) -> str:
        return f"durée {self.pk}"


class ObjectifDeDelai(models.Model):
    """Le délai que le conseil s'est fixé pour une étape (``etape`` : d'une demande, ou d'un projet), en jours."""

    etape = models.CharField(verbose_name=_("étape"), max_length=30)
    jours = models.PositiveSmallIntegerField(verbose_name=_("objectif en jours"))
    fixe_le = models.DateField(verbose_name=_("fixé le"), default=timezone.localdate)
    deliberation = models.CharField(verbose_name=_("délibération"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("objectif de délai")
        verbose_name_plural = _("objectifs de délai")
        ordering = ["etape", "-fixe_le", "-pk"]

    def __str__(self) -> str:
        return f"{self.etape} : {self.jours} jours"
