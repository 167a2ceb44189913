"""
La pièce que lit la commission, bâtie champ par champ : ce qui n'est pas écrit ici n'y entre pas (docs/decisions/0008). Ses
mots viennent du règlement adopté, d'une liste de la maison, ou de l'exposé que l'instruction a relu.
"""

import datetime as dt
import json
from dataclasses import asdict, dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.aides import budget
from pleinsdroits.aides.deja_obtenu import deja_obtenu
from pleinsdroits.aides.models import Decision, Demande, EditionDuReglement, Inscription
from pleinsdroits.aides.regles.anonymat import PAS, arrondir, au_mois, enfants_en_mots, tranche_d_age
from pleinsdroits.aides.regles.limites import plafond_de
from pleinsdroits.aides.regles.piece_calcul import ResteRond, reste_rond, tranche_du_texte
from pleinsdroits.aides.semblables import ACCORDEES, Semblables, semblables_a
from pleinsdroits.demarches.models import Demarche
from pleinsdroits.droits.reglement.evaluation import EtatEvaluation
from pleinsdroits.droits.reglement.modele import Aide
from pleinsdroits.droits.reglement.mots import PERIODES_DITES
from pleinsdroits.droits.reglement.periodes import Periode, compter
from pleinsdroits.droits.situation.listes import Lien

MAJORITE = 18
C = Demande.Composition
COMPOSITIONS = {
    C.SEUL: "Une personne seule",
    C.COUPLE: "Un couple sans enfant",
    C.PARENT_SEUL: "Un parent seul avec {enfants}",
    C.COUPLE_ENFANTS: "Un couple avec {enfants}",
}
AUTRE_FOYER = "Un foyer de plusieurs adultes"
CE_QUE_DIT_LE_TEXTE = {
    EtatEvaluation.ACCORDE_POSSIBLE: "Le règlement permet d’accorder.",
    EtatEvaluation.REFUSE: "Le règlement ne prévoit pas d’accord dans cette situation.",
    EtatEvaluation.INDETERMINE: "Le règlement ne permet pas de conclure.",
    EtatEvaluation.A_COMPLETER: "Il manque une information pour appliquer le règlement.",
}


@dataclass(frozen=True)
class TrancheLue:
    """La tranche du règlement où tombe le foyer, dans les mots du texte."""

    libelle: str
    bas: str
    haut: str
    articles: tuple[str, ...]


@dataclass(frozen=True)
class Proposition:
    """
    Ce que propose le rapporteur, à 5 € ; ``arrondi`` : le montant exact est au dossier. ``au_plus`` : la limite du
    règlement. ``derogation`` : hors barème, l'exposé dit pourquoi.
    """

    montant: int | None
    arrondi: bool
    formes: tuple[str, ...]
    regle: str
    au_plus: int | None
    articles: tuple[str, ...]
    derogation: bool


@dataclass(frozen=True)
class DejaAccorde:
    """
    À 5 € : ce que le foyer a eu pour cette aide dans la période du plafond (l'année civile, sans plafond) et son nombre ; pour
    toutes les aides dans l'année civile ; le ``plafond`` du foyer. ``quand`` : « ce semestre ».
    """

    cette_aide: int
    nombre: int
    toutes: int
    plafond: int | None
    quand: str


@dataclass(frozen=True)
class Piece:
    """Tout ce qu'un membre lit d'une demande."""

    aide: str
    urgente: bool
    composition: str
    ages: tuple[str, ...]
    demande: int | None
    deposee: str
    complete: str
    avant_le: str
    reste: ResteRond | None
    tranche: TrancheLue | None
    proposition: Proposition
    deja: DejaAccorde
    budget: int | None
    droit_en_cours: bool
    semblables: Semblables
    expose: str


def piece_de(inscription: Inscription) -> dict[str, Any]:
    """La pièce de ``inscription`` à la date d'aujourd'hui, en types JSON. Ne lit que la demande, son calcul et le texte."""
    demande, jour = inscription.demande, timezone.localdate()
    calcul = json.loads(demande.calcul) if demande.calcul else {}
    evaluation = calcul.get("evaluation") or {}
    aide, edition = _aide(demande, jour)
    piece = Piece(
        aide=aide.nom if aide else "Aide",
        urgente=demande.urgente,
        composition=composition_de(demande, calcul, jour),
        ages=_ages(demande, calcul, jour),
        demande=_rond(demande.montant_demande),
        deposee=au_mois(timezone.localtime(demande.recue_le).date()),
        complete=au_mois(timezone.localtime(demande.complete_le).date()) if demande.complete_le else "",
        avant_le=demande.silence_le.isoformat(),
        reste=reste_rond(evaluation, calcul.get("corrections") or [], edition.lu(), aide) if aide and edition else None,
        tranche=_tranche(evaluation, aide),
        proposition=_proposition(demande, evaluation, aide),
        deja=_deja(demande, aide, max(len(_personnes(demande, calcul, jour)), 1), jour),
        budget=_budget(demande, jour),
        droit_en_cours=_droit_en_cours(demande),
        semblables=semblables_a(demande, jour),
        expose=inscription.expose.strip(),
    )
    return json.loads(json.dumps(asdict(piece)))


def composition_de(demande: Demande, calcul: dict, jour: dt.date) -> str:
    """« Un parent seul avec deux enfants »."""
    enfants = sum(1 for lien, age in _personnes(demande, calcul, jour) if lien == Lien.ENFANT and _mineur(age))
    if demande.composition not in COMPOSITIONS:
        return AUTRE_FOYER
    mots = COMPOSITIONS[C(demande.composition)]
    return mots.format(enfants=enfants_en_mots(enfants) if enfants else "enfants")


def _mineur(age: int | None) -> bool:
    return age is not None and age < MAJORITE


def _ages(demande: Demande, calcul: dict, jour: dt.date) -> tuple[str, ...]:
    """Les tranches d'âge, des plus âgés aux plus jeunes : l'ordre ne dit pas qui est qui."""
    ages = sorted((a for _lien, a in _personnes(demande, calcul, jour) if a is not None), reverse=True)
    return tuple(tranche_d_age(a) for a in ages)


def _personnes(demande: Demande, calcul: dict, jour: dt.date) -> list[tuple[str, int | None]]:
    """(lien, âge) de ceux que le calcul a comptés ; à défaut, de ceux qui vivent au foyer."""
    situation = (calcul.get("cas") or {}).get("situation") or {}
    if situation.get("personnes"):
        return [(p["lien"], _age(dt.date.fromisoformat(p["naissance"]), jour)) for p in situation["personnes"]]
    if demande.foyer is None:
        return []
    membres = demande.foyer.membres.select_related("personne")
    return [(m.lien, m.personne.age(jour)) for m in membres if m.actuel()]


def _age(naissance: dt.date, jour: dt.date) -> int:
    return jour.year - naissance.year - ((jour.month, jour.day) < (naissance.month, naissance.day))


def _aide(demande: Demande, jour: dt.date) -> tuple[Aide | None, EditionDuReglement | None]:
    """L'aide, lue dans l'édition qui a servi à l'étude."""
    edition = demande.edition or EditionDuReglement.objects.de_l_aide(demande.aide, jour)
    if edition is None:
        return None, None
    return next((a for a in edition.lu().aides if a.id == demande.aide), None), edition


def _tranche(evaluation: dict, aide: Aide | None) -> TrancheLue | None:
    tranche = tranche_du_texte(evaluation, aide) if aide else None
    if tranche is None:
        return None
    bas, haut = ("" if b is None else str(b) for b in (tranche.bas, tranche.haut))
    return TrancheLue(tranche.libelle, bas, haut, tuple(tranche.articles))


def _proposition(demande: Demande, evaluation: dict, aide: Aide | None) -> Proposition:
    etat, propose = demande.etat_du_calcul, demande.montant_propose
    au_plus = evaluation.get("au_plus")
    formes = [str(Decision.Forme(f).label) for f in (aide.paiement.formes if aide else ())]
    return Proposition(
        montant=_rond(propose),
        arrondi=propose is not None and propose % PAS != 0,
        formes=tuple(formes),
        regle=CE_QUE_DIT_LE_TEXTE[EtatEvaluation(etat)] if etat in list(EtatEvaluation) else "",
        au_plus=None if au_plus is None else int(Decimal(str(au_plus)).to_integral_value(ROUND_FLOOR) // PAS * PAS),
        articles=tuple(aide.articles) if aide else (),
        derogation=bool(demande.derogation),
    )


def _deja(demande: Demande, aide: Aide | None, personnes: int, jour: dt.date) -> DejaAccorde:
    """Un foyer effacé n'a plus d'histoire."""
    regle = aide.plafond if aide else None
    periode: Periode = regle.periode if regle else "annee"
    quand, plafond = _(PERIODES_DITES[periode]), _rond(plafond_de(regle, personnes)) if regle else None
    if demande.foyer_id is None:
        return DejaAccorde(0, 0, 0, plafond, quand)
    eu = compter(deja_obtenu(demande, jour), periode, jour)
    accords = Demande.objects.filter(
        foyer=demande.foyer_id, resultat__in=ACCORDEES, decidee_le__year=jour.year
    ).exclude(pk=demande.pk)
    toutes = accords.aggregate(somme=Sum("montant_accorde"))["somme"]
    return DejaAccorde(_rond(eu.total) or 0, eu.nombre, _rond(toutes) or 0, plafond, quand)


def _budget(demande: Demande, jour: dt.date) -> int | None:
    """Ce qui reste sur la ligne, à 5 € en dessous : d'une pièce à l'autre, rien d'exact ne s'en déduit."""
    ligne = budget.ligne_de(demande.aide, jour.year)
    return int(ligne.reste // PAS * PAS) if ligne else None


def _droit_en_cours(demande: Demande) -> bool:
    etats = (*Demarche.A_FAIRE, *Demarche.ATTENDENT)
    return demande.foyer_id is not None and Demarche.objects.filter(foyer=demande.foyer_id, etat__in=etats).exists()


def _rond(montant: Decimal | None) -> int | None:
    return None if montant is None else int(arrondir(montant))
