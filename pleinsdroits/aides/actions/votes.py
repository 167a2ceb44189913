"""Voter une demande : la voix d'un membre, son retrait, le dépouillement et la décision, l'ajournement."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from pleinsdroits.aides.avancer import franchir
from pleinsdroits.aides.decider import arreter
from pleinsdroits.aides.models import Decision, Demande, Inscription, MembreDeLInstance, Retrait, Vote
from pleinsdroits.aides.motiver import articles_du_calcul, forme_par_defaut, raisons_de_la_decision, raisons_des_votes
from pleinsdroits.aides.regles.depouillement import Depouillement, Issue
from pleinsdroits.aides.roles import SIEGENT, TIENNENT_LES_SEANCES
from pleinsdroits.aides.seance_lue import membre_de
from pleinsdroits.aides.urne import effacer_les_voix, vider
from pleinsdroits.aides.voix import (
    depouiller_le_vote,
    enregistrer_une_voix,
    refuser_sans_majorite,
    verifier_a_decider,
    verifier_le_retrait,
    verifier_le_scrutin,
    verifier_tous_ont_vote,
)
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.journal.actes import acte

C = Vote.Choix


@acte("aides.voter", roles=SIEGENT)
def voter(
    inscription: Inscription,
    *,
    par: Acteur,
    choix: str,
    montant: Decimal | None = None,
    raison: str = "",
    lue: int | None = None,
    au_nom_de: MembreDeLInstance | None = None,
) -> None:
    """
    La voix du membre, ou celle du membre ``au_nom_de`` qui il porte pouvoir (CASF R123-16) ; la redonner la remplace tant que
    le vote n'est pas arrêté. ``montant`` en euros pour « autre montant » ; ``raison`` obligatoire sauf « pour » et
    « abstention » ; ``lue`` : la version de la pièce qu'il a lue. Au scrutin secret, le bulletin ne se reprend pas et ne porte
    pas de raison. Lève ``ValidationError`` : hors de son instance, pas présent, sans ce pouvoir, séance fermée ou sans quorum,
    demande changée depuis ; ``PermissionDenied`` s'il s'est retiré de cette demande.
    """
    membre = membre_de(inscription.seance, par)
    enregistrer_une_voix(inscription, au_nom_de or membre, choix, montant, raison, lue=lue, porteur=membre)


@acte("aides.noter_une_voix", roles=TIENNENT_LES_SEANCES)
def noter_une_voix(
    inscription: Inscription,
    *,
    par: Acteur,
    membre: MembreDeLInstance,
    choix: str,
    montant: Decimal | None = None,
    raison: str = "",
) -> None:
    """
    Le secrétariat note la voix d'un membre qui vote à main levée, ou par le pouvoir qu'un présent porte. Lève
    ``ValidationError`` comme ``voter`` ; au scrutin secret, personne ne dit sa voix au secrétariat.
    """
    if inscription.secrete:
        raise ValidationError(_("Le scrutin est secret : chaque membre vote sur sa tablette."))
    enregistrer_une_voix(inscription, membre, choix, montant, raison)


@acte("aides.se_retirer", roles=SIEGENT)
def se_retirer(inscription: Inscription, *, par: Acteur) -> None:
    """
    Le membre connaît la personne : il ne lit plus cette demande, n'en vote pas, et le procès-verbal le dit. Sa voix, s'il
    l'avait donnée, ne compte plus, ni celle dont il portait le pouvoir. Lève ``ValidationError`` si le vote est arrêté.
    """
    _retirer(inscription, membre_de(inscription.seance, par))


@acte("aides.noter_un_retrait", roles=TIENNENT_LES_SEANCES)
def noter_un_retrait(inscription: Inscription, *, par: Acteur, membre: MembreDeLInstance) -> None:
    """Le secrétariat note qu'un membre se retire, de vive voix. Lève ``ValidationError`` si le vote est arrêté."""
    _retirer(inscription, membre)


@acte("aides.arreter_le_vote", roles=TIENNENT_LES_SEANCES)
def arreter_le_vote(
    inscription: Inscription,
    *,
    par: Acteur,
    raisons: str = "",
    forme: str = "",
    sans_attendre: bool = False,
) -> Decision | None:
    """
    Dépouille (R123-18), puis décide, ou ajourne si c'est ce que veut la majorité. ``raisons`` : celles de la lettre ; vide,
    celles des votes et du règlement. ``forme`` : vide, celle du règlement. ``sans_attendre`` : clore bien que des présents
    n'aient pas voté. Rend la décision, ou l'inscription si la demande est ajournée. Lève ``ValidationError`` : sans quorum,
    sans majorité, demande changée depuis, budget épuisé ; rien n'est alors gardé.
    """
    verifier_a_decider(inscription)
    verifier_le_scrutin(inscription)
    if not sans_attendre and not inscription.secrete:
        verifier_tous_ont_vote(inscription)
    demande = Demande.objects.select_for_update(of=("self",)).get(pk=inscription.demande_id)
    votes = list(inscription.votes.all())
    lu = depouiller_le_vote(inscription, demande, votes)
    if lu.issue is Issue.SANS_MAJORITE:
        refuser_sans_majorite(inscription, votes)
    if lu.issue is Issue.AJOURNEMENT:
        _ajourner(inscription, demande, _dite(raisons.strip() or raisons_des_votes(votes, lu)), par)
        return None
    decision = _decider(inscription, demande, votes, lu, par, raisons=raisons, forme=forme)
    inscription.changer(None)
    inscription.etat, inscription.motif = Inscription.Etat.DECIDEE, decision.ecart[:500]
    inscription.save()
    return decision


@acte("aides.ajourner", roles=TIENNENT_LES_SEANCES)
def ajourner(inscription: Inscription, *, par: Acteur, raison: str) -> None:
    """
    La demande attend une autre séance, avec la ``raison`` ; les voix déjà données ne comptent plus. Lève
    ``ValidationError`` : sans raison, vote déjà arrêté, séance pas ouverte.
    """
    if not raison.strip():
        raise ValidationError({"raison": _("Dites ce qui manque : la personne le lira.")})
    verifier_a_decider(inscription, quorum=False)
    vider(inscription)
    demande = Demande.objects.select_for_update(of=("self",)).get(pk=inscription.demande_id)
    _ajourner(inscription, demande, raison, par)


def _decider(
    inscription: Inscription,
    demande: Demande,
    votes: list[Vote],
    lu: Depouillement,
    par: Acteur,
    *,
    raisons: str,
    forme: str,
) -> Decision:
    accorde = lu.issue is Issue.ACCORD
    return arreter(
        demande,
        par=par,
        sens=_sens(demande, lu),
        decideur=inscription.seance.instance,
        raisons=raisons.strip() or raisons_de_la_decision(demande, votes, lu),
        montant=lu.montant if accorde else None,
        forme=(forme or forme_par_defaut(demande)) if accorde else "",
        articles=articles_du_calcul(demande),
        ecart=_ecart(demande, votes, lu, raisons.strip()),
        inscription=inscription,
    )


def _sens(demande: Demande, lu: Depouillement) -> str:
    """Accordée en partie : moins que la somme demandée."""
    if lu.issue is Issue.REFUS:
        return Demande.Resultat.REFUS
    demandee = demande.montant_demande
    entiere = lu.montant is None or demandee is None or lu.montant >= demandee
    return Demande.Resultat.ACCORD if entiere else Demande.Resultat.ACCORD_PARTIEL


def _ecart(demande: Demande, votes: list[Vote], lu: Depouillement, raisons: str) -> str:
    """
    Pourquoi la décision n'est pas celle que proposait le rapporteur ; vide si elle la suit. Au scrutin secret, aucun bulletin
    ne porte de raison : ce sont celles dites en séance, que le secrétariat écrit.
    """
    if (lu.montant if lu.issue is Issue.ACCORD else Decimal(0)) == demande.montant_propose:
        return ""
    return _dite(raisons_des_votes(votes, lu) or raisons)


def _dite(raisons: str) -> str:
    """Lève ``ValidationError`` si personne n'a dit pourquoi : un bulletin secret ne le dit pas."""
    if not raisons:
        raise ValidationError({"raisons": _("Écrivez les raisons dites en séance : les bulletins n’en portent pas.")})
    return raisons


def _ajourner(inscription: Inscription, demande: Demande, raison: str, par: Acteur) -> None:
    demande.changer(None)
    franchir(demande, "ajourner", par)
    inscription.changer(None)
    inscription.etat, inscription.motif = Inscription.Etat.AJOURNEE, raison.strip()[:500]
    inscription.save()


def _retirer(inscription: Inscription, membre: MembreDeLInstance) -> None:
    verifier_le_retrait(inscription, membre)
    Retrait.objects.get_or_create(inscription=inscription, membre=membre)
    effacer_les_voix(inscription, Q(membre=membre) | Q(porte_par=membre))
