"""Un droit va bouger : une tâche pour l'interlocuteur, une seule, et la noter faite."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.demarches.actions.trouver import TIENNENT_LES_DEMARCHES
from pleinsdroits.demarches.models import Mouvement
from pleinsdroits.echeances import horloge
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.journal.actes import acte
from pleinsdroits.personnes.models import Foyer, SituationDatee

GENRE = "demarches.droit_change"


@acte("demarches.signaler_un_mouvement", roles=("systeme",))
def signaler(
    foyer: Foyer,
    *,
    par: Acteur,
    situation: SituationDatee,
    droit: str,
    sens: str,
    le: dt.date,
    montant: Decimal | None = None,
) -> bool:
    """Garde le mouvement et arme une échéance, s'il n'est pas déjà signalé (même traité, pour la même date)."""
    connus = Mouvement.objects.filter(foyer=foyer, droit=droit, sens=sens)
    if connus.a_traiter().exists() or connus.filter(le=le).exists():
        return False
    mouvement = Mouvement.objects.create(
        foyer=foyer, personne=situation.personne, droit=droit, sens=sens, le=le, montant=montant, cause="temps"
    )
    ouvre = sens == Mouvement.Sens.OUVRE
    horloge.armer(
        GENRE,
        mouvement,
        quoi=_("Un droit va s’ouvrir") if ouvre else _("Un droit va se fermer"),
        main=Echeance.Main.VILLE,
        responsable=foyer.interlocuteur,
        remplacant=foyer.remplacant,
        dossier=foyer.pk,
        personne=situation.personne_id,
        regle=droit,
    )
    return True


@acte("demarches.traiter_un_mouvement", roles=TIENNENT_LES_DEMARCHES)
def traiter(mouvement: Mouvement, *, par: Acteur) -> None:
    """C'est vu avec la personne."""
    mouvement.traite_le = mouvement.traite_le or timezone.localdate()
    mouvement.save()
    horloge.tenir(mouvement, GENRE)
