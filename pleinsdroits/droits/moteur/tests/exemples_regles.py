"""De quoi appeler une règle sans OpenFisca : une situation écrite à la main, des droits déjà calculés."""

from collections.abc import Iterable
from datetime import date

from pleinsdroits.droits.moteur.regle import REGLES, Contexte
from pleinsdroits.droits.moteur.regles import (
    dependance,
    dettes,
    justice,
    logement_aide,
    mobilite,
    soin,
    urgence,
    ville,
)
from pleinsdroits.droits.moteur.resultats import Etat, Resultat
from pleinsdroits.droits.situation.modele import Situation

MODULES = (dependance, dettes, justice, logement_aide, mobilite, soin, urgence, ville)
JOUR = date(2026, 11, 23)


class SansOpenFisca:
    """Des règles qui ne lisent aucune variable calculée : en lire une est une erreur."""

    familles = foyers_fiscaux = menages = ()

    def de(self, variable: str, personne: str) -> float:
        raise AssertionError(f"cette règle ne devait pas lire {variable}")


def situation(*autres: dict, logement: dict | None = None, **reste) -> Situation:
    """Une personne française de 40 ans, locataire HLM à Ivry, sans revenus ni dettes ; ``moi`` la modifie."""
    moi = {
        "id": "moi",
        "lien": "demandeur",
        "naissance": "1986-03-10",
        "nationalite": "francaise",
        "revenus": [],
        **reste.pop("moi", {}),
    }
    donnees = {
        "personnes": [moi, *autres],
        "logement": {"commune": "94041", "statut": "locataire_hlm", **(logement or {})},
        "charges": [],
        "dettes": [],
        **reste,
    }
    return Situation.model_validate(donnees)


def repondre(droit: str, sit: Situation, *, deja: Iterable[Resultat] = (), jour: date = JOUR) -> list[Resultat]:
    """Tous les résultats de la règle ``droit``."""
    connus: dict[str, tuple[Resultat, ...]] = {}
    for resultat in deja:
        connus[resultat.droit] = (*connus.get(resultat.droit, ()), resultat)
    return list(REGLES[droit].fonction(Contexte(sit, jour, SansOpenFisca(), connus)))


def un(droit: str, sit: Situation, **reste) -> Resultat:
    """Le seul résultat attendu."""
    (resultat,) = repondre(droit, sit, **reste)
    return resultat


def motifs(resultat: Resultat) -> str:
    return " ".join(str(m) for m in resultat.motifs)


def ouvert(droit: str, *, modalite: str = "") -> Resultat:
    return Resultat(droit, ("moi",), Etat.OUVERT, modalite=modalite)


def titre(nom: str, depuis: str | None = None, arrivee: str | None = None) -> dict:
    """Une personne étrangère hors Union européenne, avec ce titre."""
    return {"nationalite": "hors_ue", "sejour": {"titre": nom, "depuis": depuis}, "arrivee_en_france": arrivee}
