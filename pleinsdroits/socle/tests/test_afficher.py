"""Les filtres d'affichage français."""

import pytest
from django.utils.safestring import mark_safe

from pleinsdroits.socle.templatetags.socle import insecable

N = "\u00a0"


@pytest.mark.parametrize(
    ("ecrit", "montre"),
    [
        ("Payez-vous un loyer ?", f"Payez-vous un loyer{N}?"),
        ("un logement « conventionné »", f"un logement «{N}conventionné{N}»"),
        ("Entre 50 et 79 % : 560 €", f"Entre 50 et 79{N}%{N}: 560{N}€"),
        ("rien à changer", "rien à changer"),
    ],
)
def test_un_signe_double_ne_commence_jamais_une_ligne(ecrit, montre):
    assert insecable(ecrit) == montre


def test_un_texte_sur_le_reste_et_un_texte_douteux_s_echappe_encore():
    assert hasattr(insecable(mark_safe("<b>Oui ?</b>")), "__html__")
    assert not hasattr(insecable("<b>Oui ?</b>"), "__html__")
