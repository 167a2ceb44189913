"""
Le même moteur en ligne de commande : ``pleinsdroits droits situation.yaml``.

Codes de sortie : 0 tout va bien, 1 un contrôle a échoué, 2 l'entrée est refusée (message en français, aucun calcul).
"""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from importlib import import_module

from pleinsdroits.droits.console_courbe import commande_courbe
from pleinsdroits.droits.console_entree import (
    RACINE,
    EntreeRefusee,
    ajouter_la_situation,
    dire,
    fiches_de_la_ville,
    jour,
    jour_couvert,
    situation_de,
    ville,
)
from pleinsdroits.droits.console_essai import commande_et_si
from pleinsdroits.droits.console_moteur import commande_moteur, prevenir_si_absent
from pleinsdroits.droits.fiche import Fiche
from pleinsdroits.droits.moteur.calcul import calculer_un
from pleinsdroits.droits.moteur.resultats import Bilan, Etat, Resultat
from pleinsdroits.droits.reglement.console import executer_reglement, schema
from pleinsdroits.droits.situation.lecture import SituationInvalide, lire_situation
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.droits.textes import euros, jour_long

MOTS_DES_ETATS = {
    Etat.OUVERT: "à demander",
    Etat.PROBABLE: "à vérifier",
    Etat.A_COMPLETER: "il manque une réponse",
    Etat.NON: "pas maintenant",
}
PAR = {"mois": "par mois", "an": "par an", "une_fois": "une fois", None: ""}


def principal(arguments: Sequence[str] | None = None) -> int:
    """Point d'entrée de la commande ``pleinsdroits`` ; rend le code de sortie."""
    options = _analyseur().parse_args(arguments)
    try:
        return options.executer(options)
    except EntreeRefusee as refus:
        print(refus, file=sys.stderr)  # noqa: T201
        return 2
    except BrokenPipeError:
        return 0


def _analyseur() -> argparse.ArgumentParser:
    analyseur = argparse.ArgumentParser(prog="pleinsdroits", description="Les droits d'un foyer, avec leurs raisons.")
    commandes = analyseur.add_subparsers(title="commandes", required=True, metavar="COMMANDE")

    droits = commandes.add_parser("droits", help="calcule les droits décrits par un fichier (YAML ou JSON)")
    ajouter_la_situation(droits)
    droits.add_argument("--json", action="store_true", help="la même réponse que l'API")
    droits.add_argument("--pourquoi", metavar="DROIT", help="les raisons et les grandeurs d'un droit")
    droits.set_defaults(executer=_droits)

    commande_et_si(commandes)
    commande_courbe(commandes)

    reglement = commandes.add_parser("reglement", help="applique un règlement municipal à un cas")
    reglement.add_argument("fichier", help="le règlement (YAML)")
    reglement.add_argument("cas", help="le cas à étudier (YAML)")
    reglement.add_argument("--json", action="store_true")
    reglement.set_defaults(executer=_reglement)

    schemas = commandes.add_parser("schema", help="le schéma JSON d'une entrée")
    schemas.add_argument("nom", choices=["situation", "reglement"])
    schemas.set_defaults(executer=_schema)

    fiches = commandes.add_parser("fiches", help="contrôle les fiches et liste celles à relire")
    fiches.add_argument("--date", type=jour, default=None)
    fiches.set_defaults(executer=_fiches)

    commande_moteur(commandes)

    parametres = commandes.add_parser(
        "parametres", help="liste les valeurs de plus de 13 mois que lit un droit affiché"
    )
    parametres.add_argument("--date", type=jour, default=None, help="jour du calcul, aujourd'hui par défaut")
    parametres.add_argument("--tous", action="store_true", help="toutes, avec leur raison, pas seulement les inconnues")
    parametres.set_defaults(executer=_parametres)
    return analyseur


def _droits(options: argparse.Namespace) -> int:
    quand = jour_couvert(options.date)
    fiches = fiches_de_la_ville()
    if options.pourquoi and options.pourquoi not in fiches:
        raise EntreeRefusee(
            f"--pourquoi : le droit « {options.pourquoi} » n'existe pas. Droits connus : {', '.join(sorted(fiches))}."
        )
    situation = situation_de(options.fichier, quand)
    prevenir_si_absent(quand)
    bilan = calculer_un(situation, quand, ville=ville())
    if options.json:
        dire(json.dumps(bilan.en_json(), ensure_ascii=False, indent=2))
    elif options.pourquoi:
        dire("\n".join(_pourquoi(bilan, fiches[options.pourquoi])))
    else:
        dire("\n".join(_tableau(bilan, fiches)))
    return 0


def _tableau(bilan: Bilan, fiches: dict[str, Fiche]) -> list[str]:
    """Un tableau lisible, du plus sûr au plus fermé."""
    lignes = [f"Vos droits au {jour_long(bilan.jour)} (règles {bilan.version_regles})", ""]
    largeur = min(56, max(len(fiches[r.droit].nom) for r in bilan.resultats if r.droit in fiches))
    for etat in Etat:
        groupe = [r for r in bilan.resultats if r.etat is etat]
        if not groupe:
            continue
        lignes.append(f"{MOTS_DES_ETATS[etat].upper()} ({len(groupe)})")
        lignes += [_ligne(r, fiches[r.droit].nom, largeur) for r in groupe]
        lignes.append("")
    totaux = bilan.totaux
    lignes.append(
        f"À demander : {euros(totaux.a_demander_par_mois, centimes=True)} par mois, "
        f"{euros(totaux.a_demander_par_an, centimes=True)} par an, {euros(totaux.une_fois, centimes=True)} une fois. "
        f"Déjà reçus : {euros(totaux.deja_recu_par_mois, centimes=True)} par mois."
    )
    return [*lignes, "", bilan.mention]


def _ligne(resultat: Resultat, nom: str, largeur: int) -> str:
    montant = (
        "" if resultat.montant is None else f"{euros(resultat.montant, centimes=True)} {PAR[resultat.periodicite]}"
    )
    recu = " [déjà reçu]" if resultat.deja_recu is not None else ""
    ouvre = f" [s'ouvre en {resultat.ouvre_le}]" if resultat.ouvre_le else ""
    raison = f" · {resultat.motifs[0]}" if resultat.motifs else ""
    court = nom if len(nom) <= largeur else nom[: largeur - 1] + "…"
    return f"  {court:<{largeur}}  {montant:>22}{recu}{ouvre}{raison}"


def _pourquoi(bilan: Bilan, fiche: Fiche) -> list[str]:
    """Les raisons, ce qui reste à vérifier, ce qui manque et les grandeurs du calcul, pour chaque personne."""
    lignes = [fiche.nom, "=" * len(fiche.nom)]
    for resultat in bilan.droit(fiche.id):
        lignes += ["", f"Pour {', '.join(resultat.pour) or 'le foyer'} : {MOTS_DES_ETATS[resultat.etat]}"]
        if resultat.montant is not None:
            lignes.append(
                f"  Montant : {euros(resultat.montant, centimes=True)} {PAR[resultat.periodicite]} {resultat.modalite}".rstrip()
            )
        lignes += [f"  Raison : {m}" for m in resultat.motifs]
        lignes += [f"  À vérifier : {m}" for m in resultat.a_verifier]
        lignes += [f"  Il manque : {m.question} ({m.champ})" for m in resultat.manque]
        if resultat.exclut:
            lignes.append(f"  Ne s'ajoute pas à : {', '.join(resultat.exclut)}")
        if resultat.ouvre_le:
            lignes.append(f"  S'ouvrirait en {resultat.ouvre_le}, avec les règles d'aujourd'hui.")
        lignes += [
            f"  {nom} : {valeur:,.2f}".replace(",", " ").replace(".", ",")
            for nom, valeur in resultat.intermediaires.items()
        ]
    return [*lignes, "", f"Règles {bilan.version_regles}, calcul au {jour_long(bilan.jour)}.", bilan.mention]


def _reglement(options: argparse.Namespace) -> int:
    return executer_reglement(options.fichier, options.cas, options.json, sys.stdout)


def _schema(options: argparse.Namespace) -> int:
    dire(json.dumps(schema(options.nom), ensure_ascii=False, indent=2))
    return 0


def _fiches(options: argparse.Namespace) -> int:
    """Contrôle le catalogue (références internes comprises) et liste les fiches à relire."""
    quand = options.date or date.today()
    fiches = fiches_de_la_ville()
    a_relire = [f for f in fiches.values() if f.perimee(quand)]
    dire(
        f"{len(fiches)} fiches valides ; à relire : {len(a_relire)}, de certitude C : {sum(f.incertaine for f in fiches.values())}."
    )
    for fiche in sorted(a_relire, key=lambda f: f.a_reverifier_avant):
        dire(f"  {fiche.id} : à relire depuis le {fiche.a_reverifier_avant.isoformat()}")
    return 0


def _parametres(options: argparse.Namespace) -> int:
    """Les valeurs anciennes : celles que rien n'explique (le contrôle échoue), puis celles que nous savons inconnues."""
    quand = jour_couvert(options.date)
    foyers = _exemples(quand)
    if not foyers:
        raise EntreeRefusee(f"--date {quand.isoformat()} : aucun foyer d'exemple ne se calcule à cette date.")
    fraicheur = import_module("pleinsdroits.droits.moteur.fraicheur")  # elle charge OpenFisca
    rapport = fraicheur.controler(foyers, quand)
    dire("\n".join(fraicheur.dire_la_fraicheur(rapport, quand, tous=options.tous)))
    return 0 if rapport.bon else 1


def _exemples(quand: date) -> list[Situation]:
    """Les foyers d'exemple valides ce jour-là : assez divers pour que chaque règle lise ses paramètres."""
    lus = []
    for chemin in sorted((RACINE / "exemples").glob("*.yaml")):
        try:
            lus.append(lire_situation(chemin.read_bytes(), jour=quand))
        except SituationInvalide:
            continue
    return lus


if __name__ == "__main__":
    sys.exit(principal())
