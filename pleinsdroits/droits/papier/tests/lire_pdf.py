"""
Le texte d'un PDF composé par Typst, relu glyphe à glyphe avec la table ``ToUnicode`` de chaque police : ce qu'une
synthèse vocale ou un copier-coller en tire. Sans programme à installer.
"""

import io
import re
from functools import cache

import pikepdf

CODES = re.compile(rb"<([0-9A-Fa-f]+)>")


def texte(contenu: bytes) -> str:
    """Tout le texte du PDF, page après page, blancs (insécables compris) réduits à une espace."""
    with pikepdf.open(io.BytesIO(contenu)) as pdf:
        return " ".join(" ".join(_morceaux(page)) for page in pdf.pages)


def premiere_page(contenu: bytes) -> str:
    """Le texte de la première page."""
    with pikepdf.open(io.BytesIO(contenu)) as pdf:
        return " ".join(_morceaux(pdf.pages[0]))


def pages(contenu: bytes) -> int:
    """Le nombre de pages."""
    with pikepdf.open(io.BytesIO(contenu)) as pdf:
        return len(pdf.pages)


def _morceaux(page: pikepdf.Page) -> list[str]:
    polices = page.Resources.get("/Font", {})
    tables = {nom: _table(bytes(p.ToUnicode.read_bytes())) for nom, p in polices.items() if "/ToUnicode" in p}
    table: dict[int, str] = {}
    ecrits: list[str] = []
    for operandes, operateur in pikepdf.parse_content_stream(page):
        if str(operateur) == "Tf":
            table = tables.get(str(operandes[0]), {})
        elif str(operateur) in ("Tj", "TJ"):
            ecrits.append("".join(_lire(bytes(s), table) for s in _chaines(operandes[0])))
    return re.sub(r"\s+", " ", " ".join(ecrits)).split()


def _chaines(operande: object) -> list[pikepdf.String]:
    suite = operande if isinstance(operande, pikepdf.Array) else [operande]
    return [s for s in suite if isinstance(s, pikepdf.String)]


def _lire(codes: bytes, table: dict[int, str]) -> str:
    return "".join(table.get(int.from_bytes(codes[i : i + 2], "big"), "") for i in range(0, len(codes), 2))


@cache
def _table(cmap: bytes) -> dict[int, str]:
    table: dict[int, str] = {}
    for bloc in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, lettres in re.findall(CODES.pattern + rb"\s*" + CODES.pattern, bloc):
            table[int(code, 16)] = bytes.fromhex(lettres.decode()).decode("utf-16-be")
    for bloc in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for debut, fin, lettres in re.findall(rb"\s*".join([CODES.pattern] * 3), bloc):
            depart = int(lettres, 16)
            table |= {c: chr(depart + i) for i, c in enumerate(range(int(debut, 16), int(fin, 16) + 1))}
    return table
