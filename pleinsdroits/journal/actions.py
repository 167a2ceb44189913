"""Ce qu'on peut faire au journal : l'élaguer, et rien d'autre."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.journal.actes import acte
from pleinsdroits.journal.acteur import Acteur
from pleinsdroits.journal.conservation import limite, minuit
from pleinsdroits.journal.models import RECIT, Elagage, Entree


@acte("journal.elaguer", roles=("systeme", "technique"))
def elaguer(objet: None, *, par: Acteur, avant: dt.date) -> Elagage:
    """
    Vide le récit des consultations d'avant le jour ``avant`` (minuit, heure de Paris) ; la chaîne reste vérifiable.

    Lève ``ValidationError`` si ``avant`` entame la durée de conservation. Rend l'élagage et son nombre de lignes.
    """
    if avant > limite(timezone.localdate()):
        raise ValidationError(_("Ces consultations sont encore dans leur durée de conservation."))
    lignes = Entree.objects.consultations_avant(minuit(avant)).update(elaguee=True, **RECIT)
    elagage, _nouveau = Elagage.objects.get_or_create(avant=avant)
    elagage.lignes += lignes
    elagage.save()
    return elagage
