"""Les étapes d'une démarche, datées : ce que veut dire chaque date, d'après quel article, et si c'est sûr."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pleinsdroits.droits.textes import Phrase
from pleinsdroits.droits.textes import marque as _


class Nom(StrEnum):
    """Les étapes, dans l'ordre."""

    PREPAREE = "preparee"
    DEPOSEE = "deposee"
    COMPLETE = "complete"
    REPONSE = "reponse"
    MOTIFS = "motifs"
    GRACIEUX = "gracieux"
    PREALABLE = "prealable"
    SILENCE_DU_RECOURS = "silence_du_recours"
    JUGE = "juge"
    AUTRE_VOIE = "autre_voie"

    @property
    def titre(self) -> str:
        """Un mot pour l'étape, à traduire."""
        return TITRES[self]


TITRES = {
    Nom.PREPAREE: _("Préparée"),
    Nom.DEPOSEE: _("Déposée"),
    Nom.COMPLETE: _("Complète"),
    Nom.REPONSE: _("Réponse"),
    Nom.MOTIFS: _("Raisons du refus"),
    Nom.GRACIEUX: _("Recours amiable"),
    Nom.PREALABLE: _("Recours préalable"),
    Nom.SILENCE_DU_RECOURS: _("Réponse au recours"),
    Nom.JUGE: _("Juge"),
    Nom.AUTRE_VOIE: _("Autre recours"),
}


class Avancement(StrEnum):
    FAIT = "fait"
    A_VENIR = "a_venir"
    PASSE = "passe"  # la date est passée sans que rien ne soit noté
    SANS_DATE = "sans_date"


@dataclass(frozen=True)
class Etape:
    """
    Une étape. ``jour`` : la date à respecter, toujours la plus prudente ; ``limite`` : une date plus tardive que le juge
    pourrait admettre, jamais promise. ``certain`` faux : à montrer avec « à vérifier ». ``article`` : « CRPA, article … ».
    """

    nom: Nom
    phrase: Phrase
    jour: date | None = None
    fait: bool = False
    article: str = ""
    certain: bool = True
    raisons: tuple[Phrase, ...] = ()
    limite: date | None = None
    devant: str = ""
    nature: str = ""

    def avancement(self, au: date) -> Avancement:
        """Où en est l'étape le jour ``au``."""
        if self.fait:
            return Avancement.FAIT
        if self.jour is None:
            return Avancement.SANS_DATE
        return Avancement.PASSE if self.jour < au else Avancement.A_VENIR


@dataclass(frozen=True)
class Calendrier:
    """
    Les étapes d'une démarche, dans l'ordre, et ce que nous ne savons pas (à qui le demander). ``le_silence_vaut`` :
    « refus », « accord », ou rien si le sens du silence n'est pas connu.
    """

    etapes: tuple[Etape, ...]
    inconnus: tuple[Phrase, ...] = ()
    le_silence_vaut: str = ""

    def etape(self, nom: Nom) -> Etape | None:
        """La première étape de ce ``nom``, s'il y en a une."""
        return next((e for e in self.etapes if e.nom == nom), None)

    def prochaine(self, au: date) -> Etape | None:
        """La prochaine date à tenir ou à surveiller, à partir de ``au`` compris."""
        futures = [e for e in self.etapes if e.jour is not None and e.avancement(au) == Avancement.A_VENIR]
        return min(futures, key=lambda e: e.jour or date.max, default=None)
