"""La rapidité rangée pour l'écran du conseil : ce que l'on retient en dix secondes, puis les tableaux et la courbe."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pleinsdroits.aides.mesures import Rapidite
from pleinsdroits.aides.regles.mesure import MesureDEtape, MoisMesure, Tenue
from pleinsdroits.aides.regles.tri import Tri
from pleinsdroits.socle.graphique import Cadre, Dessin, dessiner

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

LARGE = Cadre(800, 340, gauche=84, droite=44, pas_x=1)
ETROIT = Cadre(340, 300, gauche=56, droite=36, haut=26, pas_x=3, lignes=4)


@dataclass(frozen=True)
class TenueMontree:
    """L'objectif, en mot, en forme et en couleur."""

    genre: str
    icone: str
    mot: StrPromise


TENUES = {
    Tenue.TENU: TenueMontree("ouvert", "plein", gettext_lazy("tenu")),
    Tenue.DEPASSE: TenueMontree("bientot", "horloge", gettext_lazy("dépassé 1 fois sur 10")),
    Tenue.LARGEMENT_DEPASSE: TenueMontree("retard", "alerte", gettext_lazy("dépassé 1 fois sur 2")),
}


@dataclass(frozen=True)
class LigneMesuree:
    """Une mesure et l'état de son objectif."""

    m: MesureDEtape
    tenue: TenueMontree | None
    somme: bool = False

    @classmethod
    def de(cls, mesure: MesureDEtape, *, somme: bool = False) -> LigneMesuree:
        return cls(mesure, TENUES[mesure.tenue] if mesure.tenue else None, somme)


@dataclass(frozen=True)
class Titre:
    """Un titre de colonne qui trie : ``suivant`` est ce qu'un appui demande ; ``ordre``, celui d'aujourd'hui (aria-sort)."""

    nom: StrPromise | str
    suivant: str | None
    ordre: str
    nombre: bool


TITRES = (
    ("nombre", gettext_lazy("Nombre"), True),
    ("mediane", gettext_lazy("La moitié en"), True),
    ("un_sur_dix", gettext_lazy("1 sur 10 attend plus de"), True),
    ("objectif", gettext_lazy("Objectif"), False),
    ("en_cours", gettext_lazy("En cours"), True),
    ("retard", gettext_lazy("En retard, et qui a la main"), False),
)


@dataclass(frozen=True)
class TableauDeMesures:
    """Un tableau : son ``ancre``, ses titres qui trient, ses lignes dans l'ordre choisi."""

    ancre: str
    titres: list[Titre]
    lignes: list[LigneMesuree]


@dataclass(frozen=True)
class Courbe:
    """La tendance d'une étape sur douze mois. Sans deux mois à relier, pas de dessin."""

    nom: str
    mois: tuple[MoisMesure, ...]
    phrase: str
    large: Dessin | None
    etroit: Dessin | None


@dataclass(frozen=True)
class PageDeRapidite:
    """Tout ce que montre « Rapidité des réponses »."""

    titre: str
    phrase: str
    points: list[str]
    silences: str
    etapes: TableauDeMesures
    aides: TableauDeMesures
    projets: TableauDeMesures
    courbe: Courbe
    retards: int

    @property
    def phrases(self) -> list[str]:
        """Ce que l'on retient, dans l'ordre où on le lit."""
        return [p for p in (self.phrase, *self.points, self.silences) if p]

    @property
    def vide(self) -> bool:
        """Ni fini, ni en cours : rien à mesurer."""
        return not any(ligne.m.nombre or ligne.m.masquee or ligne.m.en_cours.nombre for ligne in self.etapes.lignes)


def presenter(
    r: Rapidite, *, etape: str = "", projets: tuple[MesureDEtape, ...] = (), tri: Tri | None = None
) -> PageDeRapidite:
    """
    La page de ces mesures. ``etape`` : celle dont on montre la tendance (la réponse entière, sinon) ; ``tri`` : l'ordre des
    trois tableaux.
    """
    tri = tri or Tri()
    choisie = next((m for m in (*r.etapes, *projets) if m.cle == etape), r.reponse)
    return PageDeRapidite(
        titre=date_format(r.jour, "F Y"),
        phrase=_phrase(r.reponse),
        points=[p for p in (_ce_qui_depasse(r), _ou_ca_attend(r)) if p],
        silences=_silences(r.silences),
        etapes=en_tableau("t-etapes", _("Étape"), tri, r.etapes, somme=r.reponse),
        aides=en_tableau("t-aides", _("Aide"), tri, r.aides),
        projets=en_tableau("t-projets", _("Étape d’un projet"), tri, projets),
        courbe=_courbe(choisie),
        retards=r.retards,
    )


def en_tableau(
    ancre: str, premier: str, tri: Tri, mesures: tuple[MesureDEtape, ...], *, somme: MesureDEtape | None = None
) -> TableauDeMesures:
    """Les ``mesures`` rangées selon ``tri`` ; ``premier`` : le titre de la première colonne. La ``somme`` reste en bas."""
    lignes = [LigneMesuree.de(m) for m in tri.ranger(mesures)]
    lignes += [LigneMesuree.de(somme, somme=True)] if somme else []
    titres = [
        Titre(nom, tri.suivant(cle), _ordre(tri, cle), nombre)
        for cle, nom, nombre in (("nom", premier, False), *TITRES)
    ]
    return TableauDeMesures(ancre, titres, lignes)


def _ordre(tri: Tri, colonne: str) -> str:
    if colonne != tri.colonne:
        return ""
    return "descending" if tri.descend else "ascending"


def _phrase(m: MesureDEtape) -> str:
    """Ce que vit la personne : du dépôt à la lettre."""
    if m.mediane is None or m.un_sur_dix is None:
        return (
            _("Moins de 5 réponses sur douze mois, ou un nombre que les autres feraient deviner : on n’en dit rien.")
            if m.masquee
            else _("Pas encore de réponse envoyée sur douze mois.")
        )
    mots = {"moitie": jours(m.mediane), "dixieme": jours(m.un_sur_dix)}
    debut = (
        _("La moitié des demandes reçoivent une réponse en %(moitie)s. Une sur dix attend plus de %(dixieme)s.") % mots
    )
    if not m.objectif:
        return f"{debut} " + _("Le conseil n’a pas encore fixé d’objectif.")
    return f"{debut} " + _("Objectif du conseil : %(n)s.") % {"n": jours(m.objectif.jours)}


def _ce_qui_depasse(r: Rapidite) -> str:
    depassees = [m for m in (*r.etapes, r.reponse) if m.tenue not in (None, Tenue.TENU)]
    if not depassees:
        fixes = [m for m in (*r.etapes, r.reponse) if m.tenue == Tenue.TENU]
        return _("Tous les objectifs fixés sont tenus, neuf fois sur dix.") if fixes else ""
    noms = [
        _("%(etape)s (%(part)d %% dans l’objectif)") % {"etape": m.nom, "part": m.part_dans_l_objectif or 0}
        for m in depassees
    ]
    return _("Dépasse l’objectif : %(noms)s.") % {"noms": get_text_list(noms, _("et"))}


def _ou_ca_attend(r: Rapidite) -> str:
    """L'étape où le plus de demandes sont en retard ; à égalité, celle où la plus ancienne attend le plus."""
    pire = max(r.etapes, key=lambda m: (m.en_cours.en_retard, m.en_cours.plus_ancienne or 0))
    cours = pire.en_cours
    if not cours.en_retard:
        return ""
    texte = ngettext(
        "Là où l’on attend le plus : « %(etape)s ». %(n)d demande en retard : la main est à %(main)s.",
        "Là où l’on attend le plus : « %(etape)s ». %(n)d demandes en retard : la main est à %(main)s.",
        cours.en_retard,
    )
    mains = get_text_list([main for main, _n in cours.mains], _("et à"))
    debut = texte % {"etape": pire.nom, "n": cours.en_retard, "main": mains}
    return f"{debut} " + _("La plus ancienne attend depuis %(duree)s.") % {"duree": jours(cours.plus_ancienne or 0)}


def _silences(n: int) -> str:
    if not n:
        return ""
    return ngettext(
        "%(n)d demande attend depuis plus que le délai de la loi : sans réponse, elle est refusée. La personne peut le contester.",
        "%(n)d demandes attendent depuis plus que le délai de la loi : sans réponse, elles sont refusées. Les personnes peuvent le contester.",
        n,
    ) % {"n": n}


def _courbe(m: MesureDEtape) -> Courbe:
    connus = [(rang, mois) for rang, mois in enumerate(m.tendance) if mois.mediane is not None]
    assez = len(connus) >= 2
    return Courbe(
        nom=m.nom,
        mois=m.tendance,
        phrase=_phrase_des_mois(connus[0][1], connus[-1][1]) if assez else "",
        large=_dessin(m, connus, LARGE, "large") if assez else None,
        etroit=_dessin(m, connus, ETROIT, "etroit") if assez else None,
    )


def _phrase_des_mois(premier: MoisMesure, dernier: MoisMesure) -> str:
    """Ce que l'on dirait de la courbe à qui ne la voit pas."""
    mots = {
        "debut": date_format(premier.jour, "F Y"),
        "avant": jours(premier.mediane or 0),
        "fin": date_format(dernier.jour, "F Y"),
        "apres": jours(dernier.mediane or 0),
    }
    return _("La moitié en %(avant)s en %(debut)s, en %(apres)s en %(fin)s.") % mots


def _dessin(m: MesureDEtape, connus: list[tuple[int, MoisMesure]], cadre: Cadre, nom: str) -> Dessin:
    """Trait plein : ce qu'une sur dix dépasse. Tirets : la moitié. Pointillé : l'objectif."""
    haute = [(float(rang), float(mois.un_sur_dix or 0)) for rang, mois in connus]
    basse = [(float(rang), float(mois.mediane or 0)) for rang, mois in connus]
    niveau = (float(m.objectif.jours), _("objectif")) if m.objectif else None
    dire = (lambda rang: _court(m.tendance[round(rang)].jour), lambda j: _("%(n)g j") % {"n": j})
    return dessiner(haute, basse, cadre, nom=nom, dire=dire, niveau=niveau)


def _court(jour: dt.date) -> str:
    """« juin », « juil. » : l'abréviation française, jamais ambiguë."""
    return date_format(jour, "N")


def jours(n: int) -> str:
    """« 1 jour », « 18 jours »."""
    return ngettext("%(n)d jour", "%(n)d jours", n) % {"n": n}
