"""Du calcul à la démarche : garder les droits trouvés, les expliquer, ou noter que la personne n'en veut pas."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Role
from pleinsdroits.demarches.avancer import franchir
from pleinsdroits.demarches.calendriers import regler_l_horloge
from pleinsdroits.demarches.destinataires import celui_qui_demande, destinataires
from pleinsdroits.demarches.models import Demarche, EtapeFranchie, Examen
from pleinsdroits.droits.moteur.resultats import Etat, Periodicite, Resultat
from pleinsdroits.journal.actes import acte
from pleinsdroits.personnes.models import Foyer, SituationDatee

TIENNENT_LES_DEMARCHES = (Role.INTERLOCUTEUR, Role.INSTRUCTEUR, "systeme")
SE_DEMANDENT = (Etat.OUVERT, Etat.PROBABLE)


@acte("demarches.detecter", roles=TIENNENT_LES_DEMARCHES)
def detecter(foyer: Foyer, *, par: Acteur, situation: SituationDatee) -> int:
    """
    Ouvre une démarche par droit trouvé et pas encore reçu ; remet à jour le montant de celles que personne n'a encore
    expliquées. Recommencer n'en double aucune. Rend le nombre de démarches ouvertes.
    """
    bilan = situation.bilan_lu()
    retenus = [r for r in bilan.resultats if _se_demande(r)] if bilan else []
    connus = destinataires(situation) if retenus else {}
    groupes: dict[tuple[str, int], list[Resultat]] = {}
    for resultat in retenus:
        personne = celui_qui_demande(resultat.pour, connus, situation)
        groupes.setdefault((resultat.droit, personne.pk), []).append(resultat)
    neuves = sum(_ouvrir(foyer, situation, droit, cle, groupe) for (droit, cle), groupe in groupes.items())
    _oublier_ce_qui_n_est_plus(foyer, situation, set(groupes))
    Examen.objects.get_or_create(situation=situation)
    return neuves


@acte("demarches.expliquer", roles=TIENNENT_LES_DEMARCHES)
def expliquer(demarche: Demarche, *, par: Acteur, lue: int | None = None) -> None:
    """La personne sait à quoi elle a droit et ce qu'il faut faire."""
    demarche.changer(lue)
    demarche.expliquee_le = demarche.expliquee_le or timezone.localdate()
    franchir(demarche, Demarche.Etat.EXPLIQUEE, par, depuis=(Demarche.Etat.DETECTEE,))


@acte("demarches.ecarter", roles=(*TIENNENT_LES_DEMARCHES, "habitant"))
def ecarter(demarche: Demarche, *, par: Acteur, raison: str, lue: int | None = None) -> None:
    """La personne n'en veut pas, avec sa raison. Lève ``ValidationError`` si elle manque."""
    if not raison.strip():
        raise ValidationError({"raison": _("Notez sa raison, dans ses mots.")})
    demarche.changer(lue)
    demarche.precision = raison.strip()
    depuis = (Demarche.Etat.DETECTEE, Demarche.Etat.EXPLIQUEE, Demarche.Etat.PREPAREE)
    franchir(demarche, Demarche.Etat.ECARTEE, par, depuis=depuis)


def _se_demande(resultat: Resultat) -> bool:
    return resultat.etat in SE_DEMANDENT and resultat.deja_recu is None


def _ouvrir(foyer: Foyer, situation: SituationDatee, droit: str, cle: int, resultats: list[Resultat]) -> bool:
    """Vrai si la démarche est neuve. Une qui court, ou que la personne a écartée, n'est jamais doublée."""
    champs = {**_montants(resultats), "situation": situation}
    connues = Demarche.objects.filter(foyer=foyer, droit=droit, personne=cle).exclude(etat=Demarche.Etat.CLOSE)
    if connues.exists():
        connues.filter(etat=Demarche.Etat.DETECTEE).update(**champs)
        return False
    demarche = Demarche.objects.create(foyer=foyer, personne_id=cle, droit=droit, **champs)
    EtapeFranchie.objects.create(demarche=demarche, etat=demarche.etat)
    regler_l_horloge(demarche)
    return True


def _oublier_ce_qui_n_est_plus(foyer: Foyer, situation: SituationDatee, trouves: set[tuple[str, int]]) -> None:
    """Ce que personne n'a encore expliqué et que la nouvelle situation n'ouvre plus se clôt sans bruit."""
    restent = Demarche.objects.filter(foyer=foyer, etat=Demarche.Etat.DETECTEE, situation__personne=situation.personne)
    for demarche in restent:
        if (demarche.droit, demarche.personne_id) not in trouves:
            demarche.etat = Demarche.Etat.CLOSE
            demarche.precision = _("La nouvelle situation n’ouvre plus ce droit.")
            demarche.save()
            EtapeFranchie.objects.create(demarche=demarche, etat=demarche.etat)
            regler_l_horloge(demarche)


def _montants(resultats: list[Resultat]) -> dict[str, object]:
    """L'annuel se garde en douzièmes : tout se compte en euros par mois, sauf ce qui se donne une fois."""
    connus = [_par_mois(r) for r in resultats if r.montant is not None]
    unique = all(r.periodicite == Periodicite.UNE_FOIS for r in resultats)
    return {
        "montant_detecte": sum(connus, Decimal(0)) if connus else None,
        "periodicite": "une_fois" if unique else "mensuelle",
        "a_verifier": all(r.etat == Etat.PROBABLE for r in resultats),
    }


def _par_mois(resultat: Resultat) -> Decimal:
    montant = resultat.montant or Decimal(0)
    return round(montant / 12, 2) if resultat.periodicite == Periodicite.AN else montant
