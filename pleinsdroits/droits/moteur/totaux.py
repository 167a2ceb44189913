"""Ce que le foyer peut demander, ce qu'il reçoit déjà : des sommes sûres, sans double compte."""

from collections.abc import Sequence
from decimal import Decimal

from pleinsdroits.droits.moteur.resultats import Periodicite, Resultat, Totaux
from pleinsdroits.droits.situation.modele import Situation


def totaliser(resultats: Sequence[Resultat], situation: Situation) -> Totaux:
    """Les totaux des droits ouverts et pas encore reçus ; rien de ce qui reste à vérifier n'y entre."""

    def somme(periodicite: Periodicite) -> Decimal:
        retenus = (r.montant for r in resultats if r.a_demander and r.periodicite is periodicite)
        return sum((m for m in retenus if m is not None), Decimal(0))

    recus = sum((Decimal(str(p.montant or 0)) for p in situation.prestations), Decimal(0))
    return Totaux(
        a_demander_par_mois=somme(Periodicite.MOIS),
        a_demander_par_an=somme(Periodicite.AN),
        une_fois=somme(Periodicite.UNE_FOIS),
        deja_recu_par_mois=recus,
    )
