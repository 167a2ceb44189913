"""Toutes les aides : chercher avec ses mots, parcourir par thème, lire une fiche."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.droits.fiche import Fiche, Theme
from pleinsdroits.droits.recherche import chercher_fiches
from pleinsdroits.portes.public import visite
from pleinsdroits.portes.public.fiche_publique import contexte_de_fiche
from pleinsdroits.portes.public.mots_urgents import urgences_dites
from pleinsdroits.portes.public.views.accueil import ICONES
from pleinsdroits.socle.recherche import normaliser

LONGUEUR_D_UNE_REQUETE = 100
THEMES = [(theme.value, theme.nom, ICONES[theme]) for theme in Theme]


class DemandeDePage(HttpRequest):
    """Une demande, telle que le middleware de django-htmx la complète."""

    htmx: HtmxDetails


@require_safe
@login_not_required
def toutes(request: DemandeDePage) -> HttpResponse:
    """Sans mot : les thèmes et la liste de A à Z. Avec un mot : ce qu'il fait trouver."""
    fiches = catalogue(settings.VILLE)
    requete = request.GET.get("q", "").strip()[:LONGUEUR_D_UNE_REQUETE]
    donnees = {"requete": requete, "themes": THEMES, "toutes": fiches.values(), "rubrique": "aides"}
    if requete:
        trouve = chercher_fiches(requete)
        donnees |= {
            "trouvees": [fiches[c] for c in trouve.cles if c in fiches],
            "corrections": [_tel_qu_ecrit(m, fiches.values()) for m in trouve.corrections.values()],
            "urgences": urgences_dites(requete),
        }
    # Pendant qu'on écrit, la page ne demande que la liste.
    reponse = render(request, "public/aides.html" + ("#trouvailles" if request.htmx else ""), donnees)
    patch_vary_headers(reponse, ["HX-Request"])
    return reponse


@require_safe
@login_not_required
def theme(request: HttpRequest, theme: str) -> HttpResponse:
    """Les aides d'un thème ; celles dont c'est le premier sujet d'abord."""
    choisi = next((t for t in Theme if t.value == theme), None)
    if choisi is None:
        raise Http404
    fiches = catalogue(settings.VILLE)
    donnees = {"theme": choisi, "themes": THEMES, "trouvees": fiches_du_theme(fiches, choisi), "rubrique": "aides"}
    return render(request, "public/theme.html", donnees)


@require_safe
@login_not_required
def fiche(request: HttpRequest, droit: str) -> HttpResponse:
    """La fiche générale d'un droit."""
    if droit not in catalogue(settings.VILLE):
        raise Http404
    return render(request, "public/fiche.html", contexte_de_fiche(droit, visite.aujourd_hui()))


def fiches_du_theme(fiches: Mapping[str, Fiche], theme: Theme) -> list[Fiche]:
    """Les fiches dont ``theme`` est le sujet, puis celles qui le touchent."""
    premieres = [f for f in fiches.values() if f.theme is theme]
    return premieres + [f for f in fiches.values() if theme in f.autres_themes]


def _tel_qu_ecrit(mot: str, fiches: Iterable[Fiche]) -> str:
    """Le mot de l'index avec ses accents, tel qu'une fiche l'écrit."""
    ecrits = (e.strip("(),.’'") for f in fiches for texte in (f.nom, *f.mots, f.pour_qui) for e in texte.split())
    return next((e.casefold() for e in ecrits if normaliser(e) == [mot]), mot)
