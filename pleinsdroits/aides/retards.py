"""
Ce qui attend, par étape, et ce qui attend trop : au-delà de l'objectif du conseil ; sans objectif, du délai de la maison
(``echelles.yaml``), de la date donnée à la personne pour ses papiers, ou de la loi (deux mois pour répondre).
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Case, Count, DateTimeField, F, Min, Q, When
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.aides.avancer import DUREES
from pleinsdroits.aides.models import Demande, Etape, EtatDemande
from pleinsdroits.aides.models.demande import DemandeQuerySet
from pleinsdroits.aides.regles.mesure import EnCours, Objectif
from pleinsdroits.echeances.calendrier import debut_de_journee
from pleinsdroits.echeances.echelles import echelle
from pleinsdroits.echeances.models import Echeance

E, MAIN = EtatDemande, Echeance.Main
UN_JOUR = dt.timedelta(days=1)
# L'étape où en est une demande, d'après son état. « Répondre » court en plus, du dépôt à la lettre.
ETATS = {
    Etape.COMPLETER: (E.RECUE, E.INCOMPLETE),
    Etape.INSTRUIRE: (E.COMPLETE,),
    Etape.DECIDER: (E.INSTRUITE, E.INSCRITE, E.AJOURNEE),
    Etape.NOTIFIER: (E.DECIDEE,),
    Etape.PAYER: (E.NOTIFIEE, E.EN_PAIEMENT),
}
ETAPE_DE = {etat: etape for etape, etats in ETATS.items() for etat in etats}
REPONDENT = (*Demande.AVANT_LA_DECISION, E.DECIDEE)
CHEZ_LA_COMMISSION = (E.INSTRUITE, E.INSCRITE)
ATTEND_L_ARGENT = Q(
    etat__in=ETATS[Etape.PAYER],
    resultat__in=(Demande.Resultat.ACCORD, Demande.Resultat.ACCORD_PARTIEL),
    montant_accorde__gt=0,
)
Objectifs = Mapping[str, Objectif]


@dataclass(frozen=True)
class Attente:
    """Les demandes d'un état et d'une aide qui attendent : combien, combien en retard (dans l'étape, pour la réponse, l'un ou l'autre)."""

    etat: str
    aide: str
    nombre: int
    retards: int
    retards_de_reponse: int
    silences: int
    en_tout: int
    depuis: dt.datetime | None
    recue: dt.datetime


def en_attente() -> DemandeQuerySet:
    """Les demandes dont une étape court, avec ``debut_etape`` : le début de celle-ci."""
    debuts = [When(etat__in=etats, then=F(DUREES[etape][0])) for etape, etats in ETATS.items()]
    debut = Case(*debuts, output_field=DateTimeField())
    return Demande.objects.filter(Q(etat__in=REPONDENT) | ATTEND_L_ARGENT).annotate(debut_etape=debut)


def en_retard(jour: dt.date, objectifs: Objectifs) -> DemandeQuerySet:
    """Celles en retard au ``jour``, dans leur étape ou pour la réponse, la plus ancienne d'abord."""
    return (
        en_attente()
        .filter(retard_d_etape(jour, objectifs) | retard_de_reponse(jour, objectifs))
        .order_by("recue_le", "pk")
    )


def retard_d_etape(jour: dt.date, objectifs: Objectifs) -> Q:
    """Celles dont l'étape en cours a trop duré."""
    tout = Q()
    for etape, etats in ETATS.items():
        tout |= Q(etat__in=etats) & _trop_long(etape, jour, objectifs.get(etape))
    return tout


def retard_de_reponse(jour: dt.date, objectifs: Objectifs) -> Q:
    """Celles qui attendent la lettre depuis trop longtemps."""
    objectif = objectifs.get(Etape.REPONDRE)
    return Q(etat__in=REPONDENT) & (_avant("recue_le", jour, objectif.jours) if objectif else silence_passe(jour))


def silence_passe(jour: dt.date) -> Q:
    """Sans réponse dans le délai de la loi : c'est un refus (CRPA L231-4 3°)."""
    return Q(etat__in=REPONDENT, silence_le__lt=jour)


def attentes(jour: dt.date, objectifs: Objectifs, aide: str = "") -> list[Attente]:
    """Ce qui attend, par état et par aide. Une requête ; ``aide`` vide : toutes."""
    ensemble = en_attente().order_by()
    lues = (ensemble.filter(aide=aide) if aide else ensemble).values("etat", "aide")
    comptees = lues.annotate(
        n=Count("*"),
        retards=Count("pk", filter=retard_d_etape(jour, objectifs)),
        reponses=Count("pk", filter=retard_de_reponse(jour, objectifs)),
        silences=Count("pk", filter=silence_passe(jour)),
        en_tout=Count("pk", filter=retard_d_etape(jour, objectifs) | retard_de_reponse(jour, objectifs)),
        depuis=Min("debut_etape"),
        recue=Min("recue_le"),
    )
    champs = ("etat", "aide", "n", "retards", "reponses", "silences", "en_tout", "depuis", "recue")
    return [Attente(*ligne) for ligne in comptees.values_list(*champs)]


def en_cours_par_etape(lues: Iterable[Attente], jour: dt.date) -> dict[str, EnCours]:
    """Pour chaque étape, « répondre » comprise, ce qui court et qui tient les retards."""
    par_etape: dict[str, list[Attente]] = defaultdict(list)
    for lue in lues:
        par_etape[ETAPE_DE[E(lue.etat)]].append(lue)
    cours = {etape: _en_cours(siennes, jour, reponse=False) for etape, siennes in par_etape.items()}
    return cours | {Etape.REPONDRE.value: reponses_en_cours(lues, jour)}


def reponses_en_cours(lues: Iterable[Attente], jour: dt.date) -> EnCours:
    """Du dépôt à la lettre, ce qui court."""
    return _en_cours([lue for lue in lues if lue.etat in REPONDENT], jour, reponse=True)


def depassements(demande: Demande, jour: dt.date, objectifs: Objectifs) -> list[str]:
    """
    Ce qu'une demande de ``en_retard`` dépasse, en mots : l'étape, la réponse entière, le délai de la loi. Chacun se juge
    comme dans la liste : par les mêmes bornes.
    """
    etape, dits = ETAPE_DE[E(demande.etat)], []
    if _etape_en_retard(demande, etape, jour, objectifs.get(etape)):
        dits.append(_("l’étape"))
    repond = demande.etat in REPONDENT
    reponse = objectifs.get(Etape.REPONDRE)
    if repond and reponse and jours_depuis(demande.recue_le, jour) > reponse.jours:
        dits.append(_("toute la réponse"))
    if repond and demande.silence_le < jour:
        dits.append(_("le délai de la loi"))
    return dits


def main_de(etat: str) -> Echeance.Main:
    """Qui a la main sur une demande dans cet état : la personne, la commission, ou la ville."""
    if etat == E.INCOMPLETE:
        return MAIN.PERSONNE
    return MAIN.COMMISSION if etat in CHEZ_LA_COMMISSION else MAIN.VILLE


def _en_cours(lues: list[Attente], jour: dt.date, *, reponse: bool) -> EnCours:
    mains: Counter[str] = Counter()
    for lue in lues:
        mains[str(main_de(lue.etat).label)] += lue.retards_de_reponse if reponse else lue.retards
    debuts = [d for lue in lues if (d := lue.recue if reponse else lue.depuis)]
    return EnCours(
        nombre=sum(lue.nombre for lue in lues),
        en_retard=mains.total(),
        plus_ancienne=max((jours_depuis(d, jour) for d in debuts), default=None),
        mains=tuple((main, n) for main, n in mains.most_common() if n),
    )


def jours_depuis(instant: dt.datetime, jour: dt.date) -> int:
    """De l'``instant`` au ``jour``, en jours calendaires ; zéro le jour même."""
    return max((jour - timezone.localtime(instant).date()).days, 0)


def _trop_long(etape: Etape, jour: dt.date, objectif: Objectif | None) -> Q:
    champ = DUREES[etape][0]
    if objectif:
        return _avant(champ, jour, objectif.jours)
    delai = Q(**{f"{champ}__lt": debut_de_journee(_dernier_en_retard(etape, jour) + UN_JOUR)})
    if etape != Etape.COMPLETER:
        return delai
    return (Q(etat=E.RECUE) & delai) | Q(etat=E.INCOMPLETE, pieces_avant_le__lt=jour)


def _etape_en_retard(demande: Demande, etape: Etape, jour: dt.date, objectif: Objectif | None) -> bool:
    if objectif is None and demande.etat == E.INCOMPLETE:
        return demande.pieces_avant_le is not None and demande.pieces_avant_le < jour
    debut = getattr(demande, DUREES[etape][0])
    if debut is None:
        return False
    if objectif:
        return jours_depuis(debut, jour) > objectif.jours
    return timezone.localtime(debut).date() <= _dernier_en_retard(etape, jour)


def _avant(champ: str, jour: dt.date, jours: int) -> Q:
    """Commencée il y a plus de ``jours`` jours."""
    return Q(**{f"{champ}__lt": debut_de_journee(jour - dt.timedelta(days=jours))})


def _dernier_en_retard(etape: Etape, jour: dt.date) -> dt.date:
    """Le dernier jour de début dont le délai de la maison est déjà passé au ``jour``."""
    delai, debut = echelle(f"aides.{etape.value}").delai, jour
    while delai.depuis(debut_de_journee(debut)) >= debut_de_journee(jour):
        debut -= UN_JOUR
    return debut
