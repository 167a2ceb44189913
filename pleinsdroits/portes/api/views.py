"""L'API : calculer des droits, lire les fiches et l'annuaire. Sans compte ; rien n'est gardé ni journalisé."""

import datetime as dt
import json
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from ninja import NinjaAPI, Query, Status
from ninja.errors import ValidationError
from ninja.throttling import AnonRateThrottle

from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.droits.fiche import Fiche
from pleinsdroits.droits.moteur.calcul import calculer_un
from pleinsdroits.droits.situation.lecture import Faute, SituationInvalide, lire_situation
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.droits.situation.periode import verifier_le_jour
from pleinsdroits.portes.api import schemas
from pleinsdroits.portes.api.annuaire import router
from pleinsdroits.portes.api.exemple import EXEMPLE

MESSAGE = "Entrée refusée : rien n'a été calculé. Corrigez les champs indiqués."

ATTENDUS = {
    "date": "une date comme 2026-11-23",
    "page": "un nombre entier de 1 à 10 000",
    "size": "un nombre entier de 1 à 100",
}


class Api(NinjaAPI):
    """L'API de la maison ; son OpenAPI décrit la situation avec le modèle même qui la valide."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> Any:
        document = super().get_openapi_schema(*args, **kwargs)
        modele = Situation.model_json_schema(ref_template="#/components/schemas/{model}")
        document["components"]["schemas"].update(modele.pop("$defs", {}))
        document["components"]["schemas"]["Situation"] = modele
        return document


api = Api(
    title="Pleins Droits",
    version="1",
    description="Les droits d'un foyer : montants, raisons, démarches. Un calcul propose, une personne décide.",
    docs_url=None,
    urls_namespace="api",
)


api.add_router("", router)


@api.exception_handler(ValidationError)
def entree_refusee(request: HttpRequest, erreur: ValidationError) -> Any:
    """Une erreur de paramètre, dans la même forme que les autres refus."""
    champs = [str(e["loc"][-1]) for e in erreur.errors]
    fautes = [schemas.Faute(champ=c, valeur=request.GET.get(c, "")[:60], attendu=ATTENDUS[c]) for c in champs]
    return api.create_response(request, schemas.Refus(message=MESSAGE, erreurs=fautes).model_dump(), status=422)


@api.post(
    "droits/calculer",
    response={200: schemas.Bilan, 422: schemas.Refus, 429: schemas.Absent},
    throttle=[AnonRateThrottle(settings.API_DEBIT)],
    summary="Calculer les droits d'un foyer",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {"$ref": "#/components/schemas/Situation"},
                    "examples": {"parent_isole": {"summary": "Un parent seul à temps partiel", "value": EXEMPLE}},
                }
            },
        }
    },
)
def calculer(request: HttpRequest, date: Query[dt.date | None] = None):
    """La situation (JSON) est calculée puis oubliée. Une date que nos règles ne couvrent pas est refusée."""
    jour = date or dt.date.today()
    try:
        verifier_le_jour(jour)
        situation = lire_situation(_corps(request), jour=jour)
    except SituationInvalide as refus:
        return Status(422, {"message": MESSAGE, "erreurs": [vars(f) for f in refus.fautes]})
    return calculer_un(situation, jour, ville=settings.VILLE).en_json()


@api.get("droits", response=list[schemas.DroitResume], summary="Toutes les fiches, en bref")
def lister(request: HttpRequest):
    return [_resume(f) for f in catalogue(settings.VILLE).values()]


@api.get("droits/{id}", response={200: schemas.Droit, 404: schemas.Absent}, summary="Une fiche entière")
def lire(request: HttpRequest, id: str):
    fiche = catalogue(settings.VILLE).get(id)
    if fiche is None:
        return Status(404, {"message": "Aucune fiche ne porte cet identifiant. GET /api/droits les liste."})
    references = [{"texte": str(r), "liens": [adresse for _, adresse in r.liens]} for r in fiche.references]
    return {**_resume(fiche), "references": references, "contenu": fiche.model_dump(mode="json", exclude_none=True)}


def _resume(fiche: Fiche) -> dict[str, Any]:
    return {
        "id": fiche.id,
        "nom": fiche.nom,
        "theme": fiche.theme.value,
        "institution": fiche.institution,
        "pour_qui": fiche.pour_qui,
        "verifie_le": fiche.verifie_le,
        "exemple": fiche.exemple,
    }


def _corps(request: HttpRequest) -> bytes:
    """Le corps JSON ; lève ``SituationInvalide`` s'il est trop gros ou n'est pas un objet JSON."""
    try:
        corps = request.body
    except RequestDataTooBig:
        raise SituationInvalide([Faute("corps", "plus de 1 Mo", "200 ko au plus")]) from None
    try:
        donnees = json.loads(corps)
    except (ValueError, RecursionError):
        raise SituationInvalide([Faute("corps", "", "un objet JSON bien formé")]) from None
    if not isinstance(donnees, dict):
        raise SituationInvalide([Faute("corps", type(donnees).__name__, "un objet JSON : personnes, logement…")])
    return corps
