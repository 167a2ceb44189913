"""Ceux que la recherche propose pendant un contact : de quoi les reconnaître, et de quoi les joindre sans danger."""

from dataclasses import dataclass

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.personnes.models import Foyer, Membre, Moyen, Personne
from pleinsdroits.personnes.recherche import Trouve, chercher

AU_MOINS = 2


@dataclass(frozen=True)
class Propose:
    """Un résultat, la valeur de son bouton, sa consigne et ses téléphones."""

    trouve: Trouve
    valeur: str = ""
    consigne: str = ""
    telephones: tuple[Moyen, ...] = ()


def proposer(acteur: Acteur, texte: str) -> list[Propose]:
    """Au plus huit ; hors du périmètre, rien que l'interlocuteur."""
    trouves = chercher(acteur, texte, 8) if len(texte.strip()) >= AU_MOINS else []
    personnes = _personnes(acteur, [t.personne for t in trouves if not t.hors_perimetre])
    return [_propose(t, personnes.get(t.personne)) for t in trouves]


def proposer_le_foyer(acteur: Acteur, foyer: Foyer) -> list[Propose]:
    """Ceux qui vivent dans ce foyer, la personne suivie d'abord : le dossier d'où l'on vient."""
    membres = Membre.objects.actuels().filter(foyer=foyer).order_by("-lien", "pk")
    cles = [m.personne_id for m in sorted(membres, key=lambda m: m.lien != Membre.Lien.DEMANDEUR)]
    personnes = _personnes(acteur, cles)
    suivi_par = str(foyer.interlocuteur or "")
    return [
        _propose(
            Trouve(suivi_par, personne=c, foyer=foyer.pk, numero=foyer.numero, nom=str(personnes[c])), personnes[c]
        )
        for c in cles
        if c in personnes
    ]


def lire_le_choix(acteur: Acteur, valeur: str) -> tuple[Foyer | None, Personne | None]:
    """Le foyer et la personne du bouton choisi (« foyer:personne ») ; rien s'il est hors du périmètre ou mal écrit."""
    cle_foyer, _deux_points, cle_personne = valeur.partition(":")
    if not (cle_foyer.isdecimal() and cle_personne.isdecimal()):
        return None, None
    foyer = Foyer.objects.visibles_par(acteur).filter(pk=cle_foyer).first()
    personne = Personne.objects.visibles_par(acteur).filter(pk=cle_personne).first()
    return (foyer, personne) if foyer and personne else (None, None)


def _personnes(acteur: Acteur, cles: list[int]) -> dict[int, Personne]:
    visibles = Personne.objects.visibles_par(acteur).filter(pk__in=cles).prefetch_related("moyens")
    return {p.pk: p for p in visibles}


def _propose(trouve: Trouve, personne: Personne | None) -> Propose:
    if trouve.hors_perimetre or personne is None:
        return Propose(trouve)
    telephones = tuple(m for m in personne.moyens.all() if m.genre == Moyen.Genre.TELEPHONE)
    consigne = personne.consigne if personne.contact_protege else ""
    return Propose(trouve, f"{trouve.foyer}:{trouve.personne}", consigne, telephones)
