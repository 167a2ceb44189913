"""La nuit voit venir les droits : une tâche par droit et par dossier, jamais deux, et une nuit coupée reprend."""

import datetime as dt
import json

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import PermissionDenied

from pleinsdroits.comptes.fabriques import NUIT, AgentFabrique
from pleinsdroits.demarches import mouvements
from pleinsdroits.demarches.actions.mouvements import traiter
from pleinsdroits.demarches.ecarts import ecarts
from pleinsdroits.demarches.models import Mouvement, Veille
from pleinsdroits.demarches.mouvements import prevoir
from pleinsdroits.droits.moteur.calcul import calculer_un
from pleinsdroits.droits.moteur.resultats import Etat
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.personnes.fabriques import FoyerFabrique

pytestmark = pytest.mark.django_db
JOUR = dt.date(2026, 11, 26)
BIENTOT_65 = {
    "personnes": [
        {
            "id": "moi",
            "lien": "demandeur",
            "naissance": "1962-01-10",
            "nationalite": "francaise",
            "activite": "sans_activite",
            "revenus": [],
            "sante": {"couverture": "assurance_maladie", "complementaire": "aucune"},
        }
    ],
    "logement": {"commune": "94041", "statut": "locataire_hlm", "loyer": 400, "charges": 50, "entree": "2015-01-01"},
    "avis": [{"personnes": ["moi"], "annee": 2025, "rfr": 0, "parts": 1}],
    "patrimoine": {},
    "charges": [],
    "dettes": [],
}


@pytest.fixture(autouse=True)
def _le_26_novembre():
    with time_machine.travel(dt.datetime(2026, 11, 26, 10), tick=False):
        yield


@pytest.fixture
def bientot_65(foyer, calculee):
    """Un foyer dont la personne aura 65 ans le 10 janvier 2027 : le minimum vieillesse s'ouvre au 1er février."""
    lu = calculer_un(Situation.model_validate(BIENTOT_65), JOUR, ville=settings.VILLE)
    situation = calculee(foyer, lu=lu)
    situation.situation = json.dumps(BIENTOT_65)
    situation.save()
    return situation


def nuit(jour=JOUR, **options) -> int:
    return prevoir(jour, par=NUIT, ville=settings.VILLE, **options)


def test_le_minimum_vieillesse_s_annonce_trois_mois_avant(bientot_65, foyer):
    assert nuit() >= 1
    aspa = Mouvement.objects.get(droit="aspa")
    assert (aspa.sens, aspa.foyer, aspa.cause) == ("ouvre", foyer, "temps")
    assert JOUR < aspa.le <= dt.date(2027, 2, 1) and aspa.montant > 0
    echeance = Echeance.objects.sur(aspa).get()
    assert (echeance.genre, echeance.responsable) == ("demarches.droit_change", foyer.interlocuteur)


def test_les_nuits_suivantes_n_ajoutent_rien_meme_une_fois_traite(bientot_65, foyer):
    trouves = nuit()
    for n in (0, 1, 2):
        assert nuit(JOUR + dt.timedelta(days=n)) == 0
    for mouvement in Mouvement.objects.all():
        traiter(mouvement, par=foyer.interlocuteur.acteur)
        traiter(mouvement, par=foyer.interlocuteur.acteur)
    assert nuit(JOUR + dt.timedelta(days=10)) == 0
    assert Mouvement.objects.count() == trouves
    assert not Echeance.objects.en_cours().filter(genre="demarches.droit_change").exists()


def test_une_nuit_coupee_reprend_au_lot_suivant(bientot_65, calculee, monkeypatch):
    autre = FoyerFabrique()
    calculee(autre, asf=Etat.NON)
    vrai, appels = mouvements.calculer, []

    def coupe(*args, **options):
        appels.append(args)
        if len(appels) > 4:
            raise SystemExit
        return vrai(*args, **options)

    monkeypatch.setattr(mouvements, "calculer", coupe)
    with pytest.raises(SystemExit):
        nuit(lot=1)
    assert Veille.objects.count() == 1
    monkeypatch.setattr(mouvements, "calculer", vrai)
    nuit(lot=1)
    assert Veille.objects.filter(le=JOUR).count() == 2
    assert Mouvement.objects.filter(droit="aspa").count() == 1


def test_un_dossier_archive_ou_sans_calcul_n_est_pas_veille(calculee):
    calculee(FoyerFabrique(archive=True), asf=Etat.NON)
    FoyerFabrique()
    assert nuit() == 0
    assert not Veille.objects.exists()


def test_une_regle_nouvelle_se_dit_comme_telle(bilan):
    avant, apres = bilan(asf=Etat.NON, ppa=Etat.OUVERT), bilan(version="2027.1", asf=Etat.OUVERT, ppa=Etat.NON)
    trouves = {(e.droit, e.sens, e.cause) for e in ecarts(avant, [apres, apres], [JOUR, dt.date(2026, 12, 1)])}
    assert trouves == {("asf", "ouvre", "regles"), ("ppa", "ferme", "regles")}


@pytest.mark.parametrize("incertain", [Etat.PROBABLE, Etat.A_COMPLETER])
def test_un_resultat_incertain_n_annonce_rien(bilan, incertain):
    flou, sur = bilan(asf=incertain), bilan(asf=Etat.OUVERT)
    assert ecarts(flou, [sur, flou], [JOUR, dt.date(2026, 12, 1)]) == []


def test_seul_qui_suit_le_dossier_traite_le_mouvement(bientot_65):
    nuit()
    with pytest.raises(PermissionDenied):
        traiter(Mouvement.objects.first(), par=AgentFabrique(interlocuteur=True).acteur)
