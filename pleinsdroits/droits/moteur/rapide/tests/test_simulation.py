"""Les mêmes résultats qu'OpenFisca sans accélération, bit pour bit, seul ou en lot, et depuis plusieurs fils."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import numpy as np
import pytest
from openfisca_core.errors import VariableNotFoundError
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from pleinsdroits.droits.moteur.calcul import sorties_demandees
from pleinsdroits.droits.moteur.population import situations
from pleinsdroits.droits.moteur.rapide.simulation import SimulationRapide
from pleinsdroits.droits.moteur.rapide.systemes import SystemeRapide
from pleinsdroits.droits.moteur.reference import reference
from pleinsdroits.droits.moteur.simulation import simuler
from pleinsdroits.droits.moteur.systeme import sans_corrections, systeme, systeme_ordinaire
from pleinsdroits.droits.moteur.traduction import Lot, preparer
from pleinsdroits.droits.moteur.vocabulaire import vocabulaire_de
from pleinsdroits.droits.situation.modele import Situation

JOUR = date(2026, 11, 24)
SORTIES = sorties_demandees()
FOYERS = situations(300, jour=JOUR, graine=7)


def lot_de(foyers: Sequence[Situation], jour: date = JOUR) -> Lot:
    return preparer(vocabulaire_de(systeme(), SORTIES), foyers, jour)


def calculer(tbs: TaxBenefitSystem, foyers: Sequence[Situation], jour: date = JOUR) -> dict[str, np.ndarray]:
    return reference(tbs, lot_de(foyers, jour), jour, SORTIES)


def differentes(a: dict[str, np.ndarray], b: dict[str, np.ndarray]) -> list[str]:
    """Les sorties dont le type ou un seul bit diffère."""
    assert a.keys() == b.keys()
    return [nom for nom in a if a[nom].dtype != b[nom].dtype or a[nom].tobytes() != b[nom].tobytes()]


@pytest.fixture(scope="module")
def en_lot() -> dict[str, np.ndarray]:
    return calculer(systeme(), FOYERS)


def test_trois_cents_foyers_ont_les_resultats_d_openfisca(en_lot):
    ordinaire = calculer(systeme_ordinaire(), FOYERS)
    assert differentes(en_lot, ordinaire) == []
    assert sum(v.size for v in en_lot.values()) > 20_000


def test_une_seule_valeur_deplacee_se_verrait(en_lot):
    decales = {**en_lot, "rsa": np.roll(en_lot["rsa"], 1)}
    assert differentes(en_lot, decales) == ["rsa"]


@pytest.mark.parametrize("jour", [date(2024, 5, 15), date(2025, 12, 1), date(2027, 1, 10)], ids=str)
def test_a_une_autre_date_aussi(jour):
    foyers = situations(40, jour=jour, graine=jour.year)
    assert differentes(calculer(systeme(), foyers, jour), calculer(systeme_ordinaire(), foyers, jour)) == []


def test_sans_nos_corrections_aussi():
    sans = sans_corrections()
    assert differentes(calculer(systeme(sans), FOYERS[:40]), calculer(systeme_ordinaire(sans), FOYERS[:40])) == []


def test_seul_comme_en_lot(en_lot):
    lot, vocabulaire = lot_de(FOYERS), vocabulaire_de(systeme(), SORTIES)
    personnes = np.array([len(f.personnes) for f in FOYERS])
    de_qui = {"individu": np.repeat(np.arange(len(FOYERS)), personnes)}
    for entite, groupe in lot.groupes.items():
        de_qui[entite] = np.zeros(groupe.effectif, int)
        de_qui[entite][groupe.rang] = de_qui["individu"]
    for rang in range(0, len(FOYERS), 12):
        seul = calculer(systeme(), [FOYERS[rang]])
        sien = {nom: v[de_qui[vocabulaire[nom].entite] == rang] for nom, v in en_lot.items()}
        assert differentes(seul, sien) == [], rang


def test_plusieurs_fils_a_la_fois_ont_chacun_leur_reponse(en_lot):
    """Sur un système neuf : ses paramètres s'ouvrent pendant que tous calculent."""
    neuf = SystemeRapide(systeme())
    morceaux = [FOYERS[:40], FOYERS[40:80], FOYERS[80:120], FOYERS[:40]]
    with ThreadPoolExecutor(4) as fils:
        ensemble = list(fils.map(lambda foyers: calculer(neuf, foyers), morceaux))
    for foyers, resultat in zip(morceaux, ensemble, strict=True):
        assert differentes(resultat, calculer(systeme(), foyers)) == []


def test_une_simulation_suivie_a_la_trace_demande_les_memes_calculs():
    """Nos raccourcis ne changent ni l'ordre ni la liste de ce qu'une formule demande."""
    traces = []
    for tbs in (systeme(), systeme_ordinaire()):
        simulation = simuler(tbs, lot_de(FOYERS[:3]), JOUR)
        simulation.trace = True
        for nom in ("rsa", "aide_logement", "css_cmu_base_ressources"):
            simulation.calculate(nom, "2026-11")
        traces.append([(noeud.name, str(noeud.period)) for noeud in simulation.tracer.browse_trace()])
    assert len(traces[0]) > 1000
    assert traces[0] == traces[1]


def fratries(familles: int, enfants: int) -> SimulationRapide:
    """Des familles d'un parent et de plusieurs enfants, sans rien d'autre."""
    constructeur = SimulationBuilder()
    constructeur.create_entities(systeme())
    constructeur.declare_person_entity("individu", list(range(familles * (1 + enfants))))
    instance = constructeur.declare_entity("famille", list(range(familles)))
    roles = np.tile(np.array(["demandeur"] + ["enfant"] * enfants), familles)
    constructeur.join_with_persons(instance, np.repeat(np.arange(familles), 1 + enfants), roles=roles)
    return SimulationRapide(systeme(), constructeur.populations)


@pytest.mark.parametrize(("familles", "enfants"), [(1, 3), (5, 3), (400, 3), (1, 40), (50, 40)])
def test_entre_enfants_du_meme_age_l_ordre_d_arrivee_tranche(familles, enfants):
    """Une fratrie de quarante n'existe pas : c'est la largeur où le tri ordinaire de numpy mélange les égaux partout."""
    simulation = fratries(familles, enfants)
    ages = np.tile([30.0] + [8.0] * enfants, familles)
    rangs = simulation.individu.get_rank(simulation.famille, -ages, condition=ages < 20)
    assert rangs.tolist() == [-1, *range(enfants)] * familles
    projetee = simulation.individu.famille
    assert projetee.members.get_rank(projetee, -ages).tolist() == list(range(1 + enfants)) * familles


def test_sans_egalite_le_rang_est_celui_d_openfisca():
    simulation = fratries(50, 3)
    ages = np.random.default_rng(3).permutation(200).astype(float)
    ordinaire = super(type(simulation.individu), simulation.individu).get_rank
    for condition in (True, ages < 100):
        attendu = ordinaire(simulation.famille, -ages, condition=condition)
        assert simulation.individu.get_rank(simulation.famille, -ages, condition=condition).tolist() == attendu.tolist()


@pytest.mark.parametrize(
    ("nom", "periode", "erreur", "mot"),
    [
        ("inconnue", "2026-11", VariableNotFoundError, "inconnue"),
        ("rsa", "2026", ValueError, "whole month"),
        ("rfr", "2026-11", ValueError, "whole year"),
        ("rsa", "2026-13", ValueError, "2026-13"),
    ],
)
def test_les_refus_d_openfisca_demeurent(nom, periode, erreur, mot):
    simulation = simuler(systeme(), lot_de(FOYERS[:1]), JOUR)
    with pytest.raises(erreur, match=mot):
        simulation.calculate(nom, periode)


def test_une_variable_demandee_a_la_mauvaise_entite_est_refusee():
    simulation = simuler(systeme(), lot_de(FOYERS[:1]), JOUR)
    with pytest.raises(ValueError, match="rsa"):
        simulation.individu("rsa", "2026-11")
