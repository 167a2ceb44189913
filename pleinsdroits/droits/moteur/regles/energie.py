"""Le chèque énergie."""

from collections.abc import Iterator

from pleinsdroits.droits.moteur.regle import Contexte, regle
from pleinsdroits.droits.moteur.regles.chiffres import ferme, ouvert
from pleinsdroits.droits.moteur.regles.reponses import en_vigueur, foyer, probable
from pleinsdroits.droits.moteur.resultats import Periodicite, Resultat
from pleinsdroits.droits.situation.listes import StatutLogement
from pleinsdroits.droits.textes import Phrase, euros, phrase
from pleinsdroits.droits.textes import marque as _

DROIT = "cheque_energie"


@regle(DROIT, sorties=("cheque_energie", "rfr"))
def cheque_energie(c: Contexte) -> Iterator[Resultat]:
    """Un chèque par logement, selon le revenu fiscal par unité de consommation (C. énergie L124-1, R124-1)."""
    connu = en_vigueur(c, "cheque_energie.plafond_uc")
    if refus := _sans_contrat(c):
        yield ferme(c, DROIT, foyer(c), refus)
    elif connu is None:
        motif = phrase(_("Nous n’avons pas le plafond du chèque énergie à cette date."))
        yield probable(c, DROIT, foyer(c), [motif], [phrase(_("Votre revenu fiscal et le plafond de cette année-là."))])
    else:
        yield _selon_le_revenu(c, connu.valeur)


def _selon_le_revenu(c: Contexte, plafond: float) -> Resultat:
    par_uc = revenu_fiscal_du_logement(c) / unites_de_consommation(c)
    etapes = {"Revenu fiscal par unité de consommation": par_uc, "Plafond": plafond}
    chiffres = {"r": euros(par_uc, centimes=False), "p": euros(plafond, centimes=False)}
    if par_uc >= plafond:
        motif = phrase(
            _("Votre revenu fiscal par personne comptée ({r}) atteint ou dépasse le plafond ({p})."), **chiffres
        )
        return ferme(c, DROIT, foyer(c), motif, intermediaires=etapes)
    motif = phrase(_("Votre revenu fiscal par personne comptée ({r}) est sous le plafond ({p})."), **chiffres)
    verifier = (
        phrase(_("Le montant vient d’un barème ancien : il peut changer de quelques euros.")),
        phrase(_("Il arrive seul au printemps : vérifiez que vous ne l’avez pas déjà reçu.")),
    )
    montant, an = _montant(c), Periodicite.AN
    return ouvert(c, DROIT, foyer(c), montant, an, motif, a_verifier=verifier, probable=True, intermediaires=etapes)


def _sans_contrat(c: Contexte) -> Phrase | None:
    logement = c.situation.logement
    if logement.statut is StatutLogement.FOYER:
        return phrase(_("En foyer, il n’y a pas de chèque à votre nom. Demandez à l’accueil du foyer."))
    if logement.statut in (StatutLogement.SANS_DOMICILE, StatutLogement.HEBERGE):
        return phrase(_("Il est pour qui paie l’énergie de son logement."))
    if not logement.contrat_electricite:
        return phrase(_("Le contrat d’électricité n’est pas à votre nom."))
    return None


def _montant(c: Contexte) -> float | None:
    """Le montant d'OpenFisca, qui ne compte qu'une famille : inconnu si le logement en abrite plusieurs."""
    if len(c.valeurs.menages) > 1:
        return None
    return c.valeurs.de("cheque_energie", c.situation.demandeur.id) or None


def revenu_fiscal_du_logement(c: Contexte) -> float:
    """
    La somme des revenus fiscaux de tous les foyers fiscaux du logement, €/an : celui de l'avis quand on l'a, sinon
    l'estimation d'OpenFisca (les douze derniers mois).
    """
    total = 0.0
    for membres in c.valeurs.foyers_fiscaux:
        avis = [a.rfr for a in c.situation.avis if a.rfr is not None and set(a.personnes) & set(membres)]
        total += avis[0] if avis else c.valeurs.de("rfr", membres[0])
    return total


def unites_de_consommation(c: Contexte) -> float:
    """Les unités de tout le logement ; un enfant en garde alternée compte pour une demi-personne (R124-1)."""
    nombre = sum(0.5 if p.garde_alternee else 1.0 for p in c.situation.personnes)
    premiere, deuxieme, suivante = (
        c.parametre(f"cheque_energie.uc_{rang}").valeur
        for rang in ("premiere_personne", "deuxieme_personne", "personne_suivante")
    )
    return premiere + deuxieme * min(max(nombre - 1, 0), 1) + suivante * max(nombre - 2, 0)
