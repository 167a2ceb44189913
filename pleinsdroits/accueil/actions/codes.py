"""Confier une visite du site à un code de neuf chiffres, l'annuler, l'ouvrir au guichet, demander à être rappelé."""

import datetime as dt
import json

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.accueil.models import RECOIVENT, CanalDeContact, Code, Contact
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.echeances import horloge
from pleinsdroits.echeances.calendrier import ajouter_jours_ouvres, fin_de_journee
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.journal.actes import acte
from pleinsdroits.personnes.models import Foyer, Moyen
from pleinsdroits.personnes.numeros import dire_un_telephone, normaliser_un_moyen
from pleinsdroits.socle.chiffre import empreinte

JOURS_POUR_RAPPELER = 2


@acte("accueil.confier_une_visite", roles=("systeme",))
def confier(objet: None, *, par: Acteur, chiffres: str, contenu: dict) -> Code:
    """
    Garde ``contenu`` (types JSON) chiffré pour sept jours, sous le code ``chiffres`` (neuf). Lève ``ValidationError`` si
    ce code sert déjà : l'appelant en tire un autre.
    """
    marque = empreinte(chiffres, "code")
    if Code.objects.filter(empreinte=marque).exists():
        raise ValidationError(_("Ce code sert déjà."))
    texte = json.dumps(contenu, ensure_ascii=False)
    return Code.objects.create(empreinte=marque, contenu=texte, expire_le=timezone.now() + Code.DUREE)


@acte("accueil.annuler_un_code", roles=("systeme",))
def annuler_un_code(code: Code, *, par: Acteur) -> None:
    """La personne reprend ce qu'elle avait confié : le contenu est effacé tout de suite."""
    code.annule_le, code.contenu = timezone.now(), ""
    code.save()


@acte("accueil.consulter_un_code", roles=RECOIVENT)
def consulter_un_code(code: Code, *, par: Acteur) -> dict:
    """Ce que la personne a confié, lu devant elle ; le code sert encore. Lève ``PermissionDenied`` s'il ne vaut plus."""
    return _lire(code)


@acte("accueil.servir_un_code", roles=RECOIVENT)
def servir_un_code(code: Code, *, par: Acteur) -> dict:
    """Le dossier s'ouvre avec ce que la personne a confié : le contenu est rendu, puis effacé. Une seule fois."""
    contenu = _lire(code)
    code.servi_le, code.contenu = timezone.now(), ""
    code.save()
    return contenu


@acte("accueil.demander_un_rappel", roles=("systeme", "habitant"))
def demander_un_rappel(
    objet: None,
    *,
    par: Acteur,
    telephone: str,
    mots: str = "",
    heures: str = "",
    langue: str = "",
    message_permis: bool = False,
    foyer: Foyer | None = None,
) -> Contact:
    """
    La personne demande qu'on l'appelle : un rappel promis sous deux jours ouvrés, à l'interlocuteur s'il y en a un.
    Lève ``ValidationError`` si le numéro est faux.
    """
    try:
        normal = normaliser_un_moyen(Moyen.Genre.TELEPHONE, telephone)
    except ValidationError as refus:
        raise ValidationError({"telephone": refus.messages}) from None
    limite = fin_de_journee(ajouter_jours_ouvres(timezone.localdate(), JOURS_POUR_RAPPELER), dt.time(17))
    message = _("message possible") if message_permis else _("ne pas laisser de message")
    return _promettre(
        limite, foyer, mots, ", ".join(filter(None, (dire_un_telephone(normal), heures, langue, message)))
    )


@acte("accueil.ecrire_a_l_interlocuteur", roles=("habitant",))
def ecrire_a_l_interlocuteur(foyer: Foyer, *, par: Acteur, mots: str) -> Contact:
    """La personne écrit, corrige ou s'oppose depuis son dossier : une réponse lui est due sous deux jours ouvrés."""
    if not mots.strip():
        raise ValidationError({"mots": _("Écrivez votre message.")})
    limite = fin_de_journee(ajouter_jours_ouvres(timezone.localdate(), JOURS_POUR_RAPPELER), dt.time(17))
    return _promettre(limite, foyer, mots.strip(), "", personne=par.identifiant)


def _lire(code: Code) -> dict:
    if not Code.objects.valables().filter(pk=code.pk).exists():
        raise PermissionDenied("Ce code ne vaut plus.")
    return json.loads(code.contenu)


def _promettre(
    limite: dt.datetime, foyer: Foyer | None, mots: str, joindre: str, *, personne: str | None = None
) -> Contact:
    contact = Contact(
        canal=CanalDeContact.WEB,
        foyer=foyer,
        personne_id=int(personne) if personne else None,
        anonyme=foyer is None,
        mots=mots,
        suite=Contact.Suite.RAPPEL,
        etat=Contact.Etat.RAPPEL_PROMIS,
        rappel_avant=limite,
        rappel_par=foyer.interlocuteur if foyer else None,
        joindre=joindre,
    )
    contact.full_clean()
    contact.save()
    horloge.armer(
        "accueil.rappel",
        contact,
        quoi=_("Rappeler la personne"),
        main=Echeance.Main.VILLE,
        limite=limite,
        responsable=foyer.interlocuteur if foyer else None,
        remplacant=foyer.remplacant if foyer else None,
        dossier=foyer.pk if foyer else None,
        personne=contact.personne_id,
    )
    return contact
