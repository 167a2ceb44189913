"""Pas plus de tant d'essais par heure et par adresse : deviner un lien ou aspirer des numéros ne mène à rien."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

from pleinsdroits.socle.chiffre import empreinte

UNE_HEURE = 3600
LIENS_INCONNUS, LIENS_NEUFS, NUMEROS, DEPOTS, PAPIERS = 30, 5, 40, 20, 60


def trop(request: HttpRequest, geste: str, au_plus: int) -> bool:
    """Compte un essai de plus de ce ``geste`` pour cette adresse ; vrai au-delà de ``au_plus`` dans l'heure."""
    return trop_pour(get_adapter(request).get_client_ip(request), geste, au_plus)


def trop_pour(qui: str, geste: str, au_plus: int) -> bool:
    """Le même compte pour ``qui`` (une adresse, la clé d'un agent), dont seule l'empreinte est gardée une heure."""
    cle = f"debit.{geste}.{empreinte(qui, 'debit')}"
    cache.add(cle, 0, UNE_HEURE)
    try:
        return cache.incr(cle) > au_plus
    except ValueError:  # expiré entre les deux
        return False
