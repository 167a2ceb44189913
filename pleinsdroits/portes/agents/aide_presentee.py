"""La page d'une demande d'aide : où elle en est, qui a la main, ses pièces, ce que l'on peut faire."""

from dataclasses import dataclass

from django.utils import timezone

from pleinsdroits.aides.actions.pieces import OUVERTES, TIENNENT
from pleinsdroits.aides.catalogue import nom_de_l_aide
from pleinsdroits.aides.lettres.suite import lettres_de
from pleinsdroits.aides.models import Demande, EtatDemande, Passage, PieceDemandee
from pleinsdroits.aides.pieces_lues import accordee_en_attente, peuvent_suivre
from pleinsdroits.aides.roles import INSTRUISENT
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.portes.agents.etats_aides import EtatMontre, etat_montre

E, P = EtatDemande, PieceDemandee.Etat
ETUDIEES = (E.COMPLETE, E.INSTRUITE, E.AJOURNEE)


@dataclass(frozen=True)
class PageDAide:
    """
    Tout ce que montre la page ; ``principal`` : le geste à faire (« demander », « completer », « relancer », ou vide) ;
    ``suivent`` : les pièces qui n'empêchent pas d'étudier ; ``attendues`` : les clés de celles qui se reçoivent encore, même
    après un accord. ``redemande`` : une demande étudiée a une pièce à redemander.
    """

    nom: str
    etat: EtatMontre
    echeances: list[Echeance]
    pieces: list[PieceDemandee]
    manquent: list[PieceDemandee]
    suivent: frozenset[str]
    attendues: frozenset[int]
    passages: list[Passage]
    lettres: list[str]
    principal: str
    redemande: bool
    ouverte: bool
    tient: bool
    instruit: bool
    suit_le_dossier: bool

    @property
    def arrete_le_delai(self) -> bool:
        """Il manque une pièce sans laquelle on ne peut pas étudier."""
        return any(p.libelle not in self.suivent for p in self.manquent)


def page_d_aide(demande: Demande, acteur: Acteur, *, suit_le_dossier: bool) -> PageDAide:
    """La page de ``demande`` pour ``acteur`` (nombre de requêtes constant)."""
    pieces = list(demande.pieces.select_related("papier"))
    manquent = [p for p in pieces if p.etat in PieceDemandee.MANQUENT]
    suivent = peuvent_suivre(demande)
    tient = acteur.role in TIENNENT
    return PageDAide(
        nom=nom_de_l_aide(demande.aide, timezone.localtime(demande.recue_le).date()),
        etat=etat_montre(demande),
        echeances=_echeances(demande),
        pieces=pieces,
        manquent=manquent,
        suivent=suivent,
        attendues=frozenset(p.pk for p in manquent if demande.etat in OUVERTES or accordee_en_attente(demande)),
        passages=list(demande.passages.select_related("agent")),
        lettres=lettres_de(demande),
        principal=_principal(demande, manquent, suivent) if tient else "",
        redemande=tient and demande.etat in ETUDIEES and any(p.etat == P.A_DEMANDER for p in manquent),
        ouverte=demande.etat in OUVERTES,
        tient=tient,
        instruit=acteur.role in INSTRUISENT,
        suit_le_dossier=suit_le_dossier,
    )


def _echeances(demande: Demande) -> list[Echeance]:
    lui = (
        Echeance.objects.en_cours().avec_main().filter(type_objet=Demande._meta.label_lower, cle_objet=str(demande.pk))
    )
    return sorted(lui, key=lambda e: e.limite)


def _principal(demande: Demande, manquent: list[PieceDemandee], suivent: frozenset[str]) -> str:
    if demande.etat not in (E.RECUE, E.INCOMPLETE):
        return ""
    if manquent and demande.etat == E.RECUE:
        return "demander"
    if all(p.libelle in suivent for p in manquent):
        return "completer"
    return "relancer" if any(p.relancee_le is None for p in manquent if p.etat == P.DEMANDEE) else ""
