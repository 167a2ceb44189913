"""Chaque ressource et chaque charge du foyer, passée au tamis du règlement : comptée ou non, pourquoi, quel article."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from pleinsdroits.droits.reglement.compte import (
    AIDE_LOGEMENT,
    Choix,
    Compte,
    Loyer,
    Periode,
    Poste,
    Ressources,
    Selection,
)
from pleinsdroits.droits.reglement.evaluation import Ligne, Manquant, Sens, Sort
from pleinsdroits.droits.reglement.libelles import NATURES, question
from pleinsdroits.droits.situation.listes import Lien
from pleinsdroits.droits.situation.modele import Personne, Revenu, Situation, age
from pleinsdroits.droits.situation.mois import Mois
from pleinsdroits.droits.textes import Phrase, euros, phrase
from pleinsdroits.droits.textes import marque as _

ZERO = Decimal(0)
MAJORITE = 18


@dataclass(frozen=True)
class Lignes:
    """Les lignes du calcul, et ce qui manque pour les chiffrer toutes."""

    lignes: tuple[Ligne, ...]
    manque: tuple[Manquant, ...]


def lire_lignes(compte: Compte, situation: Situation, jour: date) -> Lignes:
    """Les ressources et les charges du foyer à la date ``jour``, en euros par mois, triées par le ``compte``."""
    brutes = [*_ressources(compte.ressources, situation, jour)]
    if compte.charges is not None:
        brutes += [*_loyer(compte.charges.loyer, situation)]
        brutes += [*_charges(compte.charges.postes, situation)]
        brutes += [*_dettes(compte.charges.dettes, situation)]
    return Lignes(
        lignes=tuple(b for b in brutes if isinstance(b, Ligne)),
        manque=tuple(dict.fromkeys(b for b in brutes if isinstance(b, Manquant))),
    )


def _ressources(regle: Ressources, situation: Situation, jour: date) -> Iterator[Ligne | Manquant]:
    tamis = _Tamis(regle.revenus, Sens.RESSOURCE, len(situation.personnes))
    for personne in situation.personnes:
        comptee = _comptee(regle.personnes.qui, personne, jour)
        # Un revenu qu'on ne compte pas n'entame pas le plafond des autres : il a son propre tamis.
        sien = tamis if comptee else _Tamis(regle.revenus, Sens.RESSOURCE, len(situation.personnes))
        lues = [*_revenus(personne, regle.periode, sien, jour), *_independant(personne, regle.independants, jour)]
        yield from (
            lues if comptee else (_hors_champ(ligne, regle.personnes) for ligne in lues if isinstance(ligne, Ligne))
        )
    tamis = _Tamis(regle.prestations, Sens.RESSOURCE, len(situation.personnes))
    for rang, prestation in enumerate(situation.prestations):
        if prestation.montant is None:
            yield Manquant(f"situation.prestations.{rang}.montant", question(prestation.droit))
        elif prestation.droit == AIDE_LOGEMENT:
            yield _choisie(regle.aide_logement, Sens.RESSOURCE, AIDE_LOGEMENT, _argent(prestation.montant))
        else:
            yield tamis.passer(prestation.droit, _argent(prestation.montant))


def _revenus(personne: Personne, periode: Periode, tamis: "_Tamis", jour: date) -> Iterator[Ligne | Manquant]:
    if personne.revenus is None:
        yield Manquant(
            f"situation.personnes.{personne.id}.revenus", phrase(_("Combien cette personne reçoit-elle par mois ?"))
        )
        return
    moyennes: dict[str, Decimal] = {}
    for rang, revenu in enumerate(personne.revenus):
        mois = [m for m in (Mois(jour) - recul for recul in periode.reculs) if _couvre(revenu, m)]
        if revenu.montant is None and mois:
            yield Manquant(f"situation.personnes.{personne.id}.revenus.{rang}.montant", question(revenu.type))
        elif revenu.montant is not None:
            part = _argent(revenu.montant) * len(mois) / len(periode.reculs)
            moyennes[revenu.type.value] = moyennes.get(revenu.type.value, ZERO) + part
    for nature, montant in moyennes.items():
        yield tamis.passer(nature, montant)


def _independant(personne: Personne, choix: Choix, jour: date) -> Iterator[Ligne | Manquant]:
    if personne.independant is None:
        return
    connues = {a: m for a, m in personne.independant.annees.items() if m is not None and a <= jour.year}
    if not connues:
        yield Manquant(f"situation.personnes.{personne.id}.independant.annees", question("independant"))
        return
    yield _choisie(choix, Sens.RESSOURCE, "independant", _argent(connues[max(connues)]) / 12)


def _loyer(regle: Loyer, situation: Situation) -> Iterator[Ligne | Manquant]:
    logement = situation.logement
    if logement.loyer is None or logement.charges is None:
        inconnus = [n for n in ("loyer", "charges") if getattr(logement, n) is None]
        yield from (Manquant(f"situation.logement.{n}", question(n)) for n in inconnus)
        return
    brut = _argent(logement.loyer) + (_argent(logement.charges) if regle.avec_charges else ZERO)
    aide = sum((_argent(p.montant or 0) for p in situation.prestations if p.droit == AIDE_LOGEMENT), ZERO)
    if not brut:
        return
    if regle.compter == "exclu":
        yield _ligne(
            Sens.CHARGE, "loyer", brut, ZERO, Sort.EXCLUE, phrase(_("Le règlement ne compte pas le loyer.")), regle
        )
        return
    base = max(brut - aide, ZERO) if regle.compter == "net" else brut
    raison = _("Loyer moins l’aide au logement.") if regle.compter == "net" else _("Loyer entier.")
    ligne = _ligne(Sens.CHARGE, "loyer", brut, base, Sort.RETENUE, phrase(raison), regle)
    yield _plafonner(ligne, regle.plafond)


def _charges(selection: Selection, situation: Situation) -> Iterator[Ligne | Manquant]:
    if situation.charges is None:
        yield Manquant("situation.charges", phrase(_("Quelles dépenses payez-vous chaque mois ?")))
        return
    tamis = _Tamis(selection, Sens.CHARGE, len(situation.personnes))
    for rang, charge in enumerate(situation.charges):
        if charge.montant is None:
            yield Manquant(f"situation.charges.{rang}.montant", question(charge.nature))
        else:
            yield tamis.passer(charge.nature.value, _argent(charge.montant))


def _dettes(selection: Selection, situation: Situation) -> Iterator[Ligne | Manquant]:
    if situation.dettes is None:
        yield Manquant("situation.dettes", phrase(_("Avez-vous des dettes ou des crédits à rembourser ?")))
        return
    tamis = _Tamis(selection, Sens.CHARGE, len(situation.personnes), prefixe="dette_")
    for rang, dette in enumerate(situation.dettes):
        if dette.mensualite is None:
            yield Manquant(f"situation.dettes.{rang}.mensualite", question("mensualite"))
        elif dette.mensualite:
            yield tamis.passer(dette.nature.value, _argent(dette.mensualite))


class _Tamis:
    """Trie les lignes d'une sélection en se souvenant de ce que chaque plafond a déjà laissé passer."""

    def __init__(self, selection: Selection, sens: Sens, personnes: int, *, prefixe: str = ""):
        self.selection, self.sens, self.personnes, self.prefixe = selection, sens, personnes, prefixe
        self.passe: dict[int, Decimal] = {}

    def passer(self, nature: str, montant: Decimal) -> Ligne:
        rang, poste = next(((r, p) for r, p in enumerate(self.selection.compter) if nature in p.natures), (0, None))
        exclusions = [e for e in self.selection.exclure if nature in e.natures]
        if poste and exclusions:
            raison = phrase(_("Le texte dit à la fois de compter et de ne pas compter."))
            articles = poste.articles + tuple(a for e in exclusions for a in e.articles)
            return self._incertaine(nature, montant, raison, articles)
        if poste:
            return self._compter(rang, poste, nature, montant)
        if exclusions:
            raison = phrase(_("Le règlement ne compte pas cette ligne."))
            return _ligne(self.sens, self.prefixe + nature, montant, ZERO, Sort.EXCLUE, raison, exclusions[0])
        return _choisie(self.selection.sinon, self.sens, self.prefixe + nature, montant)

    def _compter(self, rang: int, poste: Poste, nature: str, montant: Decimal) -> Ligne:
        raison = phrase(_("Le règlement compte cette ligne."))
        ligne = _ligne(self.sens, self.prefixe + nature, montant, montant, Sort.RETENUE, raison, poste)
        if poste.plafond is None:
            return ligne
        total = poste.plafond * (self.personnes if poste.plafond_par == "personne" else 1)
        ligne = _plafonner(ligne, max(total - self.passe.get(rang, ZERO), ZERO))
        self.passe[rang] = self.passe.get(rang, ZERO) + ligne.retenu
        return ligne

    def _incertaine(self, nature: str, montant: Decimal, raison: Phrase, articles: tuple[str, ...]) -> Ligne:
        libelle = _libelle(self.prefixe + nature)
        return Ligne(
            self.sens,
            self.prefixe + nature,
            libelle,
            montant,
            ZERO,
            Sort.INCERTAINE,
            raison,
            articles,
            incertain=montant,
        )


def _choisie(choix: Choix, sens: Sens, nature: str, montant: Decimal) -> Ligne:
    """La ligne d'une nature réglée par un choix général (« sinon », aide au logement, indépendant)."""
    if choix.choix == "compter":
        return _ligne(
            sens, nature, montant, montant, Sort.RETENUE, phrase(_("Le règlement compte cette ligne.")), choix
        )
    if choix.choix == "exclure":
        return _ligne(
            sens, nature, montant, ZERO, Sort.EXCLUE, phrase(_("Le règlement ne compte pas cette ligne.")), choix
        )
    raison = phrase(_("Le règlement ne dit pas s’il faut la compter."))
    ligne = _ligne(sens, nature, montant, ZERO, Sort.INCERTAINE, raison, choix)
    return replace(ligne, incertain=montant)


def _ligne(sens: Sens, nature: str, montant: Decimal, retenu: Decimal, sort: Sort, raison: Phrase, source) -> Ligne:
    return Ligne(sens, nature, _libelle(nature), montant, retenu, sort, raison, source.articles, source.hypothese)


def _plafonner(ligne: Ligne, plafond: Decimal | None) -> Ligne:
    if plafond is None or ligne.retenu <= plafond:
        return ligne
    raison = phrase(_("Comptée jusqu’à {plafond} par mois."), plafond=euros(plafond))
    return replace(ligne, retenu=plafond, sort=Sort.PLAFONNEE, raison=raison)


def _hors_champ(ligne: Ligne, source) -> Ligne:
    raison = phrase(_("Le règlement ne compte pas les revenus de cette personne."))
    return replace(
        ligne,
        retenu=ZERO,
        incertain=ZERO,
        sort=Sort.EXCLUE,
        raison=raison,
        articles=source.articles,
        hypothese=source.hypothese,
    )


def _comptee(qui: str, personne: Personne, jour: date) -> bool:
    if qui == "demandeur_et_conjoint":
        return personne.lien in (Lien.DEMANDEUR, Lien.CONJOINT)
    return qui == "tout_le_foyer" or age(personne, jour) >= MAJORITE


def _couvre(revenu: Revenu, mois: Mois) -> bool:
    return (revenu.de is None or revenu.de <= mois) and (revenu.a is None or mois <= revenu.a)


def _libelle(nature: str) -> Phrase:
    return phrase(NATURES[nature]) if nature in NATURES else Phrase("{nature}", {"nature": nature})


def _argent(montant: float) -> Decimal:
    return Decimal(str(montant))


def somme(lignes: Iterable[Ligne], sens: Sens) -> Decimal:
    """Le total retenu des lignes de ce ``sens``, en euros par mois."""
    return sum((ligne.retenu for ligne in lignes if ligne.sens is sens), ZERO)
