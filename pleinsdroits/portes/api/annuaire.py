"""Les lieux et les services de la ville, au format data·inclusion v1 : ceux que le public voit, page par page."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router, Status

from pleinsdroits.annuaire.data_inclusion import LieuPublie, ServicePublie, publier_lieu, publier_service
from pleinsdroits.annuaire.models import Lieu, Service
from pleinsdroits.portes.api import schemas
from pleinsdroits.socle.ville import ville

router = Router(tags=["annuaire"])
ABSENTE = "Aucune structure ne porte cet identifiant. GET /api/structures les liste."


@router.get(
    "structures",
    response={200: schemas.PageStructures, 422: schemas.Refus},
    exclude_none=True,
    summary="Les lieux, en structures data·inclusion",
)
def structures(request: HttpRequest, demande: Query[schemas.DemandeDePage]):
    """Les lieux ouverts au public. ``exemple`` : à remplacer par la ville, ne pas moissonner."""
    return _page(Lieu.objects.publies().avec_horaires().order_by("cle"), demande, _structure)


@router.get(
    "structures/{id}",
    response={200: LieuPublie, 404: schemas.Absent},
    exclude_none=True,
    summary="Une structure data·inclusion",
)
def structure(request: HttpRequest, id: str):
    cle = id.removeprefix(f"{_source()}--")
    lieu = Lieu.objects.publies().avec_horaires().filter(cle=cle).first() if cle != id else None
    return _structure(lieu) if lieu else Status(404, {"message": ABSENTE})


@router.get(
    "services",
    response={200: schemas.PageServices, 422: schemas.Refus},
    exclude_none=True,
    summary="Les services, au format data·inclusion",
)
def services(request: HttpRequest, demande: Query[schemas.DemandeDePage]):
    """Les services des lieux ouverts au public, à l'adresse et aux heures de leur lieu."""
    return _page(Service.objects.publies().avec_horaires().order_by("lieu__cle", "cle"), demande, _service)


def _page(lignes: QuerySet, demande: schemas.DemandeDePage, publier: Callable[[Any], Any]) -> dict[str, Any]:
    """Une page, sous les noms de l'API data·inclusion : items, total, page, size, pages."""
    total, debut = lignes.count(), (demande.page - 1) * demande.size
    return {
        "items": [publier(ligne) for ligne in lignes[debut : debut + demande.size]],
        "total": total,
        "page": demande.page,
        "size": demande.size,
        "pages": -(-total // demande.size),
    }


def _structure(lieu: Lieu) -> LieuPublie:
    return publier_lieu(lieu, source=_source(), lien=_lien(lieu), jour=_aujourd_hui())


def _service(service: Service) -> ServicePublie:
    return publier_service(service, source=_source(), lien=_lien(service.lieu), jour=_aujourd_hui())


def _source() -> str:
    """Qui publie : cette plateforme, pour cette commune."""
    return f"pleins-droits-{ville(settings.VILLE).code_insee}"


def _lien(lieu: Lieu) -> str:
    return settings.ADRESSE_DU_SITE + reverse("public:lieu", args=[lieu.cle])


def _aujourd_hui() -> dt.date:
    return timezone.localdate()
