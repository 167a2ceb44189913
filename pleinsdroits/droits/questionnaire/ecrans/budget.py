"""Parties 4 et 5 : les aides déjà reçues, la santé, l'épargne, le budget, les dettes."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from pleinsdroits.droits.questionnaire.champs import Cases, Montant, choix, liste
from pleinsdroits.droits.questionnaire.contexte import VOUS, Contexte, Gens
from pleinsdroits.droits.questionnaire.ecrans.foyer import pour, question_de, ranger
from pleinsdroits.droits.questionnaire.ecrans.options import (
    AIDES,
    AIDES_D_UN_COUPLE,
    AIDES_D_UNE_PERSONNE,
    CHARGES,
    COMPLEMENTAIRES,
    COUVERTURES,
    DETTES,
    EPARGNES,
)
from pleinsdroits.droits.questionnaire.question import Champs, Question


def _aides(contexte: Contexte, envoi: Mapping | None) -> Champs:
    return {
        "quoi": Cases(
            _("Quelles aides recevez-vous déjà ?"),
            AIDES,
            aucun=_("Aucune"),
            aide=_("Vous, ou une personne qui vit avec vous."),
        )
    }


def aides_cochees(contexte: Contexte) -> list[str]:
    return [a for a, _nom in AIDES if contexte.coche("aides-recues", "quoi", a)]


def _aides_montants(contexte: Contexte, envoi: Mapping | None) -> Champs:
    noms = dict(AIDES)
    champs: Champs = {}
    for aide in aides_cochees(contexte):
        siens: Champs = {f"montant_{aide}": Montant(label=noms[aide])}
        if len(possibles := _peuvent_recevoir(aide, contexte)) > 1:
            qui = liste(_("Pour qui ?"), [(g.ident, g.nom) for g in possibles])
            montant = Montant(label=_("Montant"))
            siens = ranger({f"montant_{aide}": montant, f"pour_{aide}": qui}, noms[aide])
        champs |= siens
    return champs


def _peuvent_recevoir(aide: str, contexte: Contexte) -> list[Gens]:
    """Les personnes entre lesquelles on hésite : une aide du couple est dite une fois, pour vous."""
    if aide in AIDES_D_UNE_PERSONNE:
        return contexte.majeurs
    couple = [g for g in contexte.vous_et_conjoint if g.ident == VOUS]
    return [*couple, *contexte.autres_majeurs] if aide in AIDES_D_UN_COUPLE else couple


def _sante(contexte: Contexte, envoi: Mapping | None) -> Champs:
    champs: Champs = {}
    for gens in contexte.majeurs:
        question = question_de(gens)
        siens: Champs = {
            "couverture": question(_("Qui rembourse les soins ?"), COUVERTURES),
            "complementaire": question(_("Et pour le reste ?"), COMPLEMENTAIRES),
        }
        champs |= pour(gens, siens)
    return champs


def _patrimoine(contexte: Contexte, envoi: Mapping | None) -> Champs:
    options = [("non", _("Non")), ("oui", _("Oui"))]
    return {"a": choix(_("Avez-vous de l’argent de côté, ou un bien en plus de votre logement ?"), options)}


def _patrimoine_montants(contexte: Contexte, envoi: Mapping | None) -> Champs:
    return {cle: Montant(label=nom, unite=unite, maximum=haut, required=False) for cle, nom, unite, haut in EPARGNES}


def _charges(contexte: Contexte, envoi: Mapping | None) -> Champs:
    champs: Champs = {cle: Montant(label=nom, required=False) for cle, nom in CHARGES}
    return champs


def _dettes(contexte: Contexte, envoi: Mapping | None) -> Champs:
    return {"quoi": Cases(_("Quelles dettes avez-vous ?"), DETTES, aucun=None, inconnu=True)}


def dettes_cochees(contexte: Contexte) -> list[str]:
    return [d for d, _nom in DETTES if contexte.coche("dettes", "quoi", d)]


def _dettes_montants(contexte: Contexte, envoi: Mapping | None) -> Champs:
    noms = dict(DETTES)
    champs: Champs = {}
    for nature in dettes_cochees(contexte):
        siens: Champs = {
            "total": Montant(label=_("Ce qui reste à payer"), unite=_("€ en tout"), maximum=1_000_000),
            "mensualite": Montant(label=_("Ce que vous remboursez déjà"), required=False),
            "retard": Montant(label=_("Retard"), unite=_("mois"), maximum=120, required=False),
        }
        ranger(siens, noms[nature])
        champs |= {f"{cle}_{nature}": champ for cle, champ in siens.items()}
    return champs


QUESTIONS = [
    Question(
        "aides-recues",
        4,
        _("Quelles aides recevez-vous déjà ?"),
        _aides,
        _("Pour ne pas vous proposer ce que vous avez."),
    ),
    Question(
        "aides-montants",
        4,
        _("Combien recevez-vous pour ces aides ?"),
        _aides_montants,
        _("Certaines aides comptent pour d’autres."),
        posee=lambda c: bool(aides_cochees(c)),
    ),
    Question(
        "sante", 5, _("Qui paie vos soins ?"), _sante, _("Une mutuelle gratuite ou peu chère est peut-être possible.")
    ),
    Question(
        "patrimoine",
        5,
        _("Avez-vous de l’argent de côté, ou un bien en plus de votre logement ?"),
        _patrimoine,
        _("Quelques aides regardent l’épargne. Avoir un livret n’empêche presque rien."),
    ),
    Question(
        "patrimoine-montants",
        5,
        _("Votre épargne et vos biens"),
        _patrimoine_montants,
        _("Laissez vide ce que vous n’avez pas."),
        posee=lambda c: c.dit("patrimoine", "a") == "oui",
    ),
    Question(
        "charges",
        5,
        _("Que payez-vous tous les mois ?"),
        _charges,
        _("Les aides de la ville regardent ce qui reste pour vivre. Laissez vide ce que vous ne payez pas."),
    ),
    Question(
        "dettes",
        5,
        _("Quelles dettes avez-vous ?"),
        _dettes,
        _("Des aides existent pour chaque sorte de dette."),
        posee=lambda c: c.coche("concerne", "quoi", "dettes"),
    ),
    Question(
        "dettes-montants",
        5,
        _("Combien devez-vous ?"),
        _dettes_montants,
        _("Même à peu près. Écrivez 0 s’il n’y a pas de retard ; laissez vide ce que vous ne savez pas."),
        posee=lambda c: c.coche("concerne", "quoi", "dettes") and bool(dettes_cochees(c)),
    ),
]
