"""Parties 3 à 5 : le logement, l'argent, le budget."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from pleinsdroits.droits.questionnaire.champs import AUCUN, INCONNU, Cases, EnTroisCases, Montant, choix, liste
from pleinsdroits.droits.questionnaire.contexte import CONJOINT, VOUS, Contexte, Gens
from pleinsdroits.droits.questionnaire.ecrans.foyer import lignes, pour
from pleinsdroits.droits.questionnaire.question import Champs, Erreurs, Question
from pleinsdroits.droits.questionnaire.villes import commune_trouvee, communes_proches

STATUTS = [
    ("locataire_hlm", _("Locataire d’un logement social (HLM)")),
    ("locataire_vide", _("Locataire d’un logement vide")),
    ("locataire_meuble", _("Locataire d’un logement meublé")),
    ("foyer", _("En foyer ou en résidence")),
    ("heberge", _("Je vis chez quelqu’un")),
    ("proprietaire", _("Propriétaire, sans prêt à rembourser")),
    ("accedant", _("Propriétaire, avec un prêt à rembourser")),
    ("sans_domicile", _("Je n’ai pas de logement à moi : rue, hôtel, voiture")),
]
PLUSIEURS_COMMUNES = _("Plusieurs communes portent un nom proche. Choisissez la vôtre.")
PAYANTS = ("locataire_hlm", "locataire_vide", "locataire_meuble", "foyer", "accedant", INCONNU)
PRECISIONS = {
    "colocation": _("Je partage le logement (colocation)"),
    "chambre": _("Je loue seulement une chambre"),
    "crous": _("C’est un logement du Crous"),
    "conventionne": _("Le propriétaire a signé une convention (logement « conventionné »)"),
    "bailleur_parent": _("Le propriétaire est un de mes parents, enfants ou grands-parents"),
    "foyer_rehabilite": _("Le foyer a été rénové"),
    "participe_frais": _("Je participe aux frais"),
    "domiciliation": _("J’ai déjà une adresse pour mon courrier (domiciliation)"),
    "sans_electricite": _("Le contrat d’électricité n’est pas à mon nom"),
}
LOUES = ["colocation", "chambre", "crous", "conventionne", "bailleur_parent"]
PRECISIONS_PAR_STATUT = {
    "locataire_hlm": ["colocation", "sans_electricite"],
    "locataire_vide": [*LOUES, "sans_electricite"],
    "locataire_meuble": [*LOUES, "sans_electricite"],
    "foyer": ["foyer_rehabilite"],
    "heberge": ["participe_frais"],
    "sans_domicile": ["domiciliation"],
    INCONNU: ["colocation"],
}
DIFFICULTES = [
    ("expulsion", _("Une menace d’expulsion")),
    ("indigne", _("Un logement dangereux ou très abîmé")),
    ("suroccupation", _("Un logement trop petit")),
    ("hebergement_prolonge", _("Un hébergement qui dure depuis longtemps")),
]
REVENUS = [
    ("salaire", _("Salaire")),
    ("chomage", _("Chômage")),
    ("chomage_partiel", _("Chômage partiel")),
    ("stage", _("Stage de formation")),
    ("maladie", _("Indemnités de maladie")),
    ("maternite", _("Indemnités de maternité ou de paternité")),
    ("accident_travail", _("Indemnités ou rente d’accident du travail")),
    ("invalidite", _("Pension d’invalidité")),
    ("retraite", _("Retraite, ou pension de réversion")),
    ("pension_alimentaire", _("Pension alimentaire reçue")),
    ("prestation_compensatoire", _("Prestation compensatoire")),
    ("loyers_recus", _("Loyers que l’on vous paie")),
    ("placements", _("Intérêts et placements")),
    ("exceptionnel", _("Une somme exceptionnelle")),
]
PERIODES = 6
REGIMES = [
    ("micro_vente", _("Micro-entreprise : vente")),
    ("micro_service", _("Micro-entreprise : services")),
    ("micro_liberal", _("Micro-entreprise : profession libérale")),
    ("reel", _("Autre entreprise (bénéfice réel)")),
    ("agricole", _("Exploitation agricole")),
]
AIDES = [
    ("rsa", _("RSA")),
    ("ppa", _("Prime d’activité")),
    ("aide_logement", _("Aide au logement (APL, ALS, ALF)")),
    ("af", _("Allocations familiales")),
    ("cf", _("Complément familial")),
    ("asf", _("Allocation de soutien familial")),
    ("paje_base", _("Allocation de base pour un jeune enfant")),
    ("aeeh", _("Allocation pour un enfant handicapé (AEEH)")),
    ("aah", _("Allocation pour adulte handicapé (AAH)")),
    ("pch", _("Prestation de compensation du handicap (PCH)")),
    ("aspa", _("Minimum vieillesse (ASPA)")),
    ("asi", _("Allocation supplémentaire d’invalidité (ASI)")),
    ("ass", _("Allocation de solidarité spécifique (ASS)")),
    ("apa_domicile", _("Allocation d’autonomie (APA) à la maison")),
    ("bourse_sup", _("Bourse d’études")),
]
COUVERTURES = [
    ("assurance_maladie", _("L’Assurance maladie (carte Vitale)")),
    ("ame", _("L’aide médicale de l’État (AME)")),
    ("aucune", _("Rien")),
]
COMPLEMENTAIRES = [
    ("css", _("La complémentaire santé solidaire")),
    ("employeur", _("La mutuelle du travail")),
    ("privee", _("Une autre mutuelle")),
    ("aucune", _("Pas de mutuelle")),
]
EPARGNES = [
    ("livrets", _("Argent sur des livrets (livret A, LDDS…)"), _("€ en tout"), 1_000_000),
    ("placements_imposables", _("Autres placements, sur lesquels vous payez des impôts"), _("€ en tout"), 1_000_000),
    ("placements_non_imposables", _("Autres placements, sans impôts"), _("€ en tout"), 1_000_000),
    ("biens_loues", _("Valeur des biens que vous louez à d’autres"), _("€ en tout"), 1_000_000),
    ("biens_non_loues", _("Loyer que pourraient rapporter vos autres biens"), _("€ par mois"), 50_000),
]
CHARGES = [
    ("energie", _("Électricité, gaz, chauffage")),
    ("eau", _("Eau")),
    ("assurance", _("Assurances")),
    ("telephone", _("Téléphone et internet")),
    ("transport", _("Transport")),
    ("mutuelle", _("Mutuelle")),
    ("garde", _("Garde d’enfants, cantine")),
    ("impots", _("Impôts")),
    ("pension_versee", _("Pension alimentaire versée")),
    ("autre", _("Autre dépense de tous les mois")),
]
DETTES = [
    ("loyer", _("Loyer")),
    ("energie", _("Électricité ou gaz")),
    ("eau", _("Eau")),
    ("ville", _("Factures de la ville (cantine, centre de loisirs…)")),
    ("credit", _("Crédits")),
    ("impots", _("Impôts")),
    ("autre", _("Autre dette")),
]


def _logement(contexte: Contexte, envoi: Mapping | None) -> Champs:
    commune = forms.CharField(
        label=_("Votre commune"),
        max_length=80,
        initial="Ivry-sur-Seine",
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Écrivez le nom de votre commune.")},
    )
    champs: Champs = {"commune": commune}
    ecrite = str((envoi or {}).get("commune", ""))
    if envoi is not None and not commune_trouvee(ecrite) and (proches := communes_proches(ecrite)):
        precise = liste(_("Laquelle ?"), [(c.code, f"{c.nom} ({c.departement})") for c in proches], inconnu=False)
        precise.error_messages["required"] = PLUSIEURS_COMMUNES
        champs["commune_precise"] = precise
    champs["statut"] = choix(_("Comment êtes-vous logé ou logée ?"), STATUTS)
    return champs


def _commune_connue(donnees: Mapping, contexte: Contexte) -> Erreurs:
    ecrite = str(donnees.get("commune") or "")
    if donnees.get("commune_precise") or commune_trouvee(ecrite):
        return {}
    if communes_proches(ecrite):
        return {"commune_precise": PLUSIEURS_COMMUNES}
    return {"commune": _("Nous ne connaissons pas cette commune. Écrivez les premières lettres.")}


def _loyer(contexte: Contexte, envoi: Mapping | None) -> Champs:
    statut = str(contexte.dit("logement", "statut"))
    champs: Champs = {}
    if statut == "accedant":
        champs["loyer"] = Montant(
            label=_("Mensualité du prêt"), help_text=_("C’est écrit sur le tableau de la banque.")
        )
        champs["pret"] = EnTroisCases(label=_("Date de signature du prêt"))
    elif statut in PAYANTS:
        champs["loyer"] = Montant(
            label=_("Loyer, sans les charges"), help_text=_("C’est écrit sur la quittance. En colocation, votre part.")
        )
        champs["charges"] = Montant(label=_("Charges"), help_text=_("Écrivez 0 s’il n’y en a pas."))
        champs["entree"] = EnTroisCases(label=_("Date d’entrée dans le logement"), required=False, passee=False)
    if precisions := PRECISIONS_PAR_STATUT.get(statut):
        champs["precisions"] = Cases(
            _("Cochez ce qui est vrai"), [(p, PRECISIONS[p]) for p in precisions], inconnu=True
        )
    if statut not in ("proprietaire", "accedant"):
        aide = _("Laissez vide si vous n’en avez pas demandé.")
        label = _("Date de votre demande de logement social")
        champs["demande_hlm"] = EnTroisCases(label=label, required=False, help_text=aide)
    return champs


def _difficultes(contexte: Contexte, envoi: Mapping | None) -> Champs:
    return {"quoi": Cases(_("Quel problème de logement avez-vous ?"), DIFFICULTES)}


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
        ecran, noms, tous = f"montants-{ident}", dict(REVENUS), {}
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
    for champ in (montant, de, a):
        champ.groupe = nom if not rang else _("{nom}, période {n}").format(nom=nom, n=rang + 1)
        champ.ajout = genre
    return {f"montant_{genre}_{rang}": montant, f"de_{genre}_{rang}": de, f"a_{genre}_{rang}": a}


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
            for champ in siens.values():
                del champ.groupe
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
    noms, champs = dict(DETTES), {}
    for nature in dettes_cochees(contexte):
        siens: Champs = {
            "total": Montant(label=_("Ce qui reste à payer"), unite=_("€ en tout"), maximum=1_000_000),
            "mensualite": Montant(label=_("Ce que vous remboursez déjà"), required=False),
            "retard": Montant(label=_("Retard"), unite=_("mois"), maximum=120, required=False),
        }
        for champ in siens.values():
            champ.groupe = noms[nature]
        champs |= {f"{cle}_{nature}": champ for cle, champ in siens.items()}
    return champs


def _paie_ou_precise(contexte: Contexte) -> bool:
    statut = contexte.dit("logement", "statut")
    return statut in PAYANTS or statut in PRECISIONS_PAR_STATUT


REVENUS_POURQUOI = _("Beaucoup d’aides dépendent de l’argent reçu ces derniers mois.")
QUESTIONS = [
    Question(
        "logement",
        3,
        _("Où habitez-vous ?"),
        _logement,
        _("Les aides au logement changent selon la ville et le logement."),
        controle=_commune_connue,
        inconnu=False,
    ),
    Question(
        "loyer",
        3,
        _("Votre logement en détail"),
        _loyer,
        _("L’aide au logement dépend du loyer."),
        posee=_paie_ou_precise,
        ou_trouver="loyer",
    ),
    Question(
        "difficultes",
        3,
        _("Quel problème de logement avez-vous ?"),
        _difficultes,
        _("Certaines aides sont là pour cela."),
        posee=lambda c: c.coche("concerne", "quoi", "logement"),
    ),
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
        _("Même à peu près."),
        posee=lambda c: c.coche("concerne", "quoi", "dettes") and bool(dettes_cochees(c)),
    ),
]
