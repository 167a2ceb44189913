"""Le rappel d'un rendez-vous : une heure, un lieu, et rien d'autre ; par un moyen sûr, ou pas du tout."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pleinsdroits.accueil.models import RendezVous
from pleinsdroits.personnes.models import Canal, Moyen, Personne
from pleinsdroits.socle.envois import poster
from pleinsdroits.socle.templatetags.socle import heure

ECRITS = {Moyen.Genre.TELEPHONE: "sms", Moyen.Genre.COURRIEL: "courriel"}


def annoncer(rendez_vous: RendezVous) -> bool:
    """Poste le rappel ; faux si la personne n'a pas de moyen sûr, ou demande qu'on ne lui écrive pas."""
    moyen = moyen_sur(rendez_vous.personne) if rendez_vous.personne else None
    if moyen is None:
        return False
    canal = ECRITS[Moyen.Genre(moyen.genre)]
    poster(canal, moyen.valeur, texte_du_rappel(rendez_vous), _("Rendez-vous"), sujet=rendez_vous)
    return True


def moyen_sur(personne: Personne) -> Moyen | None:
    """
    Le moyen par lequel écrire sans danger : sûr, où un message est permis ; contact protégé : jamais un moyen partagé.
    Le canal préféré d'abord. ``None`` si la personne ne veut pas d'écrit, ou s'il n'y en a pas.
    """
    moyens = personne.moyens.filter(sur=True, message_permis=True)
    if personne.contact_protege:
        moyens = moyens.filter(partage=False)
    prefere = Moyen.Genre.COURRIEL if personne.canal == Canal.COURRIEL else Moyen.Genre.TELEPHONE
    return min(moyens, key=lambda m: (m.genre != prefere, m.pk), default=None)


def texte_du_rappel(rendez_vous: RendezVous) -> str:
    """« Rendez-vous jeudi 26 novembre à 9 h 30, 1 rue de l’Exemple, 94200 Ivry-sur-Seine. » Ni nom, ni objet."""
    quand = timezone.localtime(rendez_vous.quand)
    mots = {"jour": date_format(quand, "l j F"), "heure": heure(quand.time())}
    if rendez_vous.mode == RendezVous.Mode.TELEPHONE:
        return _("Rendez-vous par téléphone %(jour)s à %(heure)s.") % mots
    mots["adresse"] = rendez_vous.lieu.adresse_complete() if rendez_vous.lieu else ""
    return _("Rendez-vous %(jour)s à %(heure)s, %(adresse)s.") % mots
