"""Ce que les gabarits des agents demandent : le menu de l'agent connecté."""

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.accueil.candidats import PEUVENT_SUIVRE
from pleinsdroits.accueil.models import RECOIVENT
from pleinsdroits.comptes.demonstration import CODE, COMPTES, MOT_DE_PASSE
from pleinsdroits.comptes.models import Agent
from pleinsdroits.droits.fiche import Fiche
from pleinsdroits.portes.agents.menu import ACCUEIL, RAYONS, RECUS, rubriques
from pleinsdroits.portes.agents.tableaux_comptes import ETATS, etat_de

register = template.Library()
FACONS = {
    "reauthenticate": _("Avec mon mot de passe"),
    "mfa_reauthenticate": _("Avec un code de mon application ou un code de secours"),
    "mfa_reauthenticate:webauthn": _("Avec ma clé"),
}


@register.simple_tag
def menu_de(agent: Agent, ici: str) -> list[dict[str, object]]:
    """Les entrées du menu de ``agent`` : adresse, libellé, utilité, rayon, et si ``ici`` (le chemin demandé) y est."""
    entrees = []
    for rubrique in rubriques(agent):
        adresse = reverse(rubrique.adresse)
        dedans = ici == adresse if rubrique in (ACCUEIL, RECUS) else ici.startswith(adresse)
        dite = {"adresse": adresse, "libelle": rubrique.libelle, "pour": rubrique.pour, "rayon": rubrique.rayon}
        entrees.append({**dite, "courante": dedans})
    return entrees


@register.filter
def par_rayon(entrees: list[dict[str, object]]) -> list[tuple[object, list[dict[str, object]]]]:
    """Les entrées d'un menu rangées par rayon, dans l'ordre des rayons ; un rayon vide ne se montre pas."""
    ranges = [(rayon, [e for e in entrees if e["rayon"] == rayon]) for rayon in RAYONS]
    return [(rayon, siennes) for rayon, siennes in ranges if siennes]


@register.simple_tag
def cherche(agent: Agent) -> bool:
    """Cet agent reçoit-il des habitants ? Il a alors la recherche en haut de chaque page."""
    return agent.role in RECOIVENT


@register.simple_tag
def etat_du_compte(agent: Agent) -> tuple[object, str, str]:
    """Le mot, le genre et la forme de l'état d'un compte (voir ``tableaux_comptes.ETATS``)."""
    return ETATS[etat_de(agent)]


@register.simple_tag
def relecture(fiche: Fiche) -> str:
    """« depassee », « incertaine » ou rien, au jour d'aujourd'hui."""
    if fiche.perimee(timezone.localdate()):
        return "depassee"
    return "incertaine" if fiche.incertaine else ""


@register.simple_tag
def exemples() -> dict[str, object]:
    """Les comptes d'exemple, à montrer en mode démonstration seulement."""
    return {"liste": COMPTES, "mot_de_passe": MOT_DE_PASSE, "code": CODE}


@register.filter
def facon(autre: dict[str, str]) -> str:
    """Une autre façon de confirmer, dans nos mots (allauth la nomme par son identifiant)."""
    return str(FACONS[autre["id"]])


@register.filter
def de_la_cle(valeurs: dict[int, str], cle: int | None) -> str:
    """La valeur d'une clé ; vide si elle n'y est pas (un dossier hors du périmètre est tu)."""
    return valeurs.get(cle or 0, "")


@register.filter
def peut_suivre(role: str) -> bool:
    """Ce rôle suit-il des dossiers ?"""
    return role in PEUVENT_SUIVRE
