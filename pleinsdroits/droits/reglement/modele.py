"""Un règlement municipal comme donnée : daté, sourcé, versionné ; ses aides, leurs conditions, qui décide."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, Field, HttpUrl, field_validator, model_validator

from pleinsdroits.droits.communes import communes
from pleinsdroits.droits.reglement.bareme import Bareme
from pleinsdroits.droits.reglement.base import Argent, Arrondi, Article, Disposition, Identifiant, Modele, Texte
from pleinsdroits.droits.reglement.compte import Compte
from pleinsdroits.droits.reglement.periodes import Periode
from pleinsdroits.droits.situation.listes import Scolarite, StatutLogement


class Deliberation(Modele):
    """L'acte qui l'a adopté. ``reference`` absente : ``inconnue`` dit à qui la demander."""

    reference: Texte | None = None
    du: date | None = None
    inconnue: Texte | None = None

    @model_validator(mode="after")
    def _dite(self):
        if (self.reference is None) == (self.inconnue is None):
            raise ValueError("donnez la « reference », ou « inconnue » : à qui la demander")
        return self


class Source(Modele):
    """D'où viennent ces données, et quand on les a lues."""

    titre: Texte
    url: HttpUrl | None = None
    lue_le: date
    certitude: Literal["A", "B", "C"]


class Residence(Disposition):
    """
    Habiter la commune, depuis ``depuis_mois`` mois. ``domiciliation`` : une adresse au CCAS vaut-elle
    domicile ? (absent : le texte se tait)
    """

    type: Literal["residence"]
    commune: str
    depuis_mois: Annotated[int, Field(ge=0, le=120)] = 0
    domiciliation: bool | None = None

    @field_validator("commune")
    @classmethod
    def _connue(cls, valeur: str) -> str:
        if valeur not in communes():
            raise ValueError("commune inconnue : donnez son code INSEE à 5 caractères, par exemple 94041")
        return valeur


class Age(Disposition):
    """L'âge révolu, bornes comprises, de la personne qui demande ou d'une personne du foyer."""

    type: Literal["age"]
    au_moins: Annotated[int, Field(ge=0, le=120)] = 0
    au_plus: Annotated[int, Field(ge=0, le=120)] = 120
    qui: Literal["demandeur", "une_personne"] = "demandeur"


class Enfant(Disposition):
    """Un enfant du foyer dans l'une de ces écoles."""

    type: Literal["enfant"]
    scolarite: Annotated[list[Scolarite], Field(min_length=1)]


class Occupation(Disposition):
    """Le logement, parmi ces statuts."""

    type: Literal["logement"]
    parmi: Annotated[list[StatutLogement], Field(min_length=1)]


class Percoit(Disposition):
    """Recevoir l'un de ces droits (identifiants de fiche), ou n'en recevoir aucun (``sens: aucun``)."""

    type: Literal["percoit"]
    droits: Annotated[list[Identifiant], Field(min_length=1)]
    sens: Literal["un", "aucun"] = "un"


class AVerifier(Disposition):
    """Une condition qu'aucun calcul ne tranche : dite telle quelle, à regarder avec une personne."""

    type: Literal["a_verifier"]
    texte: Texte


Condition = Annotated[Residence | Age | Enfant | Occupation | Percoit | AVerifier, Field(discriminator="type")]


class Plafond(Disposition):
    """Le total accordé dans la ``periode``, en euros, pour le foyer ou par personne."""

    montant: Argent
    par: Literal["foyer", "personne"] = "foyer"
    periode: Periode = "annee"


class Frequence(Disposition):
    """Le ``nombre`` d'aides de cette sorte ``par`` période. « par_an: 2 » se lit encore : deux par année civile."""

    nombre: Annotated[int, Field(ge=1, le=366)]
    par: Periode

    @model_validator(mode="before")
    @classmethod
    def _par_an(cls, lue: Any) -> Any:
        if not isinstance(lue, dict) or "par_an" not in lue:
            return lue
        if {"nombre", "par"} & set(lue):
            raise ValueError("écrivez « nombre » et « par », ou « par_an », pas les deux")
        suite = {nom: valeur for nom, valeur in lue.items() if nom != "par_an"}
        return {**suite, "nombre": lue["par_an"], "par": "annee"}


class Decideur(Disposition):
    """Qui décide, jusqu'à quel montant (absent : sans limite). Cités du plus petit montant au plus grand."""

    qui: Literal["conseil_administration", "commission_permanente", "presidence", "direction", "regie"]
    jusqu_a: Argent | None = None


class Paiement(Disposition):
    """Les formes de l'aide ; ``cap`` : chèque d'accompagnement personnalisé (CGCT L1611-6)."""

    formes: Annotated[
        list[Literal["cap", "fournisseur", "virement", "avance", "acces", "tarif"]],
        Field(min_length=1),
    ]


class Derogation(Disposition):
    """La possibilité d'accorder hors barème, en disant pourquoi ; ``jusqu_a`` en euros (absent : non chiffré)."""

    jusqu_a: Argent | None = None
    quand: Texte


class Piece(Modele):
    """
    Un papier à donner. ``indispensable`` : sans lui, on ne peut pas étudier la demande ; sinon il peut suivre (CRPA
    L114-5-1). Un simple texte se lit encore : une pièce indispensable.
    """

    nom: Texte
    indispensable: bool = True

    @model_validator(mode="before")
    @classmethod
    def _texte_seul(cls, lue: Any) -> Any:
        return {"nom": lue} if isinstance(lue, str) else lue


class Aide(Modele):
    """
    Une aide et toutes ses règles. ``baremes`` : celui du foyer doit être seul à le viser, sinon le résultat est
    ``indetermine``. ``plafond`` se lit aussi sous son ancien nom, ``plafond_annuel``. ``fermee_le`` : dernier jour où l'on
    pouvait la demander.
    """

    id: Identifiant
    nom: Texte
    compte: Identifiant
    conditions: list[Condition] = []
    baremes: Annotated[list[Bareme], Field(min_length=1)]
    arrondi: Arrondi
    periodicite: Literal["mois", "an", "une_fois", "repas"]
    plafond: Plafond | None = Field(default=None, validation_alias=AliasChoices("plafond", "plafond_annuel"))
    frequence: Frequence | None = None
    pieces: list[Piece] = []
    decide: Annotated[list[Decideur], Field(min_length=1)]
    paiement: Paiement
    derogation: Derogation | None = None
    articles: list[Article] = []
    fermee_le: date | None = None


class Reglement(Modele):
    """
    Un règlement en vigueur de ``effet`` à ``fin`` compris. ``exemple`` : données de démonstration, à remplacer
    par la ville. ``comptes`` nomme les façons de compter, que chaque aide cite.
    """

    id: Identifiant
    ville: str
    titre: Texte
    version: Texte
    effet: date
    fin: date | None = None
    deliberation: Deliberation
    source: Source
    exemple: bool = False
    comptes: Annotated[dict[Identifiant, Compte], Field(min_length=1)]
    aides: Annotated[list[Aide], Field(min_length=1)]

    @model_validator(mode="after")
    def _coherent(self):
        if self.ville not in communes():
            raise ValueError("« ville » : code INSEE inconnu, par exemple 94041")
        if self.fin and self.fin < self.effet:
            raise ValueError(f"« fin » ({self.fin}) précède « effet » ({self.effet})")
        noms = [a.id for a in self.aides]
        doubles = sorted({n for n in noms if noms.count(n) > 1})
        if doubles:
            raise ValueError(f"« aides » : {', '.join(doubles)} est décrite deux fois")
        for aide in self.aides:
            if aide.compte not in self.comptes:
                raise ValueError(f"« aides » : {aide.id} cite le compte {aide.compte}, qui n'est pas dans « comptes »")
        return self

    def aide(self, ident: str) -> Aide:
        """L'aide ``ident`` ; lève ``KeyError`` si le règlement ne la connaît pas."""
        return {a.id: a for a in self.aides}[ident]

    def en_vigueur(self, jour: date) -> bool:
        """Vrai de ``effet`` à ``fin`` compris."""
        return self.effet <= jour and (self.fin is None or jour <= self.fin)
