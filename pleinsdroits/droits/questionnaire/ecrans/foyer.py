"""Parties 1 et 2 : qui vit ici, et la situation de chacun."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from pleinsdroits.droits.questionnaire.champs import Cases, EnTroisCases, case, choix, liste
from pleinsdroits.droits.questionnaire.contexte import PERSONNES_EN_PLUS, VOUS, Contexte, Gens
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


def _nationalite(contexte: Contexte, envoi: Mapping | None) -> Champs:
    seul = len(contexte.vous_et_conjoint) == 1
    champs: Champs = {}
    for gens in contexte.vous_et_conjoint:
        label = _("Votre nationalité") if gens.ident == VOUS else _("Sa nationalité")
        siens = pour(gens, {"nationalite": choix(label, NATIONALITES)})
        if seul:
            ranger(siens, "")
        champs |= siens
    return champs


def etrangers(contexte: Contexte) -> list[Gens]:
    """Ceux à qui on demande un titre de séjour."""
    return [g for g in contexte.vous_et_conjoint if contexte.dit("nationalite", f"nationalite__{g.ident}") == "hors_ue"]


def _sejour(contexte: Contexte, envoi: Mapping | None) -> Champs:
    champs: Champs = {}
    for gens in etrangers(contexte):
        champs |= pour(
            gens,
            {
                "titre": choix(
                    _("Quel papier avez-vous ?") if gens.ident == VOUS else _("Quel papier a-t-il ou a-t-elle ?"),
                    TITRES,
                ),
                "depuis": EnTroisCases(
                    label=_("Droit de travailler en France, sans interruption, depuis"), required=False
                ),
                "arrivee": EnTroisCases(label=_("Date d’arrivée en France"), required=False),
            },
        )
    return champs


def _activite(contexte: Contexte, envoi: Mapping | None) -> Champs:
    champs: Champs = {}
    for gens in contexte.adultes:
        vous = gens.ident == VOUS
        champ = choix(_("Votre activité"), ACTIVITES) if vous else liste(_("Son activité"), ACTIVITES_DES_AUTRES)
        champs |= pour(gens, {"activite": champ})
    if len(champs) == 1:
        ranger(champs, "")
    return champs


OUI_NON = [("oui", _("Oui")), ("non", _("Non"))]


def _activite_suite(contexte: Contexte, envoi: Mapping | None) -> Champs:
    champs: Champs = {}
    for gens in contexte.vous_et_conjoint:
        champs |= pour(gens, _suite_de(gens, contexte))
    return champs


def _suite_de(gens: Gens, contexte: Contexte) -> Champs:
    activite = contexte.dit("activite", f"activite__{gens.ident}")
    champs: Champs = {}
    if activite == "demandeur_emploi":
        champs["inscription"] = EnTroisCases(
            label=_("Date d’inscription à France Travail, si inscrit ou inscrite"), required=False
        )
        champs["cinq_ans"] = choix(_("Au moins 5 ans de travail dans les 10 ans avant la fin du contrat"), OUI_NON)
    if activite == "etudiant":
        champs["boursier"] = choix(_("Reçoit une bourse sur critères sociaux"), OUI_NON)
    if gens.age < 25:
        champs["chez_parents"] = case(_("Vit chez ses parents"))
        champs["deux_ans"] = choix(_("Au moins 2 ans de travail à temps plein dans les 3 dernières années"), OUI_NON)
        champs["rattache"] = choix(_("Est sur la feuille d’impôt de ses parents"), OUI_NON)
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
        posee=lambda c: any(_suite_de(g, c) for g in c.vous_et_conjoint),
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
