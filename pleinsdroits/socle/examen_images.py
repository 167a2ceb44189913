"""Reconnaître une photo à son contenu : JPEG, PNG et TIFF sont vraiment décodés, HEIC est lu boîte par boîte."""

from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageFile

SIGNATURES = {
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
}
# Une page A4 à 600 points par pouce fait 35 millions de pixels. Un JPEG se décode en réduction : il peut être plus grand.
PIXELS_MAXIMUM = {"JPEG": 89_000_000, "PNG": 50_000_000, "TIFF": 50_000_000}
PAGES_MAXIMUM = 100
MARQUES_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


def format_de(octets: bytes) -> str:
    """« JPEG », « PNG », « TIFF » ou « HEIC » d'après les premiers octets ; vide si ce n'est aucun d'eux."""
    for signature, nom in SIGNATURES.items():
        if octets.startswith(signature):
            return nom
    return "HEIC" if octets[4:8] == b"ftyp" and octets[8:12] in MARQUES_HEIC else ""


def verifier_image(octets: bytes, nom: str) -> None:
    """Lève ``ValidationError`` si l'image est abîmée ou démesurée."""
    if nom == "HEIC":
        verifier_heic(octets)
        return
    try:
        with Image.open(BytesIO(octets), formats=[nom]) as image:
            _mesurer(image, nom)
            if nom == "JPEG":
                image.draft("RGB", (image.width // 8, image.height // 8))
            image.load()
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _demesuree() from None
    except Exception:  # un décodeur devant un fichier abîmé lève n'importe quoi
        raise abimee() from None


def verifier_heic(octets: bytes) -> None:
    """Les boîtes ISO-BMFF se suivent exactement jusqu'à la fin ; il y a une description et des données."""
    position, vues = 0, set()
    while position < len(octets):
        taille, genre = int.from_bytes(octets[position : position + 4]), octets[position + 4 : position + 8]
        entete = 8
        if taille == 1:
            taille, entete = int.from_bytes(octets[position + 8 : position + 16]), 16
        elif taille == 0:
            taille = len(octets) - position
        if taille < entete or position + taille > len(octets) or not genre.isascii():
            raise abimee()
        vues.add(genre)
        position += taille
    if not {b"ftyp", b"meta", b"mdat"} <= vues:
        raise abimee()


def abimee() -> ValidationError:
    """L'erreur d'un fichier qui ne s'ouvre pas."""
    return ValidationError(_("Ce fichier est abîmé : il ne s’ouvre pas. Reprenez la photo ou enregistrez-le encore."))


def _demesuree() -> ValidationError:
    return ValidationError(_("Cette image est trop grande pour être ouverte. Reprenez-la avec moins de détails."))


def _mesurer(image: ImageFile.ImageFile, nom: str) -> None:
    """Avant de décoder : ce que l'en-tête annonce, page par page, tient en mémoire."""
    pages = getattr(image, "n_frames", 1) if nom == "TIFF" else 1
    if pages > PAGES_MAXIMUM:
        raise _demesuree()
    for page in reversed(range(pages)):
        if pages > 1:
            image.seek(page)
        if image.width * image.height > PIXELS_MAXIMUM[nom]:
            raise _demesuree()
