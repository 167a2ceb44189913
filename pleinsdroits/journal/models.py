"""Le journal : qui a fait quoi, sur quoi, quand et pourquoi. Des lignes enchaînées, jamais modifiées."""

import datetime as dt
import hashlib
import json
import secrets
from typing import Any, NoReturn

from django.db import models, transaction
from django.utils import timezone

ORIGINE = "0" * 64
# Ce qu'une ligne raconte : effacé à l'élagage, remplacé par son empreinte (« contenu »), qui reste dans la chaîne.
RECIT: dict[str, Any] = {
    "sel": "",
    "acteur_genre": "",
    "acteur_identifiant": "",
    "verbe": "",
    "type_objet": "",
    "cle_objet": "",
    "champs": [],
    "motif": "",
}


class EntreeQuerySet(models.QuerySet):
    def consultations_avant(self, avant: dt.datetime) -> "EntreeQuerySet":
        """Les consultations encore lisibles, plus anciennes que ``avant``."""
        return self.filter(consultation=True, elaguee=False, date__lt=avant)

    def sur(self, objet: models.Model) -> "EntreeQuerySet":
        """Les lignes qui parlent de ``objet``, dans l'ordre."""
        return self.filter(type_objet=objet._meta.label_lower, cle_objet=str(objet.pk)).order_by("numero")


class Entree(models.Model):
    """
    Une ligne du journal. Elle nomme les champs qui ont changé, jamais leur valeur, et désigne l'acteur et
    l'objet par leur identifiant, jamais par leur nom.
    """

    numero = models.PositiveBigIntegerField(verbose_name="numéro", primary_key=True)
    date = models.DateTimeField(verbose_name="date", db_index=True)
    consultation = models.BooleanField(verbose_name="consultation", default=False)
    elaguee = models.BooleanField(verbose_name="élaguée", default=False)

    sel = models.CharField(verbose_name="sel", max_length=32, blank=True)
    acteur_genre = models.CharField(verbose_name="genre de l'acteur", max_length=20, blank=True)
    acteur_identifiant = models.CharField(verbose_name="identifiant de l'acteur", max_length=64, blank=True)
    verbe = models.CharField(verbose_name="verbe", max_length=60, blank=True, db_index=True)
    type_objet = models.CharField(verbose_name="type d'objet", max_length=60, blank=True)
    cle_objet = models.CharField(verbose_name="clé de l'objet", max_length=64, blank=True)
    champs = models.JSONField(verbose_name="champs modifiés", default=list, blank=True)
    motif = models.TextField(verbose_name="motif", blank=True)

    contenu = models.CharField(verbose_name="empreinte du contenu", max_length=64)
    precedente = models.CharField(verbose_name="empreinte de la ligne précédente", max_length=64, unique=True)
    empreinte = models.CharField(verbose_name="empreinte", max_length=64, unique=True)

    objects = EntreeQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne du journal"
        verbose_name_plural = "lignes du journal"
        ordering = ["numero"]
        indexes = [models.Index(fields=["type_objet", "cle_objet"], name="journal_objet")]

    def __str__(self) -> str:
        return f"{self.numero} {self.verbe} {self.type_objet} {self.cle_objet}".rstrip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("Une ligne du journal ne se modifie pas.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("Une ligne du journal ne s'efface pas.")

    def empreinte_du_contenu(self) -> str:
        """SHA-256 (hexadécimal) de ce que la ligne raconte, sel compris."""
        return _hacher([getattr(self, nom) for nom in RECIT])

    def empreinte_attendue(self) -> str:
        """SHA-256 (hexadécimal) qui lie la ligne à la précédente."""
        date = self.date.astimezone(dt.UTC).isoformat(timespec="microseconds")
        return _hacher([self.numero, date, self.consultation, self.precedente, self.contenu])


class Tete(models.Model):
    """La dernière ligne écrite. La verrouiller met les écritures en file : la chaîne ne bifurque jamais."""

    numero = models.PositiveBigIntegerField(verbose_name="numéro de la dernière ligne", default=0)
    empreinte = models.CharField(verbose_name="empreinte de la dernière ligne", max_length=64, default=ORIGINE)

    class Meta:
        verbose_name = "tête du journal"
        verbose_name_plural = "têtes du journal"

    def __str__(self) -> str:
        return f"{self.numero}:{self.empreinte}"


class Elagage(models.Model):
    """Un élagage : les consultations d'avant ce jour ne se lisent plus."""

    avant = models.DateField(verbose_name="consultations d'avant le", primary_key=True)
    lignes = models.PositiveIntegerField(verbose_name="lignes élaguées", default=0)

    class Meta:
        verbose_name = "élagage"
        verbose_name_plural = "élagages"

    def __str__(self) -> str:
        return f"consultations d'avant le {self.avant}"


@transaction.atomic
def ajouter(*, consultation: bool = False, **recit: Any) -> Entree:
    """
    Écrit une ligne à la suite. ``recit`` donne les colonnes de ``RECIT`` (sauf le sel).

    Le sel rend l'empreinte d'un contenu élagué impossible à retrouver par essais.
    """
    tete, _ = Tete.objects.select_for_update().get_or_create(pk=1)
    entree = Entree(
        numero=tete.numero + 1,
        date=timezone.now(),
        consultation=consultation,
        precedente=tete.empreinte,
        sel=secrets.token_hex(16),
        **recit,
    )
    entree.contenu = entree.empreinte_du_contenu()
    entree.empreinte = entree.empreinte_attendue()
    entree.save()
    tete.numero, tete.empreinte = entree.numero, entree.empreinte
    tete.save(update_fields=["numero", "empreinte"])
    return entree


def _hacher(valeurs: list) -> str:
    canonique = json.dumps(valeurs, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonique.encode()).hexdigest()
