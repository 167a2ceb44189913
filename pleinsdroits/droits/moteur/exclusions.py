"""Les droits qui ne s'ajoutent pas ne sont jamais montrés comme s'ils s'ajoutaient."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import yaml

from pleinsdroits.droits.moteur.resultats import Etat, Periodicite, Resultat
from pleinsdroits.droits.textes import marque as _
from pleinsdroits.droits.textes import phrase

FICHIER = Path(__file__).parent / "exclusions.yaml"
PAR_AN = {Periodicite.MOIS: 12, Periodicite.AN: 1, Periodicite.UNE_FOIS: 1, None: 0}


@cache
def exclusions() -> tuple[tuple[str, str], ...]:
    """Les couples de droits qui s'excluent, chacun sourcé dans ``exclusions.yaml``."""
    return tuple(tuple(ligne["droits"]) for ligne in yaml.safe_load(FICHIER.read_text(encoding="utf-8")))


def departager(resultats: Sequence[Resultat], noms: Mapping[str, str]) -> list[Resultat]:
    """
    Les mêmes résultats, où de deux droits ouverts qui s'excluent pour les mêmes personnes, le plus faible devient
    « à vérifier » : il ne compte plus dans les totaux. Chacun cite l'autre. ``noms`` : identifiant → nom lisible.
    """
    rendus = list(resultats)
    for premier, second in exclusions():
        for i, a in enumerate(rendus):
            for j, b in enumerate(rendus):
                if a.droit == premier and b.droit == second and _se_genent(a, b):
                    rendus[i], rendus[j] = _regler(a, b, noms)
                    a = rendus[i]
    return rendus


def valeur_annuelle(resultat: Resultat) -> float:
    """Ce que le droit rapporte sur un an, en euros (0 s'il n'est pas chiffré)."""
    return float(resultat.montant or 0) * PAR_AN[resultat.periodicite]


def _se_genent(a: Resultat, b: Resultat) -> bool:
    return a.etat is Etat.OUVERT and b.etat is Etat.OUVERT and bool(set(a.pour) & set(b.pour))


def _regler(a: Resultat, b: Resultat, noms: Mapping[str, str]) -> tuple[Resultat, Resultat]:
    a, b = _citer(a, b.droit), _citer(b, a.droit)
    garde_a = _force(a) >= _force(b)
    return (a, _efface(b, a, noms)) if garde_a else (_efface(a, b, noms), b)


def _force(resultat: Resultat) -> tuple[float, bool]:
    """Le plus fort par an ; à égalité, celui que la personne reçoit déjà."""
    return valeur_annuelle(resultat), resultat.deja_recu is not None


def _citer(resultat: Resultat, autre: str) -> Resultat:
    return replace(resultat, exclut=tuple(dict.fromkeys((*resultat.exclut, autre))))


def _efface(perdant: Resultat, gagnant: Resultat, noms: Mapping[str, str]) -> Resultat:
    """Le plus faible des deux : « à vérifier » s'il restait à demander, inchangé s'il est déjà reçu, et dit pourquoi."""
    autre = noms.get(gagnant.droit, gagnant.droit)
    if perdant.deja_recu is not None:
        motif = phrase(_("« {autre} » prendrait la place de cette aide : les deux ne s’ajoutent pas."), autre=autre)
        return replace(perdant, motifs=(motif, *perdant.motifs))
    motif = phrase(
        _("Cette aide ne s’ajoute pas à « {autre} », qui donne plus. Nous ne comptons pas les deux."),
        autre=autre,
    )
    return replace(perdant, etat=Etat.PROBABLE, motifs=(motif, *perdant.motifs))
