"""Un papier donné une fois, gardé chiffré hors du site, et resservi tant qu'il est valable."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.personnes.models.foyer import Foyer, du_foyer
from pleinsdroits.personnes.models.personne import Personne


class PapierQuerySet(models.QuerySet):
    def visibles_par(self, acteur: Acteur) -> "PapierQuerySet":
        """Voir ``du_foyer`` : l'accueil en reçoit mais n'en ouvre pas."""
        return du_foyer(self, acteur)

    def gardes(self) -> "PapierQuerySet":
        return self.filter(retire_le__isnull=True)

    def valables(self, jour: dt.date) -> "PapierQuerySet":
        """Gardés, et pas périmés au ``jour``."""
        return self.gardes().filter(Q(valable_jusqu_au__isnull=True) | Q(valable_jusqu_au__gte=jour))


class Papier(models.Model):
    """Un papier : lequel, jusqu'à quand il vaut, qui l'a donné, pour quoi, qui le voit."""

    class Sorte(models.TextChoices):
        IDENTITE = "identite", _("pièce d’identité ou titre de séjour")
        DOMICILE = "domicile", _("justificatif de domicile")
        RESSOURCES = "ressources", _("justificatif de revenus")
        IMPOTS = "impots", _("avis d’impôt")
        CAF = "caf", _("attestation de la CAF")
        SECURITE_SOCIALE = "securite_sociale", _("attestation de droits à l’assurance maladie")
        LIVRET = "livret", _("livret de famille ou acte de naissance")
        JUGEMENT = "jugement", _("jugement")
        LOGEMENT = "logement", _("bail ou quittance")
        FACTURE = "facture", _("facture")
        BANQUE = "banque", _("relevé d’identité bancaire")
        SANTE = "sante", _("certificat médical")
        SCOLARITE = "scolarite", _("certificat de scolarité")
        ACCORD = "accord", _("accord ou mandat signé")
        COURRIER = "courrier", _("courrier reçu d’un organisme")
        AUTRE = "autre", _("autre papier")

    class Vue(models.TextChoices):
        INTERLOCUTEUR = "interlocuteur", _("l’interlocuteur et son remplaçant")
        RELAIS = "relais", _("aussi les partenaires d’un relais, avec accord")

    foyer = models.ForeignKey(Foyer, verbose_name=_("foyer"), on_delete=models.CASCADE, related_name="papiers")
    personne = models.ForeignKey(
        Personne, verbose_name=_("de qui"), on_delete=models.CASCADE, related_name="papiers", null=True, blank=True
    )
    sorte = models.CharField(verbose_name=_("sorte"), max_length=18, choices=Sorte)
    precision = models.CharField(verbose_name=_("précision"), max_length=120, blank=True)
    valable_jusqu_au = models.DateField(verbose_name=_("valable jusqu’au"), null=True, blank=True)
    finalite = models.CharField(verbose_name=_("pour quoi"), max_length=120)
    vu_par = models.CharField(verbose_name=_("qui le voit"), max_length=14, choices=Vue, default=Vue.INTERLOCUTEUR)
    donne_par = models.CharField(verbose_name=_("donné par"), max_length=80)
    fichier = models.CharField(verbose_name=_("clé du fichier"), max_length=64, unique=True)
    genre = models.CharField(verbose_name=_("type de contenu"), max_length=40)
    taille = models.PositiveIntegerField(verbose_name=_("taille en octets"))
    ajoute_le = models.DateTimeField(verbose_name=_("ajouté le"), default=timezone.now)
    retire_le = models.DateTimeField(verbose_name=_("retiré le"), null=True, blank=True)
    rappele_le = models.DateTimeField(verbose_name=_("rappelé le"), null=True, blank=True)

    objects = PapierQuerySet.as_manager()

    class Meta:
        verbose_name = _("papier")
        verbose_name_plural = _("papiers")
        ordering = ["-ajoute_le"]

    def __str__(self) -> str:
        return f"papier {self.pk}"
