"""
La démonstration : des comptes d'exemple, un par rôle qui a des écrans, et un second facteur connu d'avance.

Rien de tout cela n'existe hors du mode démonstration : les comptes ne se créent pas et le code est refusé.
"""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.crypto import constant_time_compare

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Agent, Institution, Role
from pleinsdroits.journal.actes import acte

CODE = "000000"
MOT_DE_PASSE = "demonstration-2026"
INSTITUTIONS = (
    ("Ville d’Ivry-sur-Seine (exemple)", Institution.Sorte.VILLE, ""),
    ("Centre communal d’action sociale (exemple)", Institution.Sorte.CCAS, ""),
    ("Caisse d’allocations familiales (exemple)", Institution.Sorte.PARTENAIRE, "caf@exemple.invalid"),
    ("Département du Val-de-Marne (exemple)", Institution.Sorte.PARTENAIRE, "departement@exemple.invalid"),
    ("Caisse d’assurance maladie (exemple)", Institution.Sorte.PARTENAIRE, "cpam@exemple.invalid"),
    ("Organisme de logement social (exemple)", Institution.Sorte.PARTENAIRE, "logement@exemple.invalid"),
)


@dataclass(frozen=True)
class CompteDeDemonstration:
    """
    Un compte d'exemple ; ``institution`` est un rang dans ``INSTITUTIONS``, ``rang`` distingue plusieurs comptes d'un rôle.
    """

    role: Role
    prenom: str
    nom: str
    institution: int
    rang: int = 1

    @property
    def courriel(self) -> str:
        suite = "" if self.rang == 1 else str(self.rang)
        return f"{self.role.value}{suite}@exemple.invalid"


COMPTES = (
    CompteDeDemonstration(Role.TECHNIQUE, "Camille", "Exemple", 0),
    CompteDeDemonstration(Role.ACCUEIL, "Dominique", "Exemple", 1),
    CompteDeDemonstration(Role.COORDINATION, "Claude", "Exemple", 1),
    CompteDeDemonstration(Role.INTERLOCUTEUR, "Sacha", "Exemple", 1),
    CompteDeDemonstration(Role.INSTRUCTEUR, "Morgan", "Exemple", 1),
    CompteDeDemonstration(Role.PRESIDENCE, "Maxime", "Exemple", 1),
    CompteDeDemonstration(Role.COMMISSION, "Andrea", "Exemple", 1),
    CompteDeDemonstration(Role.COMMISSION, "Lou", "Exemple", 1, rang=2),
    CompteDeDemonstration(Role.COMMISSION, "Charlie", "Exemple", 1, rang=3),
    CompteDeDemonstration(Role.COMMISSION, "Noa", "Exemple", 1, rang=4),
    CompteDeDemonstration(Role.PARTENAIRE, "Alex", "Exemple", 2),
)


@acte("comptes.charger_demonstration", roles=("systeme",))
def charger_demonstration(objet: None, *, par: Acteur) -> int:
    """
    Crée les institutions et les comptes d'exemple qui manquent ; rend le nombre de comptes créés. Un compte déjà
    là n'est pas touché. Lève ``PermissionDenied`` hors du mode démonstration.
    """
    if not settings.MODE_DEMO:
        raise PermissionDenied("La démonstration ne se charge qu'avec MODE_DEMO=1.")
    institutions = [
        Institution.objects.get_or_create(nom=nom, defaults={"sorte": sorte, "courriel": courriel, "exemple": True})[0]
        for nom, sorte, courriel in INSTITUTIONS
    ]
    connus = set(Agent.objects.values_list("email", flat=True))
    nouveaux = [c for c in COMPTES if c.courriel not in connus]
    for compte in nouveaux:
        _creer(compte, institutions[compte.institution])
    return len(nouveaux)


def code_accepte(agent: Agent, code: str) -> bool:
    """Le code connu d'avance vaut-il pour cet agent ? Seulement en démonstration, pour un compte d'exemple."""
    return bool(settings.MODE_DEMO and agent.demonstration and constant_time_compare(code.replace(" ", ""), CODE))


def _creer(compte: CompteDeDemonstration, institution: Institution) -> None:
    agent = Agent.objects.create_user(
        compte.courriel,
        MOT_DE_PASSE,
        first_name=compte.prenom,
        last_name=compte.nom,
        role=compte.role,
        institution=institution,
        demonstration=True,
    )
    TOTP.activate(agent, generate_totp_secret())


def second_facteur(agent: Agent) -> Authenticator | None:
    """L'application à codes de l'agent, s'il en a une."""
    return Authenticator.objects.filter(user=agent, type=Authenticator.Type.TOTP).first()
