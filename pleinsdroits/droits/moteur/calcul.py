"""
L'entrée du moteur : des situations et un jour, un bilan par situation.

Toutes les variantes de toutes les situations sont évaluées ensemble ; les règles sont ensuite des fonctions pures.
Un foyer calculé seul ou parmi d'autres a la même réponse.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate
from pathlib import Path

from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.droits.fiche import Fiche
from pleinsdroits.droits.moteur.avenir import avec_ouverture
from pleinsdroits.droits.moteur.dependances import suivre
from pleinsdroits.droits.moteur.ecarts import signaler_les_ecarts
from pleinsdroits.droits.moteur.evaluation import evaluer
from pleinsdroits.droits.moteur.exclusions import departager
from pleinsdroits.droits.moteur.manques import avec_manques
from pleinsdroits.droits.moteur.regle import REGLES, Valeurs, jamais_sur
from pleinsdroits.droits.moteur.reponses import Reponses
from pleinsdroits.droits.moteur.resultats import Bilan, Etat, Resultat
from pleinsdroits.droits.moteur.totaux import totaliser
from pleinsdroits.droits.moteur.variantes import Variante, variantes
from pleinsdroits.droits.moteur.version import version_des_regles
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.droits.situation.periode import verifier_le_jour
from pleinsdroits.droits.textes import marque as _
from pleinsdroits.droits.textes import phrase


def calculer(situations: Sequence[Situation], jour: date, *, ville: Path, avenir: bool = True) -> list[Bilan]:
    """
    Le bilan de chaque situation au ``jour`` (mois M), dans l'ordre. ``ville`` : dossier de la ville (fiches locales).
    ``avenir`` faux : ``ouvre_le`` n'est pas cherché, le calcul est plusieurs fois plus court.

    Les « je ne sais pas » sont essayés ; un droit dont l'état ou le montant en dépend est ``a_completer``. Ne garde et
    n'écrit rien. Lève ``JourNonCouvert`` si nos règles ne couvrent pas ce jour.
    """
    verifier_le_jour(jour)
    fiches = catalogue(ville)
    groupes = [variantes(s, jour, avenir=avenir) for s in situations]
    a_plat = [v for groupe in groupes for v in groupe]
    valeurs = evaluer([v.situation for v in a_plat], jour, sorties_demandees())
    fins = list(accumulate(len(g) for g in groupes))
    debuts = [fin - len(groupe) for fin, groupe in zip(fins, groupes, strict=True)]
    return [
        _bilan(situation, groupe, valeurs[debut:fin], jour, fiches)
        for situation, groupe, debut, fin in zip(situations, groupes, debuts, fins, strict=True)
    ]


def calculer_un(situation: Situation, jour: date, *, ville: Path) -> Bilan:
    """Le bilan d'une seule situation."""
    return calculer([situation], jour, ville=ville)[0]


def sorties_demandees() -> list[str]:
    """Les variables OpenFisca que lisent les règles, sans doublon."""
    return sorted({nom for regle in REGLES.values() for nom in regle.sorties})


def _bilan(
    situation: Situation,
    groupe: Sequence[Variante],
    valeurs: Sequence[Valeurs],
    jour: date,
    fiches: Mapping[str, Fiche],
) -> Bilan:
    reponses = [Reponses(v.situation, val, jour) for v, val in zip(groupe, valeurs, strict=True)]
    base, reste = reponses[0], list(zip(groupe[1:], reponses[1:], strict=True))
    essais = [(v, r) for v, r in reste if v.essayees]
    mois_a_venir = [(v.dans_mois, r) for v, r in reste if v.dans_mois]
    avenir = {droit: [] if jamais_sur(droit) else mois_a_venir for droit in fiches}
    resultats = [
        suivi
        for droit in fiches
        for resultat in base.get(droit) or (_sans_regle(fiches[droit], situation),)
        for suivi in avec_ouverture(avec_manques(resultat, essais), avenir[droit], situation, jour)
    ]
    noms = {f.id: f.nom for f in fiches.values()}
    departages = signaler_les_ecarts(suivre(departager(resultats, noms), noms))
    return Bilan(jour, version_des_regles(), tuple(departages), totaliser(departages, situation))


def _sans_regle(fiche: Fiche, situation: Situation) -> Resultat:
    """Une fiche que rien ne calcule : à vérifier, et pourquoi."""
    raison = fiche.calcul.aucun or _("Nous ne savons pas calculer cette aide. Demandez à quelqu’un.")
    return Resultat(fiche.id, (situation.demandeur.id,), Etat.PROBABLE, motifs=(phrase("{raison}", raison=raison),))
