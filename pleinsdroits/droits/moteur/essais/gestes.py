"""Les gestes communs des changements : un revenu qui commence ou s'arrête, une personne qui arrive ou s'en va."""

from collections.abc import Collection
from datetime import date
from typing import Any

from pleinsdroits.droits.moteur.essais.argent import en_cours
from pleinsdroits.droits.situation.listes import Activite, TypeRevenu
from pleinsdroits.droits.situation.modele import Avis, Personne, Revenu, Situation
from pleinsdroits.droits.situation.mois import Mois

# Ce que le travail remplace : un salaire qui dure les fait cesser.
REMPLACES = {
    TypeRevenu.SALAIRE,
    TypeRevenu.CHOMAGE,
    TypeRevenu.CHOMAGE_PARTIEL,
    TypeRevenu.STAGE,
    TypeRevenu.MALADIE,
    TypeRevenu.MATERNITE,
    TypeRevenu.EXCEPTIONNEL,
}
SANS_TRAVAIL = {Activite.DEMANDEUR_EMPLOI, Activite.SANS_ACTIVITE, None}
PARTS_D_UN_ENFANT = (0.5, 0.5, 1.0)  # le premier, le deuxième, chacun des suivants (CGI art. 194)


def modifier(situation: Situation, personne: Personne, **champs: Any) -> Situation:
    """La même situation, où ces champs de ``personne`` ont changé."""
    changee = situation.personne(personne.id).model_copy(update=champs)
    personnes = [changee if p.id == personne.id else p for p in situation.personnes]
    return situation.model_copy(update={"personnes": personnes})


def arreter(revenus: Collection[Revenu] | None, types: Collection[TypeRevenu], mois: Mois) -> list[Revenu]:
    """Les mêmes revenus, où ceux de ces ``types`` s'arrêtent à la fin du mois d'avant ``mois``."""
    gardes = []
    for revenu in revenus or []:
        if revenu.type not in types or not en_cours(revenu, mois):
            gardes.append(revenu)
        elif revenu.de is None or revenu.de < mois:
            gardes.append(revenu.model_copy(update={"a": mois - 1}))
    return gardes


def commencer(revenus: list[Revenu], genre: TypeRevenu, montant: float, mois: Mois) -> list[Revenu]:
    """Les mêmes revenus, et un nouveau à partir de ``mois`` (rien de plus si le montant est nul)."""
    return [*revenus, Revenu(type=genre, montant=montant, de=mois)] if montant else revenus


def travailler(situation: Situation, personne: Personne, salaire: float, jour: date) -> Situation:
    """``personne`` gagne ``salaire`` (€ nets par mois) à partir du mois de ``jour``, à la place de ce que le travail remplace."""
    mois = Mois(jour)
    revenus = commencer(arreter(personne.revenus, REMPLACES, mois), TypeRevenu.SALAIRE, salaire, mois)
    return modifier(situation, personne, revenus=revenus, activite=activite_avec(personne, salaire))


def activite_avec(personne: Personne, salaire: float) -> Activite | None:
    """L'activité de qui gagne ce salaire : on ne reste pas « sans emploi » avec un travail, ni « salarié » sans."""
    if salaire:
        return Activite.SALARIE if personne.activite in SANS_TRAVAIL else personne.activite
    return Activite.SANS_ACTIVITE if personne.activite is Activite.SALARIE else personne.activite


def gagne(personne: Personne | None, genre: TypeRevenu, jour: date) -> bool:
    """Vrai si ``personne`` reçoit ce revenu au mois de ``jour``."""
    return any(
        r.type is genre and r.montant and en_cours(r, Mois(jour))
        for r in (personne.revenus if personne else None) or []
    )


def accueillir(situation: Situation, personne: Personne) -> Situation:
    return situation.model_copy(update={"personnes": [*situation.personnes, personne]})


def partir(situation: Situation, idents: Collection[str]) -> Situation:
    """La même situation sans ces personnes : leurs avis et les aides qui ne sont que pour elles partent avec elles."""
    restent = [p for p in situation.personnes if p.id not in idents]
    avis = [a for a in situation.avis if not set(a.personnes) <= set(idents)]
    avis = [a.model_copy(update={"personnes": [i for i in a.personnes if i not in idents]}) for a in avis]
    aides = [p for p in situation.prestations if not p.pour or set(p.pour) - set(idents)]
    aides = [p.model_copy(update={"pour": [i for i in p.pour if i not in idents]}) for p in aides]
    return situation.model_copy(update={"personnes": restent, "avis": avis, "prestations": aides})


def identifiant(situation: Situation, souhait: str) -> str:
    """Un identifiant que personne ne porte encore."""
    pris = {p.id for p in situation.personnes}
    return next(i for i in (souhait, *(f"{souhait}_{n}" for n in range(2, 30))) if i not in pris)


def changer_les_parts(situation: Situation, rang: int, signe: int) -> Situation:
    """Les parts de l'avis de la personne qui demande, avec (``signe`` 1) ou sans (-1) un enfant de ce rang (0 pour le premier)."""
    ecart = signe * PARTS_D_UN_ENFANT[min(rang, len(PARTS_D_UN_ENFANT) - 1)]

    def changer(avis: Avis) -> Avis:
        if avis.parts is None or situation.demandeur.id not in avis.personnes:
            return avis
        return avis.model_copy(update={"parts": max(avis.parts + ecart, 1)})

    return situation.model_copy(update={"avis": [changer(a) for a in situation.avis]})
