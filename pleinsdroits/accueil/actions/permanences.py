"""Ouvrir un guichet, faire entrer, recevoir, laisser partir."""

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pleinsdroits.accueil.models import RECOIVENT, Permanence, Venue
from pleinsdroits.accueil.perimetre import dossier_a_tenir, membre_du
from pleinsdroits.annuaire.models import Lieu
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.journal.actes import acte
from pleinsdroits.personnes.models import Foyer, Personne


@acte("accueil.ouvrir_une_permanence", roles=RECOIVENT)
def ouvrir_une_permanence(objet: None, *, par: Acteur, canal: str, lieu: Lieu | None = None) -> Permanence:
    """
    Ouvre le guichet de ce lieu et de ce canal, ou rejoint celui qui l'est déjà. L'agent quitte ses autres guichets.

    Lève ``ValidationError`` si le canal est inconnu.
    """
    cles = {"lieu": lieu, "canal": canal, "fermee_le": None}
    Permanence(**cles, ouverte_par_id=int(par.identifiant)).full_clean(validate_constraints=False)
    permanence, _neuve = Permanence.objects.get_or_create(**cles, defaults={"ouverte_par_id": int(par.identifiant)})
    for autre in Permanence.objects.filter(agents=int(par.identifiant), fermee_le=None).exclude(pk=permanence.pk):
        autre.agents.remove(int(par.identifiant))
    permanence.agents.add(int(par.identifiant))
    return permanence


@acte("accueil.fermer_la_permanence", roles=(*RECOIVENT, "systeme"))
def fermer_la_permanence(permanence: Permanence, *, par: Acteur) -> None:
    """
    Ferme le guichet ; les prénoms de la salle d'attente sont oubliés. Déjà fermé : rien ne change. La plateforme ferme,
    la nuit, ceux qu'on a oubliés. Lève ``ValidationError`` si quelqu'un attend encore.
    """
    if permanence.fermee_le:
        return
    attendent = permanence.venues.filter(etat=Venue.Etat.ATTEND)
    nombre = attendent.count()
    if nombre and par.role != "systeme":
        raise ValidationError(
            ngettext(
                "%(n)d personne attend encore. Recevez-la ou notez son départ.",
                "%(n)d personnes attendent encore. Recevez-les ou notez leur départ.",
                nombre,
            )
            % {"n": nombre}
        )
    maintenant = timezone.now()
    attendent.update(etat=Venue.Etat.PARTIE_SANS, partie_le=maintenant)
    permanence.venues.filter(etat=Venue.Etat.RECUE).update(etat=Venue.Etat.PARTIE, partie_le=maintenant)
    permanence.venues.exclude(prenom="").update(prenom="")
    permanence.fermee_le = maintenant
    permanence.save()


@acte("accueil.faire_entrer", roles=RECOIVENT)
def faire_entrer(
    objet: None,
    *,
    par: Acteur,
    permanence: Permanence,
    prenom: str = "",
    foyer: Foyer | None = None,
    personne: Personne | None = None,
) -> Venue:
    """Quelqu'un arrive : il reçoit le numéro suivant. Lève ``ValidationError`` si le guichet est fermé."""
    guichet = Permanence.objects.select_for_update().get(pk=permanence.pk)
    if guichet.fermee_le:
        raise ValidationError(_("Ce guichet est fermé. Ouvrez-en un autre."))
    dossier = dossier_a_tenir(foyer, par) if foyer is not None else None
    dernier = guichet.venues.aggregate(n=Max("numero"))["n"] or 0
    venue = Venue(
        permanence=guichet,
        numero=dernier + 1,
        prenom=prenom.strip(),
        foyer=dossier,
        personne=membre_du(dossier, personne) if dossier and personne else None,
    )
    venue.full_clean(exclude=["permanence", "foyer", "personne"])
    venue.save()
    return venue


@acte("accueil.recevoir", roles=RECOIVENT)
def recevoir(venue: Venue, *, par: Acteur) -> None:
    """L'agent reçoit la personne. Déjà reçue par lui : rien ne change. Lève ``ValidationError`` si un autre la reçoit."""
    if venue.etat == Venue.Etat.RECUE and venue.recue_par and par.est(venue.recue_par):
        return
    if venue.etat == Venue.Etat.RECUE:
        raise ValidationError(_("%(agent)s la reçoit déjà.") % {"agent": _prenom(venue)})
    if venue.etat != Venue.Etat.ATTEND:
        raise ValidationError(_("Cette personne est déjà partie."))
    venue.etat, venue.recue_le, venue.recue_par_id = Venue.Etat.RECUE, timezone.now(), int(par.identifiant)
    venue.save()


@acte("accueil.laisser_partir", roles=RECOIVENT)
def laisser_partir(venue: Venue, *, par: Acteur) -> None:
    """La personne part, reçue ou non. Déjà partie : rien ne change."""
    if venue.etat in (Venue.Etat.PARTIE, Venue.Etat.PARTIE_SANS):
        return
    venue.etat = Venue.Etat.PARTIE if venue.etat == Venue.Etat.RECUE else Venue.Etat.PARTIE_SANS
    venue.partie_le = timezone.now()
    venue.save()


def _prenom(venue: Venue) -> str:
    return venue.recue_par.first_name or str(venue.recue_par) if venue.recue_par else _("Quelqu’un")
