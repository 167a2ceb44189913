"""
Un PDF est un document, pas un programme : on refuse ce qui s'exécute ou se cache dedans (ISO 32000-1, 7.5, 7.7 et 12.6).

Les noms interdits sont cherchés partout, sous toutes leurs écritures (« /J#61vaScript »), y compris dans les objets
compressés. Un PDF chiffré qui compresse ses objets ne se laisse pas regarder : il est refusé.
"""

import re
import zlib

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pleinsdroits.socle.examen_images import abimee

ENTETE = re.compile(rb"\A(?:\xef\xbb\xbf)?\s{0,16}%PDF-[12]\.\d")
FIN = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF")
INTERDITS = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|ImportData)(?![A-Za-z0-9])")
SCRIPT_COURT = re.compile(rb"/JS(?=[\s(<\[/])")
FLUX = re.compile(rb"(?<!end)stream(?:\r\n|\n|\r)")
CONTENU_DES_FLUX = re.compile(rb"(?<!end)stream[\r\n].*?endstream", re.DOTALL)
FILTRES = re.compile(rb"/Filter\s*\[?\s*/(\w+)\s*(/\w+)?")
ECHAPPE = re.compile(rb"#([0-9A-Fa-f]{2})")
DERNIERS_OCTETS = 2048
DECOMPRESSION_MAXIMALE = 32 * 1024**2


def verifier_pdf(octets: bytes) -> None:
    """Lève ``ValidationError`` si ce n'est pas un PDF entier, ou s'il porte un programme ou un fichier caché."""
    fins = FIN.findall(octets[-DERNIERS_OCTETS:])
    if not ENTETE.match(octets) or not fins or int(fins[-1]) >= len(octets):
        raise abimee()
    if INTERDITS.search(_lire_les_noms(octets)) or SCRIPT_COURT.search(_hors_des_flux(octets)):
        raise _programme()
    if b"/Encrypt" in octets and b"/ObjStm" in octets:
        raise ValidationError(
            _(
                "Ce PDF est protégé : nous ne pouvons pas l’ouvrir. Enregistrez-le sans protection, ou prenez-le en photo."
            )
        )
    _verifier_les_objets_compresses(octets)


def _verifier_les_objets_compresses(octets: bytes) -> None:
    reste = DECOMPRESSION_MAXIMALE
    for debut in FLUX.finditer(octets):
        avant = max(octets.rfind(b"endstream", 0, debut.start()), debut.start() - 8192, 0)
        description = _lire_les_noms(octets[avant : debut.start()])
        if b"/ObjStm" not in description:
            continue
        objets = _decompresser(octets, debut.end(), description, reste)
        reste -= len(objets)
        noms = _lire_les_noms(objets)
        if INTERDITS.search(noms) or SCRIPT_COURT.search(noms):
            raise _programme()


def _decompresser(octets: bytes, debut: int, description: bytes, maximum: int) -> bytes:
    """Le contenu d'un flux d'objets, en clair ou compressé par « Flate » ; tout autre filtre est refusé."""
    filtre = FILTRES.search(description)
    if filtre is None and b"/Filter" not in description:
        return octets[debut : octets.find(b"endstream", debut)]
    if filtre is None or filtre[1] not in (b"FlateDecode", b"Fl") or filtre[2] in (b"/FlateDecode", b"/LZWDecode"):
        raise abimee()
    machine = zlib.decompressobj()
    try:
        contenu = machine.decompress(octets[debut:], max(maximum, 1))
    except zlib.error:
        raise abimee() from None
    if machine.unconsumed_tail and not machine.eof:
        raise abimee()
    return contenu


def _hors_des_flux(octets: bytes) -> bytes:
    return _lire_les_noms(CONTENU_DES_FLUX.sub(b"stream endstream", octets))


def _lire_les_noms(octets: bytes) -> bytes:
    """Les mêmes octets, « #61 » devenu « a » : un nom s'écrit de plusieurs façons."""
    return ECHAPPE.sub(lambda m: bytes([int(m[1], 16)]), octets)


def _programme() -> ValidationError:
    return ValidationError(
        _(
            "Ce PDF contient un programme ou un fichier caché : nous ne le gardons pas. Imprimez-le, ou prenez-le en photo."
        )
    )
