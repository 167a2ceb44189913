"""Passe tout ce qui est chiffré à la première clé de CLES_CHIFFREMENT. Interrompue, elle reprend où elle en était."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from cryptography.fernet import InvalidToken
from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import models, transaction
from django.db.models import F, Value
from django.db.models.functions import Cast

from pleinsdroits.socle import fichiers
from pleinsdroits.socle.chiffre import ChampChiffre, rechiffrer

LOT = 500


class Command(BaseCommand):
    help = "Rechiffre champs et fichiers avec la première clé de CLES_CHIFFREMENT, puis dit s’il en reste d’illisibles."

    def handle(self, *args: Any, **options: Any) -> None:
        total: Counter[str] = Counter()
        for modele, champ in champs_chiffres():
            total += self._dire(f"{modele._meta.label}.{champ}", rechiffrer_un_champ(modele, champ))
        total += self._dire("fichiers", rechiffrer_les_fichiers())
        if total["illisibles"]:
            raise CommandError(
                f"{total['illisibles']} illisibles : une clé manque dans CLES_CHIFFREMENT. Ne retirez rien."
            )
        self.stdout.write("Tout est chiffré avec la première clé. Les autres peuvent être retirées.")

    def _dire(self, quoi: str, compte: Counter[str]) -> Counter[str]:
        detail = ", ".join(f"{compte[nom]} {nom}" for nom in ("rechiffrés", "déjà à jour", "illisibles"))
        self.stdout.write(f"{quoi} : {detail}")
        return compte


def champs_chiffres() -> Iterator[tuple[type[models.Model], str]]:
    """Chaque champ chiffré de la maison, avec le modèle dont la table le porte."""
    for modele in apps.get_models():
        if modele._meta.proxy or not modele._meta.managed:
            continue
        for champ in modele._meta.local_concrete_fields:
            if isinstance(champ, ChampChiffre):
                yield modele, champ.name


def rechiffrer_un_champ(modele: type[models.Model], champ: str) -> Counter[str]:
    """Par lots verrouillés : personne ne perd une écriture faite pendant ce temps."""
    compte: Counter[str] = Counter()
    dernier: Any = None
    while cles := _lot(modele, dernier):
        with transaction.atomic():
            compte += _rechiffrer_le_lot(modele, champ, cles)
        dernier = cles[-1]
    return compte


def _lot(modele: type[models.Model], dernier: Any) -> list[Any]:
    lignes = modele._base_manager.order_by("pk")
    suite = lignes if dernier is None else lignes.filter(pk__gt=dernier)
    return list(suite.values_list("pk", flat=True)[:LOT])


def _rechiffrer_le_lot(modele: type[models.Model], champ: str, cles: list[Any]) -> Counter[str]:
    compte: Counter[str] = Counter()
    lignes = modele._base_manager.filter(pk__in=cles).select_for_update(of=("self",))
    # Converti en texte ordinaire, le champ se lit et s'écrit tel qu'il est en base, chiffré.
    for pk, jeton in lignes.annotate(brut=Cast(F(champ), models.TextField())).values_list("pk", "brut"):
        if not jeton:
            continue
        etat, nouveau = _passer(jeton.encode())
        compte[etat] += 1
        if nouveau:
            valeur = Value(nouveau.decode(), output_field=models.TextField())
            modele._base_manager.filter(pk=pk).update(**{champ: valeur})
    return compte


def rechiffrer_les_fichiers() -> Counter[str]:
    """Un fichier à la fois, remplacé d'un coup."""
    compte: Counter[str] = Counter()
    for chemin in fichiers.tous():
        etat, nouveau = _passer(chemin.read_bytes())
        compte[etat] += 1
        if nouveau and chemin.exists():
            fichiers.ecrire_chiffre(chemin, nouveau)
    return compte


def _passer(octets: bytes) -> tuple[str, bytes | None]:
    try:
        nouveau = rechiffrer(octets)
    except InvalidToken:
        return "illisibles", None
    return ("rechiffrés", nouveau) if nouveau else ("déjà à jour", None)
