"""Le menu des agents : chacun voit les rubriques de son rôle, et elles seules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from pleinsdroits.accueil.models import RECOIVENT
from pleinsdroits.aides.roles import (
    DECIDENT_EN_URGENCE,
    ECRIVENT_LE_REGLEMENT,
    LISENT_LA_RAPIDITE,
    PAIENT,
    SIEGENT,
    TIENNENT_LE_BUDGET,
    TIENNENT_LES_SEANCES,
)
from pleinsdroits.annuaire.actions import TIENNENT_L_ANNUAIRE
from pleinsdroits.comptes.actions import TIENNENT_LES_COMPTES
from pleinsdroits.comptes.models import Agent, Role
from pleinsdroits.parcours.roles import PILOTENT
from pleinsdroits.personnes.models.foyer import SUIVENT

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


# Les rayons du menu entier, en bas de page, dans cet ordre : dix-sept entrées d'une traite ne se lisent pas.
RECEVOIR, AIDER, MESURER, REGLER = _("Recevoir et suivre"), _("Aides du CCAS"), _("Mesurer"), _("Régler")
RAYONS = (RECEVOIR, AIDER, MESURER, REGLER)


@dataclass(frozen=True)
class Rubrique:
    """Une entrée du menu : le nom de son adresse, son libellé, à quoi elle sert et où on la range (traduits à l'affichage)."""

    adresse: str
    libelle: StrPromise
    pour: StrPromise
    rayon: StrPromise = RECEVOIR


COMPTES = (
    Rubrique("agents:comptes", _("Comptes"), _("Inviter, changer de rôle, noter un départ, redonner l’accès."), REGLER),
    Rubrique("agents:institutions", _("Institutions"), _("La ville, son CCAS et ses partenaires."), REGLER),
)
LIEUX = Rubrique(
    "agents:lieux", _("Lieux et horaires"), _("Ce que les habitants lisent : adresses, ouvertures, fermetures."), REGLER
)
FICHES = Rubrique("agents:fiches", _("Fiches à relire"), _("Les droits dont le texte est à vérifier."), REGLER)
SANTE = Rubrique(
    "agents:sante", _("Santé du service"), _("Base, tâches, journal : ce qui va et ce qui ne va pas."), REGLER
)
RELAIS = Rubrique(
    "agents:relais_liste", _("Relais"), _("Ce que vous avez confié à des partenaires, et où cela en est.")
)
RETROUVES = Rubrique(
    "agents:droits_retrouves",
    _("Droits retrouvés"),
    _("Les euros trouvés, demandés et obtenus pour les habitants."),
    MESURER,
)
AIDES = Rubrique("agents:aides", _("Aides du CCAS"), _("Les demandes d’aide, de leur dépôt à leur paiement."), AIDER)
URGENCES = Rubrique(
    "agents:aides_a_decider", _("Urgences"), _("Les aides d’urgence que vous décidez aujourd’hui."), AIDER
)
SEANCES = Rubrique("agents:seances", _("Séances"), _("Fixer, convoquer, tenir une séance ; le procès-verbal."), AIDER)
COMMISSION = Rubrique("agents:commission", _("Ma commission"), _("Vos séances : lire les demandes, voter."), AIDER)
PAIEMENTS = Rubrique(
    "agents:paiements", _("Paiements"), _("Ce qui est à payer, ordres, chèques, avances, régie."), AIDER
)
BUDGET = Rubrique("agents:budget", _("Budget"), _("Voté, engagé, payé, ce qui reste, et la fin de l’année."), AIDER)
REGLEMENT = Rubrique(
    "agents:reglement", _("Règlement"), _("Les règles des aides, leurs éditions, l’essai d’un brouillon."), AIDER
)
PROJETS = Rubrique("agents:projets", _("Projets"), _("Les projets d’accompagnement, construits avec les personnes."))
PILOTAGE = Rubrique(
    "agents:pilotage", _("Pilotage"), _("Projets\u00a0: charge, avancement, délais, retours. Sans aucun nom."), MESURER
)
RECUS = Rubrique("partenaires:boite", _("Reçus"), _("Les relais que la ville vous confie."))
CHEZ_UN_PARTENAIRE = (
    Rubrique("partenaires:chiffres", _("Nos chiffres"), _("Vos délais de réponse, vos retards.")),
    Rubrique("partenaires:fiche", _("Nos besoins"), _("Ce dont vous avez besoin pour répondre vite.")),
)
DOSSIERS = Rubrique("agents:dossiers", _("Dossiers"), _("Chercher quelqu’un, ouvrir un dossier, lire un code."))
GLACE = Rubrique(
    "agents:acces_a_relire",
    _("Accès exceptionnels"),
    _("Les dossiers ouverts par un agent qui ne les suit pas."),
    MESURER,
)
DELAIS = Rubrique("agents:delais", _("Délais"), _("En combien de temps on répond, et ce qui est en retard."), MESURER)
RAPIDITE = Rubrique(
    "agents:rapidite", _("Rapidité"), _("Aides : combien de temps on attend, où, et chez qui."), MESURER
)
EQUITE = Rubrique("agents:equite", _("Équité"), _("Aides : accords et montants par foyer, quartier, âge."), MESURER)
JOURNEE = Rubrique("agents:ma_journee", _("Ma journée"), _("Retards, salle d’attente, rappels, rendez-vous."))
RENDEZ_VOUS = Rubrique("agents:rendez_vous", _("Rendez-vous"), _("Votre agenda, jour par jour."))
ACCUEIL = Rubrique("agents:accueil", _("Accueil"), _("Ce qui attend."))
MON_COMPTE = Rubrique(
    "agents:mon_compte", _("Mon compte"), _("Mot de passe, vérification en deux étapes, connexions ouvertes."), REGLER
)


def rubriques(agent: Agent) -> list[Rubrique]:
    """Les rubriques ouvertes à cet agent, dans l'ordre du menu."""
    if agent.role == Role.PARTENAIRE:
        return [RECUS, *CHEZ_UN_PARTENAIRE, MON_COMPTE]
    liste = [JOURNEE, DOSSIERS, AIDES] if agent.role in RECOIVENT else [ACCUEIL]
    if agent.role == Role.COORDINATION:
        liste.append(GLACE)
    if agent.role in DECIDENT_EN_URGENCE:
        liste.append(URGENCES)
    if agent.role in SIEGENT:
        liste.append(COMMISSION)
    if agent.role in TIENNENT_LES_SEANCES:
        liste.append(SEANCES)
    if agent.role in ECRIVENT_LE_REGLEMENT:
        liste.append(REGLEMENT)
    if agent.role in SUIVENT:
        liste += [RELAIS, PROJETS]
    if agent.role in RECOIVENT:
        liste.append(RENDEZ_VOUS)
    if agent.role in PAIENT:
        liste.append(PAIEMENTS)
    if agent.role in TIENNENT_LE_BUDGET:
        liste.append(BUDGET)
    if agent.role in (*SUIVENT, Role.COORDINATION, Role.PRESIDENCE):
        liste += [RETROUVES, DELAIS]
    if agent.role in LISENT_LA_RAPIDITE:
        liste += [RAPIDITE, EQUITE]
    if agent.role in PILOTENT:
        liste.append(PILOTAGE)
    if agent.role in TIENNENT_LES_COMPTES:
        liste += COMPTES
    if agent.role in TIENNENT_L_ANNUAIRE:
        liste.append(LIEUX)
    liste.append(FICHES)
    if agent.role in TIENNENT_LES_COMPTES:
        liste.append(SANTE)
    return [*liste, MON_COMPTE]
