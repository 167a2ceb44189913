"""L'horloge d'une mensualité : la personne a la main jusqu'à sa date ; passée, un seul rappel, puis quelqu'un appelle."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.aides.models import Decision, Mensualite, Paiement
from pleinsdroits.echeances import horloge
from pleinsdroits.echeances.calendrier import fin_de_journee
from pleinsdroits.echeances.models import Echeance, Passage
from pleinsdroits.personnes.models import Foyer

GENRE, TYPE = "aides.mensualite", Mensualite._meta.label_lower
RAPPEL = "relancer"
EN_VUE = dt.timedelta(days=30)


@dataclass(frozen=True)
class Suivi:
    """Ce qui a été fait d'une avance en retard : le jour du dernier rappel, et s'il faut appeler la personne."""

    rappelee_le: dt.datetime | None = None
    a_appeler: bool = False


def armer_ce_qui_vient(jour: dt.date) -> int:
    """
    Arme l'horloge des mensualités dues dans les trente jours, ou déjà passées, des avances versées. Une mensualité n'en a
    jamais qu'une : close à la main, elle ne repart pas. Rend le nombre d'horloges neuves.
    """
    deja = Echeance.objects.filter(genre=GENRE, type_objet=TYPE, cle_objet=Cast(OuterRef("pk"), CharField()))
    dues = mensualites_dues().filter(~Exists(deja), le__lte=jour + EN_VUE)
    return sum(_armer_sous_verrou(dues, cle) for cle in list(dues.values_list("pk", flat=True)))


def mensualites_dues() -> Any:
    """Pas encore rendues, d'une avance versée, à une personne dont le dossier est ouvert."""
    versee = {"paiement__forme": Decision.Forme.AVANCE, "paiement__etat": Paiement.Etat.PAYE}
    suivie = {"paiement__decision__demande__foyer__etat": Foyer.Etat.ACTIF}
    siennes = Mensualite.objects.filter(paiement__decision__demande__personne__isnull=False, **suivie)
    return siennes.filter(rendu__lt=F("montant"), **versee)


def avances_a_rappeler(instant: dt.datetime) -> list[Paiement]:
    """Les avances dont une mensualité passée attend son rappel."""
    dues = Echeance.objects.palier_du(GENRE, RAPPEL, instant).values_list("cle_objet", flat=True)
    return list(Paiement.objects.filter(mensualites__in=[int(c) for c in dues]).distinct().order_by("pk"))


def noter_le_rappel(mensualite: Mensualite) -> bool:
    """Une fois et une seule par mensualité ; faux si c'était fait, ou si rien ne court. S'appelle dans l'acte."""
    echeance = Echeance.objects.sur(mensualite).ouvertes().filter(genre=GENRE).first()
    return echeance is not None and horloge.franchir(echeance, 1, RAPPEL)


def faire_appeler(mensualite: Mensualite) -> None:
    """Aucun moyen sûr d'écrire : la main passe à qui suit la personne, dans sa journée."""
    quoi = _("Appeler, sans presser, au sujet d’une mensualité")
    horloge.passer_la_main(mensualite, GENRE, main=Echeance.Main.VILLE, quoi=quoi)


def rendue(mensualite: Mensualite) -> None:
    """La mensualité est rendue en entier : son étape est tenue."""
    horloge.tenir(mensualite, GENRE)


def annuler(avance: Paiement) -> None:
    """L'argent n'est jamais arrivé : plus rien n'est attendu."""
    for mensualite in avance.mensualites.all():
        horloge.annuler(mensualite, GENRE)


def suivis(avances: Iterable[Paiement]) -> dict[int, Suivi]:
    """Par avance, ses rappels et ce qu'il reste à faire, en trois requêtes au plus."""
    siennes = dict(Mensualite.objects.filter(paiement__in=list(avances)).values_list("pk", "paiement_id"))
    courent = Echeance.objects.en_cours().filter(genre=GENRE, type_objet=TYPE, cle_objet__in=[str(c) for c in siennes])
    lues = {e.pk: (siennes[int(e.cle_objet)], e.main) for e in courent}
    trouves: dict[int, Suivi] = {}
    for avance, main in lues.values():
        appeler = main == Echeance.Main.VILLE
        trouves[avance] = Suivi(None, appeler or trouves.get(avance, Suivi()).a_appeler)
    for passage in Passage.objects.filter(echeance__in=lues, quoi=RAPPEL).order_by("le"):
        avance = lues[passage.echeance_id][0]
        trouves[avance] = Suivi(passage.le, trouves[avance].a_appeler)
    return trouves


def a_appeler() -> Any:
    """Les clés des avances dont la personne est à appeler."""
    cles = Echeance.objects.en_cours().filter(genre=GENRE, type_objet=TYPE, main=Echeance.Main.VILLE)
    return Mensualite.objects.filter(pk__in=[int(c) for c in cles.values_list("cle_objet", flat=True)]).values(
        "paiement"
    )


@transaction.atomic
def _armer_sous_verrou(dues: Any, cle: int) -> bool:
    """Relue sous verrou : rendue à l'instant, ou armée par un autre travailleur, elle ne l'est pas une seconde fois."""
    suivie = dues.select_related("paiement__decision__demande__foyer").select_for_update(of=("self",))
    mensualite = suivie.filter(pk=cle).first()
    if mensualite:
        _armer(mensualite)
    return mensualite is not None


def _armer(mensualite: Mensualite) -> None:
    demande, limite = mensualite.paiement.decision.demande, fin_de_journee(mensualite.le)
    foyer = demande.foyer
    versee = mensualite.paiement.paye_le or timezone.now()
    horloge.armer(
        GENRE,
        mensualite,
        quoi=_("Rendre une mensualité d’une avance"),
        main=Echeance.Main.PERSONNE,
        debut=max(versee, limite - EN_VUE),
        limite=limite,
        responsable=foyer.interlocuteur if foyer else None,
        remplacant=foyer.remplacant if foyer else None,
        dossier=foyer.pk if foyer else None,
        personne=demande.personne_id,
    )
