"""Deux écritures de la même page : ce qui diffère, champ par champ, entre ce qui est gardé et ce qui vient d'être tapé."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from pleinsdroits.droits.textes import jour_long


@dataclass(frozen=True)
class Ecart:
    """Un champ où les deux écritures ne disent pas la même chose."""

    champ: str
    garde: str
    tape: str


def ecarts(form: forms.Form, garde: Mapping[str, object]) -> list[Ecart]:
    """
    Les champs de ``form`` (déjà validé) qui diffèrent de ``garde`` (par nom de champ, ce que la base tient maintenant),
    dans l'ordre de la page.
    """
    return [
        Ecart(str(champ.label), _dire(champ, garde[nom]), _dire(champ, form.cleaned_data.get(nom)))
        for nom, champ in form.fields.items()
        if nom in garde and (garde[nom] or "") != (form.cleaned_data.get(nom) or "")
    ]


def _dire(champ: forms.Field, valeur: object) -> str:
    if isinstance(champ, forms.BooleanField):
        return _("oui") if valeur else _("non")
    if isinstance(champ, forms.ChoiceField):
        return str(dict(champ.choices).get(valeur, valeur or _("rien")))  # type: ignore[arg-type]
    if isinstance(valeur, dt.date):
        return jour_long(valeur)
    return str(valeur or _("rien"))
