"""Les besoins, dans les mots de la personne : dits, suivis, mis en pause, clos, et jugés par elle."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.accueil.models import RECOIVENT, Besoin
from pleinsdroits.accueil.perimetre import dossier_a_tenir, membre_du
from pleinsdroits.accueil.repondants import qui_tient
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.echeances import horloge
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.journal.actes import acte
from pleinsdroits.personnes.models import Foyer, Personne

NOUVELLES = "accueil.besoin"
AVIS = "accueil.avis"
ISSUES = (Besoin.Etat.RESOLU, Besoin.Etat.PARTIEL, Besoin.Etat.ABANDONNE, Besoin.Etat.NON_COUVERT)
ROUVRENT = (Besoin.Avis.NON, Besoin.Avis.PAS_CONTACTEE)


@acte("accueil.exprimer", roles=RECOIVENT)
def exprimer(
    objet: None,
    *,
    par: Acteur,
    foyer: Foyer,
    personne: Personne,
    mots: str,
    sujet: str,
    themes: Collection[str] = (),
    canal: str,
) -> Besoin:
    """
    Note ce que la personne demande ; des nouvelles lui sont dues (échelle ``accueil.besoin``).

    Lève ``PermissionDenied`` hors du périmètre, ``ValidationError`` si un champ est faux ou si la personne n'est pas
    du foyer.
    """
    dossier = dossier_a_tenir(foyer, par)
    besoin = Besoin(
        foyer=dossier,
        personne=membre_du(dossier, personne),
        mots=mots.strip(),
        sujet=sujet,
        themes=list(themes),
        canal=canal,
    )
    _verifier(besoin)
    besoin.save()
    _attendre_des_nouvelles(besoin)
    return besoin


@acte("accueil.modifier_le_besoin", roles=RECOIVENT)
def modifier_le_besoin(
    besoin: Besoin, *, par: Acteur, mots: str, sujet: str, themes: Collection[str] = (), lue: int | None = None
) -> None:
    """Change les mots, le sujet, les thématiques. Lève ``Conflit`` si la page lue a changé, ``ValidationError`` si clos."""
    besoin.changer(lue)
    _ouvert(besoin)
    besoin.mots, besoin.sujet, besoin.themes = mots.strip(), sujet, list(themes)
    _verifier(besoin)
    besoin.save()


@acte("accueil.commencer", roles=RECOIVENT)
def commencer(besoin: Besoin, *, par: Acteur) -> None:
    """Quelqu'un s'en occupe et l'a dit à la personne. Déjà en cours : rien ne change. Lève ``ValidationError`` si clos."""
    _ouvert(besoin)
    if besoin.etat != Besoin.Etat.EXPRIME:
        return
    _passer(besoin, Besoin.Etat.EN_COURS)
    horloge.tenir(besoin, NOUVELLES)


@acte("accueil.mettre_en_pause", roles=RECOIVENT)
def mettre_en_pause(besoin: Besoin, *, par: Acteur, raison: str) -> None:
    """À sa demande, on attend. Lève ``ValidationError`` si le besoin est clos ou si la raison manque."""
    _ouvert(besoin)
    besoin.raison = _raison(raison)
    _passer(besoin, Besoin.Etat.PAUSE)
    horloge.suspendre(besoin, NOUVELLES, besoin.raison[:200])


@acte("accueil.reprendre", roles=RECOIVENT)
def reprendre(besoin: Besoin, *, par: Acteur) -> None:
    """On s'y remet. Lève ``ValidationError`` si le besoin n'est pas en pause."""
    if besoin.etat != Besoin.Etat.PAUSE:
        raise ValidationError(_("Ce besoin n’est pas en pause."))
    besoin.raison = ""
    _passer(besoin, Besoin.Etat.EN_COURS)
    horloge.reprendre(besoin, NOUVELLES)


@acte("accueil.clore", roles=RECOIVENT)
def clore(besoin: Besoin, *, par: Acteur, etat: str, raison: str = "", lue: int | None = None) -> None:
    """
    L'issue vue de la ville ; la personne est ensuite interrogée (échelle ``accueil.avis``) et sa réponse fait foi.

    ``raison`` est due, sauf pour un besoin résolu. Lève ``ValidationError`` si l'issue est inconnue ou le besoin déjà
    clos, ``Conflit`` si la page lue a changé.
    """
    besoin.changer(lue)
    _ouvert(besoin)
    if etat not in ISSUES:
        raise ValidationError(
            {"etat": _("Choisissez l’issue : résolu, en partie, arrêté à sa demande, sans solution.")}
        )
    besoin.raison = raison.strip() if etat == Besoin.Etat.RESOLU else _raison(raison)
    besoin.etat = etat
    besoin.clos_le = besoin.avis_demande_le = timezone.now()
    besoin.avis, besoin.avis_le = "", None
    besoin.full_clean()
    besoin.save()
    horloge.tenir(besoin, NOUVELLES)
    _armer(besoin, AVIS, _("Demander si c’est réglé"))


@acte("accueil.donner_son_avis", roles=(*RECOIVENT, "habitant"))
def donner_son_avis(besoin: Besoin, *, par: Acteur, avis: str) -> None:
    """
    La personne dit si c'est réglé, elle-même ou au téléphone. « Non » et « on ne m’a pas contactée » rouvrent le besoin.

    Lève ``ValidationError`` si le besoin est ouvert ou la réponse inconnue.
    """
    if besoin.etat not in ISSUES:
        raise ValidationError(_("Ce besoin est encore ouvert : il n’y a pas d’avis à donner."))
    if avis not in Besoin.Avis.values:
        raise ValidationError({"avis": _("Choisissez une réponse : oui, en partie, non, ou pas contactée.")})
    besoin.avis, besoin.avis_le = avis, timezone.now()
    horloge.tenir(besoin, AVIS)
    if avis in ROUVRENT:
        besoin.clos_le = None
        _passer(besoin, Besoin.Etat.EN_COURS)
        _attendre_des_nouvelles(besoin)
    else:
        _passer(besoin, besoin.etat)


def _verifier(besoin: Besoin) -> None:
    if not besoin.mots:
        raise ValidationError({"mots": _("Écrivez ce que la personne demande, dans ses mots.")})
    besoin.full_clean(exclude=["foyer", "personne"])


def _ouvert(besoin: Besoin) -> None:
    if besoin.etat in ISSUES:
        raise ValidationError(_("Ce besoin est clos. L’avis de la personne peut le rouvrir."))


def _raison(raison: str) -> str:
    if not raison.strip():
        raise ValidationError({"raison": _("Dites pourquoi, en quelques mots.")})
    return raison.strip()


def _passer(besoin: Besoin, etat: str) -> None:
    besoin.changer(None)
    besoin.etat = etat
    besoin.full_clean()
    besoin.save()


def _attendre_des_nouvelles(besoin: Besoin) -> None:
    _armer(besoin, NOUVELLES, _("Donner des nouvelles d’un besoin"))


def _armer(besoin: Besoin, genre: str, quoi: str) -> None:
    if besoin.foyer is None:
        return
    titulaire = qui_tient(besoin.foyer, timezone.localdate())
    horloge.armer(
        genre,
        besoin,
        quoi=quoi,
        main=Echeance.Main.VILLE,
        responsable=titulaire,
        remplacant=besoin.foyer.remplacant,
        dossier=besoin.foyer_id,
        personne=besoin.personne_id,
        sujet=besoin.sujet,
    )
