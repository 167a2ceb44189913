"""Un besoin confié à un partenaire : ce qui part, sur quel fondement, et ce qu'il en advient."""

import datetime as dt
import json
from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.accueil.models.besoin import Besoin
from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.comptes.models import Agent, Institution, Role
from pleinsdroits.personnes.models import SUJETS, Accord, Foyer, Identifiant, Personne, du_foyer
from pleinsdroits.socle.chiffre import ChampChiffre, empreinte
from pleinsdroits.socle.conflit import Versionne


class RelaisQuerySet(models.QuerySet["Relais"]):
    def visibles_par(self, acteur: Acteur) -> "RelaisQuerySet":
        """Un partenaire : ceux de son institution, ou le seul que son lien ouvre. Pour les autres, voir ``du_foyer``."""
        if acteur.genre == Genre.PARTENAIRE:
            return self.filter(pk=acteur.identifiant)
        if acteur.genre == Genre.AGENT and acteur.role == Role.PARTENAIRE:
            return self.filter(institution=acteur.institution) if acteur.institution else self.none()
        return du_foyer(self, acteur)

    def du_jeton(self, jeton: str) -> "Relais | None":
        """Le relais de ce lien, s'il vaut encore ; ``None`` sinon."""
        vivants = self.filter(jeton=empreinte(jeton, "relais"), jeton_expire_le__gt=timezone.now())
        return vivants.select_related("institution").first()

    def du_lien(self, jeton: str) -> "Relais | None":
        """Le relais de ce lien, même périmé : pour dire ce qu'il en est, ou en renvoyer un neuf. ``None`` s'il est inconnu."""
        connus = self.filter(jeton=empreinte(jeton, "relais")) if jeton else self.none()
        return connus.select_related("institution", "envoye_par__institution", "personne").first()

    def ouverts(self) -> "RelaisQuerySet":
        return self.filter(etat__in=Relais.OUVERTS)

    def a_renvoyer(self) -> "RelaisQuerySet":
        """Le partenaire a dit que ce n'était pas pour lui, et la ville n'a encore rien fait."""
        return self.filter(etat=Relais.Etat.PAS_POUR_NOUS, clos_le__isnull=True)


class Relais(Versionne):
    """
    Un relais vers un partenaire. ``donnees`` est la copie exacte de ce qui est parti, ligne par ligne : le partenaire
    ne lit qu'elle, et plus rien une fois l'accord retiré.
    """

    class Etat(models.TextChoices):
        ENVOYE = "envoye", _("envoyé")
        PRIS_EN_CHARGE = "pris_en_charge", _("pris en charge")
        PAS_POUR_NOUS = "pas_pour_nous", _("pas pour eux")
        INJOIGNABLE = "injoignable", _("personne injoignable")
        ABOUTI = "abouti", _("abouti")
        AIDE_AUTREMENT = "aide_autrement", _("aidé autrement")
        SANS_SUITE = "sans_suite", _("sans suite")
        ARRETE = "arrete", _("arrêté : accord retiré")

    class Fondement(models.TextChoices):
        ACCORD = "accord", _("accord de la personne")
        LOI = "loi", _("partage entre professionnels, sans accord")
        SANS_NOM = "sans_nom", _("sans nom ni coordonnées")

    class MotifLegal(models.TextChoices):
        """Les cas de CASF L121-6-2 ; choisi, et expliqué par écrit."""

        DIFFICULTES = "difficultes", _("les difficultés s’aggravent et demandent plusieurs professionnels")
        CONTINUITE = "continuite", _("l’information est strictement nécessaire à la continuité de l’action sociale")
        ENFANT = "enfant", _("un enfant est en danger (CASF L226-2-1)")

    OUVERTS = (Etat.ENVOYE, Etat.PRIS_EN_CHARGE, Etat.INJOIGNABLE)
    VALIDITE_DU_LIEN = dt.timedelta(days=30)
    CHANGER_AVANT = dt.timedelta(hours=24)
    A_LA_FIN = {"demande": "", "attendu": "", "donnees": "", "explication": "", "jeton": ""}
    _sujets_couverts: frozenset[str] | None = None

    foyer = models.ForeignKey(
        Foyer, verbose_name=_("foyer"), on_delete=models.SET_NULL, related_name="relais", null=True
    )
    personne = models.ForeignKey(
        Personne, verbose_name=_("personne"), on_delete=models.SET_NULL, related_name="relais", null=True
    )
    besoin = models.ForeignKey(
        Besoin, verbose_name=_("besoin"), on_delete=models.SET_NULL, related_name="relais", null=True, blank=True
    )
    institution = models.ForeignKey(
        Institution, verbose_name=_("partenaire"), on_delete=models.PROTECT, related_name="relais"
    )
    sujet = models.CharField(verbose_name=_("sujet"), max_length=50, choices=SUJETS)
    demande = models.CharField(verbose_name=_("ce que l’on demande"), max_length=300, blank=True)
    attendu = models.CharField(verbose_name=_("ce que l’on attend"), max_length=300, blank=True)
    fondement = models.CharField(verbose_name=_("fondement"), max_length=8, choices=Fondement)
    motif_legal = models.CharField(
        verbose_name=_("cas prévu par la loi"), max_length=12, choices=MotifLegal, blank=True
    )
    explication = models.CharField(verbose_name=_("explication écrite"), max_length=500, blank=True)
    donnees = ChampChiffre(verbose_name=_("ce qui est parti"), blank=True)
    etat = models.CharField(verbose_name=_("état"), max_length=14, choices=Etat, default=Etat.ENVOYE)
    envoye_par = models.ForeignKey(
        Agent, verbose_name=_("envoyé par"), on_delete=models.PROTECT, related_name="relais_envoyes"
    )
    envoye_le = models.DateTimeField(verbose_name=_("envoyé le"), default=timezone.now)
    repondu_le = models.DateTimeField(verbose_name=_("répondu le"), null=True, blank=True)
    clos_le = models.DateTimeField(verbose_name=_("clos le"), null=True, blank=True)
    precedent = models.ForeignKey(
        "self",
        verbose_name=_("renvoi du relais"),
        on_delete=models.SET_NULL,
        related_name="renvois",
        null=True,
        blank=True,
    )
    jeton = models.CharField(verbose_name=_("empreinte du lien"), max_length=64, blank=True, db_index=True)
    jeton_expire_le = models.DateTimeField(verbose_name=_("lien valable jusqu’au"), null=True, blank=True)
    avis_demande_le = models.DateTimeField(verbose_name=_("avis demandé le"), null=True, blank=True)
    avis = models.CharField(verbose_name=_("avis de la personne"), max_length=14, choices=Besoin.Avis, blank=True)
    avis_le = models.DateTimeField(verbose_name=_("avis donné le"), null=True, blank=True)

    objects = RelaisQuerySet.as_manager()

    class Meta:
        verbose_name = _("relais")
        verbose_name_plural = _("relais")
        ordering = ["-envoye_le", "-pk"]
        indexes = [
            models.Index(fields=["foyer", "etat"], name="relais_foyer_etat"),
            models.Index(fields=["institution", "etat", "envoye_le"], name="relais_institution"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(fondement="loi") | ~Q(motif_legal=""), name="relais_legal_a_son_motif")
        ]

    def __str__(self) -> str:
        return f"relais {self.pk}"

    def lignes(self) -> list[dict[str, str]]:
        """
        Ce qui est parti et se lit encore : ``cle``, ``libelle``, ``valeur``, ``fondement``, ``sujet``, ``nature``. Une ligne
        disparaît dès que l'accord qui la fonde est retiré ou fini ; toutes, si c'est celui du sujet du relais.
        """
        if not self.donnees or not self.fonde():
            return []
        lignes = json.loads(self.donnees)
        if self.fondement != self.Fondement.ACCORD:
            return lignes
        return [ligne for ligne in lignes if ligne["sujet"] in self._couverts()]

    def fonde(self) -> bool:
        """Ce relais a-t-il encore le droit d'être lu par le partenaire, aujourd'hui ?"""
        if self.etat == self.Etat.ARRETE:
            return False
        return self.fondement != self.Fondement.ACCORD or self.sujet in self._couverts()

    def _couverts(self) -> frozenset[str]:
        if self._sujets_couverts is None:
            self._sujets_couverts = couverts([self])[self._pour_qui()]
        return self._sujets_couverts

    def _pour_qui(self) -> tuple[int | None, int]:
        return self.personne_id, self.institution_id

    @classmethod
    def fonder(cls, relais: Iterable["Relais"]) -> list["Relais"]:
        """Les mêmes relais, sachant en une seule requête ce que les accords du jour couvrent encore."""
        liste = list(relais)
        connus = couverts(liste)
        for un in liste:
            un._sujets_couverts = connus[un._pour_qui()]
        return liste

    def lien(self) -> str:
        """
        Le jeton du lien de réponse. Il se refait avec la clé du serveur et n'est gardé nulle part : une relance envoie le
        même lien tant qu'il vaut. Lève ``ValueError`` si ce relais n'a pas de lien.
        """
        if self.jeton_expire_le is None:
            raise ValueError("Ce relais n'a pas de lien.")
        moment = self.jeton_expire_le.astimezone(dt.UTC).isoformat(timespec="microseconds")
        return empreinte(f"{self.pk}:{moment}", "lien de relais")

    def ouvrir_le_lien(self) -> None:
        """Donne à ce relais un lien neuf, valable 30 jours ; le précédent ne vaut plus. L'appelant enregistre."""
        self.jeton_expire_le = timezone.now() + self.VALIDITE_DU_LIEN
        self.jeton = empreinte(self.lien(), "relais")


def couverts(relais: Iterable[Relais]) -> dict[tuple[int | None, int], frozenset[str]]:
    """Pour chaque couple personne et institution de ces relais, les sujets qu'un accord en cours couvre aujourd'hui."""
    couples = {un._pour_qui() for un in relais}
    sujets: dict[tuple[int | None, int], set[str]] = {couple: set() for couple in couples}
    actifs = Accord.objects.actifs(timezone.localdate()).filter(
        personne__in={p for p, _i in couples if p}, institution__in={i for _p, i in couples}
    )
    for personne, institution, sujet in actifs.order_by().values_list("personne", "institution", "sujet"):
        if (personne, institution) in sujets:
            sujets[personne, institution].add(sujet)
    return {couple: frozenset(trouves) for couple, trouves in sujets.items()}


class MessageQuerySet(models.QuerySet):
    def visibles_par(self, acteur: Acteur) -> "MessageQuerySet":
        """Ceux des relais visibles ; la personne ne lit que ceux qui lui sont ouverts."""
        siens = self.filter(relais__in=Relais.objects.visibles_par(acteur).values("pk"))
        return siens.filter(pour_tous=True) if acteur.genre == Genre.PERSONNE else siens


class Message(models.Model):
    """Un message dans un relais : visible par la personne, ou entre professionnels."""

    relais = models.ForeignKey(Relais, verbose_name=_("relais"), on_delete=models.CASCADE, related_name="messages")
    auteur_genre = models.CharField(verbose_name=_("genre de l’auteur"), max_length=20)
    agent = models.ForeignKey(Agent, verbose_name=_("agent"), on_delete=models.PROTECT, null=True, blank=True)
    texte = models.CharField(verbose_name=_("message"), max_length=1000)
    pour_tous = models.BooleanField(verbose_name=_("visible par la personne"), default=True)
    le = models.DateTimeField(verbose_name=_("le"), default=timezone.now)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["le", "pk"]

    def __str__(self) -> str:
        return f"message {self.pk}"


class FichePartenaire(models.Model):
    """Ce qu'un partenaire demande pour répondre vite, où lui écrire, et qui prévenir quand il tarde."""

    institution = models.OneToOneField(
        Institution, verbose_name=_("institution"), on_delete=models.CASCADE, related_name="fiche"
    )
    note = models.CharField(verbose_name=_("ce dont nous avons besoin"), max_length=500, blank=True)
    identifiants = models.JSONField(verbose_name=_("numéros utiles"), default=list, blank=True)
    sujets = models.JSONField(verbose_name=_("sujets"), default=list, blank=True)
    responsable = models.CharField(verbose_name=_("qui prévenir en cas de retard"), max_length=120, blank=True)
    responsable_courriel = models.EmailField(verbose_name=_("son courriel"), blank=True)

    class Meta:
        verbose_name = _("fiche de partenaire")
        verbose_name_plural = _("fiches de partenaire")

    def __str__(self) -> str:
        return f"fiche de l’institution {self.institution_id}"

    def noms_des_numeros(self) -> list[str]:
        """Les numéros demandés, en mots."""
        return [str(genre.label) for genre in Identifiant.Genre if genre.value in self.identifiants]
