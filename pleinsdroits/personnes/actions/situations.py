"""Garder la situation d'un foyer à une date ; ses droits se calculent ensuite, en fond."""

import datetime as dt
import json

from django.core.exceptions import ValidationError
from django.utils import timezone

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Role
from pleinsdroits.droits.moteur.ecriture import bilan_en_donnees
from pleinsdroits.droits.moteur.resultats import Bilan
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.droits.situation.periode import JourNonCouvert, verifier_le_jour
from pleinsdroits.journal.actes import acte
from pleinsdroits.personnes.contacts import toucher
from pleinsdroits.personnes.models import Foyer, Personne, SituationDatee
from pleinsdroits.personnes.perimetre import verifier_la_personne

ENREGISTRENT = (Role.ACCUEIL, Role.INTERLOCUTEUR, Role.INSTRUCTEUR, "habitant", "systeme")


@acte("personnes.enregistrer_une_situation", roles=ENREGISTRENT)
def enregistrer_une_situation(
    objet: None, *, par: Acteur, foyer: Foyer, personne: Personne, situation: Situation, jour: dt.date, source: str
) -> SituationDatee:
    """
    Garde ce que ``personne`` a dit de son foyer au ``jour``. Le calcul suit, après la transaction. Lève
    ``ValidationError`` si nos règles ne couvrent pas ce jour ou si la personne n'est pas du foyer.
    """
    try:
        verifier_le_jour(jour)
    except JourNonCouvert as refus:
        raise ValidationError({"jour": str(refus)}) from None
    verifier_la_personne(personne, foyer, par)
    toucher(foyer)
    return SituationDatee.objects.create(
        foyer=foyer, personne=personne, jour=jour, source=source, situation=situation.model_dump_json()
    )


@acte("personnes.ranger_un_bilan", roles=("systeme",))
def ranger_un_bilan(situation: SituationDatee, *, par: Acteur, bilan: Bilan | None) -> None:
    """Garde les droits calculés, la version des règles et la date (CRPA L311-3-1) ; ``None`` : le calcul a échoué."""
    situation.calcule_le = timezone.now()
    if bilan is None:
        situation.calcul = SituationDatee.Calcul.IMPOSSIBLE
    else:
        situation.calcul = SituationDatee.Calcul.FAIT
        situation.version_regles = bilan.version_regles
        situation.bilan = json.dumps(bilan_en_donnees(bilan), ensure_ascii=False)
    situation.save()
