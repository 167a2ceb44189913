"""Composer un document : un gabarit Typst et des données, un PDF balisé (PDF/UA-1). Aucune police à installer."""

import io
import json
from collections.abc import Mapping
from pathlib import Path

import qrcode
import typst
from qrcode.image.svg import SvgPathImage

POLICES = Path(__file__).parent / "polices"


class DocumentImpossible(Exception):
    """Typst refuse le document : gabarit faux, texte de remplacement absent, titres dans le désordre."""


def composer(gabarit: Path, donnees: Mapping[str, object]) -> bytes:
    """
    Le PDF du ``gabarit`` rempli avec ``donnees`` (types JSON ; aucun texte n'est lu comme du code Typst).

    Lève ``DocumentImpossible`` si le document ne respecte pas PDF/UA-1.
    """
    try:
        return typst.compile(
            str(gabarit),
            root=str(gabarit.parent),
            font_paths=[str(POLICES)],
            ignore_system_fonts=True,
            sys_inputs={"donnees": json.dumps(donnees, ensure_ascii=False)},
            pdf_standards="ua-1",
            format="pdf",
        )
    except typst.TypstError as erreur:
        raise DocumentImpossible(f"{gabarit.name} : {erreur}") from erreur


def code_qr(adresse: str) -> str:
    """Le code QR d'une ``adresse``, en SVG."""
    code = qrcode.QRCode(border=1, error_correction=qrcode.constants.ERROR_CORRECT_M, image_factory=SvgPathImage)
    code.add_data(adresse)
    tampon = io.BytesIO()
    code.make_image().save(tampon)
    return tampon.getvalue().decode()
