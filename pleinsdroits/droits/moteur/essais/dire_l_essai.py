"""Un essai dit en phrases : ce qui resterait, quand, et ce que l'on suppose."""

from collections.abc import Sequence

from pleinsdroits.droits.moteur.essais.comparer import Comparaison, Mouvement, Sens
from pleinsdroits.droits.moteur.essais.essayer import Etape
from pleinsdroits.droits.situation.listes import TypeRevenu
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.droits.textes import Phrase, euros, phrase
from pleinsdroits.droits.textes import marque as _

MOTS = {
    Sens.OUVRE: _("S’ouvre"),
    Sens.FERME: _("S’arrête"),
    Sens.MONTE: _("Monte"),
    Sens.BAISSE: _("Baisse"),
    Sens.CHANGE: _("Change"),
    Sens.A_VERIFIER: _("À vérifier"),
    Sens.SORT: _("Plus à vérifier"),
    Sens.INCONNU: _("Il manque une réponse"),
}
# Ce qui change l'argent du mois d'abord, ce que l'on ne sait pas à la fin.
ORDRE = tuple(MOTS)


def rangees(mouvements: Sequence[Mouvement]) -> list[Mouvement]:
    """Ce qui s'ouvre, puis ce qui s'arrête, monte, baisse, change, ce qui est à vérifier, ce que l'on ne sait pas."""
    return sorted(mouvements, key=lambda m: ORDRE.index(m.sens))


def dire_le_gain(comparaison: Comparaison) -> Phrase:
    """« Il resterait 142,00 € de plus par mois. »"""
    gain = comparaison.gain
    if not gain:
        return phrase(_("Il resterait la même somme chaque mois."))
    texte = _("Il resterait {gain} de plus par mois.") if gain > 0 else _("Il resterait {gain} de moins par mois.")
    return phrase(texte, gain=euros(abs(gain), centimes=True))


def dire_ce_qui_manque(comparaison: Comparaison) -> Phrase | None:
    """Ce que la somme ne compte pas, faute d'une réponse."""
    if not comparaison.inconnus:
        return None
    return phrase(_("Cette somme ne compte pas les aides où il manque une réponse."))


def suppositions(situation: Situation, etapes: Sequence[Etape]) -> list[Phrase]:
    """Ce que ces changements supposent, et ce que la comparaison ne voit pas."""
    propres = [
        s for changement, _valeurs in etapes for s in changement.suppose if _concerne(s, changement.nom, situation)
    ]
    communes = [
        _("Nous comptons que vous demandez toutes les aides auxquelles vous avez droit."),
        _("Nous ne comptons ni les frais (transport, garde d’enfants, déménagement), ni les aides de la ville."),
        _("L’impôt sur le revenu est celui d’une année entière avec ces revenus."),
    ]
    return [phrase(s) for s in dict.fromkeys([*propres, *communes])]


def _concerne(supposition: str, nom: str, situation: Situation) -> bool:
    """Ne parle du chômage qu'à qui en reçoit."""
    if nom not in ("salaire", "salaire_conjoint"):
        return True
    qui = situation.demandeur if nom == "salaire" else situation.conjoint
    return any(r.type is TypeRevenu.CHOMAGE and r.a is None for r in (qui.revenus if qui else None) or [])
