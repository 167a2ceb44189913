"""Des demandes décidées, avec leurs groupes figés, pour les essais de l'équité."""

from django.utils import timezone

from pleinsdroits.aides.models import Demande

R, C = Demande.Resultat, Demande.Composition


def decidees(n, *, resultat=R.ACCORD, montant=100, le=None, **champs):
    """``n`` demandes décidées cette année, sans foyer : leurs groupes sont figés."""
    quand = le or timezone.now()
    groupes = {"composition": C.SEUL, "quartier": "Centre", "tranche_d_age": "26-39"} | champs
    Demande.objects.bulk_create(
        Demande(
            aide="local_energie", canal="web", etat=Demande.Etat.DECIDEE, silence_le=quand.date(), decidee_le=quand,
            resultat=resultat, montant_accorde=None if resultat == R.REFUS else montant, **groupes,
        )
        for _rang in range(n)
    )  # fmt: skip
