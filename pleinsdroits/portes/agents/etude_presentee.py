"""Ce que montre la page d'étude : le calcul et ses lignes, ce que l'on peut proposer, ce qui empêche encore."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.aides.bareme_lu import BaremeLu, bareme_du_calcul, limites_du_calcul, qui_decide
from pleinsdroits.aides.calcul import Calcul, CalculImpossible, LigneDuCalcul, calculer
from pleinsdroits.aides.etude import PRETES, S_ETUDIENT, droits_non_demandes
from pleinsdroits.aides.lecture import ETATS, CalculLu, calcul_fige, formules, nom_de_l_orpheline, relire
from pleinsdroits.aides.models import CorrectionDeLigne, Demande, PieceDemandee
from pleinsdroits.aides.papiers_des_lignes import papiers_des_lignes
from pleinsdroits.aides.pieces_lues import qui_empechent
from pleinsdroits.aides.regles.proposition import refus_de_deleguer
from pleinsdroits.droits.textes import Phrase
from pleinsdroits.portes.agents.formulaires_etude import LignesForm

FORMES = {
    "accorde_possible": ("ouvert", "plein"),
    "refuse": ("non", "barre"),
    "indetermine": ("probable", "demi"),
    "a_completer": ("manque", "question"),
}


@dataclass(frozen=True)
class LigneMontree:
    """Une ligne du tableau : sa radio, sa raison, le papier d'où vient son chiffre."""

    ligne: LigneDuCalcul
    papier: str
    comptee: Any = None
    raison: Any = None
    pose: str = ""

    @property
    def ecart(self) -> str:
        """Le choix qui s'écarte du règlement, et demande une raison ; « tous » quand le règlement se tait."""
        return {True: "non", False: "oui", None: "tous"}[self.ligne.choix_du_reglement]


@dataclass(frozen=True)
class Resultat:
    """La conclusion du calcul, en mots, et ses limites."""

    formules: list[str]
    conclusion: str
    genre: str
    icone: str
    calcul: Calcul
    bareme: BaremeLu
    limites: tuple[str, ...]
    decide: tuple[str, ...]
    essai: bool = False


@dataclass(frozen=True)
class Etude:
    """
    Une demande à l'étude. ``calcul`` absent : ``impossible`` dit pourquoi et quoi faire. ``manquent`` : les pièces sans
    lesquelles on ne peut pas l'étudier.
    """

    demande: Demande
    ouverte: bool
    calcul: Calcul | None
    impossible: str
    droits: list[str]
    pieces: list[PieceDemandee]
    manquent: list[PieceDemandee]
    garde: CalculLu | None
    deleguee: bool
    refus_de_deleguer: Phrase | None

    @property
    def suivront(self) -> list[PieceDemandee]:
        """Elles manquent, et n'empêchent pas d'étudier."""
        return [p for p in self.pieces if p.etat in PieceDemandee.MANQUENT and p not in self.manquent]

    @property
    def orphelines(self) -> list[tuple[str, CorrectionDeLigne]]:
        """Les corrections qui ont perdu leur ligne, avec le nom de celle qu'elles visaient."""
        return [(nom_de_l_orpheline(c), c) for c in self.calcul.orphelines] if self.calcul else []

    @property
    def decidable(self) -> bool:
        """La présidence peut décider maintenant : prête, et déléguée par le règlement."""
        return self.demande.etat in PRETES and self.deleguee and not self.manquent

    @property
    def bouton(self) -> str:
        return _("Proposer à la présidence") if self.deleguee else _("Proposer à la commission")


def etude_de(demande: Demande) -> Etude:
    """Tout ce que montre la page, recalculé aujourd'hui ; une demande déjà décidée se relit dans son calcul gardé."""
    calcul, impossible = _calculer(demande)
    propose = demande.montant_propose
    pieces = list(demande.pieces.all())
    refus = refus_de_deleguer(demande.montant_demande if propose is None else propose, calcul.aide) if calcul else None
    return Etude(
        demande=demande,
        ouverte=demande.etat in S_ETUDIENT,
        calcul=calcul,
        impossible=impossible,
        droits=droits_non_demandes(demande),
        pieces=pieces,
        manquent=qui_empechent(demande, pieces),
        garde=calcul_fige(demande),
        deleguee=bool(demande.urgente and calcul and refus is None),
        refus_de_deleguer=refus,
    )


def resultat_de(calcul: Calcul, demande: Demande, *, essai: bool = False) -> Resultat:
    """La formule écrite, la conclusion, son signe ; toutes les tranches, les limites de l'année, qui décide."""
    etat = calcul.evaluation.etat.value
    genre, icone = FORMES[etat]
    montant = calcul.possible.conseille if demande.montant_propose is None else demande.montant_propose
    return Resultat(
        formules=formules(calcul),
        conclusion=str(ETATS[etat]),
        genre=genre,
        icone=icone,
        calcul=calcul,
        bareme=bareme_du_calcul(calcul),
        limites=limites_du_calcul(calcul),
        decide=qui_decide(calcul.aide, montant, urgente=demande.urgente),
        essai=essai,
    )


def lignes_montrees(calcul: Calcul, form: LignesForm) -> list[LigneMontree]:
    """Le tableau, dans l'ordre du calcul ; une requête pour les papiers."""
    natures = [(li.cle, li.ligne.nature) for li in calcul.lignes]
    foyer = form.demande.foyer
    papiers = papiers_des_lignes(foyer, calcul.jour, natures)
    return [_montrer(li, papiers[li.cle], form) for li in calcul.lignes]


def calcul_a_imprimer(etude: Etude) -> CalculLu | None:
    """Le calcul figé s'il fait foi ; celui d'aujourd'hui tant que rien n'est proposé."""
    fige = etude.garde if not etude.ouverte or etude.demande.etat == Demande.Etat.INSTRUITE else None
    return fige or (relire(etude.calcul.en_json(), etude.demande) if etude.calcul else None)


def _montrer(ligne: LigneDuCalcul, papier: str, form: LignesForm) -> LigneMontree:
    if ligne.du_reglement is None:
        return LigneMontree(ligne, papier)
    comptee, raison = form[f"comptee:{ligne.cle}"], form[f"raison:{ligne.cle}"]
    return LigneMontree(ligne, papier, comptee, raison, str(comptee.value() or ""))


def _calculer(demande: Demande) -> tuple[Calcul | None, str]:
    try:
        return calculer(demande, timezone.localdate()), ""
    except CalculImpossible as impossible:
        return None, str(impossible)
