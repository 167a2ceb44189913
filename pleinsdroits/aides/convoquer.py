"""La convocation d'un membre : un courriel qui dit quand, où, et combien de demandes ; jamais lesquelles."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pleinsdroits.aides.models import MembreDeLInstance, Seance
from pleinsdroits.aides.regles.textes_de_seance import en_vigueur, regles_de_seance
from pleinsdroits.aides.seance_lue import jour_de
from pleinsdroits.socle.envois import poster
from pleinsdroits.socle.templatetags.socle import heure


def ecrire_la_convocation(seance: Seance, membre: MembreDeLInstance, demandes: int) -> None:
    """Poste la convocation à ``membre``, avec le nombre de ``demandes`` à l'ordre du jour."""
    corps = _(
        "Bonjour,\n\n"
        "Vous êtes convoqué à une séance : %(instance)s, %(quand)s, %(lieu)s.\n\n"
        "Ordre du jour : %(n)s demande(s) d’aide. Le rapport de chacune, sans nom, se lit ici :\n\n"
        "%(lien)s\n\n"
        "%(pouvoir)s"
        "Ce message ne contient aucune donnée sur les personnes.\n"
    ).replace("%(pouvoir)s", _sur_le_pouvoir(seance))
    _ecrire(seance, membre, corps.replace("%(n)s", str(demandes)), _("Convocation à une séance"))


def _sur_le_pouvoir(seance: Seance) -> str:
    """Ce qu'un membre empêché peut faire ; vide si cette instance ne vote pas par pouvoir."""
    regle = en_vigueur(regles_de_seance().pouvoir, jour_de(seance))
    if not regle.permis or seance.instance not in regle.instances:
        return ""
    return _(
        "Si vous ne pouvez pas venir, vous pouvez donner par écrit pouvoir à un autre membre : prévenez le secrétariat "
        "(CASF, article R123-16).\n\n"
    )


def annoncer_un_ajout(seance: Seance, membre: MembreDeLInstance) -> None:
    """Dit à ``membre`` que l'ordre du jour s'est complété depuis la convocation."""
    corps = _(
        "Bonjour,\n\n"
        "L’ordre du jour de votre séance est complété : %(instance)s, %(quand)s. Les rapports, sans nom, se lisent ici :\n\n"
        "%(lien)s\n\n"
        "Ce message ne contient aucune donnée sur les personnes.\n"
    )
    _ecrire(seance, membre, corps, _("Ordre du jour complété"))


def annoncer_l_annulation(seance: Seance, membre: MembreDeLInstance) -> None:
    """Dit à ``membre`` que la séance ne se tient pas ; pas pourquoi : la raison peut parler d'une demande."""
    corps = _(
        "Bonjour,\n\n"
        "La séance prévue ne se tient pas : %(instance)s, %(quand)s, %(lieu)s. Vous recevrez une autre convocation.\n"
    )
    _ecrire(seance, membre, corps, _("Séance annulée"))


def _ecrire(seance: Seance, membre: MembreDeLInstance, corps: str, objet: str) -> None:
    mots = {
        "instance": seance.get_instance_display(),
        "quand": quand(seance),
        "lieu": seance.lieu,
        "lien": settings.ADRESSE_DU_SITE + reverse("agents:commission"),
    }
    poster("courriel", membre.agent.email, corps % mots, objet, sujet=seance)


def quand(seance: Seance) -> str:
    """« mardi 1 décembre 2026 à 18 h », à l'heure de Paris."""
    local = timezone.localtime(seance.prevue_le)
    return _("%(jour)s à %(heure)s") % {"jour": date_format(local, "l j F Y"), "heure": heure(local.time())}
