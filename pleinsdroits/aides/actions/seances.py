"""Préparer une séance : la fixer, mettre les demandes à l'ordre du jour, publier leurs pièces, convoquer, annuler."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.aides.avancer import franchir
from pleinsdroits.aides.convoquer import annoncer_l_annulation, annoncer_un_ajout, ecrire_la_convocation
from pleinsdroits.aides.models import Demande, EtatDemande, EtatSeance, Inscription, Instance, Presence, Seance
from pleinsdroits.aides.mots_du_dossier import mots_du_dossier
from pleinsdroits.aides.piece_anonyme import piece_de
from pleinsdroits.aides.rapporter import detacher_les_delegations, rattacher_les_delegations
from pleinsdroits.aides.regles.anonymat import controler
from pleinsdroits.aides.regles.competence import refus_de_competence
from pleinsdroits.aides.regles.convocation import refus_de_convoquer
from pleinsdroits.aides.regles.textes_de_seance import en_vigueur, regles_de_seance
from pleinsdroits.aides.roles import INSTRUISENT, TIENNENT_LES_SEANCES
from pleinsdroits.aides.seance_lue import A_VOTER, aide_de, jour_de, membres_en_exercice
from pleinsdroits.aides.urne import vider
from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.journal.actes import acte

E = Inscription.Etat


@acte("aides.creer_une_seance", roles=TIENNENT_LES_SEANCES)
def creer_une_seance(objet: None, *, par: Acteur, instance: str, prevue_le: dt.datetime, lieu: str) -> Seance:
    """
    Fixe une séance de l'``instance`` à ``prevue_le`` (avec son fuseau). Lève ``ValidationError`` : instance inconnue, date
    passée, lieu absent, une autre séance à la même heure.
    """
    if instance not in Instance.values:
        raise ValidationError({"instance": _("Choisissez le conseil d’administration ou la commission permanente.")})
    if prevue_le <= timezone.now():
        raise ValidationError({"prevue_le": _("Cette date est passée : choisissez un jour à venir.")})
    if Seance.objects.filter(instance=instance, prevue_le=prevue_le).exists():
        raise ValidationError({"prevue_le": _("Une séance est déjà fixée à cette heure.")})
    seance = Seance(instance=instance, prevue_le=prevue_le, lieu=lieu.strip())
    seance.full_clean(exclude={"etat"})
    seance.save()
    return seance


@acte("aides.inscrire", roles=TIENNENT_LES_SEANCES)
def inscrire(seance: Seance, *, par: Acteur, demande: Demande) -> Inscription:
    """
    Met une demande étudiée à l'ordre du jour, au dernier rang. Lève ``ValidationError`` : séance commencée, ordre du jour
    déjà clos, demande pas étudiée ou déjà inscrite, instance qui ne peut pas la décider.
    """
    _verifier_l_ordre_du_jour(seance)
    relue = Demande.objects.visibles_par(par).select_for_update(of=("self",)).filter(pk=demande.pk).first()
    if relue is None:
        raise ValidationError(_("Cette demande n’est pas de celles que vous pouvez inscrire."))
    if relue.inscriptions.filter(etat__in=A_VOTER).exists():
        raise ValidationError(_("Cette demande est déjà à l’ordre du jour d’une séance."))
    _verifier_la_competence(seance, relue)
    dernier = seance.inscriptions.aggregate(rang=Max("rang"))["rang"] or 0
    relue.changer(None)
    franchir(relue, "inscrire", par)
    return Inscription.objects.create(seance=seance, demande=relue, rang=dernier + 1)


@acte("aides.retirer_de_l_ordre_du_jour", roles=TIENNENT_LES_SEANCES)
def retirer_de_l_ordre_du_jour(inscription: Inscription, *, par: Acteur, raison: str = "") -> None:
    """La demande revient à l'étude. Lève ``ValidationError`` si elle est déjà décidée, ajournée ou retirée."""
    _verifier_a_voter(inscription)
    _liberer(inscription, par, raison)


@acte("aides.publier", roles=INSTRUISENT)
def publier(inscription: Inscription, *, par: Acteur, expose: str = "", lue: int | None = None) -> None:
    """
    Fige la pièce anonyme que les membres liront, avec l'``expose`` relu ; des voix déjà données sur une pièce plus ancienne
    ne comptent plus, et un ajout après la convocation s'annonce aux membres. Lève ``ValidationError`` : l'exposé contient ce
    qui peut désigner quelqu'un (une phrase par alerte), une dérogation sans exposé, une demande déjà décidée ; ``Conflit``
    si quelqu'un a publié entre-temps.
    """
    _verifier_a_voter(inscription)
    inscription.changer(lue)
    demande = Demande.objects.select_for_update(of=("self",)).get(pk=inscription.demande_id)
    if alertes := controler(expose, mots_du_dossier(demande)):
        raise ValidationError({"expose": alertes})
    if demande.derogation and not expose.strip():
        raise ValidationError({"expose": _("Le montant est hors barème : dites pourquoi, sans désigner personne.")})
    nouvelle = inscription.etat == E.A_PREPARER
    inscription.expose = expose.strip()
    inscription.piece = piece_de(inscription)
    inscription.version_lue = demande.version
    inscription.etat, inscription.publiee_le = E.PUBLIEE, timezone.now()
    inscription.publiee_par_id = int(par.identifiant) if par.genre == Genre.AGENT else None
    inscription.save()
    vider(inscription)
    if nouvelle and inscription.seance.convoquee_le:
        for presence in inscription.seance.presences.select_related("membre__agent"):
            annoncer_un_ajout(inscription.seance, presence.membre)


@acte("aides.convoquer", roles=TIENNENT_LES_SEANCES)
def convoquer(seance: Seance, *, par: Acteur) -> None:
    """
    Convoque chaque membre en exercice, avec l'ordre du jour ; les décisions prises par délégation y sont rapportées. Lève
    ``ValidationError`` : délai de R123-16 dépassé, ordre du jour vide, une pièce pas prête, aucun membre, déjà convoquée.
    """
    if seance.etat != EtatSeance.CREEE:
        raise ValidationError(_("Cette séance est déjà « %(ou)s ».") % {"ou": seance.get_etat_display()})
    _verifier_le_delai(seance)
    membres = membres_en_exercice(seance)
    if not membres:
        raise ValidationError(_("Cette instance n’a aucun membre en exercice ce jour-là : nommez-les d’abord."))
    rapportees = rattacher_les_delegations(seance)
    demandes = _verifier_les_pieces(seance, rapportees)
    seance.changer(None)
    seance.convoquer()
    seance.convoquee_le = timezone.now()
    seance.save()
    Presence.objects.bulk_create(Presence(seance=seance, membre=m) for m in membres)
    for membre in membres:
        ecrire_la_convocation(seance, membre, demandes)


@acte("aides.annuler_la_seance", roles=TIENNENT_LES_SEANCES)
def annuler_la_seance(seance: Seance, *, par: Acteur, raison: str) -> None:
    """
    La séance ne se tient pas, avec la ``raison`` ; ses demandes reviennent à l'étude, les membres l'apprennent. Lève
    ``ValidationError`` : sans raison, ou déjà commencée.
    """
    if seance.suspendue or seance.etat not in (EtatSeance.CREEE, EtatSeance.CONVOQUEE, EtatSeance.QUORUM_VERIFIE):
        raise ValidationError(_("Cette séance a commencé ou est finie (%(ou)s) : elle ne s’annule plus.") % _ou(seance))
    if not raison.strip():
        raise ValidationError({"raison": _("Dites pourquoi la séance ne se tient pas.")})
    for inscription in seance.inscriptions.filter(etat__in=A_VOTER):
        _liberer(inscription, par, raison)
    detacher_les_delegations(seance)
    seance.changer(None)
    seance.annuler()
    seance.save()
    for presence in seance.presences.select_related("membre__agent"):
        annoncer_l_annulation(seance, presence.membre)


def _liberer(inscription: Inscription, par: Acteur, raison: str) -> None:
    demande = Demande.objects.select_for_update(of=("self",)).get(pk=inscription.demande_id)
    if demande.etat == EtatDemande.INSCRITE:  # la personne a pu y renoncer entre-temps : la demande est déjà finie
        demande.changer(None)
        franchir(demande, "desinscrire", par)
    inscription.changer(None)
    inscription.etat, inscription.motif = E.RETIREE, raison.strip()[:500]
    inscription.save()


def _verifier_l_ordre_du_jour(seance: Seance) -> None:
    """Il se complète jusqu'à la fin du délai de convocation ; au-delà, les membres ne l'auraient pas à temps."""
    if seance.suspendue or seance.etat not in (EtatSeance.CREEE, EtatSeance.CONVOQUEE):
        raise ValidationError(_("Cette séance est « %(ou)s » : son ordre du jour ne change plus.") % _ou(seance))
    if seance.etat == EtatSeance.CONVOQUEE:
        _verifier_le_delai(seance)


def _verifier_le_delai(seance: Seance) -> None:
    regle = en_vigueur(regles_de_seance().convocation, jour_de(seance))
    if refus := refus_de_convoquer(seance.prevue_le, timezone.now(), regle):
        raise ValidationError(refus.en(_))


def _verifier_les_pieces(seance: Seance, rapportees: int) -> int:
    """Le nombre de demandes ; leurs pièces sont le rapport explicatif de R123-16, elles partent avec la convocation."""
    inscrites = list(seance.inscriptions.filter(etat__in=A_VOTER))
    if not inscrites and not rapportees:
        raise ValidationError(_("L’ordre du jour est vide : inscrivez au moins une demande."))
    manquent = [str(i.rang) for i in inscrites if i.etat == E.A_PREPARER]
    if manquent:
        texte = _("Publiez d’abord la pièce des demandes %(rangs)s : elle part avec la convocation.")
        raise ValidationError(texte % {"rangs": ", ".join(manquent)})
    return len(inscrites)


def _verifier_la_competence(seance: Seance, demande: Demande) -> None:
    aide = aide_de(demande)
    refus = refus_de_competence(seance.instance, aide, demande.montant_propose) if aide else None
    if refus:
        raise ValidationError(refus.en(_))


def _verifier_a_voter(inscription: Inscription) -> None:
    if inscription.etat not in A_VOTER:
        texte = _("Cette demande est « %(ou)s » dans cette séance : elle ne change plus.")
        raise ValidationError(texte % {"ou": inscription.get_etat_display()})


def _ou(seance: Seance) -> dict[str, str]:
    return {"ou": str(seance.get_etat_display())}
