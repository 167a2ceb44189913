"""Un foyer en mots : « Foyer Ferrand », « Nadia Ferrand, 34 ans, et 2 enfants de 8 et 3 ans »."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pleinsdroits.personnes.models import Foyer, Membre, Personne


def nom_du_foyer(membres: Sequence[Membre], foyer: Foyer) -> str:
    """« Foyer Ferrand » ; sans personne, le numéro du dossier."""
    if not membres:
        return _("Dossier %(numero)s") % {"numero": foyer.numero}
    return _("Foyer %(nom)s") % {"nom": membres[0].personne.nom}


def composition(membres: Sequence[Membre], jour: dt.date) -> str:
    """Les adultes et leur âge, puis les enfants, comptés, avec leurs âges."""
    enfants = [m.personne for m in membres if m.lien == Membre.Lien.ENFANT]
    grands = [_avec_age(m.personne, jour) for m in membres if m.lien != Membre.Lien.ENFANT]
    parties = [*grands, *([_enfants(enfants, jour)] if enfants else [])]
    if not parties:
        return _("Plus personne dans ce foyer aujourd’hui")
    return _liste(parties)


def _enfants(enfants: Sequence[Personne], jour: dt.date) -> str:
    ages = [enfant.age(jour) for enfant in enfants]
    combien = ngettext("%(n)d enfant", "%(n)d enfants", len(enfants)) % {"n": len(enfants)}
    if None in ages:
        return combien
    dits = _liste([str(a) for a in sorted((a for a in ages if a is not None), reverse=True)])
    return _("%(combien)s de %(ages)s ans") % {"combien": combien, "ages": dits}


def _avec_age(personne: Personne, jour: dt.date) -> str:
    age = personne.age(jour)
    return str(personne) if age is None else _("%(qui)s, %(age)d ans") % {"qui": personne, "age": age}


def _liste(parties: Sequence[str]) -> str:
    if len(parties) == 1:
        return parties[0]
    return _("%(debut)s et %(fin)s") % {"debut": ", ".join(parties[:-1]), "fin": parties[-1]}
