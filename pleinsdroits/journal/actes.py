"""Un acte réunit, pour chaque verbe, le droit de le faire, le périmètre, le verrou, la transaction et la trace."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from pleinsdroits.journal.acteur import Acteur
from pleinsdroits.journal.models import Entree, ajouter


def acte(verbe: str, *, roles: Collection[str] = (), motif_dit_par: str = "") -> Callable[[Callable], Callable]:
    """
    Décore une action ``f(objet, *, par, ...)`` appelée ``f(objet, par=acteur, motif="", ...)``.

    ``objet`` vaut ``None`` (ou n'est pas encore enregistré) quand l'acte crée ; l'action rend alors l'objet créé.
    Rendre un autre objet que le sien, c'est dire qu'on vient de le créer.
    Rend ce que rend l'action, ou l'objet si elle ne rend rien. ``roles`` vide : tout acteur peut.
    ``motif_dit_par`` : la donnée de l'action qui sert de motif (un code choisi dans une liste, jamais un texte libre).
    Lève ``PermissionDenied`` si le rôle ne convient pas ou si l'objet est hors du périmètre, ``TypeError`` si
    ``par`` n'est pas un acteur.
    """

    def decorateur(action: Callable) -> Callable:
        @wraps(action)
        def accomplir(objet: models.Model | None, /, *, par: Acteur, motif: str = "", **donnees: Any) -> Any:
            _verifier(par, verbe, roles)
            with transaction.atomic():
                relu = _relire(objet, par)
                avant = _photo(relu)
                resultat = action(relu, par=par, **donnees)
                touche = resultat if isinstance(resultat, models.Model) else relu
                raison = motif or str(donnees.get(motif_dit_par, ""))
                _consigner(verbe, touche, par, raison, _ecart(avant, relu, touche))
            return relu if resultat is None else resultat

        accomplir.verbe = verbe  # type: ignore[attr-defined]
        accomplir.roles = frozenset(roles)  # type: ignore[attr-defined]
        return accomplir

    return decorateur


def noter(verbe: str, objet: models.Model, *, par: Acteur, motif: str = "") -> Entree:
    """Consigne une consultation : ``par`` a lu ``objet``. Élaguée après la durée de conservation."""
    _verifier(par, verbe, ())
    return _consigner(verbe, objet, par, motif, [], consultation=True)


def _verifier(par: Acteur, verbe: str, roles: Collection[str]) -> None:
    if not isinstance(par, Acteur):
        raise TypeError(f"« {verbe} » attend un acteur, pas {type(par).__name__}.")
    if roles and par.role not in roles:
        raise PermissionDenied(f"Le rôle « {par.role} » ne permet pas « {verbe} ».")


def _relire(objet: models.Model | None, par: Acteur) -> models.Model | None:
    """L'objet tel qu'il est en base, verrouillé, s'il est dans le périmètre de l'acteur."""
    if objet is None or objet.pk is None or objet._state.adding:
        return objet
    ensemble: Any = objet.__class__._default_manager.all()  # request.user est un objet paresseux
    if hasattr(ensemble, "visibles_par"):
        ensemble = ensemble.visibles_par(par)
    relu = ensemble.select_for_update(of=("self",)).filter(pk=objet.pk).first()
    if relu is None:
        raise PermissionDenied("Cet objet n'existe plus ou n'est pas dans votre périmètre.")
    return relu


def _photo(objet: models.Model | None) -> dict[str, str]:
    if objet is None or objet._state.adding:
        return {}
    return {champ.name: champ.value_to_string(objet) for champ in objet._meta.concrete_fields}


def _ecart(avant: dict[str, str], relu: models.Model | None, touche: models.Model | None) -> list[str]:
    """Les noms des champs changés ; pour un objet créé, ceux qui ont été remplis."""
    depart = avant if relu == touche else {}
    return [
        nom
        for nom, valeur in _photo(touche).items()
        if valeur != depart.get(nom, "") and _rempli(valeur, nom in depart)
    ]


def _rempli(valeur: str, existait: bool) -> bool:
    """Un champ vidé est un changement ; un champ resté vide à la création n'en est pas un."""
    return existait or valeur not in ("", "None", "[]")


def _consigner(
    verbe: str, objet: models.Model | None, par: Acteur, motif: str, champs: list[str], *, consultation: bool = False
) -> Entree:
    return ajouter(
        consultation=consultation,
        acteur_genre=par.genre,
        acteur_identifiant=str(par.identifiant),
        verbe=verbe,
        type_objet=objet._meta.label_lower if objet else "",
        cle_objet=str(objet.pk) if objet else "",
        champs=champs,
        motif=motif,
    )
