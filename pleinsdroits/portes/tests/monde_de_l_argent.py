"""Pour l'essai des accès : une décision, un paiement en chèques, une avance, un ordre, une ligne du budget."""

import datetime as dt

from django.utils import timezone

from pleinsdroits.aides.fabriques import DecisionFabrique, DemandeFabrique
from pleinsdroits.aides.models import Cheque, Mensualite, Ordre, Paiement


def argent_de(personne, foyer) -> dict[str, list]:
    """Ce que portent les adresses de l'argent, pour cette personne de ce foyer."""
    decision = DecisionFabrique(demande=DemandeFabrique(notifiee=True, foyer=foyer, personne=personne))
    commun = {"decision": decision, "beneficiaire": str(personne)}
    cheques = Paiement.objects.create(**commun, forme="cap", montant=100)
    fin = dt.date(timezone.localdate().year, 12, 31)
    numero = f"C{fin.year}-{cheques.pk:06d}"
    cheque = Cheque.objects.create(paiement=cheques, numero=numero, valeur=50, valable_jusqu_au=fin)
    payee = {"etat": "paye", "paye_le": timezone.now()}
    avance = Paiement.objects.create(**commun, **payee, rang=2, forme="avance", montant=60)
    mensualite = Mensualite.objects.create(paiement=avance, rang=1, le=fin, montant=60)
    ordre = Ordre.objects.create(exercice=fin.year, numero=cheques.pk, total=40)
    Paiement.objects.create(**commun, rang=3, forme="virement", montant=40, etat="ordonne", ordre=ordre)
    return {
        "paiement": [cheques.pk],
        "geste_de_paiement": [cheques.pk, "annuler"],
        "cheque": [cheque.pk],
        "avance": [avance.pk],
        "mensualite": [mensualite.pk],
        "ordre": [ordre.pk],
        "demande_accordee": [decision.demande_id],
        "ligne_budgetaire": [decision.ligne_id],
    }
