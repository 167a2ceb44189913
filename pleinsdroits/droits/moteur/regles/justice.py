"""Se défendre sans pouvoir payer : l'aide juridictionnelle."""

from collections.abc import Iterator

from pleinsdroits.droits.moteur.regle import Contexte, regle
from pleinsdroits.droits.moteur.regles.reponses import foyer, non, probable
from pleinsdroits.droits.moteur.resultats import Resultat
from pleinsdroits.droits.textes import Phrase, euros, phrase
from pleinsdroits.droits.textes import marque as _

ALLOCATIONS_QUI_DISPENSENT = ("rsa", "aspa")


@regle("aj")
def aj(c: Contexte) -> Iterator[Resultat]:
    """
    L'aide juridictionnelle (loi 91-647, art. 2 à 10). Les plafonds de 2026 ne sont pas saisis : jamais de
    « oui » ni de « non » d'après le revenu ; RSA et ASPA dispensent de le prouver.
    """
    if not c.situation.procedure_justice:
        motif = phrase(_("Vous n’avez pas indiqué d’affaire en justice. Le jour venu, cette aide paie l’avocat."))
        yield non("aj", foyer(c), motif)
        return
    recues = [d for d in ALLOCATIONS_QUI_DISPENSENT if c.recu(d)]
    if recues:
        texte = _("Vous recevez {allocation} : l’attestation remplace la preuve de vos ressources.")
        motifs = [phrase(texte, allocation=" et ".join(NOMS[d] for d in recues))]
        yield probable(c, "aj", foyer(c), motifs, [_assurance()])
        return
    yield probable(c, "aj", foyer(c), [_revenu(c)], [_plafonds(), _assurance()])


NOMS = {"rsa": _("le RSA"), "aspa": _("l’ASPA")}


def _revenu(c: Contexte) -> Phrase:
    connus = [a.rfr for a in c.situation.avis if a.rfr is not None]
    if not connus:
        return phrase(_("Vous avez une affaire en justice. Le revenu de votre feuille d’impôt sera regardé."))
    texte = _("Vous avez une affaire en justice. Le revenu fiscal de référence de votre foyer est de {rfr} par an.")
    return phrase(texte, rfr=euros(sum(connus)))


def _plafonds() -> Phrase:
    return phrase(_("Les plafonds de revenu et d’épargne de 2026, que nous n’avons pas."))


def _assurance() -> Phrase:
    return phrase(_("Aucune assurance ne paie déjà l’avocat (assurance du logement, de la carte bancaire)."))
