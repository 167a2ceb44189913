"""La nationalité et le droit au séjour : pour vous et votre conjoint sur une page, pour les autres sur la suivante."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from pleinsdroits.droits.questionnaire.champs import EnTroisCases
from pleinsdroits.droits.questionnaire.contexte import VOUS, Contexte, Gens
from pleinsdroits.droits.questionnaire.question import Champs, Question
from pleinsdroits.droits.questionnaire.rangement import pour, question_de, ranger, sous

NATIONALITES = [
    ("francaise", _("Française")),
    ("ue", _("Union européenne, Espace économique européen ou Suisse")),
    ("hors_ue", _("Une autre nationalité")),
]
TITRES = [
    ("titre_sejour", _("Un titre de séjour, ou un récépissé")),
    ("carte_resident", _("Une carte de résident (10 ans)")),
    ("refugie", _("Réfugié, apatride ou protection subsidiaire")),
    ("demandeur_asile", _("Une demande d’asile en cours")),
    ("sans_titre", _("Pas de titre de séjour")),
]
# « nationalite » pour vous et votre conjoint, « sejour » pour les autres.
ECRANS = ("nationalite", "sejour")
POURQUOI = _(
    "Certaines aides demandent un titre de séjour depuis quelques années. Nous ne transmettons cette réponse à personne."
)


def _nationalite(contexte: Contexte, envoi: Mapping | None) -> Champs:
    champs: Champs = {}
    for gens in contexte.majeurs:
        label = _("Votre nationalité") if gens.ident == VOUS else _("Sa nationalité")
        siens: Champs = {"nationalite": question_de(gens)(label, NATIONALITES)}
        if gens in contexte.vous_et_conjoint:
            siens |= sous("nationalite", "ue", {"arrivee_ue": _arrivee()})
            siens |= sous("nationalite", "hors_ue", _titre(gens))
        champs |= pour(gens, siens)
    if len(contexte.majeurs) == 1:
        ranger(champs, "")
    return champs


def _arrivee() -> EnTroisCases:
    return EnTroisCases(label=_("Date d’arrivée en France"), required=False)


def _titre(gens: Gens) -> Champs:
    label = _("Quel papier avez-vous ?") if gens.ident == VOUS else _("Quel papier a cette personne ?")
    depuis = _("Droit de travailler en France, sans interruption, depuis")
    return {
        "titre": question_de(gens)(label, TITRES),
        "depuis": EnTroisCases(label=depuis, required=False),
        "arrivee": _arrivee(),
    }


def _autres_etrangers(contexte: Contexte) -> list[Gens]:
    """Les autres adultes à qui on demande leur droit au séjour, ou au moins leur date d'arrivée."""
    ailleurs = ("ue", "hors_ue")
    return [g for g in contexte.autres_majeurs if contexte.dit("nationalite", f"nationalite__{g.ident}") in ailleurs]


def _sejour(contexte: Contexte, envoi: Mapping | None) -> Champs:
    champs: Champs = {}
    for gens in _autres_etrangers(contexte):
        hors_ue = contexte.dit("nationalite", f"nationalite__{gens.ident}") == "hors_ue"
        champs |= pour(gens, _titre(gens) if hors_ue else {"arrivee": _arrivee()})
    return champs


def date_d_arrivee(gens: Gens, contexte: Contexte) -> object:
    """La date d'arrivée en France, en texte ISO ; ``None`` si elle n'est pas dite."""
    return contexte.dit_de(gens, "arrivee_ue", *ECRANS) or contexte.dit_de(gens, "arrivee", *ECRANS)


QUESTIONS = [
    Question("nationalite", 2, _("Nationalité et droit au séjour"), _nationalite, POURQUOI),
    Question(
        "sejour",
        2,
        _("Le droit au séjour des autres personnes"),
        _sejour,
        POURQUOI,
        posee=lambda c: bool(_autres_etrangers(c)),
    ),
]
