"""Avant d'écrire dans un projet : peut-on, avec quels mots, pour quel jour. S'appelle dans un acte, projet verrouillé."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.parcours.avancer import enregistrer, franchir
from pleinsdroits.parcours.models import Engagement, EtapeDuProjet, EtatProjet, Objectif, Option, Projet
from pleinsdroits.parcours.reperes import repere

E = EtatProjet
LONGUEUR = 1000
PartieDeProjet = Objectif | Option | EtapeDuProjet | Engagement


def ouvrir_a_l_ecriture(projet: Projet, par: Acteur, lue: int | None) -> None:
    """
    Le contenu va changer : un projet proposé ou accepté revient en construction, et la version en attente ne s'accepte plus.
    Lève ``Conflit`` si quelqu'un a écrit depuis, ``ValidationError`` si le projet n'est pas encore, ou plus, à écrire.
    """
    projet.changer(lue)
    if refus := _pas_maintenant(EtatProjet(projet.etat)):
        raise ValidationError(refus)
    if projet.etat == E.CONSTRUCTION:
        enregistrer(projet)
        return
    retirer_la_proposition(projet)
    franchir(projet, "reconstruire", par)


def retirer_la_proposition(projet: Projet) -> None:
    """La version qui attendait la personne ne s'accepte plus."""
    attend = projet.propositions.filter(retiree_le__isnull=True, acceptee_le__isnull=True)
    attend.update(retiree_le=timezone.now())


def texte(champ: str, valeur: str, vide: str, *, longueur: int = LONGUEUR) -> str:
    """Le texte sans espaces autour. Lève ``ValidationError`` au ``champ`` : ``vide`` s'il n'y a rien, ou trop long."""
    net = valeur.strip()
    if not net:
        raise ValidationError({champ: vide})
    if len(net) > longueur:
        mots = {"n": longueur, "lettres": len(net)}
        raise ValidationError({champ: _("Au plus %(n)d lettres ; il y en a %(lettres)d.") % mots})
    return net


def jour_a_venir(champ: str, le: dt.date | None) -> dt.date | None:
    """Le jour, ni passé ni à plus d'un an. Lève ``ValidationError``."""
    if le is None:
        return None
    aujourd_hui = timezone.localdate()
    if le < aujourd_hui:
        mots = {"le": date_format(le, "j F Y")}
        raise ValidationError({champ: _("Le %(le)s est passé : choisissez un jour à venir.") % mots})
    if (le - aujourd_hui).days > repere("date").au_plus:
        mots = {"le": date_format(le, "j F Y")}
        raise ValidationError({champ: _("Le %(le)s est à plus d’un an : vérifiez l’année.") % mots})
    return le


def pas_trop(champ: str, nombre: int, nom: str, refus: str) -> None:
    """Lève ``ValidationError`` au ``champ`` si le repère ``nom`` est déjà atteint ; ``refus`` porte « %(n)d »."""
    au_plus = repere(nom).au_plus
    if nombre >= au_plus:
        raise ValidationError({champ: refus % {"n": au_plus}})


def du_projet(projet: Projet, partie: PartieDeProjet) -> None:
    """Lève ``PermissionDenied`` si la ``partie`` est d'un autre projet : l'adresse a été forgée, ou l'objet n'existe plus."""
    proprietaire = partie.projet_id if isinstance(partie, Objectif | Engagement) else partie.objectif.projet_id
    if proprietaire != projet.pk or not type(partie)._base_manager.filter(pk=partie.pk).exists():
        raise PermissionDenied("Cela n'est pas, ou plus, dans ce projet.")


def _pas_maintenant(etat: EtatProjet) -> str:
    """Pourquoi on n'écrit pas dans ce projet ; vide si l'on peut."""
    return {
        E.DEMANDE: _("Notez d’abord le premier entretien : un projet se construit avec la personne."),
        E.SUSPENDU: _("Ce projet est en pause. Reprenez-le d’abord."),
        E.TERMINE: _("Ce projet est terminé : il ne change plus. Un nouveau projet peut commencer."),
        E.ABANDONNE: _("Ce projet est arrêté : il ne change plus. Un nouveau projet peut commencer."),
    }.get(etat, "")
