"""L'aide au logement ne compte qu'une fois : en ressource avec un loyer entier, ou dans un loyer net. Jamais les deux."""

import re
from collections.abc import Iterable

from pleinsdroits.droits.reglement.compte import AIDE_LOGEMENT, Compte
from pleinsdroits.droits.reglement.corrections import Correction, est_comptee
from pleinsdroits.droits.reglement.evaluation import Ligne
from pleinsdroits.droits.textes import Phrase, phrase
from pleinsdroits.droits.textes import marque as _

# Les noms sous lesquels on l'écrit à la main.
ECRITES = re.compile(r"\b(apl|als|alf)\b|\b(aide|allocation)s? (au |de |personnalisée au )?logement", re.IGNORECASE)


def double_compte(compte: Compte, lignes: Iterable[Ligne], corrections: Iterable[Correction]) -> Phrase | None:
    """Ce qui fait compter deux fois l'aide au logement, en une phrase à trancher ; ``None`` si elle ne compte qu'une fois."""
    lignes = list(lignes)
    du_foyer = sum(ligne.nature == AIDE_LOGEMENT and est_comptee(ligne) for ligne in lignes)
    ecrites = sum(_ecrite(c) for c in corrections)
    if du_foyer and ecrites:
        return phrase(
            _("L’aide au logement est déjà dans les ressources : la ligne ajoutée la compte deux fois. Choisissez.")
        )
    if (du_foyer or ecrites) and _loyer_net(compte, lignes):
        texte = _(
            "L’aide au logement est comptée en ressource et le loyer est net : elle compterait deux fois. Choisissez."
        )
        return phrase(texte)
    return None


def _ecrite(correction: Correction) -> bool:
    ajoutee = not correction.cle and correction.comptee and correction.sens == "ressource"
    return ajoutee and bool(ECRITES.search(correction.libelle))


def _loyer_net(compte: Compte, lignes: list[Ligne]) -> bool:
    """Un loyer remis en entier par une correction n'est plus net : son montant retenu est le montant payé."""
    net = compte.charges is not None and compte.charges.loyer.compter == "net"
    return net and any(li.nature == "loyer" and est_comptee(li) and li.retenu < li.montant for li in lignes)
