"""Les délais de réponse et les retards : des étapes, des partenaires, des jours ; jamais un nom de personne suivie."""

import datetime as dt

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from pleinsdroits.comptes.models import Institution, Role
from pleinsdroits.echeances.echelles import echelles
from pleinsdroits.echeances.mesures import Mesure, par_etape, par_institution, par_sujet, tendance
from pleinsdroits.echeances.models import Echeance, EcheanceQuerySet
from pleinsdroits.personnes.models import Foyer
from pleinsdroits.personnes.models.foyer import SUIVENT
from pleinsdroits.portes.agents.gestion import PAR_PAGE, en_csv, reserver
from pleinsdroits.portes.agents.requete import RequeteAgent

LISENT_LES_DELAIS = (Role.COORDINATION, Role.PRESIDENCE, Role.INTERLOCUTEUR, Role.INSTRUCTEUR)
LISENT_LES_RETARDS = (Role.COORDINATION, *SUIVENT)
UN_AN = dt.timedelta(days=365)
SEUIL = 5


@reserver(LISENT_LES_DELAIS)
@require_safe
def delais(request: RequeteAgent) -> HttpResponse:
    """Douze mois de délais, par étape et par partenaire."""
    jour = timezone.localdate()
    etapes, partenaires = par_etape(jour - UN_AN, jour), par_institution(jour - UN_AN, jour)
    donnees = {
        "phrase": _phrase(etapes),
        "etapes": etapes,
        "partenaires": [m for m in partenaires if m.nombre >= SEUIL or m.en_cours >= SEUIL],
        "sujets": [m for m in par_sujet(jour - UN_AN, jour) if m.nombre >= SEUIL or m.en_cours >= SEUIL],
        "mois": tendance(jour),
    }
    return render(request, "agents/delais/delais.html", donnees)


@reserver(LISENT_LES_DELAIS)
@require_safe
def delais_tableur(request: RequeteAgent) -> HttpResponse:
    """Le même tableau, pour un tableur."""
    jour = timezone.localdate()
    titres = (_("Étape"), _("Nombre"), _("Médiane (jours ouvrés)"), _("9e décile"), _("À temps"), _("En retard"))
    lignes = ((m.nom, m.nombre, m.mediane, m.un_sur_dix, m.tenues, m.en_retard) for m in par_etape(jour - UN_AN, jour))
    return en_csv("delais", titres, lignes)


@reserver(LISENT_LES_RETARDS)
@require_safe
def retards(request: RequeteAgent) -> HttpResponse:
    """Ce qui a dépassé sa date, le plus ancien d'abord ; un lien vers le dossier pour qui le suit, lui seul."""
    retenus = _choisis(request)
    page = Paginator(retenus, PAR_PAGE).get_page(request.GET.get("page"))
    maintenant = timezone.now()
    siens = _numeros(request, [e.dossier for e in page])
    donnees = {
        "page": page,
        "lignes": [(e, e.phrase(maintenant), siens.get(e.dossier or 0, "")) for e in page],
        "etapes": [(g, e.nom) for g, e in echelles().items()],
        "partenaires": Institution.objects.filter(sorte=Institution.Sorte.PARTENAIRE),
        "etape": request.GET.get("etape", ""),
        "partenaire": request.GET.get("partenaire", ""),
    }
    return render(request, "agents/delais/retards.html", donnees)


def _choisis(request: RequeteAgent) -> EcheanceQuerySet:
    retenus = (
        Echeance.objects.visibles_par(request.user.acteur).en_retard(timezone.now()).avec_main().order_by("limite")
    )
    if (etape := request.GET.get("etape", "")) in echelles():
        retenus = retenus.filter(genre=etape)
    if (partenaire := request.GET.get("partenaire", "")).isdigit():
        retenus = retenus.filter(institution=int(partenaire))
    return retenus


def _numeros(request: RequeteAgent, cles: list[int | None]) -> dict[int, str]:
    if request.user.role not in SUIVENT:
        return {}
    suivis = Foyer.objects.suivis_par(request.user.acteur).filter(pk__in=[c for c in cles if c])
    return dict(suivis.values_list("pk", "numero"))


def _phrase(etapes: list[Mesure]) -> str:
    """La phrase que l'on retient : la moitié en combien, une sur dix en plus de combien."""
    relais = next((m for m in etapes if m.nom == echelles()["relais.reponse"].nom), None)
    if relais is None or relais.nombre < SEUIL or relais.mediane is None or relais.un_sur_dix is None:
        return _("Pas encore assez de réponses de partenaires sur douze mois pour en parler.")
    moitie = ngettext("%(n)d jour ouvré", "%(n)d jours ouvrés", relais.mediane) % {"n": relais.mediane}
    dixieme = ngettext("%(n)d jour", "%(n)d jours", relais.un_sur_dix) % {"n": relais.un_sur_dix}
    mots = {"moitie": moitie, "dixieme": dixieme}
    return _("La moitié des relais reçoivent une réponse en %(moitie)s. Un sur dix attend plus de %(dixieme)s.") % mots
