"""Lire une situation venue d'ailleurs (fichier YAML, corps JSON) et dire en français ce qui ne va pas."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import yaml
from pydantic import ValidationError

from pleinsdroits.droits.situation.listes import Scolarite
from pleinsdroits.droits.situation.modele import AGE_MAXIMAL, AGES_SCOLAIRES, Situation, age

TAILLE_MAXIMALE = 200_000
AGE_DES_REVENUS = 16
APOSTROPHE = "'"
CHAMP_NOMME = re.compile(r"« (?P<champ>\w+) » : (?P<reste>.+)", re.DOTALL)
TAUX = "un nombre de 0 à 1 : écrivez 0.85 pour 85 %"


@dataclass(frozen=True)
class Faute:
    """Une faute de saisie : le ``champ`` (chemin), la ``valeur`` reçue, ce qui est ``attendu``."""

    champ: str
    valeur: str
    attendu: str

    def __str__(self) -> str:
        recu = f" (reçu : {self.valeur})" if self.valeur else ""
        return f"{self.champ}{recu} : {self.attendu}"


class SituationInvalide(Exception):
    """Une situation refusée. ``fautes`` dit tout ce qu'il faut corriger ; rien n'est calculé."""

    def __init__(self, fautes: list[Faute]):
        self.fautes = fautes
        super().__init__("\n".join(str(f) for f in fautes))


def lire_situation(texte: str | bytes, *, jour: date) -> Situation:
    """
    La situation contenue dans ``texte`` (YAML ou JSON), contrôlée à la date ``jour``.

    Lève ``SituationInvalide`` : texte trop gros (200 ko), mal formé, champ inconnu, valeur hors bornes,
    naissance à venir, âge incompatible avec l'école.
    """
    if len(texte) > TAILLE_MAXIMALE:
        raise SituationInvalide([Faute("fichier", f"{len(texte) // 1000} ko", f"{TAILLE_MAXIMALE // 1000} ko au plus")])
    return valider_situation(decoder(texte), jour=jour)


def valider_situation(donnees: object, *, jour: date) -> Situation:
    """La situation décrite par ``donnees`` (dictionnaire), contrôlée à la date ``jour``. Lève ``SituationInvalide``."""
    if not isinstance(donnees, dict):
        raise SituationInvalide(
            [Faute("situation", type(donnees).__name__, "un ensemble de champs (personnes, logement…)")]
        )
    try:
        situation = Situation.model_validate(donnees)
    except ValidationError as erreur:
        raise SituationInvalide(list(fautes(erreur))) from None
    if incoherences := list(_incoherences(situation, jour)):
        raise SituationInvalide(incoherences)
    return situation


def decoder(texte: str | bytes) -> object:
    """
    Le contenu d'un YAML ou d'un JSON (lu d'abord : plus strict, plus rapide). Les alias YAML sont refusés.
    Lève ``SituationInvalide`` si le texte est mal formé.
    """
    try:
        chaine = texte.decode("utf-8") if isinstance(texte, bytes) else texte
    except UnicodeDecodeError:
        raise SituationInvalide([Faute("fichier", "", "un texte en UTF-8")]) from None
    if chaine.lstrip().startswith("{"):
        try:
            return json.loads(chaine)
        except (json.JSONDecodeError, RecursionError) as erreur:
            ligne = getattr(erreur, "lineno", 1)
            raise SituationInvalide([Faute(f"ligne {ligne}", "", "un JSON bien formé")]) from None
    try:
        return yaml.load(chaine, Loader=_SansAlias)  # noqa: S506 (SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as erreur:
        marque = getattr(erreur, "problem_mark", None)
        ou = f"ligne {marque.line + 1}" if marque else "fichier"
        raise SituationInvalide([Faute(ou, "", "un YAML bien formé (« clé: valeur », sans alias)")]) from None


class _SansAlias(yaml.SafeLoader):
    """Un alias YAML peut faire grossir un petit fichier sans limite : personne n'en a besoin ici."""

    def compose_node(self, parent, index):
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("alias refusé")
        return super().compose_node(parent, index)


def _incoherences(situation: Situation, jour: date) -> Iterator[Faute]:
    """Ce que seul le jour du calcul permet de contrôler."""
    for personne in situation.personnes:
        champ = f"personnes.{personne.id}"
        if personne.naissance > jour:
            yield Faute(
                f"{champ}.naissance",
                personne.naissance.isoformat(),
                "une date passée (un enfant à naître s'indique par « grossesse »)",
            )
            continue
        ans = age(personne, jour)
        if ans > AGE_MAXIMAL:
            yield Faute(f"{champ}.naissance", personne.naissance.isoformat(), f"un âge de {AGE_MAXIMAL} ans au plus")
        if ans >= AGE_DES_REVENUS and "revenus" not in personne.model_fields_set:
            yield Faute(
                f"{champ}.revenus", "", "obligatoire à partir de 16 ans ([] : aucun revenu, null : ne sait pas)"
            )
        if personne.scolarite is not Scolarite.AUCUNE:
            mini, maxi = AGES_SCOLAIRES[personne.scolarite]
            if not mini <= ans <= maxi:
                yield Faute(
                    f"{champ}.scolarite",
                    f"{personne.scolarite}, {ans} ans",
                    f"un âge de {mini} à {maxi} ans : vérifiez la date de naissance ou l'école",
                )
        for nom in ("inscription_france_travail", "arret_de_travail", "arrivee_en_france"):
            quand = getattr(personne, nom)
            if quand and quand > jour:
                yield Faute(f"{champ}.{nom}", quand.isoformat(), "une date passée")
        if personne.sejour and personne.sejour.depuis and personne.sejour.depuis > jour:
            yield Faute(f"{champ}.sejour.depuis", personne.sejour.depuis.isoformat(), "une date passée")


def fautes(erreur: ValidationError, racine: str = "situation") -> Iterator[Faute]:
    """Chaque erreur de pydantic, en français : champ (``racine`` pour le tout), valeur reçue, ce qui est permis."""
    for detail in erreur.errors(include_url=False):
        champ, attendu = ".".join(str(p) for p in detail["loc"]), _attendu(detail)
        if not champ and (nomme := CHAMP_NOMME.match(attendu)):
            champ, attendu = nomme["champ"], nomme["reste"]
        yield Faute(champ or racine, _valeur(detail), TAUX if _est_un_taux(detail) else attendu)


def _est_un_taux(detail) -> bool:
    """Vrai pour un taux de handicap écrit en pour cent : 85 au lieu de 0,85."""
    return detail["loc"][-1:] == ("taux",) and detail["type"] in ("less_than_equal", "greater_than_equal")


def _valeur(detail) -> str:
    valeur = detail.get("input")
    if detail["type"] == "missing" or isinstance(valeur, dict | list):
        return ""
    return str(valeur)[:60]


def _attendu(detail) -> str:
    contexte = detail.get("ctx") or {}
    bornes = {
        "greater_than_equal": lambda: f"au moins {contexte['ge']}" if contexte["ge"] else "un nombre positif ou nul",
        "less_than_equal": lambda: f"au plus {contexte['le']}",
        "greater_than": lambda: f"plus de {contexte['gt']}",
        "less_than": lambda: f"moins de {contexte['lt']}",
        "too_long": lambda: f"{contexte['max_length']} éléments au plus",
        "too_short": lambda: f"{contexte['min_length']} élément au moins",
        "enum": lambda: f"une valeur parmi {contexte['expected'].replace(' or ', ', ')}",
        "union_tag_invalid": lambda: (
            f"« {contexte['discriminator'].strip(APOSTROPHE)} » : une valeur parmi {contexte['expected_tags']}"
        ),
        "union_tag_not_found": lambda: f"« {contexte['discriminator'].strip(APOSTROPHE)} » : ce champ est obligatoire",
        "literal_error": lambda: f"une valeur parmi {contexte['expected'].replace(' or ', ', ')}",
        "value_error": lambda: str(contexte["error"]),
        "string_pattern_mismatch": lambda: (
            "un identifiant en minuscules sans accent ni espace, par exemple « enfant_1 »"
        ),
    }
    if detail["type"] in bornes:
        return bornes[detail["type"]]()
    return MESSAGES.get(
        detail["type"], MESSAGES_PAR_FAMILLE.get(detail["type"].split("_")[0], "une valeur du bon type")
    )


MESSAGES = {
    "missing": "ce champ est obligatoire",
    "extra_forbidden": "ce champ n'existe pas : vérifiez son nom",
    "finite_number": "un nombre fini",
}
MESSAGES_PAR_FAMILLE = {
    "date": "une date comme 1990-04-12",
    "float": "un nombre, par exemple 560 ou 560.50",
    "int": "un nombre entier",
    "bool": "oui (true), non (false) ou « je ne sais pas » (null)",
    "string": "un texte",
    "list": "une liste",
    "model": "un ensemble de champs",
    "dict": "un ensemble de champs",
}
