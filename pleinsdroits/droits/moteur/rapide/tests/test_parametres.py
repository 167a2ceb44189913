"""Les paramètres à la demande sont ceux d'OpenFisca, feuille par feuille ; en copier l'arbre protège l'original."""

import numpy as np
import pytest
from openfisca_core.errors import ParameterNotFoundError
from openfisca_core.parameters import ParameterNode, ParameterNodeAtInstant
from openfisca_core.taxscales import TaxScaleLike

from pleinsdroits.droits.moteur.rapide.parametres import NoeudALaDemande, copier
from pleinsdroits.droits.moteur.systeme import systeme, systeme_ordinaire

DATES = ("2024-05-01", "2025-01-01", "2026-11-01")


def petit_arbre() -> ParameterNode:
    return ParameterNode(
        "aide",
        data={
            "metadata": {"unit": "currency"},
            "montant": {"values": {"2020-01-01": {"value": 100}, "2026-01-01": {"value": 110}}},
            "abroge": {"values": {"2020-01-01": {"value": 5}, "2022-01-01": {"value": None}}},
            "zones": {"zone_1": {"values": {"2020-01-01": {"value": 3}}}, "zone_2": {"values": {"2020-01-01": {"value": 4}}}},
            "bareme": {
                "brackets": [
                    {"threshold": {"2020-01-01": {"value": 0}}, "rate": {"2020-01-01": {"value": 0.1}}},
                    {"threshold": {"2020-01-01": {"value": 500}}, "rate": {"2020-01-01": {"value": 0.3}}},
                ]
            },
        },
    )  # fmt: skip


def a_la_demande(instant: str = "2026-11-01") -> NoeudALaDemande:
    return NoeudALaDemande("aide", petit_arbre(), instant)


def feuilles(noeud) -> dict:
    """Chaque feuille de l'arbre par son nom ; un barème par ses seuils et ses taux."""
    lues = {}
    for nom, enfant in noeud._children.items():
        if isinstance(enfant, ParameterNodeAtInstant):
            lues |= {f"{nom}.{suite}": valeur for suite, valeur in feuilles(enfant).items()} or {nom: "vide"}
        else:
            lues[nom] = (type(enfant), vars(enfant)) if isinstance(enfant, TaxScaleLike) else (type(enfant), enfant)
    return lues


@pytest.mark.parametrize("jour", DATES)
def test_toutes_les_feuilles_de_france_sont_celles_d_openfisca(jour):
    """Les nôtres ont été gardées sur le disque, relues, copiées, corrigées ; les leurs, non."""
    nous = feuilles(systeme().get_parameters_at_instant(jour))
    eux = feuilles(systeme_ordinaire().get_parameters_at_instant(jour))
    assert len(eux) > 2500
    assert list(nous) == list(eux)
    assert [nom for nom in eux if str(nous[nom]) != str(eux[nom])] == []


def test_seule_la_branche_lue_est_construite():
    racine = a_la_demande()
    assert "_children" not in vars(racine)
    assert racine.montant == 110
    assert "_children" not in vars(racine.zones)
    assert racine["zones"]["zone_2"] == 4 and list(racine.zones) == ["zone_1", "zone_2"]


def test_un_parametre_absent_ou_abroge_n_existe_pas():
    noeud = a_la_demande()
    with pytest.raises(ParameterNotFoundError, match=r"aide\[inconnu\]"):
        noeud.inconnu  # noqa: B018
    with pytest.raises(ParameterNotFoundError, match=r"aide\[inconnu\]"):
        noeud["inconnu"]
    assert not hasattr(a_la_demande(), "abroge") and a_la_demande("2021-01-01").abroge == 5


def test_chaque_foyer_choisit_sa_case():
    assert a_la_demande().zones[np.array(["zone_2", "zone_1"])].tolist() == [4, 3]


def test_changer_la_copie_laisse_l_original():
    original = petit_arbre()
    avant = str(original)
    double = copier(original)
    double.montant.update(start="2027-01-01", value=999)
    double.zones.zone_1.update(start="2027-01-01", value=999)
    double.bareme.brackets[1].rate.update(start="2020-01-01", value=0.9)
    double.add_child("nouvelle", ParameterNode("aide.nouvelle", data={}))
    assert str(original) == avant != str(double)
    assert double("2027-02-01").montant == 999 == double.montant.values_history("2027-02-01")
    assert double("2027-02-01").bareme.rates == [0.1, 0.9]


def test_la_correction_d_un_plafond_ne_passe_pas_dans_un_autre_systeme():
    """Deux systèmes partagent la même base."""

    def plafond(tbs) -> float:
        parametres = tbs.get_parameters_at_instant("2026-11-01")
        return parametres.prestations_sociales.solidarite_insertion.minima_sociaux.cs.cmu.plafond_base

    assert plafond(systeme()) == 10339
    assert plafond(systeme(frozenset({"css_plafond"}))) != 10339
