"""Le tableau de rapidité sur du papier, pour le conseil : les étapes, les aides, les projets, douze mois. Aucun nom."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pleinsdroits.aides.mesures import Rapidite
from pleinsdroits.aides.regles.mesure import MesureDEtape, MoisMesure
from pleinsdroits.aides.regles.tri import Tri
from pleinsdroits.droits.textes import insecables, jour_long
from pleinsdroits.socle.papier import composer

GABARIT = Path(__file__).parent / "rapidite.typ"
TU = "moins de 5, ou masqué"


def rapidite_en_pdf(
    r: Rapidite, projets: Sequence[MesureDEtape], phrases: Iterable[str], *, aide: str = "", tri: Tri | None = None
) -> bytes:
    """
    Le PDF (PDF/UA-1) de la page de rapidité au jour de ``r``. ``phrases`` : ce que l'on retient, dit comme à l'écran ;
    ``aide`` : le nom de celle que l'on regarde ; ``tri`` : l'ordre choisi à l'écran. Un nombre tu s'y tait aussi.
    """
    tri = tri or Tri()
    mois = date_format(r.jour, "F Y")
    tableaux = [
        _tableau(_("Étape par étape, sur douze mois"), _("Étape"), (*tri.ranger(r.etapes), r.reponse)),
        _tableau(_("Du dépôt à la lettre, aide par aide"), _("Aide"), tri.ranger(r.aides)),
        _tableau(_("Projets d’accompagnement"), _("Étape d’un projet"), tri.ranger(projets)),
    ]
    donnees = {
        "titre": _("Rapidité des réponses, %(mois)s") % {"mois": mois},
        "auteur": _("Centre communal d’action sociale"),
        "aide": aide,
        "date": jour_long(r.jour),
        "phrases": [insecables(p) for p in phrases if p],
        "tableaux": [t for t in tableaux if t["lignes"]],
        "mois": _mois(r.reponse.tendance),
        "note": insecables(
            _(
                "Des jours du calendrier, du début à la fin de l’étape. « Moins de 5, ou masqué » : un nombre si petit, ou "
                "que les autres feraient deviner, ferait reconnaître quelqu’un."
            )
        ),
    }
    return composer(GABARIT, donnees)


def _tableau(titre: str, colonne: str, mesures: Iterable[MesureDEtape]) -> dict:
    return {"titre": titre, "colonne": colonne, "lignes": [_ligne(m) for m in mesures]}


def _ligne(m: MesureDEtape) -> list[str]:
    nombre = TU if m.masquee else str(m.nombre)
    objectif = _jours(m.objectif.jours) if m.objectif else _("pas fixé")
    part = "" if m.part_dans_l_objectif is None else f"{m.part_dans_l_objectif} %"
    nom = m.nom[:1].upper() + m.nom[1:]
    return [insecables(c) for c in (nom, nombre, _jours(m.mediane), _jours(m.un_sur_dix), objectif, part, *_cours(m))]


def _cours(m: MesureDEtape) -> tuple[str, str]:
    if m.en_cours.tu:
        return TU, _("masqué")
    mains = ", ".join(f"{main} : {n}" for main, n in m.en_cours.mains)
    return str(m.en_cours.nombre), f"{m.en_cours.en_retard} ({mains})" if mains else str(m.en_cours.en_retard)


def _mois(tendance: Sequence[MoisMesure]) -> list[list[str]]:
    """Couché pour tenir sur la page : un mois par colonne, ce qu'on en dit par ligne."""
    return [
        [_("Mois"), *(f"{date_format(m.jour, 'N')}\n{m.jour.year}" for m in tendance)],
        [_("Nombre"), *(_("masqué") if m.nombre is None else str(m.nombre) for m in tendance)],
        [_("La moitié en"), *(_jours(m.mediane) for m in tendance)],
        [_("1 sur 10 attend plus de"), *(_jours(m.un_sur_dix) for m in tendance)],
    ]


def _jours(n: int | None) -> str:
    return "" if n is None else f"{n}\u00a0j"
