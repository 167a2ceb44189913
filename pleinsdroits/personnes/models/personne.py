"""Une personne, comment la joindre sans danger, et ses numéros ailleurs."""

import datetime as dt

from django.contrib.auth.hashers import check_password, make_password
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.comptes.models import Role
from pleinsdroits.personnes.models.foyer import Foyer
from pleinsdroits.personnes.models.membre import Membre
from pleinsdroits.socle.chiffre import ChampChiffre, empreinte
from pleinsdroits.socle.conflit import Versionne

MAJORITE = 18


class Canal(models.TextChoices):
    """Comment la personne préfère qu'on la joigne."""

    TELEPHONE = "telephone", _("téléphone")
    SMS = "sms", _("SMS")
    COURRIEL = "courriel", _("courriel")
    COURRIER = "courrier", _("courrier")
    SUR_PLACE = "sur_place", _("de vive voix, sur place")


class Langue(models.TextChoices):
    """Les langues que l'on propose à l'accueil ; « autre » se précise au dossier."""

    FRANCAIS = "fr", _("français")
    ANGLAIS = "en", _("anglais")
    ARABE = "ar", _("arabe")
    BAMBARA = "bm", _("bambara")
    CHINOIS = "zh", _("chinois")
    DARI = "fa", _("dari ou persan")
    ESPAGNOL = "es", _("espagnol")
    PORTUGAIS = "pt", _("portugais")
    ROUMAIN = "ro", _("roumain")
    RUSSE = "ru", _("russe")
    SONINKE = "snk", _("soninké")
    TAMOUL = "ta", _("tamoul")
    TURC = "tr", _("turc")
    UKRAINIEN = "uk", _("ukrainien")
    LSF = "lsf", _("langue des signes française")
    AUTRE = "autre", _("autre langue")


class PersonneQuerySet(models.QuerySet):
    def visibles_par(self, acteur: Acteur) -> "PersonneQuerySet":
        """
        Les membres, passés ou présents, des foyers visibles. Une personne se voit elle-même et voit les enfants mineurs
        de son foyer ; jamais un autre adulte.
        """
        if acteur.genre == Genre.SYSTEME:
            return self
        membres = Membre.objects.filter(personne=OuterRef("pk"))
        if acteur.genre == Genre.PERSONNE:
            mineurs = membres.actuels().filter(
                lien=Membre.Lien.ENFANT, foyer__in=Foyer.objects.visibles_par(acteur).values("pk")
            )
            limite = timezone.localdate() - dt.timedelta(days=round(MAJORITE * 365.25))
            return self.filter(Q(pk=acteur.identifiant) | (Q(naissance__gt=limite) & Exists(mineurs)))
        if acteur.role == Role.ACCUEIL:
            return self.filter(Exists(membres.filter(foyer__etat=Foyer.Etat.ACTIF)))
        return self.filter(Exists(membres.filter(foyer__in=Foyer.objects.suivis_par(acteur).values("pk"))))

    def vivantes(self) -> "PersonneQuerySet":
        """Celles qui n'ont été réunies à aucune autre."""
        return self.filter(fusionnee_dans__isnull=True)


class Personne(Versionne):
    """
    Quelqu'un que la ville connaît. Ni le téléphone ni le courriel ne sont uniques : on les partage, on en change, on
    n'en a pas. Le numéro de sécurité sociale n'est jamais une clé (décret n° 2019-341).
    """

    prenom = models.CharField(verbose_name=_("prénom"), max_length=100)
    nom = models.CharField(verbose_name=_("nom"), max_length=100)
    nom_de_naissance = models.CharField(verbose_name=_("nom de naissance"), max_length=100, blank=True)
    naissance = models.DateField(verbose_name=_("date de naissance"), null=True, blank=True)
    canal = models.CharField(verbose_name=_("moyen préféré"), max_length=10, choices=Canal, default=Canal.TELEPHONE)
    langue = models.CharField(verbose_name=_("langue"), max_length=5, choices=Langue, default=Langue.FRANCAIS)
    lit_peu = models.BooleanField(verbose_name=_("lit peu"), default=False)
    contact_protege = models.BooleanField(verbose_name=_("contact protégé"), default=False)
    consigne = models.CharField(verbose_name=_("comment la joindre sans danger"), max_length=300, blank=True)
    mot_secret = models.CharField(verbose_name=_("mot choisi (haché)"), max_length=128, blank=True)
    fusionnee_dans = models.ForeignKey(
        "self",
        verbose_name=_("réunie à"),
        on_delete=models.PROTECT,
        related_name="doublons",
        null=True,
        blank=True,
    )

    objects = PersonneQuerySet.as_manager()

    class Meta:
        verbose_name = _("personne")
        verbose_name_plural = _("personnes")
        ordering = ["nom", "prenom", "pk"]
        indexes = [models.Index(fields=["naissance"], name="personne_naissance")]

    def __str__(self) -> str:
        return f"{self.prenom} {self.nom}"

    def age(self, jour: dt.date) -> int | None:
        """L'âge révolu au ``jour`` ; ``None`` si la naissance est inconnue."""
        if self.naissance is None:
            return None
        avant = (jour.month, jour.day) < (self.naissance.month, self.naissance.day)
        return jour.year - self.naissance.year - avant

    def choisir_un_mot(self, mot: str) -> None:
        """Garde le mot choisi, haché, sans sa casse ni ses espaces ; vide : plus de mot."""
        self.mot_secret = make_password(_plat(mot)) if mot else ""

    def dit_le_mot(self, mot: str) -> bool:
        """Le ``mot`` est-il celui que la personne a choisi ?"""
        return bool(self.mot_secret) and check_password(_plat(mot), self.mot_secret)


class Moyen(models.Model):
    """Un téléphone ou un courriel. ``partage`` : quelqu'un d'autre peut répondre ; ``sur`` : on peut s'en servir."""

    class Genre(models.TextChoices):
        TELEPHONE = "telephone", _("téléphone")
        COURRIEL = "courriel", _("courriel")

    personne = models.ForeignKey(Personne, verbose_name=_("personne"), on_delete=models.CASCADE, related_name="moyens")
    genre = models.CharField(verbose_name=_("sorte"), max_length=10, choices=Genre, default=Genre.TELEPHONE)
    valeur = models.CharField(verbose_name=_("numéro ou adresse"), max_length=254)
    normal = models.CharField(verbose_name=_("forme comparable"), max_length=254, db_index=True)
    partage = models.BooleanField(verbose_name=_("partagé avec quelqu’un"), default=False)
    sur = models.BooleanField(verbose_name=_("sans danger"), default=True)
    message_permis = models.BooleanField(verbose_name=_("on peut laisser un message"), default=True)
    heures = models.CharField(verbose_name=_("bonnes heures"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("moyen de contact")
        verbose_name_plural = _("moyens de contact")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"moyen {self.pk}"


class Identifiant(models.Model):
    """Un numéro donné par un organisme, chiffré ; l'empreinte permet de le retrouver exactement, rien de plus."""

    class Genre(models.TextChoices):
        CAF = "caf", _("n° d’allocataire CAF")
        FRANCE_TRAVAIL = "france_travail", _("n° France Travail")
        FISCAL = "fiscal", _("n° fiscal")
        SECURITE_SOCIALE = "securite_sociale", _("n° de sécurité sociale")
        DEPARTEMENT = "departement", _("n° de dossier au Département")
        LOGEMENT = "logement", _("n° unique de demande de logement")
        MDPH = "mdph", _("n° de dossier MDPH")

    personne = models.ForeignKey(
        Personne, verbose_name=_("personne"), on_delete=models.CASCADE, related_name="identifiants"
    )
    genre = models.CharField(verbose_name=_("sorte"), max_length=20, choices=Genre)
    valeur = ChampChiffre(verbose_name=_("numéro"))
    empreinte = models.CharField(verbose_name=_("empreinte"), max_length=64, db_index=True, editable=False)

    class Meta:
        verbose_name = _("identifiant")
        verbose_name_plural = _("identifiants")
        ordering = ["genre"]
        constraints = [models.UniqueConstraint(fields=["personne", "genre"], name="identifiant_un_par_sorte")]

    def __str__(self) -> str:
        return f"identifiant {self.pk}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.empreinte = empreinte(self.valeur, f"identifiant.{self.genre}")
        super().save(*args, **kwargs)  # type: ignore[arg-type]


def _plat(mot: str) -> str:
    return "".join(mot.split()).casefold()
