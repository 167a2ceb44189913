"""Vivre avec un handicap : AAH, majoration, AEEH, PCH, allocation supplémentaire d'invalidité."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from pleinsdroits.droits.moteur.regle import Contexte, regle
from pleinsdroits.droits.moteur.regles.chiffres import enfants_de, familles, ferme, ouvert, refus_de_sejour, sans_sejour
from pleinsdroits.droits.moteur.regles.reponses import adultes, foyer, non, probable
from pleinsdroits.droits.moteur.resultats import Periodicite, Resultat
from pleinsdroits.droits.situation.listes import TypeRevenu
from pleinsdroits.droits.situation.modele import Personne, age
from pleinsdroits.droits.textes import Phrase, phrase
from pleinsdroits.droits.textes import marque as _

TAUX_PLEIN, TAUX_MINIMAL, AGE_AAH, AGE_PCH, AGE_AEEH = 0.8, 0.5, 20, 60, 20
# Les plafonds sont relevés chaque 1er avril (CSS L815-24-1) ; ceux d'avril 2026 nous manquent.
PLAFOND_ASI_INCONNU = date(2026, 4, 1)
SANS_HANDICAP = phrase(_("Vous n’avez pas indiqué de handicap."))
LA_MDPH = phrase(_("La MDPH fixe le taux d’incapacité : sa décision ouvre le droit."))


@regle("aah", sorties=("aah",))
def aah(c: Contexte) -> Iterator[Resultat]:
    """L'allocation aux adultes handicapés, sans les revenus du conjoint (CSS L821-1)."""
    for p in adultes(c):
        if not p.handicap:
            yield ferme(c, "aah", (p.id,), SANS_HANDICAP)
        elif sans_sejour([p]):
            yield refus_de_sejour(c, "aah", (p.id,))
        elif (montant := c.valeurs.de("aah", p.id)) > 0:
            motif = phrase(_("Votre taux d’incapacité et vos revenus ouvrent cette allocation."))
            yield ouvert(c, "aah", (p.id,), montant, Periodicite.MOIS, motif, a_verifier=(LA_MDPH,))
        else:
            yield ferme(c, "aah", (p.id,), _refus_aah(c, p))


def _refus_aah(c: Contexte, p: Personne) -> Phrase:
    assert p.handicap is not None
    taux = p.handicap.taux or 0
    if age(p, c.jour) < AGE_AAH:
        return phrase(_("Elle commence à 20 ans ; avant, c’est l’allocation pour enfant handicapé."))
    if taux < TAUX_MINIMAL:
        return phrase(_("Il faut un taux d’incapacité d’au moins 50 % ; vous indiquez {t} %."), t=round(taux * 100))
    if taux < TAUX_PLEIN and not p.handicap.restriction_emploi:
        return phrase(
            _("Entre 50 et 79 %, il faut aussi une difficulté durable à trouver du travail, reconnue par la MDPH.")
        )
    return phrase(_("Vos revenus dépassent ce qui ouvre l’allocation."))


@regle("mva", sorties=("caah",), apres=("aah", "aide_logement"))
def mva(c: Contexte) -> Iterator[Resultat]:
    """La majoration pour la vie autonome, avec l'AAH entière et une aide au logement (CSS L821-1-2)."""
    for p in adultes(c):
        montant = c.valeurs.de("caah", p.id)
        if montant > 0 and (c.ouvert("aah", p.id) or c.recu("aah")):
            motif = phrase(_("Vous avez l’AAH entière, une aide au logement et pas de salaire."))
            yield ouvert(c, "mva", (p.id,), montant, Periodicite.MOIS, motif)
        else:
            motif = phrase(
                _("Elle demande l’AAH entière, un taux d’au moins 80 %, une aide au logement et aucun salaire.")
            )
            yield ferme(c, "mva", (p.id,), motif)


@regle("aeeh", sorties=("aeeh",))
def aeeh(c: Contexte) -> Iterator[Resultat]:
    """L'allocation d'éducation de l'enfant handicapé (CSS L541-1)."""
    for membres, parents in familles(c):
        concernes = [e for e in enfants_de(c, membres) if e.handicap and age(e, c.jour) < AGE_AEEH]
        if not concernes:
            yield ferme(c, "aeeh", membres, phrase(_("Vous n’avez pas indiqué d’enfant handicapé de moins de 20 ans.")))
        elif sans_sejour(parents):
            yield refus_de_sejour(c, "aeeh", membres)
        elif (montant := c.valeurs.de("aeeh", membres[0])) > 0:
            motif = phrase(_("Votre enfant a un taux d’incapacité d’au moins 50 %."))
            verifier = (LA_MDPH, phrase(_("Entre 50 et 79 %, il faut aussi des soins ou une scolarité adaptée.")))
            moyen = any((e.handicap.taux or 0) < TAUX_PLEIN for e in concernes if e.handicap)
            yield ouvert(c, "aeeh", membres, montant, Periodicite.MOIS, motif, a_verifier=verifier, probable=moyen)
        else:
            yield ferme(c, "aeeh", membres, phrase(_("Il faut un taux d’incapacité d’au moins 50 %.")))


@regle("pch")
def pch(c: Contexte) -> Iterator[Resultat]:
    """La prestation de compensation : orientation (CASF L245-1)."""
    concernes = [p for p in c.situation.personnes if p.handicap]
    if not concernes:
        yield non("pch", foyer(c), SANS_HANDICAP)
    for p in concernes:
        if age(p, c.jour) >= AGE_PCH and not p.handicap.besoin_aide_humaine:  # type: ignore[union-attr]
            yield non("pch", (p.id,), phrase(_("Elle se demande avant 60 ans, sauf si le besoin existait déjà.")))
        elif p.handicap.besoin_aide_humaine:  # type: ignore[union-attr]
            motif = phrase(
                _("Vous avez besoin d’une personne, d’un équipement ou de travaux pour les gestes de la vie.")
            )
            yield probable(
                c, "pch", (p.id,), [motif], [phrase(_("La MDPH évalue les gestes difficiles ou impossibles."))]
            )
        else:
            motif = phrase(_("Un handicap est indiqué."))
            yield probable(
                c,
                "pch",
                (p.id,),
                [motif],
                [phrase(_("Au moins un geste impossible, ou deux gestes très difficiles : la MDPH l’évalue."))],
            )


@regle("asi", sorties=("asi",))
def asi(c: Contexte) -> Iterator[Resultat]:
    """L'allocation supplémentaire d'invalidité, avant l'âge de l'ASPA (CSS L815-24)."""
    for p in adultes(c):
        pensionne = p.invalidite or any(r.type is TypeRevenu.INVALIDITE and r.montant for r in p.revenus or [])
        if not pensionne:
            yield ferme(c, "asi", (p.id,), phrase(_("Elle complète une pension d’invalidité.")))
        elif sans_sejour([p]):
            yield refus_de_sejour(c, "asi", (p.id,))
        else:
            yield _asi_de(c, p)


def _asi_de(c: Contexte, p: Personne) -> Resultat:
    montant, ancien = c.valeurs.de("asi", p.id), c.jour >= PLAFOND_ASI_INCONNU
    if montant > 0:
        motif = phrase(_("Vous recevez une pension d’invalidité et vos ressources sont sous le plafond."))
        verifier = (
            phrase(_("Le montant de 2026 n’est pas encore dans nos règles : celui-ci est celui d’avril 2025.")),
        )
        reste: dict[str, Any] = {"a_verifier": verifier, "probable": True} if ancien else {}
        return ouvert(c, "asi", (p.id,), montant, Periodicite.MOIS, motif, **reste)
    motifs = [phrase(_("Vos ressources dépassent le plafond, ou vous avez l’âge de l’ASPA."))]
    if ancien:
        texte = _("Le plafond compté est celui d’avril 2025. S’il vous manque peu, demandez à l’Assurance maladie.")
        motifs.append(phrase(texte))
    return ferme(c, "asi", (p.id,), *motifs)
