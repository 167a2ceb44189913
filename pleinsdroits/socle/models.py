"""Les tables des fondations : l'index de la recherche tolérante, les formulaires déjà reçus."""

from django.db import models
from django.utils import timezone

from pleinsdroits.socle.chiffre import ChampChiffre


class MotIndexe(models.Model):
    """Un mot normalisé d'un objet (``ensemble``, ``cle``) et son poids."""

    ensemble = models.CharField(verbose_name="ensemble", max_length=30)
    cle = models.CharField(verbose_name="clé de l'objet", max_length=64)
    mot = models.CharField(verbose_name="mot normalisé", max_length=40)
    poids = models.PositiveSmallIntegerField(verbose_name="poids", default=1)

    class Meta:
        verbose_name = "mot indexé"
        verbose_name_plural = "mots indexés"
        constraints = [models.UniqueConstraint(fields=["ensemble", "mot", "cle"], name="mot_une_fois_par_objet")]
        indexes = [models.Index(fields=["ensemble", "cle"], name="mot_par_objet")]

    def __str__(self) -> str:
        return f"{self.mot} ({self.ensemble} {self.cle})"


class Trigramme(models.Model):
    """Un trigramme d'un mot du vocabulaire d'un ensemble : retrouve les mots qui se ressemblent."""

    ensemble = models.CharField(verbose_name="ensemble", max_length=30)
    trigramme = models.CharField(verbose_name="trigramme", max_length=3)
    mot = models.CharField(verbose_name="mot normalisé", max_length=40)

    class Meta:
        verbose_name = "trigramme"
        verbose_name_plural = "trigrammes"
        constraints = [
            models.UniqueConstraint(fields=["ensemble", "trigramme", "mot"], name="trigramme_une_fois_par_mot")
        ]

    def __str__(self) -> str:
        return f"{self.trigramme} de {self.mot}"


class EnvoiUnique(models.Model):
    """Un formulaire déjà enregistré : l'empreinte de ce qui a été envoyé et l'adresse où il a mené. Gardé 24 heures."""

    empreinte = models.CharField(verbose_name="empreinte de l'envoi", max_length=64, unique=True)
    adresse = models.CharField(verbose_name="adresse où il a mené", max_length=500)
    le = models.DateTimeField(verbose_name="reçu le", default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "formulaire déjà reçu"
        verbose_name_plural = "formulaires déjà reçus"

    def __str__(self) -> str:
        return self.adresse


class Envoi(models.Model):
    """Un courriel ou un SMS : son état se garde, son adresse et son texte s'effacent dès qu'il est parti."""

    class Canal(models.TextChoices):
        COURRIEL = "courriel", "courriel"
        SMS = "sms", "SMS"

    class Etat(models.TextChoices):
        EN_ATTENTE = "en_attente", "en attente"
        PARTI = "parti", "parti"
        ABANDONNE = "abandonne", "abandonné"

    canal = models.CharField(verbose_name="canal", max_length=8, choices=Canal)
    destinataire = ChampChiffre(verbose_name="destinataire", blank=True)
    objet = models.CharField(verbose_name="objet", max_length=150, blank=True)
    texte = ChampChiffre(verbose_name="texte", blank=True)
    type_objet = models.CharField(verbose_name="type d'objet", max_length=60, blank=True)
    cle_objet = models.CharField(verbose_name="clé de l'objet", max_length=64, blank=True)
    etat = models.CharField(verbose_name="état", max_length=10, choices=Etat, default=Etat.EN_ATTENTE)
    essais = models.PositiveSmallIntegerField(verbose_name="essais", default=0)
    prochain_essai = models.DateTimeField(verbose_name="prochain essai", default=timezone.now)
    derniere_faute = models.CharField(verbose_name="genre de la dernière faute", max_length=60, blank=True)
    cree_le = models.DateTimeField(verbose_name="créé le", default=timezone.now)
    parti_le = models.DateTimeField(verbose_name="parti le", null=True, blank=True)

    objects: models.Manager["Envoi"] = models.Manager()

    class Meta:
        verbose_name = "envoi"
        verbose_name_plural = "envois"
        indexes = [
            models.Index(fields=["etat", "prochain_essai"], name="envoi_du"),
            models.Index(fields=["type_objet", "cle_objet"], name="envoi_objet"),
        ]

    def __str__(self) -> str:
        return f"envoi {self.pk}"
