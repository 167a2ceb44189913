"""Qui agit : les agents, leurs institutions, leurs rôles, et les invitations qui ouvrent leur compte."""

import datetime as dt
import hashlib
import secrets
from typing import Any

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.comptes.acteur import Acteur, Genre

DUREE_D_UNE_INVITATION = dt.timedelta(days=7)


class Role(models.TextChoices):
    ACCUEIL = "accueil", _("agent d’accueil")
    INTERLOCUTEUR = "interlocuteur", _("interlocuteur")
    INSTRUCTEUR = "instructeur", _("instructeur")
    COMMISSION = "commission", _("membre de la commission")
    PRESIDENCE = "presidence", _("présidence")
    PARTENAIRE = "partenaire", _("partenaire")
    VOLONTAIRE = "volontaire", _("volontaire")
    EPICERIE = "epicerie", _("épicerie")
    COORDINATION = "coordination", _("coordination")
    TECHNIQUE = "technique", _("technique")


class Institution(models.Model):
    """La ville, son CCAS ou un partenaire : là où travaillent les agents."""

    class Sorte(models.TextChoices):
        VILLE = "ville", _("ville")
        CCAS = "ccas", _("CCAS")
        PARTENAIRE = "partenaire", _("partenaire")

    nom = models.CharField(verbose_name=_("nom"), max_length=120, unique=True)
    sorte = models.CharField(verbose_name=_("sorte"), max_length=12, choices=Sorte, default=Sorte.PARTENAIRE)
    courriel = models.EmailField(verbose_name=_("courriel"), blank=True)
    telephone = models.CharField(verbose_name=_("téléphone"), max_length=20, blank=True)
    exemple = models.BooleanField(verbose_name=_("exemple à remplacer par la ville"), default=False)

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering = ["nom"]

    def __str__(self) -> str:
        return self.nom


class AgentQuerySet(models.QuerySet):
    def visibles_par(self, acteur: Acteur) -> "AgentQuerySet":
        """Tous pour le rôle technique et le système ; un autre agent ne voit que son compte."""
        if acteur.role == Role.TECHNIQUE or acteur.genre == Genre.SYSTEME:
            return self
        if acteur.genre == Genre.AGENT:
            return self.filter(pk=acteur.identifiant)
        return self.none()

    def en_poste(self) -> "AgentQuerySet":
        return self.filter(is_active=True)


class AgentManager(BaseUserManager.from_queryset(AgentQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **champs: Any) -> "Agent":
        """Un agent ; sans mot de passe, il ne peut pas se connecter avant d'avoir accepté son invitation."""
        agent = self.model(email=email.strip().lower(), **champs)
        agent.set_password(password)
        agent.save(using=self._db)
        return agent

    def get_by_natural_key(self, email: str) -> "Agent":
        return self.get(email__iexact=email)


class Agent(AbstractUser):
    """Une personne qui travaille avec la plateforme. Elle se connecte par son courriel."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(
        verbose_name=_("courriel"), unique=True, error_messages={"unique": _("Ce courriel a déjà un compte.")}
    )
    role = models.CharField(verbose_name=_("rôle"), max_length=20, choices=Role, default=Role.ACCUEIL)
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("institution"),
        on_delete=models.PROTECT,
        related_name="agents",
        null=True,
        blank=True,
    )
    parti_le = models.DateField(verbose_name=_("parti le"), null=True, blank=True)
    demonstration = models.BooleanField(verbose_name=_("compte de démonstration"), default=False)
    # Une touche seule gêne qui dicte ou tape à côté : il faut les avoir voulues (WCAG 2.1.4).
    raccourcis = models.BooleanField(verbose_name=_("raccourcis d’une touche"), default=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = AgentManager()  # type: ignore[assignment,misc]

    class Meta:
        verbose_name = _("agent")
        verbose_name_plural = _("agents")
        ordering = ["last_name", "first_name", "email"]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    @property
    def acteur(self) -> Acteur:
        return Acteur.agent(self)


class InvitationQuerySet(models.QuerySet):
    def du_jeton(self, jeton: str) -> "Invitation | None":
        """L'invitation encore valable de ce jeton ; ``None`` s'il est inconnu, périmé ou déjà utilisé."""
        return self.en_attente().filter(empreinte=Invitation.hacher(jeton)).select_related("agent").first()

    def en_attente(self) -> "InvitationQuerySet":
        return self.filter(close_le__isnull=True, expire_le__gt=timezone.now())


class Invitation(models.Model):
    """Un lien à usage unique pour ouvrir un compte. Seule l'empreinte du jeton est gardée."""

    agent = models.ForeignKey(Agent, verbose_name=_("agent"), on_delete=models.CASCADE, related_name="invitations")
    empreinte = models.CharField(verbose_name=_("empreinte du jeton"), max_length=64, unique=True)
    expire_le = models.DateTimeField(verbose_name=_("expire le"))
    close_le = models.DateTimeField(verbose_name=_("acceptée ou annulée le"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @staticmethod
    def hacher(jeton: str) -> str:
        return hashlib.sha256(jeton.encode()).hexdigest()

    @classmethod
    def ouvrir(cls, agent: Agent) -> str:
        """Enregistre une invitation valable 7 jours, annule les précédentes et rend le jeton, qui n'est pas gardé."""
        agent.invitations.en_attente().update(close_le=timezone.now())
        jeton = secrets.token_urlsafe(32)
        cls.objects.create(agent=agent, empreinte=cls.hacher(jeton), expire_le=timezone.now() + DUREE_D_UNE_INVITATION)
        return jeton
