"""Le pilotage rangé pour l'écran : ce que l'on retient en dix secondes, puis les tableaux."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pleinsdroits.aides.regles.tri import Tri
from pleinsdroits.parcours.pilotage import Charge, Pilotage, Tableau
from pleinsdroits.portes.agents.rapidite_presentee import TableauDeMesures, en_tableau


@dataclass(frozen=True)
class PageDePilotage:
    """Tout ce que montre « Pilotage des projets »."""

    titre: str
    phrase: str
    lu: Pilotage
    etapes: TableauDeMesures
    tableaux: list[tuple[str, str, str, Tableau]]

    @property
    def vide(self) -> bool:
        """Aucun projet, ni en cours ni fini."""
        return not any(n != 0 for _nom, n in (*self.lu.etats, *self.lu.fins))


def presenter(lu: Pilotage, tri: Tri) -> PageDePilotage:
    """La page de ces nombres ; ``tri`` : l'ordre des étapes."""
    return PageDePilotage(
        titre=date_format(lu.jour, "F Y"),
        phrase=_phrase(lu.charge),
        lu=lu,
        etapes=en_tableau("t-etapes", _("Étape"), tri, lu.etapes),
        tableaux=[
            ("domaines", _("Objectifs, par domaine"), _("Domaine"), lu.domaines),
            ("engagements", _("Ce qui est promis"), _("Qui s’engage"), lu.engagements),
            ("retours", _("Ce qu’en disent les personnes, sur un an"), _("Affirmation"), lu.retours),
        ],
    )


def _phrase(charge: Charge) -> str:
    if charge.projets is None:
        return _("Moins de 5 projets en cours\u00a0: on n’en dit rien, quelqu’un se reconnaîtrait.")
    if not charge.projets:
        return _("Aucun projet en cours.")
    debut = ngettext("%(n)d projet en cours.", "%(n)d projets en cours.", charge.projets) % {"n": charge.projets}
    if not charge.agents:
        return debut
    mots = {"moyenne": charge.moyenne, "plus": charge.au_plus}
    return f"{debut} " + _("En moyenne %(moyenne)d par interlocuteur, %(plus)d au plus.") % mots
