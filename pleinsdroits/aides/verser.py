"""Ce que partagent les paiements : ce qui reste à préparer, l'argent parti, les numéros qui se suivent. S'appelle dans un acte."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.aides import budget
from pleinsdroits.aides.avancer import franchir
from pleinsdroits.aides.models import Decision, Demande, EtatDemande, OperationDeRegie, Ordre, Paiement
from pleinsdroits.aides.montants import en_centimes
from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.socle.un_a_la_fois import un_a_la_fois

Etat = Paiement.Etat
SensDeRegie = OperationDeRegie.Sens
ENTRENT = (SensDeRegie.APPROVISIONNEMENT, SensDeRegie.REMBOURSEMENT)


def reste_a_preparer(decision: Decision) -> Decimal:
    """Ce que la décision engage et qu'aucun paiement ne porte encore, en euros."""
    actifs = decision.paiements.exclude(etat=Etat.ANNULE).aggregate(somme=Sum("montant"))["somme"]
    return budget.engage_de(decision) - en_centimes(actifs)


def verser(paiement: Paiement, par: Acteur, montant: Decimal | None = None) -> None:
    """
    L'argent est parti : ``montant`` euros (à défaut, tout le paiement) passent de l'engagé au payé ; la demande est payée
    quand sa décision l'est entière. Lève ``ValidationError`` si c'est plus que ce que la décision engage.
    """
    # La demande d'abord, la ligne du budget ensuite : le même ordre que « arreter », pour ne jamais s'attendre en rond.
    demande = Demande.objects.select_for_update().get(pk=paiement.decision.demande_id)
    budget.payer(paiement.decision, paiement.montant if montant is None else montant)
    paiement.etat, paiement.paye_le = Etat.PAYE, timezone.now()
    paiement.version += 1
    paiement.save()
    if demande.etat == EtatDemande.EN_PAIEMENT and budget.reste_a_payer(paiement.decision) == 0:
        franchir(demande, "payer", par)


def refuser_sauf(paiement: Paiement, *etats: str) -> None:
    """Lève ``ValidationError`` si le paiement n'est pas à l'un de ces états : il dit où il en est."""
    if paiement.etat not in etats:
        raise ValidationError(
            _("Ce paiement est déjà « %(etat)s » : rechargez la page.") % {"etat": paiement.get_etat_display()}
        )


def numero_de_l_ordre(exercice: int) -> int:
    """Le numéro suivant de l'exercice ; un seul appelant à la fois jusqu'à la fin de la transaction."""
    un_a_la_fois("aides.ordre")
    dernier = Ordre.objects.filter(exercice=exercice).aggregate(n=Max("numero"))["n"]
    return (dernier or 0) + 1


def solde_de_la_regie() -> Decimal:
    """Ce que contient la caisse de la régie, en euros, d'après son registre."""
    sommes = dict(OperationDeRegie.objects.values_list("sens").annotate(Sum("montant")).order_by())
    return sum((en_centimes(m if sens in ENTRENT else -m) for sens, m in sommes.items()), Decimal(0))


def operer(sens: str, montant: Decimal, par: Acteur, paiement: Paiement | None = None) -> OperationDeRegie:
    """
    Écrit la ligne suivante du registre de la régie. ``tenir_la_caisse`` a été appelé avant : personne d'autre n'écrit.
    """
    dernier = OperationDeRegie.objects.aggregate(n=Max("numero"))["n"]
    agent = int(par.identifiant) if par.genre == Genre.AGENT else None
    return OperationDeRegie.objects.create(
        numero=(dernier or 0) + 1, sens=sens, montant=montant, paiement=paiement, agent_id=agent
    )


def tenir_la_caisse() -> Decimal:
    """Seul à la caisse jusqu'à la fin de la transaction ; rend le solde, en euros."""
    un_a_la_fois("aides.regie")
    return solde_de_la_regie()
