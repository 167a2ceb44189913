"""Partie 2 : ce que fait chacun ; les précisions viennent sous votre réponse, et sur une page pour les autres."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from pleinsdroits.droits.questionnaire.champs import EnTroisCases, Montant, case, choix, liste
from pleinsdroits.droits.questionnaire.contexte import CONJOINT, VOUS, Contexte, Gens
from pleinsdroits.droits.questionnaire.ecrans.options import OUI_NON, REGIMES
from pleinsdroits.droits.questionnaire.question import Champs, Question
from pleinsdroits.droits.questionnaire.rangement import pour, question_de, ranger, sous

ACTIVITES = [
    ("salarie", _("Je travaille, avec un employeur")),
    ("independant", _("Je travaille à mon compte")),
    ("demandeur_emploi", _("Je cherche un emploi")),
    ("apprenti", _("Je suis en apprentissage")),
    ("etudiant", _("Je fais des études")),
    ("retraite", _("Je suis à la retraite")),
    ("sans_activite", _("Rien de tout cela")),
]
ACTIVITES_DES_AUTRES = [
    ("salarie", _("Travaille, avec un employeur")),
    ("independant", _("Travaille à son compte")),
    ("demandeur_emploi", _("Cherche un emploi")),
    ("apprenti", _("En apprentissage")),
    ("etudiant", _("Fait des études")),
    ("retraite", _("À la retraite")),
    ("sans_activite", _("Rien de tout cela")),
]
EN_CE_MOMENT = _("Que faites-vous en ce moment ?")
JEUNE = 25
AGE_BOURSE = 28  # la première demande de bourse se fait avant cet âge
ECRANS = ("activite", "activite-suite")


def ecran_des_precisions(ident: str) -> str:
    """L'écran où l'on précise une activité : le même que la vôtre, ou le suivant pour les autres personnes."""
    return ECRANS[0] if ident == VOUS else ECRANS[1]


def _activite(contexte: Contexte, envoi: Mapping | None) -> Champs:
    champs = pour(contexte.vous_et_conjoint[0], _la_votre(contexte)) if contexte.vous_et_conjoint else {}
    for gens in contexte.adultes[1:]:
        champs |= pour(gens, {"activite": liste(_("Son activité"), ACTIVITES_DES_AUTRES)})
    if len(contexte.adultes) == 1:
        ranger(champs, "")
    return champs


def _la_votre(contexte: Contexte) -> Champs:
    vous = contexte.vous_et_conjoint[0]
    seule_question = len(contexte.adultes) == 1 and not _jeunesse(vous)
    champs: Champs = {"activite": choix(EN_CE_MOMENT if seule_question else _("Votre activité"), ACTIVITES)}
    for activite, suite in _suites(vous, contexte).items():
        champs |= sous("activite", activite, suite)
    return champs | _jeunesse(vous)


def _suites(gens: Gens, contexte: Contexte) -> dict[str, Champs]:
    """Les précisions que demande chaque activité."""
    suites = {"demandeur_emploi": _recherche(gens), "etudiant": _etudes(gens)}
    if gens.ident in (VOUS, CONJOINT):
        suites["independant"] = _entreprise(gens, contexte)
    return suites


def _recherche(gens: Gens) -> Champs:
    inscription = EnTroisCases(label=_("Date d’inscription à France Travail"), required=False)
    cinq_ans = question_de(gens)(_("Au moins 5 ans de travail dans les 10 ans avant la fin du contrat ?"), OUI_NON)
    return {"inscription": inscription, "cinq_ans": cinq_ans}


def _etudes(gens: Gens) -> Champs:
    champs: Champs = {"boursier": question_de(gens)(_("Une bourse sur critères sociaux ?"), OUI_NON)}
    if gens.age < AGE_BOURSE:
        champs["ressources_parents"] = Montant(
            label=_("Revenus de ses parents, en tout, il y a deux ans")
            if gens.ident != VOUS
            else _("Revenus de vos parents, en tout, il y a deux ans"),
            unite=_("€ pour l’année"),
            maximum=1_000_000,
            vide_inconnu=True,
            help_text=_("C’est écrit sur leur feuille d’impôt."),
        )
    return champs


def annees_demandees(contexte: Contexte) -> list[int]:
    """L'année en cours et les deux précédentes."""
    return [contexte.jour.year - n for n in range(3)]


def _entreprise(gens: Gens, contexte: Contexte) -> Champs:
    label = _("Votre entreprise") if gens.ident == VOUS else _("Son entreprise")
    champs: Champs = {"regime": liste(label, REGIMES, inconnu=False)}
    for an in annees_demandees(contexte):
        titre = _("Recettes (micro) ou bénéfice de {an}").format(an=an)
        champs[f"annee_{an}"] = Montant(label=titre, unite=_("€ pour l’année"), maximum=1_000_000, vide_inconnu=True)
    return champs


def _jeunesse(gens: Gens) -> Champs:
    """Ce que l'on demande à chaque jeune, quelle que soit son activité."""
    champs: Champs = {}
    vous, question = gens.ident == VOUS, question_de(gens)
    if gens.age < JEUNE and gens.ident in (VOUS, CONJOINT):
        champs["chez_parents"] = case(_("Je vis chez mes parents") if vous else _("Vit chez ses parents"))
    if gens.age < JEUNE:
        champs["deux_ans"] = question(
            _("Au moins 2 ans de travail à temps plein dans les 3 dernières années ?"), OUI_NON
        )
    if gens.age < JEUNE or gens.lien == "enfant":
        label = _("Êtes-vous sur la feuille d’impôt de vos parents ?")
        autre = _("Cette personne est-elle sur la feuille d’impôt de ses parents ?")
        champs["rattache"] = question(label if vous else autre, OUI_NON)
    return champs


def _suite_de(gens: Gens, contexte: Contexte) -> Champs:
    activite = str(contexte.dit("activite", f"activite__{gens.ident}"))
    return _suites(gens, contexte).get(activite, {}) | _jeunesse(gens)


def _autres(contexte: Contexte) -> list[Gens]:
    return [g for g in contexte.majeurs if g.ident != VOUS]


def _activite_suite(contexte: Contexte, envoi: Mapping | None) -> Champs:
    champs: Champs = {}
    for gens in _autres(contexte):
        champs |= pour(gens, _suite_de(gens, contexte))
    return champs


QUESTIONS = [
    Question(
        "activite",
        2,
        EN_CE_MOMENT,
        _activite,
        _("Certaines aides vont avec le travail, d’autres sans."),
    ),
    Question(
        "activite-suite",
        2,
        _("L’activité des autres personnes"),
        _activite_suite,
        _("Certaines aides dépendent du temps de travail passé et des études."),
        posee=lambda c: any(_suite_de(g, c) for g in _autres(c)),
    ),
]
