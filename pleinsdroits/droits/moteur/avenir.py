"""Quand un droit fermé s'ouvrirait : par l'âge ou l'ancienneté du titre de séjour seuls, avec les règles d'aujourd'hui."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from pleinsdroits.droits.moteur.resultats import Etat, Resultat
from pleinsdroits.droits.situation.listes import Lien
from pleinsdroits.droits.situation.modele import Situation, age
from pleinsdroits.droits.situation.mois import Mois
from pleinsdroits.droits.textes import marque as _
from pleinsdroits.droits.textes import phrase

AGE_D_UN_FOYER = 20  # avant, on compte avec ses parents (CSS R512-2)
Avenir = Sequence[tuple[int, Mapping[str, tuple[Resultat, ...]]]]


def avec_ouverture(resultat: Resultat, avenir: Avenir, situation: Situation, jour: date) -> list[Resultat]:
    """
    Le résultat et le premier des douze mois où il s'ouvrirait. Un grand enfant ou un parent hébergé qui aurait un
    droit à lui seul (le RSA à 25 ans) est une réponse de plus, à son nom : le foyer, lui, ne l'ouvre pas.
    """
    if resultat.etat is not Etat.NON or resultat.ouvre_le or resultat.deja_recu is not None:
        return [resultat]
    a_part: dict[tuple[str, ...], Resultat] = {}
    for nombre, reponses in avenir:
        for futur in _ouverts(reponses, resultat):
            quand = Mois(jour) + nombre
            if not _vole_de_ses_ailes(futur, resultat, situation, quand):
                return [replace(resultat, ouvre_le=quand), *a_part.values()]
            if futur.pour not in a_part:
                motif = phrase(_("Pas encore : c’est une question d’âge ou de durée du titre de séjour."))
                a_part[futur.pour] = Resultat(resultat.droit, futur.pour, Etat.NON, motifs=(motif,), ouvre_le=quand)
    return [resultat, *a_part.values()]


def _vole_de_ses_ailes(futur: Resultat, resultat: Resultat, situation: Situation, quand: Mois) -> bool:
    """Vrai si le droit futur est celui d'un adulte que le résultat d'aujourd'hui compte dans un autre foyer."""
    personnes = [situation.personne(i) for i in futur.pour]
    couple = any(p.lien in (Lien.DEMANDEUR, Lien.CONJOINT) for p in personnes)
    adultes = all(age(p, quand.premier_jour) >= AGE_D_UN_FOYER for p in personnes)
    return adultes and not couple and situation.demandeur.id in resultat.pour


def _ouverts(reponses: Mapping[str, tuple[Resultat, ...]], resultat: Resultat) -> list[Resultat]:
    tous = reponses.get(resultat.droit, ())
    return [r for r in tous if r.etat is Etat.OUVERT and set(r.pour) & set(resultat.pour)]
