"""Les délais rangés pour l'écran : la phrase que l'on retient, la courbe des douze mois."""

import datetime as dt
from dataclasses import dataclass, replace

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pleinsdroits.echeances.echelles import echelles
from pleinsdroits.echeances.mesures import Choix, Mesure, Mois, Tableaux
from pleinsdroits.socle.graphique import Cadre, Dessin, dessiner

SEUIL = 5
LARGE = Cadre(800, 340, gauche=84, droite=44, pas_x=1)
ETROIT = Cadre(340, 300, gauche=56, droite=36, haut=26, pas_x=3, lignes=4)


@dataclass(frozen=True)
class PageDesDelais:
    """Tout ce que montre « Délais ». Sans deux mois à relier, pas de dessin."""

    phrase: str
    tableaux: Tableaux
    phrase_des_mois: str
    large: Dessin | None
    etroit: Dessin | None


def presenter(tableaux: Tableaux, choix: Choix) -> PageDesDelais:
    """La page de ces ``tableaux``."""
    connus = [(rang, m) for rang, m in enumerate(tableaux.mois) if m.nombre >= SEUIL]
    assez = len(connus) >= 2
    return PageDesDelais(
        phrase=_phrase(tableaux, choix),
        tableaux=taire(tableaux, choix),
        phrase_des_mois=_phrase_des_mois(connus[0][1], connus[-1][1]) if assez else "",
        large=_dessin(tableaux.mois, connus, LARGE, "large") if assez else None,
        etroit=_dessin(tableaux.mois, connus, ETROIT, "etroit") if assez else None,
    )


def taire(tableaux: Tableaux, choix: Choix) -> Tableaux:
    """Un partenaire, un sujet à moins de cinq réponses : on ne dit pas ses chiffres ; ni, dans leur croisement, une étape."""
    etapes = _taire(tableaux.etapes) if choix.une_case else tableaux.etapes
    return replace(tableaux, etapes=etapes, institutions=_taire(tableaux.institutions), sujets=_taire(tableaux.sujets))


def _taire(mesures: list[Mesure]) -> list[Mesure]:
    return [replace(m, masquee=True) if 0 < m.nombre < SEUIL else m for m in mesures]


def _phrase(tableaux: Tableaux, choix: Choix) -> str:
    """Les relais d'abord : c'est là que quelqu'un attend ; si l'on a choisi une étape, c'est d'elle que l'on parle."""
    genre = choix.genre or "relais.reponse"
    mesure = next((m for m in tableaux.etapes if m.cle == genre), None)
    if mesure is None or mesure.nombre < SEUIL or mesure.mediane is None or mesure.un_sur_dix is None:
        mots = {"etape": echelles()[genre].nom, "n": SEUIL}
        return _("« %(etape)s » : moins de %(n)d réponses sur cette période, trop peu pour en parler.") % mots
    mots = {"moitie": _jours_ouvres(mesure.mediane), "dixieme": _jours(mesure.un_sur_dix)}
    if genre == "relais.reponse":
        return (
            _("La moitié des relais reçoivent une réponse en %(moitie)s. Un sur dix attend plus de %(dixieme)s.") % mots
        )
    mots["etape"] = mesure.nom
    return _("« %(etape)s » : la moitié en %(moitie)s, une sur dix attend plus de %(dixieme)s.") % mots


def _phrase_des_mois(premier: Mois, dernier: Mois) -> str:
    """Ce que l'on dirait de la courbe à qui ne la voit pas."""
    mots = {
        "debut": date_format(premier.jour, "F Y"),
        "avant": _jours_ouvres(premier.mediane or 0),
        "fin": date_format(dernier.jour, "F Y"),
        "apres": _jours_ouvres(dernier.mediane or 0),
    }
    return _("La moitié en %(avant)s en %(debut)s, en %(apres)s en %(fin)s.") % mots


def _dessin(mois: list[Mois], connus: list[tuple[int, Mois]], cadre: Cadre, nom: str) -> Dessin:
    """Trait plein : ce qu'une sur dix dépasse. Tirets : la moitié."""
    haute = [(float(rang), float(m.un_sur_dix or 0)) for rang, m in connus]
    basse = [(float(rang), float(m.mediane or 0)) for rang, m in connus]
    return dessiner(haute, basse, cadre, nom=nom, dire=(lambda rang: _court(mois[round(rang)].jour), _j))


def _court(jour: dt.date) -> str:
    """« juin », « juil. » : l'abréviation française, jamais ambiguë."""
    return date_format(jour, "N")


def _j(jours: float) -> str:
    return _("%(n)g j") % {"n": jours}


def _jours_ouvres(jours: int) -> str:
    return ngettext("%(n)d jour ouvré", "%(n)d jours ouvrés", jours) % {"n": jours}


def _jours(jours: int) -> str:
    return ngettext("%(n)d jour", "%(n)d jours", jours) % {"n": jours}
