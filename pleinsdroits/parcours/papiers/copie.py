"""La copie d'un projet sur du papier (PDF/UA-1) : la personne l'emporte, la relit, la signe si elle veut."""

import datetime as dt
from itertools import groupby
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.accueil.repondants import qui_repond
from pleinsdroits.aides.lettres.suite import adresse_du_ccas
from pleinsdroits.droits.textes import insecables, jour_long
from pleinsdroits.parcours.fige import contenu_de
from pleinsdroits.parcours.models import EtatProjet, Projet, Proposition
from pleinsdroits.socle.papier import composer

GABARIT = Path(__file__).parent / "projet.typ"


def copie_en_pdf(projet: Projet, *, grand: bool = False) -> bytes:
    """
    Le PDF de la version en attente, sinon de la dernière acceptée ; sans version, un brouillon à relire ensemble. ``grand`` :
    caractères de 18 points. L'appelant a vérifié le périmètre.
    """
    version = version_a_lire(projet)
    contenu = version.lue() if version else contenu_de(projet)
    donnees = {
        **_entete(projet, version),
        "grand": grand,
        "forces": [insecables(f.strip()) for f in contenu["forces"].splitlines() if f.strip()],
        "souhaits": insecables(contenu["souhaits"]),
        "objectifs": [_objectif(rang, o) for rang, o in enumerate(contenu["objectifs"], start=1)],
        "engagements": _engagements(contenu["engagements"]),
        "bilan": _bilan(contenu["bilan_le"]),
        "droits": [insecables(d) for d in _droits()],
        "contact": insecables(_contact(projet)),
        "accord": insecables(_accord(version)),
        "signer": version is not None and version.acceptee_le is None,
    }
    return composer(GABARIT, donnees)


def version_a_lire(projet: Projet) -> Proposition | None:
    """
    Ce que la personne a à lire : la version qui l'attend, sinon la dernière qu'elle a acceptée, tant qu'on n'en écrit pas une
    autre ; ``None`` quand il n'y a qu'un brouillon.
    """
    if projet.etat == EtatProjet.CONSTRUCTION:
        return None
    gardees = projet.propositions.filter(retiree_le__isnull=True)
    return gardees.order_by("-rang").first()


def _entete(projet: Projet, version: Proposition | None) -> dict[str, str]:
    """Le titre ne nomme personne : il part dans les métadonnées du fichier ; le nom est sur la page."""
    if version is None:
        sous_titre = _("Brouillon du %(jour)s, à relire ensemble") % {"jour": jour_long(timezone.localdate())}
        annonce = _("Ce n’est pas fini : barrez, ajoutez, changez les mots. Rien n’est décidé sans vous.")
    else:
        mots = {"n": version.rang, "jour": _jour(version.proposee_le)}
        sous_titre = _("Version %(n)d, du %(jour)s") % mots
        annonce = _("Vous avez construit ce projet avec la ville. Il ne vaut que si vous l’acceptez.")
        if version.acceptee_le:
            annonce = _("Vous avez construit ce projet avec la ville, et vous l’avez accepté.")
    nom = str(projet.personne) if projet.personne else ""
    return {
        "titre": _("Votre projet"),
        "auteur": adresse_du_ccas()[0],
        "sous_titre": insecables(" · ".join(filter(None, (nom, sous_titre)))),
        "annonce": insecables(annonce),
        "pied": insecables(_("Projet %(reference)s") % {"reference": projet.reference}),
    }


def _objectif(rang: int, lu: dict[str, Any]) -> dict[str, Any]:
    choisie = next((o for o in lu["options"] if o["choisie"]), None)
    titre = _("Objectif %(n)d : %(domaine)s") % {"n": rang, "domaine": lu["domaine"].lower()}
    return {
        "titre": insecables(titre),
        "mots": insecables(lu["mots"]),
        "options": [
            {**o, "libelle": insecables(o["libelle"]), "precision": insecables(o["precision"])} for o in lu["options"]
        ],
        "raison": insecables(choisie["raison"]) if choisie else "",
        "etapes": [insecables(_avec_date(e["libelle"], e["pour_le"])) for e in lu["etapes"]],
    }


def _engagements(lus: list[dict[str, str]]) -> list[dict[str, Any]]:
    """Par personne, « vous » d'abord."""
    ranges = sorted(lus, key=lambda e: (e["qui"] != _("vous"), e["qui"], e["pour_le"]))
    return [
        {
            "titre": qui[:1].upper() + qui[1:],
            "lignes": [insecables(_avec_date(e["quoi"], e["pour_le"])) for e in groupe],
        }
        for qui, groupe in groupby(ranges, key=lambda e: e["qui"])
    ]


def _avec_date(mots: str, pour_le: str) -> str:
    if not pour_le:
        return mots
    return _("%(mots)s, avant le %(jour)s") % {"mots": mots, "jour": jour_long(dt.date.fromisoformat(pour_le))}


def _bilan(bilan_le: str) -> str:
    if not bilan_le:
        return ""
    mots = {"jour": jour_long(dt.date.fromisoformat(bilan_le))}
    return _("Nous nous revoyons vers le %(jour)s, pour voir ce qui marche et ce qui est à changer.") % mots


def _droits() -> tuple[str, ...]:
    return (
        _("Vous pouvez le changer, faire une pause ou l’arrêter quand vous voulez, sans vous justifier."),
        _("L’arrêter n’enlève aucun droit ni aucune aide que vous avez demandés."),
        _("Seuls votre interlocuteur ou interlocutrice, et qui le remplace, le lisent."),
        _("Si quelqu’un d’autre l’ouvre, il dit pourquoi, et vous le voyez dans votre dossier."),
    )


def _contact(projet: Projet) -> str:
    if projet.foyer is None:
        return ""
    repondant = qui_repond(projet.foyer, timezone.localdate())
    return _("Une question ? %(nom)s, %(telephone)s.") % {"nom": repondant.nom, "telephone": repondant.telephone}


def _accord(version: Proposition | None) -> str:
    if version is None or version.acceptee_le is None:
        return ""
    mots = {"jour": _jour(version.acceptee_le), "mode": version.get_mode_display()}
    return _("Accepté le %(jour)s, %(mode)s.") % mots


def _jour(instant: dt.datetime) -> str:
    return jour_long(timezone.localtime(instant).date())
