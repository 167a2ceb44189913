"""Ce que l'instruction peut proposer : le montant, ses limites, et le refus qui dit laquelle est dépassée."""

from dataclasses import dataclass
from decimal import Decimal

from pleinsdroits.droits.reglement.evaluation import EtatEvaluation, Evaluation
from pleinsdroits.droits.reglement.modele import Aide
from pleinsdroits.droits.reglement.mots import PERIODES_DITES
from pleinsdroits.droits.reglement.periodes import Periode
from pleinsdroits.droits.textes import Phrase, euros, phrase
from pleinsdroits.droits.textes import marque as _

ETAT = EtatEvaluation
# Ces formes ne coûtent rien sur la ligne du budget : une carte d'épicerie, un tarif.
SANS_ARGENT = frozenset({"acces", "tarif"})
MAXIMUM = Decimal("100000")


@dataclass(frozen=True)
class Possible:
    """
    Ce qui borne une proposition, en euros. ``exact`` : le chiffre du barème ; ``au_plus`` : la limite du règlement (ou de
    sa dérogation) ; ``reste_periode`` : le maximum de la ``periode`` moins ce que le foyer a eu ; ``reste_ligne`` : ce que la ligne
    du budget a encore. ``None`` : pas de limite ; ``avec_ligne`` faux : aucune ligne ne paie cette aide.
    ``motivee`` : une raison de s'écarter du règlement est écrite. ``hors_bareme`` : le règlement prévoit cet écart.
    """

    etat: EtatEvaluation
    exact: Decimal | None = None
    au_plus: Decimal | None = None
    reste_periode: Decimal | None = None
    periode: Periode = "annee"
    reste_ligne: Decimal | None = None
    demande: Decimal | None = None
    avec_ligne: bool = True
    argent: bool = True
    motivee: bool = False
    hors_bareme: bool = False

    @property
    def maximum(self) -> Decimal | None:
        """Le plus petit de ces plafonds, ou ``None`` s'il n'y en a aucun."""
        connus = [p for p in (self.exact, self.au_plus, self.reste_periode, self.reste_ligne) if p is not None]
        return min(connus) if connus else None

    @property
    def conseille(self) -> Decimal | None:
        """Le chiffre du barème, sinon la somme demandée, dans les limites ; ``None`` s'il n'y a pas d'accord à proposer."""
        voulu = self.exact if self.exact is not None else self.demande
        if self.etat is not ETAT.ACCORDE_POSSIBLE or not self.argent or voulu is None:
            return None
        return voulu if self.maximum is None else min(voulu, self.maximum)


def possible_de(evaluation: Evaluation, aide: Aide, **limites) -> Possible:
    """Les bornes d'une ``evaluation`` pour cette ``aide`` ; ``limites`` : celles de la période, de la ligne, la demande."""
    return Possible(
        etat=evaluation.etat,
        exact=evaluation.montant,
        au_plus=evaluation.au_plus,
        argent=not SANS_ARGENT.issuperset(aide.paiement.formes),
        hors_bareme=evaluation.derogation or evaluation.derogation_possible,
        **limites,
    )


def refus_de_proposer(montant: Decimal | None, possible: Possible) -> Phrase | None:
    """
    La raison pour laquelle ``montant`` ne peut pas être proposé, ou ``None``. Zéro : proposer un refus, ce que la
    commission seule peut décider ; le règlement doit alors ne pas prévoir d'accord.
    """
    if possible.etat is ETAT.A_COMPLETER:
        return phrase(_("Il manque une réponse pour calculer : demandez-la avant de proposer."))
    if montant == 0:
        return _refus_d_un_zero(possible)
    if possible.etat is ETAT.REFUSE:
        return _refus_hors_bareme(possible)
    if possible.etat is ETAT.INDETERMINE and not possible.motivee:
        return phrase(_("Le règlement ne tranche pas. Dites pourquoi vous proposez cette aide (« hors barème »)."))
    return _refus_du_montant(montant, possible) if possible.argent else _refus_sans_argent(montant)


def _refus_d_un_zero(possible: Possible) -> Phrase | None:
    if possible.etat is ETAT.ACCORDE_POSSIBLE:
        return phrase(_("Le règlement permet un accord : proposez un montant. La commission reste libre."))
    return None


def _refus_hors_bareme(possible: Possible) -> Phrase:
    if possible.hors_bareme:
        return phrase(_("Le barème ne prévoit pas d’accord ici. Motivez une dérogation, ou proposez un refus."))
    return phrase(_("Le règlement ne prévoit ni accord ni dérogation ici : proposez un refus, avec ses raisons."))


def _refus_sans_argent(montant: Decimal | None) -> Phrase | None:
    if montant is None:
        return None
    return phrase(_("Cette aide ne verse pas d’argent : laissez le montant vide."))


def _refus_du_montant(montant: Decimal | None, possible: Possible) -> Phrase | None:
    if montant is None:
        return phrase(_("Écrivez le montant proposé, en euros."))
    if not 0 < montant <= MAXIMUM:
        texte = _("{montant} n’est pas un montant possible : plus de zéro, et au plus {maxi}.")
        return phrase(texte, montant=euros(montant), maxi=euros(MAXIMUM))
    if not possible.avec_ligne:
        return phrase(_("Aucune ligne du budget ne paie cette aide cette année."))
    return _refus_au_dessus(montant, possible) or _refus_au_dessous(montant, possible)


def _refus_au_dessus(montant: Decimal, possible: Possible) -> Phrase | None:
    plafonds = (
        (possible.reste_periode, _("{montant} dépasse ce qui reste {quand} ({plafond}).")),
        (possible.exact, _("{montant} dépasse ce que donne le barème ({plafond}).")),
        (possible.au_plus, _("{montant} dépasse le maximum du règlement ({plafond}).")),
        (possible.reste_ligne, _("{montant} dépasse ce qui reste sur la ligne du budget ({plafond}).")),
    )
    for plafond, texte in plafonds:
        if plafond is not None and montant > plafond:
            quand = phrase(PERIODES_DITES[possible.periode])
            return phrase(texte, montant=euros(montant), plafond=euros(plafond), quand=quand)
    return None


def _refus_au_dessous(montant: Decimal, possible: Possible) -> Phrase | None:
    """Un montant fixé par le barème est le même pour tout le monde : en dessous aussi, il faut le motiver."""
    exact = possible.exact
    if exact is None or possible.motivee:
        return None
    plancher = min(exact, possible.maximum or exact, possible.demande or exact)
    if montant >= plancher:
        return None
    texte = _("Le barème donne {plancher} : proposez ce montant, ou dites pourquoi moins (« hors barème »).")
    return phrase(texte, plancher=euros(plancher))


def refus_de_deleguer(montant: Decimal | None, aide: Aide) -> Phrase | None:
    """La raison pour laquelle la présidence ne peut pas décider seule (CASF R123-21), ou ``None``."""
    regle = next((d for d in aide.decide if d.qui == "presidence"), None)
    if regle is None:
        return phrase(_("Le règlement ne délègue pas cette aide à la présidence : elle passe en commission."))
    if montant is None or regle.jusqu_a is None or montant <= regle.jusqu_a:
        return None
    article = f", article {regle.article}" if regle.article else ""
    texte = _("{montant} dépasse ce que le conseil délègue à la présidence pour cette aide ({limite}{article}).")
    return phrase(texte, montant=euros(montant), limite=euros(regle.jusqu_a), article=article)
