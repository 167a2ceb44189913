"""L'argent d'une demande, pour le morceau « Paiement » de sa page."""

from django import template

from pleinsdroits.aides.argent import Argent, argent_de
from pleinsdroits.aides.models import Demande, Paiement
from pleinsdroits.comptes.models import Agent
from pleinsdroits.portes.agents.etats_aides import EtatMontre
from pleinsdroits.portes.agents.etats_paiements import etat_du_paiement

register = template.Library()


@register.simple_tag
def argent(demande: Demande, agent: Agent) -> Argent | None:
    """Ce qui est accordé, préparé, payé, tel que cet agent peut le lire ; rien si aucun argent n'est accordé."""
    return argent_de(demande, agent.acteur)


@register.simple_tag
def etat_de_paiement(paiement: Paiement) -> EtatMontre:
    """Le mot, la forme et la couleur de son état."""
    return etat_du_paiement(paiement)
