"""Le calcul d'une demande : son cas, ce que répond le règlement en vigueur, ligne à ligne, corrections comprises."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.aides import budget
from pleinsdroits.aides.deja_obtenu import deja_obtenu
from pleinsdroits.aides.models import CorrectionDeLigne, Demande, EditionDuReglement
from pleinsdroits.aides.regles.double_compte import double_compte
from pleinsdroits.aides.regles.limites import DejaObtenu, plafond_de
from pleinsdroits.aides.regles.proposition import Possible, possible_de
from pleinsdroits.droits.communes import communes
from pleinsdroits.droits.reglement.cas import Cas
from pleinsdroits.droits.reglement.cas import Demande as DemandeDuCas
from pleinsdroits.droits.reglement.corrections import Correction, cles, est_comptee, reperes
from pleinsdroits.droits.reglement.entree import entree_de
from pleinsdroits.droits.reglement.evaluation import Evaluation, Ligne, Sort
from pleinsdroits.droits.reglement.evaluer import evaluer
from pleinsdroits.droits.reglement.modele import Aide, Reglement, Residence
from pleinsdroits.droits.reglement.periodes import compter
from pleinsdroits.droits.textes import Phrase
from pleinsdroits.personnes.models import Adresse, Foyer
from pleinsdroits.socle.chiffre import empreinte
from pleinsdroits.socle.recherche import normaliser

EMPREINTE = 16  # caractères


class CalculImpossible(ValueError):
    """Rien à calculer : pas de situation notée, ou pas de règlement qui décrive cette aide. Le message dit quoi faire."""


@dataclass(frozen=True)
class LigneDuCalcul:
    """
    Une ligne telle qu'elle compte (``ligne``), sous sa ``cle`` (voir ``cles_durables``) ; ``du_reglement`` : telle que le règlement la compte
    (absente pour une ligne ajoutée) ; ``correction`` : ce que l'instruction y a changé, avec sa raison et son auteur.
    """

    cle: str
    ligne: Ligne
    du_reglement: Ligne | None = None
    correction: CorrectionDeLigne | None = None

    @property
    def libelle(self) -> str:
        """Le nom de la ligne ; celui qu'on a écrit, pour une ligne ajoutée."""
        ajoutee = self.correction is not None and not self.correction.cle
        return self.correction.libelle if self.correction and ajoutee else str(self.ligne.libelle)

    @property
    def comptee(self) -> bool | None:
        """Comptée, non comptée ; ``None`` : le texte ne le dit pas et personne n'a choisi."""
        return _choix(self.ligne)

    @property
    def choix_du_reglement(self) -> bool | None:
        """De même, selon le règlement seul."""
        return _choix(self.du_reglement) if self.du_reglement else None


@dataclass(frozen=True)
class Calcul:
    """
    Un calcul entier, daté du ``jour``. ``base`` : ce que dit le règlement seul ; ``evaluation`` : corrections passées.
    ``double`` : l'aide au logement compterait deux fois, à trancher. ``possible`` : ce que l'on peut proposer.
    ``deja`` : ce que le foyer a eu pour cette aide. ``orphelines`` : des corrections dont la ligne a changé ou n'est plus
    dans la situation ; elles ne s'appliquent à rien, et l'instruction doit les reprendre avant de proposer.
    """

    jour: dt.date
    edition: EditionDuReglement
    reglement: Reglement
    aide: Aide
    cas: Cas
    base: Evaluation
    evaluation: Evaluation
    lignes: tuple[LigneDuCalcul, ...]
    corrections: tuple[CorrectionDeLigne, ...]
    possible: Possible
    double: Phrase | None
    deja: DejaObtenu
    orphelines: tuple[CorrectionDeLigne, ...]
    pures: tuple[Correction, ...]

    def en_json(self) -> dict:
        """Ce qui est gardé avec la demande (CRPA L311-3-1) : entrées, réponse, corrections, édition, date."""
        return {
            "jour": self.jour.isoformat(),
            "edition": self.edition.pk,
            "cas": self.cas.model_dump(mode="json"),
            "evaluation": self.evaluation.en_json(),
            "corrections": [
                {**pure.en_json(), "agent": c.agent_id, "le": c.le.isoformat()}
                for pure, c in zip(self.pures, self.corrections, strict=True)
            ],
            "dernier_accord": self.deja.dernier.isoformat() if self.deja.dernier else None,
        }


def calculer(demande: Demande, jour: dt.date, *, essai: Sequence[CorrectionDeLigne] | None = None) -> Calcul:
    """
    Le calcul de ``demande`` d'après le règlement en vigueur le ``jour`` (celui où l'on statue). Une aide arrêtée depuis le
    dépôt se calcule à son dernier jour : on ne perd pas un droit parce que la ville a tardé. ``essai`` : des corrections
    à essayer à la place de celles qui sont enregistrées.
    Lève ``CalculImpossible`` si rien n'est à calculer.
    """
    edition = EditionDuReglement.objects.de_l_aide(demande.aide, jour)
    if edition is None:
        raise CalculImpossible(
            _("Aucun règlement en vigueur ne décrit cette aide : demandez à qui tient le règlement.")
        )
    reglement = edition.lu()
    aide = reglement.aide(demande.aide)
    jour_lu = _jour_du_texte(aide, demande, jour)
    deja = deja_obtenu(demande, jour)
    cas = cas_de(demande, jour, reglement=reglement, deja=deja)
    base = evaluer(reglement, cas, jour_lu)
    places = dict(zip(cles_durables(base.lignes), cles(base.lignes), strict=True))
    toutes = tuple(demande.corrections.select_related("agent") if essai is None else essai)
    corrections = tuple(c for c in toutes if not c.cle or c.cle in places)
    pures = tuple(en_correction(c, places.get(c.cle, "")) for c in corrections)
    corrige = evaluer(reglement, cas, jour_lu, pures)
    return Calcul(
        jour=jour,
        edition=edition,
        reglement=reglement,
        aide=aide,
        cas=cas,
        base=base,
        evaluation=corrige,
        lignes=_lignes(base, corrige, corrections),
        corrections=corrections,
        possible=_possible(corrige, aide, cas, demande, jour),
        double=double_compte(reglement.comptes[aide.compte], corrige.lignes, pures),
        deja=deja,
        orphelines=tuple(c for c in toutes if c not in corrections),
        pures=pures,
    )


def cas_de(
    demande: Demande, jour: dt.date, *, reglement: Reglement | None = None, deja: DejaObtenu | None = None
) -> Cas:
    """
    Le cas à évaluer : la situation la plus récente du foyer, ce qu'il a obtenu pour cette aide dans les douze mois d'avant
    le ``jour``, depuis quand il habite la commune, la dérogation demandée. Lève ``CalculImpossible`` sans situation.
    """
    reglement = reglement or _reglement_de(demande.aide, jour)
    foyer = demande.foyer
    situation = foyer.situations.first() if foyer else None
    if foyer is None or situation is None:
        raise CalculImpossible(_("La situation du foyer n’est pas notée : recueillez-la avec la personne."))
    deja = deja or deja_obtenu(demande, jour)
    return Cas(
        situation=situation.situation_lue(),
        demande=DemandeDuCas(
            aide=demande.aide,
            montant=demande.montant_demande,
            accords=list(deja.accords),
            habite_depuis=habite_depuis(foyer, demande.aide, jour, reglement),
            derogation=demande.derogation or None,
        ),
        jour=jour,
    )


def habite_depuis(foyer: Foyer, aide: str, jour: dt.date, reglement: Reglement | None = None) -> dt.date | None:
    """
    Depuis quand le foyer habite la commune que demande le règlement, d'adresse en adresse sans interruption ; ``None`` si
    on ne le sait pas, ou si aucune commune n'est demandée.
    """
    commune = _commune_voulue(reglement, aide)
    if commune is None:
        return None
    depuis, attendue = None, jour
    for adresse in Adresse.objects.filter(foyer=foyer, du__lte=jour).order_by("-du", "-pk"):
        if normaliser(adresse.commune) != commune or (adresse.au is not None and adresse.au < attendue):
            break
        depuis = attendue = adresse.du
    return depuis


def en_correction(correction: CorrectionDeLigne, place: str) -> Correction:
    """La correction, telle que l'évaluateur la lit ; ``place`` : celle de sa ligne dans ce calcul, vide si elle l'ajoute."""
    return Correction(
        cle=place,
        comptee=correction.comptee,
        raison=correction.raison,
        sens=correction.sens,
        libelle=correction.libelle,
        montant=correction.montant,
    )


def cles_durables(lignes: Sequence[Ligne]) -> list[str]:
    """
    Ce qui nomme chaque ligne d'un jour à l'autre : sa nature, et l'empreinte de son repère (il dit une somme, que la base
    garde chiffrée partout ailleurs).
    """
    return [cle_durable(repere) for repere in reperes(lignes)]


def cle_durable(repere: str) -> str:
    """« charge:dette_credit:3f9a… »."""
    debut, _deux_points, suite = repere.rpartition(":")
    return f"{debut}:{empreinte(suite, f'aides.ligne:{debut}')[:EMPREINTE]}"


def entree_du_calcul(calcul: Calcul) -> str:
    """Ce que le règlement a lu, corrections comprises, sans identité : voir ``droits.reglement.entree``."""
    return entree_de(calcul.cas, calcul.jour, calcul.pures)


def calcul_garde(demande: Demande) -> dict | None:
    """Le calcul figé à la proposition, en types simples ; ``None`` avant."""
    return json.loads(demande.calcul) if demande.calcul else None


def _choix(ligne: Ligne) -> bool | None:
    return None if ligne.sort is Sort.INCERTAINE else est_comptee(ligne)


def _reglement_de(aide: str, jour: dt.date) -> Reglement | None:
    edition = EditionDuReglement.objects.de_l_aide(aide, jour)
    return edition.lu() if edition else None


def _commune_voulue(reglement: Reglement | None, aide: str) -> list[str] | None:
    conditions = reglement.aide(aide).conditions if reglement else []
    residence = next((c for c in conditions if isinstance(c, Residence)), None)
    return normaliser(communes()[residence.commune].nom) if residence else None


def _jour_du_texte(aide: Aide, demande: Demande, jour: dt.date) -> dt.date:
    arretee = aide.fermee_le is not None and timezone.localtime(demande.recue_le).date() <= aide.fermee_le < jour
    return aide.fermee_le if arretee and aide.fermee_le else jour


def _possible(evaluation: Evaluation, aide: Aide, cas: Cas, demande: Demande, jour: dt.date) -> Possible:
    ligne = budget.ligne_de(demande.aide, jour.year)
    return possible_de(
        evaluation,
        aide,
        reste_periode=_reste_de_la_periode(aide, cas, jour),
        periode=aide.plafond.periode if aide.plafond else "annee",
        reste_ligne=ligne.reste if ligne else None,
        avec_ligne=ligne is not None,
        demande=demande.montant_demande,
        motivee=bool(demande.derogation),
    )


def _reste_de_la_periode(aide: Aide, cas: Cas, jour: dt.date) -> Decimal | None:
    regle = aide.plafond
    if regle is None:
        return None
    eu = compter(cas.demande, regle.periode, jour).total
    return max(plafond_de(regle, len(cas.situation.personnes)) - eu, Decimal(0))


def _lignes(
    base: Evaluation, corrige: Evaluation, corrections: tuple[CorrectionDeLigne, ...]
) -> tuple[LigneDuCalcul, ...]:
    """Les lignes du règlement d'abord, chacune avec sa correction ; puis celles que l'instruction a ajoutées."""
    par_cle = {c.cle: c for c in corrections if c.cle}
    ajoutees = [c for c in corrections if not c.cle]
    nombre = len(base.lignes)
    lues = [
        LigneDuCalcul(cle, ligne, avant, par_cle.get(cle))
        for cle, ligne, avant in zip(cles_durables(base.lignes), corrige.lignes[:nombre], base.lignes, strict=True)
    ]
    lues += [
        LigneDuCalcul(f"ajoutee:{c.pk}", ligne, None, c)
        for c, ligne in zip(ajoutees, corrige.lignes[nombre:], strict=True)
    ]
    return tuple(lues)
