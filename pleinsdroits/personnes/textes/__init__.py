"""
Les textes exacts que l'on montre ou lit à la personne avant qu'elle dise oui. Une version ne change jamais : on en
ajoute une.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

VERSIONS = {"partage": "accord-2026-11", "mandat": "mandat-2026-11"}


@dataclass(frozen=True)
class TexteMontre:
    """Un texte, sa version et son empreinte SHA-256 (hexadécimal)."""

    version: str
    texte: str
    empreinte: str


@cache
def texte_de(nature: str) -> TexteMontre:
    """Le texte en vigueur pour une ``nature`` d'accord."""
    version = VERSIONS[nature]
    texte = Path(__file__).with_name(f"{version}.txt").read_text(encoding="utf-8").strip()
    return TexteMontre(version, texte, hashlib.sha256(texte.encode()).hexdigest())
