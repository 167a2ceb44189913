"""Recevoir un papier une fois, le garder chiffré, le retirer."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Role
from pleinsdroits.journal.actes import acte
from pleinsdroits.personnes.contacts import toucher
from pleinsdroits.personnes.models import Foyer, Papier, Personne
from pleinsdroits.personnes.perimetre import verifier_la_personne, verifier_le_foyer
from pleinsdroits.socle import fichiers

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
    toucher(foyer)
    return papier


@acte("personnes.retirer_un_papier", roles=(Role.INTERLOCUTEUR, Role.INSTRUCTEUR, "habitant", "systeme"))
def retirer_un_papier(papier: Papier, *, par: Acteur) -> None:
    """Le papier est retiré et son fichier effacé ; ce qu'il en reste dit qu'il a existé."""
    if papier.retire_le is None:
        papier.retire_le = timezone.now()
        papier.save()
        fichiers.effacer_ensuite(papier.fichier)
