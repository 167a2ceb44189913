"""Une décision sur une demande : en séance ou par délégation, d'après une édition du règlement, avec ses raisons."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.aides.models.budget import LigneBudgetaire
from pleinsdroits.aides.models.demande import Demande
from pleinsdroits.aides.models.edition import EditionDuReglement
from pleinsdroits.aides.models.seance import Inscription, Seance
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Agent
from pleinsdroits.socle.chiffre import ChampChiffre


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visibles_par(self, acteur: Acteur) -> "DecisionQuerySet":
        """Celles des demandes visibles."""
        return self.filter(demande__in=Demande.objects.visibles_par(acteur).values("pk"))

    def a_rapporter(self) -> "DecisionQuerySet":
        """Prises par délégation, pas encore rapportées au conseil (CASF R123-22)."""
        return self.filter(par_delegation=True, rapportee_a__isnull=True, annulee_le__isnull=True)


class Decision(models.Model):
    """
    Ce qui a été décidé, une fois : ``sens`` est un résultat de ``Demande.Resultat``. Elle garde l'édition du règlement
    appliquée, ses articles, la ligne du budget engagée. ``ecart`` : pourquoi elle s'écarte des décisions semblables ou de
    la proposition. ``rapportee_a`` : la séance à qui une décision par délégation a été rapportée.
    """

    class Decideur(models.TextChoices):
        CONSEIL_ADMINISTRATION = "conseil_administration", _("le conseil d’administration")
        COMMISSION_PERMANENTE = "commission_permanente", _("la commission permanente")
        PRESIDENCE = "presidence", _("la présidence, par délégation")

    class Forme(models.TextChoices):
        """Celles du règlement (``droits.reglement.modele.Paiement``)."""

        CAP = "cap", _("chèque d’accompagnement personnalisé")
        FOURNISSEUR = "fournisseur", _("paiement à un fournisseur")
        VIREMENT = "virement", _("virement")
        AVANCE = "avance", _("avance à rembourser")
        ACCES = "acces", _("accès à un service")
        TARIF = "tarif", _("tarif réduit")

    A_LA_FIN = {"raisons": "", "ecart": "", "lettre": ""}

    demande = models.ForeignKey(Demande, verbose_name=_("demande"), on_delete=models.CASCADE, related_name="decisions")
    sens = models.CharField(verbose_name=_("sens"), max_length=14, choices=Demande.Resultat)
    montant = models.DecimalField(verbose_name=_("montant"), max_digits=9, decimal_places=2, null=True, blank=True)
    forme = models.CharField(verbose_name=_("forme"), max_length=11, choices=Forme, blank=True)
    raisons = ChampChiffre(verbose_name=_("raisons"))
    articles = models.JSONField(verbose_name=_("articles"), default=list, blank=True)
    ecart = ChampChiffre(verbose_name=_("raison de l’écart"), blank=True)
    decideur = models.CharField(verbose_name=_("décidée par"), max_length=24, choices=Decideur)
    par_delegation = models.BooleanField(verbose_name=_("par délégation"), default=False)
    signataire = models.ForeignKey(
        Agent,
        verbose_name=_("signée par"),
        on_delete=models.PROTECT,
        related_name="decisions_signees",
        null=True,
        blank=True,
    )
    prise_le = models.DateTimeField(verbose_name=_("prise le"), default=timezone.now)
    edition = models.ForeignKey(
        EditionDuReglement, verbose_name=_("règlement appliqué"), on_delete=models.PROTECT, null=True, blank=True
    )
    ligne = models.ForeignKey(
        LigneBudgetaire,
        verbose_name=_("ligne budgétaire"),
        on_delete=models.PROTECT,
        related_name="decisions",
        null=True,
        blank=True,
    )
    inscription = models.OneToOneField(
        Inscription,
        verbose_name=_("inscription"),
        on_delete=models.SET_NULL,
        related_name="decision",
        null=True,
        blank=True,
    )
    rapportee_a = models.ForeignKey(
        Seance,
        verbose_name=_("rapportée à"),
        on_delete=models.SET_NULL,
        related_name="decisions_rapportees",
        null=True,
        blank=True,
    )
    lettre = ChampChiffre(verbose_name=_("lettre"), blank=True)
    notifiee_le = models.DateTimeField(verbose_name=_("lettre envoyée le"), null=True, blank=True)
    annulee_le = models.DateTimeField(verbose_name=_("annulée le"), null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("décision")
        verbose_name_plural = _("décisions")
        ordering = ["-prise_le", "-pk"]
        indexes = [models.Index(fields=["par_delegation", "rapportee_a"], name="decision_a_rapporter")]
        constraints = [
            models.UniqueConstraint(
                fields=["demande"], condition=Q(annulee_le__isnull=True), name="decision_une_par_demande"
            ),
            models.CheckConstraint(
                condition=Q(montant__isnull=True) | Q(montant__gte=0), name="decision_montant_positif"
            ),
        ]

    def __str__(self) -> str:
        return f"décision {self.reference}"

    @property
    def reference(self) -> str:
        """« D2026-000123 » : ce que citent l'ordre de paiement et le chèque."""
        return f"D{timezone.localtime(self.prise_le).year}-{self.pk:06d}" if self.pk else ""

    @property
    def accorde(self) -> bool:
        return self.sens in (Demande.Resultat.ACCORD, Demande.Resultat.ACCORD_PARTIEL)
