"""La fiche d'un droit : ce qu'il faut savoir et faire pour l'obtenir, avec ses sources et ses dates."""

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal
from urllib.parse import quote_plus

from data_inclusion.schema.v1 import Thematique
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, HttpUrl, StringConstraints, model_validator

from pleinsdroits.droits.textes import insecables
from pleinsdroits.droits.textes import marque as _

# Une fiche s'écrit avec des espaces ordinaires : les insécables se posent à la lecture, une fois pour toutes les sorties.
Texte = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3), AfterValidator(insecables)]
Identifiant = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,40}$")]

PLUSIEURS_ARTICLES = re.compile(r" (à|et) ")  # « L262-1 à L262-10 », « R821-1 et suivants »


class Modele(BaseModel):
    """Base stricte : une clé inconnue est une faute de frappe, donc une erreur."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Theme(StrEnum):
    """Les douze portes d'entrée du public, dans leurs mots."""

    LOGEMENT = "logement"
    ALIMENTATION = "alimentation"
    ENERGIE = "energie"
    SANTE = "sante"
    ENFANTS = "enfants"
    HANDICAP = "handicap"
    AGE = "age"
    TRAVAIL = "travail"
    DETTES = "dettes"
    MOBILITE = "mobilite"
    JUSTICE = "justice"
    NUMERIQUE = "numerique"

    @property
    def nom(self) -> str:
        return NOMS_DES_THEMES[self]


NOMS_DES_THEMES = {
    Theme.LOGEMENT: _("Se loger"),
    Theme.ALIMENTATION: _("Manger"),
    Theme.ENERGIE: _("Payer l’énergie et l’eau"),
    Theme.SANTE: _("Se soigner"),
    Theme.ENFANTS: _("Élever ses enfants"),
    Theme.HANDICAP: _("Vivre avec un handicap"),
    Theme.AGE: _("Vieillir chez soi"),
    Theme.TRAVAIL: _("Travail et revenus"),
    Theme.DETTES: _("Factures et dettes"),
    Theme.MOBILITE: _("Se déplacer"),
    Theme.JUSTICE: _("Se défendre, ses papiers"),
    Theme.NUMERIQUE: _("Téléphone et internet"),
}


class Certitude(StrEnum):
    """A : texte connu ou vérifié · B : très probable, article à relire · C : à confirmer avant de compter dessus."""

    A = "A"
    B = "B"
    C = "C"


class Su(Modele):
    """
    Un point que l'on connaît, qui ne se pose pas, ou que l'on ignore : exactement l'un des trois.
    ``inconnu`` dit à qui le demander. Jamais de remplissage.
    """

    connu: Texte | None = None
    sans_objet: Texte | None = None
    inconnu: Texte | None = None

    @model_validator(mode="after")
    def _un_seul(self):
        _exactement_un(self, "connu", "sans_objet", "inconnu")
        return self


class Pieces(Modele):
    """Les papiers à fournir, dans les mots des gens."""

    connu: list[Texte] | None = Field(default=None, min_length=1)
    sans_objet: Texte | None = None
    inconnu: Texte | None = None

    @model_validator(mode="after")
    def _un_seul(self):
        _exactement_un(self, "connu", "sans_objet", "inconnu")
        return self


class RegleDuSilence(Modele):
    """Ce que signifie l'absence de réponse, et au bout de combien de temps : des mois, ou des semaines (CCH R441-18)."""

    sens: Literal["refus", "accord"]
    apres_mois: Annotated[int, Field(ge=1, le=12)] | None = None
    apres_semaines: Annotated[int, Field(ge=1, le=12)] | None = None
    texte: Texte

    @model_validator(mode="after")
    def _une_seule_duree(self):
        _exactement_un(self, "apres_mois", "apres_semaines")
        return self


class Silence(Modele):
    """Le sens du silence ; ``connu`` est calculable (il sert aux échéances)."""

    connu: RegleDuSilence | None = None
    sans_objet: Texte | None = None
    inconnu: Texte | None = None

    @model_validator(mode="after")
    def _un_seul(self):
        _exactement_un(self, "connu", "sans_objet", "inconnu")
        return self


class VoieDeRecours(Modele):
    """Un recours : de quelle sorte, devant qui, dans quel délai. ``delai`` absent = délai non connu."""

    nature: Literal["prealable_obligatoire", "gracieux", "hierarchique", "contentieux", "mediation", "reclamation"]
    devant: Texte
    delai_mois: Annotated[int, Field(ge=1, le=12)] | None = None
    delai_jours: Annotated[int, Field(ge=1, le=60)] | None = None
    texte: Texte


class Recours(Modele):
    """Les recours, dans l'ordre où on les forme."""

    connu: list[VoieDeRecours] | None = Field(default=None, min_length=1)
    sans_objet: Texte | None = None
    inconnu: Texte | None = None

    @model_validator(mode="after")
    def _un_seul(self):
        _exactement_un(self, "connu", "sans_objet", "inconnu")
        return self


class Lien(Modele):
    """Un lien sortant, toujours annoncé par le nom du site."""

    url: HttpUrl
    site: Texte


class Etape(Modele):
    """Une chose à faire : quoi, où, avec quels papiers, et le temps que cela prend."""

    quoi: Texte
    ou: Texte
    lien: Lien | None = None
    papiers: list[Texte] = []
    duree: Texte | None = None


class Reference(Modele):
    """
    Un texte et ses articles. ``code`` : un nom de code (« code de la sécurité sociale »), une loi
    (« loi n° 90-449 du 31 mai 1990 »), un décret ou un règlement. Le lien est construit, jamais saisi.
    """

    code: Texte
    articles: list[Texte] = []

    @property
    def liens(self) -> list[tuple[str, str]]:
        """Un couple (ce qu'on lit, adresse) par article, ou un seul pour un texte sans article."""
        if not self.articles:
            return [(self.code, lien_legifrance(self.code))]
        return [(article, lien_legifrance(self.code, article.split()[0])) for article in self.articles]

    def __str__(self) -> str:
        if not self.articles:
            return self.code
        plusieurs = len(self.articles) > 1 or PLUSIEURS_ARTICLES.search(self.articles[0].partition(" (")[0])
        mot = "articles" if plusieurs else "article"
        return f"{self.code}, {mot} {', '.join(self.articles)}"


class Calcul(Modele):
    """D'où vient la réponse : variables OpenFisca, règle déclarative de la maison, ou rien (et pourquoi)."""

    openfisca: list[str] | None = Field(default=None, min_length=1)
    regle: Identifiant | None = None
    aucun: Texte | None = None

    @model_validator(mode="after")
    def _un_seul(self):
        _exactement_un(self, "openfisca", "regle", "aucun")
        return self


class Certitudes(Modele):
    references: Certitude
    recours: Certitude


class Traduction(Modele):
    """Les phrases d'une fiche dans une autre langue ; ce qui manque reste en français."""

    nom: Texte | None = None
    pour_qui: Texte | None = None
    etapes: list[Texte] | None = None


class Fiche(Modele):
    """Un droit, de « pour qui » à « si c'est refusé ». Un fichier YAML par fiche."""

    id: Identifiant
    nom: Texte
    mots: list[Texte] = []
    theme: Theme
    autres_themes: list[Theme] = []
    famille: Annotated[list[Thematique], Field(min_length=1)]
    institution: Texte
    pour_qui: Texte
    combien: Texte | None = None
    calcul: Calcul
    a_verifier: list[Texte] = []
    demande: Lien | None = None
    etapes: Annotated[list[Etape], Field(min_length=1)]
    une_etape: Texte | None = None
    pieces: Pieces
    delai: Su
    silence: Silence
    recours: Recours
    references: Annotated[list[Reference], Field(min_length=1)]
    aide_locale: Annotated[list[str], Field(min_length=1)]
    certitude: Certitudes
    a_confirmer: list[Texte] = []
    verifie_le: date
    a_reverifier_avant: date
    sensible: bool = False
    exemple: bool = False
    traductions: dict[str, Traduction] = {}

    @model_validator(mode="after")
    def _coherente(self):
        if len(self.etapes) < 2 and not self.une_etape:
            raise ValueError("« etapes » : au moins deux étapes, ou « une_etape » dit pourquoi une seule suffit")
        if len(self.etapes) >= 2 and self.une_etape:
            raise ValueError("« une_etape » ne sert que si la fiche a une seule étape")
        if self.a_reverifier_avant <= self.verifie_le:
            raise ValueError("« a_reverifier_avant » doit suivre « verifie_le »")
        if self.incertaine and not self.a_confirmer:
            raise ValueError("certitude C : « a_confirmer » doit dire quel point n'est pas sûr")
        return self

    @property
    def incertaine(self) -> bool:
        return Certitude.C in (self.certitude.references, self.certitude.recours)

    def perimee(self, jour: date) -> bool:
        """Vrai si la fiche aurait dû être relue avant ``jour``."""
        return jour >= self.a_reverifier_avant

    def dans(self, langue: str) -> Traduction:
        """Les phrases traduites dans ``langue`` (« en »), vides si la fiche n'est pas traduite."""
        return self.traductions.get(langue, Traduction())


def lien_legifrance(code: str, article: str = "") -> str:
    """
    Le formulaire de recherche de Légifrance pour un article : jamais d'identifiant de texte saisi à la
    main, qui mènerait un jour à la mauvaise version.
    """
    requete = " ".join(p for p in (f"article {article}" if article else "", code) if p)
    return f"https://www.legifrance.gouv.fr/search/all?tab_selection=all&query={quote_plus(requete)}"


def _exactement_un(modele: BaseModel, *noms: str) -> None:
    presents = [n for n in noms if getattr(modele, n) is not None]
    if len(presents) != 1:
        raise ValueError(
            f"il faut exactement une clé parmi {', '.join(noms)} (trouvé : {', '.join(presents) or 'aucune'})"
        )
