"""Le délai de convocation (CASF R123-16) : jusqu'à quand convoquer une séance, et pourquoi une convocation est trop tardive."""

import datetime as dt
from zoneinfo import ZoneInfo

from pleinsdroits.aides.regles.textes_de_seance import RegleDeConvocation
from pleinsdroits.droits.textes import Phrase, jour_long, phrase
from pleinsdroits.droits.textes import marque as _

PARIS = ZoneInfo("Europe/Paris")


def dernier_jour(seance: dt.date, regle: RegleDeConvocation) -> dt.date:
    """Le dernier jour où l'on peut envoyer la convocation d'une ``seance``."""
    return seance - dt.timedelta(days=regle.jours + (1 if regle.francs else 0))


def premier_jour(envoi: dt.date, regle: RegleDeConvocation) -> dt.date:
    """Le premier jour où peut se tenir une séance convoquée le jour d'``envoi``."""
    return envoi + dt.timedelta(days=regle.jours + (1 if regle.francs else 0))


def refus_de_convoquer(prevue: dt.datetime, envoi: dt.datetime, regle: RegleDeConvocation) -> Phrase | None:
    """
    La raison de ne pas convoquer à l'instant ``envoi`` une séance ``prevue``, ou ``None``. Les deux ont leur fuseau ; on
    compte des jours de Paris : un changement d'heure n'en ajoute ni n'en retire.
    """
    jour, le = prevue.astimezone(PARIS).date(), envoi.astimezone(PARIS).date()
    if le <= dernier_jour(jour, regle):
        return None
    texte = _(
        "Trop tard pour le {jour} : la convocation part {n} jours pleins avant la séance ({article}), au plus tard le "
        "{limite}. Choisissez une séance à partir du {premier}."
    )
    return phrase(
        texte,
        jour=jour_long(jour),
        n=regle.jours,
        article=regle.article,
        limite=jour_long(dernier_jour(jour, regle)),
        premier=jour_long(premier_jour(le, regle)),
    )
