"""L'argent du mois d'un foyer : ses revenus, ses droits sans double compte, ce qui reste une fois l'impôt payé."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from pleinsdroits.droits.moteur.dependances import suivre
from pleinsdroits.droits.moteur.entites import structurer
from pleinsdroits.droits.moteur.exclusions import departager
from pleinsdroits.droits.moteur.resultats import Etat, Periodicite, Resultat
from pleinsdroits.droits.situation.listes import TypeRevenu
from pleinsdroits.droits.situation.modele import Personne, Revenu, Situation
from pleinsdroits.droits.situation.mois import Mois

PONCTUELS = {TypeRevenu.EXCEPTIONNEL}
# Le chômage se dit avec les revenus : le compter aussi comme un droit serait le compter deux fois.
DEJA_DANS_LES_REVENUS = {"are"}


def proches(situation: Situation, jour: date) -> frozenset[str]:
    """Les personnes dont l'argent se compte ensemble : qui demande, son conjoint, leurs enfants à charge (CASF R262-3)."""
    return frozenset(situation.personnes[i].id for i in structurer(situation, jour).familles[0].membres)


def en_cours(revenu: Revenu, mois: Mois) -> bool:
    """Vrai si ce revenu est reçu au mois ``mois``."""
    return (revenu.de is None or revenu.de <= mois) and (revenu.a is None or revenu.a >= mois)


def revenus_du_mois(situation: Situation, jour: date, qui: Collection[str]) -> Decimal:
    """Les revenus nets réguliers de ``qui`` au mois de ``jour`` (€), sans les recettes d'indépendant ni ce qui n'arrive qu'une fois."""
    recus = (
        Decimal(str(r.montant or 0))
        for p in situation.personnes
        if p.id in qui
        for r in p.revenus or []
        if r.type not in PONCTUELS and en_cours(r, Mois(jour))
    )
    return sum(recus, Decimal(0))


def sante_a_recalculer(situation: Situation) -> Situation:
    """
    La même situation, où la complémentaire santé solidaire que l'on a déjà se calcule comme une autre : elle se renouvelle
    chaque année, un changement peut la faire payer ou cesser (CSS L861-5).
    """
    return situation.model_copy(update={"personnes": [_sans_css(p) for p in situation.personnes]})


def _sans_css(personne: Personne) -> Personne:
    if personne.sante.complementaire != "css":
        return personne
    return personne.model_copy(update={"sante": personne.sante.model_copy(update={"complementaire": "aucune"})})


def sans_double_compte(resultats: Sequence[Resultat], noms: Mapping[str, str]) -> list[Resultat]:
    """
    Les mêmes résultats, tels que le calcul seul les donne (``deja_recu`` retiré) : de deux droits qui s'excluent, un seul
    reste ouvert, qu'il soit déjà reçu ou non. ``noms`` : identifiant → nom lisible.
    """
    return suivre(departager([replace(r, deja_recu=None) for r in resultats], noms), noms)


def compte(resultat: Resultat) -> bool:
    """Vrai si ce droit apporte de l'argent chaque mois, à coup sûr."""
    return (
        resultat.etat is Etat.OUVERT
        and resultat.periodicite is Periodicite.MOIS
        and bool(resultat.montant)
        and resultat.droit not in DEJA_DANS_LES_REVENUS
    )


def droits_du_mois(resultats: Sequence[Resultat], qui: Collection[str]) -> dict[str, Decimal]:
    """Les droits ouverts et chiffrés par mois de ``qui`` : identifiant → total (€/mois)."""
    sommes: dict[str, Decimal] = {}
    for r in resultats:
        if compte(r) and set(r.pour) & set(qui):
            sommes[r.droit] = sommes.get(r.droit, Decimal(0)) + (r.montant or 0)
    return sommes
