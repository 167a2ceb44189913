"""Faire passer une démarche à l'étape suivante : vérifier d'où elle vient, garder la trace, régler l'horloge."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.comptes.models import Agent
from pleinsdroits.demarches.calendriers import faits_de, regler_l_horloge
from pleinsdroits.demarches.faits import FaitsIncoherents
from pleinsdroits.demarches.models import Demarche, EtapeFranchie


def franchir(demarche: Demarche, etat: str, par: Acteur, *, depuis: Collection[str]) -> None:
    """
    Passe ``demarche`` à ``etat`` (le même : une date de plus). Lève ``ValidationError`` si l'étape ne suit pas celle d'où
    elle vient, ou si ses dates ne peuvent pas être vraies ensemble ; rien n'est alors gardé.
    """
    if demarche.etat not in depuis:
        mots = {"ou": demarche.get_etat_display()}
        raise ValidationError(_("Cette démarche est déjà « %(ou)s » : rechargez la page.") % mots)
    avance = demarche.etat != etat
    demarche.etat = etat
    try:
        faits_de(demarche)
    except FaitsIncoherents as refus:
        raise ValidationError({refus.champ: str(refus.phrase)}) from None
    demarche.full_clean()
    demarche.save()
    if avance:
        agent = Agent.objects.filter(pk=par.identifiant).first() if par.genre == Genre.AGENT else None
        EtapeFranchie.objects.create(demarche=demarche, etat=etat, agent=agent)
    regler_l_horloge(demarche)
