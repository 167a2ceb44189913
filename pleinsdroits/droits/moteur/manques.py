"""Ce que changent les « je ne sais pas » : un droit dont ils décident est « à compléter », les autres ne bougent pas."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pleinsdroits.droits.moteur.inconnues import Inconnue
from pleinsdroits.droits.moteur.resultats import Etat, Resultat
from pleinsdroits.droits.moteur.variantes import Variante
from pleinsdroits.droits.textes import Phrase, phrase
from pleinsdroits.droits.textes import marque as _

Essai = tuple[Variante, Mapping[str, tuple[Resultat, ...]]]
A_COMPLETER = phrase(_("Ce droit dépend d’une réponse que vous n’avez pas encore donnée."))
SANS_EFFET = phrase(_("Les réponses qui manquent ne changent pas ce résultat."))
CHIFFRES_SUPPOSES = phrase(_("Il manque des réponses : ces chiffres peuvent changer, pas ce résultat."))
RECU_SANS_MONTANT = phrase(_("Vous le recevez déjà. Il manque des réponses pour en vérifier le montant."))


def avec_manques(resultat: Resultat, essais: Sequence[Essai]) -> Resultat:
    """
    Le résultat de base, corrigé de ce que les ``essais`` apprennent : « à compléter » si l'un d'eux change l'état ou
    le montant de ce droit pour ces personnes ; sinon le même, sans aucun chiffre tiré d'une réponse supposée.
    """
    autres = [(v, _siens(reponses, resultat)) for v, reponses in essais]
    coupables = _coupables(_trace([resultat]), autres)
    if coupables and resultat.deja_recu is not None:
        return _sans_chiffre(resultat, RECU_SANS_MONTANT)
    if coupables:
        manques = tuple(dict.fromkeys((*resultat.manque, *(i.manque for i in coupables))))
        return replace(_sans_chiffre(resultat, A_COMPLETER), etat=Etat.A_COMPLETER, manque=manques)
    return _sur_de_lui(resultat, [r for _v, siens in autres for r in siens])


def _siens(reponses: Mapping[str, tuple[Resultat, ...]], resultat: Resultat) -> list[Resultat]:
    """Les réponses de ce droit pour ces personnes ; à défaut des mêmes groupes, celles qui en touchent une."""
    tous = reponses.get(resultat.droit, ())
    exacts = [r for r in tous if r.pour == resultat.pour]
    return exacts or [r for r in tous if set(r.pour) & set(resultat.pour)]


def _trace(resultats: Sequence[Resultat]) -> tuple:
    """Ce qui distingue une réponse d'une autre : l'état, le montant, la forme."""
    return tuple((r.etat, r.montant, r.modalite) for r in resultats)


def _coupables(reference: tuple, autres: Sequence[tuple[Variante, list[Resultat]]]) -> list[Inconnue]:
    """
    Les inconnues dont un essai change la réponse. Un coin (toutes à la fois) n'accuse que si aucun essai isolé ne
    l'a fait : c'est alors la combinaison qui compte.
    """
    changent = [v for v, siens in autres if _trace(siens) != reference]
    seules = [i for v in changent if len(v.essayees) == 1 for i in v.essayees]
    ensemble = [i for v in changent for i in v.essayees]
    # Une inconnue porte des listes : elle n'est pas hachable, d'où la recherche dans la liste.
    uniques: list[Inconnue] = []
    for inconnue in seules or ensemble:
        if inconnue not in uniques:
            uniques.append(inconnue)
    return uniques


def _sans_chiffre(resultat: Resultat, motif: Phrase) -> Resultat:
    return replace(resultat, montant=None, periodicite=None, modalite="", motifs=(motif,), intermediaires={})


def _sur_de_lui(resultat: Resultat, autres: Sequence[Resultat]) -> Resultat:
    """
    Ne garde que les phrases et les grandeurs communes à tous les essais : les autres viennent d'une supposition. Un
    refus garde sa raison, et dit que ses chiffres peuvent bouger.
    """
    motifs = tuple(m for m in resultat.motifs if all(m in r.motifs for r in autres))
    grandeurs = {
        nom: valeur
        for nom, valeur in resultat.intermediaires.items()
        if all(r.intermediaires.get(nom) == valeur for r in autres)
    }
    if resultat.etat is Etat.NON and motifs != resultat.motifs:
        return replace(resultat, motifs=(*resultat.motifs, CHIFFRES_SUPPOSES), intermediaires=grandeurs)
    return replace(resultat, motifs=motifs or (SANS_EFFET,), intermediaires=grandeurs)
