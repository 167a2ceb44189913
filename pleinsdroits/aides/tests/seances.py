"""Une séance prête à tenir, pour les essais : membres, demandes inscrites et publiées."""

from pleinsdroits.aides.fabriques import DemandeFabrique, InscriptionFabrique, LigneBudgetaireFabrique, SeanceFabrique
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role

SYSTEME = Acteur.systeme("essai")


def secretariat() -> Acteur:
    return AgentFabrique(role=Role.INSTRUCTEUR, first_name="Ines", last_name="Roux").acteur


def ouverte(*, membres=5, demandes=1, **champs):
    """Une séance ouverte, ``demandes`` publiées (285 € demandés, 250 € proposés), une ligne de 10 000 €."""
    LigneBudgetaireFabrique()
    seance = SeanceFabrique(en_seance=True, membres=membres)
    seance.refresh_from_db()
    inscrites = [
        InscriptionFabrique(seance=seance, rang=n + 1, publiee=True, demande=DemandeFabrique(inscrite=True, **champs))
        for n in range(demandes)
    ]
    return seance, inscrites


def siegent(seance):
    """Les membres présents, qui préside d'abord."""
    return [p.membre for p in seance.presences.select_related("membre__agent").order_by("pk")]


def messages(leve) -> str:
    return " ".join(leve.value.messages).replace("\u00a0", " ")
