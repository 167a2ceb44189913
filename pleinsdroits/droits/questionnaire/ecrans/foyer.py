"""Qui vit ici, et les enfants."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from pleinsdroits.droits.questionnaire.champs import EnTroisCases, case, choix, liste
from pleinsdroits.droits.questionnaire.contexte import PERSONNES_EN_PLUS, Contexte
from pleinsdroits.droits.questionnaire.question import Champs, Erreurs, Question
from pleinsdroits.droits.questionnaire.rangement import pour, ranger, rangs
from pleinsdroits.droits.situation.modele import AGES_SCOLAIRES

COUPLES = [
    ("seul", _("Seul ou seule, sans vie de couple")),
    ("marie", _("En couple, marié ou mariée")),
    ("pacse", _("En couple, avec un PACS")),
    ("union_libre", _("En couple, sans mariage ni PACS")),
]
AUTRES = [
    ("non", _("Non, personne d’autre")),
    ("oui", _("Oui : enfants, parents ou autres personnes")),
]
LIENS = [
    ("enfant", _("Votre enfant ou celui de votre conjoint")),
    ("parent", _("Votre père ou votre mère")),
    ("autre", _("Une autre personne")),
]
ECOLES = [
    ("aucune", _("Pas à l’école")),
    ("maternelle", _("Maternelle")),
    ("primaire", _("École élémentaire (du CP au CM2)")),
    ("college", _("Collège")),
    ("lycee", _("Lycée")),
    ("superieur", _("Études après le bac")),
]
AUTRES_PARENTS = [
    ("ici", _("Il ou elle vit ici aussi")),
    ("pension_versee", _("Il ou elle verse une pension")),
    ("pension_impayee", _("Une pension est fixée mais n’est pas payée")),
    ("pension_non_fixee", _("Aucune pension n’est fixée")),
    ("decede", _("Il ou elle est mort ou morte")),
    ("non_reconnu", _("L’enfant n’a qu’un parent reconnu")),
]
NAISSANCE_PROCHE = _("Par exemple 14 5 1992. Si vous ne savez pas exactement, écrivez une date proche.")


def _naissance(label: object, **options) -> EnTroisCases:
    return EnTroisCases(label=label, naissance=True, help_text=NAISSANCE_PROCHE, **options)


def _vous(contexte: Contexte, envoi: Mapping | None) -> Champs:
    return {
        "naissance": _naissance(_("Votre date de naissance")),
        "couple": choix(_("Comment vivez-vous ?"), COUPLES, inconnu=False),
        "autres": choix(
            _("D’autres personnes vivent-elles avec vous ?"),
            AUTRES,
            inconnu=False,
            aide=_("Sans compter votre conjoint ou conjointe."),
        ),
    }


def _foyer(contexte: Contexte, envoi: Mapping | None) -> Champs:
    champs: Champs = {}
    if contexte.en_couple:
        champs["naissance_conjoint"] = _naissance(_("Date de naissance de votre conjoint ou conjointe"))
    if not contexte.avec_d_autres:
        return champs
    montres = rangs(contexte, envoi, "foyer", ("lien", "naissance"), PERSONNES_EN_PLUS)
    source = contexte.reponses.get("foyer", {}) if envoi is None else envoi
    for numero, rang in enumerate(montres, start=1):
        # Une personne au moins : la première ligne, sauf si une autre est remplie (quelqu'un est parti).
        requis = numero == 1 and not any(_remplie(source, autre) for autre in montres[1:])
        lien = liste(_("Cette personne est"), LIENS, inconnu=False, requis=requis)
        naissance = _naissance(_("Sa date de naissance"), required=requis)
        titre = _("Une autre personne qui vit ici ({n})").format(n=numero)
        champs |= ranger({f"lien_{rang}": lien, f"naissance_{rang}": naissance}, titre)
    return champs


def _remplie(source: Mapping, rang: int) -> bool:
    return any(source.get(nom) for nom in (f"lien_{rang}", f"naissance_{rang}", f"naissance_{rang}_0"))


def _foyer_complet(donnees: Mapping, contexte: Contexte) -> Erreurs:
    fautes: Erreurs = {}
    for rang in range(PERSONNES_EN_PLUS):
        lien, naissance = donnees.get(f"lien_{rang}"), donnees.get(f"naissance_{rang}")
        if lien and not naissance:
            fautes[f"naissance_{rang}"] = _("Écrivez la date de naissance de cette personne.")
        if naissance and not lien:
            fautes[f"lien_{rang}"] = _("Dites qui est cette personne.")
    return fautes


def _enfants(contexte: Contexte, envoi: Mapping | None) -> Champs:
    champs: Champs = {}
    for enfant in contexte.enfants:
        siens: Champs = {"ecole": liste(_("École ou études"), ECOLES)}
        if enfant.age < 20:
            siens["parent"] = liste(_("Son autre parent"), AUTRES_PARENTS)
            siens["alternee"] = case(_("Vit une semaine sur deux chez son autre parent (garde alternée)"))
        champs |= pour(enfant, siens)
    return champs


def _ecoles_possibles(donnees: Mapping, contexte: Contexte) -> Erreurs:
    fautes: Erreurs = {}
    for enfant in contexte.enfants:
        ecole = donnees.get(f"ecole__{enfant.ident}")
        mini, maxi = AGES_SCOLAIRES.get(str(ecole), (0, 200))
        if not mini <= enfant.age <= maxi:
            fautes[f"ecole__{enfant.ident}"] = _(
                "Cette personne a {n} ans : vérifiez la date de naissance ou l’école."
            ).format(n=enfant.age)
    return fautes


def _seul_depuis(contexte: Contexte, envoi: Mapping | None) -> Champs:
    return {"mois": EnTroisCases(label=_("Depuis quand vivez-vous sans conjoint ?"), sans_jour=True)}


def _a_un_enfant_seul(contexte: Contexte) -> bool:
    return not contexte.en_couple and bool(contexte.enfants)


QUESTIONS = [
    Question(
        "vous",
        1,
        _("Parlez-nous de vous"),
        _vous,
        _("Beaucoup d’aides dépendent de l’âge, de la vie de couple et du nombre de personnes dans le logement."),
        inconnu=False,
    ),
    Question(
        "foyer",
        1,
        _("Qui vit avec vous ?"),
        _foyer,
        _("Les aides dépendent de l’âge de chaque personne et de son lien avec vous."),
        posee=lambda c: c.en_couple or c.avec_d_autres,
        controle=_foyer_complet,
        ajouter=_("Ajouter une personne"),
        inconnu=False,
    ),
    Question(
        "enfants",
        1,
        _("Vos enfants"),
        _enfants,
        _("Certaines aides dépendent de l’école et de l’autre parent."),
        posee=lambda c: bool(c.enfants),
        controle=_ecoles_possibles,
    ),
    Question(
        "seul-depuis",
        1,
        _("Depuis quand vivez-vous sans conjoint ?"),
        _seul_depuis,
        _("Une aide est plus élevée dans les premiers mois. Nous ne demandons pas pourquoi."),
        posee=_a_un_enfant_seul,
    ),
]
