"""Les aides que l'on peut demander un jour donné, d'après les règlements en vigueur."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pleinsdroits.aides.models import EditionDuReglement
from pleinsdroits.droits.reglement.modele import Aide


def aides_ouvertes(jour: dt.date) -> list[Aide]:
    """
    Celles dont une commission ou la présidence décide, ouvertes le ``jour``, par nom. Une aide sans décision (un tarif
    de cantine, que la régie applique) ne se demande pas ici.
    """
    trouvees: dict[str, Aide] = {}
    for edition in EditionDuReglement.objects.en_vigueur(jour):
        for aide in edition.lu().aides:
            if aide.id not in trouvees and _se_demande(aide) and not _fermee(aide, jour):
                trouvees[aide.id] = aide
    return sorted(trouvees.values(), key=lambda a: a.nom)


def aide_a_demander(ident: str, jour: dt.date) -> Aide:
    """L'aide ``ident``, ouverte le ``jour``. Lève ``ValidationError`` : inconnue, ou arrêtée (et depuis quand)."""
    edition = EditionDuReglement.objects.de_l_aide(ident, jour)
    if edition is None:
        raise ValidationError(
            {"aide": _("Le règlement en vigueur ne connaît pas cette aide : choisissez-en une autre.")}
        )
    aide = edition.lu().aide(ident)
    if aide.fermee_le and aide.fermee_le < jour:
        texte = _("Cette aide s’est arrêtée le %(jour)s.") % {"jour": date_format(aide.fermee_le, "j F Y")}
        raise ValidationError({"aide": texte})
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


def _fermee(aide: Aide, jour: dt.date) -> bool:
    return aide.fermee_le is not None and aide.fermee_le < jour
