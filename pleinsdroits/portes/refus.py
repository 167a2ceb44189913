"""Un acte refuse : sa raison devient une faute du formulaire, au champ qu'elle nomme."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.forms import BaseForm


def tenter(formulaire: BaseForm, faire: Callable[[], object]) -> bool:
    """Fait, si le formulaire est juste ; un refus de l'acte devient une faute du formulaire. Rend vrai si c'est fait."""
    if not formulaire.is_valid():
        return False
    try:
        faire()
    except ValidationError as refus:
        _reprocher(formulaire, refus)
        return False
    return True


def _reprocher(formulaire: BaseForm, refus: ValidationError) -> None:
    """Chaque reproche va au champ de ce nom, s'il est dans le formulaire ; sinon, au formulaire entier."""
    par_champ = refus.error_dict if hasattr(refus, "error_dict") else {"": refus.error_list}
    for nom, fautes in par_champ.items():
        for faute in fautes:
            formulaire.add_error(nom if nom in formulaire.fields else None, faute)
