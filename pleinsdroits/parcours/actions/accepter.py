"""Proposer le projet, et la réponse de la personne : elle l'accepte, à l'écran ou sur papier signé, ou demande à le changer."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.journal.actes import acte
from pleinsdroits.parcours.avancer import franchir
from pleinsdroits.parcours.ecrire import jour_a_venir, texte
from pleinsdroits.parcours.fige import contenu_de, empreinte_de, en_texte
from pleinsdroits.parcours.lecture import lire
from pleinsdroits.parcours.models import EtatProjet, Projet, Proposition
from pleinsdroits.parcours.reperes import repere
from pleinsdroits.parcours.roles import AVEC_LA_PERSONNE, PERSONNE, TIENNENT
from pleinsdroits.personnes.actions.papiers import ajouter_un_papier
from pleinsdroits.personnes.contacts import toucher
from pleinsdroits.personnes.models import Papier


@acte("parcours.proposer", roles=TIENNENT)
def proposer(projet: Projet, *, par: Acteur, bilan_le: dt.date, lue: int | None = None) -> Proposition:
    """
    Le projet est prêt à lire : une copie en est figée, le premier bilan est fixé au jour ``bilan_le``, la main est à la
    personne. Lève ``ValidationError`` : ce qui manque encore, bilan trop proche ou trop loin.
    """
    if projet.etat != EtatProjet.CONSTRUCTION:
        mots = {"ou": projet.get_etat_display()}
        raise ValidationError(_("Ce projet est « %(ou)s » : il n’est pas à proposer.") % mots)
    _verifier_le_bilan(bilan_le)
    manques = [m.en(_) for m in lire(projet).manques()]
    if manques:
        raise ValidationError(manques)
    projet.changer(lue)
    projet.bilan_prevu_le = bilan_le
    texte_fige = en_texte(contenu_de(projet))
    rang = (projet.propositions.aggregate(rang=Max("rang"))["rang"] or 0) + 1
    franchir(projet, "proposer", par)
    return Proposition.objects.create(
        projet=projet, rang=rang, contenu=texte_fige, empreinte=empreinte_de(texte_fige), proposee_le=timezone.now()
    )


@acte("parcours.accepter", roles=(PERSONNE,))
def accepter(projet: Projet, *, par: Acteur, empreinte: str) -> None:
    """
    La personne accepte la version qu'elle a lue, désignée par son ``empreinte``. Une version s'accepte une seule fois. Lève
    ``ValidationError`` si le projet a changé depuis, ou s'il n'attend pas son accord.
    """
    _accepter(projet, par, _en_attente(projet, empreinte), Proposition.Mode.ECRAN)


@acte("parcours.accepter_sur_papier", roles=TIENNENT)
def accepter_sur_papier(projet: Projet, *, par: Acteur, empreinte: str, fichier: UploadedFile) -> None:
    """
    La copie signée, scannée ou photographiée, vaut accord pour la version qu'elle porte. Elle est gardée, chiffrée, dans le
    dossier. Lève ``ValidationError`` : fichier illisible ou trop lourd, projet changé depuis.
    """
    version = _en_attente(projet, empreinte)
    if projet.foyer is None:
        raise PermissionDenied("Ce projet n'a plus de dossier.")
    papier = ajouter_un_papier(
        None,
        par=par,
        foyer=projet.foyer,
        personne=projet.personne,
        fichier=fichier,
        sorte=Papier.Sorte.ACCORD,
        precision=_("projet d’accompagnement, version %(n)d") % {"n": version.rang},
        finalite=_("Accord sur le projet %(reference)s") % {"reference": projet.reference},
        donne_par=_("la personne"),
    )
    _accepter(projet, par, version, Proposition.Mode.PAPIER, papier)


@acte("parcours.demander_un_changement", roles=AVEC_LA_PERSONNE)
def demander_un_changement(projet: Projet, *, par: Acteur, empreinte: str, remarque: str) -> None:
    """
    La personne veut changer quelque chose : la version est retirée, avec sa remarque, et l'on reconstruit. Lève
    ``ValidationError`` : rien d'écrit, ou version qui n'est plus celle en attente.
    """
    net = texte("remarque", remarque, _("Dites ce que vous voulez changer."))
    version = _en_attente(projet, empreinte)
    version.remarque, version.retiree_le = net, timezone.now()
    version.save()
    projet.changer(None)
    franchir(projet, "reconstruire", par)


def _accepter(
    projet: Projet, par: Acteur, version: Proposition, mode: Proposition.Mode, papier: Papier | None = None
) -> None:
    instant = timezone.now()
    version.acceptee_le, version.mode, version.papier = instant, mode, papier
    version.save()
    projet.changer(None)
    franchir(projet, "accepter", par, le=instant)
    if par.genre == Genre.PERSONNE and projet.foyer:
        toucher(projet.foyer)


def _en_attente(projet: Projet, empreinte: str) -> Proposition:
    """La version que la personne a lue, si c'est encore celle en attente. Lève ``ValidationError``."""
    if projet.etat != EtatProjet.PROPOSE:
        mots = {"ou": projet.get_etat_display()}
        raise ValidationError(_("Ce projet est « %(ou)s » : il n’attend pas de réponse.") % mots)
    attend = projet.propositions.filter(retiree_le__isnull=True, acceptee_le__isnull=True)
    version = attend.select_for_update().filter(empreinte=empreinte).first()
    if version is None:
        raise ValidationError(
            _("Ce projet a changé depuis que vous l’avez lu. Voici la dernière version : relisez-la, puis décidez.")
        )
    return version


def _verifier_le_bilan(le: dt.date) -> None:
    jour_a_venir("bilan_le", le)
    bornes, dans = repere("bilan"), (le - timezone.localdate()).days
    if not bornes.au_moins <= dans <= bornes.au_plus:
        mots = {"dans": dans, "de": bornes.au_moins, "a": bornes.au_plus}
        refus = _("Dans %(dans)d jours : un bilan se fait entre %(de)d et %(a)d jours après.")
        raise ValidationError({"bilan_le": refus % mots})
