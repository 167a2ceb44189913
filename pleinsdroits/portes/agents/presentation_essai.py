"""L'essai d'un brouillon rangé pour l'écran : la phrase que l'on retient, une barre par aide, les tableaux."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pleinsdroits.aides.models import EditionDuReglement
from pleinsdroits.aides.regles.essai import EssaiDit, LigneDite
from pleinsdroits.aides.tableau_de_l_essai import COMPOSITIONS
from pleinsdroits.socle.templatetags.socle import euros

LARGEUR = 1000
SORTES = ("gagnent", "inchangees", "perdent", "sans_reponse")


@dataclass(frozen=True)
class Morceau:
    """Un morceau de barre : sa ``sorte``, où il commence et sa largeur, sur ``LARGEUR``."""

    sorte: str
    x: int
    largeur: int


@dataclass(frozen=True)
class Rangee:
    """Une ligne montrée : son nom, ses nombres, sa barre (aucune si un nombre est tu)."""

    nom: str
    ligne: LigneDite
    barre: tuple[Morceau, ...]
    phrase: str


@dataclass(frozen=True)
class PageDeLEssai:
    """Ce qui se lit d'un essai, sur des demandes ou sur des cas chargés."""

    dit: EssaiDit
    phrase: str
    cout: str
    ecart: str
    ensemble: Rangee
    aides: list[Rangee]
    foyers: list[Rangee]


def noms_des_deux_textes(brouillon: EditionDuReglement) -> dict[str, str]:
    """Le nom de chaque aide du ``brouillon``, et de celles du texte d'où il vient."""
    avant = brouillon.issue_de.document["aides"] if brouillon.issue_de else []
    return {a["id"]: a["nom"] for a in (*avant, *brouillon.document["aides"])}


def presenter(dit: EssaiDit, noms: Mapping[str, str], *, d_un_an: bool = True) -> PageDeLEssai:
    """La page de cet essai ; ``noms`` : le nom de chaque aide ; ``d_un_an`` : des demandes de douze mois, pas un fichier."""
    sur = _(" sur douze mois") if d_un_an else ""
    return PageDeLEssai(
        dit=dit,
        phrase=_phrase(dit.ensemble),
        cout=_cout(dit.ensemble, sur),
        ecart=_("Écart%(sur)s") % {"sur": sur},
        ensemble=_rangee(_("Toutes les demandes"), dit.ensemble),
        aides=[_rangee(noms.get(ligne.cle, ligne.cle), ligne) for ligne in dit.par_aide],
        foyers=[_rangee(str(COMPOSITIONS.get(ligne.cle, ligne.cle)), ligne) for ligne in dit.par_composition],
    )


def _rangee(nom: str, ligne: LigneDite) -> Rangee:
    return Rangee(nom, ligne, _barre(ligne), _phrase(ligne))


def _barre(ligne: LigneDite) -> tuple[Morceau, ...]:
    nombres = [getattr(ligne, sorte) for sorte in SORTES]
    if None in nombres or not ligne.nombre:
        return ()
    morceaux, x = [], 0
    for sorte, nombre in zip(SORTES, nombres, strict=True):
        largeur = round(LARGEUR * nombre / ligne.nombre)
        if largeur:
            morceaux.append(Morceau(sorte, x, largeur))
        x += largeur
    return tuple(morceaux)


def _phrase(ligne: LigneDite) -> str:
    if ligne.nombre == 0:
        return _("Aucune demande étudiée sur cette période.")
    if ligne.gagnent is None or ligne.perdent is None:
        return _("Moins de cinq demandes changent, ou un nombre que les autres feraient deviner : on n’en dit rien.")
    mots = {"gagnent": _gagnent(ligne.gagnent), "perdent": _perdent(ligne.perdent), "nombre": ligne.nombre}
    if ligne.sans_reponse:
        mots["sans"] = ngettext("%(n)s reste sans réponse", "%(n)s restent sans réponse", ligne.sans_reponse) % {
            "n": ligne.sans_reponse
        }
        return _("Sur %(nombre)s demandes, %(gagnent)s, %(perdent)s, %(sans)s.") % mots
    if ligne.gagnent == ligne.perdent == 0:
        return _("Sur %(nombre)s demandes, aucune ne change.") % mots
    return _("Sur %(nombre)s demandes, %(gagnent)s et %(perdent)s.") % mots


def _gagnent(nombre: int) -> str:
    if not nombre:
        return _("aucune n’y gagne")
    return ngettext("%(n)s y gagne", "%(n)s y gagnent", nombre) % {"n": nombre}


def _perdent(nombre: int) -> str:
    if not nombre:
        return _("aucune n’y perd")
    return ngettext("%(n)s y perd", "%(n)s y perdent", nombre) % {"n": nombre}


def _cout(ligne: LigneDite, sur: str) -> str:
    if ligne.avant is None or ligne.apres is None or ligne.ecart is None:
        return ""
    mots = {"avant": euros(ligne.avant), "apres": euros(ligne.apres), "ecart": euros(abs(ligne.ecart)), "sur": sur}
    if not ligne.ecart:
        return _("Le coût%(sur)s ne change pas\u00a0: %(avant)s.") % mots
    if ligne.ecart > 0:
        return _("Coût%(sur)s\u00a0: %(apres)s au lieu de %(avant)s, soit %(ecart)s de plus.") % mots
    return _("Coût%(sur)s\u00a0: %(apres)s au lieu de %(avant)s, soit %(ecart)s de moins.") % mots
