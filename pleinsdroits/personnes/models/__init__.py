"""Les tables de la pièce « personnes »."""

from pleinsdroits.personnes.models.acces import AccesExceptionnel
from pleinsdroits.personnes.models.accord import SUJETS, Accord, Duree, Recueil
from pleinsdroits.personnes.models.foyer import Adresse, Foyer, du_foyer
from pleinsdroits.personnes.models.fusion import Fusion
from pleinsdroits.personnes.models.lien import LienPersonnel
from pleinsdroits.personnes.models.membre import Membre
from pleinsdroits.personnes.models.papier import Papier
from pleinsdroits.personnes.models.personne import Canal, Identifiant, Langue, Moyen, Personne
from pleinsdroits.personnes.models.situation import SituationDatee

__all__ = [
    "SUJETS",
    "AccesExceptionnel",
    "Accord",
    "Adresse",
    "Canal",
    "Duree",
    "Foyer",
    "Fusion",
    "Identifiant",
    "Langue",
    "LienPersonnel",
    "Membre",
    "Moyen",
    "Papier",
    "Personne",
    "Recueil",
    "SituationDatee",
    "du_foyer",
]
