"""Les règles du pouvoir et du scrutin secret, quels que soient les membres et les bulletins."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pleinsdroits.aides.regles.pouvoirs import Mandat, refus_de_pouvoir, votants
from pleinsdroits.aides.regles.scrutin import compte, deposer, ouvrir, secret_acquis
from pleinsdroits.aides.regles.textes_de_seance import en_vigueur, regles_de_seance

JOUR = dt.date(2026, 12, 1)
POUVOIR = en_vigueur(regles_de_seance().pouvoir, JOUR)
SECRET = en_vigueur(regles_de_seance().scrutin_secret, JOUR)
MEMBRES = st.integers(1, 8)
BULLETINS = st.lists(
    st.tuples(st.sampled_from(["pour", "contre", "ajourner", "abstention"]), st.none())
    | st.tuples(st.just("autre_montant"), st.integers(1, 900).map(Decimal)),
    max_size=9,
)


@pytest.mark.parametrize(
    ("mandant", "mandataire", "dit"),
    [
        (1, 2, None),
        (1, 1, "lui-même"),
        (4, 2, "Ce membre est présent"),
        (1, 6, "n’est pas là pour voter"),
        (5, 2, "a déjà donné pouvoir"),
        (1, 5, "n’est pas là pour voter"),
        (7, 2, "porte lui-même un pouvoir"),
        (1, 7, "plus de 1 pouvoir"),
    ],
)
def test_qui_peut_donner_pouvoir_a_qui(mandant, mandataire, dit):
    """4 est là, 6 est excusé, 5 a donné pouvoir à 7."""
    refus = refus_de_pouvoir(
        Mandat(mandant, mandataire),
        [Mandat(5, 7)],
        instance="commission_permanente",
        presents={4},
        manquent={6},
        regle=POUVOIR,
    )
    assert (refus is None) if dit is None else dit in str(refus)


def test_une_instance_peut_ne_pas_voter_par_pouvoir():
    sans = POUVOIR.model_copy(update={"instances": ("conseil_administration",)})
    refus = refus_de_pouvoir(Mandat(1, 2), [], instance="commission_permanente", presents=(), manquent=(), regle=sans)
    assert "ne vote pas par pouvoir" in str(refus)


@given(st.sets(MEMBRES), st.sets(MEMBRES), st.lists(st.tuples(MEMBRES, MEMBRES)))
def test_chacun_a_une_voix_au_plus_et_personne_n_en_porte_s_il_n_est_pas_la(presents, retires, paires):
    lus = votants(presents, retires, [Mandat(*p) for p in paires])
    assert not set(lus) & retires and set(lus.values()) <= presents - retires
    assert all(lus[m] == m for m in presents - retires), "présent, on vote soi-même"


@pytest.mark.parametrize(
    ("demandeurs", "presents", "acquis"), [(0, 3, False), (1, 3, True), (1, 4, False), (2, 4, True), (5, 4, False)]
)
def test_le_tiers_des_presents_obtient_le_secret(demandeurs, presents, acquis):
    assert SECRET.part_des_presents == Fraction(1, 3)
    assert secret_acquis(demandeurs, presents, SECRET) is acquis


@given(BULLETINS, st.data())
def test_l_urne_rend_chaque_bulletin_et_ne_garde_pas_l_ordre(bulletins, data):
    def remplir(dans_cet_ordre):
        urne = ""
        for choix, montant in dans_cet_ordre:
            urne = deposer(urne, choix, montant)
        return urne

    urne = remplir(bulletins)
    assert urne == remplir(data.draw(st.permutations(bulletins)))
    assert sorted((v.choix, v.montant or 0) for v in ouvrir(urne)) == sorted((c, m or 0) for c, m in bulletins)
    assert sum(compte(ouvrir(urne)).values()) == len(bulletins)
