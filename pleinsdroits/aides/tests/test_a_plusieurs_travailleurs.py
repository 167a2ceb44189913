"""Deux travailleurs au même instant : une horloge et un rappel par mensualité ; un seul dépôt d'un partenaire."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from pleinsdroits.accueil.fabriques_relais import LOGEMENT, PartenaireFabrique, accorder, par_lien, un_foyer, un_relais
from pleinsdroits.aides.actions.avances import rappeler
from pleinsdroits.aides.actions.deposer import deposer
from pleinsdroits.aides.fabriques import EditionFabrique
from pleinsdroits.aides.horloge_avances import armer_ce_qui_vient
from pleinsdroits.aides.models import Demande, Mensualite
from pleinsdroits.aides.taches import RELANCE
from pleinsdroits.aides.tests.versements import avance_versee
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.echeances.models import Echeance, Passage
from pleinsdroits.journal.tests.conftest import base_partagee, dans_un_fil  # noqa: F401 (des fixtures)

pytestmark = pytest.mark.base


def tente(faire):
    try:
        faire()
    except ValidationError as refus:
        return " ".join(refus.messages)
    return ""


def test_deux_travailleurs_arment_et_rappellent_une_fois(dans_un_fil):  # noqa: F811
    jour = timezone.localdate()

    def preparer():
        with transaction.atomic():
            avance = avance_versee("240.00", mensualites=4, premiere_le=jour + dt.timedelta(days=20))
            Mensualite.objects.filter(paiement=avance, rang=1).update(le=jour - dt.timedelta(days=10))
        return avance

    [avance] = dans_un_fil(preparer)
    dans_un_fil(lambda: armer_ce_qui_vient(jour), lambda: armer_ce_qui_vient(jour))
    dits = dans_un_fil(*(lambda: tente(lambda: rappeler(avance, par=RELANCE)) for _fois in range(2)))
    assert sorted(bool(d) for d in dits) == [False, True]
    faits = dans_un_fil(lambda: (Echeance.objects.filter(genre="aides.mensualite").count(), Passage.objects.count()))
    assert faits == [(1, 1)]


def test_deux_envois_du_partenaire_ne_deposent_qu_une_demande(dans_un_fil):  # noqa: F811
    def preparer():
        with transaction.atomic():
            EditionFabrique()
            caf = PartenaireFabrique()
            nadia = un_foyer(AgentFabrique(interlocuteur=True), numero="2026-00001")
            accorder(nadia, caf, LOGEMENT)
            return un_relais(nadia, caf)

    [relais] = dans_un_fil(preparer)
    qui = {"foyer": relais.foyer, "personne": relais.personne, "canal": "partenaire", "aide": "local_energie"}
    dits = dans_un_fil(
        *(lambda: tente(lambda: deposer(None, par=par_lien(relais), relais=relais, **qui)) for _fois in range(2))
    )
    assert sorted(bool(d) for d in dits) == [False, True] and "déjà demandée" in "".join(dits)
    assert dans_un_fil(Demande.objects.count) == [1]
