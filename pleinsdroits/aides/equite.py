"""
L'équité : pour une année, le taux d'accord et le montant accordé par sorte de foyer, par quartier, par tranche d'âge. Ces
groupes sont figés à l'étude de la demande ; rien ici ne lit une personne.

L'année entière, jamais une fenêtre glissante : soustraire deux fenêtres qui se recouvrent ferait ressortir quelques demandes.
Pour la même raison, on ne croise pas deux groupes, ni un groupe et une aide.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from pleinsdroits.aides.models import Demande
from pleinsdroits.aides.regles.equite import AU_DELA, TRANCHES_D_AGE
from pleinsdroits.aides.regles.parts import Decisions, Part, dire, dire_l_ensemble
from pleinsdroits.echeances.calendrier import debut_de_journee

R = Demande.Resultat
ACCORDS = (R.ACCORD, R.ACCORD_PARTIEL)
AXES = ("composition", "quartier", "tranche_d_age")
AGES = (*(nom for _haut, nom in TRANCHES_D_AGE), AU_DELA)
ANNEES_MONTREES = 4
# composition, quartier, tranche d'âge, résultat, combien, euros.
Ligne = tuple[str, str, str, str, int, Decimal | None]


@dataclass(frozen=True)
class Groupe:
    """Un groupe et ce que l'on peut en dire."""

    nom: str
    part: Part


@dataclass(frozen=True)
class Equite:
    """Les décisions de l'``annee`` : toutes, puis par sorte de foyer, par quartier, par âge."""

    annee: int
    ensemble: Part
    foyers: tuple[Groupe, ...]
    quartiers: tuple[Groupe, ...]
    ages: tuple[Groupe, ...]


def mesurer_l_equite(annee: int) -> Equite:
    """Les décisions (accords et refus) prises dans l'``annee``. Une requête."""
    lignes = _lignes(annee)
    par_axe = [_reunir(lignes, rang) for rang in range(len(AXES))]
    return Equite(
        annee=annee,
        ensemble=dire_l_ensemble(par_axe[0]),
        foyers=_groupes(par_axe[0], dict(Demande.Composition.choices), list(Demande.Composition.values)),
        quartiers=_groupes(par_axe[1], {}, sorted(par_axe[1])),
        ages=_groupes(par_axe[2], {a: _("%(tranche)s ans") % {"tranche": a} for a in AGES[:-1]}, list(AGES)),
    )


def annees_de(jour: dt.date) -> list[int]:
    """Les années que l'on peut lire, la plus récente d'abord."""
    return list(range(jour.year, jour.year - ANNEES_MONTREES, -1))


def _lignes(annee: int) -> list[Ligne]:
    debut, fin = (debut_de_journee(dt.date(a, 1, 1)) for a in (annee, annee + 1))
    decidees = Demande.objects.filter(decidee_le__gte=debut, decidee_le__lt=fin, resultat__in=(*ACCORDS, R.REFUS))
    comptees = decidees.order_by().values(*AXES, "resultat").annotate(n=Count("*"), euros=Sum("montant_accorde"))
    return list(comptees.values_list(*AXES, "resultat", "n", "euros"))


def _reunir(lignes: Sequence[Ligne], rang: int) -> dict[str, Decisions]:
    groupes: dict[str, Decisions] = defaultdict(Decisions)
    for ligne in lignes:
        resultat, n, euros = ligne[3], ligne[4], ligne[5]
        siennes = Decisions(accords=n, euros=euros or Decimal(0)) if resultat in ACCORDS else Decisions(refus=n)
        groupes[str(ligne[rang])] += siennes
    return groupes


def _groupes(groupes: dict[str, Decisions], noms: dict, ordre: Sequence[str]) -> tuple[Groupe, ...]:
    """Dans l'``ordre`` donné ; ce que l'étude n'a pas su dire vient à la fin."""
    connus = [cle for cle in ordre if cle in groupes and cle]
    cles = [*connus, *sorted(set(groupes) - set(connus))]
    dites = dire({cle: groupes[cle] for cle in cles})
    return tuple(Groupe(str(noms.get(p.cle, p.cle)) if p.cle else _("non renseigné"), p) for p in dites)
