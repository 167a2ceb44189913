"""
Deux ans d'aides finies pour la ville d'exemple, comme reprises d'un ancien logiciel : sans personne ni dossier. La rapidité,
l'équité, la prévision du budget et l'essai d'un règlement ont ainsi de quoi se lire.
"""

from collections.abc import Iterable

from django.utils import timezone

from pleinsdroits.aides.models import Decision, Demande, DureeEtape, EcritureBudgetaire, LigneBudgetaire
from pleinsdroits.aides.models.edition import EditionDuReglement
from pleinsdroits.aides.passe_d_exemple import AIDES, PasseDExemple, durees
from pleinsdroits.comptes.models import Agent

DEMANDES, GRAINE, MODELES = 330, 5, 60
Sens = EcritureBudgetaire.Sens


def reprendre_le_passe(instructeur: Agent, lignes: dict[int, LigneBudgetaire]) -> int:
    """
    Garde ``DEMANDES`` demandes closes, leurs durées, leurs décisions et leurs écritures sur ``lignes`` (par année) ; rend
    leur nombre, zéro si aucun règlement en vigueur ne décrit les aides d'exemple.
    """
    jour = timezone.localdate()
    edition = EditionDuReglement.objects.de_l_aide(next(iter(AIDES)), jour)
    if edition is None:
        return 0
    passe = PasseDExemple(
        graine=GRAINE, jour=jour, edition=edition, agents=[instructeur], foyers=[], lignes=lignes, modeles=MODELES
    )
    demandes = [passe.demande_close() for _ in range(DEMANDES)]
    Demande.objects.bulk_create(demandes)
    DureeEtape.objects.bulk_create([d for demande in demandes for d in durees(demande)])
    _garder_les_decisions([passe.decision(d) for d in demandes])
    return len(demandes)


def _garder_les_decisions(decisions: list[Decision]) -> None:
    """En séance, pour n'avoir rien à rapporter au conseil : la séance, elle, n'est pas reprise."""
    for decision in decisions:
        decision.decideur, decision.par_delegation = Decision.Decideur.COMMISSION_PERMANENTE, False
    Decision.objects.bulk_create(decisions)
    engagees = [d for d in decisions if d.ligne is not None and d.montant]
    EcritureBudgetaire.objects.bulk_create([e for d in engagees for e in _ecritures(d)])
    for ligne in {d.ligne for d in engagees if d.ligne}:
        ligne.engage = ligne.paye = sum(d.montant for d in engagees if d.ligne == ligne and d.montant)
        ligne.version += 1
        ligne.save()


def _ecritures(decision: Decision) -> Iterable[EcritureBudgetaire]:
    for sens, le in ((Sens.ENGAGER, decision.prise_le), (Sens.PAYER, decision.demande.payee_le or decision.prise_le)):
        yield EcritureBudgetaire(
            ligne=decision.ligne, decision=decision, sens=sens, montant=decision.montant or 0, le=le
        )
