"""Ce qu'une situation dite par la personne peut apprendre à un partenaire : d'elle et de son logement, d'aucun autre adulte."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from pleinsdroits.accueil.regles.partage import Element, Nature
from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.droits.reglement.libelles import NATURES
from pleinsdroits.droits.situation.listes import StatutLogement
from pleinsdroits.droits.situation.modele import Prestation, Situation
from pleinsdroits.socle.templatetags.socle import euros

ARGENT, LOGEMENT, SANTE = "difficultes-financieres", "logement-hebergement", "sante"


def de_la_situation(situation: Situation) -> Iterator[Element]:
    """Logement, revenus de la personne, droits qu'elle reçoit, santé ; chaque ligne avec le sujet d'accord qu'il faut."""
    yield from _logement(situation)
    yield from _revenus(situation)
    yield from _prestations(situation)
    yield from _sante(situation)


def _logement(situation: Situation) -> Iterator[Element]:
    logement = situation.logement
    if logement.statut:
        yield Element("logement", _("Logement"), _statuts()[logement.statut], sujet=LOGEMENT)
    if logement.loyer:
        yield Element("loyer", _("Loyer"), _par_mois(logement.loyer), sujet=LOGEMENT)
    if logement.charges:
        yield Element("charges", _("Charges du logement"), _par_mois(logement.charges), sujet=LOGEMENT)


def _revenus(situation: Situation) -> Iterator[Element]:
    """Ceux de la personne seule, encore reçus, et dont elle sait le montant."""
    for rang, revenu in enumerate(situation.demandeur.revenus or []):
        if revenu.montant and revenu.a is None:
            nom = str(NATURES[revenu.type.value])
            yield Element(f"revenu-{revenu.type.value}-{rang}", nom, _par_mois(revenu.montant), sujet=ARGENT)


def _prestations(situation: Situation) -> Iterator[Element]:
    """Celles du foyer entier ou de la personne ; une aide reçue pour quelqu'un d'autre n'est pas à elle à dire."""
    fiches = catalogue(settings.VILLE)
    for aide in situation.prestations:
        if aide.droit in fiches and _a_elle(aide, situation):
            montant = _par_mois(aide.montant) if aide.montant else _("montant non connu")
            yield Element(f"droit-{aide.droit}", _("Reçoit déjà"), f"{fiches[aide.droit].nom}, {montant}", sujet=ARGENT)


def _a_elle(aide: Prestation, situation: Situation) -> bool:
    return not aide.pour or aide.pour == [situation.demandeur.id]


def _sante(situation: Situation) -> Iterator[Element]:
    personne = situation.demandeur
    if personne.sante.couverture:
        nom = _couvertures()[personne.sante.couverture]
        yield Element("couverture", _("Couverture santé"), nom, Nature.SANTE, SANTE)
    if personne.handicap and personne.handicap.taux is not None:
        taux = _("taux de %(taux)d %%") % {"taux": round(personne.handicap.taux * 100)}
        yield Element("handicap", _("Handicap reconnu"), taux, Nature.SANTE, SANTE)


def _par_mois(montant: float) -> str:
    return _("%(montant)s par mois") % {"montant": euros(montant)}


def _statuts() -> dict[StatutLogement, str]:
    return {
        StatutLogement.LOCATAIRE_HLM: _("locataire d’un logement social"),
        StatutLogement.LOCATAIRE_VIDE: _("locataire d’un logement vide"),
        StatutLogement.LOCATAIRE_MEUBLE: _("locataire d’un logement meublé"),
        StatutLogement.FOYER: _("en foyer ou en résidence"),
        StatutLogement.HEBERGE: _("vit chez quelqu’un"),
        StatutLogement.PROPRIETAIRE: _("propriétaire, sans prêt à rembourser"),
        StatutLogement.ACCEDANT: _("propriétaire, avec un prêt à rembourser"),
        StatutLogement.SANS_DOMICILE: _("sans logement à soi"),
    }


def _couvertures() -> dict[str, str]:
    return {
        "assurance_maladie": _("assurance maladie"),
        "ame": _("aide médicale de l’État (AME)"),
        "aucune": _("aucune"),
    }
