"""
Le pouvoir écrit d'un membre empêché (CASF R123-16) : qui peut en donner, à qui, et qui vote alors. Un membre est un numéro :
les règles ne savent pas son nom.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from pleinsdroits.aides.regles.textes_de_seance import RegleDePouvoir
from pleinsdroits.droits.textes import Phrase, phrase
from pleinsdroits.droits.textes import marque as _


@dataclass(frozen=True)
class Mandat:
    """``mandataire`` vote aussi pour ``mandant``, qui n'est pas là."""

    mandant: int
    mandataire: int


def refus_de_pouvoir(
    voulu: Mandat,
    en_cours: Iterable[Mandat],
    *,
    instance: str,
    presents: Collection[int],
    manquent: Collection[int],
    regle: RegleDePouvoir,
) -> Phrase | None:
    """
    Pourquoi ce pouvoir ne se reçoit pas, ou ``None``. ``presents`` : ceux qui sont là ; ``manquent`` : ceux dont on sait
    qu'ils ne viendront pas (excusés, absents, partis).
    """
    autres = list(en_cours)
    if not regle.permis or instance not in regle.instances:
        return phrase(_("Cette instance ne vote pas par pouvoir."))
    if voulu.mandant == voulu.mandataire:
        return phrase(_("Un membre ne se donne pas pouvoir à lui-même."))
    if voulu.mandant in presents:
        return phrase(_("Ce membre est présent : il vote lui-même."))
    if voulu.mandataire in manquent or voulu.mandataire in {m.mandant for m in autres}:
        return phrase(_("Ce membre n’est pas là pour voter : choisissez-en un autre."))
    return _trop_de_pouvoirs(voulu, autres, regle)


def _trop_de_pouvoirs(voulu: Mandat, autres: list[Mandat], regle: RegleDePouvoir) -> Phrase | None:
    if voulu.mandant in {m.mandant for m in autres}:
        return phrase(_("Ce membre a déjà donné pouvoir pour cette séance : révoquez-le d’abord."))
    if voulu.mandant in {m.mandataire for m in autres}:
        return phrase(_("Ce membre porte lui-même un pouvoir : révoquez-le d’abord."))
    if sum(m.mandataire == voulu.mandataire for m in autres) >= regle.par_mandataire:
        texte = _("Un membre ne porte pas plus de {n} pouvoir ({article}) : choisissez-en un autre.")
        return phrase(texte, n=str(regle.par_mandataire), article=regle.article)
    return None


def votants(presents: Iterable[int], retires: Collection[int], mandats: Iterable[Mandat]) -> dict[int, int]:
    """
    Qui a une voix pour une affaire, et qui la donne : ``{membre: celui qui vote pour lui}``. Un membre retiré n'en a pas, et
    n'en porte pas ; revenu dans la salle, un mandant vote lui-même.
    """
    la = {m for m in presents if m not in retires}
    portees = {m.mandant: m.mandataire for m in mandats if m.mandataire in la and m.mandant not in retires}
    return portees | {m: m for m in la}
