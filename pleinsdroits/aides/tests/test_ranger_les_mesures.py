"""Ranger un tableau de mesures : toutes les lignes restent, et un rang ne trahit jamais un nombre tu."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pleinsdroits.aides.regles.mesure import EnCours, MesureDEtape
from pleinsdroits.aides.regles.tri import COLONNES, Tri

COLONNE = st.sampled_from([*COLONNES])
MESURES = st.lists(
    st.builds(
        MesureDEtape,
        cle=st.text("abc", min_size=1, max_size=2),
        nom=st.sampled_from(["étudier", "Payer", "décider"]),
        nombre=st.integers(0, 9),
        mediane=st.none() | st.integers(0, 50),
        masquee=st.booleans(),
        en_cours=st.builds(EnCours, nombre=st.integers(0, 9), en_retard=st.integers(0, 9), tu=st.booleans()),
    ),
    max_size=6,
)


@given(MESURES, COLONNE, st.booleans())
def test_ranger_ne_perd_ni_n_invente_une_ligne(mesures, colonne, descend):
    rangees = Tri(colonne, descend).ranger(mesures)
    assert sorted(map(id, rangees)) == sorted(map(id, mesures))
    dites = [v for m in rangees if (v := COLONNES[colonne](m)) is not None]
    assert dites == sorted(dites, reverse=descend)
    assert [COLONNES[colonne](m) for m in rangees][len(dites) :] == [None] * (len(rangees) - len(dites))


@given(MESURES, COLONNE, st.booleans(), st.integers(0, 9))
def test_l_ordre_ne_depend_pas_des_nombres_tus(mesures, colonne, descend, autre):
    tus = [
        replace(
            m,
            nombre=autre if m.masquee else m.nombre,
            en_cours=replace(m.en_cours, nombre=autre, en_retard=autre) if m.en_cours.tu else m.en_cours,
        )
        for m in mesures
    ]
    avant = [mesures.index(m) for m in Tri(colonne, descend).ranger(mesures)]
    apres = [tus.index(m) for m in Tri(colonne, descend).ranger(tus)]
    assert [mesures[i].nom for i in avant] == [mesures[i].nom for i in apres]


def test_trois_appuis_reviennent_a_l_ordre_de_la_maison():
    assert Tri().suivant("mediane") == "mediane"
    assert Tri.lu("mediane").suivant("mediane") == "-mediane"
    assert Tri.lu("-mediane").suivant("mediane") is None
    assert Tri.lu("-mediane").suivant("nombre") == "nombre"
    assert Tri.lu("nom; drop table") == Tri()
