"""Une demande d'aide au CCAS, de son dépôt au bilan. Les états sont ceux du métier ; chaque passage est un acte."""

import datetime as dt

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from pleinsdroits.accueil.models import Besoin, Relais
from pleinsdroits.aides.models.edition import EditionDuReglement
from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.comptes.models import Agent, Institution, Role
from pleinsdroits.personnes.models import Foyer, Personne, du_foyer
from pleinsdroits.personnes.regles.conservation import Retenue
from pleinsdroits.socle.chiffre import ChampChiffre
from pleinsdroits.socle.conflit import Versionne


class EtatDemande(models.TextChoices):
    """``decidee`` se lit avec le résultat : accordée, accordée en partie, refusée."""

    RECUE = "recue", _("reçue")
    INCOMPLETE = "incomplete", _("il manque une pièce")
    COMPLETE = "complete", _("complète")
    INSTRUITE = "instruite", _("étudiée")
    INSCRITE = "inscrite", _("à l’ordre du jour")
    AJOURNEE = "ajournee", _("ajournée")
    DECIDEE = "decidee", _("décidée")
    NOTIFIEE = "notifiee", _("décision envoyée")
    EN_PAIEMENT = "en_paiement", _("mise en paiement")
    PAYEE = "payee", _("payée")
    BILAN = "bilan", _("close")
    TRANSMISE = "transmise", _("transmise à qui doit répondre")
    SANS_OBJET = "sans_objet", _("sans objet")


E = EtatDemande


class DemandeQuerySet(models.QuerySet["Demande"]):
    def visibles_par(self, acteur: Acteur) -> "DemandeQuerySet":
        """
        L'instruction : toutes (CASF L133-5 : le secret suit qui instruit). La présidence : celles qu'elle décide par
        délégation. Les autres : voir ``du_foyer``. La commission n'en lit aucune : elle lit des pièces anonymes.
        """
        if acteur.genre == Genre.AGENT and acteur.role == Role.INSTRUCTEUR:
            return self
        if acteur.genre == Genre.AGENT and acteur.role == Role.PRESIDENCE:
            return self.filter(urgente=True).exclude(etat__in=(E.TRANSMISE, E.SANS_OBJET))
        return du_foyer(self, acteur, accueil=True)

    def en_cours(self) -> "DemandeQuerySet":
        return self.exclude(etat__in=Demande.FINIES)

    def a_decider(self) -> "DemandeQuerySet":
        return self.filter(etat__in=Demande.AVANT_LA_DECISION)


class Demande(FSMModelMixin, Versionne):
    """
    Une demande d'une personne pour une aide du règlement (``aide`` : son identifiant). Les montants sont en euros. Les
    dates sont celles du passage à chaque état ; ``silence_le`` : au-delà, sans réponse, c'est un refus (CRPA L231-4 3°).
    ``composition``, ``quartier``, ``tranche_d_age`` sont figés à l'étude, pour le bilan d'équité : ils survivent à
    l'effacement de la personne et ne la désignent pas.
    """

    Etat = EtatDemande

    class Canal(models.TextChoices):
        WEB = "web", _("sur le site")
        PAPIER = "papier", _("formulaire papier")
        GUICHET = "guichet", _("au guichet")
        TELEPHONE = "telephone", _("par téléphone")
        SOLIBUS = "solibus", _("au solibus")
        PARTENAIRE = "partenaire", _("par un partenaire")

    class Resultat(models.TextChoices):
        ACCORD = "accord", _("accordée")
        ACCORD_PARTIEL = "accord_partiel", _("accordée en partie")
        REFUS = "refus", _("refusée")
        SANS_OBJET = "sans_objet", _("sans objet")

    class Composition(models.TextChoices):
        SEUL = "seul", _("personne seule")
        COUPLE = "couple", _("couple sans enfant")
        PARENT_SEUL = "parent_seul", _("parent seul avec enfants")
        COUPLE_ENFANTS = "couple_enfants", _("couple avec enfants")
        AUTRE = "autre", _("autre foyer")

    AVANT_LA_DECISION = (E.RECUE, E.INCOMPLETE, E.COMPLETE, E.INSTRUITE, E.INSCRITE, E.AJOURNEE)
    FINIES = (E.BILAN, E.TRANSMISE, E.SANS_OBJET)
    A_LA_FIN = dict.fromkeys(("mots", "payer_a", "calcul", "entree", "derogation", "transmise_a", "etat_du_calcul"), "")
    # L'aide a été payée avec de l'argent public : son dossier se garde dix ans (voir ``personnes/conservation.yaml``).
    RETIENNENT = (Retenue("aide_accordee", "decidee_le", {"resultat__in": ("accord", "accord_partiel")}),)

    etat = FSMField(verbose_name=_("état"), max_length=12, choices=E.choices, default=E.RECUE, protected=True)
    foyer = models.ForeignKey(
        Foyer, verbose_name=_("foyer"), on_delete=models.SET_NULL, related_name="demandes_d_aide", null=True
    )
    personne = models.ForeignKey(
        Personne, verbose_name=_("pour"), on_delete=models.SET_NULL, related_name="demandes_d_aide", null=True
    )
    besoin = models.ForeignKey(
        Besoin,
        verbose_name=_("besoin"),
        on_delete=models.SET_NULL,
        related_name="demandes_d_aide",
        null=True,
        blank=True,
    )
    aide = models.CharField(verbose_name=_("aide"), max_length=41)
    canal = models.CharField(verbose_name=_("déposée"), max_length=10, choices=Canal)
    mots = ChampChiffre(verbose_name=_("dans ses mots"), blank=True)
    montant_demande = models.DecimalField(
        verbose_name=_("montant demandé"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    payer_a = ChampChiffre(verbose_name=_("payer à (fournisseur)"), blank=True)
    urgente = models.BooleanField(verbose_name=_("urgente"), default=False)
    deposee_par = models.ForeignKey(
        Institution,
        verbose_name=_("partenaire qui dépose"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    # Le relais d'où le partenaire a déposé : l'accord qui le fonde décide de ce qu'il lit ensuite.
    relais = models.ForeignKey(
        Relais,
        verbose_name=_("déposée depuis le relais"),
        on_delete=models.SET_NULL,
        related_name="depots",
        null=True,
        blank=True,
    )
    instructeur = models.ForeignKey(
        Agent,
        verbose_name=_("étudiée par"),
        on_delete=models.PROTECT,
        related_name="demandes_d_aide",
        null=True,
        blank=True,
    )
    recue_le = models.DateTimeField(verbose_name=_("reçue le"), default=timezone.now)
    silence_le = models.DateField(verbose_name=_("sans réponse, refus après le"))
    accusee_le = models.DateTimeField(verbose_name=_("accusé de réception du"), null=True, blank=True)
    pieces_demandees_le = models.DateTimeField(verbose_name=_("pièces demandées le"), null=True, blank=True)
    pieces_avant_le = models.DateField(verbose_name=_("pièces attendues avant le"), null=True, blank=True)
    complete_le = models.DateTimeField(verbose_name=_("complète le"), null=True, blank=True)
    instruite_le = models.DateTimeField(verbose_name=_("étudiée le"), null=True, blank=True)
    inscrite_le = models.DateTimeField(verbose_name=_("à l’ordre du jour le"), null=True, blank=True)
    decidee_le = models.DateTimeField(verbose_name=_("décidée le"), null=True, blank=True)
    notifiee_le = models.DateTimeField(verbose_name=_("décision envoyée le"), null=True, blank=True)
    en_paiement_le = models.DateTimeField(verbose_name=_("mise en paiement le"), null=True, blank=True)
    payee_le = models.DateTimeField(verbose_name=_("payée le"), null=True, blank=True)
    close_le = models.DateTimeField(verbose_name=_("close le"), null=True, blank=True)
    transmise_a = models.CharField(verbose_name=_("transmise à"), max_length=150, blank=True)
    edition = models.ForeignKey(
        EditionDuReglement, verbose_name=_("règlement appliqué"), on_delete=models.PROTECT, null=True, blank=True
    )
    calcul = ChampChiffre(verbose_name=_("calcul gardé"), blank=True)
    # Ce que le règlement a lu, sans identité : de quoi essayer un brouillon de règlement sans rouvrir le dossier.
    entree = ChampChiffre(verbose_name=_("entrée du calcul"), blank=True)
    etat_du_calcul = models.CharField(verbose_name=_("ce que dit le règlement"), max_length=16, blank=True)
    tranche = models.CharField(verbose_name=_("tranche"), max_length=120, blank=True)
    derogation = ChampChiffre(verbose_name=_("raison de la dérogation"), blank=True)
    montant_propose = models.DecimalField(
        verbose_name=_("montant proposé"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    resultat = models.CharField(verbose_name=_("résultat"), max_length=14, choices=Resultat, blank=True)
    montant_accorde = models.DecimalField(
        verbose_name=_("montant accordé"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    composition = models.CharField(verbose_name=_("foyer"), max_length=14, choices=Composition, blank=True)
    quartier = models.CharField(verbose_name=_("quartier"), max_length=60, blank=True)
    tranche_d_age = models.CharField(verbose_name=_("âge"), max_length=10, blank=True)

    objects = DemandeQuerySet.as_manager()

    class Meta:
        verbose_name = _("demande d’aide")
        verbose_name_plural = _("demandes d’aide")
        ordering = ["-recue_le", "-pk"]
        indexes = [
            models.Index(fields=["etat", "recue_le"], name="demande_etat_recue"),
            models.Index(fields=["foyer", "aide", "decidee_le"], name="demande_foyer_aide"),
            models.Index(fields=["personne", "etat"], name="demande_personne_etat"),
            models.Index(fields=["aide", "tranche", "decidee_le"], name="demande_semblables"),
            models.Index(fields=["decidee_le", "resultat"], name="demande_decidee"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(montant_demande__isnull=True) | models.Q(montant_demande__gt=0),
                name="demande_montant_positif",
            ),
            models.CheckConstraint(
                condition=models.Q(montant_accorde__isnull=True) | models.Q(montant_accorde__gte=0),
                name="demande_accorde_positif",
            ),
        ]

    def __str__(self) -> str:
        return f"demande d’aide {self.reference}"

    @property
    def reference(self) -> str:
        """Le numéro que portent les lettres : il ne dit rien de la personne."""
        return f"A{self.pk:06d}" if self.pk else ""

    def agee_de(self, jour: dt.date) -> int:
        """Depuis combien de jours elle est reçue."""
        return (jour - timezone.localtime(self.recue_le).date()).days

    # Les passages. Chacun est appelé par ``avancer.franchir``, dans un acte, qui pose la date et règle l'horloge.

    @transition(field=etat, source=[E.RECUE, E.COMPLETE, E.INSTRUITE, E.AJOURNEE], target=E.INCOMPLETE)
    def manquer(self) -> None:
        """Il manque des pièces : tout est demandé en une fois (CRPA L114-5)."""

    @transition(field=etat, source=[E.RECUE, E.INCOMPLETE, E.INSTRUITE, E.AJOURNEE], target=E.COMPLETE)
    def completer(self) -> None:
        """Toutes les pièces sont là ; ou il faut l'étudier de nouveau."""

    @transition(field=etat, source=[E.COMPLETE, E.INSTRUITE, E.AJOURNEE], target=E.INSTRUITE)
    def instruire(self) -> None:
        """Calcul fait, proposition prête."""

    @transition(field=etat, source=[E.INSTRUITE, E.AJOURNEE], target=E.INSCRITE)
    def inscrire(self) -> None:
        """À l'ordre du jour d'une séance."""

    @transition(field=etat, source=E.INSCRITE, target=E.INSTRUITE)
    def desinscrire(self) -> None:
        """Retirée de l'ordre du jour, avant la séance ou parce que la séance n'a pas pu se tenir."""

    @transition(field=etat, source=E.INSCRITE, target=E.AJOURNEE)
    def ajourner(self) -> None:
        """La commission veut en savoir plus."""

    @transition(field=etat, source=[E.COMPLETE, E.INSTRUITE, E.INSCRITE, E.AJOURNEE], target=E.DECIDEE)
    def decider(self) -> None:
        """Décidée en séance, ou par délégation (CASF R123-21)."""

    @transition(field=etat, source=E.DECIDEE, target=E.NOTIFIEE)
    def notifier(self) -> None:
        """La lettre est partie, avec les raisons et les recours."""

    @transition(field=etat, source=E.NOTIFIEE, target=E.EN_PAIEMENT)
    def mettre_en_paiement(self) -> None:
        """Un paiement est préparé ; en urgence, la lettre est remise en main propre le même jour."""

    @transition(field=etat, source=E.EN_PAIEMENT, target=E.PAYEE)
    def payer(self) -> None:
        """Payée ou remise."""

    # « mise en paiement » : la personne renonce à tout ce qui n'est pas encore payé (``actions/renoncer.py``).
    @transition(field=etat, source=[E.NOTIFIEE, E.EN_PAIEMENT, E.PAYEE], target=E.BILAN)
    def clore(self) -> None:
        """Fini, avec ce que la personne en dit."""

    @transition(field=etat, source=[E.RECUE, E.INCOMPLETE, E.COMPLETE, E.INSTRUITE], target=E.TRANSMISE)
    def transmettre(self) -> None:
        """Le CCAS n'est pas compétent : il transmet, et le dit à la personne (CRPA L114-2)."""

    @transition(field=etat, source=list(AVANT_LA_DECISION), target=E.SANS_OBJET)
    def laisser(self) -> None:
        """La personne n'en a plus besoin."""
