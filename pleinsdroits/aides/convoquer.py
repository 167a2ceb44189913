"""La convocation d'un membre : un courriel qui dit quand, où, et combien de demandes ; jamais lesquelles."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pleinsdroits.aides.models import MembreDeLInstance, Seance
from pleinsdroits.socle.envois import poster
from pleinsdroits.socle.templatetags.socle import heure


def ecrire_la_convocation(seance: Seance, membre: MembreDeLInstance, demandes: int) -> None:
    """Poste la convocation à ``membre``, avec le nombre de ``demandes`` à l'ordre du jour."""
    corps = _(
        "Bonjour,\n\n"
        "Vous êtes convoqué à une séance : %(instance)s, %(quand)s, %(lieu)s.\n\n"
        "Ordre du jour : %(n)s demande(s) d’aide. Le rapport de chacune, sans nom, se lit ici :\n\n"
        "%(lien)s\n\n"
        "Ce message ne contient aucune donnée sur les personnes.\n"
    )
    mots = {
        "instance": seance.get_instance_display(),
        "quand": quand(seance),
        "lieu": seance.lieu,
        "n": demandes,
        "lien": settings.ADRESSE_DU_SITE + reverse("agents:commission"),
    }
    poster("courriel", membre.agent.email, corps % mots, _("Convocation à une séance"), sujet=seance)


def quand(seance: Seance) -> str:
    """« mardi 1 décembre 2026 à 18 h », à l'heure de Paris."""
    local = timezone.localtime(seance.prevue_le)
    return _("%(jour)s à %(heure)s") % {"jour": date_format(local, "l j F Y"), "heure": heure(local.time())}
