"""Les aides que l'on peut demander un jour donné, d'après les règlements en vigueur."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pleinsdroits.aides.models import EditionDuReglement
from pleinsdroits.droits.reglement.modele import Aide


@dataclass(frozen=True)
class Depot:
    """Une aide du règlement, pour qui veut la demander : ``aide`` si elle se dépose ce jour-là, sinon ``refus`` dit pourquoi."""

    nom: str
    aide: Aide | None = None
    refus: str = ""


def depot_de(ident: str, jour: dt.date) -> Depot | None:
    """
    Peut-on déposer l'aide ``ident`` le ``jour`` ? ``None`` si aucun règlement ne la connaît, ou si elle ne se décide pas
    (un tarif). Arrêtée, pas encore ouverte, sortie du règlement : la phrase qui le dit.
    """
    adoptees = EditionDuReglement.objects.filter(etat=EditionDuReglement.Etat.ADOPTEE).order_by("-effet", "-pk")
    decrivent = [e for e in adoptees if any(a["id"] == ident for a in e.document["aides"])]
    if not decrivent:
        return None
    en_vigueur = next((e for e in decrivent if e.effet <= jour and (e.fin is None or e.fin >= jour)), None)
    aide = (en_vigueur or decrivent[0]).lu().aide(ident)
    if not _se_demande(aide):
        return None
    if en_vigueur is None:
        return Depot(aide.nom, refus=_hors_du_reglement(decrivent, jour))
    depuis = _fermee_depuis(aide, jour)
    return Depot(aide.nom, refus=_arretee(depuis)) if depuis else Depot(aide.nom, aide)


def aides_ouvertes(jour: dt.date) -> list[Aide]:
    """
    Celles dont une commission ou la présidence décide, ouvertes le ``jour``, par nom. Une aide sans décision (un tarif
    de cantine, que la régie applique) ne se demande pas ici.
    """
    trouvees: dict[str, Aide] = {}
    for edition in EditionDuReglement.objects.en_vigueur(jour):
        for aide in edition.lu().aides:
            trouvees.setdefault(aide.id, aide)  # l'édition la plus récente dit si elle est arrêtée
    ouvertes = (a for a in trouvees.values() if _se_demande(a) and not _fermee_depuis(a, jour))
    return sorted(ouvertes, key=lambda a: a.nom)


def aide_a_demander(ident: str, jour: dt.date) -> Aide:
    """L'aide ``ident``, ouverte le ``jour``. Lève ``ValidationError`` : inconnue, ou arrêtée (et depuis quand)."""
    edition = EditionDuReglement.objects.de_l_aide(ident, jour)
    if edition is None:
        raise ValidationError(
            {"aide": _("Le règlement en vigueur ne connaît pas cette aide : choisissez-en une autre.")}
        )
    aide = edition.lu().aide(ident)
    if depuis := _fermee_depuis(aide, jour):
        raise ValidationError({"aide": _arretee(depuis)})
    return aide


def nom_de_l_aide(ident: str, jour: dt.date) -> str:
    """Le nom que lit la personne ; l'identifiant si plus aucun règlement ne décrit cette aide."""
    return noms_des_aides(jour).get(ident) or _nom_ancien(ident)


def noms_des_aides(jour: dt.date) -> dict[str, str]:
    """Tous les noms, par identifiant, fermées comprises (une seule requête)."""
    noms: dict[str, str] = {}
    for edition in EditionDuReglement.objects.en_vigueur(jour):
        for aide in edition.document["aides"]:
            noms.setdefault(aide["id"], aide["nom"])
    return noms


def _nom_ancien(ident: str) -> str:
    for edition in EditionDuReglement.objects.filter(etat=EditionDuReglement.Etat.ADOPTEE):
        for aide in edition.document["aides"]:
            if aide["id"] == ident:
                return aide["nom"]
    return ident


def _se_demande(aide: Aide) -> bool:
    decideurs = {d.qui for d in aide.decide}
    return bool(decideurs & {"conseil_administration", "commission_permanente", "presidence"})


def _fermee_depuis(aide: Aide, jour: dt.date) -> dt.date | None:
    """Le dernier jour où elle se demandait, s'il est passé au ``jour``."""
    return aide.fermee_le if aide.fermee_le and aide.fermee_le < jour else None


def _arretee(le: dt.date) -> str:
    return _("Cette aide s’est arrêtée le %(jour)s.") % {"jour": date_format(le, "j F Y")}


def _hors_du_reglement(editions: list[EditionDuReglement], jour: dt.date) -> str:
    """Aucune édition du ``jour`` ne la décrit : elle n'est pas encore ouverte, ou elle ne l'est plus."""
    a_venir = [e.effet for e in editions if e.effet > jour]
    if a_venir:
        return _("Cette aide se demandera à partir du %(jour)s.") % {"jour": date_format(min(a_venir), "j F Y")}
    return _("Le règlement de la ville ne prévoit plus cette aide.")
