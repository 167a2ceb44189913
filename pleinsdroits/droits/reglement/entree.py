"""
Ce qu'un règlement lit d'un cas, et rien d'autre : ni nom, ni date de naissance, ni mot de la personne. Gardée avec chaque
demande étudiée, cette entrée permet d'essayer un autre règlement sans rouvrir un seul dossier.
"""

import json
from collections.abc import Iterable
from datetime import date

from pleinsdroits.droits.reglement.cas import Cas
from pleinsdroits.droits.reglement.corrections import Correction
from pleinsdroits.droits.situation.modele import Personne, Situation, age

TU = "…"  # remplace ce que quelqu'un a écrit ; aucun calcul ne le lit
TU_OBLIGATOIRE = "dite dans le dossier"
DU_LOGEMENT = {"commune", "statut", "loyer", "charges", "domiciliation"}
DU_FOYER = {"couple": True, "prestations": {"__all__": {"droit", "montant"}}, "charges": True}


def entree_de(cas: Cas, jour: date, corrections: Iterable[Correction] = ()) -> str:
    """L'entrée du ``cas`` calculé le ``jour`` (JSON). Évaluer ``cas_de_l_entree`` donne la réponse du cas d'origine."""
    return json.dumps(
        {
            "jour": jour.isoformat(),
            "situation": _situation(cas.situation, jour),
            "demande": _demande(cas),
            "corrections": [{**c.en_json(), "raison": TU, "libelle": ""} for c in corrections],
        },
        separators=(",", ":"),
        ensure_ascii=False,
    )


def cas_de_l_entree(entree: dict) -> tuple[Cas, date, list[Correction]]:
    """L'inverse : un cas sans identité, son jour, ses corrections."""
    jour = date.fromisoformat(entree["jour"])
    cas = Cas.model_validate({"situation": entree["situation"], "demande": entree["demande"], "jour": jour})
    return cas, jour, [Correction.depuis_json(c) for c in entree["corrections"]]


def _demande(cas: Cas) -> dict:
    simple = cas.demande.model_dump(mode="json", exclude_defaults=True)
    return {**simple, "derogation": TU_OBLIGATOIRE} if cas.demande.derogation else simple


def _situation(situation: Situation, jour: date) -> dict:
    simple = situation.model_dump(mode="json", exclude_defaults=True, include=DU_FOYER)
    simple["personnes"] = [_personne(p, f"p{rang}", jour) for rang, p in enumerate(situation.personnes)]
    simple["logement"] = situation.logement.model_dump(mode="json", exclude_defaults=True, include=DU_LOGEMENT)
    simple["logement"]["statut"] = situation.logement.statut
    if situation.dettes is not None:
        simple["dettes"] = [{"nature": d.nature.value, "mensualite": d.mensualite} for d in situation.dettes]
    return simple


def _personne(personne: Personne, ident: str, jour: date) -> dict:
    """L'année suffit à l'âge du ``jour`` : née un 1er janvier, la personne a le même."""
    voulus = {"scolarite", "garde_alternee", "revenus"}
    simple = personne.model_dump(mode="json", exclude_defaults=True, include=voulus)
    simple |= {"id": ident, "lien": personne.lien.value, "naissance": f"{jour.year - age(personne, jour)}-01-01"}
    if personne.handicap:
        simple["handicap"] = {}
    if personne.independant:
        annees = personne.independant.annees
        simple["independant"] = {"regime": "reel", "annees": {str(a): m for a, m in annees.items()}}
    return simple
