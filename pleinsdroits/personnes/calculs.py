"""Calculer les droits d'une situation gardée ; ce que font la tâche de fond et, s'il le faut, la page qui attend."""

import logging

from django.conf import settings

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.droits.moteur.calcul import calculer_un
from pleinsdroits.personnes.actions.situations import ranger_un_bilan
from pleinsdroits.personnes.models import SituationDatee

MOTEUR = Acteur.systeme("calcul")
journal = logging.getLogger(__name__)


def calculer_la_situation(cle: int) -> bool:
    """Calcule et range le bilan de la situation ``cle``, si c'est encore à faire ; rend vrai s'il l'a été."""
    situation = SituationDatee.objects.filter(pk=cle, calcul=SituationDatee.Calcul.A_FAIRE).first()
    if situation is None:
        return False
    try:
        bilan = calculer_un(situation.situation_lue(), situation.jour, ville=settings.VILLE)
    except Exception as erreur:  # le genre de la faute, jamais son texte : il pourrait citer une réponse
        journal.error("calcul impossible : %s", type(erreur).__name__)
        bilan = None
    ranger_un_bilan(situation, par=MOTEUR, bilan=bilan)
    return bilan is not None
