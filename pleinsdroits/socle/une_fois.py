"""
Un formulaire envoyé deux fois (double appui, page rechargée, réseau qui hésite) n'est enregistré qu'une fois.

Dans le gabarit, ``{% jeton_unique %}`` à côté de ``{% csrf_token %}``. Dans la vue :

    adresse, deja = une_fois(request, lambda: creer(None, par=acteur, …).get_absolute_url())
    if deja:
        messages.info(request, DEJA)
    return redirect(adresse)
"""

import datetime as dt
import json
import secrets
from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.socle.chiffre import empreinte
from pleinsdroits.socle.models import EnvoiUnique

CHAMP = "jeton_unique"
DEJA = _("C’était déjà enregistré.")
GARDE = dt.timedelta(hours=24)


def nouveau_jeton() -> str:
    """Le jeton d'un formulaire qu'on affiche : imprévisible, il ne dit rien de personne."""
    return secrets.token_urlsafe(24)


def une_fois(request: HttpRequest, faire: Callable[[], str]) -> tuple[str, bool]:
    """
    Exécute ``faire`` et retient l'adresse qu'elle rend ; le même envoi, même au même instant, ne l'exécute pas et
    reçoit la même adresse. Rend (adresse, déjà enregistré).

    Le tout dans une transaction : si ``faire`` lève, rien n'est retenu et l'exception continue. Un envoi corrigé
    (même jeton, autre contenu) est un autre envoi. Sans jeton, ``faire`` est exécutée. L'adresse ne doit rien
    contenir de personnel.
    """
    if not request.POST.get(CHAMP):
        return faire(), False
    with transaction.atomic():
        # L'insertion attend, sur la clé unique, la fin de l'envoi jumeau : validé, on lit son adresse ; annulé, on agit.
        envoi, nouveau = EnvoiUnique.objects.get_or_create(empreinte=_empreinte(request))
        if not nouveau:
            return envoi.adresse, True
        envoi.adresse = faire()
        envoi.save(update_fields=["adresse"])
    return envoi.adresse, False


def oublier_les_anciens() -> int:
    """Efface ce qui a été retenu il y a plus de 24 heures ; rend le nombre de lignes."""
    return EnvoiUnique.objects.filter(le__lt=timezone.now() - GARDE).delete()[0]


def _empreinte(request: HttpRequest) -> str:
    """Qui, où, et tout ce qui a été envoyé, jeton compris ; rien ne s'en relit."""
    champs = sorted((nom, valeurs) for nom, valeurs in request.POST.lists() if nom != "csrfmiddlewaretoken")
    joints = sorted((nom, f.name, f.size) for nom, liste in request.FILES.lists() for f in liste)
    qui = str(getattr(getattr(request, "user", None), "pk", None))
    return empreinte(json.dumps([qui, request.path, champs, joints]), "une_fois")
