"""Le tableau des dossiers : les siens pour qui suit, tous les dossiers actifs pour l'accueil."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import django_tables2 as tables
from dateutil.relativedelta import relativedelta
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.personnes.models import Foyer, Membre
from pleinsdroits.personnes.models.foyer import SUIVENT
from pleinsdroits.portes.agents.formulaires_dossiers import FiltreDossiers

SANS_CONTACT = relativedelta(months=3)


class TableauDesDossiers(tables.Table):
    """Un dossier par ligne."""

    numero = tables.Column(verbose_name=_("Dossier"), linkify=("agents:dossier", [tables.A("numero")]))
    au_nom_de = tables.Column(verbose_name=_("Foyer"), orderable=False, empty_values=())
    interlocuteur = tables.Column(
        verbose_name=_("Suivi par"), order_by=("interlocuteur__last_name",), default=_("personne encore")
    )
    dernier_contact_le = tables.DateColumn(verbose_name=_("Dernier contact"), format="j F Y")

    class Meta:
        template_name = "agents/tableau.html"
        order_by_field = "tri"
        order_by = ("-dernier_contact_le",)
        empty_text = _("Aucun dossier pour ce choix.")


class TableauDeMesDossiers(TableauDesDossiers):
    """Les siens : avec ce qui court dans chacun."""

    prochaine = tables.TemplateColumn(
        verbose_name=_("Prochaine date"), template_name="agents/dossiers/case_prochaine.html", order_by=("limite",)
    )

    class Meta(TableauDesDossiers.Meta):
        pass


def tableau_de(acteur: Acteur, choix: str) -> tables.Table:
    """Le tableau de cet acteur, pour ce choix."""
    modele = TableauDeMesDossiers if acteur.role in SUIVENT else TableauDesDossiers
    return modele(choisis(acteur, choix))


def choisis(acteur: Acteur, choix: str) -> QuerySet[Foyer]:
    """Les dossiers actifs de l'acteur, selon le choix du filtre."""
    suit, maintenant = acteur.role in SUIVENT, timezone.now()
    dossiers: Any = Foyer.objects.visibles_par(acteur).actifs().select_related("interlocuteur")
    courent = Echeance.objects.ouvertes().filter(dossier=OuterRef("pk"))
    if suit:
        dossiers = dossiers.annotate(limite=Subquery(courent.order_by("limite").values("limite")[:1]))
    if choix == FiltreDossiers.RETARD and suit:
        return dossiers.filter(Exists(courent.filter(limite__lt=maintenant)))
    if choix == FiltreDossiers.SANS_CONTACT:
        return dossiers.filter(dernier_contact_le__lt=timezone.localdate() - SANS_CONTACT)
    if choix == FiltreDossiers.SEULS and not suit:
        return dossiers.filter(interlocuteur__isnull=True)
    return dossiers


def completer(dossiers: Sequence[Any], *, suit: bool) -> None:
    """Donne à chaque dossier de la page son nom et, pour qui suit, sa prochaine échéance. Deux requêtes au plus."""
    cles = [d.pk for d in dossiers]
    membres = Membre.objects.actuels().filter(foyer__in=cles).select_related("personne")
    noms = {m.foyer_id: str(m.personne) for m in sorted(membres, key=_suivie_en_dernier)}
    prochaines = _prochaines(cles) if suit else {}
    for dossier in dossiers:
        dossier.au_nom_de = noms.get(dossier.pk, "")
        dossier.echeance = prochaines.get(dossier.pk)


def _suivie_en_dernier(membre: Membre) -> tuple[bool, dt.date, int]:
    return membre.lien == Membre.Lien.DEMANDEUR, membre.du, -membre.pk


def _prochaines(cles: Sequence[int]) -> dict[int, tuple[str, str, str]]:
    """Par dossier, la forme et la phrase de l'échéance la plus pressée."""
    maintenant = timezone.now()
    courent = Echeance.objects.ouvertes().filter(dossier__in=cles).order_by("-limite")
    return {e.dossier: (*e.forme(maintenant), e.phrase(maintenant)) for e in courent if e.dossier}
