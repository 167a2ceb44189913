"""Le foyer suivi (le dossier), ceux qui y vivent ou y ont vécu, et où."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.comptes.models import Agent, Role
from pleinsdroits.personnes.models.acces import AccesExceptionnel
from pleinsdroits.personnes.models.membre import Membre
from pleinsdroits.socle.conflit import Versionne

if TYPE_CHECKING:
    from pleinsdroits.personnes.models.personne import Personne

SUIVENT = (Role.INTERLOCUTEUR, Role.INSTRUCTEUR)


class FoyerQuerySet(models.QuerySet):
    def visibles_par(self, acteur: Acteur) -> FoyerQuerySet:
        """Ceux que l'acteur suit, ceux que l'accueil reçoit (tous les dossiers actifs), celui de la personne."""
        if acteur.genre == Genre.PERSONNE:
            return self.filter(
                Exists(Membre.objects.actuels().filter(foyer=OuterRef("pk"), personne=acteur.identifiant))
            )
        if acteur.role == Role.ACCUEIL:
            return self.filter(etat=Foyer.Etat.ACTIF)
        return self.suivis_par(acteur)

    def suivis_par(self, acteur: Acteur) -> FoyerQuerySet:
        """
        Ceux dont l'acteur lit tout : interlocuteur, remplaçant, accès exceptionnel en cours (bris de glace). Un dossier
        archivé ne se lit plus que par accès exceptionnel.
        """
        if acteur.genre == Genre.SYSTEME:
            return self
        if acteur.genre != Genre.AGENT or acteur.role not in SUIVENT:
            return self.none()
        siens = Q(interlocuteur=acteur.identifiant) | Q(remplacant=acteur.identifiant)
        ouverts = AccesExceptionnel.objects.en_cours().filter(foyer=OuterRef("pk"), agent=acteur.identifiant)
        return self.filter((siens & Q(etat=Foyer.Etat.ACTIF)) | Exists(ouverts)).exclude(etat=Foyer.Etat.EFFACE)

    def actifs(self) -> FoyerQuerySet:
        return self.filter(etat=Foyer.Etat.ACTIF)


class Foyer(Versionne):
    """Un foyer suivi par la ville. Son numéro est celui du dossier ; il ne dit rien de la personne."""

    class Etat(models.TextChoices):
        ACTIF = "actif", _("suivi")
        ARCHIVE = "archive", _("archivé")
        EFFACE = "efface", _("effacé")

    numero = models.CharField(verbose_name=_("numéro de dossier"), max_length=12, unique=True)
    etat = models.CharField(verbose_name=_("état"), max_length=8, choices=Etat, default=Etat.ACTIF)
    interlocuteur = models.ForeignKey(
        Agent,
        verbose_name=_("interlocuteur"),
        on_delete=models.PROTECT,
        related_name="foyers_suivis",
        null=True,
        blank=True,
    )
    remplacant = models.ForeignKey(
        Agent,
        verbose_name=_("remplaçant"),
        on_delete=models.PROTECT,
        related_name="foyers_remplaces",
        null=True,
        blank=True,
    )
    ouvert_le = models.DateField(verbose_name=_("ouvert le"), default=timezone.localdate)
    dernier_contact_le = models.DateField(verbose_name=_("dernier contact le"), default=timezone.localdate)
    archive_le = models.DateField(verbose_name=_("archivé le"), null=True, blank=True)
    exemple = models.BooleanField(verbose_name=_("exemple"), default=False)

    objects = FoyerQuerySet.as_manager()

    class Meta:
        verbose_name = _("foyer")
        verbose_name_plural = _("foyers")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["interlocuteur", "etat"], name="foyer_interlocuteur"),
            models.Index(fields=["remplacant", "etat"], name="foyer_remplacant"),
            models.Index(fields=["etat", "dernier_contact_le"], name="foyer_conservation"),
        ]

    def __str__(self) -> str:
        return self.numero

    def demandeur(self) -> Personne | None:
        """La personne suivie (à défaut, la première entrée) parmi ceux qui vivent là aujourd'hui."""
        actuels = [m for m in self.membres.select_related("personne") if m.actuel()]
        rang = {Membre.Lien.DEMANDEUR: 0, Membre.Lien.CONJOINT: 1}
        actuels.sort(key=lambda m: (rang.get(Membre.Lien(m.lien), 2), m.pk))
        return actuels[0].personne if actuels else None


class Adresse(models.Model):
    """Où vit le foyer, de telle date à telle date ; ne pas avoir d'adresse est un cas ordinaire."""

    class Genre(models.TextChoices):
        LOGEMENT = "logement", _("logement")
        HEBERGE = "heberge", _("chez quelqu’un")
        FOYER = "foyer", _("foyer ou hébergement")
        DOMICILIATION = "domiciliation", _("adresse pour le courrier")
        SANS = "sans", _("sans adresse")

    foyer = models.ForeignKey(Foyer, verbose_name=_("foyer"), on_delete=models.CASCADE, related_name="adresses")
    genre = models.CharField(verbose_name=_("sorte"), max_length=14, choices=Genre, default=Genre.LOGEMENT)
    ligne = models.CharField(verbose_name=_("adresse"), max_length=200, blank=True)
    complement = models.CharField(verbose_name=_("complément"), max_length=200, blank=True)
    code_postal = models.CharField(verbose_name=_("code postal"), max_length=5, blank=True)
    commune = models.CharField(verbose_name=_("commune"), max_length=100, blank=True)
    du = models.DateField(verbose_name=_("depuis le"), default=timezone.localdate)
    au = models.DateField(verbose_name=_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("adresse")
        verbose_name_plural = _("adresses")
        ordering = ["-du", "-pk"]

    def __str__(self) -> str:
        return f"adresse {self.pk}"

    def en_une_ligne(self) -> str:
        """« 12 rue de l’Exemple, bât. B, 94200 Ivry-sur-Seine »."""
        ville = f"{self.code_postal} {self.commune}".strip()
        return ", ".join(filter(None, (self.ligne, self.complement, ville)))


def du_foyer(ensemble: Any, acteur: Acteur, *, accueil: bool = False) -> Any:
    """
    Ce que l'acteur lit d'un ``ensemble`` dont les objets ont ``foyer`` et ``personne`` : ce qu'il suit, pour
    l'interlocuteur ; les dossiers actifs, pour l'accueil si ``accueil`` ; ce qui la concerne elle, pour la personne, et
    jamais ce qui concerne un autre adulte de son foyer.
    """
    if acteur.genre == Genre.SYSTEME:
        return ensemble
    if acteur.genre == Genre.PERSONNE:
        return ensemble.filter(personne=acteur.identifiant)
    if acteur.role == Role.ACCUEIL:
        return ensemble.filter(foyer__etat=Foyer.Etat.ACTIF) if accueil else ensemble.none()
    if acteur.role in SUIVENT:
        return ensemble.filter(foyer__in=Foyer.objects.suivis_par(acteur).values("pk"))
    return ensemble.none()
