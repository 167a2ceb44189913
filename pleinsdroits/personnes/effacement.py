"""
Effacer un dossier ou une personne, quelle que soit la pièce où l'on en parle.

Un modèle qui porte ``A_LA_FIN = {"champ": valeur_vide}`` reste pour les statistiques : ces champs sont vidés, ses liens
vers la personne et le foyer coupés. Tout autre modèle voit ses lignes effacées. Papiers, index, envois et horloges suivent.
À appeler dans un acte : sa transaction porte le tout.
"""

from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from pleinsdroits.echeances import horloge
from pleinsdroits.echeances.models import Echeance, Pause
from pleinsdroits.personnes.index import indexer_la_personne, oublier_la_personne
from pleinsdroits.personnes.lignes_liees import parties, relations
from pleinsdroits.personnes.models import Foyer, Membre, Papier, Personne
from pleinsdroits.socle import fichiers
from pleinsdroits.socle.models import Envoi

Modele = type[models.Model]


def effacer_le_foyer(foyer: Foyer) -> None:
    """Efface le dossier et ceux qui n'ont pas d'autre dossier ; il n'en reste que le numéro et les dates."""
    seules = list(_sans_autre_dossier(foyer).values_list("pk", flat=True))
    suivies_ailleurs = list(Personne.objects.filter(appartenances__foyer=foyer).exclude(pk__in=seules).distinct())
    _effacer_ce_qui_designe(Foyer, [foyer.pk])
    effacer_les_personnes(seules)
    for personne in suivies_ailleurs:
        indexer_la_personne(personne)
    _arreter_les_horloges(Echeance.objects.filter(dossier=foyer.pk))
    foyer.etat = Foyer.Etat.EFFACE
    foyer.interlocuteur = foyer.remplacant = None
    foyer.save()


def effacer_les_personnes(cles: Collection[int]) -> None:
    """Efface ces personnes et les fiches qui leur avaient été réunies."""
    toutes = _avec_leurs_doublons(cles)
    _effacer_ce_qui_designe(Personne, toutes)
    _arreter_les_horloges(Echeance.objects.filter(personne__in=toutes))
    for cle in toutes:
        oublier_la_personne(cle)
    Personne.objects.filter(pk__in=toutes).update(fusionnee_dans=None)
    _supprimer(Personne, toutes)


def oublier_les_lignes(modele: Modele, cles: Collection[Any]) -> None:
    """Ces lignes, et leurs parties, comme si leur dossier s'effaçait ; le dossier, lui, reste."""
    _effacer(modele, list(cles))


def arreter_les_horloges_du_dossier(cle: int) -> None:
    """Plus personne n'attend rien de ce dossier."""
    for echeance in Echeance.objects.en_cours().filter(dossier=cle):
        horloge.abandonner(echeance)


def _sans_autre_dossier(foyer: Foyer) -> models.QuerySet[Personne]:
    ailleurs = Membre.objects.actuels().filter(personne=OuterRef("pk")).exclude(foyer=foyer)
    vivant_ailleurs = ailleurs.exclude(foyer__etat=Foyer.Etat.EFFACE)
    return Personne.objects.filter(Exists(Membre.objects.filter(personne=OuterRef("pk"), foyer=foyer))).exclude(
        Exists(vivant_ailleurs)
    )


def _avec_leurs_doublons(cles: Collection[int]) -> list[int]:
    toutes, nouvelles = set(cles), set(cles)
    while nouvelles:
        trouvees = Personne.objects.filter(fusionnee_dans__in=nouvelles).values_list("pk", flat=True)
        nouvelles = set(trouvees) - toutes
        toutes |= nouvelles
    return sorted(toutes)


def _effacer_ce_qui_designe(modele: Modele, cles: Collection[Any]) -> None:
    for lie, champ in relations(modele):
        if lie is not modele:
            _effacer(lie, _cles(lie, champ, cles))


def _effacer(modele: Modele, cles: list[Any]) -> None:
    """Vide ces lignes si le modèle dit ce qu'il en reste, sinon les supprime ; leurs parties de même."""
    if not cles:
        return
    for lie, champ in parties(modele):
        _effacer(lie, _cles(lie, champ, cles))
    if hasattr(modele, "A_LA_FIN"):
        _alentour(modele, cles)
        modele._base_manager.filter(pk__in=cles).update(**{**modele.A_LA_FIN, **_liens_coupes(modele)})
    else:
        _supprimer(modele, cles)


def _supprimer(modele: Modele, cles: Collection[Any]) -> None:
    _alentour(modele, cles)
    lignes = modele._base_manager.filter(pk__in=cles)
    if modele is Papier:
        for cle in lignes.values_list("fichier", flat=True):
            fichiers.effacer_ensuite(cle)
    lignes.delete()


def _alentour(modele: Modele, cles: Collection[Any]) -> None:
    """Les messages et les horloges qui parlaient de ces lignes."""
    de_celles_ci = Q(type_objet=modele._meta.label_lower, cle_objet__in=[str(c) for c in cles])
    Envoi.objects.filter(de_celles_ci).delete()
    _arreter_les_horloges(Echeance.objects.filter(de_celles_ci))


def _arreter_les_horloges(echeances: models.QuerySet[Echeance]) -> None:
    """Ce qui courait s'arrête ; ce qui est mesuré reste, sans dire de qui."""
    cles = list(echeances.values_list("pk", flat=True))
    concernees = Echeance.objects.filter(pk__in=cles)
    concernees.filter(etat__in=Echeance.EN_COURS).update(etat=Echeance.Etat.ANNULEE, close_le=timezone.now())
    concernees.update(dossier=None, personne=None)
    Pause.objects.filter(echeance__in=cles).update(raison="")


def _liens_coupes(modele: Modele) -> dict[str, None]:
    vers = (Foyer, Personne)
    return {c.name: None for c in modele._meta.concrete_fields if c.null and c.related_model in vers}


def _cles(modele: Modele, champ: models.ForeignKey, cles: Collection[Any]) -> list[Any]:
    return list(modele._base_manager.filter(**{f"{champ.name}__in": cles}).values_list("pk", flat=True))
