"""Un règlement lu en français, point par point, avec l'article qui le dit ; et ce qui change d'un texte à l'autre."""

from collections.abc import Iterator
from dataclasses import dataclass

from pleinsdroits.droits.communes import communes
from pleinsdroits.droits.reglement.bareme import Bareme, Entre, Pour, Saison, Tranche
from pleinsdroits.droits.reglement.compte import Choix, Compte, Diviseur, Poste, Selection
from pleinsdroits.droits.reglement.dire_suites import dire_les_suites
from pleinsdroits.droits.reglement.issue import dire_bornes
from pleinsdroits.droits.reglement.libelles import NATURES
from pleinsdroits.droits.reglement.modele import (
    Age,
    Aide,
    AVerifier,
    Condition,
    Reglement,
    Residence,
)
from pleinsdroits.droits.reglement.mots import (
    AVEC_PLAFOND,
    CHOIX,
    DIVISEURS,
    EFFETS,
    LOGEMENTS,
    LOYERS,
    MONTANTS,
    NATURES_DE_COMPTE,
    NEGATIFS,
    PERIODES,
    QUI,
    TOUT,
)
from pleinsdroits.droits.reglement.points import Point, point
from pleinsdroits.droits.textes import MOIS, Phrase, euros, phrase
from pleinsdroits.droits.textes import marque as _


@dataclass(frozen=True)
class Changement:
    """Un point qui n'est plus le même : ce qu'il disait (rien : il est nouveau), ce qu'il dit (rien : il disparaît)."""

    aide: str
    rubrique: str
    avant: str
    apres: str


def dire_l_aide(reglement: Reglement, aide: Aide) -> tuple[Point, ...]:
    """Tous les points d'une ``aide``, dans l'ordre où on les lit."""
    return (
        *_conditions(aide),
        *dire_le_compte(reglement.comptes[aide.compte]),
        *_baremes(aide),
        *dire_les_suites(aide),
    )


def changements(avant: Reglement, apres: Reglement) -> tuple[Changement, ...]:
    """Ce qui change, aide par aide : nouvelle, disparue, ou point par point."""
    anciennes, nouvelles = {a.id: a for a in avant.aides}, {a.id: a for a in apres.aides}
    trouves: list[Changement] = []
    for ident in dict.fromkeys((*anciennes, *nouvelles)):
        ancienne, nouvelle = anciennes.get(ident), nouvelles.get(ident)
        if ancienne is None and nouvelle is not None:
            trouves.append(Changement(nouvelle.nom, "", "", str(phrase(_("Cette aide est nouvelle.")))))
        elif nouvelle is None and ancienne is not None:
            trouves.append(Changement(ancienne.nom, "", str(phrase(_("Cette aide disparaît."))), ""))
        elif ancienne is not None and nouvelle is not None:
            trouves += _points_changes(nouvelle.nom, dire_l_aide(avant, ancienne), dire_l_aide(apres, nouvelle))
    return tuple(trouves)


def _points_changes(nom: str, avant: tuple[Point, ...], apres: tuple[Point, ...]) -> Iterator[Changement]:
    """Rubrique par rubrique, on ne montre que les phrases qui ne sont plus dans l'autre texte."""
    for rubrique in dict.fromkeys(p.rubrique for p in (*avant, *apres)):
        anciens = [str(p.texte) for p in avant if p.rubrique == rubrique]
        nouveaux = [str(p.texte) for p in apres if p.rubrique == rubrique]
        partis, venus = [t for t in anciens if t not in nouveaux], [t for t in nouveaux if t not in anciens]
        if partis or venus:
            yield Changement(nom, rubrique, " ".join(partis), " ".join(venus))


def _conditions(aide: Aide) -> Iterator[Point]:
    for condition in aide.conditions:
        yield point(_("Pour qui"), _condition(condition), condition)


def _condition(condition: Condition) -> Phrase:
    if isinstance(condition, Residence):
        ville = communes()[condition.commune].nom
        if condition.depuis_mois:
            return phrase(_("Habiter {ville} depuis {mois} mois."), ville=ville, mois=condition.depuis_mois)
        return phrase(_("Habiter {ville}."), ville=ville)
    if isinstance(condition, Age):
        texte = _("Avoir de {mini} à {maxi} ans.") if condition.au_plus < 120 else _("Avoir au moins {mini} ans.")
        return phrase(texte, mini=condition.au_moins, maxi=condition.au_plus)
    if isinstance(condition, AVerifier):
        return phrase(_("À vérifier avec la personne : {texte}"), texte=condition.texte)
    return phrase(AUTRES_CONDITIONS[condition.type], valeurs=", ".join(_valeurs(condition)))


AUTRES_CONDITIONS = {
    "enfant": _("Avoir un enfant scolarisé : {valeurs}."),
    "logement": _("Être logé ainsi : {valeurs}."),
    "percoit": _("Selon les droits reçus : {valeurs}."),
}


def _valeurs(condition: Condition) -> list[str]:
    return [
        LOGEMENTS.get(str(v), str(v)) for nom in ("scolarite", "parmi", "droits") for v in getattr(condition, nom, ())
    ]


def dire_le_compte(compte: Compte) -> Iterator[Point]:
    """Comment on compte : l'argent reçu, les dépenses, la formule."""
    recu, depense, calcul = _("Argent reçu"), _("Dépenses"), _("Calcul")
    ressources = compte.ressources
    yield point(recu, phrase(PERIODES[ressources.periode.nature]), ressources.periode)
    yield point(recu, phrase(QUI[ressources.personnes.qui]), ressources.personnes)
    yield from _selection(recu, ressources.revenus, _("Les autres revenus"))
    yield _choix(recu, _("Les revenus d’indépendant"), ressources.independants)
    yield from _selection(recu, ressources.prestations, _("Les autres prestations"))
    yield _choix(recu, _("L’aide au logement"), ressources.aide_logement)
    if compte.charges is not None:
        loyer = compte.charges.loyer
        yield point(depense, phrase(LOYERS[loyer.compter]), loyer)
        yield from _selection(depense, compte.charges.postes, _("Les autres dépenses"))
        yield from _selection(depense, compte.charges.dettes, _("Les autres remboursements"), "dette_")
    yield point(calcul, _formule(compte), compte.diviseur)
    yield point(calcul, phrase(NEGATIFS[compte.si_negatif.choix]), compte.si_negatif)


def _formule(compte: Compte) -> Phrase:
    jours = compte.par_jour.jours if compte.par_jour else None
    mots = {"quoi": phrase(NATURES_DE_COMPTE[compte.nature]), "par": phrase(DIVISEURS[compte.diviseur.par])}
    if jours:
        return phrase(
            _("{quoi}, divisé par {jours} jours, {par}{garde}."), jours=jours, garde=_garde(compte.diviseur), **mots
        )
    return phrase(_("{quoi}, par mois, {par}{garde}."), garde=_garde(compte.diviseur), **mots)


def _garde(diviseur: Diviseur) -> Phrase | str:
    if diviseur.par == "foyer" or diviseur.garde_alternee is None:
        return ""
    poids = format(diviseur.garde_alternee.normalize(), "f").replace(".", ",")
    return phrase(_(" (un enfant en garde alternée compte pour {poids})"), poids=poids)


def _selection(rubrique: str, selection: Selection, autres: str, prefixe: str = "") -> Iterator[Point]:
    for poste in selection.compter:
        yield point(rubrique, _poste(poste, prefixe), poste)
    for exclusion in selection.exclure:
        yield point(rubrique, phrase(CHOIX["exclure"], quoi=_noms(exclusion.natures, prefixe)), exclusion)
    quoi = autres if selection.compter or selection.exclure else TOUT.get(autres, autres)
    yield _choix(rubrique, quoi, selection.sinon)


def _poste(poste: Poste, prefixe: str) -> Phrase:
    if poste.plafond is None:
        return phrase(CHOIX["compter"], quoi=_noms(poste.natures, prefixe))
    texte = _("{quoi} : on compte jusqu’à {plafond} par mois.")
    if poste.plafond_par == "personne":
        texte = _("{quoi} : on compte jusqu’à {plafond} par mois et par personne.")
    return phrase(texte, quoi=_noms(poste.natures, prefixe), plafond=euros(poste.plafond))


def _noms(natures: list, prefixe: str) -> str:
    return ", ".join(NATURES.get(prefixe + str(n), str(n)) for n in natures)


def _choix(rubrique: str, quoi: str, choix: Choix) -> Point:
    return point(rubrique, phrase(CHOIX[choix.choix], quoi=phrase(quoi)), choix)


def _baremes(aide: Aide) -> Iterator[Point]:
    for bareme in aide.baremes:
        for tranche in bareme.tranches:
            yield point(_("Montants"), _tranche(bareme, tranche), tranche)


def _tranche(bareme: Bareme, tranche: Tranche) -> Phrase:
    effet = dire_l_effet(tranche)
    public = dire_le_public(bareme.pour)
    if public:
        texte = _("{libelle} ({public}, {bornes}) : {effet}.")
        return phrase(texte, libelle=tranche.libelle, public=public, bornes=dire_bornes(tranche), effet=effet)
    texte = _("{libelle} ({bornes}) : {effet}.")
    return phrase(texte, libelle=tranche.libelle, bornes=dire_bornes(tranche), effet=effet)


def dire_l_effet(tranche: Tranche) -> Phrase:
    """Ce qu'une tranche donne : son montant, « pas d'aide », ou que le texte ne le dit pas."""
    return phrase(EFFETS[tranche.effet]) if tranche.montant is None else dire_le_montant(tranche)


def dire_le_montant(tranche: Tranche) -> Phrase:
    """« jusqu'à 300 € », « la moitié… » : le montant d'une tranche d'accord."""
    regle = tranche.montant
    lus = {n: euros(s) for n in ("montant", "plafond", "plancher") if (s := getattr(regle, n, None)) is not None}
    if (taux := getattr(regle, "taux", None)) is not None:
        lus["taux"] = format((taux * 100).normalize(), "f").replace(".", ",") + " %"
    modele = MONTANTS[regle.forme] if regle else ""
    if regle and regle.forme in AVEC_PLAFOND and "plafond" in lus:
        modele = AVEC_PLAFOND[regle.forme]
    dit = phrase(modele, **{"taux": _("un taux non publié"), **lus})
    saisons = [_saison(s) for s in getattr(regle, "saisons", [])]
    return phrase("{dit}, {saisons}", dit=dit, saisons=", ".join(saisons)) if saisons else dit


def _saison(saison: Saison) -> str:
    mois = ", ".join(MOIS[m - 1] for m in saison.mois)
    return str(phrase(_("{montant} de plus en {mois}"), montant=euros(saison.en_plus), mois=mois))


def dire_le_public(pour: Pour) -> str:
    """« en couple, enfants : 2 ou plus » ; vide si le barème vise tout le monde."""
    morceaux = [
        *_entre(pour.personnes, _("foyer de {n}")),
        *_entre(pour.adultes, _("adultes : {n}")),
        *_entre(pour.enfants, _("enfants : {n}")),
    ]
    if pour.couple is not None:
        morceaux.append(_("en couple") if pour.couple else _("sans conjoint"))
    if pour.sans_ressources is not None:
        morceaux.append(_("sans ressources") if pour.sans_ressources else _("avec des ressources"))
    morceaux += [LOGEMENTS[s] for s in (pour.logement or [])]
    morceaux += [f"{_('sauf')} {LOGEMENTS[s]}" for s in (pour.sauf_logement or [])]
    return ", ".join(morceaux)


def _entre(entre: Entre | None, modele: str) -> list[str]:
    if entre is None:
        return []
    nombre = (
        f"{entre.min}"
        if entre.max == entre.min
        else f"{entre.min} à {entre.max}"
        if entre.max
        else f"{entre.min} ou plus"
    )
    return [modele.format(n=nombre)]
