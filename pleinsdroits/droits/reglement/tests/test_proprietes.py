"""Ce qui est vrai pour tout foyer et tout barème : croissance, couverture avouée, arrondi déclaré."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from pleinsdroits.droits.reglement.bareme import Bareme, Tranche
from pleinsdroits.droits.reglement.base import Arrondi
from pleinsdroits.droits.reglement.couverture import defauts
from pleinsdroits.droits.reglement.evaluation import EtatEvaluation as Etat
from pleinsdroits.droits.reglement.tests.exemples import enfant, foyer, lire, repondre

EPICERIE = lire("epicerie_par_personne")
MONTANTS = st.integers(0, 400_000).map(lambda c: c / 100)
SEUILS = st.integers(-20, 40).map(Decimal)


def _reste(salaire: float, charge: float, enfants: int) -> Decimal:
    situation = foyer(
        salaire=salaire,
        personnes=[enfant(f"e{i}") for i in range(enfants)],
        charges=[{"nature": "energie", "montant": charge}],
    )
    return repondre(EPICERIE, situation).grandeur.valeur


@settings(max_examples=60, deadline=None)
@given(a=MONTANTS, b=MONTANTS, charge=MONTANTS, enfants=st.integers(0, 4))
def test_plus_de_ressources_ne_fait_jamais_moins_de_reste_a_vivre(a, b, charge, enfants):
    petit, grand = sorted((a, b))
    assert _reste(petit, charge, enfants) <= _reste(grand, charge, enfants)


@settings(max_examples=60, deadline=None)
@given(salaire=MONTANTS, a=MONTANTS, b=MONTANTS, enfants=st.integers(0, 4))
def test_plus_de_charges_ne_fait_jamais_plus_de_reste_a_vivre(salaire, a, b, enfants):
    petite, grande = sorted((a, b))
    assert _reste(salaire, grande, enfants) <= _reste(salaire, petite, enfants)


@st.composite
def tranches(tirer):
    bas, haut = sorted((tirer(SEUILS), tirer(SEUILS)))
    bornes = {
        tirer(st.sampled_from(["au_moins", "plus_de"])): bas,
        tirer(st.sampled_from(["au_plus", "moins_de"])): haut,
    }
    if bas == haut:
        bornes = {"au_moins": bas, "au_plus": haut}
    for cote in ("au_moins", "plus_de", "au_plus", "moins_de"):
        if cote in bornes and tirer(st.integers(0, 3)) == 0:
            del bornes[cote]
    return Tranche(libelle="tranche", effet="refus", article="1", **bornes)


@given(
    bareme=st.lists(tranches(), min_size=1, max_size=5), valeur=st.integers(-3000, 5000).map(lambda c: Decimal(c) / 100)
)
def test_toute_valeur_a_une_tranche_ou_un_defaut_avoue(bareme, valeur):
    prises = [t for t in bareme if t.contient(valeur)]
    avoues = [f for f in defauts(Bareme(tranches=bareme)) if _dans(f, valeur)]
    assert (len(prises) == 1) == (not avoues)
    if avoues:
        assert [f.sorte for f in avoues] == ["trou" if not prises else "recouvrement"]


def _dans(defaut, valeur: Decimal) -> bool:
    if defaut.de is not None and defaut.de == defaut.a:
        return valeur == defaut.de
    return (defaut.de is None or valeur > defaut.de) and (defaut.a is None or valeur < defaut.a)


@given(
    valeur=st.integers(-(10**7), 10**7).map(lambda c: Decimal(c) / 1000),
    pas=st.sampled_from([Decimal("0.01"), Decimal("0.5"), Decimal(1), Decimal(5)]),
    sens=st.sampled_from(["proche", "inferieur", "superieur"]),
)
def test_l_arrondi_tombe_sur_le_pas_et_du_bon_cote(valeur, pas, sens):
    arrondie = Arrondi(pas=pas, sens=sens, article="1").applique(valeur)
    ecart = arrondie - valeur
    assert arrondie % pas == 0
    bornes = {"proche": (-pas / 2, pas / 2), "inferieur": (-pas, 0), "superieur": (0, pas)}[sens]
    assert bornes[0] <= ecart <= bornes[1]
    assert abs(ecart) < pas


@settings(max_examples=80, deadline=None)
@given(salaire=st.integers(0, 200_000).map(lambda c: c / 100), enfants=st.integers(0, 4))
def test_le_seuil_et_lui_seul_decide_de_l_acces(salaire, enfants):
    evaluation = repondre(EPICERIE, foyer(salaire=salaire, personnes=[enfant(f"e{i}") for i in range(enfants)]))
    attendu = Etat.ACCORDE_POSSIBLE if evaluation.grandeur.valeur < 9 else Etat.REFUSE
    assert evaluation.etat is attendu


def test_les_defauts_d_un_bareme_se_lisent_avant_de_l_adopter():
    bareme = lire("quotient_par_tranches").aides[0].baremes[0]
    (trou,) = defauts(bareme)
    assert (trou.sorte, trou.de, trou.a) == ("trou", Decimal(600), Decimal(600))
