"""Trouver le dossier que demande une adresse, dans le périmètre de l'agent, et lui seul."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from pleinsdroits.personnes.models import Foyer, Personne
from pleinsdroits.portes.agents.dossiers_lus import personne_du
from pleinsdroits.portes.agents.requete import RequeteAgent


def le_dossier(request: RequeteAgent, numero: str) -> Foyer:
    """Le dossier ``numero``, son interlocuteur et son remplaçant. Hors périmètre : une page absente."""
    visibles = Foyer.objects.visibles_par(request.user.acteur).select_related("interlocuteur", "remplacant")
    return get_object_or_404(visibles, numero=numero)


def la_personne(request: RequeteAgent, foyer: Foyer, pk: int) -> Personne:
    """La personne ``pk`` de ce foyer ; d'un autre, ou hors périmètre : une page absente."""
    trouvee = personne_du(foyer, request.user.acteur, pk)
    if trouvee is None:
        raise Http404
    return trouvee
