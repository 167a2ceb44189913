"""Les lettres de la démarche : écrites par la maison, relues et corrigées par l'agent, envoyées par la personne."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.demarches.actions.trouver import TIENNENT_LES_DEMARCHES
from pleinsdroits.demarches.calendriers import faits_de_lettre
from pleinsdroits.demarches.lettres.composition import LettreImpossible, composer_lettre
from pleinsdroits.demarches.models import Demarche, Lettre
from pleinsdroits.journal.actes import acte


@acte("demarches.rediger_une_lettre", roles=TIENNENT_LES_DEMARCHES)
def rediger_une_lettre(demarche: Demarche, *, par: Acteur, modele: str, expose: str = "") -> Lettre:
    """
    Écrit la lettre ``modele`` avec ce que l'on sait ; ``expose`` : les raisons, dans les mots de la personne. Lève
    ``ValidationError`` qui nomme ce qui manque.
    """
    faits = faits_de_lettre(demarche, timezone.localdate(), expose)
    if faits is None:
        raise ValidationError(_("La fiche de ce droit n’existe plus : écrivez la lettre avec la personne."))
    try:
        lettre = composer_lettre(modele, faits)
    except LettreImpossible as refus:
        raise ValidationError({refus.champ: refus.phrase.en(_)}) from None
    except KeyError:
        raise ValidationError({"modele": _("Cette lettre n’existe pas.")}) from None
    return Lettre.objects.create(demarche=demarche, modele=modele, objet=lettre.objet[:200], texte=lettre.texte)


@acte("demarches.corriger_une_lettre", roles=TIENNENT_LES_DEMARCHES)
def corriger_une_lettre(lettre: Lettre, *, par: Acteur, objet: str, texte: str, lue: int | None = None) -> None:
    """Garde les mots de l'agent. Lève ``ValidationError`` si la lettre est vide ou déjà envoyée, ``Conflit`` sinon."""
    if lettre.envoyee_le is not None:
        raise ValidationError(_("Cette lettre est partie : écrivez-en une autre."))
    if not texte.strip():
        raise ValidationError({"texte": _("La lettre est vide.")})
    lettre.changer(lue)
    lettre.objet, lettre.texte = objet.strip(), texte.strip()
    lettre.full_clean()
    lettre.save()


@acte("demarches.lettre_envoyee", roles=TIENNENT_LES_DEMARCHES)
def lettre_envoyee(lettre: Lettre, *, par: Acteur, le: dt.date) -> None:
    """La lettre est partie le jour ``le``. Lève ``ValidationError`` si ce jour n'est pas encore venu."""
    if le > timezone.localdate():
        raise ValidationError({"le": _("Cette date est dans le futur : notez ce qui est déjà fait.")})
    lettre.envoyee_le = lettre.envoyee_le or le
    lettre.save()
