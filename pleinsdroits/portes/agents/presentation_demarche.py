"""Une démarche et les euros de la ville, rangés pour l'écran : le gabarit n'a rien à calculer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pleinsdroits.demarches.calendriers import calendrier_de, fiche_de
from pleinsdroits.demarches.etapes import Avancement, Etape, Nom
from pleinsdroits.demarches.lecture import LigneDeDroit, ligne_de
from pleinsdroits.demarches.mesures import Mesures
from pleinsdroits.demarches.models import Demarche, PapierAttendu
from pleinsdroits.droits.fiche import Fiche
from pleinsdroits.droits.moteur.resultats import Resultat
from pleinsdroits.droits.textes import euros
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.socle.graphique import Cadre, Dessin, dessiner

LARGE = Cadre(800, 360, gauche=100, droite=44, pas_x=1)
ETROIT = Cadre(340, 280, gauche=96, droite=30, haut=26, pas_x=4, lignes=4)


@dataclass(frozen=True)
class Pas:
    """Une étape de l'horloge : son nom, sa date, où elle en est (classe et mot), ce que dit sa date."""

    titre: str
    jour: dt.date | None
    classe: str
    mot: str
    texte: str
    courant: bool
    certain: bool
    raisons: list[str]


@dataclass(frozen=True)
class PageDeDemarche:
    """Tout ce que montre la page d'une démarche."""

    fiche: Fiche | None
    ligne: LigneDeDroit
    echeance: Echeance | None
    pas: list[Pas]
    inconnus: list[str]
    motifs: list[str]
    a_verifier: list[str]
    papiers: list[PapierAttendu]
    manquent: int
    depuis: dt.date | None
    avant: dt.date | None


def page_de(demarche: Demarche, jour: dt.date) -> PageDeDemarche:
    """La page de ``demarche`` le ``jour`` donné."""
    echeance = Echeance.objects.sur(demarche).en_cours().avec_main().first()
    calendrier = calendrier_de(demarche, jour)
    etapes = list(calendrier.etapes) if calendrier else []
    papiers = list(demarche.papiers_attendus.select_related("papier"))
    resultat = _resultat(demarche)
    return PageDeDemarche(
        fiche=fiche_de(demarche),
        ligne=ligne_de(demarche, echeance),
        echeance=echeance,
        pas=_horloge(etapes, jour),
        inconnus=[p.en(_) for p in calendrier.inconnus] if calendrier else [],
        motifs=[p.en(_) for p in resultat.motifs] if resultat else [],
        a_verifier=[p.en(_) for p in resultat.a_verifier] if resultat else [],
        papiers=papiers,
        manquent=sum(not p.joint and p.demande_le is None for p in papiers),
        depuis=timezone.localtime(echeance.debut).date() if echeance else None,
        avant=timezone.localtime(echeance.limite).date() if echeance else None,
    )


def _resultat(demarche: Demarche) -> Resultat | None:
    """Le résultat du calcul d'où vient la démarche : ses raisons."""
    bilan = demarche.situation.bilan_lu() if demarche.situation else None
    return next(iter(bilan.droit(demarche.droit)), None) if bilan else None


def _horloge(etapes: list[Etape], jour: dt.date) -> list[Pas]:
    """La préparation se montre toujours ; le premier pas qui n'est pas fait est celui du moment."""
    pas, courant_trouve = [], False
    if not any(e.nom == Nom.PREPAREE for e in etapes):
        pas.append(Pas(str(_("Préparée")), None, "maintenant", str(_("maintenant")), "", True, True, []))
        courant_trouve = True
    for etape in etapes:
        avancement = etape.avancement(jour)
        courant = avancement != Avancement.FAIT and not courant_trouve
        courant_trouve = courant_trouve or courant
        pas.append(_pas(etape, avancement, courant))
    return pas


def _pas(etape: Etape, avancement: Avancement, courant: bool) -> Pas:
    classes = {
        Avancement.FAIT: ("fait", _("fait")),
        Avancement.PASSE: ("passe", _("date passée")),
        Avancement.A_VENIR: ("a-venir", _("à venir")),
        Avancement.SANS_DATE: ("a-venir", _("à venir, sans date")),
    }
    classe, mot = classes[avancement]
    if courant and avancement != Avancement.PASSE:
        classe, mot = "maintenant", _("maintenant")
    raisons = [r.en(_) for r in etape.raisons]
    texte = "" if etape.nom == Nom.PREPAREE else etape.phrase.en(_)  # sa date est déjà au-dessus
    return Pas(_(etape.nom.titre), etape.jour, classe, mot, texte, courant, etape.certain, raisons)


@dataclass(frozen=True)
class PageDesEuros:
    """Les chiffres de la ville : une phrase, les mesures, deux dessins (large, étroit)."""

    phrase: str
    mesures: Mesures
    large: Dessin
    etroit: Dessin


def page_des_euros(mesures: Mesures) -> PageDesEuros:
    """La première phrase se dit à voix haute ; la courbe suit douze mois."""
    haute = [(float(n), float(e.detecte)) for n, (_mois, e) in enumerate(mesures.tendance)]
    basse = [(float(n), float(e.accorde)) for n, (_mois, e) in enumerate(mesures.tendance)]
    dire = (lambda n: _mois_court(mesures.tendance[int(n)][0]), lambda v: euros(round(v)))
    dessins = [
        dessiner(haute, basse, cadre, nom=nom, dire=dire) for nom, cadre in (("large", LARGE), ("etroit", ETROIT))
    ]
    mots = {"trouve": euros(mesures.par_mois.detecte), "obtenu": euros(mesures.par_mois.accorde)}
    phrase = _("%(trouve)s par mois trouvés pour les habitants, dont %(obtenu)s par mois obtenus.") % mots
    return PageDesEuros(phrase, mesures, *dessins)


def _mois_court(mois: dt.date) -> str:
    return date_format(mois, "N")
