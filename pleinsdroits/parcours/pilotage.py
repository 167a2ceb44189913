"""
Ce que lit le comité de pilotage : la charge, l'avancement par domaine, les promesses tenues, ce que les personnes en disent.
Des nombres, jamais un projet ni un nom ; les petits nombres se taisent, et d'autres avec eux pour qu'un total ne les trahisse pas.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Case, CharField, Count, Value, When
from django.utils.translation import gettext as _

from pleinsdroits.aides.regles.mesure import MesureDEtape
from pleinsdroits.echeances.calendrier import debut_de_journee
from pleinsdroits.parcours.mesures import mesurer_les_projets
from pleinsdroits.parcours.models import Engagement, EtatProjet, Objectif, Projet, Retour
from pleinsdroits.personnes.models import SUJETS
from pleinsdroits.socle.secret import SEUIL, masquer, masquer_tableau

UN_AN = dt.timedelta(days=365)
TENU, TARD, ATTENDU = "tenu", "tard", "attendu"


@dataclass(frozen=True)
class Charge:
    """
    Combien de projets en cours (``None`` : trop peu pour être dit), combien d'agents les suivent, en moyenne chacun et au
    plus ; ``sans`` : ceux que personne ne suit.
    """

    projets: int | None
    agents: int = 0
    moyenne: int | None = None
    au_plus: int | None = None
    sans: int | None = 0


@dataclass(frozen=True)
class Tableau:
    """Un tableau croisé où les petits nombres sont tus (``None``) : les titres des colonnes, puis chaque ligne et ses cases."""

    colonnes: tuple[str, ...]
    lignes: tuple[tuple[str, tuple[int | None, ...]], ...]

    @property
    def paires(self) -> list[tuple[str, list[tuple[str, int | None]]]]:
        """Chaque ligne, et ses cases avec le titre de leur colonne."""
        return [(nom, list(zip(self.colonnes, cases, strict=True))) for nom, cases in self.lignes]

    @property
    def vide(self) -> bool:
        """Rien à compter : ni nombre, ni nombre tu."""
        return all(n == 0 for _nom, cases in self.lignes for n in cases)


@dataclass(frozen=True)
class Pilotage:
    """Tout ce que montre le pilotage au ``jour``. ``etats`` : combien de projets à chaque état ; ``fins`` : sur un an."""

    jour: dt.date
    charge: Charge
    etats: tuple[tuple[str, int | None], ...]
    fins: tuple[tuple[str, int | None], ...]
    etapes: tuple[MesureDEtape, ...]
    domaines: Tableau
    engagements: Tableau
    retours: Tableau
    resultats: tuple[tuple[str, int | None], ...]


def piloter(jour: dt.date) -> Pilotage:
    """Les nombres du ``jour``. Neuf requêtes, quel que soit le nombre de projets."""
    depuis = debut_de_journee(jour - UN_AN)
    return Pilotage(
        jour=jour,
        charge=_charge(),
        etats=_repartir(_par("etat", Projet.objects.en_cours()), _choix(EtatProjet, Projet.VIVANTS)),
        fins=_repartir(
            _par("etat", Projet.objects.filter(etat__in=Projet.FINIS, clos_le__gte=depuis)),
            _choix(EtatProjet, Projet.FINIS),
        ),
        etapes=mesurer_les_projets(jour),
        domaines=_domaines(),
        engagements=_engagements(jour),
        retours=_retours(depuis),
        resultats=_repartir(
            _par("resultat", Projet.objects.filter(retours_le__gte=depuis).exclude(resultat="")),
            dict(Projet.Resultat.choices),
        ),
    )


def _charge() -> Charge:
    """Par agent, sans dire lequel : on regarde si la charge tient, on ne classe personne."""
    vivants = Projet.objects.en_cours().order_by()
    comptes = dict(vivants.values_list("foyer__interlocuteur").annotate(n=Count("*")))
    total, sans = sum(comptes.values()), comptes.pop(None, 0)
    if 0 < total < SEUIL:
        return Charge(None, sans=None)
    suivis = list(comptes.values())
    return Charge(
        projets=total,
        agents=len(suivis),
        moyenne=round(sum(suivis) / len(suivis)) if suivis else None,
        au_plus=max(suivis, default=None),
        sans=sans if sans == 0 or sans >= SEUIL else None,
    )


def _domaines() -> Tableau:
    """Les objectifs des projets en cours ou terminés, par domaine et par état."""
    comptes = _croiser(Objectif.objects.exclude(projet__etat=EtatProjet.ABANDONNE), "domaine", "etat")
    presents = {valeur: nom for valeur, nom in SUJETS if any(d == valeur for d, _etat in comptes)}
    return _tableau(comptes, presents, dict(Objectif.Etat.choices))


def _engagements(jour: dt.date) -> Tableau:
    """Qui a promis, et ce qu'il en est : fait, en retard, pas encore dû."""
    avec = Engagement.objects.filter(projet__etat=EtatProjet.ACCEPTE).annotate(
        tenue=Case(
            When(tenu_le__isnull=False, then=Value(TENU)),
            When(pour_le__lt=jour, then=Value(TARD)),
            default=Value(ATTENDU),
            output_field=CharField(),
        )
    )
    colonnes = {TENU: _("fait"), TARD: _("en retard"), ATTENDU: _("à venir")}
    return _tableau(_croiser(avec, "qui", "tenue"), dict(Engagement.Qui.choices), colonnes)


def _retours(depuis: dt.datetime) -> Tableau:
    donnes = Retour.objects.filter(projet__retours_le__gte=depuis)
    comptes = _croiser(donnes, "question", "reponse")
    return _tableau(comptes, dict(Retour.Question.choices), dict(Retour.Reponse.choices))


def _croiser(ensemble, ligne: str, colonne: str) -> Counter[tuple[str, str]]:
    lus = ensemble.order_by().values_list(ligne, colonne).annotate(n=Count("pk"))
    return Counter({(a, b): n for a, b, n in lus})


def _par(champ: str, ensemble) -> dict[str, int]:
    return dict(ensemble.order_by().values_list(champ).annotate(n=Count("*")))


def _tableau(comptes: Mapping[tuple[str, str], int], lignes: Mapping, colonnes: Mapping) -> Tableau:
    nombres = [[comptes.get((a, b), 0) for b in colonnes] for a in lignes]
    tus: Sequence[Sequence[int | None]] = masquer_tableau(nombres) if nombres else []
    dites = tuple((str(nom), tuple(cases)) for nom, cases in zip(lignes.values(), tus, strict=True))
    return Tableau(tuple(str(nom) for nom in colonnes.values()), dites)


def _repartir(comptes: Mapping[str, int], noms: Mapping) -> tuple[tuple[str, int | None], ...]:
    dits = masquer({valeur: comptes.get(valeur, 0) for valeur in noms})
    return tuple((str(nom), dits[valeur]) for valeur, nom in noms.items())


def _choix(enum, gardes: Sequence[str]) -> dict:
    return {valeur: nom for valeur, nom in enum.choices if valeur in gardes}
