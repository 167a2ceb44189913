"""Construire le projet avec la personne, dans cet ordre : ses forces, ses souhaits, ses objectifs, ses options, son choix."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.accueil.perimetre import agent_de
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.journal.actes import acte
from pleinsdroits.parcours.avancer import enregistrer
from pleinsdroits.parcours.ecrire import du_projet, ouvrir_a_l_ecriture, pas_trop, texte
from pleinsdroits.parcours.models import Objectif, Option, Projet
from pleinsdroits.parcours.roles import AVEC_LA_PERSONNE, TIENNENT
from pleinsdroits.personnes.models import SUJETS

DOMAINES = frozenset(valeur for valeur, _nom in SUJETS)


@acte("parcours.ecrire_les_forces", roles=TIENNENT)
def ecrire_les_forces(projet: Projet, *, par: Acteur, forces: str, lue: int | None = None) -> None:
    """Ce qui va : ce qu'elle sait faire, ce et ceux sur quoi elle s'appuie. Lève ``ValidationError`` s'il n'y a rien."""
    net = texte("forces", forces, _("Écrivez au moins une force : ce qui va, sur qui elle peut compter."))
    ouvrir_a_l_ecriture(projet, par, lue)
    projet.forces = net
    enregistrer(projet)


@acte("parcours.ecrire_les_souhaits", roles=TIENNENT)
def ecrire_les_souhaits(projet: Projet, *, par: Acteur, souhaits: str, lue: int | None = None) -> None:
    """Ce qu'elle veut, dans ses mots. Lève ``ValidationError`` s'il n'y a rien."""
    net = texte("souhaits", souhaits, _("Écrivez ce qu’elle souhaite, dans ses mots."))
    ouvrir_a_l_ecriture(projet, par, lue)
    projet.souhaits = net
    enregistrer(projet)


@acte("parcours.ajouter_un_objectif", roles=TIENNENT)
def ajouter_un_objectif(projet: Projet, *, par: Acteur, domaine: str, mots: str, lue: int | None = None) -> Objectif:
    """Un objectif, dans un domaine (famille data·inclusion). Lève ``ValidationError`` : domaine inconnu, rien d'écrit, trop d'objectifs."""
    net = _objectif(domaine, mots)
    refus = _("Un projet porte au plus %(n)d objectifs : finissez-en un, ou retirez-en un.")
    pas_trop("mots", projet.objectifs.filter(etat=Objectif.Etat.OUVERT).count(), "objectifs", refus)
    ouvrir_a_l_ecriture(projet, par, lue)
    return Objectif.objects.create(projet=projet, domaine=domaine, mots=net)


@acte("parcours.modifier_un_objectif", roles=TIENNENT)
def modifier_un_objectif(
    projet: Projet, *, par: Acteur, objectif: Objectif, domaine: str, mots: str, lue: int | None = None
) -> None:
    """Le domaine ou les mots changent. Lève ``ValidationError`` ; ``PermissionDenied`` si l'objectif est d'un autre projet."""
    du_projet(projet, objectif)
    net = _objectif(domaine, mots)
    ouvrir_a_l_ecriture(projet, par, lue)
    projet.objectifs.filter(pk=objectif.pk).update(domaine=domaine, mots=net)


@acte("parcours.retirer_un_objectif", roles=TIENNENT)
def retirer_un_objectif(projet: Projet, *, par: Acteur, objectif: Objectif, lue: int | None = None) -> None:
    """L'objectif, ses options et ses étapes s'en vont ; les démarches et les relais qu'elles suivaient restent."""
    du_projet(projet, objectif)
    ouvrir_a_l_ecriture(projet, par, lue)
    projet.objectifs.filter(pk=objectif.pk).delete()


@acte("parcours.offrir_une_option", roles=TIENNENT)
def offrir_une_option(
    projet: Projet, *, par: Acteur, objectif: Objectif, libelle: str, precision: str = "", lue: int | None = None
) -> Option:
    """
    Une façon d'atteindre l'objectif, et ce qu'elle demande (``precision``). Lève ``ValidationError`` : rien d'écrit, trop
    d'options.
    """
    du_projet(projet, objectif)
    net = texte("libelle", libelle, _("Écrivez l’option."), longueur=300)
    pas_trop("libelle", objectif.options.count(), "options", _("Au plus %(n)d options : plus, on ne choisit plus."))
    ouvrir_a_l_ecriture(projet, par, lue)
    return Option.objects.create(objectif=objectif, libelle=net, precision=precision.strip()[:500])


@acte("parcours.retirer_une_option", roles=TIENNENT)
def retirer_une_option(projet: Projet, *, par: Acteur, option: Option, lue: int | None = None) -> None:
    """L'option n'est plus offerte. Lève ``ValidationError`` si c'est celle que la personne a choisie."""
    du_projet(projet, option)
    if Option.objects.filter(pk=option.pk, choisie=True).exists():
        raise ValidationError(_("C’est l’option qu’elle a choisie : notez d’abord son nouveau choix."))
    ouvrir_a_l_ecriture(projet, par, lue)
    Option.objects.filter(pk=option.pk).delete()


@acte("parcours.choisir", roles=AVEC_LA_PERSONNE)
def choisir(projet: Projet, *, par: Acteur, option: Option, raison: str, lue: int | None = None) -> None:
    """
    La personne choisit, et dit pourquoi. Un agent note son choix en son nom : il en reste la trace. Changer d'avis remplace
    le choix. Lève ``ValidationError`` : raison absente, ou une seule option (ce n'est pas un choix).
    """
    du_projet(projet, option)
    net = texte("raison", raison, _("Notez sa raison, dans ses mots : c’est elle qui choisit."), longueur=500)
    autres = Option.objects.filter(objectif=option.objectif_id).exclude(pk=option.pk)
    if not autres.exists():
        raise ValidationError(
            {"option": _("Offrez au moins une autre option. « Ne rien changer pour l’instant » en est une.")}
        )
    ouvrir_a_l_ecriture(projet, par, lue)
    autres.update(choisie=False, choisie_le=None, raison="", note_par=None)
    Option.objects.filter(pk=option.pk).update(
        choisie=True, choisie_le=timezone.now(), raison=net, note_par=agent_de(par)
    )


def _objectif(domaine: str, mots: str) -> str:
    if domaine not in DOMAINES:
        raise ValidationError({"domaine": _("Choisissez un domaine de la liste.")})
    return texte("mots", mots, _("Écrivez l’objectif, dans ses mots."), longueur=300)
