"""L'horloge : pour chaque chose en cours, qui a la main, depuis quand, jusqu'à quand, et d'après quelle règle."""

import datetime as dt

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.comptes.models import Agent, Institution, Role
from pleinsdroits.echeances.calendrier import debut_de_journee, dernier_jour_suivi_de
from pleinsdroits.echeances.echelles import Palier, echelles
from pleinsdroits.socle.templatetags.socle import heure, jour

BIENTOT = dt.timedelta(days=7)


class EcheanceQuerySet(models.QuerySet["Echeance"]):
    def visibles_par(self, acteur: Acteur) -> "EcheanceQuerySet":
        """
        Un agent : celles dont il répond ou qu'il remplace. La coordination les lit toutes : rien ici ne nomme personne.
        Un partenaire : celles de son institution. Une personne : les siennes.
        """
        if acteur.genre == Genre.SYSTEME or acteur.role == Role.COORDINATION:
            return self
        if acteur.role == Role.PARTENAIRE:
            return self.filter(institution=acteur.institution) if acteur.institution else self.none()
        if acteur.genre == Genre.PERSONNE:
            return self.filter(personne=acteur.identifiant)
        if acteur.genre == Genre.AGENT:
            return self.filter(Q(responsable=acteur.identifiant) | Q(remplacant=acteur.identifiant))
        return self.none()

    def ouvertes(self) -> "EcheanceQuerySet":
        return self.filter(etat=Echeance.Etat.OUVERTE)

    def en_cours(self) -> "EcheanceQuerySet":
        """Ouvertes ou en pause."""
        return self.filter(etat__in=Echeance.EN_COURS)

    def en_retard(self, instant: dt.datetime) -> "EcheanceQuerySet":
        return self.ouvertes().filter(limite__lt=instant)

    def du_jour(self, jour: dt.date) -> "EcheanceQuerySet":
        """Ouvertes, et qui finissent ce ``jour`` (heure de Paris)."""
        lendemain = debut_de_journee(jour + dt.timedelta(days=1))
        return self.ouvertes().filter(limite__gte=debut_de_journee(jour), limite__lt=lendemain)

    def sur(self, objet: models.Model) -> "EcheanceQuerySet":
        """Celles qui chronomètrent ``objet``."""
        return self.filter(type_objet=objet._meta.label_lower, cle_objet=str(objet.pk))

    def paliers_dus(self, instant: dt.datetime, *, genre: str = "", quoi: str = "") -> "EcheanceQuerySet":
        """
        Les échéances ouvertes dont un barreau d'échelle est arrivé et n'est pas franchi ; ``rang_du`` : le plus haut.
        Une tâche arrêtée plusieurs jours ne relance donc qu'une fois. ``genre`` et ``quoi`` restreignent.
        """
        cas = [
            When(genre=etape.genre, limite__lt=_seuil(barreau, instant), then=Value(rang))
            for etape in echelles().values()
            if genre in ("", etape.genre)
            for rang, barreau in reversed([*enumerate(etape.paliers, start=1)])
            if quoi in ("", barreau.quoi)
        ]
        rang_du = Case(*cas, default=Value(0), output_field=models.SmallIntegerField())
        return self.ouvertes().annotate(rang_du=rang_du).filter(rang_du__gt=F("palier"))

    def palier_du(self, genre: str, quoi: str, instant: dt.datetime) -> "EcheanceQuerySet":
        """``paliers_dus`` d'une seule étape et d'un seul geste : ce que lit la pièce qui relance."""
        return self.paliers_dus(instant, genre=genre, quoi=quoi)

    def avec_main(self) -> "EcheanceQuerySet":
        return self.select_related("institution", "responsable__institution", "remplacant")

    def avec_remontee(self) -> "EcheanceQuerySet":
        """``remontee`` : l'échelle l'a fait remonter à la coordination."""
        montees = Passage.objects.filter(
            echeance=models.OuterRef("pk"), quoi="escalader", palier__lte=models.OuterRef("palier")
        )
        return self.annotate(remontee=models.Exists(montees))


class Echeance(models.Model):
    """
    Une échéance. ``quoi`` ne nomme personne. ``dossier`` et ``personne`` sont des clés, opaques ici : les pièces du
    dessus savent les lire. ``au_dela`` dit ce que signifie la passer.
    """

    class Main(models.TextChoices):
        PERSONNE = "personne", _("la personne")
        VILLE = "ville", _("la ville")
        PARTENAIRE = "partenaire", _("un partenaire")
        ORGANISME = "organisme", _("un organisme")
        COMMISSION = "commission", _("la commission")

    class Etat(models.TextChoices):
        OUVERTE = "ouverte", _("ouverte")
        SUSPENDUE = "suspendue", _("en pause")
        TENUE = "tenue", _("tenue à temps")
        MANQUEE = "manquee", _("tenue en retard")
        ANNULEE = "annulee", _("annulée")

    EN_COURS = (Etat.OUVERTE, Etat.SUSPENDUE)

    genre = models.CharField(verbose_name=_("étape"), max_length=40)
    quoi = models.CharField(verbose_name=_("quoi"), max_length=150)
    type_objet = models.CharField(verbose_name=_("type d’objet"), max_length=60)
    cle_objet = models.CharField(verbose_name=_("clé de l’objet"), max_length=64)
    dossier = models.BigIntegerField(verbose_name=_("clé du dossier"), null=True, blank=True)
    personne = models.BigIntegerField(verbose_name=_("clé de la personne"), null=True, blank=True)
    main = models.CharField(verbose_name=_("qui a la main"), max_length=10, choices=Main)
    institution = models.ForeignKey(
        Institution, verbose_name=_("partenaire"), on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    organisme = models.CharField(verbose_name=_("organisme"), max_length=150, blank=True)
    responsable = models.ForeignKey(
        Agent, verbose_name=_("responsable"), on_delete=models.PROTECT, related_name="echeances", null=True, blank=True
    )
    remplacant = models.ForeignKey(
        Agent, verbose_name=_("remplaçant"), on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    sujet = models.CharField(verbose_name=_("sujet"), max_length=50, blank=True)
    debut = models.DateTimeField(verbose_name=_("depuis"), default=timezone.now)
    limite = models.DateTimeField(verbose_name=_("jusqu’à"))
    regle = models.CharField(verbose_name=_("règle"), max_length=60, blank=True)
    reference = models.CharField(verbose_name=_("texte"), max_length=200, blank=True)
    au_dela = models.CharField(verbose_name=_("ce que dit la passer"), max_length=300, blank=True)
    etat = models.CharField(verbose_name=_("état"), max_length=9, choices=Etat, default=Etat.OUVERTE)
    close_le = models.DateTimeField(verbose_name=_("close le"), null=True, blank=True)
    palier = models.SmallIntegerField(verbose_name=_("palier atteint"), default=0)
    duree_ouvree = models.PositiveIntegerField(verbose_name=_("durée en jours ouvrés"), null=True, blank=True)

    objects = EcheanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("échéance")
        verbose_name_plural = _("échéances")
        ordering = ["limite", "pk"]
        indexes = [
            models.Index(fields=["responsable", "etat", "limite"], name="echeance_responsable"),
            models.Index(fields=["remplacant", "etat", "limite"], name="echeance_remplacant"),
            models.Index(fields=["dossier", "etat"], name="echeance_dossier"),
            models.Index(fields=["personne", "etat"], name="echeance_personne"),
            models.Index(fields=["type_objet", "cle_objet"], name="echeance_objet"),
            models.Index(fields=["genre", "etat", "limite"], name="echeance_genre"),
            models.Index(fields=["etat", "limite"], name="echeance_etat_limite"),
            models.Index(fields=["institution", "etat", "limite"], name="echeance_institution"),
            # Toutes les colonnes que lisent les mesures : la base n'ouvre pas la ligne.
            models.Index(
                fields=["close_le", "etat", "genre", "institution", "sujet", "duree_ouvree"], name="echeance_mesures"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(limite__gte=F("debut")), name="echeance_finit_apres_son_debut"),
            models.UniqueConstraint(
                fields=["genre", "type_objet", "cle_objet"],
                condition=Q(etat__in=["ouverte", "suspendue"]),
                name="echeance_une_en_cours_par_etape",
            ),
        ]

    def __str__(self) -> str:
        return f"échéance {self.pk} {self.genre}"

    @property
    def nom_du_genre(self) -> str:
        """Le nom de l'étape, en mots."""
        return echelles()[self.genre].nom if self.genre in echelles() else self.genre

    def qui(self) -> str:
        """À qui est la main, en mots : « CAF (exemple) », « la personne », « Claire Dubosc »."""
        if self.main == self.Main.PARTENAIRE and self.institution:
            return str(self.institution)
        if self.main == self.Main.ORGANISME and self.organisme:
            return self.organisme
        if self.main == self.Main.VILLE and self.responsable:
            return str(self.responsable)
        return str(self.get_main_display())

    def qui_sans_nom(self) -> str:
        """À qui est la main sans nommer d'agent : son service. Pour qui pilote : on ne classe pas des personnes."""
        if self.main == self.Main.VILLE and self.responsable:
            return str(self.responsable.institution or self.get_main_display())
        return self.qui()

    def retard(self, instant: dt.datetime) -> bool:
        return self.etat == self.Etat.OUVERTE and self.limite < instant

    def phrase(self, instant: dt.datetime) -> str:
        """« En retard de 4 jours », « Aujourd’hui avant 17 h », « Avant le 31 décembre 2026 », « En pause »."""
        limite = timezone.localtime(self.limite)
        aujourd_hui = timezone.localtime(instant).date()
        if self.etat == self.Etat.SUSPENDUE:
            return _t("En pause")
        if self.retard(instant):
            jours = (aujourd_hui - limite.date()).days
            if jours == 0:
                return _t("En retard depuis %(heure)s") % {"heure": heure(limite.time())}
            return ngettext("En retard de %(n)d jour", "En retard de %(n)d jours", jours) % {"n": jours}
        if limite.date() == aujourd_hui:
            if limite.time() >= dt.time(23, 59):
                return _t("Aujourd’hui")
            return _t("Aujourd’hui avant %(heure)s") % {"heure": heure(limite.time())}
        return _t("Avant le %(jour)s") % {"jour": jour(limite.date())}

    def forme(self, instant: dt.datetime) -> tuple[str, str]:
        """Le genre et l'icône du composant ``etat``."""
        if self.etat == self.Etat.SUSPENDUE:
            return "non", "pause"
        if self.retard(instant):
            return "retard", "alerte"
        return ("bientot", "horloge") if self.limite - instant <= BIENTOT else ("manque", "horloge")


def _seuil(barreau: Palier, instant: dt.datetime) -> dt.datetime:
    """Le barreau est arrivé pour toute limite antérieure à cet instant."""
    if barreau.apres_jours_ouvres == 0:
        return instant
    jour_local = timezone.localtime(instant).date()
    dernier = dernier_jour_suivi_de(barreau.apres_jours_ouvres, jour_local)
    return debut_de_journee(dernier + dt.timedelta(days=1))


class Pause(models.Model):
    """Une échéance s'arrête, et pourquoi ; elle repart d'autant plus loin."""

    echeance = models.ForeignKey(Echeance, verbose_name=_("échéance"), on_delete=models.CASCADE, related_name="pauses")
    du = models.DateTimeField(verbose_name=_("du"), default=timezone.now)
    au = models.DateTimeField(verbose_name=_("au"), null=True, blank=True)
    raison = models.CharField(verbose_name=_("raison"), max_length=200)

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        ordering = ["du"]

    def __str__(self) -> str:
        return f"pause de l’échéance {self.echeance_id}"


class Passage(models.Model):
    """Un barreau de l'échelle franchi : relance, rappel, escalade."""

    echeance = models.ForeignKey(
        Echeance, verbose_name=_("échéance"), on_delete=models.CASCADE, related_name="passages"
    )
    palier = models.SmallIntegerField(verbose_name=_("palier"))
    quoi = models.CharField(verbose_name=_("quoi"), max_length=20)
    le = models.DateTimeField(verbose_name=_("le"), default=timezone.now)

    class Meta:
        verbose_name = _("palier franchi")
        verbose_name_plural = _("paliers franchis")
        ordering = ["le"]

    def __str__(self) -> str:
        return f"palier {self.palier} de l’échéance {self.echeance_id}"
