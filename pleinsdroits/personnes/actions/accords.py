"""Recueillir ce que la personne autorise, et retirer case par case."""

import datetime as dt
from collections.abc import Sequence

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.comptes.models import Agent, Institution, Role
from pleinsdroits.echeances import horloge
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.journal.actes import acte
from pleinsdroits.personnes.contacts import toucher
from pleinsdroits.personnes.models import SUJETS, Accord, Duree, Foyer, Papier, Personne, Recueil
from pleinsdroits.personnes.perimetre import verifier_la_personne
from pleinsdroits.personnes.textes import texte_de

Case = tuple[Institution, str]
RECUEILLENT = (Role.ACCUEIL, Role.INTERLOCUTEUR, Role.INSTRUCTEUR, "habitant", "systeme")
RELATIVES = {
    Duree.JOUR: relativedelta(days=0),
    Duree.MOIS: relativedelta(months=1),
    Duree.SEMESTRE: relativedelta(months=6),
    Duree.AN: relativedelta(years=1),
}


@acte("personnes.recueillir_un_accord", roles=RECUEILLENT)
def recueillir(
    objet: None,
    *,
    par: Acteur,
    foyer: Foyer,
    personne: Personne,
    cases: Sequence[Case],
    duree: str,
    mode: str,
    relu: bool = False,
    nature: str = Recueil.Nature.PARTAGE,
    papier: Papier | None = None,
    papier_garde: bool = False,
) -> Recueil:
    """
    Garde l'accord de ``personne`` pour chaque case (institution, sujet), avec la version exacte du texte montré. Une
    case déjà autorisée est remplacée par la nouvelle. Lève ``ValidationError`` : aucune case, durée ou sujet inconnus,
    téléphone sans relecture à voix haute, papier ni joint ni gardé au guichet (``papier_garde``), personne étrangère au
    foyer.
    """
    verifier_la_personne(personne, foyer, par)
    _verifier(cases, duree)
    _verifier_le_mode(foyer, mode, relu, papier, papier_garde)
    jour = timezone.localdate()
    montre = texte_de(nature)
    recueil = Recueil(
        foyer=foyer,
        personne=personne,
        nature=nature,
        mode=mode,
        relu=relu,
        duree=duree,
        du=jour,
        au=_fin(duree, jour),
        texte_version=montre.version,
        texte_empreinte=montre.empreinte,
        papier=papier,
        papier_garde=papier_garde,
        recueilli_par=Agent.objects.get(pk=par.identifiant) if par.genre == Genre.AGENT else None,
    )
    recueil.full_clean()
    recueil.save()
    _remplacer(recueil, cases)
    toucher(foyer)
    return recueil


@acte("personnes.retirer_un_accord", roles=RECUEILLENT)
def retirer(accord: Accord, *, par: Acteur) -> None:
    """La personne retire cette case : le partage s'arrête tout de suite (RGPD art. 7.3). Déjà retirée : sans effet."""
    if accord.retire_le is None:
        accord.retire_le = timezone.now()
        accord.save()
        horloge.annuler(accord, "personnes.accord_expire")


@acte("personnes.rappeler_un_accord", roles=("systeme",))
def rappeler_un_accord(accord: Accord, *, par: Acteur) -> None:
    """L'accord finit bientôt : l'interlocuteur l'apprend, une seule fois, et redemande à la personne si elle le veut."""
    if accord.rappele_le is not None:
        return
    accord.rappele_le = timezone.now()
    accord.save()
    foyer = accord.foyer
    horloge.armer(
        "personnes.accord_expire",
        accord,
        quoi=_("Accord à renouveler : %(sujet)s, avec %(institution)s")
        % {"sujet": accord.get_sujet_display(), "institution": accord.institution},
        main=Echeance.Main.VILLE,
        limite=timezone.make_aware(dt.datetime.combine(accord.au, dt.time(23, 59))),
        responsable=foyer.interlocuteur,
        remplacant=foyer.remplacant,
        dossier=foyer.pk,
        personne=accord.personne_id,
        sujet=accord.sujet,
    )


@acte("personnes.finir_un_accord", roles=("systeme",))
def finir_un_accord(accord: Accord, *, par: Acteur) -> None:
    """L'accord a fini sans être renouvelé : le rappel n'attend plus personne."""
    horloge.annuler(accord, "personnes.accord_expire")


def _verifier(cases: Sequence[Case], duree: str) -> None:
    if not cases:
        raise ValidationError({"cases": _("Choisissez au moins un partenaire et un sujet.")})
    if duree not in Duree.values:
        raise ValidationError({"duree": _("Choisissez une durée.")})
    if inconnus := {sujet for _institution, sujet in cases} - dict(SUJETS).keys():
        raise ValidationError({"cases": _("Sujet inconnu : %(noms)s.") % {"noms": ", ".join(sorted(inconnus))}})


def _verifier_le_mode(foyer: Foyer, mode: str, relu: bool, papier: Papier | None, papier_garde: bool) -> None:
    if mode == Recueil.Mode.TELEPHONE and not relu:
        raise ValidationError({"relu": _("Par téléphone, relisez le texte à voix haute et faites-le confirmer.")})
    if mode == Recueil.Mode.PAPIER and papier is None and not papier_garde:
        raise ValidationError({"papier": _("Joignez le papier signé, ou dites qu’il est gardé au guichet.")})
    if papier is not None and papier.foyer_id != foyer.pk:
        raise ValidationError({"papier": _("Ce papier est d’un autre dossier.")})


def _remplacer(recueil: Recueil, cases: Sequence[Case]) -> None:
    for institution, sujet in dict.fromkeys(cases):
        anciens = Accord.objects.actifs(recueil.du, recueil.nature).filter(personne=recueil.personne, sujet=sujet)
        for ancien in anciens.filter(institution=institution):
            ancien.retire_le = timezone.now()
            ancien.save()
            horloge.annuler(ancien, "personnes.accord_expire")
        Accord.objects.create(
            recueil=recueil,
            foyer=recueil.foyer,
            personne=recueil.personne,
            institution=institution,
            sujet=sujet,
            du=recueil.du,
            au=recueil.au,
        )


def _fin(duree: str, jour: dt.date) -> dt.date:
    return jour + RELATIVES[Duree(duree)]
