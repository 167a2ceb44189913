"""Les phrases montrées aux personnes : un modèle à traduire et ses valeurs, séparés jusqu'à l'affichage."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

INSECABLE = "\u00a0"
# L'espace avant « : ; ? ! » et « € % », après « et avant », et entre les milliers.
COUPURE = re.compile(r"(?<=\S) (?=[:;?!»])|(?<=«) |(?<=\d) (?=[€%]|\d{3}(?!\d))")
MOIS = tuple("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split())


def marque(modele: str) -> str:
    """Signale une chaîne à traduire (repérée par ``makemessages``) sans la traduire tout de suite."""
    return modele


@dataclass(frozen=True)
class Phrase:
    """
    Une phrase à trous. ``modele`` est traduisible (« Vos ressources ({ressources}) dépassent… »),
    ``valeurs`` porte des textes déjà mis en forme ou des nombres.
    """

    modele: str
    valeurs: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.en(str)

    def en(self, traduire: Callable[[str], str]) -> str:
        """
        La phrase complète, ``traduire`` étant appliqué au modèle (``gettext`` dans les portes) et aux phrases qu'elle
        cite, sans mauvaise coupure.
        """
        valeurs = {nom: v.en(traduire) if isinstance(v, Phrase) else v for nom, v in self.valeurs.items()}
        return insecables(traduire(self.modele).format(**valeurs))

    def __hash__(self) -> int:
        return hash((self.modele, tuple(sorted((c, str(v)) for c, v in self.valeurs.items()))))


def phrase(modele: str, **valeurs: object) -> Phrase:
    """Raccourci d'écriture : ``phrase(_("Il manque {n} papiers."), n=3)``."""
    return Phrase(modele, valeurs)


def insecables(texte: str) -> str:
    """Le texte, dont ni une ponctuation double, ni un guillemet, ni une somme ne peuvent tomber seuls à la ligne."""
    return COUPURE.sub(INSECABLE, texte)


def sans_accent(nom: str) -> str:
    """Pour l'ordre alphabétique : « Épicerie » vient après « Droit », pas après « Trop »."""
    return "".join(c for c in unicodedata.normalize("NFKD", nom) if not unicodedata.combining(c)).casefold()


def euros(montant: float | Decimal, *, centimes: bool | None = None) -> str:
    """
    Un montant à lire : « 1 234,50 € ». Sans ``centimes``, les centimes ne s'affichent que s'il y en a.
    """
    valeur = Decimal(str(montant)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    avec = centimes if centimes is not None else valeur != valeur.to_integral_value()
    if not avec:
        valeur = valeur.quantize(Decimal("1"), rounding=ROUND_HALF_UP)
    texte = f"{valeur:,}".replace(",", INSECABLE).replace(".", ",")
    return f"{texte}{INSECABLE}€"


def mois_annee(jour: date) -> str:
    """« août 2027 »."""
    return f"{MOIS[jour.month - 1]}{INSECABLE}{jour.year}"


def jour_long(jour: date) -> str:
    """« 1er décembre 2026 »."""
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    return f"{quantieme}{INSECABLE}{MOIS[jour.month - 1]}{INSECABLE}{jour.year}"
