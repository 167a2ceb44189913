"""L'index de la recherche tolérante : les mots de chaque objet et les trigrammes de chaque mot."""

from django.db import models


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
