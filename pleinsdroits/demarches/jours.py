"""Compter un délai comme la loi : de quantième à quantième, franc ou non, reporté au jour ouvrable ou non."""

from datetime import date, timedelta

from pleinsdroits.echeances.calendrier import ajouter_jours_ouvres, ajouter_mois


def ajouter(depart: date, *, mois: int | None = None, semaines: int | None = None, jours: int | None = None) -> date:
    """
    Le dernier jour d'un délai parti de ``depart``, qui ne compte pas (CPC, articles 640 et 641). Des mois : le même
    quantième, ou le dernier jour du mois.
    """
    return ajouter_mois(depart, mois or 0) + timedelta(weeks=semaines or 0, days=jours or 0)


def dernier_jour(quantieme: date, *, franc: bool, proroge: bool) -> date:
    """
    Le dernier jour pour agir : le lendemain de ``quantieme`` si le délai est ``franc`` (CJA, R421-1), puis le premier
    jour ouvrable s'il ``proroge`` (CPC, article 642).
    """
    jour = quantieme + timedelta(days=1) if franc else quantieme
    return ajouter_jours_ouvres(jour, 0) if proroge else jour
