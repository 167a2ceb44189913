"""Un IBAN se vérifie seul : sa clé (ISO 13616, modulo 97) trahit un chiffre faux ou deux chiffres échangés."""

import re

FORME = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
LONGUEUR_FRANCAISE = 27


def iban_juste(texte: str) -> str:
    """L'IBAN sans espaces, en capitales. Lève ``ValueError`` s'il est mal formé ou si sa clé est fausse."""
    serre = re.sub(r"\s", "", texte).upper()
    if not FORME.fullmatch(serre) or (serre.startswith("FR") and len(serre) != LONGUEUR_FRANCAISE):
        raise ValueError("forme")
    if int("".join(str(int(c, 36)) for c in serre[4:] + serre[:4])) % 97 != 1:
        raise ValueError("cle")
    return serre


def iban_lisible(serre: str) -> str:
    """« FR76 3000 6000… », par groupes de quatre."""
    return " ".join(serre[i : i + 4] for i in range(0, len(serre), 4))
