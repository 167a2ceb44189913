"""Relire le journal d'un bout à l'autre : toute ligne changée, ôtée, ajoutée ou déplacée se voit."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from pleinsdroits.journal.conservation import minuit
from pleinsdroits.journal.models import ORIGINE, RECIT, Entree, Tete


@dataclass(frozen=True)
class Constat:
    """Le résultat d'une relecture : nombre de lignes, tête (« numéro:empreinte », à noter ailleurs), fautes."""

    lignes: int
    tete: str
    fautes: tuple[str, ...]


@transaction.atomic
def verifier_journal(*, tete_connue: str = "") -> Constat:
    """
    Relit toutes les lignes. ``tete_connue`` est une tête notée hors de la base (sauvegarde, papier) : elle
    seule révèle un journal refait en entier.
    """
    tete = Tete.objects.select_for_update().filter(pk=1).first() or Tete()
    fautes = list(_fautes(tete))
    if tete_connue and not _connue(tete_connue):
        fautes.append(f"la tête notée {tete_connue} n'est plus dans le journal")
    return Constat(Entree.objects.count(), str(tete), tuple(fautes))


def _fautes(tete: Tete) -> Iterator[str]:
    numero, empreinte, limite = 0, ORIGINE, _limite_elaguee()
    for entree in Entree.objects.order_by("numero").iterator(chunk_size=2000):
        if entree.numero != numero + 1:
            yield f"ligne {numero + 1} : absente"
        if entree.precedente != empreinte:
            yield f"ligne {entree.numero} : ne suit pas la ligne {numero}"
        yield from _fautes_de_ligne(entree, limite)
        numero, empreinte = entree.numero, entree.empreinte
    if (numero, empreinte) != (tete.numero, tete.empreinte):
        yield f"fin du journal : ligne {tete.numero} attendue, ligne {numero} trouvée"


def _fautes_de_ligne(entree: Entree, limite: dt.datetime | None) -> Iterator[str]:
    if entree.empreinte != entree.empreinte_attendue():
        yield f"ligne {entree.numero} : modifiée"
    if not entree.elaguee:
        if entree.contenu != entree.empreinte_du_contenu():
            yield f"ligne {entree.numero} : récit modifié"
    elif not entree.consultation or limite is None or entree.date >= limite:
        yield f"ligne {entree.numero} : élaguée sans acte qui l'explique"
    elif any(getattr(entree, nom) != vide for nom, vide in RECIT.items()):
        yield f"ligne {entree.numero} : récit ajouté après élagage"


def _limite_elaguee() -> dt.datetime | None:
    """Minuit du jour le plus récent donné par un acte d'élagage."""
    jours = Entree.objects.filter(verbe="journal.elaguer").values_list("cle_objet", flat=True)
    dernier = max((dt.date.fromisoformat(j) for j in jours), default=None)
    return minuit(dernier) if dernier else None


def _connue(tete: str) -> bool:
    numero, _, empreinte = tete.partition(":")
    return numero.isdigit() and Entree.objects.filter(numero=int(numero), empreinte=empreinte).exists()
