"""Le chèque énergie."""

from collections.abc import Iterator

from pleinsdroits.droits.moteur.regle import Contexte, regle
from pleinsdroits.droits.moteur.regles.chiffres import ferme, ouvert
from pleinsdroits.droits.moteur.regles.reponses import foyer
from pleinsdroits.droits.moteur.resultats import Periodicite, Resultat
from pleinsdroits.droits.situation.modele import StatutLogement
from pleinsdroits.droits.textes import euros, phrase
from pleinsdroits.droits.textes import marque as _


@regle("cheque_energie", sorties=("cheque_energie", "cheque_energie_unites_consommation", "rfr"))
def cheque_energie(c: Contexte) -> Iterator[Resultat]:
    """Un chèque par logement, selon le revenu fiscal par unité de consommation (C. énergie L124-1, R124-1)."""
    demandeur, plafond = c.situation.demandeur.id, c.parametre("cheque_energie.plafond_uc").valeur
    par_uc = _revenu_du_logement(c) / max(c.valeurs.de("cheque_energie_unites_consommation", demandeur), 1)
    etapes = {"Revenu fiscal par unité de consommation": par_uc, "Plafond": plafond}
    if not c.situation.logement.contrat_electricite:
        yield ferme(
            c,
            "cheque_energie",
            foyer(c),
            phrase(_("Le contrat d’électricité n’est pas à votre nom.")),
            intermediaires=etapes,
        )
    elif c.situation.logement.statut in (StatutLogement.SANS_DOMICILE, StatutLogement.HEBERGE):
        yield ferme(
            c,
            "cheque_energie",
            foyer(c),
            phrase(_("Il est pour qui paie l’énergie de son logement.")),
            intermediaires=etapes,
        )
    elif par_uc >= plafond:
        motif = phrase(
            _("Votre revenu fiscal par personne comptée ({r}) dépasse le plafond ({p})."),
            r=euros(par_uc, centimes=False),
            p=euros(plafond, centimes=False),
        )
        yield ferme(c, "cheque_energie", foyer(c), motif, intermediaires=etapes)
    else:
        montant = c.valeurs.de("cheque_energie", demandeur) or None
        motif = phrase(
            _("Votre revenu fiscal par personne comptée ({r}) est sous le plafond ({p})."),
            r=euros(par_uc, centimes=False),
            p=euros(plafond, centimes=False),
        )
        verifier = (
            phrase(
                _(
                    "Le montant vient d’un barème ancien : il peut changer de quelques euros. Ne l’avez-vous pas déjà reçu au printemps ?"
                )
            ),
        )
        yield ouvert(
            c,
            "cheque_energie",
            foyer(c),
            montant,
            Periodicite.AN,
            motif,
            a_verifier=verifier,
            probable=True,
            intermediaires=etapes,
        )


def _revenu_du_logement(c: Contexte) -> float:
    """La somme des revenus fiscaux de tous les foyers fiscaux du logement, €/an."""
    return sum(c.valeurs.de("rfr", foyer_fiscal[0]) for foyer_fiscal in c.valeurs.foyers_fiscaux)
