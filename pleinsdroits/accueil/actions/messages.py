"""Les messages d'un relais : ouverts à la personne, ou entre professionnels."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from pleinsdroits.accueil.models import Message, Relais
from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.comptes.models import Role
from pleinsdroits.journal.actes import acte

ECRIVENT = (Role.INTERLOCUTEUR, Role.INSTRUCTEUR, Role.PARTENAIRE, "habitant")
LONGUEUR_AU_PLUS = 1000


@acte("accueil.ecrire_un_message", roles=ECRIVENT)
def ecrire(objet: None, *, par: Acteur, relais: Relais, texte: str, pour_tous: bool = True) -> Message:
    """
    Un message dans le relais. Ce qu'écrit la personne est toujours pour tous. Lève ``ValidationError`` s'il est vide, trop
    long, ou si l'accord est retiré ; ``PermissionDenied`` si le relais est hors du périmètre.
    """
    lu = Relais.objects.visibles_par(par).filter(pk=relais.pk).first()
    if lu is None:
        raise PermissionDenied("Ce relais n'est pas dans votre périmètre.")
    if not lu.fonde():
        raise ValidationError(_("Ce relais est arrêté\u00a0: on n’y écrit plus."))
    propre = texte.strip()
    if not propre:
        raise ValidationError({"texte": _("Écrivez votre message.")})
    if len(propre) > LONGUEUR_AU_PLUS:
        refus = _("Votre message fait %(n)d caractères\u00a0; le maximum est %(max)d.")
        raise ValidationError({"texte": refus % {"n": len(propre), "max": LONGUEUR_AU_PLUS}})
    agent = par.identifiant if par.genre == Genre.AGENT else None
    tous = pour_tous or par.genre == Genre.PERSONNE
    return Message.objects.create(relais=lu, auteur_genre=par.genre, agent_id=agent, texte=propre, pour_tous=tous)
