"""Essayer un brouillon sur des foyers chargés d'un fichier : rien n'en est gardé que le tableau, sans petit nombre."""

from secrets import token_urlsafe

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from pleinsdroits.aides.essai_du_reglement import (
    GARDE,
    a_comparer,
    aides_des_deux_textes,
    essayer_une_population,
)
from pleinsdroits.aides.models import EditionDuReglement
from pleinsdroits.aides.population import COLONNES, PopulationInvalide, lire_population
from pleinsdroits.aides.regles.essai import EssaiDit
from pleinsdroits.aides.roles import ECRIVENT_LE_REGLEMENT
from pleinsdroits.aides.tableau_de_l_essai import TITRES, lignes_du_tableau
from pleinsdroits.portes.agents.formulaires_reglement import PopulationForm
from pleinsdroits.portes.agents.gestion import en_csv, reserver
from pleinsdroits.portes.agents.presentation_essai import noms_des_deux_textes, presenter
from pleinsdroits.portes.agents.requete import RequeteAgent

EXPLIQUEES = (
    ("aide", gettext_lazy("l’identifiant de l’aide, comme dans le modèle. Obligatoire.")),
    ("montant", gettext_lazy("la somme demandée, en euros.")),
    ("adultes, enfants", gettext_lazy("combien, 10 au plus\u00a0; un adulte si rien n’est écrit.")),
    ("couple", gettext_lazy("oui ou non.")),
    ("ressources", gettext_lazy("ce que le foyer reçoit par mois, hors aide au logement. Obligatoire.")),
    ("aide_logement, loyer, energie, credit", gettext_lazy("en euros par mois\u00a0; vide\u00a0: rien.")),
)


@reserver(ECRIVENT_LE_REGLEMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def population(request: RequeteAgent, pk: int) -> HttpResponse:
    """Choisir un fichier, puis lire qui gagne et qui perd ; une ligne fausse est nommée, et rien n'est calculé."""
    edition = get_object_or_404(EditionDuReglement.objects.select_related("issue_de"), pk=pk)
    envoye = request.method == "POST"
    form = PopulationForm(request.POST if envoye else None, request.FILES if envoye else None)
    if envoye and form.is_valid():
        try:
            jeton = _essayer(edition, form.cleaned_data["fichier"].read())
            return redirect(f"{reverse('agents:reglement_population', args=[pk])}?essai={jeton}")
        except (PopulationInvalide, ValidationError) as refus:
            return _page(request, edition, form, _refuse(form, refus), 422)
    dit = _garde(pk, request.GET.get("essai", ""))
    if dit is not None and "tableur" in request.GET:
        return en_csv(
            "essai-du-reglement-foyers-charges", TITRES, lignes_du_tableau(dit, noms_des_deux_textes(edition))
        )
    contexte = {"page": presenter(dit, noms_des_deux_textes(edition), d_un_an=False) if dit else None}
    return _page(request, edition, form, contexte, 422 if form.errors else 200)


@reserver(ECRIVENT_LE_REGLEMENT)
@require_safe
def modele(request: RequeteAgent, pk: int) -> HttpResponse:
    """Un fichier d'exemple, avec les colonnes et les aides du brouillon : inventé, à remplacer."""
    edition = get_object_or_404(EditionDuReglement, pk=pk)
    exemples = (
        ("285", "1", "2", _("non"), "982,50", "250", "600", "65", "0"),
        ("", "2", "0", _("oui"), "1450") + ("0",) * 4,
    )
    aides = [a["id"] for a in edition.document["aides"]]
    return en_csv("foyers-a-essayer", COLONNES, [(aide, *exemples[rang % 2]) for rang, aide in enumerate(aides)])


def _essayer(edition: EditionDuReglement, octets: bytes) -> str:
    """Le jeton du résultat, gardé dix minutes : un tableau sans petit nombre, jamais les foyers."""
    jour = timezone.localdate()
    avant = a_comparer(edition, jour)
    cas = lire_population(octets, aides=aides_des_deux_textes(avant, edition), commune=edition.lu().ville, jour=jour)
    jeton = token_urlsafe(12)
    cache.set(_nom(edition.pk, jeton), essayer_une_population(avant, edition, cas, jour), GARDE)
    return jeton


def _refuse(form: PopulationForm, refus: PopulationInvalide | ValidationError) -> dict:
    if isinstance(refus, ValidationError):
        form.add_error("fichier", refus)
        return {}
    texte = ngettext(
        "Rien n’est calculé\u00a0: %(n)s ligne est à corriger.",
        "Rien n’est calculé\u00a0: %(n)s lignes sont à corriger.",
        refus.nombre,
    )
    form.add_error("fichier", texte % {"n": refus.nombre})
    return {"fautes": refus.fautes, "nombre": refus.nombre}


def _page(
    request: RequeteAgent, edition: EditionDuReglement, form: PopulationForm, plus: dict, status: int
) -> HttpResponse:
    contexte = {"edition": edition, "form": form, "colonnes": EXPLIQUEES, "jeton": request.GET.get("essai", ""), **plus}
    return render(request, "agents/reglement/population.html", contexte, status=status)


def _garde(pk: int, jeton: str) -> EssaiDit | None:
    return cache.get(_nom(pk, jeton)) if jeton else None


def _nom(pk: int, jeton: str) -> str:
    return f"essai_de_population:{pk}:{jeton[:32]}"
