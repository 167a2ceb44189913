"""Un droit va bouger : une tâche pour l'interlocuteur, une seule, et la noter faite."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.demarches.actions.trouver import TIENNENT_LES_DEMARCHES
from pleinsdroits.demarches.ecarts import Ecart
from pleinsdroits.demarches.models import Demarche, Mouvement
from pleinsdroits.echeances import horloge
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.journal.actes import acte
from pleinsdroits.personnes.models import Foyer, SituationDatee

GENRE = "demarches.droit_change"
TREVE = dt.timedelta(days=92)


@acte("demarches.signaler_un_mouvement", roles=("systeme",))
def signaler(foyer: Foyer, *, par: Acteur, situation: SituationDatee, ecart: Ecart) -> bool:
    """
    Garde le mouvement et arme une échéance. Rien si le même attend déjà, s'il a été signalé à moins de trois mois de là, ou
    si une démarche de ce droit est déjà ouverte (ou écartée par la personne).
    """
    if _deja_dit(foyer, ecart):
        return False
    mouvement = Mouvement.objects.create(
        foyer=foyer,
        personne=situation.personne,
        droit=ecart.droit,
        sens=ecart.sens,
        le=ecart.le,
        montant=ecart.montant,
        cause=ecart.cause,
    )
    ouvre = ecart.sens == Mouvement.Sens.OUVRE
    horloge.armer(
        GENRE,
        mouvement,
        quoi=_("Un droit s’ouvre bientôt : en parler") if ouvre else _("Un droit se ferme bientôt : en parler"),
        main=Echeance.Main.VILLE,
        responsable=foyer.interlocuteur,
        remplacant=foyer.remplacant,
        dossier=foyer.pk,
        personne=situation.personne_id,
        regle=ecart.droit,
    )
    return True


@acte("demarches.traiter_un_mouvement", roles=TIENNENT_LES_DEMARCHES)
def traiter(mouvement: Mouvement, *, par: Acteur) -> None:
    """C'est vu avec la personne ; recommencer ne change rien."""
    if mouvement.traite_le is not None:
        return
    mouvement.traite_le = timezone.localdate()
    mouvement.save()
    horloge.tenir(mouvement, GENRE)


def _deja_dit(foyer: Foyer, ecart: Ecart) -> bool:
    connus = Mouvement.objects.filter(foyer=foyer, droit=ecart.droit, sens=ecart.sens)
    proches = connus.filter(le__range=(ecart.le - TREVE, ecart.le + TREVE))
    if connus.a_traiter().exists() or proches.exists():
        return True
    if ecart.sens == Mouvement.Sens.FERME:
        return False
    return Demarche.objects.filter(foyer=foyer, droit=ecart.droit).exclude(etat=Demarche.Etat.CLOSE).exists()
