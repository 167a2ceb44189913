"""Les tables des fondations : l'index de la recherche tolérante, les formulaires déjà reçus."""

from django.db import models
from django.utils import timezone


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
