"""Après le barème d'une aide, en français : ses limites, qui décide, sa forme, ses papiers."""

from collections.abc import Iterator

from pleinsdroits.droits.reglement.libelles import dire_les_fois
from pleinsdroits.droits.reglement.modele import Aide, Decideur
from pleinsdroits.droits.reglement.mots import DECIDEURS, FORMES, PAR_PERIODE
from pleinsdroits.droits.reglement.points import Point, point
from pleinsdroits.droits.textes import Phrase, euros, jour_long, phrase
from pleinsdroits.droits.textes import marque as _


def dire_les_suites(aide: Aide) -> Iterator[Point]:
    """Les limites, qui décide, la forme de l'aide, les papiers."""
    limites, decide = _("Limites"), _("Qui décide")
    if aide.plafond:
        par = (
            _("{montant} {periode} et par personne au plus.")
            if aide.plafond.par == "personne"
            else _("{montant} {periode} et par foyer au plus.")
        )
        periode = phrase(PAR_PERIODE[aide.plafond.periode])
        yield point(limites, phrase(par, montant=euros(aide.plafond.montant), periode=periode), aide.plafond)
    if aide.frequence:
        yield point(limites, phrase(_("Au plus {fois}."), fois=dire_les_fois(aide.frequence)), aide.frequence)
    if aide.derogation:
        yield point(limites, _derogation(aide), aide.derogation)
    if aide.fermee_le:
        texte = phrase(_("Cette aide s’arrête après le {jour}."), jour=jour_long(aide.fermee_le))
        yield Point(limites, texte, tuple(aide.articles))
    for decideur in aide.decide:
        yield point(decide, _decideur(decideur), decideur)
    formes = ", ".join(FORMES[f] for f in aide.paiement.formes)
    yield point(_("Forme de l’aide"), phrase("{formes}.", formes=_majuscule(formes)), aide.paiement)
    yield from _pieces(aide)


def _pieces(aide: Aide) -> Iterator[Point]:
    """Ce qu'il faut pour étudier, puis ce qui peut suivre."""
    rubrique = _("Papiers à donner")
    if noms := [p.nom for p in aide.pieces if p.indispensable]:
        yield Point(rubrique, phrase("{pieces}.", pieces=_majuscule(", ".join(noms))))
    if noms := [p.nom for p in aide.pieces if not p.indispensable]:
        yield Point(rubrique, phrase(_("Peuvent suivre, sans arrêter l’étude : {pieces}."), pieces=", ".join(noms)))


def _majuscule(texte: str) -> str:
    return texte[:1].upper() + texte[1:]


def _derogation(aide: Aide) -> Phrase:
    regle = aide.derogation
    if regle is None or regle.jusqu_a is None:
        return phrase(_("Exception possible : {quand}."), quand=regle.quand if regle else "")
    return phrase(
        _("Exception possible, jusqu’à {plafond} : {quand}."), plafond=euros(regle.jusqu_a), quand=regle.quand
    )


def _decideur(decideur: Decideur) -> Phrase:
    qui = phrase(DECIDEURS[decideur.qui])
    if decideur.jusqu_a is None:
        return phrase(_("Décide : {qui}."), qui=qui)
    return phrase(_("Décide : {qui}, jusqu’à {montant}."), qui=qui, montant=euros(decideur.jusqu_a))
