"""Où aller : les lieux et leurs horaires, l'urgence, et se faire aider par quelqu'un."""

import datetime as dt
from collections.abc import Collection

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from pleinsdroits.annuaire.models import Lieu
from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.droits.fiche import Theme
from pleinsdroits.portes.public import visite
from pleinsdroits.portes.public.views.accueil import ACCES_AUX_DROITS

SOIR = dt.time(18)
AIDES_QUI_PRESSENT = ("hebergement_urgence", "local_secours", "local_alimentaire", "local_avance", "domiciliation")
LOINTAIN = dt.datetime.max.replace(tzinfo=dt.UTC)


class FiltreDesLieux(forms.Form):
    """Quand et pour quoi. Rien n'est obligatoire : sans choix, tous les lieux."""

    quand = forms.ChoiceField(
        label=_("Quand"),
        required=False,
        choices=[("", _("N’importe quand")), ("maintenant", _("Ouvert maintenant")), ("soir", _("Ouvert après 18 h"))],
    )
    theme = forms.ChoiceField(
        label=_("Pour quoi"), required=False, choices=[("", _("Tous les sujets")), *((t.value, t.nom) for t in Theme)]
    )


@require_safe
@login_not_required
def lieux(request: HttpRequest) -> HttpResponse:
    """Les lieux, ceux qui sont ouverts d'abord ; un filtre qui n'a pas de sens ne filtre rien."""
    form = FiltreDesLieux(request.GET)
    form.is_valid()
    choix = form.cleaned_data
    tous = par_ouverture(Lieu.objects.publies().avec_horaires())
    gardes = [lieu for lieu in tous if _convient(lieu, choix.get("quand", ""), choix.get("theme", ""))]
    donnees = {"form": form, "lieux": gardes, "filtre": any(choix.values()), "rubrique": "lieux"}
    return render(request, "public/lieux.html", donnees)


@require_safe
@login_not_required
def lieu(request: HttpRequest, cle: str) -> HttpResponse:
    """Un lieu : horaires, fermetures annoncées, ce qu'on y fait et les aides pour lesquelles il peut aider."""
    trouve = Lieu.objects.publies().avec_horaires().filter(cle=cle).first()
    if trouve is None:
        raise Http404
    aujourd_hui = visite.aujourd_hui()
    donnees = {
        "lieu": trouve,
        "jours": [ligne.partition(" : ")[::2] for ligne in trouve.semaine()],
        "ce_jour": aujourd_hui.weekday(),
        "fermetures": [f for f in trouve.fermetures.all() if f.au >= aujourd_hui],
        "fiches": [f for f in catalogue(settings.VILLE).values() if cle in f.aide_locale],
        "rubrique": "lieux",
    }
    return render(request, "public/lieu.html", donnees)


@require_safe
@login_not_required
def urgence(request: HttpRequest) -> HttpResponse:
    """Qui appeler, où manger ce soir, quelles aides demander tout de suite."""
    fiches = catalogue(settings.VILLE)
    donnees = {
        "repas": par_ouverture(Lieu.objects.publies().qui_servent_a_manger().avec_horaires()),
        "fiches": [fiches[c] for c in AIDES_QUI_PRESSENT if c in fiches],
    }
    return render(request, "public/urgence.html", donnees)


@require_safe
@login_not_required
def me_faire_aider(request: HttpRequest) -> HttpResponse:
    """Le téléphone, les lieux ouverts, quoi apporter, quoi imprimer."""
    donnees = {"lieux": ou_se_faire_aider(), "en_cours": visite.commencee(request)}
    return render(request, "public/me_faire_aider.html", donnees)


def ou_se_faire_aider() -> list[Lieu]:
    """Les lieux d'accès aux droits, quatre au plus, ceux où l'on peut aller le plus tôt d'abord."""
    aidants = [lieu for lieu in Lieu.objects.publies().avec_horaires() if ACCES_AUX_DROITS in lieu.themes]
    return par_ouverture(aidants)[:4]


def par_ouverture(lieux: Collection[Lieu], instant: dt.datetime | None = None) -> list[Lieu]:
    """Ouverts à ``instant`` d'abord, puis ceux qui ouvrent le plus tôt, puis par nom."""
    moment = instant or timezone.now()
    return sorted(
        lieux,
        key=lambda lieu: (not lieu.ouvert_maintenant(moment), lieu.prochaine_ouverture(moment) or LOINTAIN, lieu.nom),
    )


def _convient(lieu: Lieu, quand: str, theme: str) -> bool:
    if quand == "maintenant" and not lieu.ouvert_maintenant():
        return False
    if quand == "soir" and not any(o.a > SOIR for o in lieu.ouvertures.all()):
        return False
    return not theme or _aide_pour(lieu, Theme(theme))


def _aide_pour(lieu: Lieu, theme: Theme) -> bool:
    """Vrai si une fiche du thème y envoie, ou si le lieu partage une thématique data·inclusion avec elles."""
    fiches = [f for f in catalogue(settings.VILLE).values() if f.theme is theme]
    thematiques = {t.value for f in fiches for t in f.famille}
    return any(lieu.cle in f.aide_locale for f in fiches) or bool(thematiques & set(lieu.themes))
