"""La vie d'un projet : ce qui a été proposé et accepté, les bilans, les retours de la personne, l'histoire, les durées."""

import json
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.comptes.models import Agent
from pleinsdroits.parcours.models.projet import EtatProjet, Projet
from pleinsdroits.personnes.models import Papier
from pleinsdroits.socle.chiffre import ChampChiffre


class Proposition(models.Model):
    """
    Le projet tel que la personne l'a lu : une copie figée (``contenu``, JSON chiffré) et son ``empreinte``. Acceptée une
    seule fois, à l'écran ou sur papier ; retirée dès que le projet change. L'accepté précédent vaut jusqu'au suivant.
    """

    class Mode(models.TextChoices):
        ECRAN = "ecran", _("à l’écran")
        PAPIER = "papier", _("sur papier signé")

    projet = models.ForeignKey(Projet, verbose_name=_("projet"), on_delete=models.CASCADE, related_name="propositions")
    rang = models.PositiveSmallIntegerField(verbose_name=_("version"))
    contenu = ChampChiffre(verbose_name=_("contenu figé"))
    empreinte = models.CharField(verbose_name=_("empreinte du contenu"), max_length=64)
    proposee_le = models.DateTimeField(verbose_name=_("proposée le"), default=timezone.now)
    retiree_le = models.DateTimeField(verbose_name=_("retirée le"), null=True, blank=True)
    remarque = ChampChiffre(verbose_name=_("ce que la personne veut changer"), blank=True)
    acceptee_le = models.DateTimeField(verbose_name=_("acceptée le"), null=True, blank=True)
    mode = models.CharField(verbose_name=_("acceptée"), max_length=6, choices=Mode, blank=True)
    papier = models.ForeignKey(
        Papier, verbose_name=_("papier signé"), on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("version proposée")
        verbose_name_plural = _("versions proposées")
        ordering = ["-rang"]
        constraints = [
            models.UniqueConstraint(fields=["projet", "rang"], name="proposition_un_rang_par_projet"),
            models.UniqueConstraint(
                fields=["projet"],
                condition=Q(retiree_le__isnull=True, acceptee_le__isnull=True),
                name="proposition_une_en_attente",
            ),
            models.CheckConstraint(
                condition=Q(acceptee_le__isnull=True, mode="") | (Q(acceptee_le__isnull=False) & ~Q(mode="")),
                name="proposition_acceptee_a_son_mode",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.rang} du projet {self.projet_id}"

    def lue(self) -> dict[str, Any]:
        """Le contenu figé, en types JSON."""
        return json.loads(self.contenu)


class BilanDeProjet(models.Model):
    """Un point fait ensemble : ce que la personne en dit, et quand on refait le point."""

    projet = models.ForeignKey(Projet, verbose_name=_("projet"), on_delete=models.CASCADE, related_name="bilans")
    le = models.DateField(verbose_name=_("le"), default=timezone.localdate)
    mots = ChampChiffre(verbose_name=_("ce que la personne en dit"))
    prochain_le = models.DateField(verbose_name=_("prochain bilan le"))
    agent = models.ForeignKey(
        Agent, verbose_name=_("avec"), on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("bilan de projet")
        verbose_name_plural = _("bilans de projet")
        ordering = ["-le", "-pk"]

    def __str__(self) -> str:
        return f"bilan {self.pk}"


class Retour(models.Model):
    """Une réponse de la personne à la fin : la question (un code), ce qu'elle répond. Reste, sans dire de qui."""

    class Question(models.TextChoices):
        """Six questions, d'après les retours que Primero demande aux personnes accompagnées."""

        DECIDE = "decide", _("C’est moi qui ai décidé de la suite.")
        OPTIONS = "options", _("On m’a expliqué mes choix, et je les ai compris.")
        MEME_PERSONNE = "meme_personne", _("J’ai eu affaire à la même personne tout du long.")
        RESPECT = "respect", _("On m’a respecté ou respectée.")
        A_TEMPS = "a_temps", _("On a fait ce qui était promis, à temps.")
        MIEUX = "mieux", _("Ma situation va mieux qu’avant.")

    class Reponse(models.TextChoices):
        OUI = "oui", _("oui")
        EN_PARTIE = "en_partie", _("en partie")
        NON = "non", _("non")
        SANS = "sans", _("je préfère ne pas répondre")

    A_LA_FIN: dict[str, str] = {}

    projet = models.ForeignKey(Projet, verbose_name=_("projet"), on_delete=models.CASCADE, related_name="retours")
    question = models.CharField(verbose_name=_("question"), max_length=13, choices=Question)
    reponse = models.CharField(verbose_name=_("réponse"), max_length=9, choices=Reponse)

    class Meta:
        verbose_name = _("retour de la personne")
        verbose_name_plural = _("retours de la personne")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["projet", "question"], name="retour_un_par_question")]

    def __str__(self) -> str:
        return f"retour {self.pk}"


class PassageDeProjet(models.Model):
    """Un état franchi : lequel, quand, par qui. L'histoire du projet."""

    projet = models.ForeignKey(Projet, verbose_name=_("projet"), on_delete=models.CASCADE, related_name="passages")
    etat = models.CharField(verbose_name=_("état"), max_length=12, choices=EtatProjet)
    le = models.DateTimeField(verbose_name=_("le"), default=timezone.now)
    agent = models.ForeignKey(
        Agent, verbose_name=_("par"), on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("passage d’un projet")
        verbose_name_plural = _("passages d’un projet")
        ordering = ["le", "pk"]

    def __str__(self) -> str:
        return f"passage {self.etat} du projet {self.projet_id}"


class DureeDeProjet(models.Model):
    """
    Une étape chronométrée et finie : ``jours`` calendaires hors pauses, ``mois`` de sa fin (année × 12 + mois − 1). Sans
    lien : elle reste quand le projet disparaît.
    """

    class Etape(models.TextChoices):
        """Les clés des objectifs de délai du conseil (``aides.regles.mesure.ETAPES_DU_PROJET``)."""

        PREMIER_ENTRETIEN = "projet.premier_entretien", _("du besoin au premier entretien")
        ACCEPTER = "projet.accepte", _("du premier entretien au projet accepté")
        BILAN = "projet.bilan", _("du projet accepté au bilan")

    projet = models.BigIntegerField(verbose_name=_("clé du projet"))
    etape = models.CharField(verbose_name=_("étape"), max_length=24, choices=Etape)
    mois = models.PositiveIntegerField(verbose_name=_("mois de la fin"))
    jours = models.PositiveIntegerField(verbose_name=_("jours"))

    class Meta:
        verbose_name = _("durée d’étape d’un projet")
        verbose_name_plural = _("durées d’étapes d’un projet")
        constraints = [models.UniqueConstraint(fields=["projet", "etape"], name="duree_de_projet_une_par_etape")]
        indexes = [models.Index(fields=["mois", "etape", "jours"], name="duree_de_projet_mesurer")]

    def __str__(self) -> str:
        return f"durée {self.pk}"
