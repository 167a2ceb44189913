"""Ce que partagent les pages de gestion : qui peut entrer, comment on montre un tableau, comment on l'emporte."""

import csv
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import wraps
from io import StringIO
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils import timezone
from django_tables2 import RequestConfig, Table

from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.portes.refus import tenter as tenter

PAR_PAGE = 25
# Un tableur prendrait ces débuts de texte pour une formule.
DEBUTS_DE_FORMULE = ("=", "+", "-", "@", "\t", "\r")
Vue = Callable[..., HttpResponse]
UnTableau = TypeVar("UnTableau", bound=Table)


def reserver(roles: Collection[str]) -> Callable[[Vue], Vue]:
    """La page n'existe que pour ces rôles ; aux autres, elle répond comme une page absente."""

    def decorer(vue: Vue) -> Vue:
        @wraps(vue)
        def protegee(request: RequeteAgent, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.role not in roles:
                raise PermissionDenied
            return vue(request, *args, **kwargs)

        return protegee

    return decorer


def ranger(request: RequeteAgent, tableau: UnTableau) -> UnTableau:
    """Le tableau trié selon l'adresse (``tri``), à la page demandée, 25 lignes à la fois."""
    RequestConfig(request, paginate={"per_page": PAR_PAGE}).configure(tableau)
    return tableau


def en_csv(nom: str, titres: Sequence[object], lignes: Iterable[Sequence[object]]) -> HttpResponse:
    """Un fichier pour tableur (point-virgule, UTF-8 reconnu), daté du jour. Aucune case n'y est une formule."""
    texte = StringIO()
    plume = csv.writer(texte, delimiter=";")
    plume.writerow([_case(t) for t in titres])
    plume.writerows([_case(c) for c in ligne] for ligne in lignes)
    reponse = HttpResponse("\ufeff" + texte.getvalue(), content_type="text/csv; charset=utf-8")
    reponse["Content-Disposition"] = f'attachment; filename="{nom}-{timezone.localdate():%Y-%m-%d}.csv"'
    return reponse


def _case(valeur: object) -> str:
    texte = "" if valeur is None else str(valeur)
    return f"'{texte}" if texte.startswith(DEBUTS_DE_FORMULE) else texte
