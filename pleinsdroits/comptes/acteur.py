"""Qui agit : un agent, une personne par lien, un partenaire par jeton, ou le système."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pleinsdroits.comptes.models import Agent


class Genre(StrEnum):
    """Les quatre sortes d'acteurs."""

    AGENT = "agent"
    PERSONNE = "personne"
    PARTENAIRE = "partenaire"
    SYSTEME = "systeme"


@dataclass(frozen=True)
class Acteur:
    """
    Le ``par`` de tout acte. ``identifiant`` est une clé, jamais un nom ni une adresse ; ``role`` est celui de
    l'agent, ou « habitant », « partenaire », « systeme ». ``institution`` : la clé de la sienne, vide s'il n'en a pas.
    """

    genre: str
    identifiant: str
    role: str
    institution: str = ""

    @classmethod
    def agent(cls, agent: Agent) -> Acteur:
        """L'agent connecté, avec son rôle du moment. Lève ``ValueError`` s'il n'est pas enregistré."""
        if agent.pk is None:
            raise ValueError("Un agent agit une fois enregistré.")
        return cls(Genre.AGENT, str(agent.pk), agent.role, str(agent.institution_id or ""))

    @classmethod
    def personne(cls, identifiant: str) -> Acteur:
        """Une personne entrée par son lien à usage unique."""
        return cls(Genre.PERSONNE, identifiant, "habitant")

    @classmethod
    def partenaire(cls, identifiant: str, institution: str = "") -> Acteur:
        """Un partenaire entré par son jeton ; ``identifiant`` est la clé du seul relais que ce jeton ouvre."""
        return cls(Genre.PARTENAIRE, identifiant, "partenaire", institution)

    @classmethod
    def systeme(cls, tache: str) -> Acteur:
        """La plateforme elle-même, pour la ``tache`` nommée (« nuit », « demonstration »…)."""
        return cls(Genre.SYSTEME, tache, "systeme")

    def est(self, agent: Agent) -> bool:
        """L'acteur est-il cet agent ?"""
        return self.genre == Genre.AGENT and self.identifiant == str(agent.pk)
