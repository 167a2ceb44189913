"""Ce qu'un relais demande pour partir, ce que vaut une réponse, quand elle se change, et l'issue que l'on montre."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pleinsdroits.accueil.models import Besoin, Relais
from pleinsdroits.accueil.regles.partage import EXPLICATION_AU_MOINS, cite
from pleinsdroits.socle.templatetags.socle import jour as en_lettres

Etat = Relais.Etat
FINS = (Etat.ABOUTI, Etat.AIDE_AUTREMENT, Etat.SANS_SUITE)
CLOS = (*FINS, Etat.ARRETE)


class Reponse(StrEnum):
    """Les quatre boutons du partenaire."""

    PRIS_EN_CHARGE = "pris_en_charge"
    PAS_POUR_NOUS = "pas_pour_nous"
    DEJA_FAIT = "deja_fait"
    INJOIGNABLE = "injoignable"


ETAT_D_UNE_REPONSE = {
    Reponse.PRIS_EN_CHARGE: Etat.PRIS_EN_CHARGE,
    Reponse.PAS_POUR_NOUS: Etat.PAS_POUR_NOUS,
    Reponse.DEJA_FAIT: Etat.ABOUTI,
    Reponse.INJOIGNABLE: Etat.INJOIGNABLE,
}
MOTS_D_UNE_REPONSE = {
    Reponse.PRIS_EN_CHARGE: gettext_lazy("Je prends en charge"),
    Reponse.PAS_POUR_NOUS: gettext_lazy("Pas pour nous"),
    Reponse.DEJA_FAIT: gettext_lazy("Déjà fait"),
    Reponse.INJOIGNABLE: gettext_lazy("Personne injoignable"),
}


@dataclass(frozen=True)
class Fond:
    """Ce qui justifie un relais : le fondement et, si c'est la loi, le cas et l'explication écrite."""

    fondement: str
    motif_legal: str = ""
    explication: str = ""


def manques(demande: str, attendu: str, fond: Fond, noms: tuple[str, ...]) -> dict[str, str]:
    """Ce qui manque pour partir, par champ ; vide si rien ne manque. ``noms`` : ceux qu'un relais sans nom doit taire."""
    fautes = {}
    if not demande.strip():
        fautes["demande"] = _("Écrivez en une phrase ce que vous demandez.")
    if not attendu.strip():
        fautes["attendu"] = _("Écrivez ce que vous attendez du partenaire.")
    if fond.fondement == Relais.Fondement.LOI:
        fautes |= _manques_de_la_loi(fond)
    if fond.fondement == Relais.Fondement.SANS_NOM:
        fautes |= _noms_cites({"demande": demande, "attendu": attendu}, noms)
    return fautes


def _manques_de_la_loi(fond: Fond) -> dict[str, str]:
    fautes = {}
    if fond.motif_legal not in Relais.MotifLegal.values:
        fautes["motif_legal"] = _("Choisissez le cas prévu par la loi.")
    if len(fond.explication.strip()) < EXPLICATION_AU_MOINS:
        fautes["explication"] = _("Expliquez pourquoi en %(n)d caractères au moins.") % {"n": EXPLICATION_AU_MOINS}
    return fautes


def _noms_cites(textes: Mapping[str, str], noms: tuple[str, ...]) -> dict[str, str]:
    trouves = {champ: cite(texte, noms) for champ, texte in textes.items()}
    refus = _("Un relais sans nom ne dit pas de qui il s’agit\u00a0: retirez «\u00a0%(nom)s\u00a0».")
    return {champ: refus % {"nom": nom} for champ, nom in trouves.items() if nom}


def verifier_la_reponse(relais: Relais, etat: str, moment: dt.datetime, *, changer: bool) -> bool:
    """
    Vrai si cette réponse change le relais, faux si elle y est déjà. Lève ``ValidationError`` si une autre réponse est
    déjà là et qu'on n'a pas demandé à la changer dans les 24 heures, ou si la ville a clos le relais.
    """
    if relais.repondu_le and relais.etat == etat:
        return False
    if ferme_par_la_ville(relais):
        raise ValidationError(_("La ville a clos ce relais\u00a0: il n’attend plus de réponse."))
    if relais.repondu_le and not (changer and changeable(relais, moment)):
        raise ValidationError(deja_repondu(relais))
    return True


def ferme_par_la_ville(relais: Relais) -> bool:
    """Clos autrement que par la réponse du partenaire : par un agent, un renvoi, un accord retiré."""
    return relais.clos_le is not None and relais.clos_le != relais.repondu_le


def changeable(relais: Relais, moment: dt.datetime) -> bool:
    """La réponse se change pendant 24 heures, tant que la ville n'en a rien fait."""
    a_temps = relais.repondu_le is not None and moment < relais.repondu_le + Relais.CHANGER_AVANT
    return a_temps and not ferme_par_la_ville(relais)


def deja_repondu(relais: Relais) -> str:
    """« Ce relais a déjà une réponse : « pris en charge », le 12 novembre 2026. »"""
    phrase = _("Ce relais a déjà une réponse\u00a0: «\u00a0%(reponse)s\u00a0», le %(jour)s.")
    return phrase % {"reponse": relais.get_etat_display(), "jour": en_lettres(relais.repondu_le)}


def issue(relais: Relais) -> str:
    """L'issue montrée d'un relais clos : ce que dit la personne passe avant ce que dit le partenaire."""
    dites = {
        Besoin.Avis.REGLE: _("réglé, dit la personne"),
        Besoin.Avis.EN_PARTIE: _("réglé en partie, dit la personne"),
        Besoin.Avis.NON: _("pas réglé, dit la personne"),
        Besoin.Avis.PAS_CONTACTEE: _("on ne l’a pas contactée, dit la personne"),
    }
    return dites[Besoin.Avis(relais.avis)] if relais.avis else str(relais.get_etat_display())


def a_reprendre(relais: Relais) -> bool:
    """La personne contredit le partenaire : rien n'est fini, l'interlocuteur reprend la main."""
    return relais.avis in (Besoin.Avis.NON, Besoin.Avis.PAS_CONTACTEE)
