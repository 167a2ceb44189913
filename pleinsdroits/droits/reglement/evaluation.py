"""Ce que rend l'évaluation d'un règlement : un état, un montant, et chaque ligne du calcul avec son article."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pleinsdroits.droits.textes import Phrase


class EtatEvaluation(StrEnum):
    """``accorde_possible`` : le barème le permet, une personne ou une commission décide."""

    ACCORDE_POSSIBLE = "accorde_possible"
    REFUSE = "refuse"
    INDETERMINE = "indetermine"
    A_COMPLETER = "a_completer"


class Sort(StrEnum):
    """Ce que devient une ligne : retenue, retenue jusqu'au plafond, exclue, ou laissée ouverte par le texte."""

    RETENUE = "retenue"
    PLAFONNEE = "plafonnee"
    EXCLUE = "exclue"
    INCERTAINE = "incertaine"


class Sens(StrEnum):
    RESSOURCE = "ressource"
    CHARGE = "charge"


@dataclass(frozen=True)
class Manquant:
    """Une réponse qui manque pour calculer : le ``champ`` du cas et la question, en clair."""

    champ: str
    question: Phrase


@dataclass(frozen=True)
class Ligne:
    """
    Une ressource ou une charge, en euros par mois : le ``montant`` déclaré, le ``retenu``, et la ``raison``.
    ``incertain`` : la part que le texte laisse ouverte (comptée dans un calcul sur deux).
    """

    sens: Sens
    nature: str
    libelle: Phrase
    montant: Decimal
    retenu: Decimal
    sort: Sort
    raison: Phrase
    articles: tuple[str, ...] = ()
    hypothese: bool = False
    incertain: Decimal = Decimal(0)


@dataclass(frozen=True)
class Grandeur:
    """
    La valeur comparée au barème, en euros par ``unite`` (« par jour et par personne »). ``valeur`` absente : le
    texte interdit de conclure. ``brute`` est la valeur avant arrondi et avant la règle des négatifs.
    """

    nature: str
    unite: str
    ressources: Decimal
    charges: Decimal
    diviseur: Decimal
    brute: Decimal
    valeur: Decimal | None
    formule: Phrase


@dataclass(frozen=True)
class TrancheRetenue:
    """La tranche où tombe le foyer, son effet et son article."""

    libelle: str
    effet: str
    bornes: str
    articles: tuple[str, ...]


@dataclass(frozen=True)
class Evaluation:
    """
    La réponse du règlement pour un cas. ``montant`` : le chiffre du barème ; ``au_plus`` : la limite quand la
    commission choisit ; les deux par ``periodicite``. ``grandeurs`` en a deux quand une ligne est incertaine.
    """

    reglement: str
    version: str
    exemple: bool
    aide: str
    jour: date
    etat: EtatEvaluation
    periodicite: str
    montant: Decimal | None = None
    au_plus: Decimal | None = None
    au_moins: Decimal | None = None
    grandeurs: tuple[Grandeur, ...] = ()
    tranches: tuple[TrancheRetenue, ...] = ()
    lignes: tuple[Ligne, ...] = ()
    motifs: tuple[Phrase, ...] = ()
    articles: tuple[str, ...] = ()
    hypotheses: tuple[Phrase, ...] = ()
    a_verifier: tuple[Phrase, ...] = ()
    manque: tuple[Manquant, ...] = ()
    pieces: tuple[str, ...] = ()
    decide: str | None = None
    formes: tuple[str, ...] = ()
    derogation: bool = False
    derogation_possible: bool = False

    @property
    def grandeur(self) -> Grandeur | None:
        """La grandeur, si le texte n'en laisse qu'une possible."""
        return self.grandeurs[0] if len(self.grandeurs) == 1 else None

    def en_json(self) -> dict:
        """L'évaluation en types simples ; les montants sont des nombres, comme dans le reste de l'API."""
        return {nom: _simple(getattr(self, nom)) for nom in self.__dataclass_fields__}


def _simple(valeur: object) -> object:
    """dataclasses, tuples, dates, décimaux et phrases ramenés aux types du JSON."""
    if isinstance(valeur, Phrase):
        return str(valeur)
    if isinstance(valeur, StrEnum):
        return valeur.value
    if isinstance(valeur, Decimal):
        return round(float(valeur), 6)
    if isinstance(valeur, date):
        return valeur.isoformat()
    if isinstance(valeur, tuple):
        return [_simple(v) for v in valeur]
    if hasattr(valeur, "__dataclass_fields__"):
        return {nom: _simple(getattr(valeur, nom)) for nom in valeur.__dataclass_fields__}
    return valeur
