"""Les tables de la pièce « aides »."""

from pleinsdroits.aides.models.budget import EcritureBudgetaire, LigneBudgetaire
from pleinsdroits.aides.models.decision import Decision
from pleinsdroits.aides.models.demande import Demande, EtatDemande
from pleinsdroits.aides.models.edition import EditionDuReglement
from pleinsdroits.aides.models.instruction import (
    CorrectionDeLigne,
    DureeEtape,
    Etape,
    ObjectifDeDelai,
    Passage,
    PieceDemandee,
)
from pleinsdroits.aides.models.paiement import Cheque, Mensualite, OperationDeRegie, Ordre, Paiement
from pleinsdroits.aides.models.scrutin import Pouvoir, ProcesVerbal, Urne, Vote
from pleinsdroits.aides.models.seance import (
    EtatSeance,
    Inscription,
    Instance,
    MembreDeLInstance,
    Presence,
    Retrait,
    Seance,
)

__all__ = [
    "Cheque",
    "CorrectionDeLigne",
    "Decision",
    "Demande",
    "DureeEtape",
    "EcritureBudgetaire",
    "EditionDuReglement",
    "Etape",
    "EtatDemande",
    "EtatSeance",
    "Inscription",
    "Instance",
    "LigneBudgetaire",
    "MembreDeLInstance",
    "Mensualite",
    "ObjectifDeDelai",
    "OperationDeRegie",
    "Ordre",
    "Paiement",
    "Passage",
    "PieceDemandee",
    "Pouvoir",
    "Presence",
    "ProcesVerbal",
    "Retrait",
    "Seance",
    "Urne",
    "Vote",
]
