"""Les mots d'un dossier qu'un texte destiné à la commission ne doit pas contenir. Sert au contrôle, ne s'affiche jamais seul."""

import re
from collections.abc import Iterable, Iterator

from pleinsdroits.accueil.models import Besoin, Contact, Message, Relais, RendezVous
from pleinsdroits.aides.models import Demande
from pleinsdroits.demarches.models import Demarche
from pleinsdroits.personnes.models import Adresse, Foyer, Identifiant, Moyen, Papier, Personne

SUITE = 5
COURT = 4


def mots_du_dossier(demande: Demande) -> set[str]:
    """
    Noms, adresses, moyens, numéros, agents, et ce que les textes libres ont de reconnaissable : noms propres, nombres,
    suites de cinq mots. Rend des chaînes telles qu'écrites ; ``regles.anonymat.controler`` les compare.
    """
    mots = {*_textes_libres(_de_la_demande(demande)), demande.reference, demande.quartier, demande.transmise_a}
    mots |= set(_agent(demande.instructeur))
    if demande.foyer is not None:
        mots |= {*_du_foyer(demande.foyer), *_textes_libres(_ecrits(demande.foyer))}
    return {mot for mot in mots if len(mot.strip()) > 2}


def _de_la_demande(demande: Demande) -> Iterator[str]:
    yield from (demande.mots, demande.payer_a, demande.derogation)
    for correction in demande.corrections.all():
        yield from (correction.libelle, correction.raison)
    for raison, libelle in demande.pieces.values_list("raison", "libelle"):
        yield from (raison, libelle)


def _du_foyer(foyer: Foyer) -> Iterator[str]:
    personnes = Personne.objects.filter(appartenances__foyer=foyer).distinct()
    yield foyer.numero
    yield from (*_agent(foyer.interlocuteur), *_agent(foyer.remplacant))
    for personne in personnes:
        noms = (personne.prenom, personne.nom, personne.nom_de_naissance)
        yield from (*noms, *(p for nom in noms for p in nom.split()))
        if personne.naissance:
            yield from (f"{personne.naissance:%d/%m/%Y}", personne.naissance.isoformat())
    for valeur, normal in Moyen.objects.filter(personne__in=personnes).values_list("valeur", "normal"):
        yield from (valeur, normal)
    for numero in Identifiant.objects.filter(personne__in=personnes):
        yield from (numero.valeur, "".join(numero.valeur.split()))
    for ligne, complement in Adresse.objects.filter(foyer=foyer).values_list("ligne", "complement"):
        yield from (ligne, complement, *_longs(ligne), *_longs(complement))


def _ecrits(foyer: Foyer) -> Iterator[str]:
    """Tout ce qui a été écrit librement sur ce foyer."""
    yield from Besoin.objects.filter(foyer=foyer).values_list("mots", flat=True)
    relais = Relais.objects.filter(foyer=foyer)
    lus: Iterable[tuple[str, ...]] = (
        *Contact.objects.filter(foyer=foyer).values_list("mots", "joindre", "oriente_vers"),
        *relais.values_list("demande", "attendu", "explication"),
        *Papier.objects.filter(foyer=foyer).values_list("precision", "donne_par", "finalite"),
    )
    yield from (texte for textes in lus for texte in textes)
    yield from Message.objects.filter(relais__in=relais.values("pk")).values_list("texte", flat=True)
    yield from RendezVous.objects.filter(foyer=foyer).values_list("objet", flat=True)
    yield from Demarche.objects.filter(foyer=foyer).values_list("precision", flat=True)
    yield from Personne.objects.filter(appartenances__foyer=foyer).values_list("consigne", flat=True)


def _agent(agent: object) -> Iterator[str]:
    """Le nom d'un agent dit souvent de quel dossier il s'agit."""
    if agent is not None:
        yield from (getattr(agent, "first_name", ""), getattr(agent, "last_name", ""))


def _longs(texte: str) -> list[str]:
    return [mot for mot in re.findall(r"[^\W_]+", texte) if len(mot) >= COURT]


def _textes_libres(textes: Iterable[str]) -> Iterator[str]:
    for texte in filter(None, textes):
        mots = re.findall(r"[^\s,;.!?…«»()]+", texte)
        yield from (mot for mot in mots if len(mot) > 2 and (mot[0].isupper() or any(c.isdigit() for c in mot)))
        yield from (" ".join(mots[i : i + SUITE]) for i in range(max(len(mots) - SUITE + 1, 0)))
