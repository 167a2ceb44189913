"""Déposer une demande d'aide pour la personne d'un relais, joindre ses papiers : par le compte ou par le lien."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pleinsdroits.accueil.models import Relais
from pleinsdroits.aides.actions.deposer import deposer
from pleinsdroits.aides.actions.partenaires import joindre_une_piece
from pleinsdroits.aides.catalogue import aides_ouvertes
from pleinsdroits.aides.depot_partenaire import DepotLu, EtatDuDepot, depots_de, refus_de_deposer
from pleinsdroits.aides.models import Demande
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.portes.debit import DEPOTS, PAPIERS, trop
from pleinsdroits.portes.erreurs import trop_d_essais
from pleinsdroits.portes.partenaires.formulaires import DeposerForm
from pleinsdroits.portes.refus import tenter
from pleinsdroits.socle.une_fois import DEJA, une_fois

MOTS = {
    EtatDuDepot.RECUE: ("manque", "demi", gettext_lazy("Reçue")),
    EtatDuDepot.PAPIERS: ("manque", "question", gettext_lazy("Il manque des papiers")),
    EtatDuDepot.ETUDE: ("probable", "demi", gettext_lazy("À l’étude")),
    EtatDuDepot.DECIDEE: ("ouvert", "plein", gettext_lazy("Décidée\u00a0: la personne a reçu la réponse")),
    EtatDuDepot.TRANSMISE: ("non", "barre", gettext_lazy("Transmise à une autre administration")),
    EtatDuDepot.ARRETEE: ("non", "pause", gettext_lazy("Arrêtée")),
}


@dataclass(frozen=True)
class DepotMontre:
    """Un dépôt et son état, en mots et en forme."""

    depot: DepotLu
    genre: str
    icone: str
    mot: Any


def depots_montres(relais: Relais) -> dict[str, Any]:
    """Ce que la page du relais dit des dépôts, et si l'on peut en faire un."""
    return {
        "depots": [DepotMontre(d, *MOTS[d.etat]) for d in depots_de(relais)],
        "peut_deposer": not refus_de_deposer(relais),
    }


def page_de_depot(request: HttpRequest, relais: Relais, par: Acteur, retour: str) -> HttpResponse:
    """Remplir la demande, l'envoyer une fois ; ``retour`` : l'adresse du relais. Sans accord, la page dit pourquoi."""
    refus = refus_de_deposer(relais)
    if refus:
        donnees = {"relais": relais, "refus": refus, "retour": retour}
        return render(request, "partenaires/deposer.html", donnees, status=403 if request.method == "POST" else 200)
    if request.method == "POST" and trop(request, "depots", DEPOTS):
        return trop_d_essais(request)
    form = DeposerForm(request.POST or None, aides=aides_ouvertes(timezone.localdate()))
    suite: list[bool] = []
    if request.method == "POST" and tenter(form, lambda: suite.append(_deposer(request, relais, par, form, retour))):
        fait = _("La demande est déposée. Joignez ses papiers ci-dessous, si vous les avez.")
        messages.success(request, DEJA if suite[0] else fait)
        return redirect(retour)
    donnees = {"relais": relais, "form": form, "retour": retour}
    return render(request, "partenaires/deposer.html", donnees, status=422 if form.errors else 200)


def joindre(request: HttpRequest, relais: Relais, par: Acteur) -> HttpResponse:
    """Un papier attendu, envoyé depuis la page du relais."""
    if trop(request, "papiers-de-partenaire", PAPIERS):
        return trop_d_essais(request)
    fichier, piece = request.FILES.get("fichier"), request.POST.get("piece", "")
    if fichier is None or not piece.isdecimal():
        messages.error(request, _("Choisissez une photo ou un PDF, puis envoyez-le."))
        return redirect(request.path)
    try:
        joindre_une_piece(relais, par=par, piece=int(piece), fichier=fichier)
    except ValidationError as refus:
        messages.error(request, " ".join(refus.messages))
    else:
        messages.success(request, _("Le papier est envoyé. La ville l’a dans le dossier."))
    return redirect(request.path)


def _deposer(request: HttpRequest, relais: Relais, par: Acteur, form: DeposerForm, retour: str) -> bool:
    def faire() -> str:
        champs = {"foyer": relais.foyer, "personne": relais.personne, "canal": Demande.Canal.PARTENAIRE}
        deposer(None, par=par, relais=relais, **champs, **form.donnees())
        return "/"  # l'adresse du lien ouvre le relais : elle ne se garde pas

    return une_fois(request, faire)[1]
