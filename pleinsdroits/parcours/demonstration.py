"""
Quelques projets dans la ville d'exemple, à des moments différents. Tout passe par les actes : ce que l'on y voit est ce que la
plateforme fait. Rien de tout cela n'existe hors du mode démonstration.
"""

import datetime as dt

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from pleinsdroits.aides.actions.deposer import deposer
from pleinsdroits.aides.models import Demande
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Agent, Institution, Role
from pleinsdroits.parcours.actions import accepter, construire, demander, etapes
from pleinsdroits.parcours.models import Projet
from pleinsdroits.personnes.models import Foyer, Personne

TRAVAIL = {
    "domaine": "trouver-un-emploi",
    "mots": "Travailler plus d’heures, sans perdre mes mercredis",
    "options": (
        ("Demander plus d’heures dans mon travail", "Un rendez-vous avec mon responsable"),
        ("Chercher un deuxième emploi près de l’école", "Un mode de garde le soir"),
        ("Ne rien changer pour l’instant", ""),
    ),
    "raison": "Je connais l’équipe, et les enfants y sont habitués.",
    "etapes": ("Préparer ensemble ce que je veux dire", "Demander le rendez-vous"),
}
LOGEMENT = {
    "domaine": "logement-hebergement",
    "mots": "Une chambre à moi pour étudier",
    "options": (
        ("Demander une chambre en résidence étudiante", "Un dossier social à déposer"),
        ("Chercher une colocation", "Une caution, à vérifier avec la ville"),
    ),
    "raison": "C’est le moins cher et le plus près.",
    "etapes": ("Réunir les papiers du dossier social",),
}


def charger_les_projets() -> int:
    """
    Trois projets sur les foyers d'exemple, s'il n'y en a encore aucun : accepté, à accepter, demandé ; rend leur nombre. Lève
    ``PermissionDenied`` hors du mode démonstration.
    """
    if not settings.MODE_DEMO:
        raise PermissionDenied("La démonstration ne se charge qu'avec MODE_DEMO=1.")
    agent = Agent.objects.filter(demonstration=True, role=Role.INTERLOCUTEUR).first()
    if agent is None or Projet.objects.exists():
        return 0
    suivies = {p.prenom: (f, p) for f in Foyer.objects.filter(exemple=True) if (p := f.demandeur())}
    faits = (("Nadia", _accepte), ("Inès", _a_accepter), ("Mireille", _demande))
    with transaction.atomic():
        ouverts = [faire(*suivies[prenom], agent.acteur) for prenom, faire in faits if prenom in suivies]
    return len(ouverts)


def _accepte(foyer: Foyer, personne: Personne, par: Acteur) -> Projet:
    """Un projet accepté par la personne, dont une étape suit une vraie demande d'aide du dossier."""
    projet = _commencer(foyer, personne, par, "Je veux souffler, et travailler un peu plus.")
    _construire(
        projet,
        par,
        forces="Je travaille depuis neuf ans dans la même équipe.\nMa mère habite l’immeuble d’en face.",
        souhaits="Finir le mois sans compter, et garder mes mercredis avec les enfants.",
        objectif=TRAVAIL,
    )
    etapes.ajouter_une_etape(projet, par=par, objectif=projet.objectifs.get(), suit=_une_aide(foyer, personne, par))
    _s_engager(
        projet, par, "Apporter mes trois dernières fiches de paie", "Faire la demande de prime d’activité avec vous"
    )
    version = accepter.proposer(projet, par=par, bilan_le=_dans(90))
    accepter.accepter(projet, par=Acteur.personne(str(personne.pk)), empreinte=version.empreinte)
    return projet


def _a_accepter(foyer: Foyer, personne: Personne, par: Acteur) -> Projet:
    """Un projet que la personne a à lire."""
    projet = _commencer(foyer, personne, par, "Je voudrais un endroit calme pour étudier.")
    _construire(
        projet,
        par,
        forces="J’ai eu mon année du premier coup.\nJe cuisine pour toute la coloc.",
        souhaits="Un endroit calme, et assez près pour rentrer à pied.",
        objectif=LOGEMENT,
    )
    _s_engager(projet, par, "Demander l’attestation d’inscription", "Relire le dossier social avant le dépôt")
    accepter.proposer(projet, par=par, bilan_le=_dans(60))
    return projet


def _demande(foyer: Foyer, personne: Personne, par: Acteur) -> Projet:
    """Une demande, dont le premier entretien est à tenir."""
    mots = "Mes allocations s’arrêtent, je ne sais pas par où commencer."
    return demander.demander(None, par=par, foyer=foyer, personne=personne, canal="telephone", mots=mots)


def _une_aide(foyer: Foyer, personne: Personne, par: Acteur) -> Demande:
    """Sa demande d'aide pour l'énergie : celle qui court déjà, sinon une neuve."""
    deja = Demande.objects.en_cours().filter(foyer=foyer, personne=personne).first()
    mots = "Je n’arrive plus à payer l’électricité"
    return deja or deposer(
        None, par=par, foyer=foyer, personne=personne, aide="local_energie", canal="guichet", mots=mots
    )


def _commencer(foyer: Foyer, personne: Personne, par: Acteur, mots: str) -> Projet:
    projet = demander.demander(None, par=par, foyer=foyer, personne=personne, canal="guichet", mots=mots)
    demander.premier_entretien(projet, par=par, le=timezone.localdate())
    projet.refresh_from_db()
    return projet


def _construire(projet: Projet, par: Acteur, *, forces: str, souhaits: str, objectif: dict) -> None:
    construire.ecrire_les_forces(projet, par=par, forces=forces)
    construire.ecrire_les_souhaits(projet, par=par, souhaits=souhaits)
    cree = construire.ajouter_un_objectif(projet, par=par, domaine=objectif["domaine"], mots=objectif["mots"])
    offertes = [
        construire.offrir_une_option(projet, par=par, objectif=cree, libelle=libelle, precision=precision)
        for libelle, precision in objectif["options"]
    ]
    construire.choisir(projet, par=par, option=offertes[0], raison=objectif["raison"])
    for rang, libelle in enumerate(objectif["etapes"], start=1):
        etapes.ajouter_une_etape(projet, par=par, objectif=cree, libelle=libelle, pour_le=_dans(15 * rang))


def _s_engager(projet: Projet, par: Acteur, la_personne: str, la_ville: str) -> None:
    etapes.s_engager(projet, par=par, qui="personne", quoi=la_personne, pour_le=_dans(20))
    etapes.s_engager(projet, par=par, qui="interlocuteur", quoi=la_ville, pour_le=_dans(20))
    partenaire = Institution.objects.filter(sorte=Institution.Sorte.PARTENAIRE).order_by("nom").first()
    if partenaire:
        quoi = "Répondre à la demande dans le mois"
        etapes.s_engager(projet, par=par, qui="partenaire", institution=partenaire, quoi=quoi, pour_le=_dans(30))


def _dans(jours: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=jours)
