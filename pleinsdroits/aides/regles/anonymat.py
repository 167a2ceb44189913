"""
Ce qui ne désigne personne : âges en tranches, sommes à 5 €, dates au mois ; et le contrôle d'un texte avant qu'un membre
de la commission le lise (CASF L133-5 : le secret ; RGPD art. 5 : le strict nécessaire). Rien ici ne connaît Django.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

import yaml

PAS = Decimal(5)
CENTIME_D_AFFICHAGE = Decimal("0.10")
TRANCHES = ((5, "0 à 5 ans"), (11, "6 à 11 ans"), (17, "12 à 17 ans"), (25, "18 à 25 ans"), (39, "26 à 39 ans"))
TRANCHES_HAUTES = ((59, "40 à 59 ans"), (150, "60 ans et plus"))
MOIS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
NOMBRES = ("aucun", "un", "deux", "trois")


@dataclass(frozen=True)
class SommesRondes:
    """Des montants à 5 € dont la somme est ``total`` ; chacun est à moins de 5 € du vrai."""

    montants: tuple[Decimal, ...]
    total: Decimal


def tranche_d_age(age: int | None) -> str:
    """« 26 à 39 ans » ; « âge inconnu » sans date de naissance ou pour un âge impossible."""
    if age is None or not 0 <= age <= 150:
        return "âge inconnu"
    return next(mots for limite, mots in (*TRANCHES, *TRANCHES_HAUTES) if age <= limite)


def arrondir(montant: Decimal) -> Decimal:
    """Le multiple de 5 € le plus proche (2,50 € monte)."""
    return (montant / PAS).quantize(Decimal(1), ROUND_HALF_UP) * PAS


def arrondir_ensemble(montants: Sequence[Decimal]) -> SommesRondes:
    """
    Des lignes à 5 € choisies pour que leur somme soit le total à 5 € : on descend chacune au multiple inférieur, puis on
    remonte celles qui ont le plus perdu. Aucune ligne ne s'écarte de 5 € ou plus.
    """
    total = arrondir(sum(montants, Decimal(0)))
    bas = [(m / PAS).to_integral_value(ROUND_FLOOR) * PAS for m in montants]
    a_remonter = int((total - sum(bas, Decimal(0))) / PAS)
    par_perte = sorted(range(len(montants)), key=lambda i: (bas[i] - montants[i], i))[:a_remonter]
    return SommesRondes(tuple(b + PAS if i in par_perte else b for i, b in enumerate(bas)), total)


def par_jour(reste: Decimal, jours: Decimal, personnes: Decimal) -> Decimal:
    """Ce qui reste par jour et par personne, à 10 centimes, d'après un ``reste`` déjà arrondi : rien d'exact n'en sort."""
    pas = CENTIME_D_AFFICHAGE
    return (reste / jours / personnes / pas).quantize(Decimal(1), ROUND_HALF_UP) * pas


def au_mois(jour: dt.date) -> str:
    """« novembre 2026 »."""
    return f"{MOIS[jour.month - 1]} {jour.year}"


def en_mots(nombre: int) -> str:
    """« deux », « quatre ou plus » : un grand nombre d'enfants désigne une famille."""
    return NOMBRES[nombre] if nombre < len(NOMBRES) else "quatre ou plus"


def enfants_en_mots(nombre: int) -> str:
    """« un enfant », « deux enfants », « quatre enfants ou plus »."""
    if nombre >= len(NOMBRES):
        return "quatre enfants ou plus"
    return f"{NOMBRES[nombre]} enfant" + ("s" if nombre > 1 else "")


@dataclass(frozen=True)
class Lexique:
    """Les listes de ``anonymat.yaml``, sans accent ni majuscule (sauf ``permis``)."""

    sante: tuple[str, ...]
    natures_de_sante: frozenset[str]
    voies: frozenset[str]
    voies_ambigues: frozenset[str]
    permis: frozenset[str]
    civilites: tuple[str, ...]
    mois: tuple[str, ...]
    courants: frozenset[str]


@cache
def lexique() -> Lexique:
    """Les mots du contrôle, datés et sourcés dans le fichier."""
    lu = yaml.safe_load(Path(__file__).with_name("anonymat.yaml").read_text(encoding="utf-8"))
    return Lexique(
        sante=tuple(lu["sante"]),
        natures_de_sante=frozenset(lu["natures_de_sante"]),
        voies=frozenset(lu["voies"]),
        voies_ambigues=frozenset(lu["voies_ambigues"]),
        permis=frozenset(lu["permis"]),
        civilites=tuple(lu["civilites"]),
        mois=tuple(lu["mois"]),
        courants=frozenset(lu["courants"]),
    )


def plat(texte: str) -> str:
    """Sans accent, ni majuscule, ni apostrophe typographique, ni espace double : pour comparer."""
    simple = texte.replace("’", "'").replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("Æ", "ae")
    nu = "".join(c for c in unicodedata.normalize("NFKD", simple) if not unicodedata.combining(c))
    return " ".join(nu.casefold().split())


def controler(texte: str, mots_du_dossier: Iterable[str] = ()) -> list[str]:
    """
    Ce qui, dans ``texte``, ressemble à un nom, un numéro, une date, une somme exacte, un lieu, une maladie, ou se trouve
    dans le dossier. Une phrase par alerte, sans doublon ; liste vide : rien de reconnu (ce n'est pas une preuve).
    """
    alertes = [*_mots(texte, mots_du_dossier), *_formes(texte), *_majuscules(texte), *_lieux(texte), *_sante(texte)]
    return list(dict.fromkeys(alertes))


def _mots(texte: str, mots: Iterable[str]) -> list[str]:
    """Les mots du dossier, entiers, sans accent ni casse ; un mot courant n'alerte qu'écrit avec sa majuscule."""
    cherche, courants = plat(texte), lexique().courants
    trouves = []
    for mot in sorted({m for m in map(plat, mots) if len(m) > 2}):
        if mot not in courants and re.search(rf"(?<!\w){re.escape(mot)}(?!\w)", cherche):
            trouves.append(f"« {mot} » est écrit dans le dossier.")
    return trouves


# L'ordre compte : chaque forme reconnue est retirée du texte avant de chercher la suivante.
_ESPACES = r"[ \u00a0\u202f.\-/]"
_NOMS_DES_MOIS = "|".join(
    ("janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre", "d[ée]cembre")
)
FORMES = (
    (r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)*", "« {} » ressemble à un courriel."),
    (r"\b[A-Za-z]{2}\d{2}(?:\s?[A-Za-z0-9]{2,4}){3,}\b", "« {} » ressemble à un compte bancaire."),
    (rf"(?<!\d)(?:\+33|0033|0){_ESPACES}?[1-9](?:{_ESPACES}?\d{{2}}){{4}}(?!\d)", "« {} » ressemble à un téléphone."),
    (rf"(?<!\w)(?:\d{{1,2}}|1er)\s+(?:{_NOMS_DES_MOIS})\b(?:\s+\d{{4}})?", "« {} » est une date : écrivez le mois."),
    (
        r"(?<!\d)\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}(?!\d)|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)",
        "« {} » est une date : écrivez le mois.",
    ),
    (r"(?<!\d)\d{1,2}/\d{1,2}(?!\d)", "« {} » est une date : écrivez le mois."),
    (r"\d[\d \u00a0\u202f]*[.,]\d{2}(?!\d)", "« {} » est une somme exacte : arrondissez à 5 €."),
)
_SOMME = re.compile(r"(?<!\d)(\d{1,3}(?:[ \u00a0\u202f]?\d{3})*|\d+)[ \u00a0\u202f]?(?:€|euros?\b)", re.IGNORECASE)
_MOIS_ET_ANNEE = re.compile(rf"\b(?:{_NOMS_DES_MOIS})\s+(?:19|20)\d{{2}}\b", re.IGNORECASE)
_SUITE = re.compile(rf"\w*\d(?:{_ESPACES}?\d){{3,}}\w*")


def _formes(texte: str) -> list[str]:
    alertes, reste = [], texte
    for motif, alerte in FORMES:
        for trouve in re.finditer(motif, reste, re.IGNORECASE):
            alertes.append(alerte.format(trouve.group().strip()))
        reste = re.sub(motif, " | ", reste, flags=re.IGNORECASE)
    for somme in _SOMME.finditer(reste):
        if int(re.sub(r"\D", "", somme.group(1))) % int(PAS):
            alertes.append(f"« {somme.group().strip()} » est une somme exacte : arrondissez à 5 €.")
    reste = _MOIS_ET_ANNEE.sub(" | ", _SOMME.sub(" | ", reste))
    return alertes + [f"« {s.group().strip()} » ressemble à un numéro." for s in _SUITE.finditer(reste)]


_MOT = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*\.?")
_FIN_DE_PHRASE = re.compile(r"(?:^|[.!?…:»]|\n)[\s«\-–—•]*$")


def _majuscules(texte: str) -> list[str]:
    """Une majuscule en cours de phrase est souvent un nom ; une civilité en annonce un."""
    alertes = []
    for trouve in _MOT.finditer(texte):
        mot = trouve.group().rstrip(".")
        if plat(trouve.group()) in lexique().civilites or plat(mot) in lexique().civilites:
            alertes.append(f"« {trouve.group()} » annonce un nom.")
        elif _ressemble_a_un_nom(mot, texte[: trouve.start()]):
            alertes.append(f"« {mot} » commence par une majuscule : est-ce un nom ?")
    return alertes


def _ressemble_a_un_nom(mot: str, avant: str) -> bool:
    parties = [p for p in re.split(r"['’\-]", mot) if p]
    if mot in lexique().permis or not any(p[0].isupper() for p in parties) or parties[-1] in lexique().permis:
        return False
    debut = bool(_FIN_DE_PHRASE.search(avant))
    # En tête de phrase, seule la première lettre a le droit d'être grande : « D’Artagnan », « DUPONT » n'en sont pas.
    return not debut or any(p[0].isupper() for p in parties[1:]) or (len(mot) > 1 and mot.isupper())


def _lieux(texte: str) -> list[str]:
    alertes = []
    for trouve in _MOT.finditer(texte):
        mot = plat(trouve.group().rstrip("."))
        if mot in lexique().voies or (mot in lexique().voies_ambigues and _situe(texte, trouve)):
            alertes.append(f"« {trouve.group()} » ressemble à une adresse ou à un quartier.")
    return alertes


def _situe(texte: str, trouve: re.Match[str]) -> bool:
    """Un numéro devant (« 12, place »), ou un nom derrière (« cité Gagarine », « tour B »)."""
    avant, apres = texte[: trouve.start()], texte[trouve.end() :]
    return bool(re.search(r"\d\s*(?:bis|ter)?\s*,?\s*$", avant) or re.match(r"\s+(?:[A-ZÀ-Ý]|\d)", apres))


def _sante(texte: str) -> list[str]:
    nu = plat(texte)
    trouves = (re.search(rf"(?<!\w){re.escape(mot)}\w*", nu) for mot in lexique().sante)
    return [f"« {t.group()} » parle de santé." for t in trouves if t]
