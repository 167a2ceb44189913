"""Les tables de la pièce « demarches »."""

from pleinsdroits.demarches.models.demarche import (
    Demarche,
    EtapeFranchie,
    Examen,
    Lettre,
    Mouvement,
    PapierAttendu,
    Veille,
)

__all__ = ["Demarche", "EtapeFranchie", "Examen", "Lettre", "Mouvement", "PapierAttendu", "Veille"]
