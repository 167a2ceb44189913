"""L'essai et la courbe d'une visite : ce qu'elle essaie, et ce que le fil de calcul en a trouvé, chacun au coffre."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

from pleinsdroits.droits.moteur.ecriture import phrase_en_donnees, resultat_depuis, resultat_en_donnees
from pleinsdroits.droits.moteur.essais.champs import Valeurs
from pleinsdroits.droits.moteur.essais.changement import Changement
from pleinsdroits.droits.moteur.essais.comparer import Argent, Comparaison, Mouvement, Sens
from pleinsdroits.droits.moteur.essais.courbe import Courbe, Point, tracer
from pleinsdroits.droits.moteur.essais.essayer import Essai, essayer
from pleinsdroits.droits.moteur.resultats import Manque
from pleinsdroits.droits.situation.listes import TypeRevenu
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.droits.textes import Phrase
from pleinsdroits.portes.public.calcul_en_fond import (
    ATTENTE,
    Donnees,
    Garde,
    empreinte,
    en_fond,
)

SUITE_DEMANDE, SUITE_ESSAI, SUITE_QUI, SUITE_COURBE = ":demande", ":essai", ":qui", ":courbe"
SUITES = (SUITE_DEMANDE, SUITE_ESSAI, SUITE_QUI, SUITE_COURBE)


def essai_de(
    jeton: str, situation: Situation, changement: Changement, valeurs: Valeurs, jour: date, *, ville: Path, attente: float = ATTENTE
) -> Essai | None:  # fmt: skip
    """L'essai de ``changement``, ou ``None`` s'il n'est pas prêt ; voir ``en_fond``."""
    marque = empreinte(situation, jour, changement.nom, sorted(valeurs.items()))
    calcul = lambda: essayer(situation, [(changement, valeurs)], jour, ville=ville)  # noqa: E731
    return en_fond(jeton, marque, ESSAI, calcul, attente=attente)


def courbe_de(
    jeton: str, situation: Situation, qui: str, jour: date, *, ville: Path, attente: float = ATTENTE
) -> Courbe | None:
    """La courbe du salaire de ``qui``, ou ``None`` si elle n'est pas prête ; voir ``en_fond``."""
    marque = empreinte(situation, jour, qui)
    return en_fond(jeton, marque, COURBE, lambda: tracer(situation, jour, ville=ville, qui=qui), attente=attente)


def essai_en_donnees(essai: Essai) -> Donnees:
    """Un essai en types JSON, sans rien perdre."""
    return {
        "jour": essai.jour.isoformat(),
        "version": essai.version_regles,
        "premier_mois": _comparaison(essai.premier_mois),
        "a_terme": _comparaison(essai.a_terme) if essai.a_terme else None,
    }


def essai_depuis(donnees: Donnees) -> Essai:
    """L'inverse de ``essai_en_donnees``."""
    brut = json.loads(json.dumps(donnees))
    a_terme = _comparaison_depuis(brut["a_terme"]) if brut["a_terme"] else None
    return Essai(date.fromisoformat(brut["jour"]), brut["version"], _comparaison_depuis(brut["premier_mois"]), a_terme)


def _comparaison(c: Comparaison) -> Donnees:
    return {
        "mouvements": [
            {
                "droit": m.droit,
                "sens": m.sens.value,
                "avant": resultat_en_donnees(m.avant) if m.avant else None,
                "apres": resultat_en_donnees(m.apres) if m.apres else None,
            }
            for m in c.mouvements
        ],
        "pareils": c.pareils,
        "avant": _en_textes(vars(c.avant)),
        "apres": _en_textes(vars(c.apres)),
    }


def _comparaison_depuis(d: dict) -> Comparaison:
    mouvements = tuple(
        Mouvement(
            m["droit"],
            Sens(m["sens"]),
            resultat_depuis(m["avant"]) if m["avant"] else None,
            resultat_depuis(m["apres"]) if m["apres"] else None,
        )
        for m in d["mouvements"]
    )
    return Comparaison(mouvements, d["pareils"], Argent(**_en_sommes(d["avant"])), Argent(**_en_sommes(d["apres"])))


def courbe_en_donnees(courbe: Courbe) -> Donnees:
    """Une courbe en types JSON, sans rien perdre."""
    return {
        "jour": courbe.jour.isoformat(),
        "version": courbe.version_regles,
        "qui": courbe.qui,
        "actuel": str(courbe.actuel),
        "autres_revenus": str(courbe.autres_revenus),
        "points": [_point(p) for p in courbe.points],
        "retires": [t.value for t in courbe.retires],
        "gardees": list(courbe.gardees),
        "manques": [{"champ": m.champ, "question": phrase_en_donnees(m.question)} for m in courbe.manques],
    }


def courbe_depuis(donnees: Donnees) -> Courbe:
    """L'inverse de ``courbe_en_donnees``."""
    d = json.loads(json.dumps(donnees))
    return Courbe(
        date.fromisoformat(d["jour"]),
        d["version"],
        d["qui"],
        Decimal(d["actuel"]),
        Decimal(d["autres_revenus"]),
        tuple(_point_depuis(p) for p in d["points"]),
        tuple(TypeRevenu(t) for t in d["retires"]),
        tuple(d["gardees"]),
        tuple(Manque(m["champ"], Phrase(**m["question"])) for m in d["manques"]),
    )


def _point(p: Point) -> Donnees:
    return {
        "salaire": str(p.salaire),
        "droits": _en_textes(p.droits),
        "par_an": _en_textes(p.par_an),
        "formes": p.formes,
        "impot": str(p.impot),
        "reste": str(p.reste),
    }


def _point_depuis(d: dict) -> Point:
    sommes = {nom: Decimal(d[nom]) for nom in ("salaire", "impot", "reste")}
    return Point(droits=_en_sommes(d["droits"]), par_an=_en_sommes(d["par_an"]), formes=d["formes"], **sommes)


def _en_textes(sommes: dict[str, Decimal]) -> dict[str, str]:
    return {nom: str(somme) for nom, somme in sommes.items()}


def _en_sommes(textes: dict[str, str]) -> dict[str, Decimal]:
    return {nom: Decimal(texte) for nom, texte in textes.items()}


ESSAI: Garde[Essai] = Garde(SUITE_ESSAI, essai_en_donnees, essai_depuis)
COURBE: Garde[Courbe] = Garde(SUITE_COURBE, courbe_en_donnees, courbe_depuis)
