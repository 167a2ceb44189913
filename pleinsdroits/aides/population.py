"""
Une population chargée d'un fichier, pour essayer un règlement sur des foyers qui n'ont rien demandé. Deux formes : un
tableau (CSV), un foyer par ligne en quelques nombres ; ou des cas entiers, un par ligne en JSON. Aucun nom n'y entre, et
rien n'en est gardé.
"""

import csv
import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from pleinsdroits.aides.cas_simples import CasSimple, cas_simple
from pleinsdroits.droits.reglement.cas import Cas
from pleinsdroits.droits.reglement.lecture import ReglementInvalide, lire_cas

TAILLE_MAXIMALE = 5 * 1024**2
LIGNES_MAXIMUM = 5_000
FAUTES_MONTREES = 20
SOMME_MAXIMALE = Decimal(50_000)
VALEUR_MONTREE = 40
COLONNES = (
    *("aide", "montant", "adultes", "enfants", "couple", "ressources"),
    *("aide_logement", "loyer", "energie", "credit"),
)
OUI, NON = ("oui", "o", "1"), ("non", "n", "0", "")


@dataclass(frozen=True)
class FauteDeLigne:
    """Ce qui ne va pas : la ``ligne`` du fichier (0 : le fichier entier), le ``champ``, la ``valeur``, ce qui est permis."""

    ligne: int
    champ: str
    valeur: str
    permis: str

    def __str__(self) -> str:
        ou = _("ligne %(n)s, ") % {"n": self.ligne} if self.ligne else ""
        recu = _(" (reçu : %(valeur)s)") % {"valeur": self.valeur} if self.valeur else ""
        return f"{ou}{self.champ}{recu} : {self.permis}"


class PopulationInvalide(Exception):
    """Un fichier refusé en entier : les premières ``fautes``, et le ``nombre`` de lignes fausses."""

    def __init__(self, fautes: list[FauteDeLigne], nombre: int):
        self.fautes, self.nombre = fautes, nombre
        super().__init__("\n".join(str(f) for f in fautes))


@dataclass(frozen=True)
class _Texte:
    """Ce contre quoi on lit : les ``aides`` connues, la ``commune``, le ``jour``."""

    aides: Collection[str]
    commune: str
    jour: dt.date


class _Refus(Exception):
    """Une case fausse."""

    def __init__(self, champ: str, valeur: str, permis: str):
        self.champ, self.valeur, self.permis = champ, valeur, permis


def lire_population(
    octets: bytes, *, aides: Collection[str], commune: str, jour: dt.date, bornee: bool = True
) -> list[Cas]:
    """
    Les cas du fichier : tableau (CSV, première ligne : les colonnes) ou JSON, un cas par ligne. ``aides`` : celles des deux
    textes comparés. Lève ``PopulationInvalide`` : toutes les lignes fausses, chacune avec son champ, sa valeur et ce qui
    est permis ; aucun cas n'est alors rendu. ``bornee`` : 5 Mo et 5 000 lignes au plus, ce qu'une page peut attendre.
    """
    if bornee and len(octets) > TAILLE_MAXIMALE:
        _refuser(0, _("fichier"), f"{len(octets) // 1024} ko", _("%(n)s ko au plus") % {"n": TAILLE_MAXIMALE // 1024})
    texte = _decoder(octets)
    numerotees = [(n, ligne) for n, ligne in enumerate(texte.splitlines(), start=1) if ligne.strip()]
    if not numerotees:
        _refuser(0, _("fichier"), "", _("un fichier qui n’est pas vide"))
    connues = _Texte(aides, commune, jour)
    en_json = numerotees[0][1].lstrip().startswith("{")
    lecteurs = _lignes_json(numerotees, connues) if en_json else _lignes_csv(numerotees, connues)
    nombre = len(numerotees) - (0 if en_json else 1)
    if bornee and nombre > LIGNES_MAXIMUM:
        permis = _("%(n)s lignes au plus") % {"n": LIGNES_MAXIMUM}
        _refuser(0, _("fichier"), _("%(n)s lignes") % {"n": nombre}, permis)
    return _tous_ou_aucun(lecteurs)


def _tous_ou_aucun(lecteurs: Iterable[tuple[int, Callable[[], Cas]]]) -> list[Cas]:
    cas, fautes, fausses = [], [], set()
    for numero, lire in lecteurs:
        try:
            cas.append(lire())
        except _Refus as refus:
            fausses.add(numero)
            fautes.append(FauteDeLigne(numero, refus.champ, _court(refus.valeur), refus.permis))
        except ReglementInvalide as refus:
            fausses.add(numero)
            fautes += [FauteDeLigne(numero, f.champ, _court(f.valeur), f.attendu) for f in refus.fautes]
    if fautes:
        raise PopulationInvalide(fautes[:FAUTES_MONTREES], len(fausses))
    if not cas:
        _refuser(0, _("fichier"), "", _("au moins un foyer sous la ligne des colonnes"))
    return cas


def _decoder(octets: bytes) -> str:
    """UTF-8, ou ce que le tableur français écrit encore (Windows-1252)."""
    try:
        texte = octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        texte = octets.decode("cp1252", errors="replace")
    if "\x00" in texte:
        _refuser(0, _("fichier"), "", _("un tableau CSV, ou un fichier JSON par lignes ; pas un classeur"))
    return texte


def _lignes_json(numerotees: list[tuple[int, str]], connues: _Texte) -> Iterator[tuple[int, Callable[[], Cas]]]:
    for numero, ligne in numerotees:
        yield numero, partial(_cas_json, ligne, connues)


def _cas_json(ligne: str, connues: _Texte) -> Cas:
    cas = lire_cas(ligne, jour=connues.jour)
    _aide_connue("demande.aide", cas.demande.aide, connues)
    return cas


def _lignes_csv(numerotees: list[tuple[int, str]], connues: _Texte) -> Iterator[tuple[int, Callable[[], Cas]]]:
    titre = numerotees[0][1]
    separateur = max(";\t,", key=titre.count)
    colonnes = [c.strip().lower() for c in _cases(titre, separateur)]
    _verifier_les_colonnes(colonnes, numerotees[0][0])
    for numero, ligne in numerotees[1:]:
        yield numero, partial(_cas_csv, ligne, separateur, colonnes, connues)


def _verifier_les_colonnes(colonnes: list[str], ligne: int) -> None:
    inconnues = [c for c in colonnes if c not in COLONNES]
    if inconnues:
        permis = _("seulement %(colonnes)s ; retirez le reste, surtout ce qui nomme quelqu’un")
        _refuser(ligne, _("colonne"), _court(inconnues[0]), permis % {"colonnes": ", ".join(COLONNES)})
    if len(set(colonnes)) < len(colonnes):
        _refuser(ligne, _("colonne"), "", _("chaque colonne une seule fois"))
    manque = [c for c in ("aide", "ressources") if c not in colonnes]
    if manque:
        _refuser(ligne, _("colonne"), "", _("il manque « %(nom)s »") % {"nom": manque[0]})


def _cas_csv(ligne: str, separateur: str, colonnes: list[str], connues: _Texte) -> Cas:
    cases = _cases(ligne, separateur)
    if len(cases) > len(colonnes):
        raise _Refus(_("ligne"), f"{len(cases)}", _("%(n)s cases au plus") % {"n": len(colonnes)})
    lues = {nom: case.strip() for nom, case in zip(colonnes, cases, strict=False)}
    _aide_connue("aide", lues.get("aide", ""), connues)
    couple = _oui_ou_non("couple", lues.get("couple", ""))
    simple = CasSimple(
        salaire=_somme("ressources", lues.get("ressources", ""), requise=True),
        adultes=_entier("adultes", lues.get("adultes", ""), 2 if couple else 1, 1, 10),
        enfants=_entier("enfants", lues.get("enfants", ""), 0, 0, 10),
        couple=couple,
        demande=_somme("montant", lues.get("montant", "")),
        **{nom: _somme(nom, lues.get(nom, "")) for nom in ("aide_logement", "loyer", "energie", "credit")},
    )
    if couple and simple.adultes < 2:
        raise _Refus("adultes", lues["adultes"], _("au moins 2 adultes pour un couple"))
    return cas_simple(simple, lues["aide"], connues.commune, connues.jour)


def _cases(ligne: str, separateur: str) -> list[str]:
    try:
        return next(csv.reader([ligne], delimiter=separateur))
    except csv.Error:
        raise _Refus(_("ligne"), "", _("des cases séparées par un point-virgule")) from None


def _aide_connue(champ: str, aide: str, connues: _Texte) -> None:
    if aide not in connues.aides:
        raise _Refus(champ, aide, _("une aide parmi %(aides)s") % {"aides": ", ".join(sorted(connues.aides))})


def _somme(champ: str, texte: str, *, requise: bool = False) -> Decimal | None:
    """« 1 234,50 » ou « 1234.50 », en euros par mois ; vide : rien."""
    if not texte and not requise:
        return None
    permis = _("une somme en euros, de 0 à %(maxi)s ; exemple : 982,50") % {"maxi": SOMME_MAXIMALE}
    propre = "".join(texte.removesuffix("€").split()).replace(",", ".")
    try:
        somme = Decimal(propre)
    except InvalidOperation:
        raise _Refus(champ, texte, permis) from None
    if not somme.is_finite() or not 0 <= somme <= SOMME_MAXIMALE:
        raise _Refus(champ, texte, permis)
    return somme


def _entier(champ: str, texte: str, defaut: int, mini: int, maxi: int) -> int:
    if not texte:
        return defaut
    if not (texte.isascii() and texte.isdigit() and len(texte) < 4) or not mini <= int(texte) <= maxi:
        raise _Refus(champ, texte, _("un nombre entier de %(mini)s à %(maxi)s") % {"mini": mini, "maxi": maxi})
    return int(texte)


def _oui_ou_non(champ: str, texte: str) -> bool:
    if texte.lower() not in (*OUI, *NON):
        raise _Refus(champ, texte, _("oui, non, ou rien"))
    return texte.lower() in OUI


def _court(valeur: Any) -> str:
    texte = str(valeur)
    return texte if len(texte) <= VALEUR_MONTREE else f"{texte[:VALEUR_MONTREE]}…"


def _refuser(ligne: int, champ: str, valeur: str, permis: str) -> None:
    raise PopulationInvalide([FauteDeLigne(ligne, champ, valeur, permis)], 1)
