"""Les contacts de toutes sortes, les permanences et leur salle d'attente."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.accueil.models.besoin import Besoin
from pleinsdroits.accueil.models.vocabulaire import CanalDeContact
from pleinsdroits.annuaire.models import Lieu
from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.comptes.models import Agent, Role
from pleinsdroits.personnes.models import SUJETS, Foyer, Personne, du_foyer

RECOIVENT = (Role.ACCUEIL, Role.INTERLOCUTEUR, Role.INSTRUCTEUR)


class ContactQuerySet(models.QuerySet):
    def visibles_par(self, acteur: Acteur) -> "ContactQuerySet":
        """Ceux des dossiers visibles (voir ``du_foyer``), et, pour qui reçoit, les contacts sans nom et les siens."""
        du_perimetre = du_foyer(self, acteur, accueil=True)
        if acteur.genre == Genre.AGENT and acteur.role in RECOIVENT:
            siens = self.filter(Q(agent=acteur.identifiant) | Q(foyer__isnull=True, anonyme=True))
            return du_perimetre | siens
        return du_perimetre

    def a_rappeler(self) -> "ContactQuerySet":
        """Un rappel a été promis et n'est pas encore tenu."""
        return self.filter(etat=Contact.Etat.RAPPEL_PROMIS)


class Contact(models.Model):
    """Un passage, un appel, une soirée, un arrêt de bus : noté en trente secondes, même sans nom."""

    class Etat(models.TextChoices):
        OUVERT = "ouvert", _("ouvert")
        ORIENTE = "oriente", _("orienté")
        RAPPEL_PROMIS = "rappel_promis", _("rappel promis")
        CLOS = "clos", _("clos")

    class Suite(models.TextChoices):
        REPONDU = "repondu", _("répondu")
        ORIENTE = "oriente", _("orienté")
        RAPPEL = "rappel", _("rappel promis")
        BESOIN = "besoin", _("besoin ouvert")

    A_LA_FIN = {"mots": "", "joindre": "", "oriente_vers": ""}

    canal = models.CharField(verbose_name=_("canal"), max_length=10, choices=CanalDeContact)
    lieu = models.ForeignKey(Lieu, verbose_name=_("lieu"), on_delete=models.SET_NULL, null=True, blank=True)
    foyer = models.ForeignKey(
        Foyer, verbose_name=_("foyer"), on_delete=models.SET_NULL, related_name="contacts", null=True, blank=True
    )
    personne = models.ForeignKey(
        Personne, verbose_name=_("personne"), on_delete=models.SET_NULL, related_name="contacts", null=True, blank=True
    )
    anonyme = models.BooleanField(verbose_name=_("sans nom"), default=False)
    premiere_fois = models.BooleanField(verbose_name=_("première fois"), default=False)
    agent = models.ForeignKey(Agent, verbose_name=_("noté par"), on_delete=models.PROTECT, null=True, blank=True)
    le = models.DateTimeField(verbose_name=_("le"), default=timezone.now)
    mots = models.CharField(verbose_name=_("ses mots"), max_length=300, blank=True)
    sujets = models.JSONField(verbose_name=_("sujets"), default=list, blank=True)
    suite = models.CharField(verbose_name=_("suite donnée"), max_length=8, choices=Suite)
    etat = models.CharField(verbose_name=_("état"), max_length=14, choices=Etat, default=Etat.CLOS)
    oriente_vers = models.CharField(verbose_name=_("orienté vers"), max_length=150, blank=True)
    rappel_avant = models.DateTimeField(verbose_name=_("rappel promis avant"), null=True, blank=True)
    rappel_par = models.ForeignKey(
        Agent, verbose_name=_("qui rappelle"), on_delete=models.PROTECT, related_name="rappels", null=True, blank=True
    )
    joindre = models.CharField(verbose_name=_("où rappeler"), max_length=120, blank=True)
    essais = models.PositiveSmallIntegerField(verbose_name=_("rappels sans réponse"), default=0)
    besoin = models.ForeignKey(
        Besoin, verbose_name=_("besoin ouvert"), on_delete=models.SET_NULL, null=True, blank=True
    )

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["-le", "-pk"]
        indexes = [
            models.Index(fields=["foyer", "-le"], name="contact_foyer_le"),
            models.Index(fields=["agent", "-le"], name="contact_agent_le"),
            models.Index(fields=["rappel_par", "etat", "rappel_avant"], name="contact_rappel"),
            models.Index(fields=["canal", "le"], name="contact_canal_le"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(etat="rappel_promis") | Q(rappel_avant__isnull=False), name="contact_rappel_a_une_date"
            )
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"

    def noms_des_sujets(self) -> list[str]:
        """Les sujets, en mots."""
        return [nom for valeur, nom in SUJETS if valeur in self.sujets]


class Permanence(models.Model):
    """Un guichet ouvert, en un lieu, par un canal : le jour, le soir, au téléphone, dans le bus."""

    lieu = models.ForeignKey(Lieu, verbose_name=_("lieu"), on_delete=models.PROTECT, null=True, blank=True)
    canal = models.CharField(verbose_name=_("canal"), max_length=10, choices=CanalDeContact)
    ouverte_le = models.DateTimeField(verbose_name=_("ouverte le"), default=timezone.now)
    fermee_le = models.DateTimeField(verbose_name=_("fermée le"), null=True, blank=True)
    ouverte_par = models.ForeignKey(
        Agent, verbose_name=_("ouverte par"), on_delete=models.PROTECT, related_name="permanences"
    )
    agents = models.ManyToManyField(Agent, verbose_name=_("agents présents"), related_name="permanences_tenues")

    class Meta:
        verbose_name = _("permanence")
        verbose_name_plural = _("permanences")
        ordering = ["-ouverte_le"]
        constraints = [
            models.UniqueConstraint(
                fields=["lieu", "canal"], condition=Q(fermee_le__isnull=True), name="permanence_une_par_lieu_et_canal"
            ),
            models.UniqueConstraint(
                fields=["canal"],
                condition=Q(fermee_le__isnull=True, lieu__isnull=True),
                name="permanence_une_par_canal_sans_lieu",
            ),
        ]

    def __str__(self) -> str:
        return f"permanence {self.pk}"


class VenueQuerySet(models.QuerySet):
    def visibles_par(self, acteur: Acteur) -> "VenueQuerySet":
        """La salle d'attente se lit par ceux qui reçoivent ; rien d'autre n'y est qu'un numéro et parfois un prénom."""
        if acteur.genre == Genre.SYSTEME or (acteur.genre == Genre.AGENT and acteur.role in RECOIVENT):
            return self
        return self.none()

    def du_jour(self) -> "VenueQuerySet":
        return self.filter(permanence__fermee_le__isnull=True)


class Venue(models.Model):
    """Quelqu'un est venu sans rendez-vous : il attend, il est reçu, il est parti."""

    class Etat(models.TextChoices):
        ATTEND = "attend", _("attend")
        RECUE = "recue", _("reçue")
        PARTIE = "partie", _("partie")
        PARTIE_SANS = "partie_sans", _("partie sans être reçue")

    A_LA_FIN = {"prenom": ""}

    permanence = models.ForeignKey(
        Permanence, verbose_name=_("permanence"), on_delete=models.CASCADE, related_name="venues"
    )
    numero = models.PositiveSmallIntegerField(verbose_name=_("numéro d’appel"))
    prenom = models.CharField(verbose_name=_("prénom, si la personne veut bien"), max_length=60, blank=True)
    personne = models.ForeignKey(Personne, verbose_name=_("personne"), on_delete=models.SET_NULL, null=True, blank=True)
    foyer = models.ForeignKey(Foyer, verbose_name=_("foyer"), on_delete=models.SET_NULL, null=True, blank=True)
    etat = models.CharField(verbose_name=_("état"), max_length=12, choices=Etat, default=Etat.ATTEND)
    arrivee_le = models.DateTimeField(verbose_name=_("arrivée le"), default=timezone.now)
    recue_le = models.DateTimeField(verbose_name=_("reçue le"), null=True, blank=True)
    recue_par = models.ForeignKey(Agent, verbose_name=_("reçue par"), on_delete=models.PROTECT, null=True, blank=True)
    partie_le = models.DateTimeField(verbose_name=_("partie le"), null=True, blank=True)

    objects = VenueQuerySet.as_manager()

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["arrivee_le", "pk"]
        constraints = [models.UniqueConstraint(fields=["permanence", "numero"], name="venue_un_numero_par_permanence")]
        indexes = [models.Index(fields=["permanence", "etat"], name="venue_etat")]

    def __str__(self) -> str:
        return f"venue {self.numero}"
