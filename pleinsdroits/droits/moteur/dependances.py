"""Les droits qui en supposent un autre : si l'autre n'est pas retenu, celui-ci ne compte plus comme acquis."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pleinsdroits.droits.moteur.resultats import Etat, Resultat
from pleinsdroits.droits.textes import marque as _
from pleinsdroits.droits.textes import phrase

SUPPOSE = {"mva": ("aah", "asi")}  # CSS L821-1-2 : avec l'AAH, ou l'ASI


def suivre(resultats: Sequence[Resultat], noms: Mapping[str, str]) -> list[Resultat]:
    """
    Les mêmes résultats, où un droit ouvert dont aucun des droits supposés n'est ouvert ou reçu pour ces personnes
    devient « à vérifier », et dit lequel il attend. ``noms`` : identifiant → nom lisible.
    """
    return [_suivre(r, resultats, noms) for r in resultats]


def _suivre(r: Resultat, tous: Sequence[Resultat], noms: Mapping[str, str]) -> Resultat:
    attendus = SUPPOSE.get(r.droit)
    if not attendus or not r.a_demander or any(_tient(a, r) for a in tous if a.droit in attendus):
        return r
    autre = noms.get(attendus[0], attendus[0])
    motif = phrase(_("Elle suit « {autre} », que nous ne comptons pas ici."), autre=autre)
    return replace(r, etat=Etat.PROBABLE, motifs=(motif, *r.motifs))


def _tient(a: Resultat, r: Resultat) -> bool:
    return (a.etat is Etat.OUVERT or a.deja_recu is not None) and bool(set(a.pour) & set(r.pour))
