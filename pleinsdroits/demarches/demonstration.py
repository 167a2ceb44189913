"""
La ville d'exemple : quelques foyers fictifs, suivis par le compte d'exemple, à des moments différents. Tout passe par les
actes : ce que l'on y voit est ce que la plateforme fait. Rien de tout cela n'existe hors du mode démonstration.
"""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from pleinsdroits.accueil.actions.besoins import exprimer
from pleinsdroits.accueil.actions.contacts import noter_un_contact
from pleinsdroits.accueil.actions.relais import envoyer
from pleinsdroits.accueil.models import Relais
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Agent, Institution, Role
from pleinsdroits.droits.situation.lecture import lire_situation
from pleinsdroits.echeances.calendrier import ajouter_jours_ouvres, fin_de_journee
from pleinsdroits.personnes.actions.accords import recueillir
from pleinsdroits.personnes.actions.dossier import (
    ajouter_un_membre,
    changer_d_adresse,
    ouvrir_un_foyer,
    proteger_le_contact,
)
from pleinsdroits.personnes.enregistrement import garder_la_situation
from pleinsdroits.personnes.models import Foyer, Personne

EXEMPLES = Path(settings.RACINE) / "exemples"
CAF = "Caisse d’allocations familiales"


@dataclass(frozen=True)
class FoyerDExemple:
    """Un foyer fictif : la personne suivie, ses enfants, ses mots, et la situation d'exemple qui la décrit."""

    prenom: str
    nom: str
    naissance: dt.date
    situation: str
    mots: str
    sujet: str
    telephone: str = ""
    enfants: tuple[tuple[str, dt.date], ...] = ()
    consigne: str = ""
    rappel: bool = False
    accord: bool = False
    relais: str = ""
    champs: dict = field(default_factory=dict)


FOYERS = (
    FoyerDExemple(
        "Nadia", "Ferrand", dt.date(1992, 5, 14), "parent_isole_temps_partiel",
        "Je n’arrive plus à payer l’électricité", "difficultes-financieres", "06 39 98 00 12",
        enfants=(("Lina", dt.date(2016, 3, 2)), ("Sami", dt.date(2019, 9, 21))),
        consigne="Appeler entre 9 h et 11 h, sans dire d’où vous appelez. Aucun message.", accord=True,
    ),
    FoyerDExemple(
        "Joseph", "Amar", dt.date(1956, 2, 3), "retraite_migrant", "Ma mutuelle coûte trop cher", "sante", "06 39 98 00 27",
        rappel=True,
    ),
    FoyerDExemple(
        "Inès", "Carvalho", dt.date(2004, 8, 19), "etudiante", "Je cherche un logement", "logement-hebergement",
        "06 39 98 00 31", accord=True, relais="Dire si une aide au logement est possible pour une chambre",
    ),
    FoyerDExemple(
        "Moussa", "Sow", dt.date(1985, 9, 9), "adulte_handicape", "Je ne comprends pas le courrier de la MDPH",
        "difficultes-administratives-ou-juridiques", champs={"langue": "snk", "lit_peu": True},
    ),
    FoyerDExemple(
        "Mireille", "Legrand", dt.date(1979, 12, 1), "fin_de_droits_chomage", "Mes allocations s’arrêtent",
        "difficultes-financieres", "06 39 98 00 44", rappel=True,
    ),
)  # fmt: skip


def charger_les_dossiers() -> int:
    """
    Ouvre les foyers d'exemple s'il n'y en a encore aucun ; rend leur nombre. Lève ``PermissionDenied`` hors du mode
    démonstration.
    """
    if not settings.MODE_DEMO:
        raise PermissionDenied("La démonstration ne se charge qu'avec MODE_DEMO=1.")
    agent = Agent.objects.filter(demonstration=True, role=Role.INTERLOCUTEUR).first()
    if agent is None or Foyer.objects.exists():
        return 0
    with transaction.atomic():
        for exemple in FOYERS:
            _ouvrir(exemple, agent.acteur)
    return len(FOYERS)


def _ouvrir(exemple: FoyerDExemple, par: Acteur) -> None:
    foyer = ouvrir_un_foyer(
        None,
        par=par,
        prenom=exemple.prenom,
        nom=exemple.nom,
        naissance=exemple.naissance,
        telephone=exemple.telephone,
        **exemple.champs,
    )
    Foyer.objects.filter(pk=foyer.pk).update(exemple=True)
    personne = foyer.demandeur()
    assert personne is not None
    changer_d_adresse(foyer, par=par, ligne="1 rue de l’Exemple", code_postal="94200", commune="Ivry-sur-Seine")
    for prenom, naissance in exemple.enfants:
        ajouter_un_membre(foyer, par=par, lien="enfant", prenom=prenom, nom=exemple.nom, naissance=naissance)
    _dire(exemple, foyer, personne, par)
    if exemple.consigne:
        proteger_le_contact(personne, par=par, consigne=exemple.consigne)


def _dire(exemple: FoyerDExemple, foyer: Foyer, personne: Personne, par: Acteur) -> None:
    jour = timezone.localdate()
    exprimer(None, par=par, foyer=foyer, personne=personne, mots=exemple.mots, sujet=exemple.sujet, canal="guichet")
    suite = {"suite": "repondu"}
    if exemple.rappel:
        suite = {"suite": "rappel", "rappel_avant": fin_de_journee(ajouter_jours_ouvres(jour, 1), dt.time(17))}  # type: ignore[dict-item]
    noter_un_contact(
        None,
        par=par,
        canal="telephone",
        foyer=foyer,
        personne=personne,
        mots=exemple.mots,
        sujets=[exemple.sujet],
        **suite,
    )
    texte = (EXEMPLES / f"{exemple.situation}.yaml").read_text(encoding="utf-8")
    dite = lire_situation(texte, jour=jour)
    garder_la_situation(par=par, foyer=foyer, personne=personne, situation=dite, jour=jour, source="entretien")
    if exemple.accord:
        caf = Institution.objects.filter(nom__startswith=CAF).first()
        if caf:
            recueillir(
                None,
                par=par,
                foyer=foyer,
                personne=personne,
                cases=[(caf, "famille"), (caf, exemple.sujet)],
                duree="semestre",
                mode="presence",
            )
            if exemple.relais:
                _confier(exemple, foyer, personne, caf, par)


def _confier(exemple: FoyerDExemple, foyer: Foyer, personne: Personne, caf: Institution, par: Acteur) -> None:
    """Un relais chez le partenaire d'exemple : son compte a de quoi répondre, et de quoi déposer une demande d'aide."""
    envoyer(
        None,
        par=par,
        foyer=foyer,
        personne=personne,
        institutions=[caf],
        sujet=exemple.sujet,
        demande=exemple.relais,
        attendu="Un rappel à la personne",
        lignes=("nom", "telephone"),
        fondement=Relais.Fondement.ACCORD,
    )
