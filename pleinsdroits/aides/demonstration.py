"""
La ville d'exemple : un budget, une commission, et quelques demandes d'aide, une par étape. Tout passe par les actes : ce que
l'on y voit est ce que la plateforme fait. Rien de tout cela n'existe hors du mode démonstration.
"""

import datetime as dt
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from pleinsdroits.aides.actions.budget import voter_une_ligne
from pleinsdroits.aides.actions.cheques import emettre_les_cheques
from pleinsdroits.aides.actions.deposer import deposer
from pleinsdroits.aides.actions.instruire import prendre_en_charge, proposer
from pleinsdroits.aides.actions.membres import nommer_un_membre
from pleinsdroits.aides.actions.notifier import notifier, preparer_la_lettre
from pleinsdroits.aides.actions.paiements import preparer_le_paiement
from pleinsdroits.aides.actions.pieces import declarer_complete, demander_les_pieces, recevoir_une_piece
from pleinsdroits.aides.actions.seances import convoquer, creer_une_seance, inscrire, publier
from pleinsdroits.aides.actions.urgence import decider_en_urgence
from pleinsdroits.aides.demonstration_passe import reprendre_le_passe
from pleinsdroits.aides.models import Demande, Instance, LigneBudgetaire, MembreDeLInstance
from pleinsdroits.aides.passe_d_exemple import AIDES
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Agent, Role
from pleinsdroits.echeances.calendrier import ajouter_jours_ouvres, fin_de_journee
from pleinsdroits.personnes.models import Foyer

SYSTEME = Acteur.systeme("demonstration")
VOTE = Decimal(40_000)
ATTENDRE = "Les autres droits sont demandés ; la facture ne peut pas attendre leur réponse."


def charger_les_aides() -> int:
    """
    Vote le budget, nomme les membres et dépose les demandes d'exemple, s'il n'y en a encore aucune ; rend leur nombre. Lève
    ``PermissionDenied`` hors du mode démonstration.
    """
    if not settings.MODE_DEMO:
        raise PermissionDenied("La démonstration ne se charge qu'avec MODE_DEMO=1.")
    instructeur, presidence = _agent(Role.INSTRUCTEUR), _agent(Role.PRESIDENCE)
    foyers = {str(f.demandeur()): f for f in Foyer.objects.filter(exemple=True)}
    if Demande.objects.exists() or len(foyers) < 5 or instructeur is None or presidence is None:
        return 0
    with transaction.atomic():
        annee = timezone.localdate().year
        lignes = {an: _voter(an) for an in (annee - 1, annee)}
        reprendre_le_passe(instructeur, lignes)
        _nommer(presidence)
        _deposer_a_chaque_etape(foyers, instructeur.acteur, presidence.acteur)
    return Demande.objects.count()


def _agent(role: str) -> Agent | None:
    return Agent.objects.filter(demonstration=True, role=role).order_by("pk").first()


def _voter(exercice: int) -> LigneBudgetaire:
    return voter_une_ligne(
        None, par=SYSTEME, exercice=exercice, code="6561", nom="Secours et aides", aides=list(AIDES), vote=VOTE
    )


def _nommer(presidence: Agent) -> None:
    """La présidence et quatre membres siègent aux deux instances."""
    membres = Agent.objects.filter(demonstration=True, role=Role.COMMISSION).order_by("pk")
    du = timezone.localdate() - dt.timedelta(days=200)
    qualites = MembreDeLInstance.Qualite
    for instance in (Instance.COMMISSION_PERMANENTE, Instance.CONSEIL_ADMINISTRATION):
        nommer_un_membre(None, par=SYSTEME, agent=presidence, instance=instance, qualite=qualites.PRESIDENT, du=du)
        for agent in membres:
            nommer_un_membre(None, par=SYSTEME, agent=agent, instance=instance, qualite=qualites.ELU, du=du)


def _deposer_a_chaque_etape(foyers: dict[str, Foyer], instruction: Acteur, presidence: Acteur) -> None:
    _demande(foyers["Inès Carvalho"], "local_telephone", "web", "Mon forfait est coupé lundi", 30)
    incomplete = _demande(foyers["Joseph Amar"], "local_hygiene", "papier", "Il me faut des chaussures", 60)
    demander_les_pieces(incomplete, par=instruction)
    energie = _demande(foyers["Nadia Ferrand"], "local_energie", "web", "Je n’arrive plus à payer l’électricité", 285)
    _etudier(energie, instruction, Decimal(250))
    _mettre_a_l_ordre_du_jour(energie, instruction)
    urgente = _demande(
        foyers["Mireille Legrand"], "local_secours", "guichet", "Je n’ai plus rien jusqu’au 5", 80, urgente=True
    )
    _etudier(urgente, instruction, Decimal(80))
    payee = _demande(foyers["Moussa Sow"], "local_secours", "solibus", "Le frigo est vide", 100, urgente=True)
    _etudier(payee, instruction, Decimal(100))
    _decider_et_payer(payee, instruction, presidence)


def _demande(foyer: Foyer, aide: str, canal: str, mots: str, montant: int, *, urgente: bool = False) -> Demande:
    personne = foyer.demandeur()
    assert personne is not None
    return deposer(
        None,
        par=SYSTEME,
        foyer=foyer,
        personne=personne,
        aide=aide,
        canal=canal,
        mots=mots,
        montant=Decimal(montant),
        urgente=urgente,
        recue_le=None if urgente else timezone.now() - dt.timedelta(days=6),
    )


def _etudier(demande: Demande, par: Acteur, montant: Decimal) -> None:
    for piece in demande.pieces.all():
        recevoir_une_piece(demande, par=par, piece=piece)
    declarer_complete(demande, par=par)
    prendre_en_charge(demande, par=par)
    proposer(demande, par=par, montant=montant, sans_attendre=ATTENDRE)


def _mettre_a_l_ordre_du_jour(demande: Demande, par: Acteur) -> None:
    quand = fin_de_journee(ajouter_jours_ouvres(timezone.localdate(), 6), dt.time(14, 30))
    seance = creer_une_seance(
        None, par=SYSTEME, instance=Instance.COMMISSION_PERMANENTE, prevue_le=quand, lieu="Salle du conseil (exemple)"
    )
    inscription = inscrire(seance, par=par, demande=demande)
    publier(inscription, par=par, expose="Une coupure est annoncée. Un échéancier est signé pour le reste de la dette.")
    convoquer(seance, par=SYSTEME)


def _decider_et_payer(demande: Demande, instruction: Acteur, presidence: Acteur) -> None:
    raisons = "Plus rien pour manger avant le prochain versement ; le reste à vivre est sous le seuil du règlement."
    decision = decider_en_urgence(demande, par=presidence, montant=Decimal(100), forme="cap", raisons=raisons)
    preparer_la_lettre(decision, par=instruction)
    notifier(decision, par=instruction)
    paiement = preparer_le_paiement(decision, par=instruction)
    emettre_les_cheques(paiement, par=instruction, valeurs=[Decimal(20)] * 5)
