"""
Un partenaire dépose une demande depuis un relais fondé sur l'accord de la personne, puis lit où elle en est : reçue,
papiers, à l'étude, réponse envoyée. Jamais la demande elle-même : ni montant, ni raisons, ni sens de la décision.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.accueil.models import Message, Relais
from pleinsdroits.aides.catalogue import noms_des_aides
from pleinsdroits.aides.models import Demande, EtatDemande, PieceDemandee
from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.comptes.models import Role
from pleinsdroits.personnes.models import Foyer

E = EtatDemande
DEPOSABLES = (Relais.Etat.ENVOYE, Relais.Etat.PRIS_EN_CHARGE)
ATTENDENT_DES_PAPIERS = (E.RECUE, E.INCOMPLETE)


class EtatDuDepot(StrEnum):
    """Tout ce qu'un partenaire apprend d'une demande."""

    RECUE = "recue"
    PAPIERS = "papiers"
    ETUDE = "etude"
    DECIDEE = "decidee"
    TRANSMISE = "transmise"
    ARRETEE = "arretee"


# « Décidée » ne se lit qu'une fois la lettre partie : la personne l'apprend avant le partenaire.
ETATS = {
    E.RECUE: EtatDuDepot.RECUE,
    E.INCOMPLETE: EtatDuDepot.PAPIERS,
    **dict.fromkeys((E.COMPLETE, E.INSTRUITE, E.INSCRITE, E.AJOURNEE, E.DECIDEE), EtatDuDepot.ETUDE),
    **dict.fromkeys((E.NOTIFIEE, E.EN_PAIEMENT, E.PAYEE, E.BILAN), EtatDuDepot.DECIDEE),
    E.TRANSMISE: EtatDuDepot.TRANSMISE,
    E.SANS_OBJET: EtatDuDepot.ARRETEE,
}


@dataclass(frozen=True)
class DepotLu:
    """Une demande déposée, pour le partenaire : son numéro, l'aide, le jour, l'état, les papiers qu'il peut joindre."""

    reference: str
    nom: str
    recue_le: dt.datetime
    etat: EtatDuDepot
    attendus: tuple[tuple[int, str], ...]


def refus_de_deposer(relais: Relais) -> str:
    """Pourquoi ce relais ne permet pas de déposer ; vide s'il le permet. La règle du relais, entière : son accord, en cours."""
    if relais.fondement != Relais.Fondement.ACCORD:
        return _("Ce relais ne repose pas sur l’accord de la personne : une demande d’aide ne se dépose qu’avec lui.")
    if not relais.fonde():
        return _("La personne a retiré son accord, ou il a pris fin : une demande d’aide ne se dépose qu’avec lui.")
    if relais.etat not in DEPOSABLES:
        return _("Ce relais n’est plus chez vous : demandez à la ville de vous le confier de nouveau.")
    if relais.personne is None or relais.foyer is None or relais.foyer.etat != Foyer.Etat.ACTIF:
        return _("Le dossier de cette personne est fermé : appelez le service social de la ville.")
    return ""


def dossier_du_relais(relais: Relais, par: Acteur) -> tuple[Relais, Foyer]:
    """
    Le relais et le dossier tels qu'ils sont en base, le dossier verrouillé. Lève ``PermissionDenied`` si ce n'est pas un
    partenaire, ou pas son relais ; ``ValidationError`` si ce relais ne permet pas de déposer.
    """
    sien = Relais.objects.visibles_par(par).filter(pk=relais.pk).first() if par.role == Role.PARTENAIRE else None
    if sien is None:
        raise PermissionDenied("Ce relais n'est pas confié à cet acteur.")
    dossier = Foyer.objects.select_for_update(of=("self",)).filter(relais=sien.pk).first()
    # Relu après le verrou : un accord retiré à l'instant est vu.
    relu = Relais.objects.select_related("foyer", "personne", "institution").get(pk=sien.pk)
    if refus := refus_de_deposer(relu):
        raise ValidationError(refus)
    assert dossier is not None
    return relu, dossier


def depots_de(relais: Relais) -> list[DepotLu]:
    """Ce que le partenaire lit de ses dépôts ; rien quand l'accord est retiré ou fini. Trois requêtes au plus."""
    if relais.fondement != Relais.Fondement.ACCORD or not relais.fonde():
        return []
    demandes = list(Demande.objects.filter(relais=relais).order_by("recue_le", "pk").prefetch_related("pieces"))
    noms = noms_des_aides(timezone.localdate()) if demandes else {}
    return [_lu(d, noms.get(d.aide, d.aide)) for d in demandes]


def piece_a_joindre(relais: Relais, piece: int) -> PieceDemandee:
    """La pièce ``piece`` d'un dépôt de ce relais. Lève ``ValidationError`` si elle n'est pas, ou plus, attendue."""
    deposees = PieceDemandee.objects.filter(demande__relais=relais, demande__etat__in=ATTENDENT_DES_PAPIERS)
    attendue = deposees.filter(pk=piece, etat__in=PieceDemandee.MANQUENT).select_related("demande").first()
    if attendue is None:
        raise ValidationError(_("Ce papier n’est pas attendu, ou ne l’est plus."))
    return attendue


def dire_le_depot(relais: Relais, demande: Demande, par: Acteur) -> None:
    """Un message du relais, que la personne et son interlocuteur lisent."""
    texte = _("Demande d’aide déposée : numéro %(numero)s.") % {"numero": demande.reference}
    agent = par.identifiant if par.genre == Genre.AGENT else None
    Message.objects.create(relais=relais, auteur_genre=par.genre, agent_id=agent, texte=texte, pour_tous=True)


def _lu(demande: Demande, nom: str) -> DepotLu:
    attend = demande.etat in ATTENDENT_DES_PAPIERS
    manquent = [p for p in demande.pieces.all() if p.etat in PieceDemandee.MANQUENT] if attend else []
    attendus = tuple((p.pk, p.libelle) for p in manquent)
    return DepotLu(demande.reference, nom, demande.recue_le, ETATS[EtatDemande(demande.etat)], attendus)
