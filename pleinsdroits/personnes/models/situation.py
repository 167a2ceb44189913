"""La situation d'un foyer à une date, telle qu'elle a été dite, et les droits qu'on en a calculés."""

import json

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.droits.moteur.ecriture import bilan_depuis
from pleinsdroits.droits.moteur.resultats import Bilan
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.personnes.models.foyer import Foyer, du_foyer
from pleinsdroits.personnes.models.personne import Personne
from pleinsdroits.socle.chiffre import ChampChiffre


class SituationDateeQuerySet(models.QuerySet):
    def visibles_par(self, acteur: Acteur) -> "SituationDateeQuerySet":
        """Voir ``du_foyer`` ; une personne ne voit que les situations qu'elle a dites elle-même."""
        return du_foyer(self, acteur)


class SituationDatee(models.Model):
    """
    Une situation datée (le modèle ``droits.situation``, chiffré) et son bilan (CRPA L311-3-1 : le calcul garde ses
    entrées, la version des règles et la date). ``personne`` l'a dite.
    """

    class Source(models.TextChoices):
        VISITE = "visite", _("donnée par la personne sur le site")
        ENTRETIEN = "entretien", _("dite en entretien")
        CORRECTION = "correction", _("corrigée par la personne")
        PARTENAIRE = "partenaire", _("transmise par un partenaire")

    class Calcul(models.TextChoices):
        A_FAIRE = "a_faire", _("à faire")
        FAIT = "fait", _("fait")
        IMPOSSIBLE = "impossible", _("impossible")

    foyer = models.ForeignKey(Foyer, verbose_name=_("foyer"), on_delete=models.CASCADE, related_name="situations")
    personne = models.ForeignKey(
        Personne, verbose_name=_("dite par"), on_delete=models.CASCADE, related_name="situations_dites"
    )
    jour = models.DateField(verbose_name=_("à la date du"), default=timezone.localdate)
    source = models.CharField(verbose_name=_("source"), max_length=10, choices=Source)
    situation = ChampChiffre(verbose_name=_("situation"))
    calcul = models.CharField(verbose_name=_("calcul"), max_length=10, choices=Calcul, default=Calcul.A_FAIRE)
    bilan = ChampChiffre(verbose_name=_("bilan"), blank=True)
    version_regles = models.CharField(verbose_name=_("version des règles"), max_length=40, blank=True)
    calcule_le = models.DateTimeField(verbose_name=_("calculé le"), null=True, blank=True)
    cree_le = models.DateTimeField(verbose_name=_("enregistrée le"), default=timezone.now)

    objects = SituationDateeQuerySet.as_manager()

    class Meta:
        verbose_name = _("situation datée")
        verbose_name_plural = _("situations datées")
        ordering = ["-jour", "-pk"]
        get_latest_by = ["jour", "pk"]
        indexes = [models.Index(fields=["foyer", "-jour"], name="situation_foyer_jour")]

    def __str__(self) -> str:
        return f"situation {self.pk}"

    def situation_lue(self) -> Situation:
        """La situation, telle qu'elle a été dite."""
        return Situation.model_validate_json(self.situation)

    def bilan_lu(self) -> Bilan | None:
        """Les droits calculés ; ``None`` tant que le calcul n'est pas fait."""
        return bilan_depuis(json.loads(self.bilan)) if self.bilan else None
