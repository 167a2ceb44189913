"""Tenir une séance : pointer les membres, vérifier le quorum, ouvrir, terminer, signer le procès-verbal."""

import json

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pleinsdroits.aides.models import EtatSeance, MembreDeLInstance, Presence, ProcesVerbal, Seance
from pleinsdroits.aides.proces_verbal import tome_communicable, tome_nominatif
from pleinsdroits.aides.rapporter import rattacher_les_delegations
from pleinsdroits.aides.revoquer import fin_du_pouvoir, jamais_venu
from pleinsdroits.aides.roles import TIENNENT_LES_SEANCES
from pleinsdroits.aides.seance_lue import (
    A_VOTER,
    SE_POINTE,
    exiger_le_quorum,
    jour_de,
    membres_en_exercice,
    qui_preside,
    quorum_de,
)
from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.journal.actes import acte

P, S = Presence.Etat, EtatSeance


@acte("aides.pointer", roles=TIENNENT_LES_SEANCES)
def pointer(seance: Seance, *, par: Acteur, membre: MembreDeLInstance, etat: str) -> None:
    """
    Note qu'un membre est présent, excusé, absent, ou parti. En séance, si le quorum n'est plus atteint, elle est suspendue :
    on ne vote plus. Présent, il vote lui-même : son pouvoir finit. Absent ou excusé, il n'est jamais venu : sa voix déjà
    donnée ne compte plus. Lève ``ValidationError`` : séance pas convoquée
    ou finie, membre d'une autre instance, état inconnu.
    """
    if seance.etat not in SE_POINTE:
        raise ValidationError(_("Cette séance est « %(ou)s » : on n’y pointe personne.") % _ou(seance))
    if etat not in (P.PRESENT, P.EXCUSE, P.ABSENT, P.PARTI):
        raise ValidationError({"etat": _("Choisissez : présent, excusé, absent ou parti.")})
    if membre.pk not in {m.pk for m in membres_en_exercice(seance)}:
        raise ValidationError(_("Cette personne ne siège pas dans cette instance ce jour-là."))
    presence, _nouvelle = Presence.objects.get_or_create(seance=seance, membre=membre)
    _pointer(presence, P(etat))
    if etat == P.PRESENT:
        fin_du_pouvoir(seance, membre)
    elif etat in (P.EXCUSE, P.ABSENT):
        jamais_venu(seance, membre)
    if seance.etat != S.CONVOQUEE:
        _suivre_le_quorum(seance)


@acte("aides.verifier_le_quorum", roles=TIENNENT_LES_SEANCES)
def verifier_le_quorum(seance: Seance, *, par: Acteur) -> None:
    """Constate que la majorité des membres en exercice est là (R123-17). Lève ``ValidationError`` sinon."""
    _verifier_l_etat(seance, S.CONVOQUEE, _("Le quorum se vérifie quand la séance est convoquée."))
    exiger_le_quorum(quorum_de(seance))
    seance.changer(None)
    seance.verifier_le_quorum()
    seance.save()


@acte("aides.ouvrir_la_seance", roles=TIENNENT_LES_SEANCES)
def ouvrir(seance: Seance, *, par: Acteur) -> None:
    """
    On délibère. Qui préside : le président, sinon le vice-président, sinon le plus ancien (R123-18). Lève
    ``ValidationError`` : avant le jour prévu, quorum pas vérifié ou perdu depuis.
    """
    _verifier_l_etat(seance, S.QUORUM_VERIFIE, _("Vérifiez d’abord le quorum."))
    if timezone.localdate() < jour_de(seance):
        raise ValidationError(_("Cette séance n’est pas encore là : elle s’ouvre le jour prévu."))
    exiger_le_quorum(quorum_de(seance))
    rattacher_les_delegations(seance)
    seance.changer(None)
    seance.ouvrir()
    seance.ouverte_le = seance.ouverte_le or timezone.now()
    seance.presidee_par = qui_preside(seance)
    seance.save()


@acte("aides.cloturer_la_seance", roles=TIENNENT_LES_SEANCES)
def cloturer(seance: Seance, *, par: Acteur) -> None:
    """
    Termine la séance et écrit les deux tomes du procès-verbal. Lève ``ValidationError`` s'il reste une demande à voter :
    elle se vote, s'ajourne, ou se retire de l'ordre du jour. Une séance suspendue faute de quorum se termine aussi.
    """
    if not seance.suspendue:
        _verifier_l_etat(seance, S.EN_SEANCE, _("Seule une séance ouverte se termine."))
    reste = seance.inscriptions.filter(etat__in=A_VOTER).count()
    if reste:
        texte = ngettext(
            "Il reste %(n)s demande : votez-la, ajournez-la, ou retirez-la de l’ordre du jour.",
            "Il reste %(n)s demandes : votez-les, ajournez-les, ou retirez-les de l’ordre du jour.",
            reste,
        )
        raise ValidationError(texte % {"n": reste})
    seance.changer(None)
    seance.cloturer()
    seance.close_le = timezone.now()
    seance.save()
    tomes = {ProcesVerbal.Tome.COMMUNICABLE: tome_communicable, ProcesVerbal.Tome.NOMINATIF: tome_nominatif}
    for tome, ecrire in tomes.items():
        contenu = json.dumps(ecrire(seance), ensure_ascii=False)
        ProcesVerbal.objects.create(seance=seance, tome=tome, contenu=contenu)


@acte("aides.signer_le_proces_verbal", roles=TIENNENT_LES_SEANCES)
def signer(seance: Seance, *, par: Acteur) -> None:
    """Signe les deux tomes : ils ne changent plus. Lève ``ValidationError`` si la séance n'est pas terminée."""
    _verifier_l_etat(seance, S.CLOTUREE, _("Terminez d’abord la séance : le procès-verbal s’écrit à la fin."))
    agent = int(par.identifiant) if par.genre == Genre.AGENT else None
    seance.proces_verbaux.update(signe_le=timezone.now(), signe_par=agent)
    seance.changer(None)
    seance.signer()
    seance.save()


def _pointer(presence: Presence, etat: Presence.Etat) -> None:
    """Revenu, un membre compte de nouveau ; parti ou noté absent, il ne compte plus depuis maintenant."""
    if etat == P.PARTI and presence.etat not in (P.PRESENT, P.PARTI):
        raise ValidationError({"etat": _("Ce membre n’était pas présent : notez-le absent ou excusé.")})
    if presence.etat == etat:
        return
    if etat == P.PRESENT:
        presence.arrive_le, presence.parti_le = timezone.now(), None
    elif etat == P.PARTI:
        presence.parti_le = timezone.now()
    else:
        presence.arrive_le = presence.parti_le = None
    presence.etat = etat
    presence.save()


def _suivre_le_quorum(seance: Seance) -> None:
    """Suspend la séance sans quorum ; sinon, quelqu'un d'autre préside si celui qui présidait est parti."""
    seance.changer(None)
    if seance.etat == S.EN_SEANCE and not quorum_de(seance).atteint:
        seance.suspendre()
    if seance.etat == S.EN_SEANCE:
        seance.presidee_par = qui_preside(seance)
    seance.save()


def _verifier_l_etat(seance: Seance, attendu: str, refus: str) -> None:
    if seance.etat != attendu:
        raise ValidationError(_("Cette séance est « %(ou)s ». %(refus)s") % {**_ou(seance), "refus": refus})


def _ou(seance: Seance) -> dict[str, str]:
    return {"ou": str(seance.get_etat_display())}
