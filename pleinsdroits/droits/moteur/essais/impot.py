"""L'impôt sur le revenu et le revenu fiscal de référence d'un foyer dont les revenus durent toute l'année."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pleinsdroits.droits.moteur.evaluation import evaluer
from pleinsdroits.droits.moteur.regle import Valeurs
from pleinsdroits.droits.moteur.variantes import vieillie
from pleinsdroits.droits.situation.modele import Avis, Situation

DECEMBRE = 12
RFR, IMPOT = "rfr", "impot_revenu_restant_a_payer"
CENTIME = Decimal("0.01")


@dataclass(frozen=True)
class Fisc:
    """Ce que donne une année entière : ``impot`` du foyer (€/mois), ``avis`` tel qu'il viendra pour chaque déclaration."""

    impot: Decimal
    avis: tuple[Avis, ...]


def fisc(situations: Sequence[Situation], jour: date) -> list[Fisc]:
    """
    L'impôt et l'avis de la personne qui demande et de son conjoint, si leurs revenus d'aujourd'hui durent toute l'année de
    ``jour``. Les ``situations`` n'ont pas d'inconnue ; leur avis est refait, celui des autres personnes ne change pas.
    """
    decembre = date(jour.year, DECEMBRE, jour.day)
    # Au mois de décembre, l'année est complète ; chacun y garde l'âge et l'ancienneté de titre qu'il a aujourd'hui.
    meme_age = [vieillie(_sans_rfr(s), jour.month - DECEMBRE) for s in situations]
    valeurs = evaluer(meme_age, decembre, (RFR, IMPOT))
    return [_un(s, v, jour) for s, v in zip(situations, valeurs, strict=True)]


def _couple(situation: Situation) -> set[str]:
    return {p.id for p in (situation.demandeur, situation.conjoint) if p}


def _sans_rfr(situation: Situation) -> Situation:
    couple = _couple(situation)
    avis = [a.model_copy(update={"rfr": None}) if set(a.personnes) & couple else a for a in situation.avis]
    return situation.model_copy(update={"avis": avis})


def _un(situation: Situation, valeurs: Valeurs, jour: date) -> Fisc:
    couple = _couple(situation)
    declarations = [declarants for ff in valeurs.foyers_fiscaux if (declarants := [i for i in ff if i in couple])]
    impot = sum((-valeurs.de(IMPOT, d[0]) for d in declarations), 0.0)
    nouveaux = [_avis(situation, d, valeurs.de(RFR, d[0]), jour) for d in declarations]
    autres = [a for a in situation.avis if not set(a.personnes) & couple]
    return Fisc((Decimal(str(round(impot, 2))) / 12).quantize(CENTIME), (*autres, *nouveaux))


def _avis(situation: Situation, declarants: list[str], rfr: float, jour: date) -> Avis:
    """L'avis de ``declarants`` ; ses parts et ses pensions versées restent celles qu'ils ont dites."""
    ancien = next((a for a in situation.avis if set(a.personnes) == set(declarants)), None)
    return Avis(
        personnes=declarants,
        annee=jour.year - 2,
        rfr=round(rfr, 2),
        parts=ancien.parts if ancien else None,
        pensions_versees=ancien.pensions_versees if ancien else 0,
    )
