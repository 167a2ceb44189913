"""Les délais de réponse et les retards : des étapes, des partenaires, des jours ; jamais un nom de personne suivie."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from pleinsdroits.comptes.models import Role
from pleinsdroits.echeances.mesures import Mesure, Tableaux, mesurer
from pleinsdroits.echeances.models import Echeance, EcheanceQuerySet
from pleinsdroits.personnes.models import SUJETS, Foyer
from pleinsdroits.personnes.models.foyer import SUIVENT
from pleinsdroits.portes.agents.gestion import en_csv, ranger, reserver
from pleinsdroits.portes.agents.presentation_delais import presenter, taire
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.portes.agents.tableaux_delais import FiltreDelais, FiltreRetards, RetardsTableau

LISENT_LES_DELAIS = (Role.COORDINATION, Role.PRESIDENCE, *SUIVENT)
LISENT_LES_RETARDS = (Role.COORDINATION, *SUIVENT)
TITRES = (
    *(_("Tableau"), _("Nom"), _("Nombre"), _("Médiane (jours ouvrés)"), _("9e décile (jours ouvrés)")),
    *(_("À temps"), _("En cours"), _("En retard"), _("Qui tient les retards")),
)
TITRES_DES_RETARDS = (
    *(_("Étape"), _("Sujet"), _("La main est à"), _("Depuis le"), _("Date dépassée"), _("Retard"), _("Remontée")),
    _("Dossier"),
)


@reserver(LISENT_LES_DELAIS)
@require_safe
def delais(request: RequeteAgent) -> HttpResponse:
    """Les délais de la ville, par étape, par partenaire, par sujet, mois par mois."""
    filtre = FiltreDelais(request.GET)
    page = presenter(_mesures(filtre), filtre.choix)
    donnees = {"page": page, "filtre": filtre, "filtree": bool(filtre.choisi)}
    return render(request, "agents/delais/delais.html", donnees | {"retards": request.user.role in LISENT_LES_RETARDS})


@reserver(LISENT_LES_DELAIS)
@require_safe
def delais_tableur(request: RequeteAgent) -> HttpResponse:
    """Les mêmes tableaux, pour un tableur ; les petits nombres y sont tus aussi."""
    filtre = FiltreDelais(request.GET)
    return en_csv("delais", TITRES, _lignes(taire(_mesures(filtre), filtre.choix)))


@reserver(LISENT_LES_RETARDS)
@require_safe
def retards(request: RequeteAgent) -> HttpResponse:
    """Ce qui a dépassé sa date, le plus ancien d'abord ; un lien vers le dossier pour qui le suit, lui seul."""
    filtre = FiltreRetards(request.GET)
    suit = request.user.role in SUIVENT
    tableau = ranger(request, RetardsTableau(_choisis(request, filtre), exclude=() if suit else ("dossier",)))
    _completer(request, [ligne.record for ligne in tableau.page])
    donnees = {"tableau": tableau, "filtre": filtre, "filtree": bool(filtre.choisi), "suit": suit}
    return render(request, "agents/delais/retards.html", donnees)


@reserver(LISENT_LES_RETARDS)
@require_safe
def retards_tableur(request: RequeteAgent) -> HttpResponse:
    """Les retards choisis, pour un tableur."""
    choisis = list(_choisis(request, FiltreRetards(request.GET)).order_by("limite", "pk"))
    _completer(request, choisis)
    lignes = (_retard(e, vars(e)) for e in choisis)
    return en_csv("retards", TITRES_DES_RETARDS, lignes)


def _retard(e: Echeance, lu: Mapping[str, Any]) -> tuple:
    """Une ligne du tableur ; ``lu`` : ce que ``_completer`` a posé."""
    du, limite = timezone.localtime(e.debut).date(), timezone.localtime(e.limite).date()
    remontee = _("oui") if lu["remontee"] else ""
    sujet = dict(SUJETS).get(e.sujet, "")
    return (e.nom_du_genre, sujet, lu["qui_dit"], du, limite, lu["retard_dit"], remontee, lu["numero"])


def _mesures(filtre: FiltreDelais) -> Tableaux:
    """La ville entière : ce sont des nombres, sans dossier ni personne."""
    sujets = {valeur: str(nom) for valeur, nom in SUJETS}
    return mesurer(Echeance.objects.all(), filtre.choix, instant=timezone.now(), sujets=sujets)


def _choisis(request: RequeteAgent, filtre: FiltreRetards) -> EcheanceQuerySet:
    siens = Echeance.objects.visibles_par(request.user.acteur).en_retard(timezone.now())
    return filtre.garder(siens).avec_main().avec_remontee()


def _completer(request: RequeteAgent, echeances: list[Echeance]) -> None:
    """
    Pose sur chaque échéance ce qui se lit : le retard en mots, qui a la main (l'agent pour qui suit des dossiers, son
    service pour qui pilote), le numéro du dossier pour qui le suit, lui seul.
    """
    instant, suit = timezone.now(), request.user.role in SUIVENT
    numeros = _numeros(request, {e.dossier for e in echeances if e.dossier}) if suit else {}
    for e in echeances:
        qui = e.qui() if suit else e.qui_sans_nom()
        vars(e).update(retard_dit=e.phrase(instant), qui_dit=qui, numero=numeros.get(e.dossier or 0, ""))


def _numeros(request: RequeteAgent, cles: set[int]) -> dict[int, str]:
    suivis = Foyer.objects.suivis_par(request.user.acteur).filter(pk__in=cles)
    return dict(suivis.values_list("pk", "numero"))


def _lignes(tableaux: Tableaux) -> Iterator[tuple]:
    noms = ((_("Étape"), tableaux.etapes), (_("Partenaire"), tableaux.institutions), (_("Sujet"), tableaux.sujets))
    for titre, mesures in noms:
        yield from ((titre, m.nom, *_chiffres(m)) for m in mesures)


def _chiffres(m: Mesure) -> Iterable[object]:
    if m.masquee:
        return (_("moins de 5, ou masqué"), *[""] * 6)
    mains = ", ".join(f"{nom} : {n}" for nom, n in m.mains)
    return (m.nombre, m.mediane, m.un_sur_dix, m.tenues, m.en_cours, m.en_retard, mains)
