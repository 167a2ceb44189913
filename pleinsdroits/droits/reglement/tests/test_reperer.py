"""Une correction reconnaît sa ligne quand la situation change, et n'en corrige jamais une autre."""

from hypothesis import given
from hypothesis import strategies as st

from pleinsdroits.droits.reglement.corrections import reperes
from pleinsdroits.droits.reglement.evaluation import Ligne, Sort
from pleinsdroits.droits.reglement.lignes import lire_lignes
from pleinsdroits.droits.reglement.tests.exemples import JOUR, foyer, lire

COMPTE = next(iter(lire("epicerie_par_personne").comptes.values()))
# Peu de valeurs : les lignes pareilles sont fréquentes.
DEPENSES = st.lists(
    st.tuples(st.sampled_from(["energie", "telephone", "autre"]), st.sampled_from([20, 45])), max_size=6
)


def lignes_de(depenses) -> tuple[Ligne, ...]:
    charges = [{"nature": nature, "montant": montant} for nature, montant in depenses]
    return lire_lignes(COMPTE, foyer(salaire=900, charges=charges), JOUR).lignes


def compte_pour(ligne: Ligne) -> tuple:
    """Ce qui fait qu'une ligne compte comme elle compte."""
    return ligne.sens, ligne.nature, ligne.montant, ligne.sort in (Sort.RETENUE, Sort.PLAFONNEE)


@given(DEPENSES, DEPENSES)
def test_un_repere_retrouve_designe_une_ligne_pareille_au_meme_nombre_d_exemplaires(avant, apres):
    anciennes, nouvelles = lignes_de(avant), lignes_de(apres)
    connus = dict(zip(reperes(nouvelles), nouvelles, strict=True))
    for repere, ligne in zip(reperes(anciennes), anciennes, strict=True):
        if repere in connus:
            assert compte_pour(connus[repere]) == compte_pour(ligne)
            pareilles = [sum(compte_pour(x) == compte_pour(ligne) for x in lues) for lues in (anciennes, nouvelles)]
            assert pareilles[0] == pareilles[1], "une pareille de plus ou de moins : on ne sait plus laquelle"


@given(DEPENSES, st.randoms(use_true_random=False))
def test_changer_l_ordre_ne_perd_aucun_repere(depenses, hasard):
    avant = reperes(lignes_de(depenses))
    hasard.shuffle(depenses)
    assert sorted(reperes(lignes_de(depenses))) == sorted(avant)
    assert len(set(avant)) == len(avant)


def test_une_ligne_dont_le_montant_change_perd_son_repere():
    (ancien,) = (r for r in reperes(lignes_de([("energie", 45)])) if "energie" in r)
    assert ancien not in reperes(lignes_de([("energie", 46)]))
