"""Ce que l'on peut faire d'une démarche, selon où elle en est : un geste principal, les autres en second."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.demarches.actions import suivre, trouver
from pleinsdroits.demarches.calendriers import silence_acquis
from pleinsdroits.demarches.models import Demarche
from pleinsdroits.portes.agents import formulaires_demarches as formulaires

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

E = Demarche.Etat
ATTENDENT = (E.DEPOSEE, E.COMPLETE)
VIVANTES = tuple(e for e in E if e not in Demarche.FINIES)


@dataclass(frozen=True)
class Geste:
    """Un verbe : son bouton, le titre de sa page, son formulaire (aucun : un simple envoi), l'acte, et depuis où."""

    nom: str
    bouton: StrPromise
    faire: Callable[..., Any]
    depuis: tuple[str, ...]
    form: type[formulaires.GesteForm] = formulaires.GesteForm
    aide: StrPromise | str = ""


GESTES = {
    g.nom: g
    for g in (
        Geste("expliquer", _("Noter que c’est expliqué"), trouver.expliquer, (E.DETECTEE,)),
        Geste(
            "preparer",
            _("Préparer la démarche"),
            suivre.preparer,
            (E.EXPLIQUEE,),
            aide=_("La liste des papiers vient de la fiche. Ceux que la ville a déjà y sont joints."),
        ),
        Geste("deposer", _("Marquer comme déposée"), suivre.deposer, Demarche.A_FAIRE, formulaires.DepotForm),
        Geste(
            "accuser", _("Ajouter l’accusé de réception"), suivre.accuser_reception, ATTENDENT, formulaires.AccuseForm
        ),
        Geste(
            "incomplete",
            _("Noter qu’il manque un papier"),
            suivre.noter_incomplete,
            ATTENDENT,
            formulaires.IncompletForm,
        ),
        Geste("completer", _("Noter que tout est donné"), suivre.completer, (E.DEPOSEE,), formulaires.DateForm),
        Geste(
            "reponse",
            _("Noter la réponse"),
            suivre.noter_la_reponse,
            (*ATTENDENT, E.CONTESTEE),
            formulaires.ReponseForm,
        ),
        Geste(
            "paiement", _("Noter le premier paiement"), suivre.noter_le_paiement, (E.ACCORDEE,), formulaires.DateForm
        ),
        Geste(
            "motifs",
            _("Noter que l’on demande les raisons"),
            suivre.demander_les_motifs,
            (*ATTENDENT, E.REFUSEE),
            formulaires.DateForm,
        ),
        Geste(
            "motifs-recus",
            _("Noter les raisons reçues"),
            suivre.noter_les_motifs,
            (*ATTENDENT, E.REFUSEE),
            formulaires.DateForm,
        ),
        Geste(
            "contester",
            _("Noter le recours envoyé"),
            suivre.contester,
            (*ATTENDENT, E.REFUSEE),
            formulaires.RecoursForm,
        ),
        Geste("ecarter", _("La personne n’en veut pas"), trouver.ecarter, Demarche.A_FAIRE, formulaires.RaisonForm),
        Geste("clore", _("Arrêter la démarche"), suivre.clore, VIVANTES, formulaires.RaisonForm),
    )
}


def gestes_de(demarche: Demarche) -> tuple[Geste | None, list[Geste]]:
    """Le geste principal et les autres. Le principal change avec l'étape."""
    possibles = [g for g in GESTES.values() if demarche.etat in g.depuis and _a_du_sens(g.nom, demarche)]
    nom = _principal(demarche)
    principal = GESTES[nom] if nom else None
    return principal, [g for g in possibles if g is not principal]


def recours_a_preparer(demarche: Demarche) -> bool:
    """Un refus, écrit ou par silence, que l'on peut encore contester devant l'organisme."""
    refus = demarche.etat == E.REFUSEE or silence_acquis(demarche, timezone.localdate()) == "refus"
    return refus and demarche.contestee_le is None


def _principal(demarche: Demarche) -> str:
    if recours_a_preparer(demarche):
        return "contester" if demarche.lettres.filter(modele__in=("prealable", "gracieux")).exists() else ""
    if demarche.etat in ATTENDENT:
        return _en_attente(demarche)
    etapes = {
        E.DETECTEE: "expliquer",
        E.EXPLIQUEE: "preparer",
        E.PREPAREE: "deposer",
        E.ACCORDEE: "paiement",
        E.REFUSEE: "contester",
        E.CONTESTEE: "reponse",
    }
    return etapes.get(E(demarche.etat), "")


def _en_attente(demarche: Demarche) -> str:
    if demarche.incomplete_le and not demarche.completee_le:
        return "completer"
    return "accuser" if demarche.preuve in ("aucune", "recommande") and not demarche.accuse_le else "reponse"


def _a_du_sens(nom: str, demarche: Demarche) -> bool:
    silence = silence_acquis(demarche, timezone.localdate()) == "refus"
    refus = demarche.etat == E.REFUSEE or silence
    return {
        "completer": bool(demarche.incomplete_le and not demarche.completee_le),
        "motifs": refus and demarche.motifs_demandes_le is None,
        "motifs-recus": bool(demarche.motifs_demandes_le and not demarche.motifs_recus_le),
        "contester": refus,
        "clore": demarche.etat not in Demarche.A_FAIRE,
    }.get(nom, True)
