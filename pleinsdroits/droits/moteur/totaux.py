"""Ce que le foyer peut demander, ce qu'il reçoit déjà : des sommes sûres, sans double compte."""

from collections.abc import Sequence
from decimal import Decimal

from pleinsdroits.droits.moteur.resultats import Periodicite, Resultat, Totaux
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.droits.textes import Phrase, euros, phrase
from pleinsdroits.droits.textes import marque as _


def totaliser(resultats: Sequence[Resultat], situation: Situation) -> Totaux:
    """
    Les totaux des droits ouverts et pas encore reçus ; rien de ce qui reste à vérifier n'y entre. D'un droit qui
    prendrait la place d'une aide déjà reçue, seul le gain compte.
    """

    def somme(periodicite: Periodicite) -> Decimal:
        retenus = [r for r in resultats if r.a_demander and r.periodicite is periodicite and r.montant is not None]
        return sum((gain(r, resultats) for r in retenus), Decimal(0))

    dites = {p.droit for p in situation.prestations}
    recus = sum((Decimal(str(p.montant or 0)) for p in situation.prestations), Decimal(0))
    # Le chômage se dit avec les revenus, pas avec les prestations : il est pourtant reçu.
    recus += sum((r.deja_recu for r in resultats if r.deja_recu and r.droit not in dites), Decimal(0))
    return Totaux(
        a_demander_par_mois=somme(Periodicite.MOIS),
        a_demander_par_an=somme(Periodicite.AN),
        une_fois=somme(Periodicite.UNE_FOIS),
        deja_recu_par_mois=recus,
    )


def gain(resultat: Resultat, resultats: Sequence[Resultat]) -> Decimal:
    """Le montant de ``resultat``, moins ce que les mêmes personnes reçoivent d'aides mensuelles qu'il remplacerait (€)."""
    if resultat.montant is None:
        return Decimal(0)
    if resultat.periodicite is not Periodicite.MOIS:
        return resultat.montant
    remplaces = (
        r.deja_recu
        for r in resultats
        if r.droit in resultat.exclut and r.deja_recu is not None and set(r.pour) & set(resultat.pour)
    )
    return max(resultat.montant - sum(remplaces, Decimal(0)), Decimal(0))


def dire_le_gain(resultat: Resultat, resultats: Sequence[Resultat]) -> Phrase | None:
    """Ce que change vraiment un droit qui prendrait la place d'une aide reçue, ou ``None`` s'il n'en remplace pas."""
    plus = gain(resultat, resultats)
    if not resultat.a_demander or not resultat.montant or plus == resultat.montant:
        return None
    texte = _(
        "Elle prendrait la place d’une aide que vous recevez : {plus} de plus par mois. C’est ce que nous comptons."
    )
    return phrase(texte, plus=euros(plus, centimes=True))
