"""Ce que l'on peut faire d'un projet, selon où il en est : un geste principal, le prochain, et les autres en second."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from pleinsdroits.parcours.actions import accepter, construire, demander, etapes, vivre
from pleinsdroits.parcours.lecture import ObjectifComplet, ProjetComplet
from pleinsdroits.parcours.models import Engagement, EtatProjet, Objectif, Projet
from pleinsdroits.parcours.reperes import repere
from pleinsdroits.portes.agents import formulaires_projet as formulaires

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

E = EtatProjet
S_ECRIVENT = (E.CONSTRUCTION, E.PROPOSE, E.ACCEPTE)


@dataclass(frozen=True)
class Geste:
    """Un verbe : son bouton (et le titre de sa page), l'acte, depuis où, son formulaire, une phrase d'aide, ce qu'on dit après."""

    nom: str
    bouton: StrPromise
    faire: Callable[..., Any]
    depuis: tuple[str, ...]
    form: type[formulaires.ProjetForm] = formulaires.ProjetForm
    aide: StrPromise | str = ""
    fait: StrPromise | str = _("C’est enregistré.")


def _par_nom(*gestes: Geste) -> dict[str, Geste]:
    return {g.nom: g for g in gestes}


# Sur le projet entier.
GESTES = _par_nom(
    Geste(
        "entretien",
        _("Noter le premier entretien"),
        demander.premier_entretien,
        (E.DEMANDE,),
        formulaires.EntretienForm,
        _("Ensuite, on construit avec elle, en commençant par ce qui va."),
        _("C’est noté. Commencez par ses forces."),
    ),
    Geste("forces", _("Écrire ses forces"), construire.ecrire_les_forces, S_ECRIVENT, formulaires.ForcesForm),
    Geste("souhaits", _("Écrire ses souhaits"), construire.ecrire_les_souhaits, S_ECRIVENT, formulaires.SouhaitsForm),
    Geste("objectif", _("Ajouter un objectif"), construire.ajouter_un_objectif, S_ECRIVENT, formulaires.ObjectifForm),
    Geste("engagement", _("Ajouter un engagement"), etapes.s_engager, S_ECRIVENT, formulaires.EngagementForm),
    Geste(
        "proposer",
        _("Proposer le projet"),
        accepter.proposer,
        (E.CONSTRUCTION,),
        formulaires.ProposerForm,
        _("Une copie en est figée. La personne la lit, puis accepte ou demande à changer quelque chose."),
        _("Le projet est prêt à lire. Faites-le accepter, à l’écran ou sur papier."),
    ),
    Geste("bilan", _("Noter un bilan"), vivre.faire_le_bilan, (E.ACCEPTE,), formulaires.BilanForm),
    Geste(
        "pause",
        _("Mettre en pause"),
        vivre.suspendre,
        S_ECRIVENT,
        formulaires.RaisonDeProjetForm,
        _("Les délais s’arrêtent. On reprendra là où l’on en est."),
    ),
    Geste("reprendre", _("Reprendre le projet"), vivre.reprendre, (E.SUSPENDU,)),
    Geste(
        "terminer",
        _("Terminer le projet"),
        vivre.terminer,
        (E.ACCEPTE,),
        formulaires.TerminerForm,
        _(
            "C’est la personne qui dit si elle y est arrivée. Posez-lui les questions, ou laissez-la répondre de chez elle."
        ),
    ),
    Geste(
        "arreter",
        _("Arrêter le projet"),
        vivre.abandonner,
        Projet.VIVANTS,
        formulaires.RaisonDeProjetForm,
        _("Ses démarches, ses aides et ses relais continuent."),
    ),
)
# Sur un objectif.
GESTES_D_OBJECTIF = _par_nom(
    Geste("modifier", _("Modifier l’objectif"), construire.modifier_un_objectif, S_ECRIVENT, formulaires.ObjectifForm),
    Geste("option", _("Offrir une option"), construire.offrir_une_option, S_ECRIVENT, formulaires.OptionForm),
    Geste("choisir", _("Noter son choix"), construire.choisir, S_ECRIVENT, formulaires.ChoixForm),
    Geste("etape", _("Ajouter une étape"), etapes.ajouter_une_etape, S_ECRIVENT, formulaires.EtapeForm),
    Geste("finir", _("Dire où il en est"), etapes.finir_un_objectif, S_ECRIVENT, formulaires.FinDObjectifForm),
    Geste(
        "retirer",
        _("Retirer l’objectif"),
        construire.retirer_un_objectif,
        S_ECRIVENT,
        aide=_("Ses options et ses étapes s’en vont. Les démarches et les relais qu’elles suivaient restent."),
    ),
)


@dataclass(frozen=True)
class Prochain:
    """Le geste à faire maintenant ; ``objectif`` : sur lequel, s'il y en a un."""

    geste: Geste
    objectif: Objectif | None = None


def autres_gestes(projet: Projet) -> list[Geste]:
    """Les gestes du bas de page : la pause, la fin, l'arrêt."""
    return [g for n in ("terminer", "pause", "arreter") if projet.etat in (g := GESTES[n]).depuis]


def prochain(complet: ProjetComplet) -> Prochain | None:
    """Le geste principal de la page ; ``None`` quand la main est à la personne, ou que le projet est fini."""
    etat = E(complet.projet.etat)
    simples = {E.DEMANDE: "entretien", E.ACCEPTE: "bilan", E.SUSPENDU: "reprendre"}
    if etat in simples:
        return Prochain(GESTES[simples[etat]])
    return _a_construire(complet) if etat == E.CONSTRUCTION else None


def _a_construire(complet: ProjetComplet) -> Prochain:
    """Dans l'ordre : forces, souhaits, objectifs, options, choix, étapes, engagements, puis proposer."""
    projet = complet.projet
    if not projet.forces:
        return Prochain(GESTES["forces"])
    if not projet.souhaits:
        return Prochain(GESTES["souhaits"])
    ouverts = [o for o in complet.objectifs if o.objectif.etat == Objectif.Etat.OUVERT]
    for objectif in ouverts:
        if nom := _a_faire(objectif):
            return Prochain(GESTES_D_OBJECTIF[nom], objectif.objectif)
    if not ouverts:
        return Prochain(GESTES["objectif"])
    de_la_ville = any(e.qui != Engagement.Qui.PERSONNE for e in complet.engagements)
    return Prochain(GESTES["proposer" if de_la_ville else "engagement"])


def _a_faire(objectif: ObjectifComplet) -> str:
    if len(objectif.options) < repere("options").au_moins:
        return "option"
    if objectif.choisie is None:
        return "choisir"
    return "" if objectif.etapes else "etape"
