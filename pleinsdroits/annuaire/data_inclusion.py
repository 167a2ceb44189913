"""
L'annuaire au format data·inclusion v1, que d'autres logiciels moissonnent : un lieu y est une « structure ».

Ce que ce format n'accepte pas (une adresse de courriel fictive, une thématique retirée) est laissé vide, jamais inventé.
"""

import datetime as dt
from typing import Any, TypeVar

from data_inclusion.schema.v1 import ModeAccueil, Service, Structure, Thematique
from pydantic import BaseModel, Field, ValidationError

from pleinsdroits.annuaire import models
from pleinsdroits.annuaire.regles import horaires_osm

ACCESLIBRE = "https://acceslibre.beta.gouv.fr/"
EXEMPLE = "Exemple, à remplacer par la ville. "
A_REMPLACER = "Vrai : valeurs d'exemple, à remplacer par la ville. La description le dit aussi."
ADRESSE = ("adresse", "complement_adresse", "code_postal", "commune", "code_insee", "latitude", "longitude", "courriel")
Publiee = TypeVar("Publiee", bound=BaseModel)


class LieuPublie(Structure):
    """Une « structure » de data·inclusion v1, plus ``exemple`` (hors format : à ignorer en moissonnant)."""

    exemple: bool = Field(False, description=A_REMPLACER)


class ServicePublie(Service):
    """Un service data·inclusion v1, plus ``exemple`` (hors format : à ignorer en moissonnant)."""

    thematiques: list[Thematique] | None = None
    modes_accueil: list[ModeAccueil] | None = None
    exemple: bool = Field(False, description=A_REMPLACER)


def publier_lieu(lieu: models.Lieu, *, source: str, lien: str, jour: dt.date) -> LieuPublie:
    """
    Le ``lieu`` (horaires et fermetures lus d'avance). ``source`` : qui publie ; ``lien`` : sa page ; ``jour`` :
    aujourd'hui, les fermetures passées ne se disent plus.
    """
    return _valider(
        LieuPublie,
        _commun(lieu, source=source, lien=lien, jour=jour)
        | {
            "id": identifiant(source, lieu),
            "nom": _sans_point(lieu.nom),
            "description": _description(lieu.description, lieu),
            "accessibilite_lieu": lieu.accessibilite if lieu.accessibilite.startswith(ACCESLIBRE) else None,
            "site_web": lieu.site_web,
        },
    )


def publier_service(service: models.Service, *, source: str, lien: str, jour: dt.date) -> ServicePublie:
    """Le ``service``, à l'adresse et aux heures de son lieu."""
    lieu = service.lieu
    return _valider(
        ServicePublie,
        _commun(lieu, source=source, lien=lien, jour=jour)
        | {
            "id": f"{identifiant(source, lieu)}-{service.cle}",
            "structure_id": identifiant(source, lieu),
            "nom": _sans_point(service.nom),
            "description": _description(service.description, lieu),
            "type": service.type,
            "thematiques": [t for t in service.thematiques if t in set(Thematique)],
            "frais": service.frais,
            "modes_accueil": [m for m in service.modes_accueil if m in set(ModeAccueil)],
            "conditions_acces": service.conditions_acces,
        },
    )


def identifiant(source: str, lieu: models.Lieu) -> str:
    """L'identifiant de la structure : ``source--clé``."""
    return f"{source}--{lieu.cle}"


def _commun(lieu: models.Lieu, *, source: str, lien: str, jour: dt.date) -> dict[str, Any]:
    fermetures = [f for f in lieu.fermetures.all() if f.au >= jour]
    return {nom: getattr(lieu, nom) for nom in ADRESSE} | {
        "source": source,
        "lien_source": lien,
        "date_maj": lieu.date_maj,
        "telephone": _international(lieu.telephone),
        "horaires_accueil": horaires_osm(lieu.ouvertures.all(), fermetures, meme_ferie=lieu.meme_ferie),
        "exemple": lieu.exemple,
    }


def _sans_point(nom: str) -> str:
    """Le format ne veut pas de point final, et trois lettres au moins."""
    court = nom.rstrip(".")
    return court if len(court) >= 3 else nom


def _description(texte: str, lieu: models.Lieu) -> str:
    return f"{EXEMPLE}{texte}" if lieu.exemple else texte


def _international(telephone: str) -> str:
    """« 01 99 00 12 34 » devient « +33199001234 » ; un numéro court (115) reste tel quel."""
    chiffres = "".join(c for c in telephone if c.isdigit())
    return f"+33{chiffres[1:]}" if len(chiffres) == 10 and chiffres.startswith("0") else telephone


def _valider(modele: type[Publiee], champs: dict[str, Any]) -> Publiee:
    """Le modèle rempli, sans les champs vides ni ceux que le format refuse."""
    remplis = {nom: valeur for nom, valeur in champs.items() if valeur not in ("", [], None)}
    try:
        return modele.model_validate(remplis)
    except ValidationError as erreur:
        refuses = {e["loc"][0] for e in erreur.errors()}
        return modele.model_validate({nom: valeur for nom, valeur in remplis.items() if nom not in refuses})
