"""Du calcul à la démarche : garder les droits trouvés, les expliquer, ou noter que la personne n'en veut pas."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Role
from pleinsdroits.demarches.avancer import franchir
from pleinsdroits.demarches.calendriers import regler_l_horloge
from pleinsdroits.demarches.models import Demarche, Examen
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
    neuves = 0
    for resultat in bilan.resultats if bilan else ():
        if resultat.etat in SE_DEMANDENT and resultat.deja_recu is None:
            neuves += _ouvrir(foyer, situation, resultat)
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


def _ouvrir(foyer: Foyer, situation: SituationDatee, resultat: Resultat) -> bool:
    """Au nom de la personne qui a dit la situation : c'est elle qui demandera, pour elle ou pour un enfant."""
    montants = _montants(resultat)
    connues = Demarche.objects.filter(foyer=foyer, droit=resultat.droit, personne=situation.personne)
    if connues.exists():
        connues.filter(etat=Demarche.Etat.DETECTEE).update(situation=situation, **montants)
        return False
    demarche = Demarche.objects.create(
        foyer=foyer, personne=situation.personne, droit=resultat.droit, situation=situation, **montants
    )
    regler_l_horloge(demarche)
    return True


def _montants(resultat: Resultat) -> dict[str, object]:
    """L'annuel se garde en douzièmes : tout se compte en euros par mois, sauf ce qui se donne une fois."""
    periodicite, montant = resultat.periodicite, resultat.montant
    if montant is not None and periodicite == Periodicite.AN:
        montant = round(montant / 12, 2)
    unique = periodicite == Periodicite.UNE_FOIS
    return {"montant_detecte": montant, "periodicite": "une_fois" if unique else "mensuelle"}
