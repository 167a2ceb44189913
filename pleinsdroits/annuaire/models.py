"""Les lieux, leurs services et leurs horaires : les champs de data·inclusion v1, sous leurs noms de métier."""

import datetime as dt

from django.core.validators import MaxValueValidator, MinLengthValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.annuaire import regles


class Source(models.TextChoices):
    """Qui a donné ces informations : le dossier de la ville, ou un agent (le dossier ne les écrase plus)."""

    VILLE = "ville", _("dossier de la ville")
    AGENT = "agent", _("agent")


class LieuQuerySet(models.QuerySet):
    def publies(self) -> "LieuQuerySet":
        """Ce que le public voit."""
        return self.filter(publie=True)

    def qui_servent_a_manger(self) -> "LieuQuerySet":
        return self.filter(sert_a_manger=True)

    def avec_horaires(self) -> "LieuQuerySet":
        """Horaires, fermetures et services lus en trois requêtes, quel que soit le nombre de lieux."""
        return self.prefetch_related("ouvertures", "fermetures", "services")


class Lieu(models.Model):
    """Une adresse où l'on trouve de l'aide (une « structure » de data·inclusion)."""

    cle = models.SlugField(verbose_name=_("clé"), max_length=40, unique=True)
    nom = models.CharField(verbose_name=_("nom"), max_length=150, validators=[MinLengthValidator(3)])
    description = models.TextField(verbose_name=_("ce qu’on y fait"), blank=True)
    adresse = models.CharField(verbose_name=_("adresse"), max_length=200, blank=True)
    complement_adresse = models.CharField(verbose_name=_("complément d’adresse"), max_length=200, blank=True)
    code_postal = models.CharField(
        verbose_name=_("code postal"), max_length=5, blank=True, validators=[RegexValidator(r"^\d{5}$")]
    )
    commune = models.CharField(verbose_name=_("commune"), max_length=100, blank=True)
    code_insee = models.CharField(
        verbose_name=_("code INSEE"), max_length=5, blank=True, validators=[RegexValidator(r"^\w{5}$")]
    )
    latitude = models.FloatField(verbose_name=_("latitude"), null=True, blank=True)
    longitude = models.FloatField(verbose_name=_("longitude"), null=True, blank=True)
    telephone = models.CharField(verbose_name=_("téléphone"), max_length=20, blank=True)
    courriel = models.EmailField(verbose_name=_("courriel"), blank=True)
    site_web = models.URLField(verbose_name=_("site web"), blank=True)
    horaires = models.TextField(verbose_name=_("précisions sur les horaires"), blank=True)
    accessibilite = models.TextField(verbose_name=_("accès aux personnes handicapées"), blank=True)
    themes = models.JSONField(verbose_name=_("thématiques"), default=list, blank=True)
    sert_a_manger = models.BooleanField(verbose_name=_("sert à manger"), default=False)
    meme_ferie = models.BooleanField(verbose_name=_("ouvert aussi les jours fériés"), default=False)
    exemple = models.BooleanField(verbose_name=_("exemple à remplacer par la ville"), default=False)
    publie = models.BooleanField(verbose_name=_("visible du public"), default=True)
    source = models.CharField(verbose_name=_("source"), max_length=10, choices=Source, default=Source.AGENT)
    date_maj = models.DateField(verbose_name=_("mis à jour le"), default=timezone.localdate)

    objects = LieuQuerySet.as_manager()

    class Meta:
        verbose_name = _("lieu")
        verbose_name_plural = _("lieux")
        ordering = ["nom"]

    def __str__(self) -> str:
        return self.nom

    def ouvert_maintenant(self, instant: dt.datetime | None = None) -> bool:
        """Ouvert à ``instant`` (maintenant par défaut) ?"""
        return regles.est_ouvert(*self._calendrier(), instant or timezone.now(), meme_ferie=self.meme_ferie)

    def prochaine_ouverture(self, instant: dt.datetime | None = None) -> dt.datetime | None:
        """Voir ``regles.prochaine_ouverture``."""
        return regles.prochaine_ouverture(*self._calendrier(), instant or timezone.now(), meme_ferie=self.meme_ferie)

    def phrase(self, instant: dt.datetime | None = None) -> str:
        """« Ouvert maintenant, jusqu’à 19 h. » (voir ``regles.phrase_d_ouverture``)."""
        return regles.phrase_d_ouverture(*self._calendrier(), instant or timezone.now(), meme_ferie=self.meme_ferie)

    def semaine(self) -> list[str]:
        """Les sept lignes d'horaires ; aucune si l'on ne connaît pas les horaires."""
        ouvertures = list(self.ouvertures.all())
        return regles.semaine(ouvertures) if ouvertures else []

    def semaine_en_bref(self) -> list[str]:
        """Voir ``regles.semaine_en_bref`` ; aucune ligne si l'on ne connaît pas les horaires."""
        return regles.semaine_en_bref(self.ouvertures.all())

    def adresse_complete(self) -> str:
        """Sur une ligne : adresse, complément, code postal et commune."""
        ville = f"{self.code_postal} {self.commune}".strip()
        return ", ".join(filter(None, (self.adresse, self.complement_adresse, ville)))

    def _calendrier(self) -> tuple[list["Ouverture"], list["Fermeture"]]:
        return list(self.ouvertures.all()), list(self.fermetures.all())


class ServiceQuerySet(models.QuerySet):
    def publies(self) -> "ServiceQuerySet":
        """Ceux des lieux que le public voit."""
        return self.filter(lieu__publie=True)

    def avec_horaires(self) -> "ServiceQuerySet":
        """Avec leur lieu, ses horaires et ses fermetures, quel que soit le nombre de services."""
        return self.select_related("lieu").prefetch_related("lieu__ouvertures", "lieu__fermetures")


class Service(models.Model):
    """Ce qu'un lieu propose (un « service » de data·inclusion)."""

    lieu = models.ForeignKey(Lieu, verbose_name=_("lieu"), on_delete=models.CASCADE, related_name="services")
    cle = models.SlugField(verbose_name=_("clé"), max_length=40)
    nom = models.CharField(verbose_name=_("nom"), max_length=150)
    description = models.TextField(verbose_name=_("description"))
    type = models.CharField(verbose_name=_("type"), max_length=20, blank=True)
    thematiques = models.JSONField(verbose_name=_("thématiques"), default=list, blank=True)
    frais = models.CharField(verbose_name=_("frais"), max_length=10, blank=True)
    modes_accueil = models.JSONField(verbose_name=_("modes d’accueil"), default=list, blank=True)
    conditions_acces = models.TextField(verbose_name=_("conditions d’accès"), blank=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["nom"]
        constraints = [models.UniqueConstraint(fields=["lieu", "cle"], name="service_une_fois_par_lieu")]

    def __str__(self) -> str:
        return self.nom


class Ouverture(models.Model):
    """Une plage d'ouverture de la semaine ordinaire."""

    lieu = models.ForeignKey(Lieu, verbose_name=_("lieu"), on_delete=models.CASCADE, related_name="ouvertures")
    jour = models.PositiveSmallIntegerField(
        verbose_name=_("jour"), choices=list(enumerate(regles.JOURS)), validators=[MaxValueValidator(6)]
    )
    de = models.TimeField(verbose_name=_("de"))
    a = models.TimeField(verbose_name=_("à"))

    class Meta:
        verbose_name = _("ouverture")
        verbose_name_plural = _("ouvertures")
        ordering = ["jour", "de"]
        constraints = [
            models.CheckConstraint(condition=Q(jour__lte=6), name="ouverture_jour_de_la_semaine"),
            models.CheckConstraint(condition=Q(a__gt=F("de")), name="ouverture_finit_apres_son_debut"),
        ]

    def __str__(self) -> str:
        return f"{regles.JOURS[self.jour]} {regles.en_clair(self.de)} à {regles.en_clair(self.a)}"


class Fermeture(models.Model):
    """Une fermeture annoncée, du premier au dernier jour compris."""

    lieu = models.ForeignKey(Lieu, verbose_name=_("lieu"), on_delete=models.CASCADE, related_name="fermetures")
    du = models.DateField(verbose_name=_("du"))
    au = models.DateField(verbose_name=_("au"))
    motif = models.CharField(verbose_name=_("motif"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("fermeture")
        verbose_name_plural = _("fermetures")
        ordering = ["du"]
        constraints = [
            models.CheckConstraint(condition=Q(au__gte=F("du")), name="fermeture_finit_apres_son_debut"),
        ]

    def __str__(self) -> str:
        return f"fermé du {self.du:%d/%m/%Y} au {self.au:%d/%m/%Y}"
