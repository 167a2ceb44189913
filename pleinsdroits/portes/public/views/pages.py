"""Les pages de confiance. Aucune ne lit de donnée personnelle ; une seule écrit (le cookie d'affichage)."""

from datetime import timedelta
from io import BytesIO

from dateutil.relativedelta import relativedelta
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from pleinsdroits.droits.moteur import parametres
from pleinsdroits.droits.moteur.correctifs import CORRECTIFS
from pleinsdroits.personnes.regles.conservation import GENRES, duree
from pleinsdroits.socle.affichage import Affichage, ecrire_affichage, lire_affichage
from pleinsdroits.socle.code_source import archive_du_code


class AffichageForm(forms.Form):
    """Le confort de lecture de cet appareil."""

    theme = forms.ChoiceField(
        label=_("Couleurs"),
        widget=forms.RadioSelect,
        choices=[
            ("appareil", _("Comme l’appareil")),
            ("clair", _("Clair")),
            ("sombre", _("Sombre")),
            ("contraste", _("Fort contraste")),
        ],
    )
    taille = forms.ChoiceField(
        label=_("Taille des caractères"),
        widget=forms.RadioSelect,
        choices=[("normale", _("Normale")), ("grande", _("Grande"))],
    )
    retour = forms.CharField(widget=forms.HiddenInput, required=False)


@require_http_methods(["GET", "POST"])
@login_not_required
def affichage(request: HttpRequest) -> HttpResponse:
    """Choisir les couleurs et la taille ; on revient à la page d'où l'on venait."""
    actuel = lire_affichage(request)
    depart = {"theme": actuel.theme, "taille": actuel.taille, "retour": request.META.get("HTTP_REFERER", "")}
    form = AffichageForm(request.POST or None, initial=depart)
    if not form.is_valid():
        return render(request, "public/affichage.html", {"form": form})
    reponse = redirect(_retour_sur(request, form.cleaned_data["retour"]))
    ecrire_affichage(reponse, Affichage(form.cleaned_data["theme"], form.cleaned_data["taille"]))
    messages.success(request, gettext("C’est enregistré pour cet appareil."))
    return reponse


@require_safe
@login_not_required
def vos_donnees(request: HttpRequest) -> HttpResponse:
    """Ce que deviennent les réponses, et les droits de chacun sur ses données."""
    visite = timedelta(seconds=settings.COFFRE_DUREE)
    jour = timezone.localdate()
    gardees = {genre: _en_mots(duree(genre, jour)) for genre in GENRES}
    return render(
        request, "public/vos_donnees.html", {"heures": int(visite.total_seconds() // 3600), "durees": gardees}
    )


def _en_mots(temps: relativedelta) -> str:
    """« 2 ans », « 6 mois »."""
    if temps.months:
        mois = temps.years * 12 + temps.months
        return ngettext("%(n)s mois", "%(n)s mois", mois) % {"n": mois}
    return ngettext("%(n)s an", "%(n)s ans", temps.years) % {"n": temps.years}


@require_safe
@login_not_required
def accessibilite(request: HttpRequest) -> HttpResponse:
    """La déclaration d'accessibilité, honnête sur ce qui n'a pas été vérifié."""
    return render(request, "public/accessibilite.html")


@require_safe
@login_not_required
def calcul(request: HttpRequest) -> HttpResponse:
    """Comment les droits sont calculés : sources, corrections, valeurs datées (CRPA L311-3-1, L312-1-3)."""
    valeurs = [(nom, suite[-1]) for nom, suite in sorted(parametres.tous().items())]
    correctifs = [c for c in CORRECTIFS if not c.technique]
    return render(request, "public/calcul.html", {"correctifs": correctifs, "valeurs": valeurs})


@require_safe
@login_not_required
def code_source(request: HttpRequest) -> HttpResponse:
    """La licence et l'accès au code de la version qui tourne (AGPL-3.0, article 13)."""
    return render(request, "public/code_source.html")


@require_safe
@login_not_required
def code_source_archive(request: HttpRequest) -> FileResponse:
    """Le code de la version qui tourne, sans données ni secret."""
    archive = BytesIO(archive_du_code(settings.RACINE))
    return FileResponse(archive, as_attachment=True, filename="pleinsdroits.tar.gz")


def _retour_sur(request: HttpRequest, adresse: str) -> str:
    """L'adresse d'où l'on vient si elle est de ce site, sinon l'accueil."""
    sure = url_has_allowed_host_and_scheme(adresse, {request.get_host()}, require_https=request.is_secure())
    ici = request.build_absolute_uri(reverse("public:affichage"))
    return adresse if sure and adresse != ici else reverse("public:accueil")
