"""Les réponses de l'API : les mêmes noms que la ligne de commande."""

from datetime import date
from typing import Literal

from ninja import Field, Schema

from pleinsdroits.annuaire.data_inclusion import LieuPublie, ServicePublie
from pleinsdroits.portes.api.exemple import SERVICE, STRUCTURE

EtatJson = Literal["ouvert", "probable", "a_completer", "non"]


class Manque(Schema):
    champ: str = Field(examples=["logement.loyer"])
    question: str = Field(examples=["Combien payez-vous de loyer, sans les charges ?"])


class Resultat(Schema):
    """La réponse pour un droit et les personnes concernées."""

    droit: str = Field(examples=["ppa"])
    pour: list[str] = Field(examples=[["moi"]])
    etat: EtatJson
    montant: float | None = Field(description="En euros par « periodicite », au centime ; null si non chiffré.")
    periodicite: Literal["mois", "an", "une_fois"] | None
    modalite: str = ""
    deja_recu: float | None = Field(
        description="Montant mensuel que la personne déclare recevoir ; null : ne le reçoit pas."
    )
    motifs: list[str]
    a_verifier: list[str]
    manque: list[Manque]
    exclut: list[str]
    ouvre_le: str | None = Field(examples=["2027-08"])


class Totaux(Schema):
    a_demander_par_mois: float
    a_demander_par_an: float
    une_fois: float
    deja_recu_par_mois: float


class Bilan(Schema):
    """Tous les droits d'un foyer. Un calcul propose, une personne décide."""

    date: date
    version_regles: str
    mention: str
    resultats: list[Resultat]
    totaux: Totaux


class Faute(Schema):
    champ: str = Field(examples=["personnes.moi.naissance"])
    valeur: str = Field(examples=["2030-01-01"])
    attendu: str = Field(examples=["une date passée"])


class Refus(Schema):
    """Pourquoi l'entrée est refusée : rien n'a été calculé."""

    message: str
    erreurs: list[Faute]


class Reference(Schema):
    texte: str
    liens: list[str]


class DroitResume(Schema):
    id: str
    nom: str
    theme: str
    institution: str
    pour_qui: str
    verifie_le: date
    exemple: bool


class Droit(DroitResume):
    """Une fiche entière ; ``contenu`` suit le modèle documenté des fiches."""

    references: list[Reference]
    contenu: dict


class Absent(Schema):
    message: str


class DemandeDePage(Schema):
    page: int = Field(1, ge=1, le=10_000, description="La page demandée, à partir de 1.")
    size: int = Field(50, ge=1, le=100, description="Le nombre de lignes par page.")


class Page(Schema):
    """Une page, sous les noms de l'API data·inclusion."""

    total: int = Field(description="Le nombre de lignes, toutes pages réunies.", examples=[2])
    page: int = Field(examples=[1])
    size: int = Field(examples=[50])
    pages: int = Field(examples=[1])


class PageStructures(Page):
    items: list[LieuPublie] = Field(examples=[[STRUCTURE]])


class PageServices(Page):
    items: list[ServicePublie] = Field(examples=[[SERVICE]])
