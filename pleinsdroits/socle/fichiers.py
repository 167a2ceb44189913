"""
Les papiers reçus : reconnus à leur contenu, gardés chiffrés hors du site.

    recu = examiner(fichier)                     # lève ValidationError, avec la phrase à montrer
    with range_le_temps_de(recu.octets) as cle:  # effacé si l'enregistrement échoue
        ajouter(None, par=acteur, fichier=cle, genre=recu.genre, taille=recu.taille)
"""

import math
import os
import re
import tempfile
import time
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from pleinsdroits.socle.chiffre import chiffrer, dechiffrer
from pleinsdroits.socle.examen_images import format_de, verifier_image
from pleinsdroits.socle.examen_pdf import ENTETE, verifier_pdf
from pleinsdroits.socle.televersement import TAILLE_MAXIMALE

GENRES = {
    "PDF": ("application/pdf", "pdf"),
    "JPEG": ("image/jpeg", "jpg"),
    "PNG": ("image/png", "png"),
    "HEIC": ("image/heic", "heic"),
    "TIFF": ("image/tiff", "tif"),
}
DEUX_FACES = re.compile(rb"<script|<html|<!doctype html|<\?php", re.IGNORECASE)
FIN_D_ARCHIVE = b"PK\x05\x06"
CLE = re.compile(r"[0-9a-f]{32}")
RECENT = 3600


@dataclass(frozen=True)
class FichierRecu:
    """Un fichier reconnu : ses octets, son type d'après le contenu, l'extension qui va avec, sa taille."""

    octets: bytes = field(repr=False)
    genre: str
    extension: str
    taille: int


def examiner(fichier: UploadedFile) -> FichierRecu:
    """
    Lit et reconnaît ``fichier`` : PDF, JPEG, PNG, HEIC ou TIFF, 10 Mo au plus. Ni le nom ni le type annoncé ne comptent.
    Lève ``ValidationError`` (trop gros, vide, autre chose, abîmé, programme caché).
    """
    taille = fichier.size or 0
    if taille > TAILLE_MAXIMALE:
        raise _trop_gros(taille)
    octets = fichier.read(TAILLE_MAXIMALE + 1)
    if not octets:
        raise ValidationError(_("Ce fichier est vide. Choisissez-en un autre."))
    if len(octets) > TAILLE_MAXIMALE:
        raise _trop_gros(len(octets))
    nom = _reconnaitre(octets)
    genre, extension = GENRES[nom]
    return FichierRecu(octets, genre, extension, len(octets))


def ranger(octets: bytes) -> str:
    """Garde ``octets`` chiffrés, écrits d'un coup ; rend la clé (hexadécimale, tirée au hasard)."""
    cle = uuid.uuid4().hex
    ecrire_chiffre(_chemin(cle), chiffrer(octets))
    return cle


def lire(cle: str) -> bytes:
    """Les octets gardés sous ``cle``. Lève ``FileNotFoundError`` (effacé) ou ``InvalidToken`` (altéré)."""
    return dechiffrer(_chemin(cle).read_bytes())


def effacer(cle: str) -> None:
    """Efface le fichier ``cle`` ; sans effet s'il l'est déjà."""
    _chemin(cle).unlink(missing_ok=True)


def effacer_ensuite(cle: str) -> None:
    """Efface ``cle`` une fois la transaction validée : si elle est annulée, le papier est toujours là."""
    transaction.on_commit(partial(effacer, cle))


@contextmanager
def range_le_temps_de(octets: bytes) -> Iterator[str]:
    """
    Donne la clé de ``octets`` rangés, et les efface si le bloc échoue. À ouvrir autour de l'acte qui l'enregistre ; ce
    qui échouerait encore après (validation, coupure) est repris par ``balayer``.
    """
    cle = ranger(octets)
    try:
        yield cle
    except BaseException:
        effacer(cle)
        raise


def balayer(cles_connues: Collection[str]) -> int:
    """
    Efface les fichiers de plus d'une heure que personne ne connaît, et les écritures interrompues. ``cles_connues`` :
    toutes les clés enregistrées. Rend le nombre de fichiers effacés.
    """
    connues, limite = frozenset(cles_connues), time.time() - RECENT
    perdus = [c for c in _dossier().glob("??/??/*") if c.name not in connues and _date(c) < limite]
    for chemin in perdus:
        chemin.unlink(missing_ok=True)
    return len(perdus)


def tous() -> Iterator[Path]:
    """Les chemins de tous les fichiers gardés."""
    return (c for c in _dossier().glob("??/??/*") if CLE.fullmatch(c.name))


def ecrire_chiffre(chemin: Path, chiffre: bytes) -> None:
    """Écrit en une fois, pour le seul compte du site : un lecteur ne voit jamais un fichier à moitié écrit."""
    for dossier in (_dossier(), chemin.parent.parent, chemin.parent):
        dossier.mkdir(parents=True, exist_ok=True, mode=0o700)
    descripteur, provisoire = tempfile.mkstemp(dir=chemin.parent, suffix=".ecriture")
    try:
        with os.fdopen(descripteur, "wb") as fichier:
            fichier.write(chiffre)
            fichier.flush()
            os.fsync(fichier.fileno())
        Path(provisoire).replace(chemin)
    except BaseException:
        Path(provisoire).unlink(missing_ok=True)
        raise


def _reconnaitre(octets: bytes) -> str:
    nom = "PDF" if ENTETE.match(octets) else format_de(octets)
    if not nom or FIN_D_ARCHIVE in octets[-70_000:]:
        raise ValidationError(_("Ce fichier n’est ni un PDF ni une photo."))
    if nom == "PDF":
        verifier_pdf(octets)
    elif DEUX_FACES.search(octets):
        raise ValidationError(_("Ce fichier n’est ni un PDF ni une photo."))
    else:
        verifier_image(octets, nom)
    return nom


def _trop_gros(taille: int) -> ValidationError:
    """Arrondi vers le haut : « 10 Mo » n'est jamais refusé au nom de « 10 Mo »."""
    dixiemes = math.ceil(taille / 1024**2 * 10) / 10
    mo = number_format(dixiemes, 1 if dixiemes % 1 else 0)
    phrase = _(
        "Ce fichier pèse %(mo)s Mo. Le maximum est 10 Mo. Vous pouvez aussi l’apporter ou l’envoyer par la poste."
    )
    return ValidationError(phrase % {"mo": mo})


def _dossier() -> Path:
    return Path(settings.PAPIERS_DOSSIER)


def _chemin(cle: str) -> Path:
    """Une clé n'est jamais un chemin. Lève ``ValueError`` si ce n'en est pas une."""
    if not CLE.fullmatch(cle):
        raise ValueError("Clé de fichier mal formée.")
    return _dossier() / cle[:2] / cle[2:4] / cle


def _date(chemin: Path) -> float:
    """Un fichier effacé entre-temps par un autre n'est pas à effacer."""
    try:
        return chemin.stat().st_mtime
    except FileNotFoundError:
        return math.inf
