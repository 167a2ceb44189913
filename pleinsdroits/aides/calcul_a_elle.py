"""Un calcul se montre à la personne s'il vient de ce qu'elle a dit, jamais de ce qu'un autre adulte du foyer a confié."""

from typing import Any

from django.utils import timezone

from pleinsdroits.aides.models import Demande
from pleinsdroits.personnes.models import Foyer, Personne, SituationDatee
from pleinsdroits.personnes.models.personne import MAJORITE


def est_a_elle(garde: dict[str, Any], demande: Demande) -> bool:
    """
    Vrai si le calcul ``garde`` (``Calcul.en_json``) a lu une situation dite par la personne de la ``demande``, ou si aucun
    autre adulte n'a vécu dans son foyer. Sinon ses lignes diraient les revenus et les dettes d'un autre : elle en demande
    les règles au CCAS, comme la lettre le lui dit (CRPA L311-3-1).
    """
    if vit_seule_adulte(demande):
        return True
    lue = garde["cas"]["situation"]
    dites = SituationDatee.objects.filter(foyer=demande.foyer, personne=demande.personne)
    return any(s.situation_lue().model_dump(mode="json") == lue for s in dites)


def vit_seule_adulte(demande: Demande) -> bool:
    """Aucun autre adulte n'a vécu dans le foyer de la ``demande`` : ce que le foyer a eu, c'est elle qui l'a eu."""
    return demande.foyer is not None and not _d_autres_adultes(demande.foyer, demande.personne)


def _d_autres_adultes(foyer: Foyer, personne: Personne | None) -> bool:
    """Aujourd'hui ou avant : ce qu'a confié quelqu'un qui est parti reste à lui. Sans naissance connue, on le croit adulte."""
    jour = timezone.localdate()
    ages = [m.personne.age(jour) for m in foyer.membres.select_related("personne") if m.personne != personne]
    return any(age is None or age >= MAJORITE for age in ages)
