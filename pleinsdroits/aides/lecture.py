"""Relire un calcul : ce que la personne et l'agent lisent, ligne à ligne, avec les raisons et le règlement appliqué."""

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from pleinsdroits.aides.bareme_lu import (
    BaremeLu,
    bareme_garde,
    limites_gardees,
    limites_pour_la_personne,
    qui_a_decide,
    qui_decide,
)
from pleinsdroits.aides.calcul import Calcul, calcul_garde
from pleinsdroits.aides.calcul_a_elle import est_a_elle, vit_seule_adulte
from pleinsdroits.aides.models import CorrectionDeLigne, Decision, Demande, EditionDuReglement
from pleinsdroits.droits.reglement.evaluation import Grandeur
from pleinsdroits.droits.reglement.libelles import NATURES
from pleinsdroits.droits.reglement.modele import Aide
from pleinsdroits.droits.textes import euros, insecables

ETATS = {
    "accorde_possible": _(
        "Le règlement permet un accord. C’est à la commission, ou à la présidence en urgence, de décider."
    ),
    "refuse": _(
        "Le règlement ne prévoit pas d’accord ici. C’est à la commission, ou à la présidence en urgence, de décider."
    ),
    "indetermine": _("Le règlement ne tranche pas. C’est à la commission, ou à la présidence en urgence, de décider."),
    "a_completer": _("Il manque une réponse pour calculer."),
}


@dataclass(frozen=True)
class LigneLue:
    """Une ligne : son nom, son montant et ce qui en est compté, en euros par mois, et pourquoi."""

    sens: str
    libelle: str
    montant: Decimal
    retenu: Decimal
    comptee: bool
    raison: str
    articles: tuple[str, ...]


@dataclass(frozen=True)
class CalculLu:
    """
    Un calcul prêt à lire. ``formules`` : « 462,15 € ÷ 30 ÷ 3 = 5,14 € par jour et par personne » ; ``bareme`` : toutes les
    tranches, la sienne marquée ; ``limites`` : le plafond de l'année, la fréquence ; ``decide`` : qui décide.
    """

    jour: dt.date
    edition: EditionDuReglement | None
    titre: str
    aide: str
    lignes: tuple[LigneLue, ...]
    formules: tuple[str, ...]
    tranches: tuple[str, ...]
    conclusion: str
    motifs: tuple[str, ...]
    articles: tuple[str, ...]
    hypotheses: tuple[str, ...]
    bareme: BaremeLu | None = None
    limites: tuple[str, ...] = ()
    decide: tuple[str, ...] = ()

    @property
    def ressources(self) -> list[LigneLue]:
        return [ligne for ligne in self.lignes if ligne.sens == "ressource"]

    @property
    def charges(self) -> list[LigneLue]:
        return [ligne for ligne in self.lignes if ligne.sens == "charge"]


def calcul_fige(demande: Demande) -> CalculLu | None:
    """Le calcul gardé avec la proposition, tel que l'agent le relit ; ``None`` avant."""
    garde = calcul_garde(demande)
    return relire(garde, demande) if garde else None


def calcul_pour_la_personne(decision: Decision) -> CalculLu | None:
    """
    Le calcul de la demande décidée, ses limites et qui a décidé en mots simples ; ``None`` si rien n'a été calculé, ou s'il
    lit ce qu'un autre adulte du foyer a confié. À deux adultes, ce que le foyer a déjà eu ne se dit pas : ce peut être l'aide
    de l'autre.
    """
    garde = calcul_garde(decision.demande)
    if garde is None or not est_a_elle(garde, decision.demande):
        return None
    lu, aide = relire(garde, decision.demande), _aide(garde)
    if aide is None:
        return lu
    decide = (qui_a_decide(aide, decision.decideur),)
    limites = limites_pour_la_personne(garde, aide) if vit_seule_adulte(decision.demande) else ()
    return replace(lu, limites=limites, decide=decide)


def _aide(garde: dict) -> Aide | None:
    edition = EditionDuReglement.objects.filter(pk=garde["edition"]).first()
    return edition.lu().aide(garde["evaluation"]["aide"]) if edition else None


def relire(garde: dict, demande: Demande) -> CalculLu:
    """Un calcul gardé (``Calcul.en_json``) de la ``demande``, relu avec l'édition du règlement qu'il cite."""
    evaluation = garde["evaluation"]
    edition = EditionDuReglement.objects.filter(pk=garde["edition"]).first() if garde.get("edition") else None
    regle = edition.lu() if edition else None
    aide = regle.aide(evaluation["aide"]) if regle else None
    jours = regle.comptes[aide.compte].par_jour if regle and aide else None
    return CalculLu(
        jour=dt.date.fromisoformat(garde["jour"]),
        edition=edition,
        titre=regle.titre if regle else "",
        aide=aide.nom if aide else evaluation["aide"],
        lignes=_lignes(evaluation["lignes"], garde["corrections"]),
        formules=tuple(_formule_gardee(g, jours.jours if jours else None) for g in evaluation["grandeurs"]),
        tranches=tuple(f"{t['libelle']} ({t['bornes']})" for t in evaluation["tranches"]),
        conclusion=str(ETATS[evaluation["etat"]]),
        motifs=tuple(evaluation["motifs"]),
        articles=tuple(evaluation["articles"]),
        hypotheses=tuple(evaluation["hypotheses"]),
        bareme=bareme_garde(garde, regle, aide) if regle and aide else None,
        limites=limites_gardees(garde, aide) if aide else (),
        decide=qui_decide(aide, demande.montant_propose, urgente=demande.urgente) if aide else (),
    )


def nom_de_l_orpheline(correction: CorrectionDeLigne) -> str:
    """« Mensualité de crédit » : la ligne qu'une correction visait et qui n'est plus là telle quelle."""
    nature = correction.cle.split(":")[1]
    return NATURES.get(nature, nature)


def formules(calcul: Calcul) -> list[str]:
    """« 462,15 € ÷ 30 ÷ 3 = 5,14 € par jour et par personne » ; deux lignes si le texte laisse deux lectures."""
    par_jour = calcul.reglement.comptes[calcul.aide.compte].par_jour
    return [_formule(g, par_jour.jours if par_jour else None) for g in calcul.evaluation.grandeurs]


def _formule(grandeur: Grandeur, jours: int | None) -> str:
    valeur = grandeur.valeur if grandeur.valeur is not None else grandeur.brute
    return _ecrire(grandeur.ressources - grandeur.charges, jours, grandeur.diviseur, valeur, grandeur.unite)


def _formule_gardee(grandeur: dict, jours: int | None) -> str:
    lus = {n: Decimal(str(grandeur[n])) for n in ("ressources", "charges", "diviseur", "brute")}
    valeur = lus["brute"] if grandeur["valeur"] is None else Decimal(str(grandeur["valeur"]))
    return _ecrire(lus["ressources"] - lus["charges"], jours, lus["diviseur"], valeur, grandeur["unite"])


def _ecrire(reste: Decimal, jours: int | None, diviseur: Decimal, valeur: Decimal, unite: str) -> str:
    """Une division par un ne s'écrit pas."""
    diviseurs = [str(jours)] if jours else []
    diviseurs += [format(diviseur.normalize(), "f").replace(".", ",")] if diviseur != 1 else []
    gauche = " ÷ ".join([euros(reste), *diviseurs])
    return insecables(f"{gauche} = {euros(valeur)} {unite}")


def _lignes(lignes: list[dict], corrections: list[dict]) -> tuple[LigneLue, ...]:
    par_cle = {c["cle"]: c for c in corrections if c["cle"]}
    ajoutees = iter([c for c in corrections if not c["cle"]])
    lues, vus = [], dict[str, int]()
    for ligne in lignes:
        debut = f"{ligne['sens']}:{ligne['nature']}"
        cle = f"{debut}:{vus.get(debut, 0)}"
        vus[debut] = vus.get(debut, 0) + 1
        correction = next(ajoutees) if ligne["nature"] == "ajoutee" else par_cle.get(cle)
        lues.append(_ligne(ligne, correction))
    return tuple(lues)


def _ligne(ligne: dict, correction: dict | None) -> LigneLue:
    """La raison écrite à l'étude remplace celle du règlement : c'est elle qui a décidé."""
    raison = f"{ligne['raison']} {correction['raison']}" if correction else ligne["raison"]
    return LigneLue(
        sens=ligne["sens"],
        libelle=correction["libelle"] if correction and correction["libelle"] else ligne["libelle"],
        montant=Decimal(str(ligne["montant"])),
        retenu=Decimal(str(ligne["retenu"])),
        comptee=ligne["sort"] in ("retenue", "plafonnee"),
        raison=raison,
        articles=tuple(ligne["articles"]),
    )
