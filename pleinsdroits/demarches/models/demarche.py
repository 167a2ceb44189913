"""Un droit, de sa découverte à l'argent reçu : où il en est, ce que dit le silence, et combien."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Agent
from pleinsdroits.personnes.models import Foyer, Papier, Personne, SituationDatee, du_foyer
from pleinsdroits.socle.chiffre import ChampChiffre
from pleinsdroits.socle.conflit import Versionne


class DemarcheQuerySet(models.QuerySet):
    def visibles_par(self, acteur: Acteur) -> "DemarcheQuerySet":
        """Voir ``du_foyer``."""
        return du_foyer(self, acteur)

    def en_cours(self) -> "DemarcheQuerySet":
        return self.exclude(etat__in=Demarche.FINIES)


class Demarche(Versionne):
    """
    La boucle du recours aux droits pour un droit et une personne. ``droit`` est l'identifiant de la fiche ; les
    montants sont en euros par mois (``periodicite`` « mensuelle »), l'annuel en douzièmes, ou en une fois.
    ``a_verifier`` : le moteur dit ce droit probable. ``repondue_le`` est la première réponse ; celle au recours, à part.
    """

    class Etat(models.TextChoices):
        DETECTEE = "detectee", _("à expliquer")
        EXPLIQUEE = "expliquee", _("à préparer")
        PREPAREE = "preparee", _("prête à déposer")
        DEPOSEE = "deposee", _("déposée")
        COMPLETE = "complete", _("dossier complet")
        ACCORDEE = "accordee", _("accordée")
        PAYEE = "payee", _("reçue")
        REFUSEE = "refusee", _("refusée")
        CONTESTEE = "contestee", _("contestée")
        ECARTEE = "ecartee", _("la personne n’en veut pas")
        CLOSE = "close", _("close sans suite")

    class Preuve(models.TextChoices):
        """Ce qui prouve le dépôt et sa date (CRPA L112-3, L112-6)."""

        AUCUNE = "aucune", _("aucune")
        ACCUSE = "accuse", _("accusé de réception")
        RECOMMANDE = "recommande", _("lettre recommandée")
        EN_LIGNE = "en_ligne", _("enregistrement en ligne")
        GUICHET = "guichet", _("reçu du guichet")

    class Reponse(models.TextChoices):
        ACCORDEE = "accordee", _("accordée")
        REFUSEE = "refusee", _("refusée")

    A_FAIRE = (Etat.DETECTEE, Etat.EXPLIQUEE, Etat.PREPAREE)
    ATTENDENT = (Etat.DEPOSEE, Etat.COMPLETE)
    FINIES = (Etat.PAYEE, Etat.ECARTEE, Etat.CLOSE)
    A_LA_FIN = {"precision": ""}

    foyer = models.ForeignKey(
        Foyer, verbose_name=_("foyer"), on_delete=models.SET_NULL, related_name="demarches", null=True
    )
    personne = models.ForeignKey(
        Personne, verbose_name=_("pour"), on_delete=models.SET_NULL, related_name="demarches", null=True
    )
    droit = models.CharField(verbose_name=_("droit"), max_length=41)
    etat = models.CharField(verbose_name=_("état"), max_length=10, choices=Etat, default=Etat.DETECTEE)
    situation = models.ForeignKey(
        SituationDatee, verbose_name=_("situation calculée"), on_delete=models.SET_NULL, null=True, blank=True
    )
    a_verifier = models.BooleanField(verbose_name=_("à vérifier"), default=False)
    periodicite = models.CharField(verbose_name=_("périodicité"), max_length=12, blank=True)
    montant_detecte = models.DecimalField(
        verbose_name=_("montant trouvé"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    montant_demande = models.DecimalField(
        verbose_name=_("montant demandé"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    montant_accorde = models.DecimalField(
        verbose_name=_("montant obtenu"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    detectee_le = models.DateField(verbose_name=_("trouvée le"), default=timezone.localdate)
    expliquee_le = models.DateField(verbose_name=_("expliquée le"), null=True, blank=True)
    preparee_le = models.DateField(verbose_name=_("préparée le"), null=True, blank=True)
    deposee_le = models.DateField(verbose_name=_("déposée le"), null=True, blank=True)
    preuve = models.CharField(verbose_name=_("preuve du dépôt"), max_length=10, choices=Preuve, default=Preuve.AUCUNE)
    accuse_le = models.DateField(verbose_name=_("accusé de réception du"), null=True, blank=True)
    accuse_voies_dites = models.BooleanField(verbose_name=_("l’accusé dit comment contester"), null=True, blank=True)
    incomplete_le = models.DateField(verbose_name=_("papiers demandés le"), null=True, blank=True)
    papiers_attendus_le = models.DateField(verbose_name=_("papiers attendus le"), null=True, blank=True)
    completee_le = models.DateField(verbose_name=_("complète le"), null=True, blank=True)
    reponse = models.CharField(verbose_name=_("réponse"), max_length=8, choices=Reponse, blank=True, default="")
    repondue_le = models.DateField(verbose_name=_("réponse du"), null=True, blank=True)
    notifiee_le = models.DateField(verbose_name=_("réponse reçue le"), null=True, blank=True)
    voies_dites = models.BooleanField(verbose_name=_("la réponse dit comment contester"), default=True)
    payee_le = models.DateField(verbose_name=_("premier paiement le"), null=True, blank=True)
    motifs_demandes_le = models.DateField(verbose_name=_("raisons demandées le"), null=True, blank=True)
    motifs_recus_le = models.DateField(verbose_name=_("raisons reçues le"), null=True, blank=True)
    contestee_le = models.DateField(verbose_name=_("contestée le"), null=True, blank=True)
    recours_reponse = models.CharField(
        verbose_name=_("réponse au recours"), max_length=8, choices=Reponse, blank=True, default=""
    )
    recours_repondu_le = models.DateField(verbose_name=_("réponse au recours du"), null=True, blank=True)
    juge_saisi_le = models.DateField(verbose_name=_("juge saisi le"), null=True, blank=True)
    precision = models.CharField(verbose_name=_("précision"), max_length=300, blank=True)

    objects = DemarcheQuerySet.as_manager()

    class Meta:
        verbose_name = _("démarche")
        verbose_name_plural = _("démarches")
        ordering = ["-detectee_le", "-pk"]
        indexes = [
            models.Index(fields=["foyer", "etat"], name="demarche_foyer_etat"),
            models.Index(fields=["droit", "etat"], name="demarche_droit_etat"),
            models.Index(fields=["etat", "detectee_le"], name="demarche_etat_detectee"),
            models.Index(fields=["personne", "etat"], name="demarche_personne_etat"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["foyer", "personne", "droit"],
                condition=~Q(etat__in=["payee", "ecartee", "close"]),
                name="demarche_une_en_cours_par_droit",
            )
        ]

    def __str__(self) -> str:
        return f"démarche {self.pk}"


class EtapeFranchie(models.Model):
    """Une étape passée : laquelle, quand, par qui. L'histoire du dossier la raconte."""

    demarche = models.ForeignKey(Demarche, verbose_name=_("démarche"), on_delete=models.CASCADE, related_name="etapes")
    etat = models.CharField(verbose_name=_("état"), max_length=10, choices=Demarche.Etat)
    le = models.DateTimeField(verbose_name=_("le"), default=timezone.now)
    agent = models.ForeignKey(Agent, verbose_name=_("par"), on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        verbose_name = _("étape franchie")
        verbose_name_plural = _("étapes franchies")
        ordering = ["le", "pk"]

    def __str__(self) -> str:
        return f"étape {self.etat} de la démarche {self.demarche_id}"


class PapierAttendu(models.Model):
    """Un papier de la démarche : déjà là (donné une fois, resservi) ou à demander."""

    demarche = models.ForeignKey(
        Demarche, verbose_name=_("démarche"), on_delete=models.CASCADE, related_name="papiers_attendus"
    )
    libelle = models.CharField(verbose_name=_("papier"), max_length=200)
    papier = models.ForeignKey(Papier, verbose_name=_("papier donné"), on_delete=models.SET_NULL, null=True, blank=True)
    demande_le = models.DateField(verbose_name=_("demandé le"), null=True, blank=True)
    joint = models.BooleanField(verbose_name=_("joint"), default=False)

    class Meta:
        verbose_name = _("papier attendu")
        verbose_name_plural = _("papiers attendus")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"papier attendu {self.pk}"


class LettreQuerySet(models.QuerySet):
    def visibles_par(self, acteur: Acteur) -> "LettreQuerySet":
        """Celles des démarches visibles."""
        return self.filter(demarche__in=Demarche.objects.visibles_par(acteur).values("pk"))


class Lettre(Versionne):
    """Une lettre prête, que l'on relit et corrige avant de l'imprimer."""

    demarche = models.ForeignKey(Demarche, verbose_name=_("démarche"), on_delete=models.CASCADE, related_name="lettres")
    modele = models.CharField(verbose_name=_("modèle"), max_length=40)
    objet = models.CharField(verbose_name=_("objet"), max_length=200)
    texte = ChampChiffre(verbose_name=_("texte"))
    redigee_le = models.DateTimeField(verbose_name=_("rédigée le"), default=timezone.now)
    envoyee_le = models.DateField(verbose_name=_("envoyée le"), null=True, blank=True)

    objects = LettreQuerySet.as_manager()

    class Meta:
        verbose_name = _("lettre")
        verbose_name_plural = _("lettres")
        ordering = ["-redigee_le"]

    def __str__(self) -> str:
        return f"lettre {self.pk}"


class MouvementQuerySet(models.QuerySet):
    def visibles_par(self, acteur: Acteur) -> "MouvementQuerySet":
        """Voir ``du_foyer``."""
        return du_foyer(self, acteur)

    def a_traiter(self) -> "MouvementQuerySet":
        return self.filter(traite_le__isnull=True)


class Mouvement(models.Model):
    """Un droit va s'ouvrir ou se fermer dans les trois mois : une seule tâche par droit et par dossier."""

    class Sens(models.TextChoices):
        OUVRE = "ouvre", _("s’ouvre")
        FERME = "ferme", _("se ferme")

    class Cause(models.TextChoices):
        TEMPS = "temps", _("le temps qui passe : âge, ancienneté, saison")
        REGLES = "regles", _("les règles ont changé")

    foyer = models.ForeignKey(Foyer, verbose_name=_("foyer"), on_delete=models.CASCADE, related_name="mouvements")
    personne = models.ForeignKey(
        Personne, verbose_name=_("pour"), on_delete=models.CASCADE, related_name="mouvements", null=True, blank=True
    )
    droit = models.CharField(verbose_name=_("droit"), max_length=41)
    sens = models.CharField(verbose_name=_("sens"), max_length=5, choices=Sens)
    le = models.DateField(verbose_name=_("à partir du"))
    montant = models.DecimalField(verbose_name=_("montant"), max_digits=9, decimal_places=2, null=True, blank=True)
    cause = models.CharField(verbose_name=_("cause"), max_length=20, choices=Cause, default=Cause.TEMPS)
    trouve_le = models.DateField(verbose_name=_("trouvé le"), default=timezone.localdate)
    traite_le = models.DateField(verbose_name=_("traité le"), null=True, blank=True)

    objects = MouvementQuerySet.as_manager()

    class Meta:
        verbose_name = _("mouvement de droit")
        verbose_name_plural = _("mouvements de droit")
        ordering = ["le", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["foyer", "droit", "sens"], condition=Q(traite_le__isnull=True), name="mouvement_un_par_droit"
            )
        ]

    def __str__(self) -> str:
        return f"mouvement {self.pk}"


class Examen(models.Model):
    """Une situation dont les droits ont été regardés : la tâche de fond n'y revient pas."""

    situation = models.OneToOneField(
        SituationDatee, verbose_name=_("situation"), on_delete=models.CASCADE, related_name="examen"
    )
    le = models.DateTimeField(verbose_name=_("le"), default=timezone.now)

    class Meta:
        verbose_name = _("examen")
        verbose_name_plural = _("examens")

    def __str__(self) -> str:
        return f"examen de la situation {self.situation_id}"


class Veille(models.Model):
    """La dernière nuit où les droits d'un foyer ont été recalculés : une nuit coupée reprend où elle s'est arrêtée."""

    foyer = models.OneToOneField(Foyer, verbose_name=_("foyer"), on_delete=models.CASCADE, related_name="veille")
    le = models.DateField(verbose_name=_("le"), db_index=True)

    class Meta:
        verbose_name = _("veille d’un foyer")
        verbose_name_plural = _("veilles des foyers")

    def __str__(self) -> str:
        return f"veille du foyer {self.foyer_id}"
