"""Fabriquer : enregistrer, contrôler au centime de chaque seuil, n'installer que ce qui est égal à la référence."""

from dataclasses import replace
from itertools import pairwise

import pytest

from pleinsdroits.droits.moteur.bande import artefact as disque
from pleinsdroits.droits.moteur.bande import fabriquer as fabrique
from pleinsdroits.droits.moteur.bande.controler import AXES, CENTIME, controler, seuils
from pleinsdroits.droits.moteur.bande.fabriquer import fabriquer
from pleinsdroits.droits.moteur.bande.jouer import Joueur
from pleinsdroits.droits.moteur.bande.noeuds import BandeRefusee, Constante
from pleinsdroits.droits.moteur.bande.tests.essais import JOUR, artefact, joueur
from pleinsdroits.droits.moteur.population import situations
from pleinsdroits.droits.moteur.sorties import sorties_a_enregistrer
from pleinsdroits.droits.moteur.traduction import preparer
from pleinsdroits.droits.situation.mois import Mois

MOIS = Mois(JOUR)


def fausser(art: disque.Artefact) -> disque.Artefact:
    """La même bande, où chacun est né quarante jours plus tôt."""
    noeuds = list(art.bande.noeuds)
    noeud = next(n for n in noeuds if n.operation == "mois_civil")
    veille = noeuds[noeud.args[0]]
    decalee = tuple(Constante.de(a.valeur + 40, "i") if isinstance(a, Constante) else a for a in veille.args)
    noeuds[noeud.args[0]] = replace(veille, args=decalee)
    return replace(art, bande=replace(art.bande, noeuds=noeuds))


def test_une_bande_juste_est_installee_et_relue_telle_quelle(tmp_path, monkeypatch):
    monkeypatch.setattr(fabrique, "enregistrer_le_mois", lambda *_: artefact())
    etapes: list[str] = []
    rapport = fabriquer(MOIS, sorties_a_enregistrer(), tmp_path, foyers=40, dire=etapes.append)
    assert rapport.bon
    assert rapport.seuils > 100
    relu = disque.lire(disque.chemin(tmp_path, MOIS))
    assert relu.bande.noeuds == artefact().bande.noeuds
    assert relu.bande.noms == artefact().bande.noms
    assert dict(relu.vocabulaire) == dict(artefact().vocabulaire)
    assert relu.foyers == 40 + rapport.seuils
    assert len(etapes) == 3


def test_une_bande_fausse_n_est_jamais_installee(tmp_path, monkeypatch):
    """Le témoin négatif : des âges décalés de quarante jours, et rien n'est écrit."""
    monkeypatch.setattr(fabrique, "enregistrer_le_mois", lambda *_: fausser(artefact()))
    with pytest.raises(BandeRefusee, match="diffère de la référence"):
        fabriquer(MOIS, sorties_a_enregistrer(), tmp_path, foyers=120, dire=lambda _: None)
    assert not list(tmp_path.glob("bande-*"))


@pytest.mark.parametrize("abimer", [lambda f: f.write_text("{"), lambda f: f.write_text("{}"), lambda f: f.unlink()])
def test_un_fichier_abime_ne_sert_pas(tmp_path, abimer):
    fichier = disque.chemin(tmp_path, MOIS)
    disque.ecrire(artefact(), fichier)
    abimer(fichier)
    with pytest.raises(disque.ArtefactIllisible):
        disque.lire(fichier)


def test_les_seuils_sont_a_un_centime_d_ecart():
    """De part et d'autre, la bande elle-même ne répond pas la même chose."""
    foyer = situations(1, jour=JOUR, graine=12)
    trouves = seuils(joueur(c=True), foyer, JOUR, sorties_a_enregistrer())
    assert len(trouves) >= 4
    salaires = [s.demandeur.revenus[0].montant for s in trouves if s.demandeur.revenus]
    ecarts = [abs(a - b) for a, b in list(pairwise(salaires))[::2]]
    assert min(ecarts) == pytest.approx(CENTIME)
    assert len(AXES) == 4


def test_le_controle_voit_une_bande_fausse():
    faux = Joueur(fausser(artefact()), None)
    assert not controler([faux], JOUR, sorties_a_enregistrer(), foyers=120).bon


@pytest.mark.long
def test_cinq_mille_foyers_et_tous_les_seuils():
    rapport = controler([joueur(c=True)], JOUR, sorties_a_enregistrer(), foyers=5_000)
    assert rapport.ecarts == ()
    assert rapport.valeurs > 400_000


def test_la_bande_du_mois_n_est_pas_celle_d_un_autre(tmp_path):
    assert disque.chemin(tmp_path, MOIS) != disque.chemin(tmp_path, MOIS + 1)
    assert preparer(artefact().vocabulaire, [], JOUR).personnes == 0
