"""Recevoir un papier une fois, le garder chiffré, le retirer."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Role
from pleinsdroits.echeances import horloge
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.journal.actes import acte
from pleinsdroits.personnes.contacts import toucher
from pleinsdroits.personnes.models import Foyer, Papier, Personne
from pleinsdroits.personnes.perimetre import verifier_la_personne, verifier_le_foyer
from pleinsdroits.socle import fichiers

PERIME = "personnes.papier_perime"
RECOIVENT_DES_PAPIERS = (Role.ACCUEIL, Role.INTERLOCUTEUR, Role.INSTRUCTEUR, "habitant", "systeme")


@acte("personnes.ajouter_un_papier", roles=RECOIVENT_DES_PAPIERS)
def ajouter_un_papier(
    objet: None,
    *,
    par: Acteur,
    foyer: Foyer,
    personne: Personne | None,
    fichier: UploadedFile,
    sorte: str,
    finalite: str,
    **champs: Any,
) -> Papier:
    """
    Garde un papier, chiffré (``champs`` : ceux de ``Papier``). Lève ``ValidationError`` : plus de 10 Mo, ni PDF ni
    photo, déjà périmé, champ faux ; rien n'est alors gardé.
    """
    if personne is None:
        verifier_le_foyer(foyer, par)
    else:
        verifier_la_personne(personne, foyer, par)
    try:
        recu = fichiers.examiner(fichier)
    except ValidationError as refus:
        raise ValidationError({"fichier": refus.messages}) from None
    if (champs.get("valable_jusqu_au") or dt.date.max) < timezone.localdate():
        raise ValidationError({"valable_jusqu_au": _("Ce papier n’est plus valable depuis cette date.")})
    with fichiers.range_le_temps_de(recu.octets) as cle:
        papier = Papier(foyer=foyer, personne=personne, sorte=sorte, finalite=finalite, fichier=cle, **champs)
        papier.genre, papier.taille = recu.genre, recu.taille
        papier.full_clean()
        papier.save()
    _arreter_les_rappels(papier)
    toucher(foyer)
    return papier


@acte("personnes.rappeler_un_papier", roles=("systeme",))
def rappeler_un_papier(papier: Papier, *, par: Acteur) -> None:
    """Le papier ne vaudra bientôt plus : l'interlocuteur l'apprend, une seule fois, et peut aider à le refaire à temps."""
    if papier.rappele_le is not None or papier.retire_le is not None or papier.valable_jusqu_au is None:
        return
    papier.rappele_le = timezone.now()
    papier.save()
    horloge.armer(
        PERIME,
        papier,
        quoi=_("Papier à refaire : %(sorte)s") % {"sorte": papier.get_sorte_display()},
        main=Echeance.Main.VILLE,
        limite=timezone.make_aware(dt.datetime.combine(papier.valable_jusqu_au, dt.time(23, 59))),
        responsable=papier.foyer.interlocuteur,
        remplacant=papier.foyer.remplacant,
        dossier=papier.foyer_id,
        personne=papier.personne_id,
    )


@acte("personnes.retirer_un_papier", roles=(Role.INTERLOCUTEUR, Role.INSTRUCTEUR, "habitant", "systeme"))
def retirer_un_papier(papier: Papier, *, par: Acteur) -> None:
    """Le papier est retiré et son fichier effacé ; ce qu'il en reste dit qu'il a existé."""
    if papier.retire_le is None:
        papier.retire_le = timezone.now()
        papier.save()
        horloge.annuler(papier, PERIME)
        fichiers.effacer_ensuite(papier.fichier)


def _arreter_les_rappels(recu: Papier) -> None:
    """Le nouveau papier remplace ceux de la même sorte et de la même personne : on n'attend plus qu'ils soient refaits."""
    memes = Papier.objects.gardes().filter(foyer=recu.foyer, personne=recu.personne, sorte=recu.sorte)
    for ancien in memes.filter(rappele_le__isnull=False).exclude(pk=recu.pk):
        horloge.tenir(ancien, PERIME)
