"""Partie 4 : l'argent reçu par chacun, mois par mois, et la feuille d'impôt."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from pleinsdroits.droits.questionnaire.champs import AUCUN, INCONNU, Cases, EnTroisCases, Montant, liste
from pleinsdroits.droits.questionnaire.contexte import CONJOINT, VOUS, Contexte, Gens
from pleinsdroits.droits.questionnaire.ecrans.options import REVENUS, REVENUS_PAR_SUJET
from pleinsdroits.droits.questionnaire.question import Champs, Erreurs, Question
from pleinsdroits.droits.questionnaire.rangement import pour, ranger, rangs

PERIODES = 6
QUEL_ARGENT = _("Quel argent recevez-vous ?")
QUEL_ARGENT_DU_CONJOINT = _("Quel argent reçoit votre conjoint ou conjointe ?")
REVENUS_POURQUOI = _("Beaucoup d’aides dépendent de l’argent reçu ces derniers mois.")


def _types_de(ident: str):
    def champs(contexte: Contexte, envoi: Mapping | None) -> Champs:
        label = QUEL_ARGENT if ident == VOUS else QUEL_ARGENT_DU_CONJOINT
        aide = _("Depuis un an. Sans les aides de la CAF, qui viennent après.")
        if contexte.coche("activite", f"activite__{ident}", "independant"):
            aide = _(
                "Depuis un an. Sans le travail à son compte, déjà dit, ni les aides de la CAF, qui viennent après."
            )
        aucun = _("Aucun de ces revenus")
        return {"types": Cases(label, REVENUS_PAR_SUJET, aucun=aucun, inconnu=True, aide=aide)}

    return champs


def types_coches(contexte: Contexte, ident: str) -> list[str]:
    """Les revenus cochés, dans l'ordre de l'écran."""
    return [t for t, _nom in REVENUS if contexte.coche(f"revenus-{ident}", "types", t)]


def _montants_de(ident: str):
    def champs(contexte: Contexte, envoi: Mapping | None) -> Champs:
        ecran, noms = f"montants-{ident}", dict(REVENUS)
        tous: Champs = {}
        for genre in types_coches(contexte, ident):
            montres = rangs(contexte, _ajout_pour(envoi, genre), ecran, [f"montant_{genre}"], PERIODES)
            for rang in range(montres[-1] + 1):
                tous |= _periode(genre, noms[genre], rang)
        return tous

    return champs


def _ajout_pour(envoi: Mapping | None, genre: str) -> Mapping | None:
    """L'envoi, sans la demande d'ajout si elle vise un autre revenu."""
    if envoi is None or envoi.get("ajouter") in (None, genre):
        return envoi
    return {c: envoi.get(c) for c in envoi if c != "ajouter"}


def _periode(genre: str, nom: object, rang: int) -> Champs:
    montant = Montant(label=_("Montant reçu"), required=rang == 0, help_text=_("Ce qui arrive sur le compte."))
    de = EnTroisCases(
        label=_("Depuis le mois de"),
        sans_jour=True,
        required=False,
        help_text=_("Si c’est pareil chaque mois, laissez vide."),
    )
    a = EnTroisCases(
        label=_("Jusqu’au mois de"),
        sans_jour=True,
        required=False,
        passee=False,
        help_text=_("Laissez vide si cela continue."),
    )
    titre = nom if not rang else _("{nom}, période {n}").format(nom=nom, n=rang + 1)
    champs = {f"montant_{genre}_{rang}": montant, f"de_{genre}_{rang}": de, f"a_{genre}_{rang}": a}
    return ranger(champs, titre, ajout=genre)


def _periodes_en_ordre(donnees: Mapping, contexte: Contexte) -> Erreurs:
    fautes: Erreurs = {}
    for nom, debut in donnees.items():
        fin = donnees.get(nom.replace("de_", "a_", 1)) if nom.startswith("de_") else None
        if debut and fin and str(fin) < str(debut):
            fautes[nom.replace("de_", "a_", 1)] = _("La fin vient avant le début. Vérifiez les deux mois.")
    return fautes


def _revenus_autres(contexte: Contexte, envoi: Mapping | None) -> Champs:
    champs: Champs = {}
    for gens in contexte.autres_en_age_de_revenus:
        genres = [(AUCUN, _("Aucun revenu")), *REVENUS]
        champs |= pour(
            gens,
            {
                "genre": liste(_("Son revenu principal"), genres),
                "montant": Montant(
                    label=_("Combien ?"), required=False, help_text=_("Laissez vide si vous ne savez pas.")
                ),
            },
        )
    return champs


def _avis(contexte: Contexte, envoi: Mapping | None) -> Champs:
    declarants = [
        g for g in contexte.vous_et_conjoint if g.ident == VOUS or contexte.dit("vous", "couple") == "union_libre"
    ]
    champs: Champs = {}
    for gens in declarants:
        siens: Champs = _feuille_d_impot(contexte, envoi)
        siens["parts"] = Montant(label=_("Nombre de parts"), unite=_("parts"), minimum=1, maximum=20, required=False)
        siens["pensions"] = Montant(
            label=_("Pensions alimentaires versées"),
            unite=_("€ pour l’année"),
            maximum=1_000_000,
            required=False,
            help_text=_("À un enfant ou à un parent. Laissez vide s’il n’y en a pas."),
        )
        siens = pour(gens, siens)
        if len(declarants) == 1:
            ranger(siens, "")
        champs |= siens
    return champs


def _feuille_d_impot(contexte: Contexte, envoi: Mapping | None) -> Champs:
    """Qui ne sait pas le montant n'a pas à choisir l'année."""
    annees = [(str(contexte.jour.year - n), _("Les revenus de {an}").format(an=contexte.jour.year - n)) for n in (1, 2)]
    return {
        "rfr": Montant(
            label=_("Revenu fiscal de référence"),
            unite=_("€ pour l’année"),
            minimum=-1_000_000,
            maximum=10_000_000,
            help_text=_("En bas de la première page de la feuille d’impôt."),
        ),
        "annee": liste(
            _("Cette feuille d’impôt parle de"), annees, inconnu=False, requis="inconnu" not in (envoi or {})
        ),
    }


def autres_declarants(contexte: Contexte) -> list[Gens]:
    """Les autres adultes qui ont leur propre feuille d'impôt : elle compte pour les aides du logement."""
    return [
        g
        for g in contexte.autres_majeurs
        if contexte.dit("activite-suite", f"rattache__{g.ident}") not in ("oui", INCONNU)
    ]


def _avis_des_autres(contexte: Contexte, envoi: Mapping | None) -> Champs:
    champs: Champs = {}
    for gens in autres_declarants(contexte):
        champs |= pour(gens, _feuille_d_impot(contexte, envoi))
    return champs


QUESTIONS = [
    Question("revenus-moi", 4, QUEL_ARGENT, _types_de(VOUS), REVENUS_POURQUOI),
    Question(
        "montants-moi",
        4,
        _("Combien recevez-vous ?"),
        _montants_de(VOUS),
        REVENUS_POURQUOI,
        posee=lambda c: bool(types_coches(c, VOUS)),
        controle=_periodes_en_ordre,
        ajouter=_("Ça change : ajouter une période"),
    ),
    Question(
        "revenus-conjoint",
        4,
        QUEL_ARGENT_DU_CONJOINT,
        _types_de(CONJOINT),
        REVENUS_POURQUOI,
        posee=lambda c: c.en_couple,
    ),
    Question(
        "montants-conjoint",
        4,
        _("Combien reçoit votre conjoint ou conjointe ?"),
        _montants_de(CONJOINT),
        REVENUS_POURQUOI,
        posee=lambda c: c.en_couple and bool(types_coches(c, CONJOINT)),
        controle=_periodes_en_ordre,
        ajouter=_("Ça change : ajouter une période"),
    ),
    Question(
        "revenus-autres",
        4,
        _("Les revenus des autres personnes"),
        _revenus_autres,
        REVENUS_POURQUOI,
        posee=lambda c: bool(c.autres_en_age_de_revenus),
    ),
    Question(
        "avis",
        4,
        _("Votre dernière feuille d’impôt"),
        _avis,
        _("Plusieurs aides regardent le revenu fiscal de référence."),
        ou_trouver="avis",
    ),
    Question(
        "avis-autres",
        4,
        _("La feuille d’impôt des autres adultes"),
        _avis_des_autres,
        _("Une aide pour l’énergie regarde les revenus de tous ceux qui vivent dans le logement."),
        posee=lambda c: bool(autres_declarants(c)),
    ),
]
