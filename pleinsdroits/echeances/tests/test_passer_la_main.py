"""Passer la main et confier un dossier : qui doit agir, sans refaire partir le délai."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.fabriques import AgentFabrique, InstitutionFabrique
from pleinsdroits.echeances import horloge
from pleinsdroits.echeances.actions import confier, passer_la_main
from pleinsdroits.echeances.fabriques import EcheanceFabrique
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.journal.models import Entree

pytestmark = pytest.mark.django_db


def test_la_main_change_les_dates_restent_et_l_ancien_s_efface(agent, par):
    echeance = EcheanceFabrique(chez_un_partenaire=True, responsable=agent)
    rendue = passer_la_main(echeance, par=par, main="organisme", organisme="la CAF")
    assert (rendue.main, rendue.institution, rendue.qui()) == ("organisme", None, "la CAF")
    assert (rendue.debut, rendue.limite) == (echeance.debut, echeance.limite)


def test_une_nouvelle_date_fait_repartir_les_relances(objet):
    echeance = horloge.armer("relais.reponse", objet, quoi="Réponse", main="ville")
    horloge.franchir(echeance, 1, "relancer")
    plus_tard = timezone.now() + timezone.timedelta(days=30)
    rendue = horloge.passer_la_main(objet, "relais.reponse", main="personne", limite=plus_tard)
    assert (rendue.palier, rendue.limite, rendue.qui()) == (0, plus_tard, "la personne")
    assert horloge.franchir(rendue, 1, "relancer") and rendue.passages.count() == 2


def test_sans_echeance_il_n_y_a_pas_de_main_a_passer(objet):
    assert horloge.passer_la_main(objet, "relais.reponse", main="ville") is None


@pytest.mark.parametrize("main", ["partenaire", "personne inconnue"])
def test_un_partenaire_se_nomme(agent, par, main):
    with pytest.raises(ValidationError):
        passer_la_main(EcheanceFabrique(responsable=agent), par=par, main=main)


def test_en_pause_elle_le_reste(agent, par):
    echeance = EcheanceFabrique(suspendue=True, responsable=agent)
    partenaire = InstitutionFabrique()
    rendue = passer_la_main(echeance, par=par, main="partenaire", institution=partenaire)
    assert (rendue.etat, rendue.institution) == ("suspendue", partenaire)


def test_confier_un_dossier_deplace_ce_qui_court_en_une_ligne_de_journal(agent, par):
    courtes = [EcheanceFabrique(dossier=7), EcheanceFabrique(dossier=7, suspendue=True)]
    close, ailleurs = EcheanceFabrique(dossier=7, tenue=True), EcheanceFabrique(dossier=8)
    avant = Entree.objects.count()
    assert confier(None, par=par, dossier=7, responsable=agent) == 2
    assert Entree.objects.count() == avant + 1
    assert set(Echeance.objects.filter(responsable=agent)) == set(courtes)
    assert close.responsable != agent != ailleurs.responsable


def test_l_accueil_ne_confie_pas_un_dossier():
    with pytest.raises(PermissionDenied):
        confier(None, par=Acteur.agent(AgentFabrique()), dossier=7, responsable=AgentFabrique())
