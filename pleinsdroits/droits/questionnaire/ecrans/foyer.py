"""Qui vit ici, les enfants, la nationalité et le séjour."""

from collections.abc import Callable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from pleinsdroits.droits.questionnaire.champs import EnTroisCases, case, choix, liste
from pleinsdroits.droits.questionnaire.contexte import CONJOINT, PERSONNES_EN_PLUS, VOUS, Contexte, Gens
from pleinsdroits.droits.questionnaire.question import Champs, Erreurs, Question
from pleinsdroits.droits.situation.modele import AGES_SCOLAIRES

COUPLES = [
    ("seul", _("Seul ou seule, sans vie de couple")),
    ("marie", _("En couple, marié ou mariée")),
    ("pacse", _("En couple, avec un PACS")),
    ("union_libre", _("En couple, sans mariage ni PACS")),
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


def pour(gens: Gens, champs: Champs) -> Champs:
    """Les champs d'une personne : leur nom finit par son identifiant, l'écran les réunit sous son nom."""
    return ranger({f"{nom}__{gens.ident}": champ for nom, champ in champs.items()}, gens.nom)


def ranger(champs: Champs, groupe: object, ajout: str = "") -> Champs:
    """
    Les mêmes champs, que l'écran réunit sous le titre ``groupe`` (vide : sans titre). ``ajout`` est ce que demande
    le bouton « Ajouter » qui suit le groupe.
    """
    for champ in champs.values():
        # Django laisse poser ce qu'on veut sur un champ ; les types, non.
        vars(champ).update(groupe=groupe, ajout=ajout)
    return champs


def lignes(contexte: Contexte, envoi: Mapping | None, ecran: str, prefixe: str, suffixe: str, maximum: int) -> int:
    """Combien de lignes montrer : celles envoyées (une de plus si on l'a demandé), sinon celles enregistrées."""
    source, fin = (envoi, suffixe) if envoi is not None else (contexte.reponses.get(ecran, {}), "")
    presentes = [i for i in range(maximum) if f"{prefixe}_{i}{fin}" in source]
    nombre = max(presentes, default=0) + 1
    return min(nombre + (envoi is not None and "ajouter" in envoi), maximum)


def _vous(contexte: Contexte, envoi: Mapping | None) -> Champs:
    return {
        "naissance": EnTroisCases(label=_("Votre date de naissance"), naissance=True),
        "couple": choix(_("Comment vivez-vous ?"), COUPLES, inconnu=False),
    }


def _foyer(contexte: Contexte, envoi: Mapping | None) -> Champs:
    champs: Champs = {}
    if contexte.en_couple:
        champs["naissance_conjoint"] = EnTroisCases(
            label=_("Date de naissance de votre conjoint ou conjointe"), naissance=True
        )
    for rang in range(lignes(contexte, envoi, "foyer", "naissance", "_0", PERSONNES_EN_PLUS)):
        lien = liste(_("Cette personne est"), LIENS, inconnu=False, requis=False)
        naissance = EnTroisCases(label=_("Sa date de naissance"), naissance=True, required=False)
        titre = _("Une autre personne qui vit ici ({n})").format(n=rang + 1)
        champs |= ranger({f"lien_{rang}": lien, f"naissance_{rang}": naissance}, titre)
    return champs


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


def question_de(gens: Gens) -> Callable[..., forms.ChoiceField]:
    """Des boutons pour vous et votre conjoint ; une liste, plus courte, pour les autres personnes."""
    return choix if gens.ident in (VOUS, CONJOINT) else liste


def _nationalite(contexte: Contexte, envoi: Mapping | None) -> Champs:
    champs: Champs = {}
    for gens in contexte.majeurs:
        label = _("Votre nationalité") if gens.ident == VOUS else _("Sa nationalité")
        champs |= pour(gens, {"nationalite": question_de(gens)(label, NATIONALITES)})
    if len(champs) == 1:
        ranger(champs, "")
    return champs


def etrangers(contexte: Contexte) -> list[Gens]:
    """Ceux à qui on demande leur droit au séjour, ou au moins leur date d'arrivée."""
    ailleurs = ("ue", "hors_ue")
    return [g for g in contexte.majeurs if contexte.dit("nationalite", f"nationalite__{g.ident}") in ailleurs]


def _sejour(contexte: Contexte, envoi: Mapping | None) -> Champs:
    champs: Champs = {}
    for gens in etrangers(contexte):
        siens: Champs = {"arrivee": EnTroisCases(label=_("Date d’arrivée en France"), required=False)}
        if contexte.dit("nationalite", f"nationalite__{gens.ident}") == "hors_ue":
            siens = _titre(gens) | siens
        champs |= pour(gens, siens)
    return champs


def _titre(gens: Gens) -> Champs:
    label = _("Quel papier avez-vous ?") if gens.ident == VOUS else _("Quel papier a-t-il ou a-t-elle ?")
    depuis = _("Droit de travailler en France, sans interruption, depuis")
    return {"titre": question_de(gens)(label, TITRES), "depuis": EnTroisCases(label=depuis, required=False)}


def _a_un_enfant_seul(contexte: Contexte) -> bool:
    return not contexte.en_couple and bool(contexte.enfants)


POURQUOI_NATIONALITE = _(
    "Certaines aides demandent un titre de séjour depuis quelques années. Nous ne transmettons cette réponse à personne."
)
QUESTIONS = [
    Question(
        "vous",
        1,
        _("Parlez-nous de vous"),
        _vous,
        _("Beaucoup d’aides dépendent de l’âge et de la vie de couple."),
        inconnu=False,
    ),
    Question(
        "foyer",
        1,
        _("Qui vit avec vous ?"),
        _foyer,
        _("Les aides dépendent du nombre de personnes dans le logement. Si personne d’autre ne vit ici, laissez vide."),
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
    Question("nationalite", 2, _("Votre nationalité"), _nationalite, POURQUOI_NATIONALITE),
    Question(
        "sejour", 2, _("Votre droit au séjour"), _sejour, POURQUOI_NATIONALITE, posee=lambda c: bool(etrangers(c))
    ),
]
