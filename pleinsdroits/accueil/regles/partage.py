"""
Ce qui peut partir vers un partenaire, ligne par ligne, et pourquoi. Une ligne part sur l'accord de la personne (à cette
institution, sur ce sujet) ou, sans accord, dans un cas de CASF L121-6-2, si elle est strictement nécessaire.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import gettext as _

from pleinsdroits.socle.templatetags.socle import jour as en_lettres

SANTE = "sante"
EXPLICATION_AU_MOINS = 20
LOI = "CASF L121-6-2"


class Nature(StrEnum):
    """Ce qu'une ligne dit de la personne : qui elle est, où la joindre, son numéro ailleurs, sa santé, ou le reste."""

    IDENTITE = "identite"
    CONTACT = "contact"
    NUMERO = "numero"
    SANTE = "sante"
    FAIT = "fait"


@dataclass(frozen=True)
class Element:
    """Une ligne possible, avant toute permission. ``sujet`` vide : celui du relais. ``danger`` : elle dit où joindre."""

    cle: str
    libelle: str
    valeur: str
    nature: Nature = Nature.FAIT
    sujet: str = ""
    danger: bool = False


@dataclass(frozen=True)
class LigneDePartage:
    """
    Une ligne de l'aperçu. ``permise`` : elle peut partir, et ``fondement`` dit sur quoi ; sinon ``pourquoi`` dit ce qui
    manque. ``proposee`` : cochée d'avance. ``a_confirmer`` : elle ne part que confirmée une seconde fois.
    """

    cle: str
    libelle: str
    valeur: str
    sujet_requis: str
    fondement: str
    permise: bool
    pourquoi: str
    nature: Nature = Nature.FAIT
    proposee: bool = False
    a_confirmer: bool = False


def selon_l_accord(
    elements: Iterable[Element], *, sujet: str, accords: Mapping[str, dt.date], noms: Mapping[str, str]
) -> list[LigneDePartage]:
    """
    Les lignes qu'un accord permet : ``accords`` donne la date de l'accord en cours de chaque sujet, pour une institution.
    Sans accord sur le ``sujet`` du relais, rien n'est permis. ``noms`` : les sujets en mots.
    """
    return [_accordee(e, e.sujet or sujet, sujet, accords, noms) for e in elements]


def selon_la_loi(elements: Iterable[Element], *, sujet: str) -> list[LigneDePartage]:
    """
    Sans accord : l'agent coche ce qui est strictement nécessaire, rien ne l'est d'avance. La santé attend toujours un
    accord (RGPD art. 9 ; CSP L1110-4).
    """
    return [_legale(e, e.sujet or sujet) for e in elements]


def sans_nom(elements: Iterable[Element], *, sujet: str) -> list[LigneDePartage]:
    """Ni identité, ni coordonnées, ni numéro, ni santé : le reste, s'il sert, sans dire de qui il s'agit."""
    return [_anonyme(e, e.sujet or sujet) for e in elements]


def choisies(
    lignes: Iterable[LigneDePartage], cochees: Collection[str], confirmees: Collection[str] = ()
) -> list[LigneDePartage]:
    """
    Les lignes cochées et permises. Une ligne à confirmer ne part que si elle est aussi dans ``confirmees`` ; les autres
    cases, même forcées, sont ignorées : ce qui part est toujours dans ce qui est permis.
    """
    permises = [ligne for ligne in lignes if ligne.permise and ligne.cle in cochees]
    return [ligne for ligne in permises if not ligne.a_confirmer or ligne.cle in confirmees]


def cite(texte: str, noms: Iterable[str]) -> str:
    """Le premier des ``noms`` (de trois lettres ou plus) que le ``texte`` contient, mot entier ; vide s'il n'y en a pas."""
    mots = {m.strip(".,;:!?«»()’'").casefold() for m in texte.replace("-", " ").replace("’", " ").split()}
    morceaux = (m for nom in noms for m in nom.replace("-", " ").split() if len(m) > 2)
    return next((m for m in morceaux if m.casefold() in mots), "")


def _accordee(
    e: Element, requis: str, sujet: str, accords: Mapping[str, dt.date], noms: Mapping[str, str]
) -> LigneDePartage:
    manque = next((s for s in (sujet, requis) if s not in accords), "")
    if manque:
        refus = _("pas d’accord «\u00a0%(sujet)s\u00a0» avec ce partenaire") % {"sujet": str(noms[manque]).lower()}
        return _ligne(e, requis, pourquoi=refus)
    fondement = _("accord du %(jour)s") % {"jour": en_lettres(accords[requis])}
    if e.nature is Nature.NUMERO:
        fondement = _("ce partenaire le demande, %(accord)s") % {"accord": fondement}
    return _ligne(e, requis, fondement)


def _legale(e: Element, requis: str) -> LigneDePartage:
    if e.nature is Nature.SANTE:
        return _ligne(e, requis, pourquoi=_("la santé ne part qu’avec l’accord de la personne"))
    return replace(_ligne(e, requis, LOI), proposee=False)


def _anonyme(e: Element, requis: str) -> LigneDePartage:
    if e.nature is not Nature.FAIT:
        return _ligne(e, requis, pourquoi=_("ce relais part sans nom ni coordonnées"))
    return _ligne(e, requis, _("ne dit pas de qui il s’agit"))


def _ligne(e: Element, requis: str, fondement: str = "", pourquoi: str = "") -> LigneDePartage:
    permise = not pourquoi
    return LigneDePartage(
        e.cle,
        e.libelle,
        e.valeur,
        requis,
        fondement,
        permise,
        pourquoi,
        e.nature,
        proposee=permise and not e.danger,
        a_confirmer=permise and e.danger,
    )
