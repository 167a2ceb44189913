"""Le barème entier d'une aide, tranche à tranche, et où tombe un foyer : il voit la sienne, et celles d'à côté."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pleinsdroits.droits.reglement.bareme import Tranche
from pleinsdroits.droits.reglement.dire import dire_l_effet, dire_le_public
from pleinsdroits.droits.reglement.issue import dire_bornes, vise
from pleinsdroits.droits.reglement.libelles import citer, citer_les_articles
from pleinsdroits.droits.reglement.modele import Aide
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.droits.textes import Phrase


@dataclass(frozen=True)
class Lecture:
    """Une lecture du texte : la ``valeur`` comparée au barème (absente : on ne conclut pas), et les ``ressources`` du mois."""

    valeur: Decimal | None
    ressources: Decimal


@dataclass(frozen=True)
class TrancheSituee:
    """
    Une tranche (ou un seuil) du texte : qui elle vise (vide : tout le monde), ses bornes, ce qu'elle donne, ce qui le dit.
    ``lectures`` : les rangs des lectures qui y tombent, à partir de zéro ; vide, ce n'est pas celle du foyer.
    """

    libelle: str
    public: str
    bornes: Phrase
    effet: Phrase
    source: Phrase
    lectures: tuple[int, ...] = ()


def situer(aide: Aide, lectures: Sequence[Lecture], situation: Situation, jour: date) -> tuple[TrancheSituee, ...]:
    """
    Toutes les tranches de l'``aide``, dans l'ordre du texte, avec celle ou celles du foyer le ``jour``. Deux ``lectures``
    quand le texte ne dit pas s'il faut compter une ligne ; aucune tant qu'il manque une réponse.
    """
    return tuple(
        TrancheSituee(
            libelle=tranche.libelle,
            public=dire_le_public(bareme.pour),
            bornes=dire_bornes(tranche),
            effet=dire_l_effet(tranche),
            source=_source(tranche),
            lectures=tuple(
                rang
                for rang, lue in enumerate(lectures)
                if lue.valeur is not None
                and tranche.contient(lue.valeur)
                and vise(bareme.pour, lue.ressources, situation, jour)
            ),
        )
        for bareme in aide.baremes
        for tranche in bareme.tranches
    )


def _source(tranche: Tranche) -> Phrase:
    """L'article de la tranche et celui de son montant."""
    articles = (*tranche.articles, *(tranche.montant.articles if tranche.montant else ()))
    return citer_les_articles(articles) if articles else citer(tranche)
