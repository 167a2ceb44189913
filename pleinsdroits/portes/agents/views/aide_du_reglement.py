"""Changer une aide d'un brouillon, et voir tout de suite ce que cela donne sur un cas."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from pleinsdroits.aides.actions.reglement import modifier_le_brouillon
from pleinsdroits.aides.apercu_du_reglement import apercu
from pleinsdroits.aides.cas_simples import CasSimple
from pleinsdroits.aides.models import EditionDuReglement
from pleinsdroits.aides.regles.ecriture import ecrire, hors_formulaire, lire
from pleinsdroits.aides.roles import ECRIVENT_LE_REGLEMENT
from pleinsdroits.aides.textes_du_reglement import accorder
from pleinsdroits.portes.agents.formulaires_aide_reglement import AideForm
from pleinsdroits.portes.agents.formulaires_demarches import en_conflit, reprendre
from pleinsdroits.portes.agents.gestion import reserver, tenter
from pleinsdroits.portes.agents.requete import RequeteAgent

CAS_DE_DEPART = {
    "cas_salaire": 982, "cas_aide_logement": 250, "cas_loyer": 600, "cas_energie": 80, "cas_enfants": 2, "cas_demande": 285,
}  # fmt: skip
PARTIES = {
    "baremes": gettext_lazy("les tranches (plusieurs publics, ou des bornes particulières)"),
    "decide": gettext_lazy("qui décide"),
    "conditions": gettext_lazy("les conditions autres que d’habiter la commune"),
}


@reserver(ECRIVENT_LE_REGLEMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def aide(request: RequeteAgent, pk: int, aide: str) -> HttpResponse:
    """Le formulaire d'une aide. « Voir sur un cas » calcule sans enregistrer."""
    edition = get_object_or_404(EditionDuReglement, pk=pk, etat=EditionDuReglement.Etat.BROUILLON)
    form = _formulaire(request, edition, aide)
    vu = None
    if request.method == "POST" and "apercu" in request.POST:
        vu = _apercu(edition, aide, form)
    elif request.method == "POST" and tenter(form, lambda: _enregistrer(request, edition, aide, form)):
        return redirect(reverse("agents:reglement_edition", args=[pk]) + f"#t-{aide}")
    if en_conflit(form):
        edition.refresh_from_db()
        reprendre(form, edition.version)
    contexte = {
        "form": form, "edition": edition, "vu": vu, "nom": lire(edition.document, aide)["nom"],
        "ailleurs": [PARTIES[p] for p in hors_formulaire(edition.document, aide)], "partagent": _partagent(edition, aide),
    }  # fmt: skip
    return render(request, "agents/reglement/aide.html", contexte, status=422 if form.errors else 200)


def _formulaire(request: RequeteAgent, edition: EditionDuReglement, ident: str) -> AideForm:
    try:
        depart = lire(edition.document, ident)
    except KeyError:
        raise Http404 from None
    tranches = sum(nom.endswith("_libelle") for nom in depart)
    absents = [nom for nom in ("loyer", "depenses", "dettes") if nom not in depart]
    if "decide" in hors_formulaire(edition.document, ident):
        absents += ["delegation", "decide", "decide_article"]
    if depart["diviseur"] == "parts":
        absents.append("diviseur")
    depart |= {"version": edition.version, **CAS_DE_DEPART}
    return AideForm(request.POST or None, initial=depart, tranches=tranches, retirer=tuple(absents))


def _document(edition: EditionDuReglement, ident: str, form: AideForm) -> dict:
    return ecrire(edition.document, ident, form.cleaned_data)


def _enregistrer(request: RequeteAgent, edition: EditionDuReglement, ident: str, form: AideForm) -> None:
    document = _document(edition, ident, form)
    modifier_le_brouillon(edition, par=request.user.acteur, document=document, lue=form.cleaned_data["version"])
    messages.success(request, _("L’aide est enregistrée dans le brouillon."))


def _apercu(edition: EditionDuReglement, ident: str, form: AideForm) -> Any:
    """Ce que donnerait le formulaire, sur le cas décrit ; rien n'est enregistré."""
    vus: list[Any] = []

    def faire() -> None:
        lu = form.cleaned_data
        cas = CasSimple(
            salaire=lu["cas_salaire"], aide_logement=lu["cas_aide_logement"], loyer=lu["cas_loyer"],
            energie=lu["cas_energie"], enfants=lu["cas_enfants"] or 0, demande=lu["cas_demande"],
        )  # fmt: skip
        document = accorder(_document(edition, ident, form), edition)
        vus.append(apercu(document, ident, cas, max(timezone.localdate(), edition.effet)))

    return vus[0] if tenter(form, faire) else None


def _partagent(edition: EditionDuReglement, ident: str) -> list[str]:
    """Les autres aides qui comptent de la même façon : les changer ici les change aussi."""
    aides = {a["id"]: a for a in edition.document["aides"]}
    return [a["nom"] for a in aides.values() if a["compte"] == aides[ident]["compte"] and a["id"] != ident]
