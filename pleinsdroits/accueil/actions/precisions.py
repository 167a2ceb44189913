"""Ce que le partenaire ajoute après sa réponse, et les numéros masqués qu'il affiche."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pleinsdroits.accueil.models import Message, Relais
from pleinsdroits.accueil.regles.partage import Nature
from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.comptes.models import Role
from pleinsdroits.journal.actes import acte
from pleinsdroits.socle.templatetags.socle import jour as en_lettres

REPONDENT = (Role.PARTENAIRE,)
LONGUEUR_D_UN_MESSAGE = 1000


@acte("accueil.preciser_un_relais", roles=REPONDENT)
def preciser(
    relais: Relais,
    *,
    par: Acteur,
    qui: str = "",
    quand: dt.date | None = None,
    vers: str = "",
    texte: str = "",
    pour_tous: bool = True,
) -> None:
    """
    Qui contactera la personne et ``quand``, ``vers`` qui l'envoyer sinon, un ``texte`` : un message du relais, ouvert à la
    personne si ``pour_tous``. Lève ``ValidationError`` si tout est vide, trop long, ou si le relais n'a pas de réponse.
    """
    if not relais.repondu_le or not relais.fonde():
        raise ValidationError(_("Répondez d’abord à ce relais."))
    message = " ".join(filter(None, (_contact(qui, quand), _ailleurs(vers), texte.strip())))
    if not message:
        raise ValidationError({"texte": _("Écrivez au moins une précision.")})
    if len(message) > LONGUEUR_D_UN_MESSAGE:
        raise ValidationError({"texte": _("Restez sous %(n)d caractères.") % {"n": LONGUEUR_D_UN_MESSAGE}})
    agent = par.identifiant if par.genre == Genre.AGENT else None
    Message.objects.create(relais=relais, auteur_genre=par.genre, agent_id=agent, texte=message, pour_tous=pour_tous)


@acte("accueil.afficher_un_numero", roles=REPONDENT)
def afficher(relais: Relais, *, par: Acteur, cle: str) -> None:
    """
    Le partenaire affiche en entier un numéro masqué. Rien ne change, mais le journal le garde et la personne le voit.
    Lève ``ValidationError`` si ce numéro n'est pas parti, ou ne se lit plus.
    """
    numeros = {ligne["cle"] for ligne in relais.lignes() if ligne["nature"] == Nature.NUMERO}
    if cle not in numeros:
        raise ValidationError(_("Ce numéro ne se lit pas, ou ne se lit plus."))


def _contact(qui: str, quand: dt.date | None) -> str:
    if qui and quand:
        return _("%(qui)s contacte la personne le %(jour)s.") % {"qui": qui.strip(), "jour": en_lettres(quand)}
    if qui:
        return _("%(qui)s contacte la personne.") % {"qui": qui.strip()}
    return _("Contact prévu le %(jour)s.") % {"jour": en_lettres(quand)} if quand else ""


def _ailleurs(vers: str) -> str:
    return _("S’adresser plutôt à\u00a0: %(vers)s.") % {"vers": vers.strip().rstrip(".")} if vers.strip() else ""
