"""Quelle instance peut décider une aide : ce que dit le règlement adopté (CASF R123-19 à R123-21)."""

from decimal import Decimal

from pleinsdroits.droits.reglement.modele import Aide
from pleinsdroits.droits.textes import Phrase, euros, phrase
from pleinsdroits.droits.textes import marque as _

# Le conseil garde toujours la compétence de ce qu'il confie (CASF R123-20).
TOUJOURS_COMPETENT = "conseil_administration"


def refus_de_competence(instance: str, aide: Aide, montant: Decimal | None) -> Phrase | None:
    """La raison pour laquelle cette ``instance`` ne peut pas décider ``montant`` euros de cette ``aide``, ou ``None``."""
    if instance == TOUJOURS_COMPETENT:
        return None
    regle = next((d for d in aide.decide if d.qui == instance), None)
    if regle is None:
        return phrase(_("Le règlement ne confie pas cette aide à la commission permanente : elle va au conseil."))
    if montant is None or regle.jusqu_a is None or montant <= regle.jusqu_a:
        return None
    texte = _(
        "{montant} dépasse ce que le règlement confie à la commission permanente ({limite}) : la demande va au conseil."
    )
    return phrase(texte, montant=euros(montant), limite=euros(regle.jusqu_a))
