"""Les droits qui ne s'ajoutent pas ne sont jamais montrés comme s'ils s'ajoutaient."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path

from pleinsdroits.droits.lecture_yaml import lire_yaml
from pleinsdroits.droits.moteur.resultats import Etat, Periodicite, Resultat
from pleinsdroits.droits.textes import Phrase, phrase
from pleinsdroits.droits.textes import marque as _

FICHIER = Path(__file__).parent / "exclusions.yaml"
PAR_AN = {Periodicite.MOIS: 12, Periodicite.AN: 1, Periodicite.UNE_FOIS: 1, None: 0}
SURETE = {Etat.OUVERT: 3, Etat.PROBABLE: 2, Etat.A_COMPLETER: 1, Etat.NON: 0}


@cache
def exclusions() -> tuple[tuple[str, str], ...]:
    """Les couples de droits qui s'excluent, chacun sourcé dans ``exclusions.yaml``."""
    return tuple(_sortes())


@cache
def _sortes() -> dict[tuple[str, str], str]:
    """Pour chaque couple : « choix » (l'un ou l'autre) ou « revenu » (le second compte dans les revenus du premier)."""
    lignes = lire_yaml(FICHIER.read_text(encoding="utf-8"))
    return {(ligne["droits"][0], ligne["droits"][1]): ligne["sorte"] for ligne in lignes}


def l_un_ou_l_autre() -> list[tuple[str, str]]:
    """Les couples de droits qu'une même personne ne reçoit jamais ensemble (sorte « choix »)."""
    return [paire for paire, sorte in _sortes().items() if sorte == "choix"]


def departager(resultats: Sequence[Resultat], noms: Mapping[str, str]) -> list[Resultat]:
    """
    Les mêmes résultats, où de deux droits ouverts qui s'excluent pour les mêmes personnes, le plus faible devient
    « à vérifier » : il ne compte plus dans les totaux. Deux droits possibles qui s'excluent se citent toujours l'un
    l'autre (``exclut``), même si l'un n'est pas sûr. ``noms`` : identifiant → nom lisible.
    """
    rendus = list(resultats)
    places: dict[str, list[int]] = {}
    for place, resultat in enumerate(rendus):
        places.setdefault(resultat.droit, []).append(place)
    for premier, second in exclusions():
        for i, j in product(places.get(premier, ()), places.get(second, ())):
            if _se_genent(rendus[i], rendus[j]):
                rendus[i], rendus[j] = _regler(rendus[i], rendus[j], noms)
    return rendus


def grouper(resultats: Sequence[Resultat]) -> list[tuple[Resultat, tuple[Resultat, ...]]]:
    """
    Chaque résultat à montrer sur sa ligne, avec ceux qui ne s'y ajoutent pas : une seule ligne pour « l'un ou
    l'autre ». Le plus sûr puis le plus fort par an mène ; un droit déjà reçu ou fermé garde toujours sa propre ligne.
    L'ordre de ``resultats`` est gardé.
    """
    meneurs: list[Resultat] = []
    suivants: dict[int, list[Resultat]] = {}
    for r in sorted(resultats, key=_rang, reverse=True):
        meneur = None
        if r.etat is not Etat.NON and r.deja_recu is None:
            meneur = next((m for m in meneurs if _incompatibles(m, r)), None)
        if meneur is None:
            meneurs.append(r)
        else:
            suivants.setdefault(id(meneur), []).append(r)
    menent = {id(m) for m in meneurs}
    return [(r, tuple(suivants.get(id(r), ()))) for r in resultats if id(r) in menent]


def valeur_annuelle(resultat: Resultat) -> float:
    """Ce que le droit rapporte sur un an, en euros (0 s'il n'est pas chiffré)."""
    return float(resultat.montant or 0) * PAR_AN[resultat.periodicite]


def _rang(resultat: Resultat) -> tuple[int, float, bool]:
    return SURETE[resultat.etat], *_force(resultat)


def _incompatibles(meneur: Resultat, autre: Resultat) -> bool:
    cites = autre.droit in meneur.exclut or meneur.droit in autre.exclut
    return cites and meneur.etat is not Etat.NON and bool(set(meneur.pour) & set(autre.pour))


def _se_genent(a: Resultat, b: Resultat) -> bool:
    return a.etat is not Etat.NON and b.etat is not Etat.NON and bool(set(a.pour) & set(b.pour))


def _regler(a: Resultat, b: Resultat, noms: Mapping[str, str]) -> tuple[Resultat, Resultat]:
    sorte = _sortes()[a.droit, b.droit]
    a, b = _citer(a, b.droit), _citer(b, a.droit)
    if not (a.etat is Etat.OUVERT and b.etat is Etat.OUVERT):
        return a, b
    if _force(a) >= _force(b):
        return a, _efface(b, a, noms, baisse=False)
    return _efface(a, b, noms, baisse=sorte == "revenu"), b


def _force(resultat: Resultat) -> tuple[float, bool]:
    """Le plus fort par an ; à égalité, celui que la personne reçoit déjà."""
    return valeur_annuelle(resultat), resultat.deja_recu is not None


def _citer(resultat: Resultat, autre: str) -> Resultat:
    return replace(resultat, exclut=tuple(dict.fromkeys((*resultat.exclut, autre))))


def _efface(perdant: Resultat, gagnant: Resultat, noms: Mapping[str, str], *, baisse: bool) -> Resultat:
    """Le plus faible des deux : « à vérifier » s'il restait à demander, inchangé s'il est déjà reçu, et dit pourquoi."""
    motif = _raison(noms.get(gagnant.droit, gagnant.droit), baisse=baisse, recu=perdant.deja_recu is not None)
    etat = perdant.etat if perdant.deja_recu is not None else Etat.PROBABLE
    return replace(perdant, etat=etat, motifs=(motif, *perdant.motifs))


def _raison(autre: str, *, baisse: bool, recu: bool) -> Phrase:
    if baisse:
        texte = _("« {autre} » compte comme un revenu : cette aide baisse ou s’arrête. Nous ne comptons pas les deux.")
        return phrase(texte, autre=autre)
    if recu:
        return phrase(
            _("« {autre} » prendrait la place de cette aide : les deux ne s’ajoutent pas."),
            autre=autre,
        )
    return phrase(
        _("Cette aide ne s’ajoute pas à « {autre} », qui donne plus. Nous ne comptons pas les deux."), autre=autre
    )
