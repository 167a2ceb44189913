"""Ce qu'on peut faire à l'annuaire."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.annuaire.models import Fermeture, Lieu, Ouverture, Service, Source
from pleinsdroits.annuaire.regles import PlageHoraire
from pleinsdroits.annuaire.ville import LieuDecrit, lire_lieux
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Role
from pleinsdroits.journal.actes import acte

TIENNENT_L_ANNUAIRE = (Role.TECHNIQUE, Role.COORDINATION, Role.ACCUEIL)
CHAMPS = frozenset(c.name for c in Lieu._meta.concrete_fields) - {"id", "cle", "source", "date_maj"}


@dataclass(frozen=True)
class Chargement:
    """Ce qu'un chargement a fait, en clés de lieux : créés, remis à jour, gardés parce qu'un agent les a changés."""

    crees: tuple[str, ...]
    mis_a_jour: tuple[str, ...]
    gardes: tuple[str, ...]


@acte("annuaire.charger_ville", roles=("systeme", Role.TECHNIQUE))
def charger_ville(objet: None, *, par: Acteur, dossier: Path) -> Chargement:
    """
    Met en base les lieux de ``dossier``/lieux.yaml. Recommencer ne change rien ; un lieu qu'un agent a changé
    n'est jamais écrasé, et un lieu absent du fichier reste. Lève les erreurs de ``lire_lieux``.
    """
    decrits = lire_lieux(dossier)
    sources = dict(Lieu.objects.values_list("cle", "source"))
    for decrit in decrits:
        if sources.get(decrit.cle) != Source.AGENT:
            _enregistrer(decrit)
    return Chargement(
        crees=tuple(d.cle for d in decrits if d.cle not in sources),
        mis_a_jour=tuple(d.cle for d in decrits if sources.get(d.cle) == Source.VILLE),
        gardes=tuple(d.cle for d in decrits if sources.get(d.cle) == Source.AGENT),
    )


@acte("annuaire.creer_lieu", roles=TIENNENT_L_ANNUAIRE)
def creer_lieu(objet: None, *, par: Acteur, cle: str, **champs: Any) -> Lieu:
    """Un lieu de plus ; ``champs`` sont ceux de ``Lieu``. Lève ``ValidationError`` si l'un est faux."""
    _connus(champs)
    lieu = Lieu(cle=cle, source=Source.AGENT, **champs)
    lieu.full_clean()
    lieu.save()
    return lieu


@acte("annuaire.modifier_lieu", roles=TIENNENT_L_ANNUAIRE)
def modifier_lieu(lieu: Lieu, *, par: Acteur, **champs: Any) -> Lieu:
    """Change les ``champs`` donnés ; le dossier de la ville n'écrasera plus ce lieu."""
    _connus(champs)
    for nom, valeur in champs.items():
        setattr(lieu, nom, valeur)
    return _signer(lieu)


@acte("annuaire.changer_les_horaires", roles=TIENNENT_L_ANNUAIRE)
def changer_les_horaires(lieu: Lieu, *, par: Acteur, plages: Collection[PlageHoraire]) -> Lieu:
    """Remplace la semaine ordinaire. Lève ``ValidationError`` si deux plages d'un jour se chevauchent."""
    _sans_chevauchement(plages)
    _remplacer_les_ouvertures(lieu, plages)
    return _signer(lieu)


@acte("annuaire.annoncer_une_fermeture", roles=TIENNENT_L_ANNUAIRE)
def annoncer_une_fermeture(lieu: Lieu, *, par: Acteur, du: dt.date, au: dt.date, pourquoi: str = "") -> Fermeture:
    """Ferme le lieu du jour ``du`` au jour ``au`` compris. Lève ``ValidationError`` si ``au`` précède ``du``."""
    fermeture = Fermeture(lieu=lieu, du=du, au=au, motif=pourquoi)
    fermeture.full_clean()
    fermeture.save()
    return fermeture


@acte("annuaire.annuler_une_fermeture", roles=TIENNENT_L_ANNUAIRE)
def annuler_une_fermeture(lieu: Lieu, *, par: Acteur, fermeture: Fermeture) -> None:
    """Le lieu reprend ses horaires ordinaires ces jours-là. Une fermeture déjà annulée ne change rien."""
    lieu.fermetures.filter(pk=fermeture.pk).delete()


def _connus(champs: dict[str, Any]) -> None:
    if inconnus := sorted(set(champs) - CHAMPS):
        raise ValidationError(_("Champs inconnus : %(noms)s.") % {"noms": ", ".join(inconnus)})


def _signer(lieu: Lieu) -> Lieu:
    lieu.source, lieu.date_maj = Source.AGENT, timezone.localdate()
    lieu.full_clean()
    lieu.save()
    return lieu


def _sans_chevauchement(plages: Collection[PlageHoraire]) -> None:
    rangees = sorted(plages, key=lambda p: (p.jour, p.de))
    if any(p.a <= p.de for p in rangees):
        raise ValidationError(_("Une plage finit avant de commencer."))
    if any(p.jour == s.jour and s.de < p.a for p, s in zip(rangees, rangees[1:], strict=False)):
        raise ValidationError(_("Deux plages du même jour se chevauchent."))


def _remplacer_les_ouvertures(lieu: Lieu, plages: Collection[PlageHoraire]) -> None:
    lieu.ouvertures.all().delete()
    Ouverture.objects.bulk_create(Ouverture(lieu=lieu, jour=p.jour, de=p.de, a=p.a) for p in plages)


@transaction.atomic
def _enregistrer(decrit: LieuDecrit) -> None:
    """Écrit un lieu du dossier ; sa date de mise à jour ne bouge que si quelque chose a changé."""
    champs = decrit.model_dump(exclude={"cle", "ouvertures", "services"})
    actuel = Lieu.objects.filter(cle=decrit.cle).avec_horaires().first()
    if actuel and _identique(actuel, decrit, champs):
        return
    valeurs = {**champs, "source": Source.VILLE, "date_maj": timezone.localdate()}
    lieu, _nouveau = Lieu.objects.update_or_create(cle=decrit.cle, defaults=valeurs)
    _remplacer_les_ouvertures(lieu, decrit.plages())
    lieu.services.all().delete()
    Service.objects.bulk_create(Service(lieu=lieu, **service.model_dump()) for service in decrit.services)


def _identique(lieu: Lieu, decrit: LieuDecrit, champs: dict[str, Any]) -> bool:
    plages = sorted((o.jour, o.de, o.a) for o in lieu.ouvertures.all())
    services = sorted(s.cle for s in lieu.services.all())
    return (
        all(getattr(lieu, nom) == valeur for nom, valeur in champs.items())
        and plages == sorted((p.jour, p.de, p.a) for p in decrit.plages())
        and services == sorted(s.cle for s in decrit.services)
        and all(_meme_service(s, decrit) for s in lieu.services.all())
    )


def _meme_service(service: Service, decrit: LieuDecrit) -> bool:
    attendu = next(s for s in decrit.services if s.cle == service.cle)
    return all(getattr(service, nom) == valeur for nom, valeur in attendu.model_dump().items())
