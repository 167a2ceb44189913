"""Ce que rend le moteur : pour chaque droit et chaque personne, un état, un montant et ses raisons."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pleinsdroits.droits.situation.mois import Mois
from pleinsdroits.droits.textes import Phrase
from pleinsdroits.droits.textes import marque as _

MENTION = _(
    "Ce résultat est produit par un programme : il vous informe et ne décide de rien. Vous pouvez demander "
    "comment il est calculé (article L311-3-1 du code des relations entre le public et l’administration)."
)


class Etat(StrEnum):
    """Du plus sûr au plus fermé."""

    OUVERT = "ouvert"
    PROBABLE = "probable"
    A_COMPLETER = "a_completer"
    NON = "non"


class Periodicite(StrEnum):
    MOIS = "mois"
    AN = "an"
    UNE_FOIS = "une_fois"


@dataclass(frozen=True)
class Manque:
    """Une réponse qui manque : le champ de la situation (« logement.loyer », « personnes.moi.revenus ») et la question, en clair."""

    champ: str
    question: Phrase


@dataclass(frozen=True)
class Resultat:
    """
    La réponse pour un droit (``droit`` = identifiant de fiche) et les personnes ``pour``.

    ``montant`` en euros par ``periodicite``, au centime, ou ``None`` si on ne sait pas le chiffrer ;
    ``modalite`` précise la forme (« gratuite », « apl », « complément »…) ; ``deja_recu`` est le montant
    mensuel que la personne déclare recevoir (``None`` : ne le reçoit pas) ; ``exclut`` nomme les droits qui
    ne s'ajoutent pas à celui-ci ; ``ouvre_le`` est le premier mois, dans les douze qui viennent, où le droit
    s'ouvrirait par l'âge ou l'ancienneté du titre de séjour, avec les règles d'aujourd'hui ;
    ``intermediaires`` donne les grandeurs du calcul (libellé → euros), pour qui demande « pourquoi ».
    """

    droit: str
    pour: tuple[str, ...]
    etat: Etat
    montant: Decimal | None = None
    periodicite: Periodicite | None = None
    modalite: str = ""
    deja_recu: Decimal | None = None
    motifs: tuple[Phrase, ...] = ()
    a_verifier: tuple[Phrase, ...] = ()
    manque: tuple[Manque, ...] = ()
    exclut: tuple[str, ...] = ()
    ouvre_le: Mois | None = None
    intermediaires: dict[str, float] = field(default_factory=dict)

    @property
    def a_demander(self) -> bool:
        """Vrai si le droit est ouvert et que la personne ne le reçoit pas déjà."""
        return self.etat is Etat.OUVERT and self.deja_recu is None


@dataclass(frozen=True)
class Totaux:
    """Ce que le foyer peut demander (ouvert, pas encore reçu, sans double compte) et reçoit déjà, en euros."""

    a_demander_par_mois: Decimal = Decimal(0)
    a_demander_par_an: Decimal = Decimal(0)
    une_fois: Decimal = Decimal(0)
    deja_recu_par_mois: Decimal = Decimal(0)


@dataclass(frozen=True)
class Bilan:
    """Tous les droits d'un foyer à une date, avec la version des règles qui les a calculés."""

    jour: date
    version_regles: str
    resultats: tuple[Resultat, ...]
    totaux: Totaux
    mention: str = MENTION

    def droit(self, identifiant: str) -> list[Resultat]:
        """Les résultats d'un droit (un par personne ou groupe concerné)."""
        return [r for r in self.resultats if r.droit == identifiant]

    def en_json(self) -> dict:
        """Le bilan en types simples, la forme documentée de l'API et de la ligne de commande."""
        return {
            "date": self.jour.isoformat(),
            "version_regles": self.version_regles,
            "mention": self.mention,
            "resultats": [_resultat_en_json(r) for r in self.resultats],
            "totaux": {nom: float(valeur) for nom, valeur in vars(self.totaux).items()},
        }


def _resultat_en_json(resultat: Resultat) -> dict:
    return {
        "droit": resultat.droit,
        "pour": list(resultat.pour),
        "etat": resultat.etat.value,
        "montant": None if resultat.montant is None else float(resultat.montant),
        "periodicite": resultat.periodicite.value if resultat.periodicite else None,
        "modalite": resultat.modalite,
        "deja_recu": None if resultat.deja_recu is None else float(resultat.deja_recu),
        "motifs": [str(p) for p in resultat.motifs],
        "a_verifier": [str(p) for p in resultat.a_verifier],
        "manque": [{"champ": m.champ, "question": str(m.question)} for m in resultat.manque],
        "exclut": list(resultat.exclut),
        "ouvre_le": str(resultat.ouvre_le) if resultat.ouvre_le else None,
    }
