"""Un projet d'accompagnement, de la demande à sa fin. Il se construit avec la personne ; chaque passage est un acte."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import GET_STATE, FSMField, FSMModelMixin, transition

from pleinsdroits.accueil.models import CanalDeContact
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.personnes.models import Foyer, Personne, du_foyer
from pleinsdroits.socle.chiffre import ChampChiffre
from pleinsdroits.socle.conflit import Versionne


class EtatProjet(models.TextChoices):
    """Suspendu, un projet se reprend là où il en était (``etat_avant``)."""

    DEMANDE = "demande", _("demandé")
    CONSTRUCTION = "construction", _("en construction")
    PROPOSE = "propose", _("proposé, à accepter")
    ACCEPTE = "accepte", _("accepté, en cours")
    SUSPENDU = "suspendu", _("en pause")
    TERMINE = "termine", _("terminé")
    ABANDONNE = "abandonne", _("arrêté")


E = EtatProjet


class ProjetQuerySet(models.QuerySet["Projet"]):
    def visibles_par(self, acteur: Acteur) -> "ProjetQuerySet":
        """Voir ``du_foyer`` : qui suit le dossier, et la personne elle-même. L'accueil note une demande, il ne lit rien."""
        return du_foyer(self, acteur)

    def en_cours(self) -> "ProjetQuerySet":
        return self.exclude(etat__in=Projet.FINIS)


class Projet(FSMModelMixin, Versionne):
    """
    Le projet d'une personne. ``forces`` d'abord, puis ``souhaits``, dans ses mots. ``accepte_le`` est la première
    acceptation ; chacune a sa ``Proposition``, figée. ``jours_de_pause`` : ceux de l'étape en cours, que l'on ne compte pas
    dans sa durée.
    """

    Etat = EtatProjet

    class Resultat(models.TextChoices):
        """Ce que la personne répond à la fin : c'est elle qui juge."""

        ATTEINT = "atteint", _("oui, j’y suis arrivé ou arrivée")
        EN_PARTIE = "en_partie", _("en partie")
        NON = "non", _("non")
        AUTREMENT = "autrement", _("ma vie a changé : ce n’est plus ce que je voulais")

    VIVANTS = (E.DEMANDE, E.CONSTRUCTION, E.PROPOSE, E.ACCEPTE, E.SUSPENDU)
    FINIS = (E.TERMINE, E.ABANDONNE)
    A_LA_FIN = dict.fromkeys(("mots", "forces", "souhaits", "raison", "mots_de_la_fin"), "")

    etat = FSMField(verbose_name=_("état"), max_length=12, choices=E.choices, default=E.DEMANDE, protected=True)
    etat_avant = models.CharField(verbose_name=_("état d’avant la pause"), max_length=12, choices=E, blank=True)
    foyer = models.ForeignKey(
        Foyer, verbose_name=_("foyer"), on_delete=models.SET_NULL, related_name="projets", null=True
    )
    personne = models.ForeignKey(
        Personne, verbose_name=_("pour"), on_delete=models.SET_NULL, related_name="projets", null=True
    )
    canal = models.CharField(verbose_name=_("demandé par"), max_length=10, choices=CanalDeContact)
    mots = ChampChiffre(verbose_name=_("sa demande, dans ses mots"), blank=True)
    forces = ChampChiffre(verbose_name=_("forces et ressources"), blank=True)
    souhaits = ChampChiffre(verbose_name=_("souhaits, dans ses mots"), blank=True)
    demande_le = models.DateTimeField(verbose_name=_("demandé le"), default=timezone.now)
    premier_entretien_le = models.DateTimeField(verbose_name=_("premier entretien le"), null=True, blank=True)
    propose_le = models.DateTimeField(verbose_name=_("proposé le"), null=True, blank=True)
    accepte_le = models.DateTimeField(verbose_name=_("accepté le"), null=True, blank=True)
    bilan_prevu_le = models.DateField(verbose_name=_("prochain bilan le"), null=True, blank=True)
    premier_bilan_le = models.DateTimeField(verbose_name=_("premier bilan le"), null=True, blank=True)
    suspendu_le = models.DateTimeField(verbose_name=_("en pause depuis le"), null=True, blank=True)
    jours_de_pause = models.PositiveIntegerField(verbose_name=_("jours de pause dans l’étape"), default=0)
    raison = ChampChiffre(verbose_name=_("raison de la pause ou de l’arrêt"), blank=True)
    clos_le = models.DateTimeField(verbose_name=_("terminé ou arrêté le"), null=True, blank=True)
    resultat = models.CharField(
        verbose_name=_("résultat, d’après la personne"), max_length=10, choices=Resultat, blank=True
    )
    mots_de_la_fin = ChampChiffre(verbose_name=_("ce qu’elle en dit"), blank=True)
    retours_le = models.DateTimeField(verbose_name=_("retours donnés le"), null=True, blank=True)

    objects = ProjetQuerySet.as_manager()

    class Meta:
        verbose_name = _("projet d’accompagnement")
        verbose_name_plural = _("projets d’accompagnement")
        ordering = ["-demande_le", "-pk"]
        indexes = [
            models.Index(fields=["foyer", "etat"], name="projet_foyer_etat"),
            models.Index(fields=["personne", "etat"], name="projet_personne_etat"),
            models.Index(fields=["etat", "demande_le"], name="projet_etat_demande"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(etat="suspendu") | ~Q(etat_avant=""), name="projet_en_pause_sait_d_ou_il_vient"
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=["propose", "accepte"]) | Q(propose_le__isnull=False),
                name="projet_propose_a_sa_date",
            ),
        ]

    def __str__(self) -> str:
        return f"projet {self.reference}"

    @property
    def reference(self) -> str:
        """Le numéro que porte la copie : il ne dit rien de la personne."""
        return f"P{self.pk:06d}" if self.pk else ""

    # Les passages. Chacun est appelé par ``avancer.franchir``, dans un acte, qui pose la date et règle l'horloge.

    @transition(field=etat, source=E.DEMANDE, target=E.CONSTRUCTION)
    def rencontrer(self) -> None:
        """Le premier entretien a eu lieu : on commence par ce qui va."""

    @transition(field=etat, source=E.CONSTRUCTION, target=E.PROPOSE)
    def proposer(self) -> None:
        """Le projet est écrit ; la personne le lit et décide."""

    @transition(field=etat, source=E.PROPOSE, target=E.ACCEPTE)
    def accepter(self) -> None:
        """La personne l'accepte."""

    @transition(field=etat, source=[E.PROPOSE, E.ACCEPTE], target=E.CONSTRUCTION)
    def reconstruire(self) -> None:
        """Quelque chose change : il faudra l'accepter de nouveau."""

    @transition(field=etat, source=[E.CONSTRUCTION, E.PROPOSE, E.ACCEPTE], target=E.SUSPENDU)
    def suspendre(self) -> None:
        """La personne a besoin d'une pause."""

    @transition(
        field=etat,
        source=E.SUSPENDU,
        target=GET_STATE(lambda projet: projet.etat_avant, states=[E.CONSTRUCTION, E.PROPOSE, E.ACCEPTE]),
    )
    def reprendre(self) -> None:
        """On reprend là où l'on en était."""

    @transition(field=etat, source=E.ACCEPTE, target=E.TERMINE)
    def terminer(self) -> None:
        """Fini ; la personne dit ce qu'il en est."""

    @transition(field=etat, source=list(VIVANTS), target=E.ABANDONNE)
    def abandonner(self) -> None:
        """On s'arrête avant la fin, avec la raison."""
