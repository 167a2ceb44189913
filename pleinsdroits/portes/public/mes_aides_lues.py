"""Les demandes d'aide de la personne, en mots simples : où elle en est, qui a la main, ce qui manque."""

from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.aides.catalogue import nom_de_l_aide, noms_des_aides
from pleinsdroits.aides.lecture import CalculLu, calcul_pour_la_personne
from pleinsdroits.aides.lettres.decision import corps_de_la_lettre, fin_de_la_lettre
from pleinsdroits.aides.lettres.suite import lettres_de
from pleinsdroits.aides.models import Decision, Demande, EtatDemande, PieceDemandee
from pleinsdroits.aides.pieces_lues import ACCORDS, peuvent_suivre
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.portes.public.mon_avance_lue import MonAvance, mon_avance

E = EtatDemande
RENONCE = (E.RECUE, E.INCOMPLETE, E.COMPLETE, E.INSTRUITE)
MOTS = {
    E.RECUE: _("Reçue. Nous vérifions vos papiers."),
    E.INCOMPLETE: _("Il manque des papiers."),
    E.COMPLETE: _("Complète. Nous l’étudions."),
    E.INSTRUITE: _("Étudiée. La commission va décider."),
    E.INSCRITE: _("À l’ordre du jour de la commission."),
    E.AJOURNEE: _("La commission veut en savoir plus."),
    E.DECIDEE: _("La réponse est donnée. La lettre arrive."),
    E.EN_PAIEMENT: _("Le paiement est en route."),
    E.PAYEE: _("Payée."),
    E.BILAN: _("Finie."),
    E.TRANSMISE: _("Transmise à l’administration qui doit vous répondre."),
    E.SANS_OBJET: _("Arrêtée."),
}
REPONSES = {
    Demande.Resultat.ACCORD: _("Accordée."),
    Demande.Resultat.ACCORD_PARTIEL: _("Accordée en partie."),
    Demande.Resultat.REFUS: _("Refusée. La lettre dit pourquoi, et comment contester."),
    Demande.Resultat.SANS_OBJET: _("Arrêtée."),
}
FORMES = {
    E.RECUE: ("probable", "demi"),
    E.INCOMPLETE: ("manque", "question"),
    E.COMPLETE: ("probable", "demi"),
    E.INSTRUITE: ("probable", "demi"),
    E.INSCRITE: ("bientot", "horloge"),
    E.AJOURNEE: ("bientot", "horloge"),
    E.DECIDEE: ("probable", "demi"),
    E.NOTIFIEE: ("ouvert", "plein"),
    E.EN_PAIEMENT: ("ouvert", "plein"),
    E.PAYEE: ("ouvert", "plein"),
}


@dataclass(frozen=True)
class Reponse:
    """La décision, une fois la lettre partie : la lettre, ses recours, le calcul en mots simples, l'avance à rendre."""

    montant: Decimal | None
    texte: str
    recours: tuple[str, ...]
    calcul: CalculLu | None
    avance: MonAvance | None = None


@dataclass(frozen=True)
class MonAide:
    """
    Une demande : son nom, ce qu'on en dit, sa forme, qui a la main, ce qui est attendu de la personne ; ``suivent`` : ce qui
    n'arrête pas l'étude (sur sa page seulement).
    """

    demande: Demande
    nom: str
    phrase: str
    genre: str
    icone: str
    echeances: list[Echeance]
    attendus: list[PieceDemandee]
    pieces: list[PieceDemandee]
    lettres: list[str]
    peut_renoncer: bool
    reponse: Reponse | None = None
    suivent: frozenset[str] = frozenset()


def mes_aides(acteur: Acteur) -> list[MonAide]:
    """Toutes ses demandes, la plus récente d'abord (nombre de requêtes constant)."""
    demandes = list(Demande.objects.visibles_par(acteur).select_related("deposee_par").prefetch_related("pieces")[:50])
    noms = noms_des_aides(timezone.localdate()) if demandes else {}
    horloges = _horloges(demandes)
    return [_lue(d, noms.get(d.aide) or nom_de_l_aide(d.aide, timezone.localdate()), horloges) for d in demandes]


def mon_aide(demande: Demande) -> MonAide:
    """Une demande seule, avec sa réponse si la lettre est partie."""
    nom = nom_de_l_aide(demande.aide, timezone.localtime(demande.recue_le).date())
    return replace(_lue(demande, nom, _horloges([demande])), reponse=_reponse(demande), suivent=peuvent_suivre(demande))


def decision_envoyee(demande: Demande) -> Decision | None:
    """La décision en vigueur dont la lettre est partie ; ``None`` avant."""
    decisions = demande.decisions.filter(annulee_le__isnull=True, notifiee_le__isnull=False)
    return decisions.select_related("demande__personne", "edition").first()


def _reponse(demande: Demande) -> Reponse | None:
    decision = decision_envoyee(demande)
    if decision is None:
        return None
    texte = decision.lettre or corps_de_la_lettre(decision)
    calcul, avance = calcul_pour_la_personne(decision), mon_avance(decision)
    return Reponse(decision.montant, texte, fin_de_la_lettre(decision), calcul, avance)


def _lue(demande: Demande, nom: str, horloges: dict[str, list[Echeance]]) -> MonAide:
    etat = E(demande.etat)
    genre, icone = FORMES.get(etat, ("non", "pause"))
    # La réponse se lit dès que la lettre est partie, jamais avant.
    phrase = REPONSES[Demande.Resultat(demande.resultat)] if etat == E.NOTIFIEE else MOTS[etat]
    if etat == E.NOTIFIEE and demande.resultat == Demande.Resultat.REFUS:
        genre, icone = "non", "barre"
    pieces = list(demande.pieces.all())
    attendus = [p for p in pieces if _s_attend(demande, p)]
    return MonAide(
        demande=demande,
        nom=nom,
        phrase=str(phrase),
        genre=genre,
        icone=icone,
        echeances=horloges.get(str(demande.pk), [])[:1],
        attendus=attendus,
        pieces=pieces,
        lettres=lettres_de(demande),
        peut_renoncer=etat in RENONCE,
    )


def _s_attend(demande: Demande, piece: PieceDemandee) -> bool:
    """Elle manque avant qu'on étudie ; ensuite, si on l'a demandée ; accordée, tant que l'aide l'attend."""
    if piece.etat not in PieceDemandee.MANQUENT:
        return False
    if demande.etat in (E.RECUE, E.INCOMPLETE):
        return True
    if demande.etat in Demande.AVANT_LA_DECISION:
        return piece.etat == PieceDemandee.Etat.DEMANDEE
    return demande.etat in (E.NOTIFIEE, E.EN_PAIEMENT) and demande.resultat in ACCORDS


def _horloges(demandes: list[Demande]) -> dict[str, list[Echeance]]:
    cles = [str(d.pk) for d in demandes]
    courent = Echeance.objects.en_cours().avec_main().filter(type_objet=Demande._meta.label_lower, cle_objet__in=cles)
    rangees: dict[str, list[Echeance]] = {}
    for echeance in courent.order_by("limite"):
        rangees.setdefault(echeance.cle_objet, []).append(echeance)
    return rangees
