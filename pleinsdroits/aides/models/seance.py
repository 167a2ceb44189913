"""La commission qui décide : ses membres, ses séances, les présences, l'ordre du jour, les retraits."""

import datetime as dt

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from pleinsdroits.aides.models.demande import Demande
from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.comptes.models import Agent, Role
from pleinsdroits.socle.chiffre import ChampChiffre
from pleinsdroits.socle.conflit import Versionne


class Instance(models.TextChoices):
    CONSEIL_ADMINISTRATION = "conseil_administration", _("conseil d’administration")
    COMMISSION_PERMANENTE = "commission_permanente", _("commission permanente")


class MembreQuerySet(models.QuerySet["MembreDeLInstance"]):
    def au(self, jour: dt.date) -> "MembreQuerySet":
        """Ceux dont le mandat court le ``jour``."""
        return self.filter(Q(au__isnull=True) | Q(au__gte=jour), du__lte=jour)


class MembreDeLInstance(models.Model):
    """Un agent de rôle « commission » ou « présidence » siège dans une instance, le temps de son mandat (CASF R123-7)."""

    class Qualite(models.TextChoices):
        PRESIDENT = "president", _("président ou présidente")
        VICE_PRESIDENT = "vice_president", _("vice-président ou vice-présidente")
        ELU = "elu", _("membre élu")
        NOMME = "nomme", _("membre nommé")

    agent = models.ForeignKey(Agent, verbose_name=_("agent"), on_delete=models.PROTECT, related_name="mandats")
    instance = models.CharField(verbose_name=_("instance"), max_length=24, choices=Instance)
    qualite = models.CharField(verbose_name=_("qualité"), max_length=14, choices=Qualite)
    rang_d_age = models.PositiveSmallIntegerField(
        verbose_name=_("rang d’âge"),
        null=True,
        blank=True,
        help_text=_("1 pour le plus âgé de l’instance : à ancienneté égale, c’est lui qui préside."),
    )
    du = models.DateField(verbose_name=_("depuis le"), default=timezone.localdate)
    au = models.DateField(verbose_name=_("jusqu’au"), null=True, blank=True)

    objects = MembreQuerySet.as_manager()

    class Meta:
        verbose_name = _("membre d’une instance")
        verbose_name_plural = _("membres des instances")
        ordering = ["instance", "qualite", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agent", "instance"], condition=Q(au__isnull=True), name="membre_un_mandat_par_instance"
            ),
            models.CheckConstraint(
                condition=Q(au__isnull=True) | Q(au__gte=models.F("du")), name="membre_mandat_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"membre {self.pk}"


class EtatSeance(models.TextChoices):
    CREEE = "creee", _("en préparation")
    CONVOQUEE = "convoquee", _("convoquée")
    QUORUM_VERIFIE = "quorum_verifie", _("quorum vérifié")
    EN_SEANCE = "en_seance", _("en séance")
    CLOTUREE = "cloturee", _("terminée")
    PV_SIGNE = "pv_signe", _("procès-verbal signé")
    ANNULEE = "annulee", _("annulée")


S = EtatSeance


class SeanceQuerySet(models.QuerySet["Seance"]):
    def visibles_par(self, acteur: Acteur) -> "SeanceQuerySet":
        """Un membre : celles de ses instances, une fois convoquées. L'instruction et le système : toutes."""
        if acteur.genre == Genre.SYSTEME or acteur.role == Role.INSTRUCTEUR:
            return self
        if acteur.genre != Genre.AGENT or acteur.role not in (Role.COMMISSION, Role.PRESIDENCE):
            return self.none()
        mandats = MembreDeLInstance.objects.au(timezone.localdate()).filter(Q(agent=acteur.identifiant))
        siennes = self.filter(Exists(mandats.filter(instance=OuterRef("instance"))))
        return siennes if acteur.role == Role.PRESIDENCE else siennes.exclude(etat__in=(S.CREEE, S.ANNULEE))

    def avec_nombre(self) -> "SeanceQuerySet":
        """Avec ``demandes``, le nombre de celles qui sont (ou étaient) à l'ordre du jour."""
        return self.annotate(demandes=Count("inscriptions", filter=~Q(inscriptions__etat="retiree")))


class Seance(FSMModelMixin, Versionne):
    """Une réunion du conseil d'administration ou de la commission permanente (CASF R123-16 à R123-19)."""

    Etat = EtatSeance
    A_VENIR = (S.CREEE, S.CONVOQUEE, S.QUORUM_VERIFIE, S.EN_SEANCE)

    etat = FSMField(verbose_name=_("état"), max_length=14, choices=S.choices, default=S.CREEE, protected=True)
    instance = models.CharField(verbose_name=_("instance"), max_length=24, choices=Instance)
    prevue_le = models.DateTimeField(verbose_name=_("prévue le"))
    lieu = models.CharField(verbose_name=_("lieu"), max_length=150)
    convoquee_le = models.DateTimeField(verbose_name=_("convoquée le"), null=True, blank=True)
    ouverte_le = models.DateTimeField(verbose_name=_("ouverte le"), null=True, blank=True)
    close_le = models.DateTimeField(verbose_name=_("terminée le"), null=True, blank=True)
    presidee_par = models.ForeignKey(
        MembreDeLInstance,
        verbose_name=_("présidée par"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    objects = SeanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("séance")
        verbose_name_plural = _("séances")
        ordering = ["-prevue_le"]
        constraints = [models.UniqueConstraint(fields=["instance", "prevue_le"], name="seance_une_a_la_fois")]

    def __str__(self) -> str:
        return f"séance {self.pk}"

    @property
    def suspendue(self) -> bool:
        """Ouverte, puis arrêtée parce que le quorum s'est perdu."""
        return self.etat == S.CONVOQUEE and self.ouverte_le is not None

    @transition(field=etat, source=S.CREEE, target=S.CONVOQUEE)
    def convoquer(self) -> None:
        """Les membres reçoivent l'ordre du jour dans le délai de R123-16."""

    @transition(field=etat, source=S.CONVOQUEE, target=S.QUORUM_VERIFIE)
    def verifier_le_quorum(self) -> None:
        """La majorité des membres en exercice est là (R123-17)."""

    @transition(field=etat, source=S.QUORUM_VERIFIE, target=S.EN_SEANCE)
    def ouvrir(self) -> None:
        """On délibère."""

    @transition(field=etat, source=S.EN_SEANCE, target=S.CONVOQUEE)
    def suspendre(self) -> None:
        """Le quorum n'est plus atteint : on ne vote plus."""

    @transition(field=etat, source=[S.EN_SEANCE, S.CONVOQUEE], target=S.CLOTUREE)
    def cloturer(self) -> None:
        """Plus rien ne reste à voter ; une séance ouverte puis suspendue faute de quorum se termine aussi."""

    @transition(field=etat, source=S.CLOTUREE, target=S.PV_SIGNE)
    def signer(self) -> None:
        """Les deux tomes du procès-verbal sont signés."""

    @transition(field=etat, source=[S.CREEE, S.CONVOQUEE, S.QUORUM_VERIFIE], target=S.ANNULEE)
    def annuler(self) -> None:
        """La séance ne se tient pas : ses demandes retournent à l'étude."""


class Presence(models.Model):
    """Un membre à une séance. ``parti_le`` : parti avant la fin ; il ne compte plus pour le quorum."""

    class Etat(models.TextChoices):
        CONVOQUE = "convoque", _("convoqué")
        PRESENT = "present", _("présent")
        EXCUSE = "excuse", _("excusé")
        ABSENT = "absent", _("absent")
        PARTI = "parti", _("parti")

    seance = models.ForeignKey(Seance, verbose_name=_("séance"), on_delete=models.CASCADE, related_name="presences")
    membre = models.ForeignKey(
        MembreDeLInstance, verbose_name=_("membre"), on_delete=models.PROTECT, related_name="presences"
    )
    etat = models.CharField(verbose_name=_("état"), max_length=8, choices=Etat, default=Etat.CONVOQUE)
    arrive_le = models.DateTimeField(verbose_name=_("arrivé à"), null=True, blank=True)
    parti_le = models.DateTimeField(verbose_name=_("parti à"), null=True, blank=True)

    class Meta:
        verbose_name = _("présence")
        verbose_name_plural = _("présences")
        ordering = ["membre__qualite", "pk"]
        constraints = [models.UniqueConstraint(fields=["seance", "membre"], name="presence_une_par_membre")]

    def __str__(self) -> str:
        return f"présence {self.pk}"


class InscriptionQuerySet(models.QuerySet["Inscription"]):
    def visibles_par(self, acteur: Acteur) -> "InscriptionQuerySet":
        """Celles des séances visibles, moins, pour un membre, celles dont il s'est retiré."""
        siennes = self.filter(seance__in=Seance.objects.visibles_par(acteur).values("pk"))
        if acteur.role not in (Role.COMMISSION, Role.PRESIDENCE):
            return siennes
        retraits = Retrait.objects.filter(Q(membre__agent=acteur.identifiant), inscription=OuterRef("pk"))
        return siennes.exclude(Exists(retraits))


class Inscription(Versionne):
    """
    Une demande à l'ordre du jour d'une séance. ``piece`` est **tout** ce qu'un membre lit : faite d'une liste de champs
    permis (``aides.piece_anonyme``), figée quand l'instruction la publie. ``version_lue`` : celle de la demande ce jour-là ;
    si la demande a changé depuis, on ne vote pas.
    """

    # Le rang, l'issue et qui a voté restent : la séance s'est tenue.
    A_LA_FIN = {"expose": "", "piece": {}, "motif": ""}

    class Etat(models.TextChoices):
        A_PREPARER = "a_preparer", _("à préparer")
        PUBLIEE = "publiee", _("à voter")
        DECIDEE = "decidee", _("décidée")
        AJOURNEE = "ajournee", _("ajournée")
        RETIREE = "retiree", _("retirée de l’ordre du jour")

    seance = models.ForeignKey(Seance, verbose_name=_("séance"), on_delete=models.CASCADE, related_name="inscriptions")
    demande = models.ForeignKey(
        Demande, verbose_name=_("demande"), on_delete=models.CASCADE, related_name="inscriptions"
    )
    rang = models.PositiveSmallIntegerField(verbose_name=_("rang"))
    etat = models.CharField(verbose_name=_("état"), max_length=10, choices=Etat, default=Etat.A_PREPARER)
    expose = ChampChiffre(verbose_name=_("exposé relu"), blank=True)
    piece = models.JSONField(verbose_name=_("pièce anonyme"), default=dict, blank=True)
    version_lue = models.PositiveIntegerField(verbose_name=_("version de la demande"), default=0)
    publiee_le = models.DateTimeField(verbose_name=_("publiée le"), null=True, blank=True)
    publiee_par = models.ForeignKey(
        Agent, verbose_name=_("relue par"), on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    motif = models.CharField(verbose_name=_("raison de l’ajournement ou de l’écart"), max_length=500, blank=True)

    objects = InscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("inscription à l’ordre du jour")
        verbose_name_plural = _("inscriptions à l’ordre du jour")
        ordering = ["seance", "rang"]
        constraints = [
            models.UniqueConstraint(fields=["seance", "rang"], name="inscription_un_rang"),
            models.UniqueConstraint(
                fields=["demande"],
                condition=Q(etat__in=["a_preparer", "publiee"]),
                name="inscription_une_seance_a_la_fois",
            ),
        ]

    def __str__(self) -> str:
        return f"inscription {self.pk}"

    @property
    def secrete(self) -> bool:
        """Se vote-t-elle au scrutin secret ? Une requête, si l'urne n'est pas lue avec elle."""
        urne = getattr(self, "urne", None)
        return urne is not None and bool(urne.ouverte)


class Retrait(models.Model):
    """Un membre connaît la personne : il se retire de cette demande, et le procès-verbal le dit."""

    A_LA_FIN: dict[str, str] = {}

    inscription = models.ForeignKey(
        Inscription, verbose_name=_("inscription"), on_delete=models.CASCADE, related_name="retraits"
    )
    membre = models.ForeignKey(
        MembreDeLInstance, verbose_name=_("membre"), on_delete=models.PROTECT, related_name="retraits"
    )
    le = models.DateTimeField(verbose_name=_("le"), default=timezone.now)

    class Meta:
        verbose_name = _("retrait")
        verbose_name_plural = _("retraits")
        constraints = [models.UniqueConstraint(fields=["inscription", "membre"], name="retrait_un_par_membre")]

    def __str__(self) -> str:
        return f"retrait {self.pk}"
