"""Partie 2 : ce que fait chacun, et les situations qui ouvrent une aide."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from pleinsdroits.droits.questionnaire.champs import Cases, EnTroisCases, Montant, case, choix, liste
from pleinsdroits.droits.questionnaire.contexte import CONJOINT, VOUS, Contexte, Gens
from pleinsdroits.droits.questionnaire.ecrans.foyer import pour, question_de, ranger
from pleinsdroits.droits.questionnaire.question import Champs, Question

ACTIVITES = [
    ("salarie", _("Je travaille, avec un employeur")),
    ("independant", _("Je travaille à mon compte")),
    ("demandeur_emploi", _("Je cherche un emploi")),
    ("apprenti", _("Je suis en apprentissage")),
    ("etudiant", _("Je suis mes études")),
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


def _activite(contexte: Contexte, envoi: Mapping | None) -> Champs:
    champs: Champs = {}
    for gens in contexte.adultes:
        vous = gens.ident == VOUS
        champ = choix(_("Votre activité"), ACTIVITES) if vous else liste(_("Son activité"), ACTIVITES_DES_AUTRES)
        champs |= pour(gens, {"activite": champ})
    if len(champs) == 1:
        ranger(champs, "")
    return champs


JEUNE = 25
AGE_BOURSE = 28  # la première demande de bourse se fait avant cet âge
OUI_NON = [("oui", _("Oui")), ("non", _("Non"))]


def _activite_suite(contexte: Contexte, envoi: Mapping | None) -> Champs:
    champs: Champs = {}
    for gens in contexte.majeurs:
        champs |= pour(gens, _suite_de(gens, contexte))
    return champs


def _suite_de(gens: Gens, contexte: Contexte) -> Champs:
    activite, question = contexte.dit("activite", f"activite__{gens.ident}"), question_de(gens)
    champs: Champs = {}
    if activite == "demandeur_emploi":
        champs["inscription"] = EnTroisCases(
            label=_("Date d’inscription à France Travail, si inscrit ou inscrite"), required=False
        )
        champs["cinq_ans"] = question(_("Au moins 5 ans de travail dans les 10 ans avant la fin du contrat"), OUI_NON)
    if activite == "etudiant":
        champs |= _etudes(gens)
    if gens.age < JEUNE:
        if gens.ident in (VOUS, CONJOINT):
            champs["chez_parents"] = case(_("Vit chez ses parents"))
        champs["deux_ans"] = question(_("Au moins 2 ans de travail à temps plein dans les 3 dernières années"), OUI_NON)
    if gens.age < JEUNE or gens.lien == "enfant":
        champs["rattache"] = question(_("Est sur la feuille d’impôt de ses parents"), OUI_NON)
    return champs


def _etudes(gens: Gens) -> Champs:
    champs: Champs = {"boursier": question_de(gens)(_("Reçoit une bourse sur critères sociaux"), OUI_NON)}
    if gens.age < AGE_BOURSE:
        champs["ressources_parents"] = Montant(
            label=_("Revenus de ses parents, en tout, il y a deux ans")
            if gens.ident != VOUS
            else _("Revenus de vos parents, en tout, il y a deux ans"),
            unite=_("€ pour l’année"),
            maximum=1_000_000,
            required=False,
            help_text=_("Sur leur feuille d’impôt. Laissez vide si vous ne savez pas."),
        )
    return champs


CONCERNE = [
    ("grossesse", _("Une grossesse")),
    ("handicap", _("Un handicap, reconnu ou en cours de demande")),
    ("autonomie", _("Besoin d’aide pour les gestes de tous les jours (60 ans et plus)")),
    ("aidant", _("Aider un proche malade, âgé ou handicapé")),
    ("arret", _("Un arrêt de travail")),
    ("invalidite", _("Une pension d’invalidité, ou plus capable de travailler")),
    ("veuvage", _("La mort du conjoint ou de la conjointe")),
    ("malade", _("Un enfant gravement malade, accidenté ou handicapé")),
    ("dettes", _("Des factures en retard, des crédits ou des dettes")),
    ("logement", _("Un problème de logement : expulsion, logement abîmé, trop petit, hébergement qui dure")),
    ("compte", _("Pas de compte bancaire")),
    ("justice", _("Une affaire devant la justice, ou besoin d’un avocat")),
]
DE_LA_PERSONNE = ("grossesse", "handicap", "autonomie", "aidant", "arret", "invalidite", "veuvage", "malade")


def _concerne(contexte: Contexte, envoi: Mapping | None) -> Champs:
    aide = _("Cochez tout ce qui vous concerne, vous ou une personne qui vit avec vous.")
    return {"quoi": Cases(_("Êtes-vous concerné par l’une de ces situations ?"), CONCERNE, aide=aide)}


def sujets(contexte: Contexte) -> list[str]:
    """Les situations cochées qui sont celles d'une personne précise."""
    return [s for s in DE_LA_PERSONNE if contexte.coche("concerne", "quoi", s)]


def _qui(contexte: Contexte, envoi: Mapping | None) -> Champs:
    noms = dict(CONCERNE)
    personnes = [(g.ident, g.nom) for g in contexte.gens]
    return {sujet: Cases(noms[sujet], personnes, aucun=None) for sujet in sujets(contexte)}


def concernes(contexte: Contexte, sujet: str) -> list[Gens]:
    """Les personnes concernées par un sujet ; une personne qui vit seule n'a pas à le redire."""
    if not contexte.coche("concerne", "quoi", sujet):
        return []
    if len(contexte.gens) == 1:
        return contexte.gens
    return [g for g in contexte.gens if contexte.coche("qui", sujet, g.ident)]


TAUX = [("0.3", _("Moins de 50 %")), ("0.65", _("Entre 50 et 79 %")), ("0.85", _("80 % ou plus"))]
GIR = [(str(n), _("GIR {n}").format(n=n)) for n in range(1, 7)]
INVALIDITE = [
    ("1", _("Pension d’invalidité, catégorie 1")),
    ("2", _("Pension d’invalidité, catégorie 2")),
    ("3", _("Pension d’invalidité, catégorie 3")),
    ("inapte", _("Pas de pension, mais plus capable de travailler")),
]
SUJETS_A_PRECISER = ("grossesse", "handicap", "autonomie", "arret", "invalidite")


def _precisions(contexte: Contexte, envoi: Mapping | None) -> Champs:
    champs: Champs = {}
    for sujet in SUJETS_A_PRECISER:
        for gens in concernes(contexte, sujet):
            champs |= pour(gens, _precision(sujet, gens))
    return dict(sorted(champs.items(), key=lambda c: [g.ident for g in contexte.gens].index(c[0].split("__")[1])))


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
        "emploi": choix(_("La MDPH dit que travailler est très difficile"), OUI_NON),
        "aide_humaine": choix(_("A besoin de quelqu’un pour les gestes de tous les jours"), OUI_NON),
    }


QUESTIONS = [
    Question(
        "activite",
        2,
        _("Que faites-vous en ce moment ?"),
        _activite,
        _("Certaines aides vont avec le travail, d’autres sans."),
    ),
    Question(
        "activite-suite",
        2,
        _("Quelques précisions"),
        _activite_suite,
        _("Certaines aides dépendent du temps de travail passé."),
        posee=lambda c: any(_suite_de(g, c) for g in c.majeurs),
    ),
    Question(
        "concerne",
        2,
        _("Êtes-vous concerné par l’une de ces situations ?"),
        _concerne,
        _("Chacune peut ouvrir une aide. Le reste ne vous sera pas demandé."),
    ),
    Question(
        "qui",
        2,
        _("Qui est concerné ?"),
        _qui,
        _("Une aide est calculée pour la bonne personne."),
        posee=lambda c: bool(sujets(c)) and len(c.gens) > 1,
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
