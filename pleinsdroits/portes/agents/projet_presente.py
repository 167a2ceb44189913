"""Un projet rangé pour l'écran de l'agent : le gabarit n'a rien à calculer."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from pleinsdroits.echeances.models import Echeance
from pleinsdroits.parcours.fige import qui_s_engage
from pleinsdroits.parcours.formes import Forme, forme_de_l_etape, forme_de_l_objectif, forme_du_projet
from pleinsdroits.parcours.lecture import EtapeLue, ObjectifComplet, lire
from pleinsdroits.parcours.models import BilanDeProjet, Engagement, EtatProjet, Projet, Proposition, Retour
from pleinsdroits.portes.agents.gestes_projet import S_ECRIVENT, Geste, Prochain, autres_gestes, prochain

VERS = {"demarche": "agents:demarche", "aide": "agents:aide", "relais": "agents:relais"}


@dataclass(frozen=True)
class EtapeMontree:
    """Une étape, sa forme, et où lire ce qu'elle suit (vide si elle se coche)."""

    lue: EtapeLue
    forme: Forme
    vers: str


@dataclass(frozen=True)
class ObjectifMontre:
    """Un objectif, sa forme, ses étapes montrées."""

    complet: ObjectifComplet
    forme: Forme
    etapes: list[EtapeMontree]


@dataclass(frozen=True)
class PageDeProjet:
    """Tout ce que montre la page d'un projet."""

    forme: Forme
    echeances: list[Echeance]
    prochain: Prochain | None
    autres: list[Geste]
    manques: list[str]
    objectifs: list[ObjectifMontre]
    engagements: list[tuple[Engagement, str]]
    bilans: list[BilanDeProjet]
    versions: list[Proposition]
    retours: list[Retour]
    s_ecrit: bool
    a_faire_accepter: bool

    @property
    def en_attente(self) -> Proposition | None:
        """La version que la personne a à lire."""
        return next((v for v in self.versions if not v.acceptee_le and not v.retiree_le), None)

    @property
    def remarque(self) -> Proposition | None:
        """Ce que la personne veut changer, si c'est la dernière chose qu'elle a dite."""
        derniere = self.versions[0] if self.versions else None
        return derniere if derniere and derniere.remarque else None


def page_de_projet(projet: Projet) -> PageDeProjet:
    """La page de ``projet`` (nombre de requêtes constant)."""
    complet = lire(projet)
    en_construction = projet.etat == EtatProjet.CONSTRUCTION
    return PageDeProjet(
        forme=forme_du_projet(projet.etat),
        echeances=list(Echeance.objects.sur(projet).en_cours().avec_main().order_by("limite")),
        prochain=prochain(complet),
        autres=autres_gestes(projet),
        manques=[str(m) for m in complet.manques()] if en_construction else [],
        objectifs=[_objectif(o) for o in complet.objectifs],
        engagements=[(e, qui_s_engage(e, projet)) for e in complet.engagements],
        bilans=list(projet.bilans.select_related("agent")),
        versions=list(projet.propositions.select_related("papier")),
        retours=list(projet.retours.all()),
        s_ecrit=projet.etat in S_ECRIVENT,
        a_faire_accepter=projet.etat == EtatProjet.PROPOSE,
    )


def prochaines_dates(projets: list[Projet]) -> dict[str, tuple[Echeance, str, tuple[str, str]]]:
    """Pour chaque projet (sa clé en texte), sa prochaine date, en mots et en forme. Une requête."""
    maintenant, cles = timezone.now(), [str(p.pk) for p in projets]
    courent = Echeance.objects.en_cours().avec_main().filter(type_objet=Projet._meta.label_lower, cle_objet__in=cles)
    return {e.cle_objet: (e, e.phrase(maintenant), e.forme(maintenant)) for e in courent.order_by("-limite")}


def _objectif(complet: ObjectifComplet) -> ObjectifMontre:
    etapes = [EtapeMontree(e, forme_de_l_etape(e.avancement), _vers(e)) for e in complet.etapes]
    return ObjectifMontre(complet, forme_de_l_objectif(complet.objectif.etat), etapes)


def _vers(etape: EtapeLue) -> str:
    return reverse(VERS[etape.sorte], args=[etape.cle]) if etape.sorte else ""
