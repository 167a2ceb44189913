"""La page du budget : une barre par ligne, ses sommes, la prévision et comment elle est faite."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from pleinsdroits.aides.catalogue import noms_des_aides
from pleinsdroits.aides.models import LigneBudgetaire
from pleinsdroits.aides.previsions import LignePrevue, lignes_prevues
from pleinsdroits.aides.regles.prevision import Methode, Prevision
from pleinsdroits.socle.templatetags.socle import euros, jour

LARGEUR = 600


@dataclass(frozen=True)
class Barre:
    """Les largeurs d'un dessin de 600 unités, en textes ; ``prevu`` : où tombe la prévision (vide sans prévision)."""

    paye: str
    engage: str
    vote: str
    prevu: str


@dataclass(frozen=True)
class LigneMontree:
    """Une ligne du budget ; ``methode`` : comment la prévision est faite ; ``alerte`` : ce qui manquerait (vide sinon)."""

    ligne: LigneBudgetaire
    prevision: Prevision
    barre: Barre
    phrase: str
    methode: str
    alerte: str
    aides: str


@dataclass(frozen=True)
class Budget:
    """Les lignes d'un ``exercice`` et leurs totaux ; ``annees`` : celles où une ligne existe."""

    exercice: int
    annees: list[int]
    lignes: list[LigneMontree]
    vote: Decimal
    engage: Decimal
    paye: Decimal
    reste: Decimal


def budget_de(exercice: int, aujourd_hui: dt.date) -> Budget:
    """La page de l'``exercice``, prévue ``aujourd_hui`` (nombre de requêtes constant)."""
    prevues, noms = lignes_prevues(exercice, aujourd_hui), noms_des_aides(aujourd_hui)
    connues = LigneBudgetaire.objects.order_by("-exercice").values_list("exercice", flat=True).distinct()
    lignes = [p.ligne for p in prevues]
    return Budget(
        exercice=exercice,
        annees=sorted({*connues, aujourd_hui.year}, reverse=True),
        lignes=[_montrer(p, noms) for p in prevues],
        vote=sum((li.vote for li in lignes), Decimal(0)),
        engage=sum((li.engage for li in lignes), Decimal(0)),
        paye=sum((li.paye for li in lignes), Decimal(0)),
        reste=sum((li.reste for li in lignes), Decimal(0)),
    )


def _montrer(prevue: LignePrevue, noms: dict[str, str]) -> LigneMontree:
    ligne, prevision = prevue.ligne, prevue.prevision
    mots = {"paye": euros(ligne.paye), "engage": euros(ligne.engage), "vote": euros(ligne.vote)}
    return LigneMontree(
        ligne=ligne,
        prevision=prevision,
        barre=_barre(ligne, prevision),
        phrase=_("%(engage)s engagés, dont %(paye)s payés, sur %(vote)s votés.") % mots,
        methode=_methode(prevision),
        alerte=_alerte(prevision),
        aides=", ".join(noms.get(aide, aide) for aide in ligne.aides),
    )


def _barre(ligne: LigneBudgetaire, prevision: Prevision) -> Barre:
    fin = prevision.fin_d_annee
    plein = max(ligne.vote, fin or Decimal(0), Decimal(1))

    def place(valeur: Decimal) -> str:
        return f"{valeur / plein * LARGEUR:.1f}"

    prevu = place(fin) if fin is not None else ""
    return Barre(place(ligne.paye), place(ligne.engage), place(ligne.vote), prevu)


def _methode(p: Prevision) -> str:
    if p.methode is Methode.SAISON and p.part is not None:
        dit = _(
            "Méthode : l’an dernier, à la même date, %(part)s € sur 100 étaient déjà engagés. On suppose la même part "
            "cette année."
        )
        return dit % {"part": int(p.part * 100)}
    if p.methode is Methode.RYTHME and p.par_jour is not None:
        dit = _("Méthode : le rythme des %(jours)s derniers jours, %(par_jour)s par jour, gardé jusqu’au 31 décembre.")
        return dit % {"jours": p.jours, "par_jour": euros(p.par_jour)}
    if p.fin_d_annee is not None:
        return _("L’année est finie : c’est ce qui a été engagé.")
    return _("Trop peu de recul pour prévoir : il faut au moins trente jours de décisions.")


def _alerte(p: Prevision) -> str:
    """Ce qui arrive si rien ne change, et quand ; jamais sans prévision."""
    if p.epuisee_le is None:
        return ""
    if p.depasse:
        dit = _(
            "à ce train, la ligne est épuisée vers le %(jour)s et il manquerait %(manque)s. Une décision modificative du "
            "conseil peut l’augmenter."
        )
        return dit % {"jour": jour(p.epuisee_le), "manque": euros(p.depasse)}
    return _("il ne reste rien à engager sur cette ligne.")
