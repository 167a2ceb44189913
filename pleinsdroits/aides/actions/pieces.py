"""Les pièces d'une demande : demandées une fois, reçues, dispensées ; complète, transmise, ou laissée."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pleinsdroits.aides.accuser import accuser, prevenir
from pleinsdroits.aides.avancer import franchir
from pleinsdroits.aides.delais import delai
from pleinsdroits.aides.horloge import regler_l_horloge
from pleinsdroits.aides.models import Demande, EtatDemande, PieceDemandee
from pleinsdroits.aides.pieces_lues import peuvent_suivre, qui_empechent, s_attend_encore
from pleinsdroits.aides.roles import INSTRUISENT, RECOIVENT_LES_PIECES
from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.comptes.models import Role
from pleinsdroits.journal.actes import acte
from pleinsdroits.personnes.contacts import toucher
from pleinsdroits.personnes.models import Papier

E, P = EtatDemande, PieceDemandee.Etat
TIENNENT = (Role.ACCUEIL, Role.INTERLOCUTEUR, Role.INSTRUCTEUR, "systeme")
RENONCENT = (Role.INTERLOCUTEUR, Role.INSTRUCTEUR, "habitant", "systeme")
OUVERTES = (E.RECUE, E.INCOMPLETE, E.COMPLETE, E.INSTRUITE, E.AJOURNEE)


@acte("aides.accuser_reception", roles=TIENNENT)
def accuser_reception(demande: Demande, *, par: Acteur) -> None:
    """L'accusé est remis ou envoyé à la personne (CRPA L112-3) : service, délai, ce que vaut le silence, recours."""
    _ouverte(demande)
    accuser(demande)


@acte("aides.demander_les_pieces", roles=TIENNENT)
def demander_les_pieces(
    demande: Demande, *, par: Acteur, avant_le: dt.date | None = None, lue: int | None = None
) -> None:
    """
    Demande à la personne, en une fois, tout ce qui manque, à donner ``avant_le`` (à défaut : le délai de la ville). Le
    délai du silence s'arrête pendant ce temps (CRPA L114-5) s'il manque une pièce indispensable ; sinon l'étude commence, et
    le délai court (CRPA L114-5-1). Lève ``ValidationError`` : déjà demandées, rien ne manque, date trop proche ou trop loin.
    """
    demande.changer(lue)
    jour = timezone.localdate()
    manquent = demande.pieces.filter(etat__in=PieceDemandee.MANQUENT)
    if not manquent:
        raise ValidationError(_("Il ne manque aucune pièce."))
    empechent = qui_empechent(demande, manquent)
    _pas_deja_demandees(demande, manquent)
    limite = _limite(jour, avant_le)
    demande.pieces_demandees_le, demande.pieces_avant_le = timezone.now(), limite
    demande.accusee_le = demande.accusee_le or timezone.now()  # la même lettre accuse réception
    manquent.update(etat=P.DEMANDEE, demandee_le=timezone.now())
    if empechent:
        demande.silence_le += limite - jour
        franchir(demande, "manquer", par)
    else:
        _etudier_sans_attendre(demande, par)
    prevenir(demande)


@acte("aides.recevoir_une_piece", roles=RECOIVENT_LES_PIECES)
def recevoir_une_piece(demande: Demande, *, par: Acteur, piece: PieceDemandee, papier: Papier | None = None) -> None:
    """
    La pièce est là : ``papier`` du dossier, ou montrée et rendue. Après un accord, ce qui manque encore se reçoit : l'aide ne
    se donne pas sans (CRPA L114-5-1). Lève ``ValidationError`` : papier d'un autre dossier, retiré, périmé ; demande décidée.
    """
    _recevable(demande, piece)
    if papier is None and par.genre == Genre.PERSONNE:
        raise ValidationError({"fichier": _("Choisissez une photo ou un fichier.")})
    if papier:
        _verifier_le_papier(demande, papier)
    touchees = demande.pieces.filter(pk=piece.pk).exclude(etat=P.RECUE)
    touchees.update(etat=P.RECUE, papier=papier, recue_le=timezone.now(), raison="")
    regler_l_horloge(demande)
    if demande.foyer:
        toucher(demande.foyer)


@acte("aides.redemander_une_piece", roles=TIENNENT)
def redemander_une_piece(demande: Demande, *, par: Acteur, piece: PieceDemandee) -> None:
    """La pièce donnée n'est pas la bonne, ou on la croyait là : elle manque de nouveau."""
    _ouverte(demande)
    etat = P.DEMANDEE if demande.etat == E.INCOMPLETE else P.A_DEMANDER
    demande.pieces.filter(pk=piece.pk).update(etat=etat, papier=None, recue_le=None, raison="")
    regler_l_horloge(demande)


@acte("aides.dispenser", roles=INSTRUISENT)
def dispenser(demande: Demande, *, par: Acteur, piece: PieceDemandee, raison: str) -> None:
    """On se passe de cette pièce, et pourquoi. Lève ``ValidationError`` sans raison, ou si la demande est décidée."""
    _recevable(demande, piece)
    if len(raison.strip()) < 3:
        raise ValidationError({"raison": _("Dites en quelques mots pourquoi on s’en passe.")})
    demande.pieces.filter(pk=piece.pk).update(etat=P.DISPENSEE, raison=raison.strip()[:200], papier=None)
    regler_l_horloge(demande)


@acte("aides.declarer_complete", roles=TIENNENT)
def declarer_complete(demande: Demande, *, par: Acteur, lue: int | None = None) -> None:
    """
    Tout ce qui est indispensable est là, depuis le jour où la dernière de ces pièces est arrivée : le délai du silence repart
    ce jour-là (CRPA L114-5). Lève ``ValidationError`` qui cite les pièces indispensables qui manquent.
    """
    demande.changer(lue)
    if empechent := qui_empechent(demande, demande.pieces.all()):
        noms = ", ".join(p.libelle for p in empechent)
        raise ValidationError(_("Il manque encore : %(pieces)s.") % {"pieces": noms})
    depuis = _derniere_piece(demande)
    if demande.etat == E.INCOMPLETE and demande.pieces_avant_le:
        epargnes = (demande.pieces_avant_le - timezone.localtime(depuis).date()).days
        demande.silence_le -= dt.timedelta(days=max(epargnes, 0))
    franchir(demande, "completer", par, le=depuis)


@acte("aides.relancer", roles=TIENNENT)
def relancer(demande: Demande, *, par: Acteur) -> None:
    """Redit à la personne, une fois, ce qui manque. Lève ``ValidationError`` si rien n'est demandé, ou déjà relancé."""
    attendues = demande.pieces.filter(etat=P.DEMANDEE)
    if demande.etat not in Demande.AVANT_LA_DECISION or not attendues:
        raise ValidationError(_("Aucune pièce n’est demandée."))
    if not attendues.filter(relancee_le__isnull=True).update(relancee_le=timezone.now()):
        raise ValidationError(_("La relance est déjà partie, ou tout est arrivé. Appelez plutôt la personne."))
    prevenir(demande)


@acte("aides.transmettre", roles=INSTRUISENT)
def transmettre(demande: Demande, *, par: Acteur, a: str, lue: int | None = None) -> None:
    """
    Le CCAS n'est pas compétent : la demande part à l'administration ``a``, et la personne en est avisée (CRPA L114-2). Lève
    ``ValidationError`` si elle n'est pas nommée ou si la demande est déjà décidée.
    """
    if len(a.strip()) < 2:
        raise ValidationError({"a": _("Dites à quelle administration la demande est transmise.")})
    demande.changer(lue)
    demande.transmise_a = a.strip()[:150]
    franchir(demande, "transmettre", par)
    prevenir(demande)


@acte("aides.laisser", roles=RENONCENT)
def laisser(demande: Demande, *, par: Acteur) -> None:
    """La personne n'en a plus besoin, ou renonce. Lève ``ValidationError`` si la demande est déjà décidée."""
    demande.changer(None)
    franchir(demande, "laisser", par)


def _ouverte(demande: Demande) -> None:
    if demande.etat not in (*OUVERTES, E.INSCRITE):
        raise ValidationError(
            _("Cette demande est « %(ou)s » : ses pièces ne changent plus.") % {"ou": demande.get_etat_display()}
        )


def _recevable(demande: Demande, piece: PieceDemandee) -> None:
    if not s_attend_encore(demande, piece):
        _ouverte(demande)


def _pas_deja_demandees(demande: Demande, manquent: QuerySet[PieceDemandee]) -> None:
    """On demande une fois : pendant l'attente, ou quand rien de neuf ne manque."""
    if demande.etat == E.INCOMPLETE or not manquent.exclude(etat=P.DEMANDEE).exists():
        mots = {"jour": _jour(demande.pieces_demandees_le)}
        raise ValidationError(_("Les pièces ont déjà été demandées le %(jour)s : relancez, ou attendez.") % mots)


def _etudier_sans_attendre(demande: Demande, par: Acteur) -> None:
    """Rien d'indispensable ne manque : une demande reçue se dit prête, et son délai court."""
    if demande.etat == E.RECUE:
        franchir(demande, "completer", par)
        return
    demande.save()
    regler_l_horloge(demande)


def _limite(jour: dt.date, avant_le: dt.date | None) -> dt.date:
    regle = delai("pieces")
    limite = avant_le or jour + dt.timedelta(days=regle.jours)
    if not regle.au_moins <= (limite - jour).days <= regle.au_plus:
        mots = {
            "du": _jour(jour + dt.timedelta(days=regle.au_moins)),
            "au": _jour(jour + dt.timedelta(days=regle.au_plus)),
        }
        raise ValidationError({"avant_le": _("Choisissez un jour entre le %(du)s et le %(au)s.") % mots})
    return limite


def _verifier_le_papier(demande: Demande, papier: Papier) -> None:
    if papier.foyer_id != demande.foyer_id:
        raise ValidationError({"papier": _("Ce papier est d’un autre dossier.")})
    if papier.retire_le is not None:
        raise ValidationError({"papier": _("Ce papier a été retiré du dossier.")})
    fin = papier.valable_jusqu_au
    if fin and fin < timezone.localdate():
        raise ValidationError({"papier": _("Ce papier n’est plus valable depuis le %(jour)s.") % {"jour": _jour(fin)}})


def _derniere_piece(demande: Demande) -> dt.datetime:
    """Quand la dernière pièce indispensable est arrivée ; jamais avant le dépôt, ni après maintenant."""
    pieces = demande.pieces.exclude(libelle__in=peuvent_suivre(demande))
    recues = [p.recue_le for p in pieces if p.recue_le]
    dispense = any(p.etat == P.DISPENSEE for p in pieces)
    derniere = timezone.now() if dispense else max(recues, default=timezone.now())
    return min(max(derniere, demande.recue_le), timezone.now())


def _jour(jour: dt.date | dt.datetime | None) -> str:
    return date_format(timezone.localtime(jour) if isinstance(jour, dt.datetime) else jour, "j F Y") if jour else ""
