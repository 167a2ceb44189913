"""Ce que la personne autorise : à qui, sur quoi, jusqu'à quand, comment elle l'a dit, et ce qu'elle retire."""

import datetime as dt

from data_inclusion.schema.v1 import Categorie
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Agent, Institution
from pleinsdroits.personnes.models.foyer import Foyer, du_foyer
from pleinsdroits.personnes.models.papier import Papier
from pleinsdroits.personnes.models.personne import Personne

# Les familles de thématiques de data·inclusion : le même mot pour un besoin, un accord et un relais.
SUJETS = [(c.value, c.label) for c in Categorie]
A_RENOUVELER_AVANT = dt.timedelta(days=30)


class Duree(models.TextChoices):
    """Combien de temps vaut un accord."""

    JOUR = "jour", _("aujourd’hui seulement")
    MOIS = "mois", _("un mois")
    SEMESTRE = "semestre", _("six mois")
    AN = "an", _("un an")


class RecueilQuerySet(models.QuerySet):
    def visibles_par(self, acteur: Acteur) -> "RecueilQuerySet":
        """Voir ``du_foyer`` : l'accueil recueille des accords, il les lit."""
        return du_foyer(self, acteur, accueil=True)


class Recueil(models.Model):
    """
    Un moment où la personne a donné son accord : le texte exact qu'on lui a montré ou lu (sa version et son empreinte),
    comment, et devant qui (RGPD art. 7 ; code civil 1984 pour un mandat).
    """

    class Nature(models.TextChoices):
        PARTAGE = "partage", _("accord de partage")
        MANDAT = "mandat", _("mandat pour agir")

    class Mode(models.TextChoices):
        PRESENCE = "presence", _("en personne")
        PAPIER = "papier", _("sur papier signé")
        TELEPHONE = "telephone", _("par téléphone, relu à voix haute")
        EN_LIGNE = "en_ligne", _("par la personne, dans son dossier")

    foyer = models.ForeignKey(Foyer, verbose_name=_("foyer"), on_delete=models.CASCADE, related_name="recueils")
    personne = models.ForeignKey(
        Personne, verbose_name=_("personne"), on_delete=models.CASCADE, related_name="recueils"
    )
    nature = models.CharField(verbose_name=_("nature"), max_length=8, choices=Nature, default=Nature.PARTAGE)
    mode = models.CharField(verbose_name=_("donné"), max_length=10, choices=Mode)
    relu = models.BooleanField(verbose_name=_("relu à voix haute et confirmé"), default=False)
    duree = models.CharField(verbose_name=_("durée"), max_length=8, choices=Duree)
    du = models.DateField(verbose_name=_("depuis le"), default=timezone.localdate)
    au = models.DateField(verbose_name=_("jusqu’au"))
    texte_version = models.CharField(verbose_name=_("version du texte"), max_length=20)
    texte_empreinte = models.CharField(verbose_name=_("empreinte du texte"), max_length=64)
    papier = models.ForeignKey(Papier, verbose_name=_("papier signé"), on_delete=models.SET_NULL, null=True, blank=True)
    papier_garde = models.BooleanField(verbose_name=_("papier signé gardé au guichet"), default=False)
    recueilli_par = models.ForeignKey(
        Agent, verbose_name=_("recueilli par"), on_delete=models.PROTECT, null=True, blank=True
    )

    objects = RecueilQuerySet.as_manager()

    class Meta:
        verbose_name = _("recueil d’accord")
        verbose_name_plural = _("recueils d’accord")
        ordering = ["-du", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(au__gte=models.F("du")), name="recueil_finit_apres_son_debut"),
            models.CheckConstraint(
                condition=~models.Q(mode="telephone") | models.Q(relu=True), name="recueil_telephone_relu"
            ),
        ]

    def __str__(self) -> str:
        return f"recueil {self.pk}"


class AccordQuerySet(models.QuerySet):
    def visibles_par(self, acteur: Acteur) -> "AccordQuerySet":
        """Voir ``du_foyer`` : l'accueil recueille des accords, il les lit."""
        return du_foyer(self, acteur, accueil=True)

    def actifs(self, jour: dt.date, nature: str = Recueil.Nature.PARTAGE) -> "AccordQuerySet":
        """Ni finis ni retirés au ``jour``. Un mandat pour agir ne permet pas de partager : ``nature`` le demande à part."""
        return self.en_cours(jour).filter(recueil__nature=nature)

    def en_cours(self, jour: dt.date) -> "AccordQuerySet":
        """Accords et mandats, ni finis ni retirés au ``jour``."""
        return self.filter(retire_le__isnull=True, du__lte=jour, au__gte=jour)


class Accord(models.Model):
    """Une case de l'accord : une institution, un sujet. Chacune se retire seule."""

    recueil = models.ForeignKey(Recueil, verbose_name=_("recueil"), on_delete=models.CASCADE, related_name="accords")
    foyer = models.ForeignKey(Foyer, verbose_name=_("foyer"), on_delete=models.CASCADE, related_name="accords")
    personne = models.ForeignKey(Personne, verbose_name=_("personne"), on_delete=models.CASCADE, related_name="accords")
    institution = models.ForeignKey(
        Institution, verbose_name=_("institution"), on_delete=models.PROTECT, related_name="accords"
    )
    sujet = models.CharField(verbose_name=_("sujet"), max_length=50, choices=SUJETS)
    du = models.DateField(verbose_name=_("depuis le"))
    au = models.DateField(verbose_name=_("jusqu’au"))
    retire_le = models.DateTimeField(verbose_name=_("retiré le"), null=True, blank=True)
    rappele_le = models.DateTimeField(verbose_name=_("fin rappelée le"), null=True, blank=True)

    objects = AccordQuerySet.as_manager()

    class Meta:
        verbose_name = _("accord")
        verbose_name_plural = _("accords")
        ordering = ["institution__nom", "sujet"]
        indexes = [models.Index(fields=["personne", "institution", "au"], name="accord_personne")]
        constraints = [
            models.UniqueConstraint(fields=["recueil", "institution", "sujet"], name="accord_une_fois_par_recueil")
        ]

    def __str__(self) -> str:
        return f"accord {self.pk}"

    def etat(self, jour: dt.date) -> str:
        """« actif », « a_renouveler » (dans les 30 derniers jours d'un accord long ; jamais celui d'un jour), « fini » ou « retire »."""
        if self.retire_le:
            return "retire"
        if self.au < jour:
            return "fini"
        bientot = self.au - jour <= min(A_RENOUVELER_AVANT, (self.au - self.du) / 4)
        return "a_renouveler" if bientot and self.au > self.du else "actif"
