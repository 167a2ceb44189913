"""Les décisions prises par délégation, rapportées à la séance suivante du conseil (CASF R123-22). S'appelle dans un acte."""

from pleinsdroits.aides.models import Decision, Seance
from pleinsdroits.aides.regles.textes_de_seance import en_vigueur, regles_de_seance
from pleinsdroits.aides.seance_lue import jour_de


def rattacher_les_delegations(seance: Seance) -> int:
    """
    Attache à ``seance`` toutes les décisions pas encore rapportées, si le texte veut qu'on en rende compte à cette
    instance ; rend leur nombre.
    """
    regle = en_vigueur(regles_de_seance().compte_rendu, jour_de(seance))
    if seance.instance not in regle.instances:
        return 0
    return Decision.objects.a_rapporter().update(rapportee_a=seance)


def detacher_les_delegations(seance: Seance) -> None:
    """La séance ne se tient pas : ses décisions attendent la suivante."""
    Decision.objects.filter(rapportee_a=seance).update(rapportee_a=None)
