"""Partie 2 : les situations qui ouvrent une aide, et ce qu'il faut en savoir."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from pleinsdroits.droits.questionnaire.champs import Cases, EnTroisCases, Montant, case, choix, liste
from pleinsdroits.droits.questionnaire.contexte import Contexte, Gens
from pleinsdroits.droits.questionnaire.ecrans.options import OUI_NON
from pleinsdroits.droits.questionnaire.question import Champs, Question
from pleinsdroits.droits.questionnaire.rangement import pour, ranger

UNE_DE_CES_SITUATIONS = _("Vivez-vous l’une de ces situations ?")
MALADE = "malade"
SANTE = [
    ("grossesse", _("Une grossesse")),
    ("handicap", _("Un handicap, reconnu ou en cours de demande")),
    ("autonomie", _("Besoin d’aide pour les gestes de tous les jours (60 ans et plus)")),
    ("aidant", _("Aider un proche malade, âgé ou handicapé")),
    ("arret", _("Un arrêt de travail")),
    ("invalidite", _("Une pension d’invalidité, ou plus capable de travailler")),
    ("veuvage", _("La mort du conjoint ou de la conjointe")),
    (MALADE, _("Un enfant gravement malade, accidenté ou handicapé")),
]
# Avant cet âge, la situation n'ouvre rien à la personne : on ne demande pas si elle la vit.
A_PARTIR_DE = {"grossesse": 12, "autonomie": 60, "aidant": 16, "arret": 16, "invalidite": 16, "veuvage": 18}
LOGEMENT = [
    ("expulsion", _("Une menace d’expulsion")),
    ("indigne", _("Un logement dangereux ou très abîmé")),
    ("suroccupation", _("Un logement trop petit")),
    ("hebergement_prolonge", _("Un hébergement qui dure depuis longtemps")),
]
ARGENT = [
    ("dettes", _("Des factures en retard, des crédits ou des dettes")),
    ("compte", _("Pas de compte bancaire")),
    ("justice", _("Une affaire devant la justice, ou besoin d’un avocat")),
]
DE_LA_PERSONNE = tuple(sujet for sujet, _nom in SANTE)


def _concerne(contexte: Contexte, envoi: Mapping | None) -> Champs:
    sante = [(sujet, nom) for sujet, nom in SANTE if _possibles(contexte, sujet)]
    groupes = [(_("Santé et famille"), sante), (_("Logement"), LOGEMENT), (_("Argent et justice"), ARGENT)]
    aide = _("Cochez tout ce qui vous concerne, vous ou une personne qui vit avec vous. Si vous hésitez, cochez.")
    return {"quoi": Cases(UNE_DE_CES_SITUATIONS, groupes, aide=aide)}


def difficultes_de_logement(contexte: Contexte) -> list[str]:
    """Les problèmes de logement cochés, dans l'ordre de l'écran."""
    return [d for d, _nom in LOGEMENT if contexte.coche("concerne", "quoi", d)]


def sujets(contexte: Contexte) -> list[str]:
    """Les situations cochées qui sont celles d'une personne précise."""
    return [s for s in DE_LA_PERSONNE if contexte.coche("concerne", "quoi", s) and _possibles(contexte, s)]


def _possibles(contexte: Contexte, sujet: str) -> list[Gens]:
    """Les personnes qu'un sujet peut concerner."""
    assez_ages = [g for g in contexte.gens if g.age >= A_PARTIR_DE.get(sujet, 0)]
    return [g for g in assez_ages if sujet != MALADE or g.lien == "enfant"]


def _qui(contexte: Contexte, envoi: Mapping | None) -> Champs:
    noms = dict(SANTE)
    return {
        sujet: Cases(noms[sujet], [(g.ident, g.nom) for g in _possibles(contexte, sujet)], aucun=None)
        for sujet in _a_preciser(contexte)
    }


def _a_preciser(contexte: Contexte) -> list[str]:
    """Les sujets dont plusieurs personnes peuvent être concernées."""
    return [s for s in sujets(contexte) if len(_possibles(contexte, s)) > 1]


def concernes(contexte: Contexte, sujet: str) -> list[Gens]:
    """Les personnes concernées par un sujet ; si une seule peut l'être, elle n'a pas à le redire."""
    if sujet not in sujets(contexte):
        return []
    possibles = _possibles(contexte, sujet)
    return [g for g in possibles if len(possibles) == 1 or contexte.coche("qui", sujet, g.ident)]


TAUX = [("0.3", _("Moins de 50 %")), ("0.65", _("Entre 50 et 79 %")), ("0.85", _("80 % ou plus"))]
GIR = [
    ("1", _("GIR 1 : aide pour tout, tout le temps")),
    *[(str(n), _("GIR {n}").format(n=n)) for n in range(2, 6)],
    ("6", _("GIR 6 : pas besoin d’aide")),
]
INVALIDITE = [
    ("1", _("Pension d’invalidité, catégorie 1")),
    ("2", _("Pension d’invalidité, catégorie 2")),
    ("3", _("Pension d’invalidité, catégorie 3")),
    ("inapte", _("Pas de pension, mais plus capable de travailler")),
]
SUJETS_A_PRECISER = ("grossesse", "handicap", "autonomie", "arret", "invalidite")


def _precisions(contexte: Contexte, envoi: Mapping | None) -> Champs:
    champs: Champs = {}
    for gens in contexte.gens:
        siens = [_precision(s, gens) for s in SUJETS_A_PRECISER if gens in concernes(contexte, s)]
        champs |= pour(gens, {nom: champ for precision in siens for nom, champ in precision.items()})
    return ranger(champs, "") if len(contexte.gens) == 1 else champs


def _precision(sujet: str, gens: Gens) -> Champs:
    if sujet == "grossesse":
        return {"terme": EnTroisCases(label=_("Date prévue de l’accouchement"), passee=False)}
    if sujet == "arret":
        return {"arret": EnTroisCases(label=_("Premier jour de l’arrêt de travail"))}
    if sujet == "autonomie":
        return {
            "gir": liste(_("Niveau d’autonomie (GIR), donné par le Département"), GIR),
            "etablissement": case(_("Vit en maison de retraite")),
            "plan_aide": Montant(
                label=_("Montant du plan d’aide"),
                required=False,
                help_text=_("Écrit par le Département après sa visite. Laissez vide s’il n’est pas encore venu."),
            ),
        }
    if sujet == "invalidite":
        return {"invalidite": choix(_("Invalidité"), INVALIDITE)}
    champs: Champs = {"taux": choix(_("Taux de handicap dit par la MDPH (maison du handicap)"), TAUX)}
    if gens.age < 20:
        complements = [(str(n), str(n) if n else _("Aucun")) for n in range(7)]
        return champs | {"complement": liste(_("Complément de l’allocation pour enfant handicapé"), complements)}
    return champs | {
        "emploi": choix(_("D’après la MDPH, travailler est-il très difficile ?"), OUI_NON),
        "aide_humaine": choix(_("Besoin de quelqu’un pour les gestes de tous les jours ?"), OUI_NON),
    }


QUESTIONS = [
    Question(
        "concerne",
        2,
        UNE_DE_CES_SITUATIONS,
        _concerne,
        _("Chacune peut ouvrir une aide. Le reste ne vous sera pas demandé."),
    ),
    Question(
        "qui",
        2,
        _("Qui est concerné ?"),
        _qui,
        _("Une aide est calculée pour la bonne personne."),
        posee=lambda c: bool(_a_preciser(c)),
    ),
    Question(
        "precisions",
        2,
        _("Santé, handicap, arrêt : précisez"),
        _precisions,
        _("Nous ne demandons rien sur la maladie elle-même."),
        posee=lambda c: any(concernes(c, s) for s in SUJETS_A_PRECISER),
    ),
]
