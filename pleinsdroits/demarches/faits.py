"""Ce que l'on sait d'une démarche : des dates et des preuves. Rien d'autre n'entre dans le calcul des délais."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pleinsdroits.droits.textes import Phrase, jour_long, phrase
from pleinsdroits.droits.textes import marque as _

Preuve = Literal["aucune", "accuse", "recommande", "en_ligne", "guichet"]
Reponse = Literal["accord", "partiel", "refus"]

NOMS = {
    "deposee_le": _("le dépôt"),
    "recue_le": _("l’accusé de réception"),
    "transmise_le": _("l’arrivée à la bonne administration"),
    "incomplete_le": _("la demande de papiers"),
    "pieces_attendues_le": _("la date donnée pour envoyer les papiers"),
    "completee_le": _("l’envoi des papiers"),
    "repondue_le": _("la réponse"),
    "notifiee_le": _("le jour où la réponse est arrivée"),
    "motifs_demandes_le": _("la demande de raisons"),
    "motifs_recus_le": _("l’arrivée des raisons"),
    "gracieux_depose_le": _("le recours gracieux"),
    "gracieux_repondu_le": _("la réponse au recours gracieux"),
    "prealable_depose_le": _("le recours préalable"),
    "prealable_repondu_le": _("la réponse au recours préalable"),
}
# Chaque date, et celle qui doit exister et venir avant elle.
ORDRE = {
    "recue_le": "deposee_le",
    "transmise_le": "deposee_le",
    "incomplete_le": "deposee_le",
    "pieces_attendues_le": "incomplete_le",
    "completee_le": "deposee_le",
    "repondue_le": "deposee_le",
    "notifiee_le": "repondue_le",
    "motifs_demandes_le": "deposee_le",
    "motifs_recus_le": "motifs_demandes_le",
    "gracieux_depose_le": "deposee_le",
    "gracieux_repondu_le": "gracieux_depose_le",
    "prealable_depose_le": "deposee_le",
    "prealable_repondu_le": "prealable_depose_le",
}


class FaitsIncoherents(ValueError):
    """Deux dates qui ne peuvent pas être vraies ensemble. ``phrase`` le dit ; ``champ`` est celui à corriger."""

    def __init__(self, champ: str, texte: Phrase):
        super().__init__(str(texte))
        self.champ = champ
        self.phrase = texte


@dataclass(frozen=True)
class FaitsDeDemarche:
    """
    Les dates d'une démarche. ``recue_le`` : jour où l'administration a reçu la demande (accusé de réception ou avis du
    recommandé) ; ``transmise_le`` : jour où l'administration compétente l'a reçue, si on s'était adressé à une autre. Les
    ``…_voies_dites`` : le courrier dit comment contester et en combien de temps ; ``None``, on ne sait pas.

    Lève ``FaitsIncoherents`` si une date précède celle dont elle dépend.
    """

    preparee_le: date | None = None
    deposee_le: date | None = None
    preuve: Preuve = "aucune"
    recue_le: date | None = None
    accuse_voies_dites: bool | None = None
    transmise_le: date | None = None
    incomplete_le: date | None = None
    pieces_attendues_le: date | None = None
    completee_le: date | None = None
    repondue_le: date | None = None
    reponse: Reponse | None = None
    notifiee_le: date | None = None
    voies_dites: bool | None = None
    motifs_demandes_le: date | None = None
    motifs_recus_le: date | None = None
    gracieux_depose_le: date | None = None
    gracieux_repondu_le: date | None = None
    prealable_depose_le: date | None = None
    prealable_repondu_le: date | None = None
    prealable_voies_dites: bool | None = None

    def __post_init__(self) -> None:
        for champ, avant in ORDRE.items():
            _verifier(self, champ, avant)
        if (self.reponse is None) != (self.repondue_le is None):
            raise FaitsIncoherents(
                "reponse", phrase(_("Une réponse se note avec sa date et son sens : accord, accord partiel ou refus."))
            )

    @property
    def reception(self) -> date | None:
        """Le jour d'où part le délai, au mieux de ce que l'on sait."""
        return self.recue_le or self.deposee_le

    @property
    def reception_prouvee(self) -> bool:
        """Une date certaine : reçu du guichet, enregistrement en ligne, accusé ou avis de réception daté."""
        if self.preuve in ("en_ligne", "guichet"):
            return True
        return self.preuve != "aucune" and self.recue_le is not None


def _verifier(faits: FaitsDeDemarche, champ: str, avant: str) -> None:
    jour, borne = getattr(faits, champ), getattr(faits, avant)
    if jour is None:
        return
    if borne is None:
        texte = phrase(_("Notez d’abord cette date : {avant}."), avant=phrase(NOMS[avant]))
        raise FaitsIncoherents(champ, texte)
    if jour < borne:
        texte = phrase(
            _("Date refusée pour « {quoi} » ({jour}) : elle ne peut pas venir avant « {avant} » ({borne})."),
            quoi=phrase(NOMS[champ]),
            jour=jour_long(jour),
            avant=phrase(NOMS[avant]),
            borne=jour_long(borne),
        )
        raise FaitsIncoherents(champ, texte)
