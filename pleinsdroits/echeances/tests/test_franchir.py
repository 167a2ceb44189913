"""L'échelle de relances : chaque barreau à son jour, une fois, même à deux tâches."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from pydantic import ValidationError as Refus

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.echeances import horloge
from pleinsdroits.echeances.actions import franchir
from pleinsdroits.echeances.calendrier import fin_de_journee
from pleinsdroits.echeances.echelles import Delai, Echelle, Palier, echelles
from pleinsdroits.echeances.fabriques import EcheanceFabrique
from pleinsdroits.echeances.models import Echeance, Passage
from pleinsdroits.echeances.taches import franchir_ce_qui_est_du
from pleinsdroits.journal.models import Entree

MERCREDI = dt.date(2026, 11, 25)
NUIT = Acteur.systeme("nuit")
pytestmark = [pytest.mark.django_db, pytest.mark.base]


def finie_mercredi(genre, **champs):
    limite = fin_de_journee(MERCREDI)
    return EcheanceFabrique(genre=genre, debut=limite - dt.timedelta(days=20), limite=limite, **champs)


def le(jours: int, heure: int = 8) -> dt.datetime:
    """``jours`` après mercredi."""
    return fin_de_journee(MERCREDI + dt.timedelta(days=jours), dt.time(heure))


@pytest.mark.parametrize(
    ("genre", "jours", "rang"),
    [
        ("relais.reponse", 0, None),  # mercredi matin : la limite est ce soir
        ("relais.reponse", 1, 1),
        ("relais.reponse", 4, 1),  # dimanche : deux jours ouvrés seulement
        ("relais.reponse", 5, 2),  # lundi : trois
        ("relais.reponse", 9, 3),  # vendredi : sept
        ("demarches.completer", -6, None),
        ("demarches.completer", -5, 1),  # le vendredi, trois jours ouvrés avant
        ("demarches.completer", 7, 2),
    ],
)
def test_chaque_barreau_arrive_a_son_jour_ouvre(genre, jours, rang):
    finie_mercredi(genre)
    assert [e.rang_du for e in Echeance.objects.paliers_dus(le(jours))] == ([rang] if rang else [])


def test_le_palier_d_un_geste_ne_montre_que_ce_geste_et_ce_qui_n_est_pas_fait():
    echeance = finie_mercredi("relais.reponse")
    (due,) = Echeance.objects.palier_du("relais.reponse", "relancer", le(1))
    assert horloge.franchir(due, due.rang_du, "relancer")
    assert not Echeance.objects.palier_du("relais.reponse", "relancer", le(1)).exists()
    assert [e.rang_du for e in Echeance.objects.palier_du("relais.reponse", "escalader", le(9))] == [3]
    assert not Echeance.objects.palier_du("relais.suite", "relancer", le(9)).exists()
    assert not horloge.franchir(echeance, 1, "relancer")


@pytest.mark.parametrize("trait", ["tenue", "annulee", "suspendue"])
def test_ce_qui_ne_court_plus_ne_se_relance_pas(trait):
    finie_mercredi("demarches.completer", **{trait: True})
    assert not Echeance.objects.paliers_dus(le(30)).exists() and franchir_ce_qui_est_du(le(30)) == 0


def test_la_tache_fait_remonter_une_fois_et_laisse_les_relais_a_leur_piece():
    remontee, relais = finie_mercredi("demarches.completer"), finie_mercredi("relais.reponse")
    assert (franchir_ce_qui_est_du(le(30)), franchir_ce_qui_est_du(le(30))) == (1, 0)
    assert [(p.echeance, p.palier, p.quoi) for p in Passage.objects.all()] == [(remontee, 2, "escalader")]
    assert [e.remontee for e in Echeance.objects.avec_remontee().order_by("pk")] == [True, False]
    assert Entree.objects.latest("numero").verbe == "echeances.franchir" and relais.palier == 0


def test_une_faute_sur_l_une_n_arrete_pas_les_autres(monkeypatch):
    fautive, saine = finie_mercredi("demarches.completer"), finie_mercredi("demarches.preparer")
    vrai = horloge.franchir

    def casser(echeance, *reste):
        if echeance.pk == fautive.pk:
            raise RuntimeError("panne")
        return vrai(echeance, *reste)

    monkeypatch.setattr(horloge, "franchir", casser)
    assert franchir_ce_qui_est_du(le(60)) == 1
    monkeypatch.undo()
    assert franchir_ce_qui_est_du(le(60)) == 1 and Passage.objects.filter(echeance__in=[fautive, saine]).count() == 2


def test_seul_le_systeme_franchit_et_le_barreau_existe(par, agent):
    echeance = EcheanceFabrique(responsable=agent)
    with pytest.raises(PermissionDenied):
        franchir(echeance, par=par, palier=1)
    with pytest.raises(ValidationError, match="3 paliers"):
        franchir(echeance, par=NUIT, palier=4)


@pytest.mark.django_db(transaction=True)
def test_deux_taches_au_meme_instant_ne_relancent_qu_une_fois():
    echeance = finie_mercredi("relais.reponse")

    def tenter(_rang):
        try:
            return horloge.franchir(echeance, 1, "relancer")
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as fils:
        assert sorted(fils.map(tenter, range(2))) == [False, True]


def test_chaque_etape_a_un_nom_une_source_et_une_date():
    assert len(echelles()) >= 14
    for etape in echelles().values():
        assert etape.nom and (etape.source.startswith("Choix de la ville") or any(c.isdigit() for c in etape.source))


def test_une_echelle_en_desordre_et_un_delai_ambigu_sont_refuses():
    commun = {"genre": "a.b", "nom": "Essai", "source": "Choix de la ville", "verifie_le": MERCREDI}
    barreaux = [Palier(apres_jours_ouvres=n, quoi="relancer") for n in (3, 0)]
    with pytest.raises(Refus, match="du premier au dernier"):
        Echelle(**commun, delai=Delai(mois=2), paliers=barreaux)
    with pytest.raises(Refus, match="en jours ouvrés ou en mois"):
        Delai(mois=2, jours_ouvres=5)
