"""
Les actes sur une échéance, pour qui l'a devant soi : agent, tâche. Une pièce du dessus qui agit déjà dans son propre
acte appelle ``echeances.horloge`` : une seule ligne de journal, la sienne.
"""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Agent, Institution, Role
from pleinsdroits.echeances import horloge
from pleinsdroits.echeances.echelles import echelle
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.journal.actes import acte

SUIVENT = (Role.ACCUEIL, Role.INTERLOCUTEUR, Role.INSTRUCTEUR, "systeme")
CONFIENT = (Role.INTERLOCUTEUR, Role.INSTRUCTEUR, Role.COORDINATION, "systeme")


@acte("echeances.armer", roles=SUIVENT)
def armer(
    _rien: None,
    *,
    par: Acteur,
    genre: str,
    quoi: str,
    objet: models.Model,
    main: str,
    limite: dt.datetime | None = None,
    **champs: Any,
) -> Echeance:
    """Arme une étape sur ``objet``, ou remet à jour celle qui court (``horloge.armer``). Rend l'échéance."""
    _verifier_la_main(main, champs.get("institution"))
    return horloge.armer(genre, objet, quoi=quoi, main=main, limite=limite, **champs)


@acte("echeances.passer_la_main", roles=SUIVENT)
def passer_la_main(
    echeance: Echeance,
    *,
    par: Acteur,
    main: str,
    institution: Institution | None = None,
    organisme: str = "",
    limite: dt.datetime | None = None,
) -> None:
    """Change qui a la main, et la date si l'on en donne une. Lève ``ValidationError`` si elle est close."""
    _verifier_en_cours(echeance)
    _verifier_la_main(main, institution)
    date = {"limite": limite} if limite else {}
    horloge.donner_la_main(echeance, main, institution=institution, organisme=organisme, **date)


@acte("echeances.suspendre", roles=SUIVENT)
def suspendre(echeance: Echeance, *, par: Acteur, raison: str) -> None:
    """Met en pause ; la ``raison`` se lit avec l'échéance. Lève ``ValidationError`` sans raison, ou si elle est close."""
    _verifier_en_cours(echeance)
    if not raison.strip():
        raise ValidationError({"raison": _("Dites pourquoi le délai s’arrête.")})
    horloge.mettre_en_pause(echeance, raison.strip())


@acte("echeances.reprendre", roles=SUIVENT)
def reprendre(echeance: Echeance, *, par: Acteur) -> None:
    """Fin de la pause : la limite recule d'autant. Lève ``ValidationError`` si elle est close."""
    _verifier_en_cours(echeance)
    horloge.faire_repartir(echeance)


@acte("echeances.tenir", roles=SUIVENT)
def tenir(echeance: Echeance, *, par: Acteur, le: dt.datetime | None = None) -> None:
    """L'étape est faite, à temps ou non. Lève ``ValidationError`` si elle est close, ou faite avant d'avoir commencé."""
    _verifier_en_cours(echeance)
    instant = le or timezone.now()
    if instant < echeance.debut:
        raise ValidationError({"le": _("L’étape ne peut pas être faite avant d’avoir commencé.")})
    horloge.clore(echeance, instant)


@acte("echeances.annuler", roles=SUIVENT)
def annuler(echeance: Echeance, *, par: Acteur) -> None:
    """L'étape n'a plus lieu d'être ; la raison va au ``motif`` de l'acte. Lève ``ValidationError`` si elle est close."""
    _verifier_en_cours(echeance)
    horloge.abandonner(echeance)


@acte("echeances.franchir", roles=("systeme",))
def franchir(echeance: Echeance, *, par: Acteur, palier: int) -> None:
    """Le barreau ``palier`` (1 pour le premier) est franchi ; déjà franchi, rien ne change."""
    barreaux = echelle(echeance.genre).paliers
    if not 1 <= palier <= len(barreaux):
        raise ValidationError({"palier": _("Cette étape a %(n)d paliers.") % {"n": len(barreaux)}})
    horloge.franchir(echeance, palier, barreaux[palier - 1].quoi)


@acte("echeances.confier", roles=CONFIENT)
def confier(_rien: None, *, par: Acteur, dossier: int, responsable: Agent, remplacant: Agent | None = None) -> int:
    """Tout ce qui court dans un dossier passe à ``responsable`` ; rend le nombre d'échéances. Une ligne de journal."""
    return horloge.confier(dossier, responsable=responsable, remplacant=remplacant)


def _verifier_en_cours(echeance: Echeance) -> None:
    if echeance.etat not in Echeance.EN_COURS:
        raise ValidationError(_("Cette échéance est déjà close."))


def _verifier_la_main(main: str, institution: Institution | None) -> None:
    if main not in Echeance.Main.values:
        raise ValidationError({"main": _("« %(main)s » n’est pas quelqu’un qui peut avoir la main.") % {"main": main}})
    if main == Echeance.Main.PARTENAIRE and institution is None:
        raise ValidationError({"institution": _("Dites quel partenaire a la main.")})
