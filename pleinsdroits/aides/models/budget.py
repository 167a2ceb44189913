"""Les crédits votés pour les aides, ligne par ligne : engagé à la décision, payé au paiement, jamais au-delà du vote."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.socle.conflit import Versionne


class LigneBudgetaire(Versionne):
    """
    Une ligne du budget d'un ``exercice`` (année civile), en euros. ``aides`` : les identifiants d'aides qu'elle paie. La
    base elle-même refuse d'engager plus que le vote ou de payer plus que l'engagé.
    """

    exercice = models.PositiveSmallIntegerField(verbose_name=_("exercice"))
    code = models.CharField(verbose_name=_("compte"), max_length=20)
    nom = models.CharField(verbose_name=_("nom"), max_length=120)
    aides = models.JSONField(verbose_name=_("aides payées"), default=list)
    vote = models.DecimalField(verbose_name=_("voté"), max_digits=12, decimal_places=2)
    engage = models.DecimalField(verbose_name=_("engagé"), max_digits=12, decimal_places=2, default=Decimal(0))
    paye = models.DecimalField(verbose_name=_("payé"), max_digits=12, decimal_places=2, default=Decimal(0))

    class Meta:
        verbose_name = _("ligne budgétaire")
        verbose_name_plural = _("lignes budgétaires")
        ordering = ["-exercice", "code"]
        constraints = [
            models.UniqueConstraint(fields=["exercice", "code"], name="ligne_une_par_exercice"),
            models.CheckConstraint(condition=Q(vote__gte=0), name="ligne_vote_positif"),
            models.CheckConstraint(
                condition=Q(engage__gte=0) & Q(engage__lte=F("vote")), name="ligne_engage_dans_le_vote"
            ),
            models.CheckConstraint(
                condition=Q(paye__gte=0) & Q(paye__lte=F("engage")), name="ligne_paye_dans_l_engage"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.exercice})"

    @property
    def reste(self) -> Decimal:
        """Ce qui peut encore être engagé, en euros."""
        return self.vote - self.engage


class EcritureBudgetaire(models.Model):
    """Un mouvement d'une ligne : leur somme redonne à tout moment l'engagé et le payé. Ne se modifie jamais."""

    class Sens(models.TextChoices):
        ENGAGER = "engager", _("engagé")
        LIBERER = "liberer", _("libéré")
        PAYER = "payer", _("payé")
        REVERSER = "reverser", _("reversé")
        VOTER = "voter", _("voté ou modifié")

    ligne = models.ForeignKey(
        LigneBudgetaire, verbose_name=_("ligne"), on_delete=models.PROTECT, related_name="ecritures"
    )
    decision = models.ForeignKey(
        "aides.Decision",
        verbose_name=_("décision"),
        on_delete=models.SET_NULL,
        related_name="ecritures",
        null=True,
        blank=True,
    )
    sens = models.CharField(verbose_name=_("sens"), max_length=8, choices=Sens)
    montant = models.DecimalField(verbose_name=_("montant"), max_digits=12, decimal_places=2)
    le = models.DateTimeField(verbose_name=_("le"), default=timezone.now)

    class Meta:
        verbose_name = _("écriture budgétaire")
        verbose_name_plural = _("écritures budgétaires")
        ordering = ["le", "pk"]
        indexes = [models.Index(fields=["ligne", "sens", "le"], name="ecriture_ligne_sens")]

    def __str__(self) -> str:
        return f"écriture {self.pk}"
