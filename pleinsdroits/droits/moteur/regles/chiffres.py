"""Les gestes communs des droits chiffrés par OpenFisca : montants, familles, titre de séjour."""

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from pleinsdroits.droits.moteur.regle import Contexte
from pleinsdroits.droits.moteur.regles.reponses import non
from pleinsdroits.droits.moteur.resultats import Etat, Periodicite, Resultat
from pleinsdroits.droits.situation.listes import Lien, Titre
from pleinsdroits.droits.situation.modele import Personne, age
from pleinsdroits.droits.textes import Phrase, euros, phrase
from pleinsdroits.droits.textes import marque as _

SANS_SEJOUR = (Titre.SANS_TITRE, Titre.DEMANDEUR_ASILE)
Famille = tuple[str, ...]


def ouvert(
    c: Contexte,
    droit: str,
    pour: Iterable[str],
    montant: float | None,
    periodicite: Periodicite | None,
    *motifs: Phrase,
    **reste: Any,
) -> Resultat:
    """Un droit ouvert, au centime ; ``probable=True`` s'il reste un point à vérifier. Lit « déjà reçu »."""
    etat = Etat.PROBABLE if reste.pop("probable", False) else Etat.OUVERT
    pour = tuple(pour)
    return Resultat(
        droit,
        pour,
        etat,
        montant=None if montant is None else au_centime(montant),
        periodicite=None if montant is None else periodicite,
        deja_recu=recu_par(c, droit, pour),
        motifs=motifs,
        **reste,
    )


def ferme(c: Contexte, droit: str, pour: Iterable[str], *motifs: Phrase, **reste: Any) -> Resultat:
    """Un droit fermé ; s'il est pourtant reçu, on le dit reçu : la CAF en sait plus que nous."""
    pour = tuple(pour)
    return non(droit, pour, *motifs, deja_recu=recu_par(c, droit, pour), **reste)


def au_centime(montant: float) -> Decimal:
    """Le montant arrondi au centime (un flottant simple précision d'OpenFisca porte des décimales sans valeur)."""
    return Decimal(str(round(montant, 4))).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def recu_par(c: Contexte, droit: str, pour: Iterable[str]) -> Decimal | None:
    """Ce que ``pour`` dit recevoir par mois ; une prestation sans « pour » est celle de la personne qui demande."""
    personnes, demandeur = set(pour), c.situation.demandeur.id
    recus = [
        p.montant or 0
        for p in c.situation.prestations
        if p.droit == droit and (personnes & set(p.pour) if p.pour else demandeur in personnes or not personnes)
    ]
    return sum((Decimal(str(m)) for m in recus), Decimal(0)) if recus else None


def familles(c: Contexte) -> Iterator[tuple[Famille, list[Personne]]]:
    """Chaque famille du logement : les identifiants de ses membres, et ses parents (ou l'adulte seul)."""
    for membres in c.valeurs.familles:
        personnes = [c.situation.personne(m) for m in membres]
        principale = c.situation.demandeur.id in membres
        yield membres, [p for p in personnes if not principale or p.lien in (Lien.DEMANDEUR, Lien.CONJOINT)]


def enfants_de(c: Contexte, membres: Famille) -> list[Personne]:
    """Les enfants comptés dans cette famille."""
    if c.situation.demandeur.id not in membres:
        return []
    return [p for p in (c.situation.personne(m) for m in membres) if p.lien is Lien.ENFANT]


def sans_sejour(parents: Iterable[Personne]) -> bool:
    """Vrai si aucun des adultes n'a de titre de séjour (ni la nationalité d'un pays qui en dispense)."""
    return all(p.sejour is not None and p.sejour.titre in SANS_SEJOUR for p in parents)


def refus_de_sejour(c: Contexte, droit: str, membres: Famille) -> Resultat:
    """La réponse d'une aide qui demande un titre de séjour à qui n'en a pas."""
    return ferme(c, droit, membres, phrase(_("Cette aide demande un titre de séjour en cours de validité.")))


def trop_de_ressources(ressources: float, plafond: float, *, periode: str = "") -> Phrase:
    """« Vos ressources (1 240 €) dépassent le plafond (1 187 €). » ``periode`` : « par an », « par mois »."""
    return phrase(
        _("Vos ressources ({ressources}{periode}) dépassent le montant à ne pas dépasser ({plafond})."),
        ressources=euros(ressources, centimes=False),
        plafond=euros(plafond, centimes=False),
        periode=f" {periode}" if periode else "",
    )


def ages(personnes: Iterable[Personne], c: Contexte) -> list[int]:
    """Les âges révolus au jour du calcul."""
    return [age(p, c.jour) for p in personnes]
