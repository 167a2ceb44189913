"""Ce qui prouve, à l'entrée de son dossier, que c'est bien la personne : son mot, ou sa date de naissance."""

import datetime as dt
import re

from django.utils import timezone

from pleinsdroits.personnes.models import Personne


def repond_juste(personne: Personne, reponse: str) -> bool:
    """Le mot choisi, s'il y en a un (obligatoire en contact protégé) ; sinon la date de naissance, écrite librement."""
    if personne.mot_secret or personne.contact_protege:
        return personne.dit_le_mot(reponse)
    return personne.naissance is not None and lire_une_naissance(reponse) == personne.naissance


def peut_prouver(personne: Personne) -> bool:
    """A-t-elle de quoi prouver que c'est elle ?"""
    if personne.contact_protege:
        return bool(personne.mot_secret)
    return bool(personne.mot_secret or personne.naissance)


def lire_une_naissance(texte: str) -> dt.date | None:
    """« 12/03/1992 », « 12 3 92 », « 12031992 » ; ``None`` si ce n'est pas une date."""
    nombres = re.findall(r"\d+", texte)
    if len(nombres) == 1 and len(nombres[0]) == 8:
        seul = nombres[0]
        nombres = [seul[:2], seul[2:4], seul[4:]]
    if len(nombres) != 3:
        return None
    jour, mois, annee = (int(n) for n in nombres)
    siecle = timezone.localdate().year % 100
    annee += (2000 if annee <= siecle else 1900) if annee < 100 else 0
    try:
        return dt.date(annee, mois, jour)
    except ValueError:
        return None
