"""Les réponses proposées sur l'argent, les aides, la santé et le budget, dans les mots des gens."""

from django.utils.translation import gettext_lazy as _

from pleinsdroits.droits.questionnaire.champs import PAR_MOIS

EN_TOUT = _("€ en tout")
OUI_NON = [("oui", _("Oui")), ("non", _("Non"))]
REVENUS_PAR_SUJET = [
    (
        _("Travail et chômage"),
        [
            ("salaire", _("Salaire")),
            ("chomage", _("Chômage")),
            ("chomage_partiel", _("Chômage partiel")),
            ("stage", _("Stage de formation")),
        ],
    ),
    (
        _("Santé"),
        [
            ("maladie", _("Indemnités de maladie")),
            ("maternite", _("Indemnités de maternité ou de paternité")),
            ("accident_travail", _("Indemnités ou rente d’accident du travail")),
            ("invalidite", _("Pension d’invalidité")),
        ],
    ),
    (
        _("Retraite et famille"),
        [
            ("retraite", _("Retraite ou réversion")),
            ("pension_alimentaire", _("Pension alimentaire reçue")),
            ("prestation_compensatoire", _("Prestation compensatoire, après un divorce")),
        ],
    ),
    (
        _("Autre argent"),
        [
            ("loyers_recus", _("Loyers que l’on vous paie")),
            ("placements", _("Intérêts et placements")),
            ("exceptionnel", _("Une somme exceptionnelle")),
        ],
    ),
]
REVENUS = [revenu for _sujet, revenus in REVENUS_PAR_SUJET for revenu in revenus]
REGIMES = [
    ("micro_vente", _("Micro-entreprise : vente")),
    ("micro_service", _("Micro-entreprise : services")),
    ("micro_liberal", _("Micro-entreprise : profession libérale")),
    ("reel", _("Autre entreprise (bénéfice réel)")),
    ("agricole", _("Exploitation agricole")),
]
AIDES_PAR_SUJET = [
    (
        _("Revenus et logement"),
        [
            ("rsa", _("RSA")),
            ("ppa", _("Prime d’activité")),
            ("aide_logement", _("Aide au logement (APL, ALS, ALF)")),
            ("ass", _("Allocation de solidarité spécifique (ASS)")),
            ("bourse_sup", _("Bourse d’études")),
        ],
    ),
    (
        _("Enfants"),
        [
            ("af", _("Allocations familiales")),
            ("cf", _("Complément familial")),
            ("asf", _("Allocation de soutien familial")),
            ("paje_base", _("Allocation de base pour un jeune enfant")),
            ("aeeh", _("Allocation pour un enfant handicapé (AEEH)")),
        ],
    ),
    (
        _("Handicap et grand âge"),
        [
            ("aah", _("Allocation pour adulte handicapé (AAH)")),
            ("pch", _("Prestation de compensation du handicap (PCH)")),
            ("asi", _("Allocation supplémentaire d’invalidité (ASI)")),
            ("aspa", _("Minimum vieillesse (ASPA)")),
            ("apa_domicile", _("Allocation d’autonomie (APA) à la maison")),
        ],
    ),
]
AIDES = [aide for _sujet, aides in AIDES_PAR_SUJET for aide in aides]
# Ce que chaque adulte reçoit pour lui, et ce qu'un couple (ou une personne seule) reçoit ensemble.
AIDES_D_UNE_PERSONNE = ("aah", "pch", "aspa", "asi", "ass", "apa_domicile", "bourse_sup")
AIDES_D_UN_COUPLE = ("rsa", "ppa")
COUVERTURES = [
    ("assurance_maladie", _("Carte Vitale (Assurance maladie)")),
    ("ame", _("Aide médicale de l’État (AME)")),
    ("aucune", _("Personne")),
]
COMPLEMENTAIRES = [
    ("css", _("La complémentaire santé solidaire")),
    ("employeur", _("La mutuelle du travail")),
    ("privee", _("Une autre mutuelle")),
    ("aucune", _("Pas de mutuelle")),
]
# Ce que l'on coche, ce que l'on écrit ensuite, son unité, le plus grand nombre accepté.
EPARGNES = [
    ("livrets", _("Un livret (livret A, LDDS…)"), _("Combien dessus ?"), EN_TOUT, 1_000_000),
    (
        "placements_imposables",
        _("Un placement sur lequel vous payez des impôts"),
        _("Combien dessus ?"),
        EN_TOUT,
        1_000_000,
    ),
    ("placements_non_imposables", _("Un placement sans impôts"), _("Combien dessus ?"), EN_TOUT, 1_000_000),
    ("biens_loues", _("Un bien que vous louez à quelqu’un"), _("Quelle est sa valeur ?"), EN_TOUT, 1_000_000),
    (
        "biens_non_loues",
        _("Un autre bien, que vous ne louez pas"),
        _("À quel loyer pourrait-il se louer ?"),
        PAR_MOIS,
        50_000,
    ),
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
