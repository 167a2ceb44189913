"""Les phrases du moteur et des fiches ne se coupent pas au mauvais endroit, à l'écran, sur papier comme en JSON."""

import pytest

from pleinsdroits.droits.fiche import Reference
from pleinsdroits.droits.textes import euros, insecables, phrase


@pytest.mark.parametrize(
    ("ecrit", "lu"),
    [
        ("Où vivez-vous : chez vous ?", "Où vivez-vous\u00a0: chez vous\u00a0?"),
        ("Elle suit « RSA » ; attendez !", "Elle suit «\u00a0RSA\u00a0»\u00a0; attendez\u00a0!"),
        ("Plus de 30 000 € d’épargne, 50 % au moins", "Plus de 30\u00a0000\u00a0€ d’épargne, 50\u00a0% au moins"),
        ("À 17 et 18 ans, le 115 ou le 3919", "À 17 et 18 ans, le 115 ou le 3919"),
        ("caf.fr : https://www.caf.fr", "caf.fr\u00a0: https://www.caf.fr"),
    ],
)
def test_une_ponctuation_double_ou_une_somme_ne_tombe_pas_seule_a_la_ligne(ecrit, lu):
    assert insecables(ecrit) == lu
    assert insecables(lu) == lu


def test_une_phrase_se_dit_sans_mauvaise_coupure_dans_chaque_langue():
    """Le modèle garde ses espaces ordinaires : c'est lui que l'on traduit."""
    dite = phrase("Vous recevez {recu} : demandez à « {qui} ».", recu=euros(1240), qui="la CAF")
    assert str(dite) == "Vous recevez 1\u00a0240\u00a0€\u00a0: demandez à «\u00a0la CAF\u00a0»."
    assert dite.modele == "Vous recevez {recu} : demandez à « {qui} »."
    assert (
        dite.en(lambda modele: "Ask « {qui} » : {recu} !") == "Ask «\u00a0la CAF\u00a0»\u00a0: 1\u00a0240\u00a0€\u00a0!"
    )


def test_une_fiche_se_lit_sans_mauvaise_coupure():
    assert Reference(code="loi : essai ?").code == "loi\u00a0: essai\u00a0?"
