"""Fabriquer la bande d'un mois : l'enregistrer, la réduire, la contrôler ; ne l'installer que si tout est égal."""

from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

from pleinsdroits.droits.moteur.bande import artefact as disque
from pleinsdroits.droits.moteur.bande.artefact import Artefact
from pleinsdroits.droits.moteur.bande.controler import Rapport, controler
from pleinsdroits.droits.moteur.bande.enregistrer import MOTS, enregistrer
from pleinsdroits.droits.moteur.bande.jouer import Joueur
from pleinsdroits.droits.moteur.bande.natif import machine
from pleinsdroits.droits.moteur.bande.noeuds import BandeRefusee
from pleinsdroits.droits.moteur.bande.ordonner import elaguer, reduire_les_mots
from pleinsdroits.droits.moteur.systeme import systeme
from pleinsdroits.droits.moteur.vocabulaire import vocabulaire_de
from pleinsdroits.droits.situation.mois import Mois

JOUR_DU_CONTROLE = 15  # au milieu du mois : ni le premier ni le dernier jour n'est particulier
Dire = Callable[[str], None]


def fabriquer(mois: Mois, sorties: Collection[str], dossier: Path, *, foyers: int, dire: Dire) -> Rapport:
    """
    Fabrique et installe dans ``dossier`` la bande du ``mois`` ; ``dire`` reçoit une phrase à chaque étape. Lève
    ``BandeRefusee`` à la première différence, ``BandeImpossible`` si une formule ne peut pas être suivie.
    """
    dire(f"Calcul rapide de {mois} : lecture des formules d'OpenFisca…")
    artefact = enregistrer_le_mois(mois, sorties)
    dire(f"{len(artefact.bande.noeuds)} opérations. Contrôle sur {foyers} foyers et tous les seuils…")
    rapport = _controler(artefact, sorties, dossier, foyers)
    disque.ecrire(replace(artefact, foyers=foyers + rapport.seuils), disque.chemin(dossier, mois))
    dire(f"{rapport.valeurs} valeurs comparées à la référence, toutes égales. Installé.")
    return rapport


def enregistrer_le_mois(mois: Mois, sorties: Collection[str]) -> Artefact:
    """L'artefact du ``mois``, ni contrôlé ni installé."""
    tbs, codes = systeme(), {}
    bande = elaguer(enregistrer(tbs, mois, sorties))
    for variable, mots in MOTS.items():
        bande, codes[variable] = reduire_les_mots(bande, variable, [str(m) for m in mots()])
    return Artefact(mois, bande, vocabulaire_de(tbs, sorties), codes)


def _controler(artefact: Artefact, sorties: Collection[str], dossier: Path, foyers: int) -> Rapport:
    """Le contrôle, en C s'il y en a, et en numpy : l'une ou l'autre façon peut servir demain."""
    jour = artefact.mois.premier_jour.replace(day=JOUR_DU_CONTROLE)
    en_c = machine(dossier)
    joueurs = [*([Joueur(artefact, en_c)] if en_c else []), Joueur(artefact, None)]
    rapport = controler(joueurs, jour, sorties, foyers=foyers)
    if not rapport.bon:
        noms = ", ".join(f"{e.variable} ({e.valeurs})" for e in rapport.ecarts)
        raise BandeRefusee(f"{artefact.mois} : la bande diffère de la référence : {noms}")
    return rapport
