"""Un lien envoyé ne sert qu'une fois, même si deux envois du formulaire arrivent ensemble."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.personnes.actions import liens
from pleinsdroits.personnes.fabriques import FoyerFabrique
from pleinsdroits.personnes.models import Foyer, LienPersonnel

pytestmark = [pytest.mark.base, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def nadia():
    return Foyer.demandeur(FoyerFabrique())


def _ensemble(gestes):
    rendus = []

    def faire(geste):
        try:
            rendus.append(geste())
        except PermissionDenied:
            rendus.append("refus")
        finally:
            connection.close()

    fils = [threading.Thread(target=faire, args=(g,)) for g in gestes]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    return rendus


def _lien(nadia, genre):
    return LienPersonnel.fabriquer(nadia, nadia.appartenances.get().foyer_id, genre)[0]


def test_deux_entrees_au_meme_instant_une_seule_passe(nadia):
    lien = _lien(nadia, "envoye")
    elle = Acteur.personne(str(nadia.pk))
    rendus = _ensemble([lambda: liens.entrer(lien, par=elle, reponse="12/03/1992")] * 4)
    assert sorted(map(str, rendus)) == ["True", "refus", "refus", "refus"]


def test_les_essais_manques_se_comptent_tous_meme_ensemble(nadia):
    lien = _lien(nadia, "imprime")
    elle = Acteur.personne(str(nadia.pk))
    rendus = _ensemble([lambda: liens.entrer(lien, par=elle, reponse="01/01/1990")] * 8)
    lien.refresh_from_db()
    assert lien.essais == 5 and rendus.count("refus") == 3 and rendus.count(False) == 5
    assert liens.LienPersonnel.objects.valables().count() == 0


def test_le_lien_d_une_autre_n_ouvre_rien(nadia):
    autre = Acteur.personne(str(Foyer.demandeur(FoyerFabrique()).pk))
    with pytest.raises(PermissionDenied):
        liens.entrer(_lien(nadia, "imprime"), par=autre, reponse="12/03/1992")
