"""Voter une ligne du budget des aides, la modifier (décision modificative) : jamais sous ce qui est déjà engagé."""

from collections.abc import Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.aides.catalogue import noms_des_aides
from pleinsdroits.aides.models import EcritureBudgetaire, LigneBudgetaire
from pleinsdroits.aides.montants import montant_juste
from pleinsdroits.aides.roles import TIENNENT_LE_BUDGET
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.journal.actes import acte
from pleinsdroits.socle.templatetags.socle import euros
from pleinsdroits.socle.un_a_la_fois import un_a_la_fois

VOTE_MAXIMUM = Decimal("10000000")
Sens = EcritureBudgetaire.Sens


@acte("aides.voter_une_ligne", roles=TIENNENT_LE_BUDGET)
def voter_une_ligne(
    _objet: None, *, par: Acteur, exercice: int, code: str, nom: str, aides: Sequence[str], vote: Decimal
) -> LigneBudgetaire:
    """
    La ligne ``code`` de l'``exercice`` (année civile), de ``vote`` euros, qui paie ces ``aides``. Lève ``ValidationError``
    par champ : exercice trop loin, compte déjà pris, aide inconnue ou déjà payée par une autre ligne, montant absurde.
    """
    un_a_la_fois("aides.budget")
    annee = timezone.localdate().year
    if not annee - 1 <= exercice <= annee + 1:
        dit = _("%(exercice)s : choisissez une année de %(de)s à %(a)s.")
        raise ValidationError({"exercice": dit % {"exercice": exercice, "de": annee - 1, "a": annee + 1}})
    ligne = LigneBudgetaire(exercice=exercice, code=code.strip(), nom=nom.strip(), aides=list(aides))
    ligne.vote = montant_juste("vote", vote, maxi=VOTE_MAXIMUM, zero=True)
    _verifier_le_compte(ligne)
    _verifier_les_aides(ligne)
    ligne.full_clean()
    ligne.save()
    EcritureBudgetaire.objects.create(ligne=ligne, sens=Sens.VOTER, montant=ligne.vote)
    return ligne


@acte("aides.modifier_une_ligne", roles=TIENNENT_LE_BUDGET)
def modifier_une_ligne(
    ligne: LigneBudgetaire,
    *,
    par: Acteur,
    vote: Decimal,
    lue: int | None = None,
    nom: str | None = None,
    aides: Sequence[str] | None = None,
) -> None:
    """
    Une décision modificative : le nouveau ``vote``, en euros ; ``nom`` et ``aides`` s'ils changent. Lève
    ``ValidationError`` : sous ce qui est engagé, aide inconnue ou payée ailleurs, conflit.
    """
    un_a_la_fois("aides.budget")
    ligne.changer(lue)
    voulu = montant_juste("vote", vote, maxi=VOTE_MAXIMUM, zero=True)
    if voulu < ligne.engage:
        dit = _("%(vote)s : %(engage)s sont déjà engagés par des décisions. Écrivez au moins cette somme.")
        raise ValidationError({"vote": dit % {"vote": euros(voulu), "engage": euros(ligne.engage)}})
    ecart, ligne.vote = voulu - ligne.vote, voulu
    ligne.nom = ligne.nom if nom is None else nom.strip()
    ligne.aides = ligne.aides if aides is None else list(aides)
    _verifier_les_aides(ligne)
    ligne.full_clean()
    ligne.save()
    if ecart:
        EcritureBudgetaire.objects.create(ligne=ligne, sens=Sens.VOTER, montant=ecart)


def _verifier_le_compte(ligne: LigneBudgetaire) -> None:
    if LigneBudgetaire.objects.filter(exercice=ligne.exercice, code=ligne.code).exists():
        dit = _("%(code)s : ce compte a déjà une ligne en %(exercice)s. Modifiez-la.")
        raise ValidationError({"code": dit % {"code": ligne.code, "exercice": ligne.exercice}})


def _verifier_les_aides(ligne: LigneBudgetaire) -> None:
    """Chaque aide existe, et une seule ligne de l'exercice la paie : sinon, on ne saurait pas laquelle engager."""
    if not ligne.aides:
        raise ValidationError({"aides": _("Choisissez au moins une aide que cette ligne paie.")})
    noms = noms_des_aides(timezone.localdate())
    autres = LigneBudgetaire.objects.filter(exercice=ligne.exercice).exclude(pk=ligne.pk)
    payees = {aide: autre for autre in autres for aide in autre.aides}
    anciennes = () if ligne.pk is None else LigneBudgetaire.objects.values_list("aides", flat=True).get(pk=ligne.pk)
    for aide in ligne.aides:
        if aide not in noms and aide not in anciennes:
            raise ValidationError({"aides": _("« %(aide)s » : aucun règlement ne décrit cette aide.") % {"aide": aide}})
        if aide in payees:
            dit = _("« %(aide)s » est déjà payée par la ligne %(ligne)s.")
            raise ValidationError({"aides": dit % {"aide": noms.get(aide, aide), "ligne": payees[aide].code}})
