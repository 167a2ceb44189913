"""Les variantes d'une situation : ses inconnues essayées, puis la même dans un à douze mois."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pleinsdroits.droits.moteur.inconnues import Inconnue, inconnues
from pleinsdroits.droits.situation.modele import Personne, Situation
from pleinsdroits.droits.situation.mois import Mois

HORIZON_MOIS = 12


@dataclass(frozen=True)
class Variante:
    """
    Une situation sans inconnue. ``essayees`` : les inconnues qui n'ont pas leur valeur neutre ; ``dans_mois`` : de
    combien de mois les dates de naissance et de titre ont été avancées.
    """

    situation: Situation
    essayees: tuple[Inconnue, ...] = ()
    dans_mois: int = 0


def variantes(situation: Situation, jour: date, *, avenir: bool = True) -> list[Variante]:
    """
    La base d'abord (toutes les inconnues à leur valeur neutre), puis une variante par essai, les deux coins (tout en
    bas, tout en haut) et, si ``avenir``, les douze mois à venir.
    """
    manquantes = inconnues(situation, jour)
    base = _remplie(situation, manquantes)
    suite = [Variante(base)]
    suite += [Variante(i.poser(base, essai), (i,)) for i in manquantes for essai in i.essais]
    if len(manquantes) > 1:
        suite += [Variante(_coin(base, manquantes, rang), tuple(manquantes)) for rang in (0, -1)]
    if avenir:
        suite += [Variante(vieillie(base, n), dans_mois=n) for n in range(1, HORIZON_MOIS + 1)]
    return suite


def sans_inconnue(situation: Situation, jour: date) -> Situation:
    """La situation, chaque « je ne sais pas » à sa valeur neutre : la première des variantes."""
    return _remplie(situation, inconnues(situation, jour))


def vieillie(situation: Situation, nombre: int) -> Situation:
    """La même situation, chacun plus âgé de ``nombre`` mois, son titre de séjour et sa présence d'autant plus anciens."""
    return situation.model_copy(update={"personnes": [_plus_agee(p, nombre) for p in situation.personnes]})


def _plus_agee(personne: Personne, nombre: int) -> Personne:
    sejour = personne.sejour
    if sejour and sejour.depuis:
        sejour = sejour.model_copy(update={"depuis": _reculer(sejour.depuis, nombre)})
    # Pour un citoyen de l'Union, c'est la durée de présence qui compte (CASF L262-6).
    arrivee = personne.arrivee_en_france and _reculer(personne.arrivee_en_france, nombre)
    dates = {"naissance": _reculer(personne.naissance, nombre), "sejour": sejour, "arrivee_en_france": arrivee}
    return personne.model_copy(update=dates)


def _reculer(jour: date, nombre: int) -> date:
    """Le même quantième ``nombre`` mois plus tôt (le dernier jour du mois s'il n'existe pas)."""
    mois = Mois(jour) - nombre
    fin = (mois + 1).premier_jour.toordinal() - mois.premier_jour.toordinal()
    return mois.premier_jour.replace(day=min(jour.day, fin))


def _remplie(situation: Situation, manquantes: Sequence[Inconnue]) -> Situation:
    for inconnue in manquantes:
        situation = inconnue.poser(situation, inconnue.neutre)
    return situation


def _coin(base: Situation, manquantes: Sequence[Inconnue], rang: int) -> Situation:
    for inconnue in manquantes:
        base = inconnue.poser(base, inconnue.essais[rang])
    return base
