"""Ce qu'un partenaire publie de lui-même : les numéros qu'il lui faut, une note, qui prévenir quand il tarde."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from pleinsdroits.accueil.models import FichePartenaire
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Institution, Role
from pleinsdroits.journal.actes import acte
from pleinsdroits.personnes.models import SUJETS, Identifiant

TIENNENT_LA_FICHE = (Role.PARTENAIRE, Role.TECHNIQUE, Role.COORDINATION)
CHAMPS = frozenset({"note", "identifiants", "sujets", "responsable", "responsable_courriel"})


@acte("accueil.tenir_la_fiche", roles=TIENNENT_LA_FICHE)
def tenir_la_fiche(objet: None, *, par: Acteur, institution: Institution, **champs: Any) -> FichePartenaire:
    """
    Crée ou change la fiche d'un partenaire (``CHAMPS``). Un partenaire ne tient que la sienne. Lève ``ValidationError`` pour
    un numéro ou un sujet inconnu, une note trop longue, un responsable sans courriel.
    """
    if par.role == Role.PARTENAIRE and par.institution != str(institution.pk):
        raise PermissionDenied("Un partenaire ne tient que sa fiche.")
    inconnus = champs.keys() - CHAMPS
    if inconnus:
        raise TypeError(f"champs inconnus : {', '.join(sorted(inconnus))}")
    _connus("identifiants", champs.get("identifiants", []), set(Identifiant.Genre.values))
    _connus("sujets", champs.get("sujets", []), {valeur for valeur, _nom in SUJETS})
    fiche = FichePartenaire.objects.select_for_update().filter(institution=institution).first()
    fiche = fiche or FichePartenaire(institution=institution)
    for nom, valeur in champs.items():
        setattr(fiche, nom, valeur)
    if fiche.responsable and not fiche.responsable_courriel:
        raise ValidationError({"responsable_courriel": _("Donnez le courriel de cette personne.")})
    fiche.full_clean(exclude=["institution"])
    fiche.save()
    return fiche


def _connus(champ: str, donnes: Collection[str], permis: set[str]) -> None:
    inconnus = sorted(set(donnes) - permis)
    if inconnus:
        raise ValidationError(
            {champ: _("«\u00a0%(choix)s\u00a0» n’est pas un choix possible.") % {"choix": inconnus[0]}}
        )
