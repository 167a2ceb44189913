"""Les conditions d'une aide, une par une : remplie, non remplie (et pourquoi), inconnue, ou muette."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pleinsdroits.droits.communes import communes
from pleinsdroits.droits.reglement.cas import Demande
from pleinsdroits.droits.reglement.evaluation import Manquant
from pleinsdroits.droits.reglement.modele import Age, AVerifier, Condition, Enfant, Occupation, Percoit, Residence
from pleinsdroits.droits.situation.listes import StatutLogement
from pleinsdroits.droits.situation.modele import Situation, age
from pleinsdroits.droits.textes import Phrase, phrase
from pleinsdroits.droits.textes import marque as _

AGE_SANS_LIMITE = 120


class Reponse(StrEnum):
    REMPLIE = "remplie"
    NON = "non"
    INCONNUE = "inconnue"
    MUETTE = "muette"
    A_VERIFIER = "a_verifier"


@dataclass(frozen=True)
class Verdict:
    """La réponse à une condition, la phrase qui la dit, ce qui manque, et les articles."""

    reponse: Reponse
    phrase: Phrase | None = None
    manque: Manquant | None = None
    articles: tuple[str, ...] = ()


def juger(condition: Condition, situation: Situation, demande: Demande, jour: date) -> Verdict:
    """Le verdict d'une ``condition`` pour ce foyer et cette demande, à la date ``jour``."""
    verdict = JUGES[condition.type](condition, situation, demande, jour)
    return Verdict(verdict.reponse, verdict.phrase, verdict.manque, condition.articles)


REMPLIE = Verdict(Reponse.REMPLIE)


def _residence(condition: Residence, situation: Situation, demande: Demande, jour: date) -> Verdict:
    logement, ville = situation.logement, communes()[condition.commune].nom
    if logement.commune != condition.commune:
        return Verdict(
            Reponse.NON, phrase(_("Cette aide est réservée aux personnes qui habitent {ville}."), ville=ville)
        )
    if logement.statut is StatutLogement.SANS_DOMICILE:
        return _domiciliation(condition, situation, ville)
    return _anciennete(condition, demande, jour, ville) if condition.depuis_mois else REMPLIE


def _domiciliation(condition: Residence, situation: Situation, ville: str) -> Verdict:
    if condition.domiciliation is None:
        texte = _("Le règlement ne dit pas si une personne sans domicile à {ville} peut avoir cette aide.")
        return Verdict(Reponse.MUETTE, phrase(texte, ville=ville))
    if situation.logement.domiciliation is None:
        question = phrase(_("Avez-vous une adresse de domiciliation à {ville} ?"), ville=ville)
        return Verdict(Reponse.INCONNUE, manque=Manquant("situation.logement.domiciliation", question))
    if condition.domiciliation and situation.logement.domiciliation:
        return REMPLIE
    return Verdict(
        Reponse.NON, phrase(_("Il faut d’abord une adresse à {ville} : demandez une domiciliation."), ville=ville)
    )


def _anciennete(condition: Residence, demande: Demande, jour: date, ville: str) -> Verdict:
    if demande.habite_depuis is None:
        question = phrase(_("Depuis quand habitez-vous {ville} ?"), ville=ville)
        return Verdict(Reponse.INCONNUE, manque=Manquant("demande.habite_depuis", question))
    mois = _mois_entiers(demande.habite_depuis, jour)
    if mois >= condition.depuis_mois:
        return REMPLIE
    texte = _("Vous habitez {ville} depuis {mois} mois : il en faut {voulu}.")
    return Verdict(Reponse.NON, phrase(texte, ville=ville, mois=max(mois, 0), voulu=condition.depuis_mois))


def _mois_entiers(depuis: date, jour: date) -> int:
    return (jour.year - depuis.year) * 12 + jour.month - depuis.month - (jour.day < depuis.day)


def _age(condition: Age, situation: Situation, demande: Demande, jour: date) -> Verdict:
    personnes = [situation.demandeur] if condition.qui == "demandeur" else situation.personnes
    ages = [age(p, jour) for p in personnes]
    if any(condition.au_moins <= a <= condition.au_plus for a in ages):
        return REMPLIE
    if condition.qui == "demandeur":
        texte = _("Il faut avoir {bornes} : vous avez {age} ans.")
        return Verdict(Reponse.NON, phrase(texte, bornes=_bornes_d_age(condition), age=ages[0]))
    texte = _("Il faut dans le foyer une personne qui a {bornes}.")
    return Verdict(Reponse.NON, phrase(texte, bornes=_bornes_d_age(condition)))


def _bornes_d_age(condition: Age) -> Phrase:
    if condition.au_plus >= AGE_SANS_LIMITE:
        return phrase(_("au moins {mini} ans"), mini=condition.au_moins)
    if not condition.au_moins:
        return phrase(_("au plus {maxi} ans"), maxi=condition.au_plus)
    return phrase(_("de {mini} à {maxi} ans"), mini=condition.au_moins, maxi=condition.au_plus)


def _enfant(condition: Enfant, situation: Situation, demande: Demande, jour: date) -> Verdict:
    if any(e.scolarite in condition.scolarite for e in situation.enfants):
        return REMPLIE
    ecoles = " ou ".join(ECOLES[s.value] for s in condition.scolarite)
    return Verdict(Reponse.NON, phrase(_("Il faut un enfant {ecoles} dans le foyer."), ecoles=ecoles))


ECOLES = {
    "aucune": _("qui n’est pas à l’école"),
    "maternelle": _("à l’école maternelle"),
    "primaire": _("à l’école élémentaire"),
    "college": _("au collège"),
    "lycee": _("au lycée"),
    "superieur": _("en études supérieures"),
}


def _occupation(condition: Occupation, situation: Situation, demande: Demande, jour: date) -> Verdict:
    statut = situation.logement.statut
    if statut is None:
        question = phrase(_("Êtes-vous locataire, propriétaire, hébergé, sans domicile ?"))
        return Verdict(Reponse.INCONNUE, manque=Manquant("situation.logement.statut", question))
    if statut in condition.parmi:
        return REMPLIE
    return Verdict(Reponse.NON, phrase(_("Cette aide ne vise pas votre sorte de logement.")))


def _percoit(condition: Percoit, situation: Situation, demande: Demande, jour: date) -> Verdict:
    recus = sorted({p.droit for p in situation.prestations} & set(condition.droits))
    if bool(recus) == (condition.sens == "un"):
        return REMPLIE
    if recus:
        return Verdict(Reponse.NON, phrase(_("Vous recevez déjà : {droits}."), droits=", ".join(recus)))
    return Verdict(Reponse.NON, phrase(_("Il faut recevoir : {droits}."), droits=", ".join(condition.droits)))


def _a_verifier(condition: AVerifier, situation: Situation, demande: Demande, jour: date) -> Verdict:
    return Verdict(Reponse.A_VERIFIER, phrase("{texte}", texte=condition.texte))


JUGES: dict[str, Callable[..., Verdict]] = {
    "residence": _residence,
    "age": _age,
    "enfant": _enfant,
    "logement": _occupation,
    "percoit": _percoit,
    "a_verifier": _a_verifier,
}
