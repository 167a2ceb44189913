"""
La situation d'un foyer, telle que les gens la racontent. Un seul modèle pour le site, la ligne de
commande, l'API et, plus tard, les copies gardées dans un dossier.

Trois sortes d'absence, jamais confondues :
- une clé **absente** vaut la valeur par défaut écrite ici (« non », « aucun ») ;
- ``null`` (``None``) veut dire **« je ne sais pas »** : le moteur essaie alors les réponses possibles ;
- une liste vide (``revenus: []``) veut dire **« rien »**.

Montants en euros ; ce qui est mensuel le dit. Dates ISO (AAAA-MM-JJ), mois AAAA-MM.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from pleinsdroits.droits.communes import communes
from pleinsdroits.droits.situation.listes import (
    Activite,
    AutreParent,
    Couple,
    Lien,
    Nationalite,
    NatureCharge,
    NatureDette,
    Scolarite,
    StatutLogement,
    Titre,
    TypeRevenu,
)
from pleinsdroits.droits.situation.mois import Mois

Montant = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]
MontantMensuel = Annotated[float, Field(ge=0, le=50_000, allow_inf_nan=False)]
IdPersonne = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,30}$")]

AGE_MAXIMAL = 125
AGES_SCOLAIRES = {
    "maternelle": (2, 8),
    "primaire": (4, 14),
    "college": (9, 19),
    "lycee": (13, 25),
    "superieur": (15, 70),
}


class Modele(BaseModel):
    """Base stricte : une clé inconnue est refusée, un calcul ne se fait jamais sur une moitié de situation."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Revenu(Modele):
    """Un revenu régulier : ``montant`` net par mois, du mois ``de`` au mois ``a`` compris (absent : encore en cours)."""

    type: TypeRevenu
    montant: MontantMensuel | None
    de: Mois | None = None
    a: Mois | None = None

    @model_validator(mode="after")
    def _dans_l_ordre(self):
        if self.de and self.a and self.a < self.de:
            raise ValueError(f"le revenu s'arrête ({self.a}) avant de commencer ({self.de})")
        return self


class Independant(Modele):
    """
    Une activité non salariée. ``annees`` : recettes (micro) ou bénéfice (réel) par année civile, en euros ;
    ``null`` pour une année dont on ignore le montant.
    """

    regime: Literal["micro_vente", "micro_service", "micro_liberal", "reel", "agricole"]
    annees: dict[Annotated[int, Field(ge=2000, le=2100)], Montant | None]


class Sejour(Modele):
    """Titre et date depuis laquelle la personne a, sans interruption, le droit de travailler ici (``null`` : ne sait pas)."""

    titre: Titre | None = None
    depuis: date | None = None


class Handicap(Modele):
    """
    Ce que dit (ou dira) la MDPH. ``taux`` entre 0 et 1 (0,8 pour 80 %) ; ``null`` tant qu'il n'est pas connu.
    ``complement`` : complément d'AEEH de 0 à 6, pour un enfant.
    """

    taux: Annotated[float, Field(ge=0, le=1)] | None = None
    restriction_emploi: bool | None = None
    complement: Annotated[int, Field(ge=0, le=6)] | None = 0
    besoin_aide_humaine: bool | None = None


class Autonomie(Modele):
    """Perte d'autonomie : ``gir`` de 1 à 6 (``null`` : pas encore évalué), ``plan_aide`` en euros par mois."""

    gir: Annotated[int, Field(ge=1, le=6)] | None = None
    plan_aide: MontantMensuel | None = None
    en_etablissement: bool = False


class Grossesse(Modele):
    """``terme`` : date prévue de l'accouchement (``null`` : pas encore connue)."""

    terme: date | None = None


class Sante(Modele):
    """Qui paie les soins : assurance maladie (``couverture``) et complémentaire."""

    couverture: Literal["assurance_maladie", "ame", "aucune"] | None = None
    complementaire: Literal["css", "employeur", "privee", "aucune"] | None = None


class Personne(Modele):
    """Une personne du foyer. ``revenus`` est obligatoire à partir de 16 ans (``[]`` : aucun, ``null`` : ne sait pas)."""

    id: IdPersonne
    lien: Lien
    naissance: date
    nationalite: Nationalite | None = None
    sejour: Sejour | None = None
    arrivee_en_france: date | None = None

    activite: Activite | None = None
    inscription_france_travail: date | None = None
    cinq_ans_activite_sur_dix: bool | None = None
    deux_ans_activite_sur_trois: bool | None = None
    arret_de_travail: date | None = None
    scolarite: Scolarite = Scolarite.AUCUNE
    boursier: bool | None = False
    ressources_parents: Montant | None = None
    habite_chez_parents: bool = False
    rattache_fiscal: bool | None = None

    garde_alternee: bool = False
    autre_parent: AutreParent | None = None
    gravement_malade: bool = False

    grossesse: Grossesse | None = None
    handicap: Handicap | None = None
    inapte: bool | None = False
    invalidite: Literal[1, 2, 3] | None = None
    autonomie: Autonomie | None = None
    aidant: bool = False
    veuvage: bool = False
    sante: Sante = Sante()

    revenus: list[Revenu] | None = []
    independant: Independant | None = None

    @field_validator("naissance")
    @classmethod
    def _deja_nee(cls, valeur: date) -> date:
        if valeur.year < 1900:
            raise ValueError("cette date de naissance est trop ancienne")
        return valeur


class Logement(Modele):
    """Où vit le foyer. ``loyer`` et ``charges`` par mois (part personnelle en colocation) ; pour un accédant, la mensualité."""

    commune: str
    statut: StatutLogement | None
    loyer: MontantMensuel | None = 0
    charges: MontantMensuel | None = 0
    entree: date | None = None
    colocation: bool = False
    chambre: bool = False
    crous: bool = False
    conventionne: bool | None = False
    foyer_rehabilite: bool | None = False
    participe_frais: bool | None = False
    bailleur_parent: bool | None = False
    pret_date: date | None = None
    contrat_electricite: bool | None = True
    demande_logement_social_depuis: date | None = None
    difficultes: list[Literal["expulsion", "indigne", "suroccupation", "hebergement_prolonge"]] = []
    domiciliation: bool | None = False

    @field_validator("commune")
    @classmethod
    def _commune_connue(cls, valeur: str) -> str:
        if valeur not in communes():
            raise ValueError(
                "commune inconnue : donnez son code INSEE à 5 caractères, par exemple 94041 pour Ivry-sur-Seine"
            )
        return valeur


class Avis(Modele):
    """
    Le dernier avis d'imposition des ``personnes`` déclarées ensemble : revenu fiscal de référence de
    l'``annee`` (celle des revenus), nombre de parts, pensions versées dans l'année.
    """

    personnes: Annotated[list[IdPersonne], Field(min_length=1)]
    annee: Annotated[int, Field(ge=2000, le=2100)]
    rfr: Annotated[float, Field(ge=-1_000_000, le=10_000_000, allow_inf_nan=False)] | None
    parts: Annotated[float, Field(ge=1, le=20)] | None = None
    pensions_versees: Montant | None = 0


class Prestation(Modele):
    """Une aide déjà reçue : identifiant de la fiche, ``montant`` par mois (``null`` : ne sait pas), pour qui."""

    droit: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,40}$")]
    montant: MontantMensuel | None
    pour: list[IdPersonne] = []


class Patrimoine(Modele):
    """Épargne et biens du foyer, hors logement habité. ``{}`` : rien ; ``null`` : ne sait pas.
    Sommes en euros, sauf ``biens_non_loues`` : ce que le bien vaudrait de loyer par mois (CASF R132-1)."""

    livrets: Montant | None = 0
    placements_imposables: Montant | None = 0
    placements_non_imposables: Montant | None = 0
    biens_loues: Montant | None = 0
    biens_non_loues: MontantMensuel | None = 0


class Charge(Modele):
    """Une dépense de tous les mois, en euros par mois."""

    nature: NatureCharge
    montant: MontantMensuel | None


class Dette(Modele):
    """Une dette ou un crédit : ce qui reste dû (``total``), la ``mensualite``, les mois de retard."""

    nature: NatureDette
    total: Montant | None = None
    mensualite: MontantMensuel | None = 0
    mois_de_retard: Annotated[int, Field(ge=0, le=120)] | None = 0


class Situation(Modele):
    """
    Un foyer : les personnes qui vivent dans le même logement, et ce qu'elles disent de leur vie.

    ``couple`` : la vie de couple de la personne qui demande (absent : elle vit seule). ``seul_depuis`` :
    date de la séparation ou du début de l'isolement d'un parent seul. Les listes ``charges`` et
    ``dettes`` valent ``null`` quand la personne ne sait pas.
    """

    personnes: Annotated[list[Personne], Field(min_length=1, max_length=20)]
    couple: Couple | None = None
    seul_depuis: date | None = None
    logement: Logement
    avis: list[Avis] = []
    prestations: list[Prestation] = []
    patrimoine: Patrimoine | None = None
    charges: list[Charge] | None = None
    dettes: list[Dette] | None = None
    souhaite_compte_bancaire: bool = False
    procedure_justice: bool = False

    @model_validator(mode="after")
    def _foyer_coherent(self):
        _roles_uniques(self.personnes)
        if self.conjoint and not self.couple:
            raise ValueError(
                "« couple » doit dire marie, pacse ou union_libre quand une personne a le lien « conjoint »"
            )
        if self.couple and not self.conjoint:
            raise ValueError("« couple » est renseigné mais aucune personne n'a le lien « conjoint »")
        _references_connues(self)
        return self

    @property
    def demandeur(self) -> Personne:
        return next(p for p in self.personnes if p.lien is Lien.DEMANDEUR)

    @property
    def conjoint(self) -> Personne | None:
        return next((p for p in self.personnes if p.lien is Lien.CONJOINT), None)

    @property
    def enfants(self) -> list[Personne]:
        return [p for p in self.personnes if p.lien is Lien.ENFANT]

    def personne(self, ident: str) -> Personne:
        """La personne ``ident`` ; lève ``KeyError`` si elle n'est pas du foyer."""
        return {p.id: p for p in self.personnes}[ident]


def age(personne: Personne, jour: date) -> int:
    """L'âge en années révolues à la date ``jour``."""
    ne = personne.naissance
    return jour.year - ne.year - ((jour.month, jour.day) < (ne.month, ne.day))


def _roles_uniques(personnes: list[Personne]) -> None:
    for lien in (Lien.DEMANDEUR, Lien.CONJOINT):
        porteurs = [p.id for p in personnes if p.lien is lien]
        if len(porteurs) > 1:
            raise ValueError(
                f"« lien » : {' et '.join(porteurs)} sont tous deux « {lien} » ; une seule personne peut l'être"
            )
    if not any(p.lien is Lien.DEMANDEUR for p in personnes):
        raise ValueError("« lien » : personne n'est « demandeur » ; une personne du foyer doit l'être")
    doubles = {p.id for p in personnes if [q.id for q in personnes].count(p.id) > 1}
    if doubles:
        raise ValueError(f"« id » : {', '.join(sorted(doubles))} sert à plusieurs personnes ; chacune a le sien")


def _references_connues(situation: Situation) -> None:
    connus = {p.id for p in situation.personnes}
    for nom, cites in (
        ("avis", [i for a in situation.avis for i in a.personnes]),
        ("prestations", [i for p in situation.prestations for i in p.pour]),
    ):
        inconnus = [i for i in cites if i not in connus]
        if inconnus:
            raise ValueError(f"« {nom} » cite {', '.join(inconnus)}, qui n'est pas dans « personnes »")
    declares = [i for a in situation.avis for i in a.personnes]
    doubles = {i for i in declares if declares.count(i) > 1}
    if doubles:
        raise ValueError(f"« avis » : {', '.join(sorted(doubles))} est sur deux avis d'imposition")
