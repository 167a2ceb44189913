"""Les courriels d'un relais. Aucun ne dit de qui il s'agit, ni ce que l'on demande : un lien, et une date."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pleinsdroits.accueil.models import FichePartenaire, Relais
from pleinsdroits.personnes.models import Canal, Moyen, Personne
from pleinsdroits.socle.envois import poster

ECRITS = {Canal.SMS: Moyen.Genre.TELEPHONE, Canal.COURRIEL: Moyen.Genre.COURRIEL}
_SMS = gettext_lazy(
    "Une de vos demandes est close. Vous a-t-on aidée\u00a0? Dites-le dans votre dossier\u00a0: %(lien)s"
)


def annoncer_le_relais(relais: Relais) -> None:
    """Dit au partenaire qu'un relais l'attend, à son adresse connue."""
    corps = _(
        "Bonjour,\n\n"
        "Le service social de la ville vous adresse un relais. Pour le lire et répondre en un geste, ouvrez ce lien :\n\n"
        "%(lien)s\n\n"
        "Il est pour votre service et vaut 30 jours. Ce message ne contient aucune donnée sur la personne.\n"
    )
    _ecrire_au_partenaire(relais, corps)


def rappeler_le_relais(relais: Relais) -> None:
    """Redit au partenaire qu'un relais l'attend."""
    corps = _(
        "Bonjour,\n\n"
        "Un relais du service social de la ville attend toujours votre réponse. Vous pouvez répondre en un geste :\n\n"
        "%(lien)s\n\n"
        "Si ce n’est pas pour votre service, dites-le aussi\u00a0: nous irons ailleurs.\n"
    )
    _ecrire_au_partenaire(relais, corps)


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
    objet = _("Un relais attend une réponse de votre service")
    poster("courriel", fiche.responsable_courriel, corps % mots, objet, sujet=relais)


def demander_l_avis_par_ecrit(relais: Relais, moyen: Moyen) -> None:
    """Demande à la personne, par son moyen sûr, si on l'a contactée et aidée. Rien ne dit le sujet."""
    lien = settings.ADRESSE_DU_SITE + "/mon-dossier/"
    corps = _(
        "Bonjour,\n\n"
        "Une de vos demandes vient d’être close. Vous a-t-on contactée, vous a-t-on aidée\u00a0? Votre réponse compte plus que la "
        "nôtre. Elle se donne dans votre dossier :\n\n"
        "%(lien)s\n\n"
        "Vous pouvez aussi appeler le service social de la ville.\n"
    )
    canal = "sms" if moyen.genre == Moyen.Genre.TELEPHONE else "courriel"
    texte = str(_SMS) if canal == "sms" else corps
    poster(canal, moyen.valeur, texte % {"lien": lien}, _("Votre avis"), sujet=relais)


def canal_sur(personne: Personne) -> Moyen | None:
    """
    Par où écrire à la personne sans danger : le moyen qu'elle préfère, s'il est sûr, à elle seule, et qu'on peut y laisser
    un message ; sinon l'autre écrit. ``None`` si elle est protégée, préfère la voix, ou n'a rien de tel : on l'appelle.
    """
    if personne.contact_protege or personne.canal not in ECRITS:
        return None
    surs = {m.genre: m for m in personne.moyens.all() if m.sur and m.message_permis and not m.partage}
    prefere = ECRITS[Canal(personne.canal)]
    return surs.get(prefere) or next(iter(surs.values()), None)


def _ecrire_au_partenaire(relais: Relais, corps: str) -> None:
    adresse = settings.ADRESSE_DU_SITE + reverse("repondre", args=[relais.lien()])
    objet = _("Un relais attend votre réponse")
    poster("courriel", relais.institution.courriel, corps % {"lien": adresse}, objet, sujet=relais)
