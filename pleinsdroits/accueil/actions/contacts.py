"""Noter un contact en trente secondes, tenir le rappel promis, orienter."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.accueil.actions.besoins import exprimer
from pleinsdroits.accueil.models import RECOIVENT, Besoin, CanalDeContact, Contact
from pleinsdroits.accueil.perimetre import agent_de, dossier_a_tenir, membre_du
from pleinsdroits.accueil.repondants import qui_tient
from pleinsdroits.annuaire.models import Lieu
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Agent
from pleinsdroits.echeances import horloge
from pleinsdroits.echeances.calendrier import ajouter_jours_ouvres
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.journal.actes import acte
from pleinsdroits.personnes.contacts import toucher
from pleinsdroits.personnes.models import Foyer, Personne

RAPPEL = "accueil.rappel"
ETAT_SELON_LA_SUITE = {
    Contact.Suite.REPONDU: Contact.Etat.CLOS,
    Contact.Suite.ORIENTE: Contact.Etat.ORIENTE,
    Contact.Suite.RAPPEL: Contact.Etat.RAPPEL_PROMIS,
    Contact.Suite.BESOIN: Contact.Etat.OUVERT,
}


@acte("accueil.noter_un_contact", roles=RECOIVENT)
def noter_un_contact(
    objet: None,
    *,
    par: Acteur,
    canal: str,
    suite: str,
    foyer: Foyer | None = None,
    personne: Personne | None = None,
    anonyme: bool = False,
    mots: str = "",
    sujets: Sequence[str] = (),
    rappel_avant: dt.datetime | None = None,
    oriente_vers: str = "",
    lieu: Lieu | None = None,
    joindre: str = "",
) -> Contact:
    """
    Un contact et sa suite. Un rappel promis arme une horloge, tenue par qui suit le dossier (à défaut, par l'agent) ;
    « besoin » ouvre le besoin du même geste. Sans dossier, le contact est sans nom.

    Lève ``PermissionDenied`` hors du périmètre, ``ValidationError`` si la suite manque ou ne dit pas ce qu'il faut.
    """
    dossier = dossier_a_tenir(foyer, par) if foyer is not None and not anonyme else None
    contact = Contact(
        canal=canal,
        suite=suite,
        foyer=dossier,
        personne=membre_du(dossier, personne) if dossier and personne else None,
        anonyme=dossier is None,
        agent=agent_de(par),
        mots=mots.strip(),
        sujets=list(sujets),
        lieu=lieu,
        etat=_etat(suite),
    )
    contact.premiere_fois = dossier is not None and not Contact.objects.filter(foyer=dossier).exists()
    _donner_suite(contact, par, rappel_avant, oriente_vers, joindre)
    contact.full_clean(exclude=["foyer", "personne", "agent", "besoin", "rappel_par"])
    contact.save()
    _armer(contact)
    if dossier is not None:
        toucher(dossier)
    return contact


@acte("accueil.tenir_un_rappel", roles=RECOIVENT)
def tenir_un_rappel(
    contact: Contact, *, par: Acteur, joint: bool, mots: str = "", rappel_avant: dt.datetime | None = None
) -> None:
    """
    On a rappelé. Jointe : la promesse est tenue et l'appel devient un contact. Pas jointe : l'essai est compté et la
    promesse repart, avant ``rappel_avant`` (à défaut, la fin du jour ouvré suivant).

    Lève ``ValidationError`` si aucun rappel n'est promis, ou si la nouvelle date est passée.
    """
    _rappel_promis(contact)
    if joint:
        _clore(contact, Contact.Etat.CLOS)
        _noter_l_appel(contact, par, mots)
        return
    avant = rappel_avant or _jour_ouvre_suivant()
    _a_venir(avant)
    contact.essais += 1
    contact.rappel_avant = avant
    contact.save()
    horloge.passer_la_main(contact, RAPPEL, main=Echeance.Main.VILLE, limite=avant)


@acte("accueil.orienter", roles=RECOIVENT)
def orienter(contact: Contact, *, par: Acteur, vers: str) -> None:
    """La personne est adressée ailleurs ; un rappel promis n'a plus lieu. Lève ``ValidationError`` sans destination."""
    contact.oriente_vers = _destination(vers)
    contact.suite, contact.etat = Contact.Suite.ORIENTE, Contact.Etat.ORIENTE
    contact.full_clean(exclude=["foyer", "personne", "agent", "besoin", "rappel_par"])
    contact.save()
    horloge.annuler(contact, RAPPEL)


def _etat(suite: str) -> str:
    try:
        return ETAT_SELON_LA_SUITE[Contact.Suite(suite)]
    except ValueError:
        raise ValidationError({"suite": _("Dites la suite donnée : répondu, orienté ou rappel promis.")}) from None


def _donner_suite(
    contact: Contact, par: Acteur, rappel_avant: dt.datetime | None, oriente_vers: str, joindre: str
) -> None:
    if contact.suite == Contact.Suite.RAPPEL:
        _promettre(contact, rappel_avant, joindre)
    elif contact.suite == Contact.Suite.ORIENTE:
        contact.oriente_vers = _destination(oriente_vers)
    elif contact.suite == Contact.Suite.BESOIN:
        contact.besoin = _ouvrir_le_besoin(contact, par)


def _promettre(contact: Contact, avant: dt.datetime | None, joindre: str) -> None:
    _a_venir(avant)
    contact.rappel_avant = avant
    contact.joindre = joindre.strip()
    if contact.foyer is None and not contact.joindre:
        raise ValidationError({"joindre": _("Écrivez où rappeler : sans dossier, nous n’avons pas de numéro.")})
    contact.rappel_par = _qui_rappelle(contact)


def _qui_rappelle(contact: Contact) -> Agent | None:
    titulaire = qui_tient(contact.foyer, timezone.localdate()) if contact.foyer else None
    return titulaire or contact.agent


def _a_venir(avant: dt.datetime | None) -> None:
    if avant is None:
        raise ValidationError({"rappel_avant": _("Un rappel a besoin d’une date et d’une heure.")})
    if avant <= timezone.now():
        raise ValidationError({"rappel_avant": _("Cette heure est passée. Promettez un moment à venir.")})


def _destination(vers: str) -> str:
    if not vers.strip():
        raise ValidationError({"oriente_vers": _("Écrivez vers qui la personne est orientée.")})
    return vers.strip()


def _ouvrir_le_besoin(contact: Contact, par: Acteur) -> Besoin:
    if contact.foyer is None or contact.personne is None:
        raise ValidationError({"suite": _("Un besoin s’ouvre dans un dossier : choisissez d’abord la personne.")})
    if not contact.sujets:
        raise ValidationError({"sujets": _("Choisissez le sujet du besoin.")})
    dit = {"mots": contact.mots, "sujet": contact.sujets[0], "canal": contact.canal}
    return exprimer(None, par=par, foyer=contact.foyer, personne=contact.personne, **dit)


def _armer(contact: Contact) -> None:
    if contact.etat != Contact.Etat.RAPPEL_PROMIS:
        return
    horloge.armer(
        RAPPEL,
        contact,
        quoi=_("Rappel promis"),
        main=Echeance.Main.VILLE,
        limite=contact.rappel_avant,
        responsable=contact.rappel_par,
        remplacant=contact.foyer.remplacant if contact.foyer else None,
        dossier=contact.foyer_id,
        personne=contact.personne_id,
        sujet=contact.sujets[0] if contact.sujets else "",
    )


def _rappel_promis(contact: Contact) -> None:
    if contact.etat != Contact.Etat.RAPPEL_PROMIS:
        raise ValidationError(_("Ce rappel est déjà fait, ou n’a plus lieu."))


def _clore(contact: Contact, etat: str) -> None:
    contact.etat = etat
    contact.save()
    horloge.tenir(contact, RAPPEL)


def _noter_l_appel(contact: Contact, par: Acteur, mots: str) -> None:
    noter_un_contact(
        None,
        par=par,
        canal=CanalDeContact.TELEPHONE,
        suite=Contact.Suite.REPONDU,
        foyer=contact.foyer,
        personne=contact.personne,
        mots=mots,
        sujets=contact.sujets,
    )


def _jour_ouvre_suivant() -> dt.datetime:
    jour = ajouter_jours_ouvres(timezone.localdate(), 1)
    return timezone.make_aware(dt.datetime.combine(jour, dt.time(17)))
