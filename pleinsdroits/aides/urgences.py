"""Les urgences qui attendent la présidence aujourd'hui."""

from dataclasses import dataclass

from django.utils import timezone

from pleinsdroits.aides.catalogue import noms_des_aides
from pleinsdroits.aides.etude import PRETES
from pleinsdroits.aides.models import Demande
from pleinsdroits.comptes.acteur import Acteur


@dataclass(frozen=True)
class Urgence:
    """Une demande urgente : le nom de l'aide, depuis combien de jours elle attend, si elle est prête à décider."""

    demande: Demande
    nom: str
    jours: int
    prete: bool


def urgences_a_decider(acteur: Acteur) -> list[Urgence]:
    """Celles que l'``acteur`` peut lire et que personne n'a décidées, la plus ancienne d'abord. Deux requêtes."""
    jour = timezone.localdate()
    demandes = Demande.objects.visibles_par(acteur).a_decider().filter(urgente=True)
    noms = noms_des_aides(jour)
    return [
        Urgence(d, noms.get(d.aide, d.aide), d.agee_de(jour), d.etat in PRETES)
        for d in demandes.select_related("foyer", "personne").order_by("recue_le")
    ]
