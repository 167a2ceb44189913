"""Ce que partagent les essais de la bande : enregistrée une fois par processus, jouée en numpy et, s'il y a un compilateur, en C."""

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from pleinsdroits.droits.moteur.bande.artefact import Artefact
from pleinsdroits.droits.moteur.bande.fabriquer import enregistrer_le_mois
from pleinsdroits.droits.moteur.bande.jouer import Joueur
from pleinsdroits.droits.moteur.bande.natif import Machine, machine
from pleinsdroits.droits.moteur.sorties import sorties_a_enregistrer
from pleinsdroits.droits.situation.mois import Mois

JOUR = date(2026, 11, 23)


@cache
def artefact() -> Artefact:
    """La bande de novembre 2026, ni contrôlée ni installée."""
    return enregistrer_le_mois(Mois(JOUR), sorties_a_enregistrer())


@cache
def en_c() -> Machine | None:
    """La machine compilée pour ces essais."""
    return machine(Path(mkdtemp(prefix="machine-")))


@cache
def joueur(*, c: bool) -> Joueur:
    """Le joueur de la bande, en C ou en numpy."""
    return Joueur(artefact(), en_c() if c else None)
