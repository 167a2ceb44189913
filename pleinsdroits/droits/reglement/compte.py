"""Ce que le règlement compte : ressources, charges, diviseur ; et la grandeur qu'il en tire."""

from decimal import Decimal
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import Field, model_validator

from pleinsdroits.droits.reglement.base import (
    Argent,
    Arrondi,
    Disposition,
    Identifiant,
    Modele,
    Poids,
    PoidsPositif,
    Taux,
)
from pleinsdroits.droits.situation.listes import NatureCharge, NatureDette, TypeRevenu

AIDE_LOGEMENT = "aide_logement"

N = TypeVar("N")


class Poste(Disposition, Generic[N]):
    """Des natures comptées ensemble, jusqu'au ``plafond`` en euros par mois (pour le foyer ou par personne)."""

    natures: Annotated[list[N], Field(min_length=1)]
    plafond: Argent | None = None
    plafond_par: Literal["foyer", "personne"] = "foyer"


class Exclusion(Disposition, Generic[N]):
    """Des natures que le règlement écarte."""

    natures: Annotated[list[N], Field(min_length=1)]


class Choix(Disposition):
    """Compter, exclure, ou laisser ouvert : ``indetermine`` quand le texte se tait et que la ville n'a pas tranché."""

    choix: Literal["compter", "exclure", "indetermine"]


class Selection(Modele, Generic[N]):
    """
    Les natures comptées et exclues. ``sinon`` règle le sort de celles dont le texte ne parle pas. Une nature
    à la fois comptée et exclue est une contradiction du texte : elle se lit, et se calcule des deux façons.
    """

    compter: list[Poste[N]] = []
    exclure: list[Exclusion[N]] = []
    sinon: Choix

    @model_validator(mode="after")
    def _comptee_une_fois(self):
        citees = [n for poste in self.compter for n in poste.natures]
        doubles = sorted({str(n) for n in citees if citees.count(n) > 1})
        if doubles:
            raise ValueError(f"« compter » cite deux fois {', '.join(doubles)} : elle compterait deux fois")
        return self


class Periode(Disposition):
    """Les mois regardés, avant le mois de la demande M : M-3 à M-1, M-1 seul, ou M lui-même."""

    nature: Literal["moyenne_3_mois", "dernier_mois", "mois_courant"]

    @property
    def reculs(self) -> tuple[int, ...]:
        return {"moyenne_3_mois": (3, 2, 1), "dernier_mois": (1,), "mois_courant": (0,)}[self.nature]


class DeQui(Disposition):
    """Les personnes dont on compte les revenus."""

    qui: Literal["tout_le_foyer", "demandeur_et_conjoint", "majeurs"]


class Ressources(Modele):
    """
    L'argent reçu, en euros par mois. L'aide au logement a sa propre clé (jamais dans ``prestations``) ;
    les revenus d'indépendant sont ceux de la dernière année connue, divisés par 12. Les prestations comptent
    pour leur montant d'aujourd'hui, quelle que soit la période : la situation ne les date pas.
    """

    periode: Periode
    personnes: DeQui
    revenus: Selection[TypeRevenu]
    independants: Choix
    prestations: Selection[Identifiant]
    aide_logement: Choix

    @model_validator(mode="after")
    def _aide_logement_a_part(self):
        comptees = [n for poste in self.prestations.compter for n in poste.natures]
        exclues = [n for poste in self.prestations.exclure for n in poste.natures]
        if AIDE_LOGEMENT in (*comptees, *exclues):
            raise ValueError(
                "« prestations » ne cite pas aide_logement : elle a sa propre clé, pour ne pas compter deux fois"
            )
        return self


class Loyer(Disposition):
    """Le loyer compté en charge : ``brut``, ``net`` (aide au logement déduite), ou ``exclu`` ; plafond par mois."""

    compter: Literal["brut", "net", "exclu"]
    avec_charges: bool = True
    plafond: Argent | None = None


class Charges(Modele):
    """Les dépenses retenues, en euros par mois ; ``dettes`` : les mensualités que l'on rembourse."""

    loyer: Loyer
    postes: Selection[NatureCharge]
    dettes: Selection[NatureDette]


class UnitesConsommation(Modele):
    """L'échelle de l'INSEE : 1 pour le premier adulte, 0,5 par autre personne de 14 ans ou plus, 0,3 par enfant plus jeune."""

    premier: PoidsPositif = Decimal("1")
    autre: Poids = Decimal("0.5")
    enfant: Poids = Decimal("0.3")
    age: Annotated[int, Field(ge=1, le=25)] = 14


class Parts(Modele):
    """
    Une grille de parts : ``seul`` ou ``couple``, puis chaque enfant dans l'ordre (``enfants``), puis
    ``enfant_suivant``. ``autre_adulte`` absent : le texte ne dit rien des autres adultes du logement.
    """

    seul: PoidsPositif
    couple: PoidsPositif
    enfants: list[Poids]
    enfant_suivant: Poids
    enfant_handicape: Poids = Decimal("0")
    autre_adulte: Poids | None = None
    enfant_jusqu_a: Annotated[int, Field(ge=15, le=26)] = 20


class Diviseur(Disposition):
    """
    Par quoi l'on divise. ``garde_alternee`` : le poids d'un enfant en garde alternée (1 : comme les autres,
    0.5 : la moitié) ; absent, le texte n'en dit rien.
    """

    par: Literal["foyer", "personne", "unite_consommation", "parts"]
    unites: UnitesConsommation = UnitesConsommation()
    parts: Parts | None = None
    garde_alternee: Taux | None = None

    @model_validator(mode="after")
    def _grille(self):
        if (self.par == "parts") != (self.parts is not None):
            raise ValueError("« parts » : la grille est obligatoire quand « par » vaut parts, et seulement alors")
        return self


class ParJour(Disposition):
    """Le nombre de jours qui fait un mois, pour un reste à vivre par jour."""

    jours: Annotated[int, Field(ge=28, le=31)]


class SiNegatif(Disposition):
    """Quand les charges dépassent les ressources : garder le nombre négatif, le ramener à zéro, ou ne pas conclure."""

    choix: Literal["garder", "zero", "indetermine"]


class Compte(Modele):
    """
    Une façon de compter. Grandeur = (ressources − charges) ÷ jours ÷ diviseur, puis ``si_negatif``, puis
    ``arrondi``. Refusé au chargement : l'aide au logement en ressource et un loyer net en charge (deux fois).
    """

    nature: Literal["reste_a_vivre", "quotient", "ressources"]
    ressources: Ressources
    charges: Charges | None = None
    diviseur: Diviseur
    par_jour: ParJour | None = None
    si_negatif: SiNegatif
    arrondi: Arrondi

    @model_validator(mode="after")
    def _coherent(self):
        if self.nature == "reste_a_vivre" and self.charges is None:
            raise ValueError("« charges » : un reste à vivre se calcule charges déduites")
        if self.nature == "ressources" and self.charges is not None:
            raise ValueError(
                "« charges » : des ressources seules n'ont pas de charges (choisissez reste_a_vivre ou quotient)"
            )
        net = self.charges is not None and self.charges.loyer.compter == "net"
        if net and self.ressources.aide_logement.choix != "exclure":
            raise ValueError(
                "l'aide au logement est comptée en ressource et le loyer est net : elle compterait deux fois. "
                "Gardez le loyer brut, ou écrivez « aide_logement: {choix: exclure} »"
            )
        return self
