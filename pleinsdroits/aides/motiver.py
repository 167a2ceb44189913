"""Les raisons d'une décision prise en séance, telles que la lettre les dira : les votes, puis ce que dit le règlement."""

import json
from collections.abc import Iterable

from django.utils.translation import gettext as _

from pleinsdroits.aides.models import Decision, Demande, Vote
from pleinsdroits.aides.regles.depouillement import Depouillement, Issue
from pleinsdroits.aides.seance_lue import aide_de


def raisons_des_votes(votes: Iterable[Vote], lu: Depouillement) -> str:
    """Les raisons des voix qui l'ont emporté, une phrase chacune, sans doublon."""
    dites = [v.raison.strip() for v in votes if v.choix in lu.choix and v.raison.strip()]
    return " ".join(dict.fromkeys(_en_phrase(r) for r in dites))


def raisons_de_la_decision(demande: Demande, votes: Iterable[Vote], lu: Depouillement) -> str:
    """
    Ce que la lettre dira. Un refus sans raison d'aucune sorte rend une chaîne vide : la décision ne se prend pas sans
    raison (CRPA L211-2).
    """
    evaluation = _evaluation(demande)
    parties = [raisons_des_votes(votes, lu), *(_en_phrase(m) for m in evaluation.get("motifs") or ())]
    if not any(parties) and lu.issue is Issue.ACCORD:
        parties = [_("La commission a suivi la proposition faite d’après le règlement des aides.")]
    return " ".join(dict.fromkeys(p for p in parties if p))


def articles_du_calcul(demande: Demande) -> list[str]:
    """Les articles du règlement que le calcul a cités, dans l'ordre."""
    return list(dict.fromkeys(str(a) for a in _evaluation(demande).get("articles") or ()))


def forme_par_defaut(demande: Demande) -> str:
    """
    La forme de l'aide : celle du règlement ; s'il en permet plusieurs, le paiement au fournisseur quand la demande le
    nomme, sinon la première. Vide si le règlement ne se lit plus.
    """
    aide = aide_de(demande)
    formes = list(aide.paiement.formes) if aide else []
    if demande.payer_a and Decision.Forme.FOURNISSEUR in formes:
        return Decision.Forme.FOURNISSEUR
    return formes[0] if formes else ""


def _evaluation(demande: Demande) -> dict:
    garde = json.loads(demande.calcul) if demande.calcul else {}
    return garde.get("evaluation") or {}


def _en_phrase(texte: str) -> str:
    propre = texte.strip()
    propre = propre[:1].upper() + propre[1:]
    return propre if propre[-1:] in ".!?…" else f"{propre}."
