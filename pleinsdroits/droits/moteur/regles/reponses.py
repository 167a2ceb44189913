"""Les gestes communs des règles déclaratives : répondre oui, non, « il manque », et lire la situation."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from pleinsdroits.droits.communes import communes
from pleinsdroits.droits.moteur.parametres import ParametreInconnu, Valeur
from pleinsdroits.droits.moteur.regle import Contexte
from pleinsdroits.droits.moteur.resultats import Etat, Manque, Resultat
from pleinsdroits.droits.situation.listes import Nationalite, Titre
from pleinsdroits.droits.situation.modele import Personne, age
from pleinsdroits.droits.textes import Phrase, phrase
from pleinsdroits.droits.textes import marque as _

MAJORITE = 18
ILE_DE_FRANCE = ("75", "77", "78", "91", "92", "93", "94", "95")
VAL_DE_MARNE = "94"
A_PORTEE = (Etat.OUVERT, Etat.PROBABLE)


def probable(
    c: Contexte,
    droit: str,
    pour: Iterable[str],
    motifs: Iterable[Phrase],
    a_verifier: Iterable[Phrase] = (),
    **reste: Any,
) -> Resultat:
    """Un droit que rien n'écarte, mais qu'une personne doit vérifier ; ``deja_recu`` vient de la situation."""
    pour = tuple(pour)
    reste.setdefault("deja_recu", deja_recu(c, droit, pour))
    return Resultat(droit, pour, Etat.PROBABLE, motifs=tuple(motifs), a_verifier=tuple(a_verifier), **reste)


def deja_la(droit: str, pour: Iterable[str], motif: Phrase) -> Resultat:
    """Un droit sans montant que la personne dit avoir déjà."""
    return Resultat(droit, tuple(pour), Etat.OUVERT, deja_recu=Decimal(0), motifs=(motif,))


def non(droit: str, pour: Iterable[str], *motifs: Phrase, **reste: Any) -> Resultat:
    """Un droit fermé, et la condition qui le ferme."""
    return Resultat(droit, tuple(pour), Etat.NON, motifs=motifs, **reste)


def manque(droit: str, pour: Iterable[str], champ: str, question: Phrase) -> Resultat:
    """Un droit qui dépend d'une réponse que l'on n'a pas."""
    return Resultat(droit, tuple(pour), Etat.A_COMPLETER, motifs=(question,), manque=(Manque(champ, question),))


def deja_recu(c: Contexte, droit: str, pour: Iterable[str]) -> Decimal | None:
    """
    Ce que ``pour`` dit recevoir par mois pour ``droit`` (0 : sans montant connu), ou ``None``. Une prestation
    sans « pour » est celle de la personne qui demande.
    """
    personnes, demandeur = set(pour), {c.situation.demandeur.id}
    recus = [p for p in c.situation.prestations if p.droit == droit and personnes & (set(p.pour) or demandeur)]
    return sum((Decimal(str(p.montant or 0)) for p in recus), Decimal(0)) if recus else None


def foyer(c: Contexte) -> tuple[str, ...]:
    """Toutes les personnes du logement."""
    return tuple(p.id for p in c.situation.personnes)


def adultes(c: Contexte) -> list[Personne]:
    """Les personnes de 18 ans ou plus ; la personne qui demande en est toujours."""
    return [p for p in c.situation.personnes if age(p, c.jour) >= MAJORITE or p is c.situation.demandeur]


def departement(c: Contexte) -> str:
    """Le numéro du département du logement (« 94 »)."""
    return communes()[c.situation.logement.commune].departement


def en_vigueur(c: Contexte, nom: str) -> Valeur | None:
    """Le paramètre ``nom`` au jour du calcul, ou ``None`` si nous n'avons pas de valeur pour cette date."""
    try:
        return c.parametre(nom)
    except ParametreInconnu:
        return None


def touche(c: Contexte, droit: str) -> bool:
    """Vrai si le foyer reçoit ``droit``, ou si le calcul vient de le dire ouvert ou probable."""
    return c.recu(droit) or any(r.etat in A_PORTEE for r in c.deja.get(droit, ()))


def sans_titre(personne: Personne) -> bool | None:
    """Vrai si la personne n'a pas de droit au séjour, faux si elle en a un, ``None`` si on ne sait pas."""
    if personne.nationalite in (Nationalite.FRANCAISE, Nationalite.UE):
        return False
    if personne.sejour is None or personne.sejour.titre is None:
        return None
    return personne.sejour.titre is Titre.SANS_TITRE


def manque_le_sejour(droit: str, personne: Personne) -> Resultat:
    """La question à poser quand la nationalité ou le titre de séjour n'est pas connu."""
    champ = "nationalite" if personne.nationalite is None else "sejour"
    question = phrase(_("Avez-vous la nationalité française, ou un titre de séjour ?"))
    return manque(droit, (personne.id,), f"personnes.{personne.id}.{champ}", question)


def mois_ecoules(depuis: date, jour: date) -> int:
    """Les mois entiers entre deux dates (négatif si ``depuis`` est à venir)."""
    return (jour.year - depuis.year) * 12 + jour.month - depuis.month - (jour.day < depuis.day)
