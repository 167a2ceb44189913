"""« Quand tout sera pris en compte » : les aides reçues sont celles que l'on calcule, l'impôt suit les revenus."""

from decimal import Decimal

import pytest

from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.droits.moteur.calcul import calculer
from pleinsdroits.droits.moteur.essais.argent import droits_du_mois, proches, revenus_du_mois, sans_double_compte
from pleinsdroits.droits.moteur.essais.duree import Etablie, etablir, resultats_sans_inconnue
from pleinsdroits.droits.moteur.essais.impot import fisc
from pleinsdroits.droits.moteur.population import situations
from pleinsdroits.droits.moteur.tests.exemples_regles import JOUR, situation
from pleinsdroits.droits.moteur.tests.test_calculer import EXEMPLES, VILLE
from pleinsdroits.droits.situation.lecture import lire_situation
from pleinsdroits.droits.situation.modele import Situation

NOMS = {f.id: f.nom for f in catalogue(VILLE).values()}
# Chaque « je ne sais pas » rend certains droits « à compléter » : l'exemple qui en a ne se compare pas.
COMPLETS = [c for c in EXEMPLES if c.stem != "ne_sait_pas"]


def exemple(nom: str) -> Situation:
    return lire_situation(next(c for c in EXEMPLES if c.stem == nom).read_text(encoding="utf-8"), jour=JOUR)


def seul(salaire: float, **moi) -> Situation:
    revenus = [{"type": "salaire", "montant": salaire}] if salaire else []
    return situation(moi={"activite": "salarie", "revenus": revenus, **moi}, patrimoine={}, logement={"loyer": 400})


@pytest.fixture(scope="module")
def etablies() -> dict[str, Etablie]:
    """Chaque foyer d'exemple, établi tel qu'il est."""
    foyers = [exemple(c.stem) for c in COMPLETS]
    return {c.stem: etablir(f, [f], JOUR, noms=NOMS)[0] for c, f in zip(COMPLETS, foyers, strict=True)}


def test_ce_que_le_foyer_recoit_est_ce_que_l_on_calcule(etablies):
    """Un passage de plus ne change plus rien : la prime d'activité a fini de suivre les allocations."""
    encore = resultats_sans_inconnue([e.situation for e in etablies.values()], JOUR, noms=NOMS)
    assert [tuple(r) for r in encore] == [e.resultats for e in etablies.values()]


@pytest.mark.long
def test_rien_ne_bouge_plus_pour_des_foyers_au_hasard():
    for foyer in situations(60, jour=JOUR, graine=77):
        (etablie,) = etablir(foyer, [foyer], JOUR, noms=NOMS)
        assert tuple(resultats_sans_inconnue([etablie.situation], JOUR, noms=NOMS)[0]) == etablie.resultats


def test_les_montants_sont_ceux_de_calculer(etablies):
    bilans = calculer([e.situation for e in etablies.values()], JOUR, ville=VILLE)
    for (nom, etablie), bilan in zip(etablies.items(), bilans, strict=True):
        siens = proches(etablie.situation, JOUR)
        attendus = droits_du_mois(sans_double_compte(bilan.resultats, NOMS), siens)
        assert droits_du_mois(etablie.resultats, siens) == attendus, nom


def test_ensemble_ou_seul_c_est_pareil(etablies):
    foyer = exemple("parent_isole_temps_partiel")
    autres = [exemple("adulte_handicape"), foyer, exemple("aidante")]
    assert etablir(foyer, autres, JOUR, noms=NOMS)[1] == etablies["parent_isole_temps_partiel"]


def test_la_prime_d_activite_compte_les_allocations_que_l_on_va_recevoir(etablies):
    """Une mère qui ne demande rien encore : l'allocation de soutien familial fera baisser la prime d'activité."""
    foyer = exemple("parent_isole_temps_partiel")
    siens = proches(foyer, JOUR)
    (avant,) = resultats_sans_inconnue([foyer], JOUR, noms=NOMS)
    apres = droits_du_mois(etablies["parent_isole_temps_partiel"].resultats, siens)
    assert apres["ppa"] < droits_du_mois(avant, siens)["ppa"]
    assert apres["asf"] == droits_du_mois(avant, siens)["asf"]


def test_une_aide_que_l_on_ne_sait_pas_calculer_est_gardee():
    foyer = situation(moi={"handicap": {"taux": 0.85}}, patrimoine={}, prestations=[{"droit": "pch", "montant": 320}])
    (etablie,) = etablir(foyer, [foyer], JOUR, noms=NOMS)
    assert [(p.droit, p.montant) for p in etablie.gardees] == [("pch", 320)]
    assert {p.droit for p in etablie.situation.prestations} == {"pch", "aah"}


def test_une_aide_gardee_laisse_la_place_des_que_le_calcul_la_retrouve():
    """Elle n'est jamais comptée deux fois."""
    foyer = seul(1900)
    recu = foyer.model_copy(
        update={"prestations": situation(prestations=[{"droit": "rsa", "montant": 300}]).prestations}
    )
    avec, sans = etablir(recu, [recu, seul(0)], JOUR, noms=NOMS)
    assert [p.droit for p in avec.gardees] == ["rsa"]
    assert sans.gardees == ()
    assert [p.droit for p in sans.situation.prestations].count("rsa") == 1


def test_les_revenus_finis_et_les_sommes_d_un_jour_ne_durent_pas():
    revenus = [
        {"type": "salaire", "montant": 1600, "a": "2026-02"},
        {"type": "salaire", "montant": 1150, "de": "2026-03"},
        {"type": "exceptionnel", "montant": 900},
    ]
    foyer = situation(moi={"revenus": revenus}, patrimoine={})
    (etablie,) = etablir(foyer, [foyer], JOUR, noms=NOMS)
    assert [(r.montant, r.de, r.a) for r in etablie.situation.demandeur.revenus] == [(1150, None, None)]
    assert revenus_du_mois(foyer, JOUR, {"moi"}) == 1150


def test_l_argent_d_un_parent_heberge_n_est_pas_celui_du_foyer():
    foyer = exemple("aidante")
    assert proches(foyer, JOUR) == {"moi"}
    assert revenus_du_mois(foyer, JOUR, proches(foyer, JOUR)) == 1150


@pytest.mark.parametrize(
    ("salaire", "impot"),
    # Barème des revenus 2025 (loi de finances pour 2026) à la main, pour 2 000 € : imposable 12 × 2 000 × 1,0365 ;
    # moins 10 % : 22 389 € ; 11 % au-dessus de 11 600 € : 1 187 € ; moins la décote (897 € − 45,25 %) : 827 € par an.
    [(1500, "0.00"), (2000, "68.92"), (3000, "264.92")],
)
def test_l_impot_est_celui_d_une_annee_entiere(salaire, impot):
    assert fisc([seul(salaire)], JOUR)[0].impot == Decimal(impot)


@pytest.mark.parametrize("mois", [1, 6, 12])
def test_le_revenu_fiscal_ne_depend_pas_du_mois_ou_l_on_calcule(mois):
    (rendu,) = fisc([seul(1000)], JOUR.replace(month=mois))
    assert [(a.personnes, round(a.rfr)) for a in rendu.avis] == [(["moi"], 11194)]


def test_un_couple_sans_mariage_a_deux_avis():
    autre = {"id": "elle", "lien": "conjoint", "naissance": "1988-01-01", "nationalite": "francaise", "revenus": []}
    foyer = situation(
        autre, couple="union_libre", patrimoine={}, moi={"revenus": [{"type": "salaire", "montant": 1000}]}
    )
    (rendu,) = fisc([foyer], JOUR)
    assert [(a.personnes, round(a.rfr)) for a in rendu.avis] == [(["moi"], 11194), (["elle"], 0)]
