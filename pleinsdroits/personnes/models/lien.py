"""Le lien par lequel une personne entre dans son dossier : par SMS ou courriel (24 heures, une fois), ou imprimé (30 jours)."""

import datetime as dt
import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.personnes.models.foyer import du_foyer
from pleinsdroits.personnes.models.personne import Personne
from pleinsdroits.socle.chiffre import empreinte

ESSAIS_PERMIS = 5


class LienPersonnelQuerySet(models.QuerySet):
    def visibles_par(self, acteur: Acteur) -> "LienPersonnelQuerySet":
        """Voir ``du_foyer`` : l'accueil en imprime et en annule."""
        return du_foyer(self, acteur, accueil=True)

    def du_jeton(self, jeton: str) -> "LienPersonnel | None":
        """Le lien encore valable de ce jeton ; ``None`` s'il est inconnu, périmé, annulé, usé ou trop essayé."""
        return self.valables().filter(empreinte=empreinte(jeton, "lien")).select_related("personne").first()

    def valables(self) -> "LienPersonnelQuerySet":
        vivants = self.filter(expire_le__gt=timezone.now(), annule_le__isnull=True, essais__lt=ESSAIS_PERMIS)
        return vivants.exclude(genre=LienPersonnel.Genre.ENVOYE, utilise_le__isnull=False)


class LienPersonnel(models.Model):
    """Seule l'empreinte du jeton est gardée. Ouvrir le lien ne suffit pas : il faut aussi la naissance ou le mot choisi."""

    class Genre(models.TextChoices):
        ENVOYE = "envoye", _("envoyé par SMS ou courriel")
        IMPRIME = "imprime", _("imprimé")

    DUREES = {Genre.ENVOYE: dt.timedelta(hours=24), Genre.IMPRIME: dt.timedelta(days=30)}

    foyer = models.ForeignKey(
        "personnes.Foyer", verbose_name=_("foyer"), on_delete=models.CASCADE, related_name="liens"
    )
    personne = models.ForeignKey(Personne, verbose_name=_("personne"), on_delete=models.CASCADE, related_name="liens")
    genre = models.CharField(verbose_name=_("sorte"), max_length=8, choices=Genre)
    empreinte = models.CharField(verbose_name=_("empreinte du jeton"), max_length=64, unique=True)
    cree_le = models.DateTimeField(verbose_name=_("créé le"), default=timezone.now)
    expire_le = models.DateTimeField(verbose_name=_("expire le"))
    utilise_le = models.DateTimeField(verbose_name=_("dernière entrée le"), null=True, blank=True)
    annule_le = models.DateTimeField(verbose_name=_("annulé le"), null=True, blank=True)
    essais = models.PositiveSmallIntegerField(verbose_name=_("essais manqués"), default=0)

    objects = LienPersonnelQuerySet.as_manager()

    class Meta:
        verbose_name = _("lien personnel")
        verbose_name_plural = _("liens personnels")
        ordering = ["-cree_le"]

    def __str__(self) -> str:
        return f"lien {self.pk}"

    @classmethod
    def fabriquer(cls, personne: Personne, foyer_id: int, genre: str) -> tuple["LienPersonnel", str]:
        """Le lien enregistré, et son jeton, qui n'est gardé nulle part."""
        jeton = secrets.token_urlsafe(32)
        expire = timezone.now() + cls.DUREES[cls.Genre(genre)]
        lien = cls.objects.create(
            personne=personne,
            foyer_id=foyer_id,
            genre=genre,
            empreinte=empreinte(jeton, "lien"),
            expire_le=expire,
        )
        return lien, jeton
