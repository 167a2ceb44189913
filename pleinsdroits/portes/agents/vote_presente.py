"""Le vote d'une demande, montré : au secrétariat qui l'arrête, au membre qui donne sa voix. Un bulletin secret n'y est jamais."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from pleinsdroits.aides.models import Inscription, MembreDeLInstance, Urne, Vote
from pleinsdroits.aides.regles.depouillement import Voix
from pleinsdroits.aides.urne import bulletins_de
from pleinsdroits.aides.voix import nom_de_la_voix
from pleinsdroits.aides.votants import votants_de
from pleinsdroits.comptes.acteur import Acteur


@dataclass(frozen=True)
class MembreAuVote:
    """Un votant. ``ou`` : « vote », « retire », ou rien ; ``nom`` dit aussi qui porte son pouvoir."""

    membre: MembreDeLInstance
    nom: str
    ou: str


@dataclass(frozen=True)
class DepouillementMontre:
    """``compte`` : vide tant qu'un scrutin secret est ouvert. ``tours`` : le compte des tours sans majorité."""

    secret: bool = False
    clos: bool = False
    bulletins: int = 0
    demandeurs: int = 0
    compte: dict[str, int] = field(default_factory=dict)
    tours: list[dict[str, int]] = field(default_factory=list)
    raisons: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class VoixADonner:
    """Une voix que le membre peut donner : la sienne, ou celle dont il porte le pouvoir. ``vote`` : déjà donnée."""

    membre: MembreDeLInstance
    nom: str
    vote: Vote | None


def membres_au_vote(inscription: Inscription) -> list[MembreAuVote]:
    """Les présents, puis ceux qui ont donné pouvoir à un présent ; les retirés sont dits. Six requêtes."""
    porteurs = votants_de(inscription)
    votes = set(inscription.votes.values_list("membre_id", flat=True))
    retires = set(inscription.retraits.values_list("membre_id", flat=True))
    presents = set(inscription.seance.presences.filter(etat="present").values_list("membre_id", flat=True))
    tous = MembreDeLInstance.objects.filter(pk__in={*presents, *porteurs}).select_related("agent")
    noms = {m.pk: str(m.agent) for m in tous}
    lus = [MembreAuVote(m, _nom(m, porteurs, noms), _ou(m.pk, votes, retires)) for m in tous]
    return sorted(lus, key=lambda m: (m.membre.pk not in presents, m.nom))


def depouillement_montre(inscription: Inscription) -> DepouillementMontre:
    """Le compte des voix et les raisons ; d'un scrutin secret ouvert, le nombre de bulletins seulement."""
    urne = Urne.objects.filter(inscription=inscription).first()
    votes = list(inscription.votes.all())
    if urne is None or not urne.ouverte:
        raisons = [v.raison for v in votes if v.raison]
        demandeurs = len(urne.demandeurs) if urne else 0
        return DepouillementMontre(compte=_compte(votes), raisons=raisons, demandeurs=demandeurs)
    return DepouillementMontre(
        secret=True,
        clos=urne.close,
        bulletins=len(votes),
        compte=_compte(bulletins_de(inscription)),
        tours=[{_nom_du_tour(c): n for c, n in tour.items()} for tour in urne.tours],
    )


def voix_a_donner(inscription: Inscription, acteur: Acteur) -> list[VoixADonner]:
    """Celles de ce membre, la sienne d'abord ; vide s'il n'est pas là ou s'il s'est retiré. Cinq requêtes."""
    porteurs = votants_de(inscription)
    siens = MembreDeLInstance.objects.filter(agent=int(acteur.identifiant), pk__in=porteurs.values())
    moi = next((m for m in siens if porteurs.get(m.pk) == m.pk), None)
    if moi is None:
        return []
    portes = MembreDeLInstance.objects.filter(pk__in=[m for m, p in porteurs.items() if p == moi.pk and m != moi.pk])
    votes = {v.membre_id: v for v in inscription.votes.all()}
    noms = [(moi, _("La mienne"))]
    noms += [
        (m, _("Celle de %(nom)s, qui m’a donné pouvoir") % {"nom": m.agent}) for m in portes.select_related("agent")
    ]
    return [VoixADonner(m, nom, votes.get(m.pk)) for m, nom in noms]


def _ou(membre: int, votes: set[int], retires: set[int]) -> str:
    return "retire" if membre in retires else "vote" if membre in votes else ""


def _nom(membre: MembreDeLInstance, porteurs: dict[int, int], noms: dict[int, str]) -> str:
    porteur = porteurs.get(membre.pk, membre.pk)
    if porteur == membre.pk:
        return noms[membre.pk]
    return _("%(nom)s, par pouvoir à %(porteur)s") % {"nom": noms[membre.pk], "porteur": noms[porteur]}


def _compte(voix: list[Vote] | list[Voix]) -> dict[str, int]:
    compte: dict[str, int] = {}
    for v in voix:
        nom = nom_de_la_voix(v)
        compte[nom] = compte.get(nom, 0) + 1
    return dict(sorted(compte.items()))


def _nom_du_tour(cle: str) -> str:
    choix, _espace, montant = cle.partition(" ")
    return nom_de_la_voix(Voix(choix, Decimal(montant) if montant else None))
