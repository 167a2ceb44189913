"""Retrouver quelqu'un : par son nom, son téléphone, son numéro de dossier ou sa naissance. Rien n'en est gardé."""

import re
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Role
from pleinsdroits.personnes.index import ENSEMBLE
from pleinsdroits.personnes.models import Foyer, Membre, Personne
from pleinsdroits.personnes.preuve import lire_une_naissance
from pleinsdroits.socle import recherche

NUMERO = re.compile(r"\s*(?:(\d{4})\s*-\s*)?(\d{1,6})\s*")
CHIFFRES_AU_MOINS, RANG_AU_PLUS = 4, 6
CHERCHENT = (Role.ACCUEIL, Role.INTERLOCUTEUR, Role.INSTRUCTEUR, "systeme")


@dataclass(frozen=True)
class Trouve:
    """
    Quelqu'un. Hors du périmètre, tout est tu sauf l'interlocuteur : « Un dossier existe. Demandez à … ».
    """

    suivi_par: str
    hors_perimetre: bool = False
    personne: int = 0
    foyer: int = 0
    numero: str = ""
    nom: str = ""
    age: int | None = None
    protege: bool = False


def chercher(acteur: Acteur, texte: str, limite: int = 10) -> list[Trouve]:
    """Au plus ``limite`` personnes qui répondent à ``texte``, les plus proches d'abord ; rien pour qui ne reçoit pas."""
    cles = _cles(texte, limite * 3) if acteur.role in CHERCHENT else []
    if not cles:
        return []
    lisibles = set(Foyer.objects.visibles_par(acteur).filter(membres__personne__in=cles).values_list("pk", flat=True))
    membres = sorted(_membres(cles), key=lambda m: (m.actuel(), m.foyer_id in lisibles, m.du, m.pk))
    par_personne = {m.personne_id: m for m in membres}
    trouves = [_montrer(par_personne[c], lisibles) for c in cles if c in par_personne]
    ouverts = [t for t in trouves if not t.hors_perimetre]
    fermes = list(dict.fromkeys(t for t in trouves if t.hors_perimetre))
    return (ouverts + fermes)[:limite]


def _cles(texte: str, limite: int) -> list[int]:
    chiffres = "".join(c for c in texte if c.isdigit())
    if len(chiffres) >= CHIFFRES_AU_MOINS and not re.search(r"[^\W\d_]", texte):
        return _par_chiffres(texte, chiffres, limite)
    if numero := NUMERO.fullmatch(texte):
        return _par_numero(numero[1], numero[2], limite)
    trouvees = recherche.chercher(ENSEMBLE, texte, limite, decouper=recherche.mots_de_nom, voisins=True)
    return [int(c) for c in trouvees.cles]


def _par_chiffres(texte: str, chiffres: str, limite: int) -> list[int]:
    """Une date, un numéro de dossier entier, ou un téléphone (entier, ou ses derniers chiffres)."""
    if (naissance := lire_une_naissance(texte)) and re.search(r"[/. ]", texte.strip()):
        par_date = _vivantes(Q(naissance=naissance), limite)
        if par_date:
            return par_date
    if re.fullmatch(r"\s*\d{4}\s*-\s*\d{1,6}\s*", texte):
        annee, rang = (m.strip() for m in texte.split("-"))
        return _par_numero(annee, rang, limite)
    nus = chiffres.removeprefix("00").removeprefix("33") if len(chiffres) > 10 else chiffres
    fin = nus[1:] if len(nus) == 10 and nus[0] == "0" else nus
    par_telephone = _vivantes(Q(moyens__genre="telephone", moyens__normal__endswith=fin), limite)
    par_numero = _par_numero(None, chiffres, limite) if len(chiffres) <= RANG_AU_PLUS else []
    return list(dict.fromkeys(par_numero + par_telephone))[:limite]


def _par_numero(annee: str | None, rang: str, limite: int) -> list[int]:
    """Sans l'année, celui de chaque année."""
    if annee:
        return _vivantes(Q(appartenances__foyer__numero=f"{annee}-{int(rang):04d}"), limite)
    return _vivantes(Q(appartenances__foyer__numero__endswith=f"-{int(rang):04d}"), limite)


def _vivantes(condition: Q, limite: int) -> list[int]:
    lues = Personne.objects.vivantes().filter(condition).order_by("nom", "prenom", "pk")
    return list(dict.fromkeys(lues.values_list("pk", flat=True)[: limite * 2]))[:limite]


def _membres(cles: list[int]) -> QuerySet[Membre]:
    """
    Leurs appartenances à des dossiers suivis. On montrera celle d'aujourd'hui : qui est parti dans un autre dossier ne se
    lit plus dans l'ancien.
    """
    membres = Membre.objects.filter(personne__in=cles, foyer__etat=Foyer.Etat.ACTIF)
    return membres.select_related("personne", "foyer__interlocuteur")


def _montrer(membre: Membre, lisibles: set[int]) -> Trouve:
    suivi_par = str(membre.foyer.interlocuteur or "")
    if membre.foyer_id not in lisibles:
        return Trouve(suivi_par, hors_perimetre=True)
    personne = membre.personne
    return Trouve(
        suivi_par,
        personne=personne.pk,
        foyer=membre.foyer_id,
        numero=membre.foyer.numero,
        nom=str(personne),
        age=personne.age(timezone.localdate()),
        protege=personne.contact_protege,
    )
