"""Le lien par lequel une personne entre dans son dossier : l'envoyer, l'imprimer, l'annuler, s'en servir."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Role
from pleinsdroits.journal.actes import acte
from pleinsdroits.personnes.contacts import toucher
from pleinsdroits.personnes.models import Foyer, LienPersonnel, Moyen, Personne
from pleinsdroits.personnes.perimetre import verifier_la_personne
from pleinsdroits.personnes.preuve import peut_prouver, repond_juste
from pleinsdroits.socle.envois import poster

DONNENT_DES_LIENS = (Role.ACCUEIL, Role.INTERLOCUTEUR, Role.INSTRUCTEUR, "habitant", "systeme")
AdresseDuJeton = Callable[[str], str]


@acte("personnes.envoyer_un_lien", roles=DONNENT_DES_LIENS)
def envoyer_un_lien(
    personne: Personne, *, par: Acteur, foyer: Foyer, moyen: Moyen, adresse: AdresseDuJeton
) -> LienPersonnel:
    """
    Envoie par SMS ou courriel un lien valable 24 heures, une fois. ``adresse`` donne l'adresse complète d'un jeton. Le
    message ne nomme ni la personne ni le service. Lève ``ValidationError`` : moyen d'un autre ou pas sûr, ou personne
    qui n'aurait pas de quoi prouver que c'est elle.
    """
    verifier_la_personne(personne, foyer, par)
    _verifier(personne)
    if moyen.personne_id != personne.pk:
        raise ValidationError(_("Ce moyen de contact est à quelqu’un d’autre."))
    if not moyen.sur:
        raise ValidationError(_("Ce moyen n’est pas sûr : quelqu’un d’autre pourrait lire le message."))
    lien, jeton = LienPersonnel.fabriquer(personne, foyer.pk, LienPersonnel.Genre.ENVOYE)
    canal = "sms" if moyen.genre == Moyen.Genre.TELEPHONE else "courriel"
    texte = _("Voici votre lien, valable 24 heures, une seule fois : %(lien)s") % {"lien": adresse(jeton)}
    poster(canal, moyen.normal, texte, objet=_("Votre lien"), sujet=lien)
    return lien


@acte("personnes.imprimer_un_lien", roles=DONNENT_DES_LIENS)
def imprimer_un_lien(personne: Personne, *, par: Acteur, foyer: Foyer, tenir: Callable[[str], None]) -> LienPersonnel:
    """
    Un lien à imprimer, valable 30 jours ; le précédent ne marche plus. ``tenir`` reçoit le jeton, qui n'est gardé
    nulle part. Lève ``ValidationError`` si la personne n'a pas de quoi prouver que c'est elle.
    """
    verifier_la_personne(personne, foyer, par)
    _verifier(personne)
    imprimes = LienPersonnel.objects.filter(personne=personne, genre=LienPersonnel.Genre.IMPRIME)
    imprimes.filter(annule_le__isnull=True).update(annule_le=timezone.now())
    lien, jeton = LienPersonnel.fabriquer(personne, foyer.pk, LienPersonnel.Genre.IMPRIME)
    tenir(jeton)
    return lien


@acte("personnes.annuler_un_lien", roles=DONNENT_DES_LIENS)
def annuler_un_lien(lien: LienPersonnel, *, par: Acteur) -> None:
    """Le lien ne marche plus."""
    lien.annule_le = lien.annule_le or timezone.now()
    lien.save()


@acte("personnes.entrer", roles=("habitant",))
def entrer(lien: LienPersonnel, *, par: Acteur, reponse: str) -> bool:
    """
    La personne entre : ``reponse`` est son mot, ou sa date de naissance si elle n'en a pas choisi. Un lien envoyé ne
    sert qu'une fois. Rend faux, et compte l'essai, si la réponse ne convient pas : au cinquième, le lien se ferme. Lève
    ``PermissionDenied`` si le lien n'est pas le sien ou ne vaut plus.
    """
    if par.identifiant != str(lien.personne_id) or not LienPersonnel.objects.valables().filter(pk=lien.pk).exists():
        raise PermissionDenied("Ce lien ne vaut pas, ou ne vaut plus.")
    juste = repond_juste(lien.personne, reponse)
    if juste:
        lien.utilise_le, lien.essais = timezone.now(), 0
        toucher(lien.foyer)
    else:
        lien.essais += 1
    lien.save()
    return juste


def _verifier(personne: Personne) -> None:
    if peut_prouver(personne):
        return
    if personne.contact_protege:
        raise ValidationError(_("Contact protégé : faites-lui d’abord choisir un mot, connu d’elle seule."))
    raise ValidationError(_("Notez d’abord sa date de naissance, ou faites-lui choisir un mot."))
