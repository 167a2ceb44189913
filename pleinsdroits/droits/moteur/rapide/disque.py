"""
Les paramètres d'OpenFisca-France, gardés sur le disque : les relire dure cent fois moins que quatre mille fichiers YAML.

Pourquoi lire ce fichier est sûr. Il est dans le dossier du moteur (0700 quand nous le créons) ; un fichier qui n'est
pas à nous, ou que d'autres peuvent écrire, n'est pas lu. Son empreinte écarte un fichier tronqué ou abîmé. Enfin la
lecture ne sait créer que des paramètres et des dates : aucun autre code ne peut y être appelé.
"""

import hashlib
import logging
import os
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any

from openfisca_core.parameters import (
    Parameter,
    ParameterAtInstant,
    ParameterNode,
    ParameterScale,
    ParameterScaleBracket,
)

PREFIXE, SUFFIXE = "parametres-", ".pickle"
PAQUETS = ("openfisca-france", "openfisca-core")
TAILLE_EMPREINTE = hashlib.sha256().digest_size
ECRIVABLE_PAR_D_AUTRES = 0o022
PERMISES: dict[tuple[str, str], type] = {
    (classe.__module__, classe.__qualname__): classe
    for classe in (Parameter, ParameterAtInstant, ParameterNode, ParameterScale, ParameterScaleBracket, date)
}
trace = logging.getLogger(__name__)


def parametres(dossier: Path, construire: Callable[[], ParameterNode]) -> ParameterNode:
    """
    Les paramètres gardés dans ``dossier`` pour ces versions d'OpenFisca et de Python ; sinon ceux que rend
    ``construire``, gardés pour la prochaine fois si le disque le permet.
    """
    fichier = dossier / nom_du_fichier()
    gardes = _lire(fichier)
    if gardes is None:
        gardes = construire()
        _ecrire(fichier, gardes)
    return gardes


def nom_du_fichier() -> str:
    """Il nomme tout ce dont dépend son contenu : une autre version d'OpenFisca ne le lit pas."""
    python = f"python-{sys.version_info.major}.{sys.version_info.minor}"
    return PREFIXE + "-".join([*(f"{p}-{version(p)}" for p in PAQUETS), python]) + SUFFIXE


def _lire(fichier: Path) -> ParameterNode | None:
    try:
        with fichier.open("rb") as flux:
            if not _est_a_nous(os.fstat(flux.fileno())):
                return None
            empreinte, donnees = flux.read(TAILLE_EMPREINTE), flux.read()
        return _Lecteur(BytesIO(donnees)).load() if hashlib.sha256(donnees).digest() == empreinte else None
    except (OSError, pickle.UnpicklingError):
        return None


def _est_a_nous(etat: os.stat_result) -> bool:
    return etat.st_uid == os.geteuid() and not etat.st_mode & ECRIVABLE_PAR_D_AUTRES


class _Lecteur(pickle.Unpickler):
    """Ne connaît que les classes permises. Lève ``UnpicklingError`` pour toute autre."""

    def find_class(self, module: str, nom: str) -> Any:
        try:
            return PERMISES[module, nom]
        except KeyError:
            raise pickle.UnpicklingError(f"classe refusée : {module}.{nom}") from None


def _ecrire(fichier: Path, parametres: ParameterNode) -> None:
    """D'un seul coup : un autre processus lit l'ancien fichier ou le nouveau, jamais une moitié."""
    donnees = pickle.dumps(parametres, protocol=pickle.HIGHEST_PROTOCOL)
    provisoire = fichier.with_suffix(f".{os.getpid()}.tmp")
    try:
        fichier.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        provisoire.touch(mode=0o600)
        provisoire.write_bytes(hashlib.sha256(donnees).digest() + donnees)
        provisoire.replace(fichier)
        _oublier_les_anciens(fichier)
    except OSError as erreur:
        trace.warning("paramètres d'OpenFisca non gardés sur le disque : %s", erreur)
        with suppress(OSError):
            provisoire.unlink()


def _oublier_les_anciens(fichier: Path) -> None:
    for ancien in fichier.parent.glob(f"{PREFIXE}*{SUFFIXE}"):
        if ancien != fichier:
            ancien.unlink(missing_ok=True)
