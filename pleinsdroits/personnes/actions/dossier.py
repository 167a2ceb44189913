"""Ouvrir un dossier, et tenir à jour qui y vit, où, et comment les joindre sans danger."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.comptes.models import Agent, Role
from pleinsdroits.journal.actes import acte
from pleinsdroits.personnes.index import indexer_la_personne
from pleinsdroits.personnes.models import Adresse, Foyer, Identifiant, Membre, Moyen, Personne
from pleinsdroits.personnes.models.foyer import SUIVENT
from pleinsdroits.personnes.numeros import normaliser_un_moyen, prochain_numero, verifier_un_identifiant

TIENNENT_LES_DOSSIERS = (Role.ACCUEIL, Role.INTERLOCUTEUR, Role.INSTRUCTEUR, "systeme")
ESSAIS = 20
CHAMPS_D_UNE_PERSONNE = frozenset(
    {"prenom", "nom", "nom_de_naissance", "naissance", "canal", "langue", "lit_peu", "consigne"}
)


@acte("personnes.ouvrir_un_foyer", roles=TIENNENT_LES_DOSSIERS)
def ouvrir_un_foyer(
    objet: None,
    *,
    par: Acteur,
    prenom: str,
    nom: str,
    telephone: str = "",
    courriel: str = "",
    lien: str = Membre.Lien.DEMANDEUR,
    **autres: Any,
) -> Foyer:
    """
    Ouvre un dossier pour une personne : ni téléphone, ni courriel, ni naissance ne sont exigés. ``autres`` : champs de
    ``Personne``. Qui suit des dossiers et en ouvre un en répond. Lève ``ValidationError`` si un champ est faux.
    """
    personne = _enregistrer(Personne(), {"prenom": prenom, "nom": nom, **autres})
    foyer = _numeroter(_interlocuteur(par))
    Membre.objects.create(foyer=foyer, personne=personne, lien=lien)
    for genre, valeur in ((Moyen.Genre.TELEPHONE, telephone), (Moyen.Genre.COURRIEL, courriel)):
        if valeur:
            _moyen(personne, genre, valeur)
    indexer_la_personne(personne)
    return foyer


@acte("personnes.modifier_la_personne", roles=TIENNENT_LES_DOSSIERS)
def modifier_la_personne(personne: Personne, *, par: Acteur, lue: int | None = None, **champs: Any) -> None:
    """
    Change les ``champs`` donnés. ``lue`` : la version que la page montrait. Lève ``Conflit`` si quelqu'un a écrit
    entre-temps, ``ValidationError`` si un champ est faux.
    """
    personne.changer(lue)
    _enregistrer(personne, champs)
    indexer_la_personne(personne)


@acte("personnes.proteger_le_contact", roles=TIENNENT_LES_DOSSIERS)
def proteger_le_contact(personne: Personne, *, par: Acteur, consigne: str) -> None:
    """
    La personne est en danger : rendez-vous cachés, aucun message, aucun moyen partagé. ``consigne`` dit comment la
    joindre. Lève ``ValidationError`` si elle manque.
    """
    if not consigne.strip():
        raise ValidationError({"consigne": _("Dites comment la joindre sans danger, ou de ne pas la joindre.")})
    personne.contact_protege, personne.consigne = True, consigne.strip()
    personne.version += 1
    personne.save()
    personne.moyens.update(message_permis=False)
    personne.moyens.filter(partage=True).update(sur=False)


@acte("personnes.lever_la_protection", roles=(Role.INTERLOCUTEUR, Role.INSTRUCTEUR))
def lever_la_protection(personne: Personne, *, par: Acteur) -> None:
    """Le danger est passé, elle le dit. Les moyens restent réglés comme ils le sont : on les reprend avec elle."""
    personne.contact_protege, personne.consigne = False, ""
    personne.version += 1
    personne.save()


@acte("personnes.ajouter_un_moyen", roles=TIENNENT_LES_DOSSIERS)
def ajouter_un_moyen(personne: Personne, *, par: Acteur, genre: str, valeur: str, **champs: Any) -> Moyen:
    """Un téléphone ou un courriel de plus (``champs`` de ``Moyen``). Lève ``ValidationError`` s'il est faux."""
    return _moyen(personne, genre, valeur, **champs)


@acte("personnes.retirer_un_moyen", roles=TIENNENT_LES_DOSSIERS)
def retirer_un_moyen(personne: Personne, *, par: Acteur, moyen: Moyen) -> None:
    """Ce numéro ou cette adresse ne sert plus ; déjà retiré, rien ne change."""
    personne.moyens.filter(pk=moyen.pk).delete()


@acte("personnes.noter_un_identifiant", roles=TIENNENT_LES_DOSSIERS)
def noter_un_identifiant(personne: Personne, *, par: Acteur, genre: str, valeur: str) -> Identifiant:
    """Garde, chiffré, le numéro donné par un organisme ; l'ancien est remplacé. Lève ``ValidationError`` s'il est faux."""
    connu = Identifiant.objects.filter(personne=personne, genre=genre).first()
    identifiant = connu or Identifiant(personne=personne, genre=genre)
    identifiant.valeur = verifier_un_identifiant(genre, valeur)
    identifiant.full_clean(exclude=["empreinte"])
    identifiant.save()
    return identifiant


@acte("personnes.choisir_un_mot", roles=(*TIENNENT_LES_DOSSIERS, "habitant"))
def choisir_un_mot(personne: Personne, *, par: Acteur, mot: str) -> None:
    """Le mot que la personne choisit pour entrer dans son dossier (4 lettres au moins). Lève ``ValidationError``."""
    if len("".join(mot.split())) < 4:
        raise ValidationError({"mot": _("Choisissez un mot d’au moins 4 lettres, connu de vous seul.")})
    personne.choisir_un_mot(mot)
    personne.save()


@acte("personnes.ajouter_un_membre", roles=TIENNENT_LES_DOSSIERS)
def ajouter_un_membre(
    foyer: Foyer, *, par: Acteur, lien: str, personne: Personne | None = None, du: dt.date | None = None, **champs: Any
) -> Membre:
    """
    Quelqu'un vit aussi là : une ``personne`` connue, ou une nouvelle (``champs``). Lève ``ValidationError``, ou
    ``PermissionDenied`` si la personne connue est hors du périmètre.
    """
    if personne and not Personne.objects.visibles_par(par).filter(pk=personne.pk).exists():
        raise PermissionDenied("Cette personne n'est pas dans votre périmètre.")
    personne = personne or _enregistrer(Personne(), champs)
    if foyer.membres.filter(personne=personne, au__isnull=True).exists():
        raise ValidationError(_("Cette personne est déjà dans ce foyer."))
    membre = Membre(foyer=foyer, personne=personne, lien=lien, du=du or timezone.localdate())
    membre.full_clean()
    membre.save()
    indexer_la_personne(personne)
    return membre


@acte("personnes.faire_partir_un_membre", roles=TIENNENT_LES_DOSSIERS)
def faire_partir_un_membre(foyer: Foyer, *, par: Acteur, membre: Membre, le: dt.date | None = None) -> None:
    """Il ne vit plus là depuis ``le``. Lève ``ValidationError`` s'il resterait un foyer sans personne."""
    if not foyer.membres.actuels().exclude(pk=membre.pk).exists():
        raise ValidationError(_("C’est la dernière personne de ce foyer : le dossier reste à son nom."))
    _partir(foyer, [membre.personne_id], le or timezone.localdate())


@acte("personnes.separer", roles=TIENNENT_LES_DOSSIERS)
def separer(foyer: Foyer, *, par: Acteur, personnes: Sequence[Personne], le: dt.date | None = None) -> Foyer:
    """
    Un couple se sépare : ``personnes`` ont désormais leur propre dossier, que l'autre adulte ne voit pas. La première
    en est la personne suivie ; l'interlocuteur reste le leur si qui sépare n'en est pas un. Lève ``ValidationError`` si
    personne ne part ou ne reste.
    """
    jour = le or timezone.localdate()
    actuels = {m.personne_id: m for m in foyer.membres.actuels()}
    partants = {p.pk for p in personnes}
    if not partants or not partants < set(actuels):
        raise ValidationError(_("Choisissez qui part : une personne au moins part, une au moins reste."))
    _partir(foyer, list(partants), jour)
    nouveau = _numeroter(_interlocuteur(par) or foyer.interlocuteur)
    for rang, personne in enumerate(personnes):
        lien = actuels[personne.pk].lien if rang else Membre.Lien.DEMANDEUR
        Membre.objects.create(foyer=nouveau, personne=personne, lien=lien, du=jour)
        indexer_la_personne(personne)
    return nouveau


@acte("personnes.reprendre_un_foyer", roles=(Role.INTERLOCUTEUR, Role.INSTRUCTEUR, "systeme"))
def reprendre_un_foyer(foyer: Foyer, *, par: Acteur) -> None:
    """
    La personne revient : son dossier archivé est de nouveau suivi. L'interlocuteur qui le reprend (par accès
    exceptionnel) en répond si celui d'avant n'est plus là. Déjà suivi : sans effet.
    """
    if foyer.etat != Foyer.Etat.ARCHIVE:
        return
    foyer.etat, foyer.archive_le = Foyer.Etat.ACTIF, None
    foyer.dernier_contact_le = timezone.localdate()
    if foyer.interlocuteur is None or not foyer.interlocuteur.is_active:
        foyer.interlocuteur = _interlocuteur(par)
    foyer.version += 1
    foyer.save()


@acte("personnes.changer_d_adresse", roles=TIENNENT_LES_DOSSIERS)
def changer_d_adresse(foyer: Foyer, *, par: Acteur, du: dt.date | None = None, **champs: Any) -> Adresse:
    """Le foyer vit ailleurs depuis ``du`` ; l'ancienne adresse est gardée avec ses dates. Lève ``ValidationError``."""
    jour = du or timezone.localdate()
    adresse = Adresse(foyer=foyer, du=jour, **champs)
    adresse.full_clean()
    foyer.adresses.filter(au__isnull=True, du__lt=jour).update(au=jour - dt.timedelta(days=1))
    foyer.adresses.filter(au__isnull=True).update(au=jour)
    adresse.save()
    return adresse


def _numeroter(interlocuteur: Agent | None) -> Foyer:
    """Deux ouvertures au même instant prennent le même numéro : la base refuse la seconde, qui recommence."""
    for _essai in range(ESSAIS):
        try:
            with transaction.atomic():
                numero = prochain_numero(timezone.localdate().year)
                return Foyer.objects.create(numero=numero, interlocuteur=interlocuteur)
        except IntegrityError:
            continue
    raise ValidationError(_("Trop de dossiers s’ouvrent en même temps. Réessayez."))


def _interlocuteur(par: Acteur) -> Agent | None:
    if par.genre == Genre.AGENT and par.role in SUIVENT:
        return Agent.objects.get(pk=par.identifiant)
    return None


def _enregistrer(personne: Personne, champs: dict[str, Any]) -> Personne:
    if inconnus := sorted(set(champs) - CHAMPS_D_UNE_PERSONNE):
        raise ValidationError(_("Champs inconnus : %(noms)s.") % {"noms": ", ".join(inconnus)})
    for nom, valeur in champs.items():
        setattr(personne, nom, valeur)
    if personne.naissance and personne.naissance > timezone.localdate():
        raise ValidationError({"naissance": _("La date de naissance est dans le futur.")})
    personne.full_clean()
    personne.save()
    return personne


def _moyen(personne: Personne, genre: str, valeur: str, **champs: Any) -> Moyen:
    normal = normaliser_un_moyen(genre, valeur)
    connu = personne.moyens.filter(genre=genre, normal=normal).first()
    moyen = connu or Moyen(personne=personne, genre=genre, valeur=valeur.strip(), normal=normal)
    if personne.contact_protege:
        champs["message_permis"] = False
    for nom, contenu in champs.items():
        setattr(moyen, nom, contenu)
    moyen.full_clean()
    moyen.save()
    return moyen


def _partir(foyer: Foyer, personnes: Sequence[int], le: dt.date) -> None:
    for membre in foyer.membres.filter(personne__in=personnes, au__isnull=True):
        membre.au = max(le, membre.du)
        membre.save()
