"""Les tableaux et les filtres des comptes et des institutions."""

from collections.abc import Mapping

import django_filters
import django_tables2 as tables
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pleinsdroits.comptes.models import Agent, Institution, Invitation, Role

OUVERT, INVITE, EXPIRE, PARTI = "ouvert", "invite", "expire", "parti"
# Par état : le mot, le genre et la forme du composant « etat ».
ETATS: Mapping[str, tuple[object, str, str]] = {
    OUVERT: (_("Ouvert"), "ouvert", "plein"),
    INVITE: (_("Invité"), "manque", "horloge"),
    EXPIRE: (_("Invitation expirée"), "retard", "alerte"),
    PARTI: (_("Parti"), "non", "barre"),
}


def avec_invitation(agents: QuerySet[Agent]) -> QuerySet[Agent]:
    """Chaque agent avec ``attendu`` : une invitation vit encore."""
    attendue = Invitation.objects.en_attente().filter(agent=OuterRef("pk"))
    return agents.select_related("institution").annotate(attendu=Exists(attendue))


def etat_de(agent: Agent) -> str:
    """L'état d'un compte lu par ``avec_invitation``."""
    if agent.parti_le:
        return PARTI
    if agent.is_active:
        return OUVERT
    return INVITE if vars(agent)["attendu"] else EXPIRE


class FiltreComptes(django_filters.FilterSet):
    """Par rôle, par institution, par état. L'état ordinaire (personne n'est parti) se choisit aussi."""

    role = django_filters.ChoiceFilter(label=_("Rôle"), choices=Role.choices, empty_label=_("Tous"))
    institution = django_filters.ModelChoiceFilter(
        label=_("Institution"), queryset=Institution.objects.all(), empty_label=_("Toutes")
    )
    etat = django_filters.ChoiceFilter(
        label=_("État"),
        choices=[(cle, mot) for cle, (mot, _genre, _icone) in ETATS.items()],
        method="par_etat",
        empty_label=_("Tous"),
    )

    class Meta:
        model = Agent
        fields = ("role", "institution", "etat")

    def par_etat(self, agents: QuerySet[Agent], _nom: str, etat: str) -> QuerySet[Agent]:
        """Les agents dans cet état."""
        en_attente = Q(is_active=False, parti_le__isnull=True)
        return agents.filter(
            {
                OUVERT: Q(is_active=True),
                INVITE: en_attente & Q(attendu=True),
                EXPIRE: en_attente & Q(attendu=False),
                PARTI: Q(parti_le__isnull=False),
            }[etat]
        )


class ComptesTableau(tables.Table):
    """Un compte par ligne."""

    nom = tables.Column(
        verbose_name=_("Nom"),
        accessor="get_full_name",
        order_by=("last_name", "first_name"),
        linkify=("agents:compte", [tables.A("pk")]),
    )
    role = tables.Column(verbose_name=_("Rôle"), accessor="get_role_display", order_by="role")
    institution = tables.Column(verbose_name=_("Institution"), order_by="institution__nom", default="")
    etat = tables.TemplateColumn(
        verbose_name=_("État"),
        template_name="agents/comptes/case_etat.html",
        orderable=False,
    )

    class Meta:
        model = Agent
        fields = ("nom", "role", "institution", "etat")
        template_name = "agents/tableau.html"
        order_by_field = "tri"
        order_by = ("nom",)
        empty_text = _("Aucun compte pour ce choix.")


class InstitutionsTableau(tables.Table):
    """Une institution par ligne."""

    nom = tables.Column(verbose_name=_("Nom"), linkify=("agents:institution", [tables.A("pk")]))
    sorte = tables.Column(verbose_name=_("Sorte"))
    courriel = tables.Column(verbose_name=_("Courriel"), default="")
    telephone = tables.Column(verbose_name=_("Téléphone"), default="")
    comptes = tables.Column(verbose_name=_("Comptes ouverts"))

    class Meta:
        model = Institution
        fields = ("nom", "sorte", "courriel", "telephone", "comptes")
        template_name = "agents/tableau.html"
        order_by_field = "tri"
        order_by = ("nom",)
        empty_text = _("Aucune institution.")


def avec_comptes() -> QuerySet[Institution]:
    """Les institutions et leur nombre de comptes ouverts."""
    return Institution.objects.annotate(comptes=Count("agents", filter=Q(agents__is_active=True)))
