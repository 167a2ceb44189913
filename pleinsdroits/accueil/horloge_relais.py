"""L'horloge d'un relais : à qui c'est d'agir, et jusqu'à quand. Tout appel à ``echeances`` pour un relais passe par ici."""

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.accueil.models import Relais, RelaisQuerySet
from pleinsdroits.echeances import horloge
from pleinsdroits.echeances.models import Echeance

REPONSE, SUITE, RENVOI, AVIS = "relais.reponse", "relais.suite", "relais.renvoi", "accueil.avis"
TYPE = Relais._meta.label_lower
Etat = Relais.Etat


def attendre_la_reponse(relais: Relais) -> None:
    """Le partenaire a la main : cinq jours ouvrés pour répondre."""
    _armer(relais, REPONSE, _("Réponse au relais"), Echeance.Main.PARTENAIRE)


def suivre_la_reponse(relais: Relais) -> None:
    """
    Pris en charge : le partenaire garde la main jusqu'à la suite. Pas pour lui, ou personne injoignable : elle revient à
    l'interlocuteur. Déjà fait : plus rien n'est attendu. Une réponse changée défait la précédente.
    """
    horloge.tenir(relais, REPONSE, le=relais.repondu_le)
    for genre in (SUITE, RENVOI):
        horloge.annuler(relais, genre)
    if relais.etat == Etat.PRIS_EN_CHARGE:
        _armer(relais, SUITE, _("Suite donnée au relais"), Echeance.Main.PARTENAIRE)
    elif relais.etat == Etat.PAS_POUR_NOUS:
        _armer(relais, RENVOI, _("Relais à adresser à quelqu’un d’autre"), Echeance.Main.VILLE)
    elif relais.etat == Etat.INJOIGNABLE:
        _armer(relais, RENVOI, _("Le partenaire n’arrive pas à joindre la personne"), Echeance.Main.VILLE)


def finir(relais: Relais) -> None:
    """Le relais est clos : l'étape en cours est faite ; une réponse jamais venue ne compte pas comme tenue."""
    for genre in (SUITE, RENVOI):
        horloge.tenir(relais, genre)
    horloge.annuler(relais, REPONSE)


def annuler(relais: Relais) -> None:
    """Le relais s'arrête : plus rien n'est attendu, et rien n'en est mesuré."""
    horloge.annuler_tout(relais)


def appeler_pour_l_avis(relais: Relais) -> None:
    """L'interlocuteur a la main : appeler la personne pour son avis."""
    _armer(relais, AVIS, _("Avis de la personne à demander par téléphone"), Echeance.Main.VILLE)


def avis_donne(relais: Relais, *, a_reprendre: bool) -> None:
    """L'avis est là ; s'il contredit la clôture, l'interlocuteur reprend la main."""
    horloge.tenir(relais, AVIS)
    if a_reprendre:
        _armer(relais, RENVOI, _("La personne dit que rien n’est réglé"), Echeance.Main.VILLE)
    else:
        horloge.annuler(relais, RENVOI)


def echeances_de(relais: Iterable[Relais]) -> dict[int, Echeance]:
    """L'échéance en cours de chaque relais, en une requête ; ceux qui n'en ont pas n'y sont pas."""
    cles = [str(un.pk) for un in relais]
    if not cles:
        return {}
    courent = Echeance.objects.en_cours().filter(type_objet=TYPE, cle_objet__in=cles).avec_main().order_by("-limite")
    return {int(e.cle_objet): e for e in courent}


def en_retard(relais: RelaisQuerySet) -> RelaisQuerySet:
    """Ceux dont l'échéance est passée."""
    passees = Echeance.objects.en_retard(timezone.now()).filter(type_objet=TYPE)
    return relais.filter(Exists(passees.filter(cle_objet=Cast(OuterRef("pk"), CharField()))))


def _armer(relais: Relais, genre: str, quoi: str, main: str) -> None:
    foyer = relais.foyer
    champs: dict[str, Any] = {"institution": relais.institution, "sujet": relais.sujet, "personne": relais.personne_id}
    if foyer:
        champs |= {"dossier": foyer.pk, "responsable": foyer.interlocuteur, "remplacant": foyer.remplacant}
    horloge.armer(genre, relais, quoi=quoi, main=main, **champs)
