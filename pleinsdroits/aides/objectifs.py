"""Les délais que le conseil s'est fixés, tels qu'ils valent un jour donné."""

import datetime as dt

from pleinsdroits.aides.models import ObjectifDeDelai
from pleinsdroits.aides.regles.mesure import Objectif


def objectifs_au(jour: dt.date) -> dict[str, Objectif]:
    """Par étape, l'objectif qui vaut le ``jour`` : le dernier fixé ; une correction du même jour l'emporte. Une requête."""
    fixes = ObjectifDeDelai.objects.filter(fixe_le__lte=jour).order_by("fixe_le", "pk")
    return {o.etape: Objectif(o.jours, o.fixe_le, o.deliberation) for o in fixes}
