"""Parties 4 et 5 : les aides déjà reçues, la santé, l'épargne, le budget, les dettes."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from pleinsdroits.droits.questionnaire.champs import Cases, Montant, liste
from pleinsdroits.droits.questionnaire.contexte import VOUS, Contexte, Gens
from pleinsdroits.droits.questionnaire.ecrans.options import (
    AIDES,
    AIDES_D_UN_COUPLE,
    AIDES_D_UNE_PERSONNE,
    AIDES_PAR_SUJET,
    CHARGES,
    COMPLEMENTAIRES,
    COUVERTURES,
    DETTES,
    EN_TOUT,
    EPARGNES,
)
from pleinsdroits.droits.questionnaire.question import Champs, Question
from pleinsdroits.droits.questionnaire.rangement import pour, question_de, ranger, sous

QUELLES_AIDES = _("Quelles aides recevez-vous déjà ?")
DE_COTE = _("Avez-vous de l’argent de côté, ou un bien en plus de votre logement ?")
TOUS_LES_MOIS = _("Que payez-vous tous les mois ?")
QUELLES_DETTES = _("Quelles dettes avez-vous ?")
COMBIEN = _("Combien ?")


def _aides(contexte: Contexte, envoi: Mapping | None) -> Champs:
    aide = _(
        "Vous, ou une personne qui vit avec vous. Cochez, puis écrivez combien, ou laissez vide si vous ne savez pas."
    )
    champs: Champs = {
        "quoi": Cases(QUELLES_AIDES, AIDES_PAR_SUJET, aucun=_("Aucune de ces aides"), inconnu=True, aide=aide)
    }
    for droit, nom in AIDES:
        siens: Champs = {f"montant_{droit}": Montant(label=COMBIEN, vide_inconnu=True)}
        if len(possibles := _peuvent_recevoir(droit, contexte)) > 1:
            siens[f"pour_{droit}"] = liste(_("Pour qui ?"), [(g.ident, g.nom) for g in possibles])
        champs |= sous("quoi", droit, ranger(siens, nom))
    return champs


def aides_cochees(contexte: Contexte) -> list[str]:
    return [a for a, _nom in AIDES if contexte.coche("aides-recues", "quoi", a)]


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
    return ranger(champs, "") if len(contexte.majeurs) == 1 else champs


def _patrimoine(contexte: Contexte, envoi: Mapping | None) -> Champs:
    options = [(cle, nom) for cle, nom, *_reste in EPARGNES]
    champs: Champs = {"quoi": Cases(DE_COTE, options, aucun=_("Non, rien"), inconnu=True)}
    for cle, nom, label, unite, haut in EPARGNES:
        montant = Montant(label=label, unite=unite, maximum=haut, vide_inconnu=True)
        champs |= sous("quoi", cle, ranger({f"montant_{cle}": montant}, nom))
    return champs


def _charges(contexte: Contexte, envoi: Mapping | None) -> Champs:
    aide = _(
        "Cochez, puis écrivez combien, ou laissez vide si vous ne savez pas. Sans le loyer ni ses charges, déjà demandés."
    )
    champs: Champs = {"quoi": Cases(TOUS_LES_MOIS, CHARGES, inconnu=True, aide=aide)}
    for nature, nom in CHARGES:
        montant: Champs = {f"montant_{nature}": Montant(label=COMBIEN, vide_inconnu=True)}
        champs |= sous("quoi", nature, ranger(montant, nom))
    return champs


def _dettes(contexte: Contexte, envoi: Mapping | None) -> Champs:
    aide = _(
        "Cochez, puis écrivez combien, même à peu près, ou laissez vide si vous ne savez pas. Écrivez 0 s’il n’y a pas de retard."
    )
    champs: Champs = {"quoi": Cases(QUELLES_DETTES, DETTES, aucun=None, inconnu=True, aide=aide)}
    for nature, nom in DETTES:
        champs |= sous("quoi", nature, ranger(_une_dette(nature), nom))
    return champs


def _une_dette(nature: str) -> Champs:
    total = Montant(label=_("Ce qui reste à payer"), unite=EN_TOUT, maximum=1_000_000, vide_inconnu=True)
    mensualite = Montant(label=_("Ce que vous remboursez déjà"), vide_inconnu=True)
    retard = Montant(label=_("Retard"), unite=_("mois"), maximum=120, vide_inconnu=True)
    return {f"total_{nature}": total, f"mensualite_{nature}": mensualite, f"retard_{nature}": retard}


QUESTIONS = [
    Question("aides-recues", 4, QUELLES_AIDES, _aides, _("Pour ne pas vous proposer ce que vous avez.")),
    Question(
        "sante", 5, _("Qui paie vos soins ?"), _sante, _("Une mutuelle gratuite ou peu chère est peut-être possible.")
    ),
    Question(
        "patrimoine",
        5,
        DE_COTE,
        _patrimoine,
        _("Quelques aides regardent l’épargne. Avoir un livret n’empêche presque rien."),
    ),
    Question("charges", 5, TOUS_LES_MOIS, _charges, _("Les aides de la ville regardent ce qui reste pour vivre.")),
    Question(
        "dettes",
        5,
        QUELLES_DETTES,
        _dettes,
        _("Des aides existent pour chaque sorte de dette."),
        posee=lambda c: c.coche("concerne", "quoi", "dettes"),
    ),
]
