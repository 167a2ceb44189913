"""Avant d'ouvrir un dossier : la personne en a-t-elle déjà un ? Un indice, sa force et ses raisons ; un humain décide."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.personnes.index import ENSEMBLE
from pleinsdroits.personnes.models import Foyer, Membre, Moyen, Personne
from pleinsdroits.personnes.numeros import normaliser_un_moyen
from pleinsdroits.personnes.recherche import CHERCHENT
from pleinsdroits.socle import recherche

# Ce que pèse chaque ressemblance : il en faut 3 pour être montré. Un téléphone, une naissance, un nom seuls se partagent.
POIDS = {"meme_nom": 3, "nom": 2, "naissance": 2, "telephone": 2}
SEUIL = 3


@dataclass(frozen=True)
class Doublon:
    """Un dossier qui ressemble. Hors du périmètre, ni nom, ni numéro, ni clé de la personne : seulement à qui demander."""

    points: int
    raisons: tuple[str, ...]
    suivi_par: str
    hors_perimetre: bool
    numero: str = ""
    nom: str = ""
    personne: int = 0


def doublons(
    acteur: Acteur, prenom: str, nom: str, naissance: dt.date | None = None, telephone: str = ""
) -> list[Doublon]:
    """Les dossiers qui ressemblent le plus, cinq au plus, le plus ressemblant d'abord ; rien pour qui ne reçoit pas."""
    if acteur.role not in CHERCHENT:
        return []
    proches = recherche.chercher(ENSEMBLE, f"{prenom} {nom}", 20, decouper=recherche.mots_de_nom, voisins=True)
    noms = {int(c) for c in proches.cles}
    dit = frozenset(recherche.mots_de_nom(f"{prenom} {nom}"))
    normal = _normal(telephone)
    condition = Q(personne__in=noms)
    if naissance:
        condition |= Q(personne__naissance=naissance)
    if normal:
        condition |= Q(personne__moyens__normal=normal)
    membres = Membre.objects.filter(condition, foyer__etat=Foyer.Etat.ACTIF, personne__fusionnee_dans__isnull=True)
    membres = membres.select_related("personne", "foyer__interlocuteur").prefetch_related("personne__moyens")
    lisibles = set(Foyer.objects.visibles_par(acteur).filter(membres__in=membres).values_list("pk", flat=True))
    juges = {}
    for membre in membres[:200]:
        raisons = [*_raison_du_nom(membre.personne, dit, noms), *_raisons(membre, naissance, normal)]
        points = sum(POIDS[r] for r in raisons)
        if points >= SEUIL:
            juges[membre.personne_id] = _montrer(membre, points, raisons, membre.foyer_id in lisibles)
    return sorted(juges.values(), key=lambda d: -d.points)[:5]


def _raison_du_nom(personne: Personne, dit: frozenset[str], noms: set[int]) -> list[str]:
    """Les mêmes mots, dans n'importe quel ordre ; ou des mots qui se ressemblent."""
    if frozenset(recherche.mots_de_nom(f"{personne.prenom} {personne.nom}")) == dit:
        return ["meme_nom"]
    return ["nom"] if personne.pk in noms else []


def _raisons(membre: Membre, naissance: dt.date | None, normal: str) -> list[str]:
    raisons = []
    if naissance and membre.personne.naissance == naissance:
        raisons.append("naissance")
    if normal and any(m.normal == normal for m in membre.personne.moyens.all()):
        raisons.append("telephone")
    return raisons


def _montrer(membre: Membre, points: int, raisons: list[str], lisible: bool) -> Doublon:
    mots = {
        "meme_nom": _("même nom et même prénom"),
        "nom": _("nom proche"),
        "naissance": _("même date de naissance"),
        "telephone": _("même téléphone"),
    }
    dites = tuple(mots[r] for r in raisons) if lisible else ()
    suivi_par = str(membre.foyer.interlocuteur or _("l’accueil"))
    if not lisible:
        return Doublon(points, dites, suivi_par, True)
    return Doublon(points, dites, suivi_par, False, membre.foyer.numero, str(membre.personne), membre.personne_id)


def _normal(telephone: str) -> str:
    try:
        return normaliser_un_moyen(Moyen.Genre.TELEPHONE, telephone) if telephone else ""
    except ValidationError:
        return ""
