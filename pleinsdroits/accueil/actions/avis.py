"""Après la clôture, on demande à la personne si on l'a contactée et aidée : sa réponse fait l'issue."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.accueil import horloge_relais
from pleinsdroits.accueil.courriers import canal_sur, demander_l_avis_par_ecrit
from pleinsdroits.accueil.models import Besoin, Relais
from pleinsdroits.accueil.regles.relais import CLOS, a_reprendre
from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.comptes.models import Role
from pleinsdroits.journal.actes import acte

DEMANDENT = (Role.INTERLOCUTEUR, Role.INSTRUCTEUR, "systeme")


@acte("accueil.demander_un_avis", roles=DEMANDENT)
def demander_l_avis(relais: Relais, *, par: Acteur) -> None:
    """
    Demande son avis à la personne par son moyen sûr ; si elle n'en a pas, l'interlocuteur l'appelle : une horloge le lui
    dit. Déjà demandé : rien ne change. Lève ``ValidationError`` si le relais n'est pas clos.
    """
    if relais.clos_le is None or relais.etat == Relais.Etat.ARRETE:
        raise ValidationError(_("On demande son avis à la personne une fois le relais clos."))
    if relais.avis_demande_le or relais.personne is None:
        return
    relais.avis_demande_le = timezone.now()
    relais.changer(None)
    relais.save()
    moyen = canal_sur(relais.personne)
    if moyen:
        demander_l_avis_par_ecrit(relais, moyen)
    else:
        horloge_relais.appeler_pour_l_avis(relais)


@acte("accueil.donner_son_avis", roles=("habitant", Role.INTERLOCUTEUR, Role.INSTRUCTEUR))
def donner_son_avis(relais: Relais, *, par: Acteur, avis: str) -> None:
    """
    L'avis de la personne (``Besoin.Avis``), donné par elle ou noté par qui l'appelle. Il décide de l'issue montrée ; « non »
    ou « pas contactée » rend la main à l'interlocuteur. Lève ``ValidationError`` si le relais n'est pas clos.
    """
    if avis not in Besoin.Avis.values:
        raise ValidationError({"avis": _("Choisissez une des quatre réponses.")})
    if relais.etat not in CLOS and relais.etat != Relais.Etat.PAS_POUR_NOUS:
        raise ValidationError(_("Ce relais est encore ouvert."))
    if relais.avis and not a_reprendre(relais) and par.genre != Genre.PERSONNE:
        raise ValidationError(_("La personne a déjà donné son avis\u00a0; elle seule le change."))
    relais.avis, relais.avis_le = avis, timezone.now()
    relais.changer(None)
    relais.save()
    horloge_relais.avis_donne(relais, a_reprendre=a_reprendre(relais))
