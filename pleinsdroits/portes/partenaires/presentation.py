"""Un relais tel que le partenaire le lit : rien d'autre que ce qui est parti, et rien une fois l'accord retiré."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.accueil.horloge_relais import echeances_de
from pleinsdroits.accueil.models import Message, Relais
from pleinsdroits.accueil.regles.partage import Nature
from pleinsdroits.accueil.regles.relais import (
    ETAT_D_UNE_REPONSE,
    FINS,
    MOTS_D_UNE_REPONSE,
    changeable,
    deja_repondu,
    ferme_par_la_ville,
)
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.portes.agents.etats_relais import Etat, etat_de

VISIBLES = 2
# Une fois le relais rendu ou fini, le partenaire n'a plus besoin de ce qui était parti (RGPD art. 5).
MONTRENT = (Relais.Etat.ENVOYE, Relais.Etat.PRIS_EN_CHARGE, Relais.Etat.INJOIGNABLE)


@dataclass(frozen=True)
class Fait:
    """Une ligne partie ; un numéro est masqué tant qu'il n'est pas affiché."""

    cle: str
    libelle: str
    valeur: str
    masque: bool


@dataclass(frozen=True)
class Rang:
    """Une ligne de la boîte."""

    relais: Relais
    qui: str
    demande: str
    avant: Any
    etat: Etat


def faits(relais: Relais, montres: Collection[str] = ()) -> list[Fait]:
    """Ce qui est parti et se lit encore, sauf si le relais est rendu ou clos."""
    lignes = relais.lignes() if relais.etat in MONTRENT else []
    return [_fait(ligne, ligne["cle"] in montres) for ligne in lignes]


def rangs(liste: list[Relais]) -> list[Rang]:
    """Les relais de la boîte, en un nombre fixe de requêtes."""
    horloges = echeances_de(liste)
    return [
        Rang(
            r, prenom_et_initiale(r), r.demande if r.fonde() else "", horloges.get(r.pk), etat_de(r, horloges.get(r.pk))
        )
        for r in Relais.fonder(liste)
    ]


def prenom_et_initiale(relais: Relais) -> str:
    """« Nadia F. » ; « sans nom » quand le nom n'est pas parti ou ne se lit plus."""
    lignes = relais.lignes() if relais.etat in MONTRENT else []
    nom = next((ligne["valeur"] for ligne in lignes if ligne["cle"] == "nom"), "")
    prenom, _espace, reste = nom.partition(" ")
    return f"{prenom}\u00a0{reste[:1]}." if reste else prenom or _("sans nom")


def page(relais: Relais, par: Acteur, montres: Collection[str] = ()) -> dict[str, Any]:
    """Tout ce que montre la page d'un relais."""
    fonde, maintenant = relais.fonde(), timezone.now()
    horloge = echeances_de([relais]).get(relais.pk)
    messages = Message.objects.visibles_par(par).filter(relais=relais).select_related("agent") if fonde else []
    return {
        "relais": relais,
        "fonde": fonde,
        "etat": etat_de(relais, horloge),
        "echeance": horloge,
        "faits": faits(relais, montres),
        "reponses": {r: mot for r, mot in MOTS_D_UNE_REPONSE.items() if ETAT_D_UNE_REPONSE[r] != relais.etat},
        "repondable": fonde and not relais.repondu_le and not ferme_par_la_ville(relais),
        "changeable": fonde and changeable(relais, maintenant),
        "deja": deja_repondu(relais) if relais.repondu_le else "",
        "terminable": fonde and relais.etat == Relais.Etat.PRIS_EN_CHARGE,
        "fins": [(etat.value, etat.label) for etat in FINS],
        "messages_pour_tous": [m for m in messages if m.pour_tous],
        "messages_entre_nous": [m for m in messages if not m.pour_tous],
    }


def _fait(ligne: dict[str, str], montre: bool) -> Fait:
    masque = ligne["nature"] == Nature.NUMERO and not montre
    valeur = "••••" + ligne["valeur"][-VISIBLES:] if masque else ligne["valeur"]
    return Fait(ligne["cle"], ligne["libelle"], valeur, masque)
