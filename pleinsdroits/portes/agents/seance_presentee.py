"""La page d'une séance pour qui la tient : où elle en est, le quorum, les membres, l'ordre du jour, ce qu'il reste à faire."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.aides.actions import seances as preparer
from pleinsdroits.aides.actions import sieger
from pleinsdroits.aides.catalogue import noms_des_aides
from pleinsdroits.aides.models import (
    Decision,
    Demande,
    EtatSeance,
    Inscription,
    MembreDeLInstance,
    Presence,
    ProcesVerbal,
    Seance,
)
from pleinsdroits.aides.proces_verbal import bilan
from pleinsdroits.aides.regles.convocation import dernier_jour, refus_de_convoquer
from pleinsdroits.aides.regles.pouvoirs import votants
from pleinsdroits.aides.regles.quorum import Quorum
from pleinsdroits.aides.regles.textes_de_seance import en_vigueur, regles_de_seance
from pleinsdroits.aides.seance_lue import A_VOTER, SE_POINTE, jour_de, membres_en_exercice, quorum_de
from pleinsdroits.aides.votants import mandats_de
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Role
from pleinsdroits.portes.agents.commission_presentee import FORMES
from pleinsdroits.portes.agents.etats_aides import EtatMontre
from pleinsdroits.portes.agents.seance_de_la_demande import S_INSCRIVENT

if TYPE_CHECKING:
    import datetime as dt

    from django_stubs_ext import StrPromise

S, P, E = EtatSeance, Presence.Etat, Inscription.Etat
AU_PLUS = 50
ETATS = {
    S.CREEE: ("manque", "question"),
    S.CONVOQUEE: ("probable", "demi"),
    S.QUORUM_VERIFIE: ("probable", "demi"),
    S.EN_SEANCE: ("bientot", "horloge"),
    S.CLOTUREE: ("ouvert", "plein"),
    S.PV_SIGNE: ("ouvert", "plein"),
    S.ANNULEE: ("non", "barre"),
}
PRESENCES = {
    P.CONVOQUE: ("manque", "question"),
    P.PRESENT: ("ouvert", "plein"),
    P.EXCUSE: ("non", "barre"),
    P.ABSENT: ("non", "barre"),
    P.PARTI: ("non", "pause"),
}
POINTAGES = ((P.PRESENT, _("Présent")), (P.EXCUSE, _("Excusé")), (P.ABSENT, _("Absent")))
PARTI = ((P.PARTI, _("Parti")),)


@dataclass(frozen=True)
class Geste:
    """Un passage de la séance : son bouton, ce qu'on dit après, l'acte."""

    nom: str
    bouton: StrPromise
    fait: StrPromise
    acte: Callable[..., Any]


GESTES = {
    g.nom: g
    for g in (
        Geste(
            "convoquer",
            _("Convoquer les membres"),
            _("Les membres sont convoqués : chacun reçoit un courriel, avec l’ordre du jour."),
            preparer.convoquer,
        ),
        Geste(
            "verifier",
            _("Vérifier le quorum"),
            _("Le quorum est atteint. Ouvrez la séance."),
            sieger.verifier_le_quorum,
        ),
        Geste("ouvrir", _("Ouvrir la séance"), _("La séance est ouverte : les membres votent."), sieger.ouvrir),
        Geste(
            "terminer",
            _("Terminer la séance"),
            _("La séance est terminée. Relisez le procès-verbal, puis signez-le."),
            sieger.cloturer,
        ),
        Geste("signer", _("Signer le procès-verbal"), _("Les deux tomes sont signés."), sieger.signer),
    )
}
PRINCIPAUX = {
    S.CREEE: "convoquer",
    S.CONVOQUEE: "verifier",
    S.QUORUM_VERIFIE: "ouvrir",
    S.EN_SEANCE: "terminer",
    S.CLOTUREE: "signer",
}


@dataclass(frozen=True)
class LigneMembre:
    """Un membre : sa qualité, où il en est, ce que l'on peut noter ; à qui il a donné pouvoir, de qui il en porte un."""

    membre: MembreDeLInstance
    etat: EtatMontre
    gestes: tuple[tuple[str, StrPromise], ...]
    preside: bool
    pouvoir_a: str
    pouvoir_de: str


@dataclass(frozen=True)
class LigneInscription:
    """Une demande à l'ordre du jour. ``lie`` : l'agent peut ouvrir la demande ; ``voix`` sur ``attendues``."""

    inscription: Inscription
    aide: str
    etat: EtatMontre
    decision: Decision | None
    voix: int
    attendues: int
    retires: int
    lie: bool
    a_voter: bool


@dataclass(frozen=True)
class PageDeSeance:
    """Tout ce que montre la page."""

    seance: Seance
    etat: EtatMontre
    quorum: Quorum
    membres: list[LigneMembre]
    lignes: list[LigneInscription]
    a_inscrire: list[Demande]
    noms: dict[str, str]
    deleguees: int
    tomes: list[ProcesVerbal]
    principal: Geste | None
    delai: str
    limite: dt.date
    bilan: dict[str, int]
    publie: bool

    @property
    def a_voter(self) -> LigneInscription | None:
        """La première demande qui reste à voter."""
        return next((ligne for ligne in self.lignes if ligne.a_voter), None)

    @property
    def a_publie(self) -> bool:
        """Une pièce au moins se lit : le rapport peut s'imprimer."""
        return any(ligne.inscription.etat == E.PUBLIEE for ligne in self.lignes)

    @property
    def pointe(self) -> bool:
        """On y note les présents et les pouvoirs."""
        return self.seance.etat in SE_POINTE

    @property
    def s_annule(self) -> bool:
        return self.seance.etat in (S.CREEE, S.CONVOQUEE, S.QUORUM_VERIFIE) and not self.seance.suspendue


def page_de_seance(seance: Seance, acteur: Acteur) -> PageDeSeance:
    """La page pour ``acteur``. Le nombre de requêtes ne dépend ni des membres, ni des demandes."""
    noms = noms_des_aides(timezone.localdate())
    lignes = _lignes(seance, acteur, noms)
    regle = en_vigueur(regles_de_seance().convocation, jour_de(seance))
    refus = refus_de_convoquer(seance.prevue_le, timezone.now(), regle)
    modifiable = seance.etat == S.CREEE or (seance.etat == S.CONVOQUEE and not refus and not seance.suspendue)
    return PageDeSeance(
        seance=seance,
        etat=etat_de_la_seance(seance),
        quorum=quorum_de(seance),
        membres=_membres(seance),
        lignes=lignes,
        a_inscrire=_a_inscrire(acteur) if modifiable else [],
        noms=noms,
        deleguees=_deleguees(seance),
        tomes=_tomes(seance, acteur),
        principal=_principal(seance, lignes),
        delai=str(refus) if refus and seance.etat == S.CREEE else "",
        limite=dernier_jour(jour_de(seance), regle),
        bilan=bilan(ligne.inscription for ligne in lignes),
        publie=acteur.role == Role.INSTRUCTEUR,
    )


def etat_de_la_seance(seance: Seance) -> EtatMontre:
    """Le mot, la forme et la couleur ; « suspendue » quand le quorum s'est perdu."""
    if seance.suspendue:
        return EtatMontre("retard", "pause", _("suspendue"))
    return EtatMontre(*ETATS[S(seance.etat)], seance.get_etat_display())


def _principal(seance: Seance, lignes: list[LigneInscription]) -> Geste | None:
    """Pas de bouton « terminer » tant qu'il reste à voter : la page mène d'abord au vote."""
    if seance.etat == S.EN_SEANCE and any(ligne.a_voter for ligne in lignes):
        return None
    nom = PRINCIPAUX.get(S(seance.etat))
    return GESTES[nom] if nom else None


def _membres(seance: Seance) -> list[LigneMembre]:
    presences = {p.membre_id: p for p in seance.presences.all()}
    membres = membres_en_exercice(seance)
    noms = {m.pk: str(m.agent) for m in membres}
    mandats = mandats_de(seance)
    donnes = {m.mandant: noms.get(m.mandataire, "") for m in mandats}
    portes = {m.mandataire: noms.get(m.mandant, "") for m in mandats}
    pointe = seance.etat in SE_POINTE
    return [
        _membre(seance, m, presences.get(m.pk), pointe, (donnes.get(m.pk, ""), portes.get(m.pk, ""))) for m in membres
    ]


def _membre(
    seance: Seance, membre: MembreDeLInstance, presence: Presence | None, pointe: bool, pouvoirs: tuple[str, str]
) -> LigneMembre:
    etat = P(presence.etat) if presence else P.CONVOQUE
    mot = etat.label if presence else _("pas pointé")
    choix = PARTI if etat == P.PRESENT and seance.etat == S.EN_SEANCE else POINTAGES
    gestes = tuple((valeur, nom) for valeur, nom in choix if valeur != etat) if pointe else ()
    preside = membre.pk == seance.presidee_par_id
    return LigneMembre(membre, EtatMontre(*PRESENCES[etat], mot), gestes, preside, *pouvoirs)


def _lignes(seance: Seance, acteur: Acteur, noms: dict[str, str]) -> list[LigneInscription]:
    visibles = Inscription.objects.visibles_par(acteur).filter(seance=seance).select_related("demande", "decision")
    comptees = visibles.annotate(nombre_de_voix=Count("votes", distinct=True)).prefetch_related("retraits")
    presents = list(seance.presences.filter(etat=P.PRESENT).values_list("membre_id", flat=True))
    mandats, lie = mandats_de(seance), acteur.role == Role.INSTRUCTEUR
    lignes = []
    for inscription in comptees.order_by("rang"):
        retires = {r.membre_id for r in inscription.retraits.all()}
        attendues = len(votants(presents, retires, mandats))
        lignes.append(_ligne(inscription, noms, attendues, lie, seance.etat == S.EN_SEANCE))
    return lignes


def _ligne(inscription: Any, noms: dict[str, str], attendues: int, lie: bool, ouverte: bool) -> LigneInscription:
    decision = getattr(inscription, "decision", None)
    etat = EtatMontre(*FORMES[E(inscription.etat)])
    if decision is not None:
        genre, icone = ("ouvert", "plein") if decision.accorde else ("non", "barre")
        etat = EtatMontre(genre, icone, decision.get_sens_display())
    return LigneInscription(
        inscription=inscription,
        aide=noms.get(inscription.demande.aide, str(inscription.piece.get("aide") or "")),
        etat=etat,
        decision=decision,
        voix=inscription.nombre_de_voix,
        attendues=attendues,
        retires=len(inscription.retraits.all()),
        lie=lie,
        a_voter=ouverte and inscription.etat in A_VOTER,
    )


def _a_inscrire(acteur: Acteur) -> list[Demande]:
    """Les demandes étudiées, la plus pressée d'abord."""
    etudiees = Demande.objects.visibles_par(acteur).filter(etat__in=S_INSCRIVENT)
    return list(etudiees.order_by("silence_le", "pk")[:AU_PLUS])


def _deleguees(seance: Seance) -> int:
    """Combien de décisions par délégation lui sont rapportées, ou l'attendent si elle n'est pas encore convoquée."""
    regle = en_vigueur(regles_de_seance().compte_rendu, jour_de(seance))
    if seance.instance not in regle.instances:
        return 0
    attendent = Q(par_delegation=True, rapportee_a__isnull=True, annulee_le__isnull=True)
    siennes = Q(rapportee_a=seance)
    return Decision.objects.filter(siennes | attendent if seance.etat == S.CREEE else siennes).count()


def _tomes(seance: Seance, acteur: Acteur) -> list[ProcesVerbal]:
    """Le tome nominatif n'est que pour l'instruction : la présidence n'a lu aucun nom (docs/decisions/0008)."""
    tomes = seance.proces_verbaux.order_by("tome")
    if acteur.role != Role.INSTRUCTEUR:
        tomes = tomes.filter(tome=ProcesVerbal.Tome.COMMUNICABLE)
    return list(tomes)
