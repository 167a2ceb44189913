"""Du montant décidé à l'argent reçu : paiements, ordres pour le comptable, chèques, avances, registre de la régie."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pleinsdroits.aides.models.decision import Decision
from pleinsdroits.aides.models.demande import Demande
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Agent
from pleinsdroits.socle.chiffre import ChampChiffre
from pleinsdroits.socle.conflit import Versionne


class Ordre(models.Model):
    """Un ordre de paiement au comptable public : un lot numéroté, figé dès qu'il est émis."""

    class Etat(models.TextChoices):
        EMIS = "emis", _("émis")
        REGLE = "regle", _("réglé")

    exercice = models.PositiveSmallIntegerField(verbose_name=_("exercice"))
    numero = models.PositiveIntegerField(verbose_name=_("numéro"))
    etat = models.CharField(verbose_name=_("état"), max_length=6, choices=Etat, default=Etat.EMIS)
    total = models.DecimalField(verbose_name=_("total"), max_digits=12, decimal_places=2)
    emis_le = models.DateTimeField(verbose_name=_("émis le"), default=timezone.now)
    emis_par = models.ForeignKey(
        Agent, verbose_name=_("émis par"), on_delete=models.PROTECT, related_name="+", null=True
    )
    regle_le = models.DateTimeField(verbose_name=_("réglé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("ordre de paiement")
        verbose_name_plural = _("ordres de paiement")
        ordering = ["-exercice", "-numero"]
        constraints = [models.UniqueConstraint(fields=["exercice", "numero"], name="ordre_un_numero")]

    def __str__(self) -> str:
        return f"ordre {self.nom}"

    @property
    def nom(self) -> str:
        """« 2026-12 » : ce que citent l'écran, le fichier et le comptable."""
        return f"{self.exercice}-{self.numero}"


class PaiementQuerySet(models.QuerySet["Paiement"]):
    def visibles_par(self, acteur: Acteur) -> "PaiementQuerySet":
        """Ceux des demandes visibles."""
        return self.filter(decision__demande__in=Demande.objects.visibles_par(acteur).values("pk"))

    def a_ordonner(self) -> "PaiementQuerySet":
        """À payer par le comptable, dans aucun ordre encore."""
        a_payer = self.filter(etat=Paiement.Etat.A_PAYER, par_la_regie=False)
        return a_payer.exclude(forme=Decision.Forme.CAP)


class Paiement(Versionne):
    """Un versement d'une décision, ``rang`` par ``rang`` : la base refuse le même deux fois. Montant en euros."""

    class Etat(models.TextChoices):
        A_PAYER = "a_payer", _("à payer")
        ORDONNE = "ordonne", _("chez le comptable")
        PAYE = "paye", _("payé ou remis")
        ANNULE = "annule", _("annulé")

    A_LA_FIN = {"beneficiaire": "", "coordonnees": ""}

    # « CASCADE » : l'effacement suit ce lien et vide le bénéficiaire ; une décision, elle, ne se supprime jamais.
    decision = models.ForeignKey(
        Decision, verbose_name=_("décision"), on_delete=models.CASCADE, related_name="paiements"
    )
    rang = models.PositiveSmallIntegerField(verbose_name=_("rang"), default=1)
    forme = models.CharField(verbose_name=_("forme"), max_length=11, choices=Decision.Forme)
    par_la_regie = models.BooleanField(verbose_name=_("remis par la régie"), default=False)
    montant = models.DecimalField(verbose_name=_("montant"), max_digits=9, decimal_places=2)
    beneficiaire = ChampChiffre(verbose_name=_("payé à"))
    coordonnees = ChampChiffre(verbose_name=_("coordonnées bancaires"), blank=True)
    etat = models.CharField(verbose_name=_("état"), max_length=8, choices=Etat, default=Etat.A_PAYER)
    ordre = models.ForeignKey(
        Ordre,
        verbose_name=_("ordre de paiement"),
        on_delete=models.PROTECT,
        related_name="paiements",
        null=True,
        blank=True,
    )
    prepare_le = models.DateTimeField(verbose_name=_("préparé le"), default=timezone.now)
    paye_le = models.DateTimeField(verbose_name=_("payé le"), null=True, blank=True)

    objects = PaiementQuerySet.as_manager()

    class Meta:
        verbose_name = _("paiement")
        verbose_name_plural = _("paiements")
        ordering = ["-prepare_le", "-pk"]
        indexes = [models.Index(fields=["etat", "forme"], name="paiement_etat_forme")]
        constraints = [
            models.UniqueConstraint(fields=["decision", "rang"], name="paiement_un_par_rang"),
            models.CheckConstraint(condition=Q(montant__gt=0), name="paiement_positif"),
            models.CheckConstraint(
                condition=~Q(etat="ordonne") | Q(ordre__isnull=False), name="paiement_ordonne_suivi"
            ),
        ]

    def __str__(self) -> str:
        return f"paiement {self.pk}"

    @property
    def comment(self) -> str:
        """Comment l'argent arrive, en mots : « virement », « en espèces, par la régie »…"""
        if not self.par_la_regie:
            return self.get_forme_display()
        avance = self.forme == Decision.Forme.AVANCE
        return gettext("avance en espèces, par la régie") if avance else gettext("en espèces, par la régie")

    @property
    def par_ordre(self) -> bool:
        """Payé par le comptable public : ni chèque, ni régie."""
        return self.forme != Decision.Forme.CAP and not self.par_la_regie


class DuPaiementQuerySet(models.QuerySet):
    def visibles_par(self, acteur: Acteur) -> "DuPaiementQuerySet":
        """Ceux des paiements visibles."""
        return self.filter(paiement__in=Paiement.objects.visibles_par(acteur).values("pk"))


class Cheque(models.Model):
    """Un chèque d'accompagnement personnalisé numéroté (CGCT L1611-6) : remis une fois, utilisé une fois."""

    class Annulation(models.TextChoices):
        PERDU = "perdu", _("perdu ou volé")
        PERIME = "perime", _("plus valable, rendu sans être utilisé")
        ERREUR = "erreur", _("erreur à l’émission")

    class Etat(models.TextChoices):
        EMIS = "emis", _("à remettre")
        REMIS = "remis", _("remis")
        UTILISE = "utilise", _("utilisé")
        ANNULE = "annule", _("annulé")

    numero = models.CharField(verbose_name=_("numéro"), max_length=20, unique=True)
    paiement = models.ForeignKey(Paiement, verbose_name=_("paiement"), on_delete=models.PROTECT, related_name="cheques")
    valeur = models.DecimalField(verbose_name=_("valeur"), max_digits=7, decimal_places=2)
    valable_jusqu_au = models.DateField(verbose_name=_("valable jusqu’au"))
    etat = models.CharField(verbose_name=_("état"), max_length=7, choices=Etat, default=Etat.EMIS)
    remis_le = models.DateTimeField(verbose_name=_("remis le"), null=True, blank=True)
    utilise_le = models.DateTimeField(verbose_name=_("utilisé le"), null=True, blank=True)
    utilise_chez = models.CharField(verbose_name=_("utilisé chez"), max_length=120, blank=True)

    objects = DuPaiementQuerySet.as_manager()

    class Meta:
        verbose_name = _("chèque")
        verbose_name_plural = _("chèques")
        ordering = ["numero"]
        constraints = [
            models.CheckConstraint(condition=Q(valeur__gt=0), name="cheque_positif"),
            models.CheckConstraint(
                condition=~Q(etat="utilise") | Q(utilise_le__isnull=False), name="cheque_utilise_date"
            ),
        ]

    def __str__(self) -> str:
        return f"chèque {self.numero}"


class Mensualite(models.Model):
    """Une mensualité d'une avance : ce qui est attendu, ce qui est rendu ; le solde de l'avance est leur différence."""

    paiement = models.ForeignKey(
        Paiement, verbose_name=_("avance"), on_delete=models.PROTECT, related_name="mensualites"
    )
    rang = models.PositiveSmallIntegerField(verbose_name=_("rang"))
    le = models.DateField(verbose_name=_("attendue le"))
    montant = models.DecimalField(verbose_name=_("montant"), max_digits=9, decimal_places=2)
    rendu = models.DecimalField(verbose_name=_("rendu"), max_digits=9, decimal_places=2, default=Decimal(0))
    rendue_le = models.DateField(verbose_name=_("rendue le"), null=True, blank=True)

    objects = DuPaiementQuerySet.as_manager()

    class Meta:
        verbose_name = _("mensualité")
        verbose_name_plural = _("mensualités")
        ordering = ["paiement", "rang"]
        constraints = [
            models.UniqueConstraint(fields=["paiement", "rang"], name="mensualite_un_rang"),
            models.CheckConstraint(condition=Q(montant__gt=0), name="mensualite_positive"),
            models.CheckConstraint(condition=Q(rendu__gte=0) & Q(rendu__lte=F("montant")), name="mensualite_rendu"),
        ]

    def __str__(self) -> str:
        return f"mensualité {self.pk}"

    @property
    def reste(self) -> Decimal:
        """Ce qui n'est pas encore rendu, en euros."""
        return self.montant - self.rendu


class OperationDeRegie(models.Model):
    """Une ligne du registre de la régie : numérotée sans trou, jamais modifiée ; le solde de la caisse s'y lit."""

    class Sens(models.TextChoices):
        APPROVISIONNEMENT = "approvisionnement", _("approvisionnement")
        REMISE = "remise", _("remise à une personne")
        REMBOURSEMENT = "remboursement", _("remboursement d’une avance")
        REVERSEMENT = "reversement", _("reversement au comptable")

    numero = models.PositiveIntegerField(verbose_name=_("numéro"), unique=True)
    sens = models.CharField(verbose_name=_("sens"), max_length=17, choices=Sens)
    montant = models.DecimalField(verbose_name=_("montant"), max_digits=9, decimal_places=2)
    paiement = models.ForeignKey(
        Paiement, verbose_name=_("paiement"), on_delete=models.PROTECT, related_name="operations", null=True, blank=True
    )
    agent = models.ForeignKey(Agent, verbose_name=_("par"), on_delete=models.PROTECT, related_name="+", null=True)
    le = models.DateTimeField(verbose_name=_("le"), default=timezone.now)

    class Meta:
        verbose_name = _("opération de régie")
        verbose_name_plural = _("opérations de régie")
        ordering = ["numero"]
        constraints = [
            models.CheckConstraint(condition=Q(montant__gt=0), name="operation_positive"),
            # Le même paiement ne sort pas deux fois de la caisse, quoi que fasse le logiciel.
            models.UniqueConstraint(fields=["paiement"], condition=Q(sens="remise"), name="operation_une_remise"),
        ]

    def __str__(self) -> str:
        return f"opération {self.numero}"
