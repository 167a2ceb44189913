"""Le menu des agents : chacun voit les rubriques de son rôle, et elles seules."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from pleinsdroits.annuaire.actions import TIENNENT_L_ANNUAIRE
from pleinsdroits.comptes.actions import TIENNENT_LES_COMPTES
from pleinsdroits.comptes.models import Agent


@dataclass(frozen=True)
class Rubrique:
    """Une entrée du menu : le nom de son adresse et son libellé (traduit à l'affichage)."""

    adresse: str
    libelle: str


COMPTES = (
    Rubrique("agents:comptes", _("Comptes")),
    Rubrique("agents:institutions", _("Institutions")),
)
LIEUX = Rubrique("agents:lieux", _("Lieux et horaires"))
FICHES = Rubrique("agents:fiches", _("Fiches à relire"))
SANTE = Rubrique("agents:sante", _("Santé du service"))
ACCUEIL = Rubrique("agents:accueil", _("Accueil"))
MON_COMPTE = Rubrique("agents:mon_compte", _("Mon compte"))


def rubriques(agent: Agent) -> list[Rubrique]:
    """Les rubriques ouvertes à cet agent, dans l'ordre du menu."""
    liste = [ACCUEIL]
    if agent.role in TIENNENT_LES_COMPTES:
        liste += COMPTES
    if agent.role in TIENNENT_L_ANNUAIRE:
        liste.append(LIEUX)
    liste.append(FICHES)
    if agent.role in TIENNENT_LES_COMPTES:
        liste.append(SANTE)
    return [*liste, MON_COMPTE]
