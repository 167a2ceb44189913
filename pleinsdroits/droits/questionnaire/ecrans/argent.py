"""Parties 4 et 5 : l'argent reçu, les aides, la santé, l'épargne, le budget."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from pleinsdroits.droits.questionnaire.champs import AUCUN, Cases, EnTroisCases, Montant, choix, liste
from pleinsdroits.droits.questionnaire.contexte import CONJOINT, VOUS, Contexte, Gens
from pleinsdroits.droits.questionnaire.ecrans.foyer import lignes, pour, ranger
from pleinsdroits.droits.questionnaire.ecrans.options import (
    AIDES,
    CHARGES,
    COMPLEMENTAIRES,
    COUVERTURES,
    DETTES,
    EPARGNES,
    REGIMES,
    REVENUS,
)
from pleinsdroits.droits.questionnaire.question import Champs, Erreurs, Question

PERIODES = 6
REVENUS_POURQUOI = _("Beaucoup d’aides dépendent de l’argent reçu ces derniers mois.")


def _types_de(ident: str):
    def champs(contexte: Contexte, envoi: Mapping | None) -> Champs:
        label = (
            _("Quel argent recevez-vous ?")
            if ident == VOUS
            else _("Quel argent votre conjoint ou conjointe reçoit-il ?")
        )
        return {
            "types": Cases(
                label,
                REVENUS,
                aucun=_("Aucun revenu"),
                inconnu=True,
                aide=_("Depuis un an. Sans les aides de la CAF, qui viennent après."),
            )
        }

    return champs


def types_coches(contexte: Contexte, ident: str) -> list[str]:
    """Les revenus cochés, dans l'ordre de l'écran."""
    return [t for t, _nom in REVENUS if contexte.coche(f"revenus-{ident}", "types", t)]


def _montants_de(ident: str):
    def champs(contexte: Contexte, envoi: Mapping | None) -> Champs:
        ecran, noms = f"montants-{ident}", dict(REVENUS)
        tous: Champs = {}
        for genre in types_coches(contexte, ident):
            total = lignes(contexte, _ajout_pour(envoi, genre), ecran, f"montant_{genre}", "", PERIODES)
            for rang in range(total):
                tous |= _periode(genre, noms[genre], rang)
        return tous

    return champs


def _ajout_pour(envoi: Mapping | None, genre: str) -> Mapping | None:
    """L'envoi, sans la demande d'ajout si elle vise un autre revenu."""
    if envoi is None or envoi.get("ajouter") in (None, genre):
        return envoi
    return {c: envoi.get(c) for c in envoi if c != "ajouter"}


def _periode(genre: str, nom: object, rang: int) -> Champs:
    montant = Montant(label=_("Montant net"), required=rang == 0, help_text=_("Ce qui arrive sur votre compte."))
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
                "montant": Montant(label=_("Montant net"), required=False),
            },
        )
    return champs


def independants(contexte: Contexte) -> list[Gens]:
    return [g for g in contexte.vous_et_conjoint if contexte.dit("activite", f"activite__{g.ident}") == "independant"]


def annees_demandees(contexte: Contexte) -> list[int]:
    """L'année en cours et les deux précédentes."""
    return [contexte.jour.year - n for n in range(3)]


def _independant(contexte: Contexte, envoi: Mapping | None) -> Champs:
    champs: Champs = {}
    for gens in independants(contexte):
        annees: Champs = {
            f"annee_{an}": Montant(
                label=_("Recettes (micro) ou bénéfice de {an}").format(an=an),
                unite=_("€ pour l’année"),
                maximum=1_000_000,
            )
            for an in annees_demandees(contexte)
        }
        champs |= pour(
            gens,
            {
                "regime": choix(
                    _("Votre entreprise") if gens.ident == VOUS else _("Son entreprise"), REGIMES, inconnu=False
                ),
                **annees,
            },
        )
    return champs


def _avis(contexte: Contexte, envoi: Mapping | None) -> Champs:
    annees = [(str(contexte.jour.year - n), _("Les revenus de {an}").format(an=contexte.jour.year - n)) for n in (1, 2)]
    declarants = [
        g for g in contexte.vous_et_conjoint if g.ident == VOUS or contexte.dit("vous", "couple") == "union_libre"
    ]
    champs: Champs = {}
    for gens in declarants:
        siens: Champs = {
            "rfr": Montant(
                label=_("Revenu fiscal de référence"),
                unite=_("€ pour l’année"),
                minimum=-1_000_000,
                maximum=10_000_000,
                help_text=_("En bas de la première page de la feuille d’impôt."),
            ),
            "annee": liste(_("Cette feuille d’impôt parle de"), annees, inconnu=False),
            "parts": Montant(label=_("Nombre de parts"), unite=_("parts"), minimum=1, maximum=20, required=False),
        }
        siens = pour(gens, siens)
        if len(declarants) == 1:
            ranger(siens, "")
        champs |= siens
    return champs


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
    return {f"montant_{a}": Montant(label=noms[a]) for a in aides_cochees(contexte)}


def _sante(contexte: Contexte, envoi: Mapping | None) -> Champs:
    champs: Champs = {}
    for gens in contexte.vous_et_conjoint:
        champs |= pour(
            gens,
            {
                "couverture": choix(_("Qui rembourse les soins ?"), COUVERTURES),
                "complementaire": choix(_("Et pour le reste ?"), COMPLEMENTAIRES),
            },
        )
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
    Question("revenus-moi", 4, _("Quel argent recevez-vous ?"), _types_de(VOUS), REVENUS_POURQUOI),
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
        _("Quel argent votre conjoint ou conjointe reçoit-il ?"),
        _types_de(CONJOINT),
        REVENUS_POURQUOI,
        posee=lambda c: c.en_couple,
    ),
    Question(
        "montants-conjoint",
        4,
        _("Combien votre conjoint ou conjointe reçoit-il ?"),
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
        "independant",
        4,
        _("Le travail à votre compte"),
        _independant,
        REVENUS_POURQUOI,
        posee=lambda c: bool(independants(c)),
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
