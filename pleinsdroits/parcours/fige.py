"""La copie figée d'un projet : ce que la personne lit et accepte, et l'empreinte qui dit si c'est encore le même."""

import datetime as dt
import hashlib
import json
from typing import Any

from django.utils.translation import gettext as _

from pleinsdroits.parcours.lecture import ObjectifComplet, ProjetComplet, lire
from pleinsdroits.parcours.models import Engagement, Objectif, Projet


def contenu_de(projet: Projet) -> dict[str, Any]:
    """Ce que la personne lira, en types JSON : ses forces, ses souhaits, ses objectifs, qui fait quoi, quand on se revoit."""
    complet = lire(projet)
    return {
        "forces": projet.forces,
        "souhaits": projet.souhaits,
        "objectifs": [_objectif(o) for o in complet.objectifs if o.objectif.etat == Objectif.Etat.OUVERT],
        "engagements": [_engagement(e, complet) for e in complet.engagements if e.tenu_le is None],
        "bilan_le": _jour(projet.bilan_prevu_le),
    }


def en_texte(contenu: dict[str, Any]) -> str:
    """Le contenu en JSON, toujours le même pour le même contenu."""
    return json.dumps(contenu, ensure_ascii=False, sort_keys=True)


def empreinte_de(texte: str) -> str:
    """SHA-256 (hexadécimal) du texte figé."""
    return hashlib.sha256(texte.encode()).hexdigest()


def qui_s_engage(engagement: Engagement, projet: Projet) -> str:
    """Le nom de qui s'engage : « vous », l'interlocuteur, le partenaire."""
    if engagement.qui == Engagement.Qui.PERSONNE:
        return _("vous")
    if engagement.institution:
        return str(engagement.institution)
    agent = projet.foyer.interlocuteur if projet.foyer else None
    return str(agent) if agent else _("votre interlocuteur ou interlocutrice")


def _objectif(complet: ObjectifComplet) -> dict[str, Any]:
    return {
        "domaine": str(complet.objectif.get_domaine_display()),
        "mots": complet.objectif.mots,
        "options": [
            {"libelle": o.libelle, "precision": o.precision, "choisie": o.choisie, "raison": o.raison}
            for o in complet.options
        ],
        "etapes": [{"libelle": e.libelle, "pour_le": _jour(e.etape.pour_le)} for e in complet.etapes],
    }


def _engagement(engagement: Engagement, complet: ProjetComplet) -> dict[str, Any]:
    qui = qui_s_engage(engagement, complet.projet)
    return {"qui": qui, "quoi": engagement.quoi, "pour_le": _jour(engagement.pour_le)}


def _jour(le: dt.date | None) -> str:
    return le.isoformat() if le else ""
