"""Une courbe dessinée : dans son cadre, graduée en nombres ronds, écrite en SVG quelle que soit la langue."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from pleinsdroits.socle.graphique import Cadre, dessiner, petite_aire

CADRE = Cadre(300, 200, gauche=50, droite=10, haut=20, bas=30)
HAUTE = [(0, 600), (500, 900.55), (1000, 1480)]
BASSE = [(0, 0), (500, 500), (1000, 1000)]


def dessin(**reste):
    return dessiner(HAUTE, BASSE, CADRE, nom="essai", dire=(str, str), **reste)


def nombres(chemin: str) -> list[tuple[float, float]]:
    return [(float(a), float(b)) for a, b in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", chemin)]


def test_chaque_point_est_dans_le_cadre():
    trace = dessin()
    for chemin in (trace.trait, trace.tirets, trace.aire):
        assert all(50 <= x <= 290 and 20 <= y <= 170 for x, y in nombres(chemin))
    assert nombres(trace.trait)[0][0] == 50 and nombres(trace.trait)[-1][0] == 290
    assert nombres(trace.tirets)[0] == (50, 170)


def test_plus_haut_c_est_plus_d_argent():
    ordonnees = [y for _x, y in nombres(dessin().trait)]
    assert ordonnees == sorted(ordonnees, reverse=True)


def test_l_aire_va_d_une_courbe_a_l_autre():
    trace = dessin()
    assert nombres(trace.aire) == [*nombres(trace.trait), *reversed(nombres(trace.tirets))]
    assert trace.aire.endswith("Z")


@pytest.mark.parametrize(
    ("maximum", "haut"), [(1480, "1500"), (3061, "4000"), (96, "100"), (5200, "6000"), (20000, "20000")]
)
def test_l_axe_monte_a_un_nombre_rond(maximum, haut):
    trace = dessiner([(0, 0), (1000, maximum)], BASSE[:1], CADRE, nom="a", dire=(str, lambda v: f"{v:g}"))
    assert trace.en_y[-1].texte == haut
    assert len(trace.en_y) <= 7


def test_une_courbe_toute_plate_a_zero_se_dessine():
    plate = [(0, 0), (1000, 0)]
    assert nombres(dessiner(plate, plate, CADRE, nom="a", dire=(str, str)).trait) == [(50, 170), (290, 170)]


def test_une_bande_etroite_se_voit_et_porte_son_numero():
    (premiere, seconde) = dessin(bandes=[(500, 501), (600, 900)]).bandes
    assert (premiere.largeur, premiere.numero, seconde.numero) == ("6", 1, 2)


def test_le_nom_d_un_repere_reste_dans_le_cadre():
    assert dessin(repere=(100, 660, "Vous")).repere.ancre == "start"
    assert dessin(repere=(990, 1470, "Vous")).repere.ancre == "end"


def test_le_dessin_se_dit_et_ne_porte_ni_script_ni_style():
    with translation.override("fr"):
        svg = render_to_string(
            "socle/graphique.html",
            {"dessin": dessin(bandes=[(500, 600)], repere=(500, 900.55, "Vous")), "phrase": "Ça monte."},
        )
    assert 'role="img"' in svg and 'aria-label="Ça monte."' in svg
    assert "style" not in svg and "<script" not in svg
    chiffres = re.findall(r' (?:x|y|cx|cy|width|height|d)="([^"]*)"', svg)
    assert chiffres and not any("," in c for c in chiffres)


def test_une_petite_aire_part_du_bas_et_y_revient():
    assert nombres(petite_aire([(0, 0), (10, 5), (20, 0)], 160, 40))[2] == (80, 0)
    assert petite_aire([(0, 0), (10, 0)], 160, 40).startswith("M0 40")


def test_un_niveau_a_ne_pas_depasser_tient_dans_le_cadre_et_se_lit():
    trace = dessin(niveau=(2000, "objectif"))
    assert trace.niveau.texte == "objectif" and 20 <= float(trace.niveau.ou) <= 170
    assert all(20 <= y <= 170 for _x, y in nombres(trace.trait)) and dessin().niveau is None
    html = render_to_string("socle/graphique.html", {"dessin": trace, "phrase": "p"})
    assert "g-niveau" in html and ">objectif<" in html
