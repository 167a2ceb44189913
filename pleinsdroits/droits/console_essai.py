"""« pleinsdroits et-si situation.yaml --changer salaire=900 » : un changement, et tous les droits comparés."""

import argparse
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from pleinsdroits.droits.console_entree import (
    EntreeRefusee,
    ajouter_la_situation,
    dire,
    fiches_de_la_ville,
    jour_couvert,
    situation_de,
    ville,
)
from pleinsdroits.droits.moteur.essais.champs import Champ
from pleinsdroits.droits.moteur.essais.changement import Changement
from pleinsdroits.droits.moteur.essais.changements import CHANGEMENTS, possibles
from pleinsdroits.droits.moteur.essais.comparer import Comparaison, Mouvement
from pleinsdroits.droits.moteur.essais.dire_l_essai import MOTS, dire_ce_qui_manque, dire_le_gain, rangees, suppositions
from pleinsdroits.droits.moteur.essais.essayer import Essai, Etape, apres_changement, essayer
from pleinsdroits.droits.moteur.resultats import Resultat
from pleinsdroits.droits.situation.lecture import SituationInvalide
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.droits.textes import euros, jour_long

PAR = {"mois": "par mois", "an": "par an", "une_fois": "une fois", None: ""}


def commande_et_si(commandes: Any) -> None:
    """Ajoute la commande « et-si »."""
    essai = commandes.add_parser("et-si", help="change une réponse et compare tous les droits")
    ajouter_la_situation(essai)
    essai.add_argument(
        "--changer",
        action="append",
        default=[],
        metavar="NOM=VALEUR",
        help="« salaire=900 », « enfant », « couple.forme=pacse » ; sans elle, la liste de ce que l'on peut changer",
    )
    essai.add_argument("--json", action="store_true", help="la comparaison en types simples")
    essai.set_defaults(executer=_et_si)


def _et_si(options: argparse.Namespace) -> int:
    quand = jour_couvert(options.date)
    situation = situation_de(options.fichier, quand)
    if not options.changer:
        dire("\n".join(_liste(situation, quand)))
        return 0
    etapes = _etapes(options.changer, situation, quand)
    essai = essayer(situation, etapes, quand, ville=ville())
    noms = {f.id: f.nom for f in fiches_de_la_ville().values()}
    if options.json:
        dire(json.dumps(_en_json(essai, situation, etapes), ensure_ascii=False, indent=2))
    else:
        dire("\n".join(_tableau(essai, situation, etapes, noms)))
    return 0


def _liste(situation: Situation, jour: date) -> list[str]:
    lignes = ["Ce que vous pouvez changer avec --changer :", ""]
    for changement in possibles(situation, jour):
        lignes.append(f"  {changement.nom} : {changement.question}")
        for champ in changement.champs_poses(situation, jour):
            lignes.append(f"    {_ecriture(changement, champ)} : {champ.question} ({champ.permis(situation, jour)})")
    return lignes


def _ecriture(changement: Changement, champ: Champ) -> str:
    seul = len(changement.champs) == 1
    return f"{changement.nom}=…" if seul else f"{changement.nom}.{champ.nom}=…"


def _etapes(demandes: Sequence[str], situation: Situation, jour: date) -> list[Etape]:
    """Les changements demandés, dans l'ordre, chacun lu sur la situation que laissent les précédents."""
    textes: dict[str, dict[str, str]] = {}
    for demande in demandes:
        cle, egal, valeur = demande.partition("=")
        nom, _point, champ = cle.partition(".")
        changement = CHANGEMENTS.get(nom)
        if changement is None:
            raise EntreeRefusee(f"--changer {demande} : donnez un nom parmi {', '.join(CHANGEMENTS)}.")
        ecrits = textes.setdefault(nom, {})
        if egal:
            ecrits[champ or (changement.champs[0].nom if changement.champs else "valeur")] = valeur
    etapes: list[Etape] = []
    for nom, ecrits in textes.items():
        courante = _apres(situation, etapes, jour)
        etapes.append((CHANGEMENTS[nom], _lire(CHANGEMENTS[nom], ecrits, courante, jour)))
    _apres(situation, etapes, jour)
    return etapes


def _apres(situation: Situation, etapes: Sequence[Etape], jour: date) -> Situation:
    try:
        return apres_changement(situation, etapes, jour)
    except SituationInvalide as refus:
        raise EntreeRefusee(f"--changer : la situation d'après ne tient pas.\n{refus}") from None


def _lire(changement: Changement, ecrits: dict[str, str], situation: Situation, jour: date) -> Any:
    if not changement.possible(situation, jour):
        permis = ", ".join(c.nom for c in possibles(situation, jour))
        raise EntreeRefusee(f"--changer {changement.nom} : sans objet pour ce foyer. Possibles : {permis}.")
    try:
        return changement.lire(ecrits, situation, jour)
    except SituationInvalide as refus:
        fautes = "\n".join(f"--changer {changement.nom}.{f}" for f in refus.fautes)
        raise EntreeRefusee(fautes) from None


def _tableau(essai: Essai, situation: Situation, etapes: Sequence[Etape], noms: dict[str, str]) -> list[str]:
    lignes = [f"Et si… au {jour_long(essai.jour)} (règles {essai.version_regles})"]
    lignes += [f"  {changement.question}" for changement, _valeurs in etapes]
    if essai.a_terme:
        lignes += ["", "LE PREMIER MOIS", *_comparaison(essai.premier_mois, noms)]
        lignes += ["", "QUAND TOUT SERA PRIS EN COMPTE", *_comparaison(essai.a_terme, noms)]
    else:
        lignes += ["", *_comparaison(essai.premier_mois, noms)]
    lignes += ["", *(f"- {s}" for s in suppositions(situation, etapes))]
    return [*lignes, "", essai.mention]


def _comparaison(comparaison: Comparaison, noms: dict[str, str]) -> list[str]:
    avant, apres = comparaison.avant.reste, comparaison.apres.reste
    manque = dire_ce_qui_manque(comparaison)
    lignes = [
        " ".join(str(p) for p in (dire_le_gain(comparaison), manque) if p),
        f"Chaque mois : {euros(avant, centimes=True)} avant, {euros(apres, centimes=True)} après.",
    ]
    lignes += [_ligne(m, noms) for m in rangees(comparaison.mouvements)]
    return [*lignes, f"{comparaison.pareils} droits ne bougent pas."]


def _ligne(mouvement: Mouvement, noms: dict[str, str]) -> str:
    raison = f" · {mouvement.vu.motifs[0]}" if mouvement.vu.motifs else ""
    montants = f"{_montant(mouvement.avant)} → {_montant(mouvement.apres)}"
    nom = noms.get(mouvement.droit, mouvement.droit)
    return f"  {MOTS[mouvement.sens]:<22} {nom} : {montants}{raison}"


def _montant(resultat: Resultat | None) -> str:
    if resultat is None or not resultat.montant:
        return (resultat and resultat.modalite) or "–"
    return f"{euros(resultat.montant, centimes=True)} {PAR[resultat.periodicite]}"


def _en_json(essai: Essai, situation: Situation, etapes: Sequence[Etape]) -> dict:
    return {
        "date": essai.jour.isoformat(),
        "version_regles": essai.version_regles,
        "mention": essai.mention,
        "changements": [{"nom": c.nom, "valeurs": dict(v)} for c, v in etapes],
        "premier_mois": _comparaison_en_json(essai.premier_mois),
        "a_terme": _comparaison_en_json(essai.a_terme) if essai.a_terme else None,
        "suppositions": [str(s) for s in suppositions(situation, etapes)],
    }


def _comparaison_en_json(comparaison: Comparaison) -> dict:
    def argent(cote: str) -> dict:
        somme = getattr(comparaison, cote)
        return {n: float(getattr(somme, n)) for n in ("revenus", "aides", "impot", "reste")}

    return {
        "avant": argent("avant"),
        "apres": argent("apres"),
        "gain": float(comparaison.gain),
        "pareils": comparaison.pareils,
        "mouvements": [_mouvement_en_json(m) for m in comparaison.mouvements],
    }


def _mouvement_en_json(mouvement: Mouvement) -> dict:
    def montant(resultat: Resultat | None) -> float | None:
        return None if resultat is None or resultat.montant is None else float(resultat.montant)

    return {
        "droit": mouvement.droit,
        "pour": list(mouvement.vu.pour),
        "sens": mouvement.sens.value,
        "avant": montant(mouvement.avant),
        "apres": montant(mouvement.apres),
        "ecart": None if mouvement.ecart is None else float(mouvement.ecart),
        "motifs": [str(m) for m in mouvement.vu.motifs],
        "manque": [{"champ": m.champ, "question": str(m.question)} for m in mouvement.vu.manque],
    }
