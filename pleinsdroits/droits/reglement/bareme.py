"""Les tranches d'un règlement : pour qui, entre quelles bornes, pour quel effet et quel montant."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from pleinsdroits.droits.reglement.base import Argent, Disposition, Modele, Nombre, Taux, Texte
from pleinsdroits.droits.situation.listes import StatutLogement


class Entre(Modele):
    """Un nombre de personnes, bornes comprises ; une borne absente n'arrête pas."""

    min: Annotated[int, Field(ge=0)] = 0
    max: Annotated[int, Field(ge=0)] | None = None

    def contient(self, nombre: int) -> bool:
        return nombre >= self.min and (self.max is None or nombre <= self.max)


class Pour(Modele):
    """Les foyers visés ; ce qui est absent ne trie pas. ``adultes`` : à partir de 18 ans."""

    personnes: Entre | None = None
    adultes: Entre | None = None
    enfants: Entre | None = None
    couple: bool | None = None
    sans_ressources: bool | None = None
    logement: list[StatutLogement] | None = None
    sauf_logement: list[StatutLogement] | None = None


class Saison(Disposition):
    """Un supplément, en euros, pour les ``mois`` cités (1 : janvier)."""

    mois: Annotated[list[Annotated[int, Field(ge=1, le=12)]], Field(min_length=1)]
    en_plus: Argent


class MontantFixe(Disposition):
    """Le même montant pour toutes et tous, avec ses suppléments de saison."""

    forme: Literal["fixe"]
    montant: Argent
    saisons: list[Saison] = []


class MontantPart(Disposition):
    """Une part de la somme demandée (0.5 : la moitié), jusqu'au ``plafond``."""

    forme: Literal["part_de_la_demande"]
    taux: Taux
    plafond: Argent | None = None


class MontantJusqua(Disposition):
    """La commission choisit, sans dépasser le ``plafond``."""

    forme: Literal["jusqu_a"]
    plafond: Argent


class MontantLibre(Disposition):
    """La commission choisit ; le texte ne donne pas de chiffre."""

    forme: Literal["a_l_appreciation"]


class MontantParPersonne(Disposition):
    """Un montant par personne du foyer, jusqu'au ``plafond``."""

    forme: Literal["par_personne"]
    montant: Argent
    plafond: Argent | None = None


class MontantTaux(Disposition):
    """Un tarif : ``taux`` × grandeur, entre ``plancher`` et ``plafond``. ``taux`` nul : non publié, donc non calculable."""

    forme: Literal["taux_de_la_grandeur"]
    taux: Taux | None
    plancher: Argent
    plafond: Argent

    @model_validator(mode="after")
    def _bornes(self):
        if self.plancher > self.plafond:
            raise ValueError(f"le plancher ({self.plancher}) dépasse le plafond ({self.plafond})")
        return self


Montant = Annotated[
    MontantFixe | MontantPart | MontantJusqua | MontantLibre | MontantParPersonne | MontantTaux,
    Field(discriminator="forme"),
]


class Tranche(Disposition):
    """
    Des valeurs de la grandeur et leur effet. Bornes en toutes lettres : ``au_moins`` et ``au_plus`` comprennent
    le seuil, ``plus_de`` et ``moins_de`` non. ``muet`` : le texte vise ces foyers sans dire ce qu'il décide.
    """

    libelle: Texte
    au_moins: Nombre | None = None
    plus_de: Nombre | None = None
    au_plus: Nombre | None = None
    moins_de: Nombre | None = None
    effet: Literal["accord", "refus", "muet"]
    montant: Montant | None = None

    @model_validator(mode="after")
    def _bornee(self):
        if self.au_moins is not None and self.plus_de is not None:
            raise ValueError("une seule borne basse : « au_moins » ou « plus_de »")
        if self.au_plus is not None and self.moins_de is not None:
            raise ValueError("une seule borne haute : « au_plus » ou « moins_de »")
        if (self.effet == "accord") != (self.montant is not None):
            raise ValueError("« montant » : obligatoire pour un accord, et seulement alors")
        if not self._possible():
            raise ValueError(f"tranche vide : rien n'est à la fois {self.bas} et {self.haut}")
        return self

    def _possible(self) -> bool:
        if self.bas is None or self.haut is None:
            return True
        touchee = self.au_moins is not None and self.au_plus is not None
        return self.bas < self.haut or (touchee and self.bas == self.haut)

    @property
    def bas(self) -> Decimal | None:
        return self.au_moins if self.au_moins is not None else self.plus_de

    @property
    def haut(self) -> Decimal | None:
        return self.au_plus if self.au_plus is not None else self.moins_de

    def contient(self, valeur: Decimal) -> bool:
        """Vrai si ``valeur`` est dans la tranche, seuil compris ou non selon la borne écrite."""
        return (
            (self.au_moins is None or valeur >= self.au_moins)
            and (self.plus_de is None or valeur > self.plus_de)
            and (self.au_plus is None or valeur <= self.au_plus)
            and (self.moins_de is None or valeur < self.moins_de)
        )


class Bareme(Modele):
    """Les tranches d'un public. Leurs trous et recouvrements ne sont pas une faute : ils se voient et rendent ``indetermine``."""

    pour: Pour = Pour()
    tranches: Annotated[list[Tranche], Field(min_length=1)]
