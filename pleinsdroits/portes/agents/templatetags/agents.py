"""Ce que les gabarits des agents demandent : le menu de l'agent connecté."""

from django import template
from django.urls import NoReverseMatch, reverse

from pleinsdroits.comptes.models import Agent
from pleinsdroits.portes.agents.menu import rubriques

register = template.Library()


@register.simple_tag
def menu_de(agent: Agent, ici: str) -> list[dict[str, object]]:
    """Les entrées du menu de ``agent`` : adresse, libellé, et si ``ici`` (le chemin demandé) y est."""
    entrees = []
    for rubrique in rubriques(agent):
        try:
            adresse = reverse(rubrique.adresse)
        except NoReverseMatch:
            continue
        dedans = ici == adresse if rubrique.adresse == "agents:accueil" else ici.startswith(adresse)
        entrees.append({"adresse": adresse, "libelle": rubrique.libelle, "courante": dedans})
    return entrees
