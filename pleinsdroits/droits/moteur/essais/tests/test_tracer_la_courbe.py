"""Ce qui reste pour chaque salaire : chaque point se retrouve seul, rien n'est compté deux fois."""

from decimal import Decimal

import pytest

from pleinsdroits.droits.moteur.essais.argent import droits_du_mois, proches
from pleinsdroits.droits.moteur.essais.courbe import Courbe, avec_salaire, tracer
from pleinsdroits.droits.moteur.essais.duree import etablir
from pleinsdroits.droits.moteur.essais.paliers import baisses, etendues
from pleinsdroits.droits.moteur.essais.tests.test_faire_durer import NOMS, exemple, seul
from pleinsdroits.droits.moteur.tests.exemples_regles import JOUR, situation
from pleinsdroits.droits.moteur.tests.test_calculer import VILLE
from pleinsdroits.droits.situation.listes import TypeRevenu
from pleinsdroits.droits.situation.modele import Situation


def courbe_de(foyer: Situation, **reste) -> Courbe:
    return tracer(foyer, JOUR, ville=VILLE, **{"points": 6, "a": 1800, **reste})


@pytest.fixture(scope="module")
def mere_seule() -> Courbe:
    return courbe_de(exemple("parent_isole_temps_partiel"))


def test_les_points_montent_avec_les_centaines_et_le_salaire_d_aujourd_hui(mere_seule):
    salaires = [p.salaire for p in mere_seule.points]
    assert salaires == sorted(set(salaires))
    assert [p.salaire for p in mere_seule.centaines] == [Decimal(100 * n) for n in range(19)]
    assert {Decimal(982), Decimal(1082)} <= set(salaires)


def test_deux_cents_points_par_defaut():
    courbe = tracer(seul(0), JOUR, ville=VILLE)
    assert len(courbe.points) == 221  # 201 points égaux et les centaines qu'ils n'ont pas
    assert courbe.points[-1].salaire == 3000


def test_au_salaire_d_aujourd_hui_ce_sont_les_montants_de_la_situation_qui_dure(mere_seule):
    foyer = exemple("parent_isole_temps_partiel")
    (etablie,) = etablir(foyer, [foyer], JOUR, noms=NOMS)
    ici = mere_seule.au_salaire(mere_seule.actuel)
    assert ici.droits == droits_du_mois(etablie.resultats, proches(foyer, JOUR))
    assert ici.impot == etablie.impot


def test_un_point_seul_est_celui_de_la_courbe(mere_seule):
    foyer = exemple("parent_isole_temps_partiel")
    seul_point = courbe_de(foyer, de=500, a=600, points=1)
    assert seul_point.au_salaire(Decimal(500)) == mere_seule.au_salaire(Decimal(500))


def test_ce_qui_reste_est_la_somme_du_reste(mere_seule):
    for p in mere_seule.points:
        assert p.reste == p.salaire + mere_seule.autres_revenus + p.aides - p.impot


def test_une_allocation_aux_adultes_handicapes_ne_s_ajoute_pas_au_rsa():
    depart = courbe_de(exemple("adulte_handicape")).points[0]
    assert "aah" in depart.droits and "rsa" not in depart.droits


def test_le_chomage_du_conjoint_est_un_revenu_pas_une_aide_de_plus():
    courbe = courbe_de(exemple("proprietaire_avec_pret"))
    assert courbe.autres_revenus == 920
    assert all("are" not in p.droits for p in courbe.points)


def test_le_chomage_de_la_personne_s_efface_devant_le_salaire():
    foyer = situation(
        moi={"activite": "demandeur_emploi", "revenus": [{"type": "chomage", "montant": 1050}]}, patrimoine={}
    )
    courbe = courbe_de(foyer)
    assert courbe.retires == (TypeRevenu.CHOMAGE,)
    assert courbe.autres_revenus == 0
    assert "rsa" in courbe.points[0].droits


def test_l_allocation_de_fin_de_droits_s_arrete_avec_un_travail_qui_dure():
    """L'ASS se garde trois mois au plus avec un travail (C. travail R5425-2)."""
    courbe = courbe_de(exemple("fin_de_droits_chomage"))
    assert "ass" in courbe.points[0].droits
    assert all("ass" not in p.droits for p in courbe.points[1:])


def test_sortir_du_rsa_fait_baisser_l_aide_au_logement():
    """La courbe le montre à l'endroit où le RSA finit, et dit où l'on retrouve son compte."""
    creux = [b for b in baisses(courbe_de(seul(0), points=60)) if b.de > 400]
    assert len(creux) == 1
    assert {c.quoi for c in creux[0].causes} == {"rsa", "aide_logement"}
    assert creux[0].retour > creux[0].a


def test_la_complementaire_sante_deja_recue_devient_payante_quand_le_salaire_monte():
    courbe = courbe_de(seul(0, sante={"couverture": "assurance_maladie", "complementaire": "css"}))
    formes = [p.formes.get("css") for p in courbe.centaines]
    assert formes[0] == "gratuite" and "participation" in formes and formes[-1] is None
    assert [e.forme for e in etendues(courbe) if e.droit == "css"] == ["gratuite", "participation"]


def test_les_aides_de_l_annee_restent_a_part(mere_seule):
    depart = mere_seule.points[0]
    assert set(depart.par_an) == {"ars", "cheque_energie"}
    assert not set(depart.par_an) & set(depart.droits)


def test_le_conjoint_peut_etre_celui_qui_travaille():
    courbe = courbe_de(exemple("couple_trois_enfants"), qui="lui")
    assert courbe.actuel == 1720
    assert courbe.autres_revenus == 0


def test_une_reponse_qui_manque_est_dite(mere_seule):
    manques = courbe_de(exemple("ne_sait_pas")).manques
    assert [m.champ for m in manques] == ["personnes.lui.sejour.depuis", "logement.loyer", "patrimoine"]
    assert mere_seule.manques == ()


def test_un_etudiant_reste_etudiant_un_chomeur_devient_salarie():
    for activite, attendue in (("etudiant", "etudiant"), ("demandeur_emploi", "salarie"), ("retraite", "retraite")):
        foyer = seul(0, activite=activite)
        assert avec_salaire(foyer, foyer.demandeur, 500).demandeur.activite == attendue


def test_une_personne_qui_n_est_pas_du_foyer_est_refusee():
    with pytest.raises(KeyError):
        courbe_de(seul(0), qui="voisin")
