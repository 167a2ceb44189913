"""Un papier qui va périmer se rappelle une fois, avant la date ; refait ou retiré, on n'attend plus."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.personnes.actions.papiers import ajouter_un_papier, retirer_un_papier
from pleinsdroits.personnes.fabriques import FoyerFabrique
from pleinsdroits.personnes.models import Foyer
from pleinsdroits.personnes.taches import rappeler_les_papiers
from pleinsdroits.personnes.tests.test_partager import PDF

pytestmark = [pytest.mark.django_db, pytest.mark.base]
JOUR = timezone.localdate()


@pytest.fixture
def foyer():
    return FoyerFabrique(interlocuteur=AgentFabrique(interlocuteur=True))


def donner(foyer, reste: int | None, sorte="identite", personne=True):
    return ajouter_un_papier(
        None,
        par=foyer.interlocuteur.acteur,
        foyer=foyer,
        personne=foyer.demandeur() if personne else None,
        fichier=SimpleUploadedFile("titre.pdf", PDF, "application/pdf"),
        sorte=sorte,
        finalite="Aide",
        donne_par="elle",
        valable_jusqu_au=None if reste is None else JOUR + dt.timedelta(days=reste),
    )


def test_l_interlocuteur_l_apprend_une_fois_dans_le_dernier_mois(foyer):
    papier = donner(foyer, 20)
    donner(foyer, 90, "caf")
    donner(foyer, None, "livret")
    assert rappeler_les_papiers.call_local() == 1 and rappeler_les_papiers.call_local() == 0
    echeance = Echeance.objects.get()
    assert (echeance.genre, echeance.cle_objet) == ("personnes.papier_perime", str(papier.pk))
    assert (echeance.responsable, echeance.dossier) == (foyer.interlocuteur, foyer.pk)
    assert timezone.localtime(echeance.limite).date() == papier.valable_jusqu_au
    assert "pièce d’identité" in echeance.quoi


@pytest.mark.parametrize("personne", [True, False])
def test_un_papier_deja_remplace_ne_se_rappelle_pas(foyer, personne):
    donner(foyer, 20)
    donner(foyer, 400, personne=personne)
    assert rappeler_les_papiers.call_local() == 0


def test_refait_ou_retire_le_rappel_s_arrete(foyer):
    donner(foyer, 20)
    retire = donner(foyer, 20, "caf")
    assert rappeler_les_papiers.call_local() == 2
    donner(foyer, 400)
    retirer_un_papier(retire, par=foyer.interlocuteur.acteur)
    assert not Echeance.objects.en_cours().exists()
    assert sorted(Echeance.objects.values_list("etat", flat=True)) == ["annulee", "tenue"]


def test_sans_interlocuteur_ou_dossier_archive_personne_n_est_rappele(foyer):
    donner(foyer, 20)
    Foyer.objects.update(interlocuteur=None)
    assert rappeler_les_papiers.call_local() == 0
