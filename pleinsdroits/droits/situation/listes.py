"""Les mots entre lesquels une situation choisit : liens, nationalités, activités, revenus, logements, dettes."""

from enum import StrEnum


class Lien(StrEnum):
    """Le lien de chaque personne avec celle qui pose la question."""

    DEMANDEUR = "demandeur"
    CONJOINT = "conjoint"
    ENFANT = "enfant"
    PARENT = "parent"
    AUTRE = "autre"


class Couple(StrEnum):
    MARIE = "marie"
    PACSE = "pacse"
    UNION_LIBRE = "union_libre"


class Nationalite(StrEnum):
    FRANCAISE = "francaise"
    UE = "ue"
    HORS_UE = "hors_ue"


class Titre(StrEnum):
    """Le droit de séjour d'une personne étrangère."""

    TITRE_SEJOUR = "titre_sejour"
    CARTE_RESIDENT = "carte_resident"
    REFUGIE = "refugie"
    DEMANDEUR_ASILE = "demandeur_asile"
    SANS_TITRE = "sans_titre"


class Activite(StrEnum):
    SALARIE = "salarie"
    INDEPENDANT = "independant"
    DEMANDEUR_EMPLOI = "demandeur_emploi"
    APPRENTI = "apprenti"
    ETUDIANT = "etudiant"
    RETRAITE = "retraite"
    SANS_ACTIVITE = "sans_activite"


class Scolarite(StrEnum):
    AUCUNE = "aucune"
    MATERNELLE = "maternelle"
    PRIMAIRE = "primaire"
    COLLEGE = "college"
    LYCEE = "lycee"
    SUPERIEUR = "superieur"


class AutreParent(StrEnum):
    """L'autre parent d'un enfant dont un seul parent vit ici."""

    PENSION_VERSEE = "pension_versee"
    PENSION_IMPAYEE = "pension_impayee"
    PENSION_NON_FIXEE = "pension_non_fixee"
    DECEDE = "decede"
    NON_RECONNU = "non_reconnu"


class TypeRevenu(StrEnum):
    """Les revenus nets reçus chaque mois, hors prestations sociales et hors revenus d'indépendant."""

    SALAIRE = "salaire"
    CHOMAGE = "chomage"
    CHOMAGE_PARTIEL = "chomage_partiel"
    STAGE = "stage"
    MALADIE = "maladie"
    MATERNITE = "maternite"
    ACCIDENT_TRAVAIL = "accident_travail"
    INVALIDITE = "invalidite"
    RETRAITE = "retraite"
    PENSION_ALIMENTAIRE = "pension_alimentaire"
    PRESTATION_COMPENSATOIRE = "prestation_compensatoire"
    LOYERS_RECUS = "loyers_recus"
    PLACEMENTS = "placements"
    EXCEPTIONNEL = "exceptionnel"


class StatutLogement(StrEnum):
    LOCATAIRE_HLM = "locataire_hlm"
    LOCATAIRE_VIDE = "locataire_vide"
    LOCATAIRE_MEUBLE = "locataire_meuble"
    FOYER = "foyer"
    HEBERGE = "heberge"
    PROPRIETAIRE = "proprietaire"
    ACCEDANT = "accedant"
    SANS_DOMICILE = "sans_domicile"


class NatureCharge(StrEnum):
    ENERGIE = "energie"
    EAU = "eau"
    ASSURANCE = "assurance"
    TELEPHONE = "telephone"
    TRANSPORT = "transport"
    MUTUELLE = "mutuelle"
    GARDE = "garde"
    IMPOTS = "impots"
    PENSION_VERSEE = "pension_versee"
    AUTRE = "autre"


class NatureDette(StrEnum):
    LOYER = "loyer"
    ENERGIE = "energie"
    EAU = "eau"
    VILLE = "ville"
    CREDIT = "credit"
    IMPOTS = "impots"
    AUTRE = "autre"
