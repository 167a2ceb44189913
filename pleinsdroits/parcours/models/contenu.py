"""Ce que l'on construit avec la personne : des objectifs, les options offertes et la sienne, les étapes, les engagements."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.accueil.models import Relais
from pleinsdroits.aides.models import Demande
from pleinsdroits.comptes.models import Agent, Institution
from pleinsdroits.demarches.models import Demarche
from pleinsdroits.parcours.models.projet import Projet
from pleinsdroits.personnes.models import SUJETS
from pleinsdroits.socle.chiffre import ChampChiffre


class Objectif(models.Model):
    """Un objectif, dans un domaine (familles data·inclusion) et dans les mots de la personne."""

    class Etat(models.TextChoices):
        """Où il en est, d'après la personne."""

        OUVERT = "ouvert", _("en cours")
        ATTEINT = "atteint", _("atteint")
        EN_PARTIE = "en_partie", _("atteint en partie")
        LAISSE = "laisse", _("laissé de côté")

    A_LA_FIN = {"mots": ""}

    projet = models.ForeignKey(Projet, verbose_name=_("projet"), on_delete=models.CASCADE, related_name="objectifs")
    domaine = models.CharField(verbose_name=_("domaine"), max_length=50, choices=SUJETS)
    mots = ChampChiffre(verbose_name=_("objectif, dans ses mots"))
    etat = models.CharField(verbose_name=_("état"), max_length=10, choices=Etat, default=Etat.OUVERT)
    fini_le = models.DateField(verbose_name=_("fini le"), null=True, blank=True)

    class Meta:
        verbose_name = _("objectif d’un projet")
        verbose_name_plural = _("objectifs d’un projet")
        ordering = ["pk"]
        indexes = [models.Index(fields=["domaine", "etat"], name="objectif_domaine_etat")]

    def __str__(self) -> str:
        return f"objectif {self.pk}"


class Option(models.Model):
    """
    Une façon d'atteindre l'objectif, offerte à la personne, et ce qu'elle demande. ``choisie`` : la sienne, avec sa
    ``raison`` ; ``note_par`` : l'agent qui a écrit son choix, vide si elle l'a fait elle-même.
    """

    objectif = models.ForeignKey(Objectif, verbose_name=_("objectif"), on_delete=models.CASCADE, related_name="options")
    libelle = ChampChiffre(verbose_name=_("option"))
    precision = ChampChiffre(verbose_name=_("ce qu’elle demande"), blank=True)
    choisie = models.BooleanField(verbose_name=_("choisie par la personne"), default=False)
    choisie_le = models.DateTimeField(verbose_name=_("choisie le"), null=True, blank=True)
    raison = ChampChiffre(verbose_name=_("sa raison"), blank=True)
    note_par = models.ForeignKey(
        Agent, verbose_name=_("choix noté par"), on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("option offerte")
        verbose_name_plural = _("options offertes")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["objectif"], condition=Q(choisie=True), name="option_une_choisie_par_objectif"
            ),
            models.CheckConstraint(
                condition=Q(choisie=False) | Q(choisie_le__isnull=False), name="option_choisie_a_sa_date"
            ),
        ]

    def __str__(self) -> str:
        return f"option {self.pk}"


class EtapeDuProjet(models.Model):
    """
    Un pas vers l'objectif. Liée à une démarche, une demande d'aide ou un relais, elle n'en copie rien : son avancement se
    lit de là (``parcours.avancement``). Sinon, elle se coche (``faite_le``).
    """

    objectif = models.ForeignKey(Objectif, verbose_name=_("objectif"), on_delete=models.CASCADE, related_name="etapes")
    libelle = ChampChiffre(verbose_name=_("étape"), blank=True)
    pour_le = models.DateField(verbose_name=_("pour le"), null=True, blank=True)
    faite_le = models.DateField(verbose_name=_("faite le"), null=True, blank=True)
    demarche = models.ForeignKey(
        Demarche,
        verbose_name=_("démarche"),
        on_delete=models.SET_NULL,
        related_name="etapes_de_projet",
        null=True,
        blank=True,
    )
    demande = models.ForeignKey(
        Demande, verbose_name=_("demande d’aide"), on_delete=models.SET_NULL, related_name="etapes_de_projet",
        null=True, blank=True,
    )  # fmt: skip
    relais = models.ForeignKey(
        Relais,
        verbose_name=_("relais"),
        on_delete=models.SET_NULL,
        related_name="etapes_de_projet",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("étape d’un projet")
        verbose_name_plural = _("étapes d’un projet")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(demarche__isnull=True, demande__isnull=True)
                | Q(demarche__isnull=True, relais__isnull=True)
                | Q(demande__isnull=True, relais__isnull=True),
                name="etape_un_lien_au_plus",
            ),
        ]

    def __str__(self) -> str:
        return f"étape {self.pk}"


class Engagement(models.Model):
    """Qui fait quoi, pour quand : la personne, son interlocuteur, ou un partenaire. ``dit_par`` : qui a dit que c'est fait."""

    class Qui(models.TextChoices):
        PERSONNE = "personne", _("la personne")
        INTERLOCUTEUR = "interlocuteur", _("son interlocuteur ou interlocutrice")
        PARTENAIRE = "partenaire", _("un partenaire")

    class DitPar(models.TextChoices):
        PERSONNE = "personne", _("la personne")
        VILLE = "ville", _("la ville")

    projet = models.ForeignKey(Projet, verbose_name=_("projet"), on_delete=models.CASCADE, related_name="engagements")
    qui = models.CharField(verbose_name=_("qui"), max_length=13, choices=Qui)
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("quel partenaire"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    quoi = ChampChiffre(verbose_name=_("fait quoi"))
    pour_le = models.DateField(verbose_name=_("pour le"))
    tenu_le = models.DateField(verbose_name=_("fait le"), null=True, blank=True)
    dit_par = models.CharField(verbose_name=_("dit par"), max_length=8, choices=DitPar, blank=True)

    class Meta:
        verbose_name = _("engagement")
        verbose_name_plural = _("engagements")
        ordering = ["pour_le", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(qui="partenaire", institution__isnull=False)
                | (~Q(qui="partenaire") & Q(institution__isnull=True)),
                name="engagement_partenaire_nomme",
            ),
        ]

    def __str__(self) -> str:
        return f"engagement {self.pk}"

    def en_retard(self) -> bool:
        """La date est passée et personne n'a dit que c'est fait."""
        return self.tenu_le is None and self.pour_le < timezone.localdate()
