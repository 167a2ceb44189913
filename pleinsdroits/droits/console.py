"""
Le même moteur en ligne de commande : ``pleinsdroits droits situation.yaml``.

Codes de sortie : 0 tout va bien, 1 un contrôle a échoué, 2 l'entrée est refusée (message en français, aucun calcul).
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from pathlib import Path

from pleinsdroits.droits.catalogue import FicheInvalide, catalogue
from pleinsdroits.droits.fiche import Fiche
from pleinsdroits.droits.moteur import enregistre
from pleinsdroits.droits.moteur.bande.noeuds import BandeImpossible, BandeRefusee
from pleinsdroits.droits.moteur.calcul import calculer_un, sorties_demandees
from pleinsdroits.droits.moteur.resultats import Bilan, Etat, Resultat
from pleinsdroits.droits.reglement.console import executer_reglement, schema
from pleinsdroits.droits.situation.lecture import SituationInvalide, lire_situation
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.droits.situation.mois import Mois
from pleinsdroits.droits.situation.periode import verifier_le_jour
from pleinsdroits.droits.textes import euros, jour_long

SANS_CALCUL_RAPIDE = "Calcul rapide absent pour ce mois : la référence répond. « pleinsdroits moteur » le prépare.\n"
FOYERS_AU_PLUS = 100_000
RACINE = Path(__file__).parent.parent.parent
MOTS_DES_ETATS = {
    Etat.OUVERT: "à demander",
    Etat.PROBABLE: "à vérifier",
    Etat.A_COMPLETER: "il manque une réponse",
    Etat.NON: "pas maintenant",
}
PAR = {"mois": "par mois", "an": "par an", "une_fois": "une fois", None: ""}


class EntreeRefusee(Exception):
    """Ce que l'on a donné ne peut pas servir ; le message dit quoi corriger."""


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


def ville() -> Path:
    """Le dossier de la ville (variable VILLE, sinon Ivry-sur-Seine)."""
    return Path(os.environ.get("VILLE", RACINE / "villes" / "ivry"))


def _analyseur() -> argparse.ArgumentParser:
    analyseur = argparse.ArgumentParser(prog="pleinsdroits", description="Les droits d'un foyer, avec leurs raisons.")
    commandes = analyseur.add_subparsers(title="commandes", required=True, metavar="COMMANDE")

    droits = commandes.add_parser("droits", help="calcule les droits décrits par un fichier (YAML ou JSON)")
    droits.add_argument("fichier", help="la situation ; « - » pour l'entrée standard")
    droits.add_argument("--date", type=_jour, default=None, help="jour du calcul (AAAA-MM-JJ), aujourd'hui par défaut")
    droits.add_argument("--json", action="store_true", help="la même réponse que l'API")
    droits.add_argument("--pourquoi", metavar="DROIT", help="les raisons et les grandeurs d'un droit")
    droits.set_defaults(executer=_droits)

    reglement = commandes.add_parser("reglement", help="applique un règlement municipal à un cas")
    reglement.add_argument("fichier", help="le règlement (YAML)")
    reglement.add_argument("cas", help="le cas à étudier (YAML)")
    reglement.add_argument("--json", action="store_true")
    reglement.set_defaults(executer=_reglement)

    schemas = commandes.add_parser("schema", help="le schéma JSON d'une entrée")
    schemas.add_argument("nom", choices=["situation", "reglement"])
    schemas.set_defaults(executer=_schema)

    fiches = commandes.add_parser("fiches", help="contrôle les fiches et liste celles à relire")
    fiches.add_argument("--date", type=_jour, default=None)
    fiches.set_defaults(executer=_fiches)

    moteur = commandes.add_parser("moteur", help="prépare le calcul rapide d'un mois, contrôlé contre la référence")
    moteur.add_argument("--mois", type=_mois, default=None, help="AAAA-MM ; le mois en cours par défaut")
    moteur.add_argument(
        "--foyers", type=_effectif, default=enregistre.FOYERS_AVANT_PUBLICATION, help="foyers du contrôle (5000)"
    )
    moteur.set_defaults(executer=_moteur)

    parametres = commandes.add_parser(
        "parametres", help="liste les valeurs de plus de 13 mois que lit un droit affiché"
    )
    parametres.add_argument("--date", type=_jour, default=None, help="jour du calcul, aujourd'hui par défaut")
    parametres.add_argument("--tous", action="store_true", help="toutes, avec leur raison, pas seulement les inconnues")
    parametres.set_defaults(executer=_parametres)
    return analyseur


def _droits(options: argparse.Namespace) -> int:
    jour = _jour_couvert(options.date)
    fiches = _catalogue()
    if options.pourquoi and options.pourquoi not in fiches:
        raise EntreeRefusee(
            f"--pourquoi : le droit « {options.pourquoi} » n'existe pas. Droits connus : {', '.join(sorted(fiches))}."
        )
    try:
        situation = lire_situation(_lire(options.fichier), jour=jour)
    except SituationInvalide as refus:
        raise EntreeRefusee(f"{options.fichier} : situation refusée, rien n'a été calculé.\n{refus}") from None
    if not enregistre.installee(Mois(jour)):
        sys.stderr.write(SANS_CALCUL_RAPIDE)
    bilan = calculer_un(situation, jour, ville=ville())
    if options.json:
        _dire(json.dumps(bilan.en_json(), ensure_ascii=False, indent=2))
    elif options.pourquoi:
        _dire("\n".join(_pourquoi(bilan, fiches[options.pourquoi])))
    else:
        _dire("\n".join(_tableau(bilan, fiches)))
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
    _dire(json.dumps(schema(options.nom), ensure_ascii=False, indent=2))
    return 0


def _fiches(options: argparse.Namespace) -> int:
    """Contrôle le catalogue (références internes comprises) et liste les fiches à relire."""
    jour = options.date or date.today()
    fiches = _catalogue()
    a_relire = [f for f in fiches.values() if f.perimee(jour)]
    _dire(
        f"{len(fiches)} fiches valides ; à relire : {len(a_relire)}, de certitude C : {sum(f.incertaine for f in fiches.values())}."
    )
    for fiche in sorted(a_relire, key=lambda f: f.a_reverifier_avant):
        _dire(f"  {fiche.id} : à relire depuis le {fiche.a_reverifier_avant.isoformat()}")
    return 0


def _moteur(options: argparse.Namespace) -> int:
    """Fabrique la bande du mois ; dit chaque étape, et refuse de l'installer à la moindre différence."""
    mois = options.mois or Mois(date.today())
    try:
        enregistre.fabriquer(mois, sorties_demandees(), foyers=options.foyers, dire=_dire)
    except (BandeImpossible, BandeRefusee) as refus:
        _dire(f"Calcul rapide non installé : {refus}. La référence continue de répondre.")
        return 1
    return 0


def _parametres(options: argparse.Namespace) -> int:
    """Les valeurs anciennes : celles que rien n'explique (le contrôle échoue), puis celles que nous savons inconnues."""
    jour = _jour_couvert(options.date)
    foyers = _exemples(jour)
    if not foyers:
        raise EntreeRefusee(f"--date {jour.isoformat()} : aucun foyer d'exemple ne se calcule à cette date.")
    fraicheur = import_module("pleinsdroits.droits.moteur.fraicheur")  # elle charge OpenFisca
    rapport = fraicheur.controler(foyers, jour)
    _dire("\n".join(fraicheur.dire_la_fraicheur(rapport, jour, tous=options.tous)))
    return 0 if rapport.bon else 1


def _exemples(jour: date) -> list[Situation]:
    """Les foyers d'exemple valides ce jour-là : assez divers pour que chaque règle lise ses paramètres."""
    lus = []
    for chemin in sorted((RACINE / "exemples").glob("*.yaml")):
        try:
            lus.append(lire_situation(chemin.read_bytes(), jour=jour))
        except SituationInvalide:
            continue
    return lus


def _jour_couvert(demande: date | None) -> date:
    """Le jour demandé, ou aujourd'hui ; refusé si nos règles ne le couvrent pas."""
    jour = demande or date.today()
    try:
        verifier_le_jour(jour, "--date")
    except SituationInvalide as refus:
        raise EntreeRefusee(f"{refus}.\nRien n'a été calculé.") from None
    return jour


def _catalogue() -> dict[str, Fiche]:
    try:
        return catalogue(ville())
    except FicheInvalide as refus:
        raise EntreeRefusee(f"Fiches refusées :\n{refus}") from None


def _lire(fichier: str) -> bytes:
    if fichier == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(fichier).read_bytes()
    except OSError as erreur:
        raise EntreeRefusee(f"{fichier} : fichier illisible ({erreur.strerror}).") from None


def _jour(texte: str) -> date:
    try:
        return date.fromisoformat(texte)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"« {texte} » n'est pas une date : écrivez AAAA-MM-JJ, par exemple 2026-11-23"
        ) from None


def _mois(texte: str) -> Mois:
    try:
        return Mois(texte)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"« {texte} » n'est pas un mois : écrivez AAAA-MM, par exemple 2026-11"
        ) from None


def _effectif(texte: str) -> int:
    if not texte.isdigit() or not 1 <= int(texte) <= FOYERS_AU_PLUS:
        raise argparse.ArgumentTypeError(f"« {texte} » : écrivez un nombre de foyers, de 1 à {FOYERS_AU_PLUS}")
    return int(texte)


def _dire(texte: str) -> None:
    sys.stdout.write(texte + "\n")


if __name__ == "__main__":
    sys.exit(principal())
