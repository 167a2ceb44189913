"""Trois règlements de formes différentes, en données seules : des cas faits à la main, et ce que le texte ne dit pas."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from pleinsdroits.droits.reglement.base import Disposition
from pleinsdroits.droits.reglement.couverture import defauts
from pleinsdroits.droits.reglement.evaluation import EtatEvaluation as Etat
from pleinsdroits.droits.reglement.lecture import lire_reglement
from pleinsdroits.droits.reglement.modele import Reglement
from pleinsdroits.droits.reglement.tests.exemples import d, enfant, foyer, repondre

DOSSIER = Path(__file__).parents[4] / "villes" / "exemples" / "reglement"
NOMS = ("reste_a_vivre_par_jour", "quotient_par_tranches", "plafond_de_ressources")
ICI = {"habite_depuis": date(2020, 1, 1)}
JUILLET, JANVIER = date(2026, 7, 10), date(2026, 1, 10)


def forme(nom: str) -> Reglement:
    return lire_reglement((DOSSIER / f"{nom}.yaml").read_bytes())


def change(nom: str, modifier) -> Reglement:
    document = yaml.safe_load((DOSSIER / f"{nom}.yaml").read_text(encoding="utf-8"))
    modifier(document)
    return Reglement.model_validate(document)


@pytest.mark.parametrize(
    ("situation", "reste", "etat"),
    [
        # (900 − (500 − 250) − 60) ÷ 30 ÷ 3 = 6,56 €
        (
            {
                "salaire": 900,
                "personnes": [enfant("a"), enfant("b")],
                "logement": {"loyer": 500},
                "prestations": [{"droit": "aide_logement", "montant": 250}],
                "charges": [{"nature": "energie", "montant": 60}],
            },
            "6.56",
            Etat.ACCORDE_POSSIBLE,
        ),
        # (300 − 30) ÷ 30 ÷ 1 = 9 € tout rond : le seuil est strict. Le téléphone de 45 € compte pour 30 €.
        ({"salaire": 300, "charges": [{"nature": "telephone", "montant": 45}]}, "9", Etat.REFUSE),
        # (200 − 320) ÷ 30 = −4 € : les dépenses dépassent, le nombre reste négatif.
        ({"salaire": 200, "logement": {"loyer": 320}}, "-4", Etat.ACCORDE_POSSIBLE),
    ],
)
def test_reste_a_vivre_par_jour_et_par_personne(situation, reste, etat):
    evaluation = repondre(forme("reste_a_vivre_par_jour"), foyer(**situation))
    assert (evaluation.grandeur.valeur, evaluation.etat) == (d(reste), etat)


@pytest.mark.parametrize(
    ("salaire", "enfants", "demande", "parts", "quotient", "montant"),
    [
        (600, 0, 101, "2", "300", "55"),  # tranche 2 : la moitié de 101 €, aux 5 € du dessus
        (598, 0, 101, "2", "299", "85"),  # tranche 1 : 80 % de 101 €
        (1200, 3, 500, "4", "300", "120"),  # 2 + 0,5 + 0,5 + 1 parts ; plafond de la tranche
        (1200, 4, 500, "4.5", "266", "200"),
    ],
)
def test_tranches_de_quotient_avec_plafond(salaire, enfants, demande, parts, quotient, montant):
    situation = foyer(salaire=salaire, personnes=[enfant(f"e{n}") for n in range(enfants)])
    evaluation = repondre(forme("quotient_par_tranches"), situation, montant=demande, **ICI)
    assert (evaluation.grandeur.diviseur, evaluation.grandeur.valeur) == (d(parts), d(quotient))
    assert evaluation.montant == d(montant)
    assert evaluation.decide == ("presidence" if evaluation.montant <= 100 else "commission_permanente")


def test_le_plafond_de_l_annee_ramene_puis_ferme():
    regle = forme("quotient_par_tranches")
    assert repondre(regle, foyer(salaire=400), montant=250, deja_accorde=100, **ICI).montant == d("150")
    assert repondre(regle, foyer(salaire=400), montant=250, deja_accorde=250, **ICI).etat is Etat.REFUSE
    assert repondre(regle, foyer(salaire=1200), montant=250, **ICI).etat is Etat.REFUSE


@pytest.mark.parametrize(
    ("salaire", "jour", "etat", "montant"),
    [
        (924.99, JUILLET, Etat.ACCORDE_POSSIBLE, "85"),
        (924.99, JANVIER, Etat.ACCORDE_POSSIBLE, "170"),
        (925, JANVIER, Etat.REFUSE, None),
    ],
)
def test_ressources_sous_un_plafond_fixe(salaire, jour, etat, montant):
    evaluation = repondre(forme("plafond_de_ressources"), foyer(salaire=salaire, commune="94080"), jour=jour)
    assert (evaluation.etat, evaluation.montant) == (etat, montant and d(montant))


def test_l_exception_rouvre_un_refus_avec_sa_raison_et_son_plafond():
    evaluation = repondre(
        forme("plafond_de_ressources"), foyer(salaire=1000, commune="94080"), derogation="Des soins dentaires."
    )
    assert (evaluation.etat, evaluation.au_plus, evaluation.derogation) == (Etat.ACCORDE_POSSIBLE, 85, True)
    assert "Dérogation demandée : Des soins dentaires." in str(evaluation.motifs[-1]).replace("\u00a0", " ")


def test_une_depense_dont_le_texte_ne_parle_pas_et_qui_change_tout_rend_indetermine():
    dettes = [{"nature": "ville", "mensualite": 60}]
    evaluation = repondre(forme("reste_a_vivre_par_jour"), foyer(salaire=300, dettes=dettes))
    assert evaluation.etat is Etat.INDETERMINE and evaluation.articles == ("barème 2024",)
    assert [g.valeur for g in evaluation.grandeurs] == [d("8"), d("10")]


def test_une_prestation_dont_le_quotient_ne_parle_pas_rend_indetermine():
    situation = foyer(salaire=580, prestations=[{"droit": "aspa", "montant": 100}])
    evaluation = repondre(forme("quotient_par_tranches"), situation, montant=100, **ICI)
    assert evaluation.etat is Etat.INDETERMINE and "ne dit pas s’il faut compter" in str(evaluation.motifs[0])


def test_deux_tranches_qui_se_contredisent_rendent_indetermine_avec_leurs_articles():
    def recouvrir(document):
        tranches = document["aides"][0]["baremes"][0]["tranches"]
        tranches[0] |= {"au_plus": 925, "article": "barème, 1"}
        del tranches[0]["moins_de"]
        tranches[1] |= {"article": "barème, 2"}

    evaluation = repondre(change("plafond_de_ressources", recouvrir), foyer(salaire=925, commune="94080"))
    assert evaluation.etat is Etat.INDETERMINE and evaluation.articles == ("barème, 1", "barème, 2")


@pytest.mark.parametrize("nom", NOMS)
def test_chaque_forme_est_un_exemple_source_et_sans_trou(nom):
    regle = forme(nom)
    assert regle.exemple and regle.source.lue_le
    assert not [f for aide in regle.aides for bareme in aide.baremes for f in defauts(bareme)]


@pytest.mark.parametrize("nom", NOMS)
def test_ce_que_le_texte_public_ne_dit_pas_est_avoue(nom):
    """Chaque point cite son article ou avoue l'hypothèse ; et chacune de ces formes suppose l'essentiel."""
    points = [*_dispositions(forme(nom))]
    assert all(p.article or p.hypothese for p in points)
    assert sum(p.hypothese for p in points) > len(points) / 2


def _dispositions(valeur):
    if isinstance(valeur, Disposition):
        yield valeur
    if hasattr(valeur, "model_fields_set"):
        for nom in type(valeur).model_fields:
            yield from _dispositions(getattr(valeur, nom))
    elif isinstance(valeur, dict | list):
        for element in valeur.values() if isinstance(valeur, dict) else valeur:
            yield from _dispositions(element)
