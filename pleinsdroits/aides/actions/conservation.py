"""La fin d'une demande refusée ou restée sans suite : deux ans après, il n'en reste que des nombres."""

import datetime as dt

from pleinsdroits.aides.conservation import a_oublier
from pleinsdroits.aides.models import Demande
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.journal.actes import acte
from pleinsdroits.personnes.effacement import oublier_les_lignes


@acte("aides.oublier_une_demande", roles=("systeme",))
def oublier_une_demande(demande: Demande, *, par: Acteur, jour: dt.date) -> None:
    """
    Ce que la personne a écrit, ses pièces, le calcul et la lettre sont effacés ; l'aide, le résultat, les dates et les
    groupes de l'équité restent, sans lien avec personne. Accordée ou reprise entre-temps : sans effet.
    """
    if a_oublier(jour).filter(pk=demande.pk).exists():
        oublier_les_lignes(Demande, [demande.pk])
