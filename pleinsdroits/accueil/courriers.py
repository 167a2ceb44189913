"""Les courriels d'un relais. Aucun ne dit de qui il s'agit, ni ce que l'on demande : un lien, et une date."""

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from pleinsdroits.accueil.models import FichePartenaire, Relais
from pleinsdroits.personnes.models import Canal, Moyen, Personne


def annoncer_le_relais(relais: Relais) -> None:
    """Dit au partenaire qu'un relais l'attend, à son adresse connue."""
    corps = _(
        "Bonjour,\n\n"
        "Le service social de la ville vous adresse un relais. Pour le lire et répondre en un geste, ouvrez ce lien :\n\n"
        "%(lien)s\n\n"
        "Il est pour votre service et vaut 30 jours. Ce message ne contient aucune donnée sur la personne.\n"
    )
    poster(relais.institution.courriel, _("Un relais attend votre réponse"), corps % {"lien": _adresse(relais)})


def rappeler_le_relais(relais: Relais) -> None:
    """Redit au partenaire qu'un relais l'attend."""
    corps = _(
        "Bonjour,\n\n"
        "Un relais du service social de la ville attend toujours votre réponse. Vous pouvez répondre en un geste :\n\n"
        "%(lien)s\n\n"
        "Si ce n’est pas pour votre service, dites-le aussi : nous irons ailleurs.\n"
    )
    poster(relais.institution.courriel, _("Un relais attend votre réponse"), corps % {"lien": _adresse(relais)})


def ecrire_au_responsable(relais: Relais, fiche: FichePartenaire) -> None:
    """Dit à la personne nommée par le partenaire qu'un relais tarde ; ni nom, ni demande, ni lien qui ouvre le relais."""
    corps = _(
        "Bonjour %(nom)s,\n\n"
        "Un relais adressé à votre service (%(service)s) attend une réponse depuis plus longtemps que convenu. Il porte le "
        "numéro %(numero)d. Vos collègues le trouvent ici :\n\n"
        "%(lien)s\n\n"
        "Ce message ne contient aucune donnée sur la personne.\n"
    )
    boite = settings.ADRESSE_DU_SITE + reverse("partenaires:boite")
    mots = {"nom": fiche.responsable, "service": relais.institution.nom, "numero": relais.pk, "lien": boite}
    poster(fiche.responsable_courriel, _("Un relais attend une réponse de votre service"), corps % mots)


def demander_l_avis_par_ecrit(relais: Relais, moyen: Moyen) -> None:
    """Demande à la personne, par son moyen sûr, si on l'a contactée et aidée. Rien ne dit le sujet."""
    lien = settings.ADRESSE_DU_SITE + "/mon-dossier/"
    corps = _(
        "Bonjour,\n\n"
        "Une de vos demandes vient d’être close. Vous a-t-on contactée, vous a-t-on aidée ? Votre réponse compte plus que la "
        "nôtre. Elle se donne dans votre dossier :\n\n"
        "%(lien)s\n\n"
        "Vous pouvez aussi appeler le service social de la ville.\n"
    )
    poster(moyen.valeur, _("Votre avis"), corps % {"lien": lien})


def canal_sur(personne: Personne) -> Moyen | None:
    """
    Par où écrire à la personne sans danger : un courriel ou un téléphone sûr, à elle seule, où l'on peut laisser un
    message ; ``None`` si elle est protégée ou si elle n'a rien de tel : on l'appelle.
    """
    if personne.contact_protege:
        return None
    surs = [m for m in personne.moyens.all() if m.sur and m.message_permis and not m.partage]
    courriel = next((m for m in surs if m.genre == Moyen.Genre.COURRIEL), None)
    return courriel if personne.canal != Canal.TELEPHONE else None


def poster(adresse: str, objet: str, corps: str) -> None:
    """Envoie une fois l'acte réussi."""
    transaction.on_commit(lambda: send_mail(objet, corps, settings.DEFAULT_FROM_EMAIL, [adresse]))


def _adresse(relais: Relais) -> str:
    return settings.ADRESSE_DU_SITE + reverse("repondre", args=[relais.lien()])
