"""
Préparer un relais, en trois pages courtes : à qui, pour quoi, ce qui part. Rien n'est gardé entre deux pages : chacune
emporte les réponses des précédentes, dans le corps de l'envoi, jamais dans l'adresse.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pleinsdroits.accueil.actions.relais import SUIVENT, envoyer, renvoyer
from pleinsdroits.accueil.models import Besoin, FichePartenaire, Relais
from pleinsdroits.accueil.partage import NOMS_DES_SUJETS, lignes_de
from pleinsdroits.comptes.models import Institution
from pleinsdroits.personnes.models import Foyer
from pleinsdroits.portes.agents.formulaires_relais import (
    A_QUI,
    CE_QUI_PART,
    POUR_QUOI,
    AQuiForm,
    FondForm,
    PourQuoiForm,
)
from pleinsdroits.portes.agents.gestion import reserver, tenter
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.socle.une_fois import DEJA, une_fois


@dataclass
class Preparation:
    """Où en est ce relais : le foyer, d'où il vient, et ce qui est déjà répondu."""

    request: RequeteAgent
    foyer: Foyer
    besoin: Besoin | None
    precedent: Relais | None

    def a_qui(self) -> AQuiForm:
        sauf = self.precedent.institution_id if self.precedent else 0
        return AQuiForm(self._envoi(), foyer=self.foyer, sauf=sauf, initial=self._debut())

    def pour_quoi(self, *, lie: bool = True) -> PourQuoiForm:
        return PourQuoiForm(self._envoi() if lie else None, initial=self._debut())

    def fond(self) -> FondForm:
        fondement = self.request.POST.get("fondement") or Relais.Fondement.ACCORD
        return FondForm({**self.request.POST.dict(), "fondement": fondement})

    def _envoi(self) -> Any:
        return self.request.POST or None

    def _debut(self) -> dict[str, Any]:
        origine: Any = self.precedent or self.besoin
        debut = {"personne": origine.personne_id, "sujet": origine.sujet} if origine else {}
        if self.precedent:
            debut |= {"demande": self.precedent.demande, "attendu": self.precedent.attendu}
        elif self.besoin:
            debut |= {"demande": self.besoin.mots}
        return debut


@reserver(SUIVENT)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def nouveau(request: RequeteAgent, numero: str) -> HttpResponse:
    """La page demandée, ou la première où il manque une réponse."""
    p = _preparation(request, numero)
    etape = request.POST.get("etape", "")
    a_qui = p.a_qui()
    if request.method != "POST" or etape == "revenir" or not a_qui.is_valid():
        return _page(p, A_QUI, a_qui)
    pour_quoi = p.pour_quoi(lie=etape in (POUR_QUOI, CE_QUI_PART))
    if not pour_quoi.is_bound or not pour_quoi.is_valid():
        return _page(p, POUR_QUOI, pour_quoi)
    fond = p.fond()
    if etape == CE_QUI_PART and "envoyer" in request.POST:
        adresse = _envoyer(p, a_qui, pour_quoi, fond)
        if adresse:
            return redirect(adresse)
    return _apercu(p, a_qui, fond)


def _preparation(request: RequeteAgent, numero: str) -> Preparation:
    par = request.user.acteur
    foyer = get_object_or_404(Foyer.objects.suivis_par(par), numero=numero)
    besoin, precedent = request.GET.get("besoin", ""), request.GET.get("precedent", "")
    besoins = Besoin.objects.visibles_par(par).filter(foyer=foyer)
    anciens = Relais.objects.visibles_par(par).filter(foyer=foyer)
    return Preparation(
        request,
        foyer,
        get_object_or_404(besoins, pk=besoin) if besoin.isdigit() else None,
        get_object_or_404(anciens, pk=precedent) if precedent.isdigit() else None,
    )


def _page(p: Preparation, etape: str, formulaire: Any) -> HttpResponse:
    donnees = {"form": formulaire, "etape": etape, "foyer": p.foyer, "precedent": p.precedent}
    donnees |= {"emportes": _emportes(p, etape)}
    return render(p.request, "agents/relais/preparer.html", donnees)


def _apercu(p: Preparation, a_qui: AQuiForm, fond: FondForm) -> HttpResponse:
    """Ce qui part exactement, partenaire par partenaire, et pourquoi on peut ; sans accord, ce qu'il reste à choisir."""
    donnees = a_qui.cleaned_data
    fondement = fond["fondement"].value()
    apercus = [_apercu_pour(p, donnees, institution, fondement) for institution in donnees["institutions"]]
    sans_accord = [a["institution"] for a in apercus if fondement == Relais.Fondement.ACCORD and not a["permise"]]
    contexte = {"form": fond, "etape": CE_QUI_PART, "foyer": p.foyer, "apercus": apercus, "sans_accord": sans_accord}
    contexte |= {"fondement": fondement, "personne": donnees["personne"], "precedent": p.precedent}
    contexte |= {"sujet": NOMS_DES_SUJETS[donnees["sujet"]].lower()}
    return render(p.request, "agents/relais/apercu.html", contexte | {"emportes": _emportes(p, CE_QUI_PART)})


def _apercu_pour(p: Preparation, donnees: dict[str, Any], institution: Institution, fondement: str) -> dict[str, Any]:
    par, deja = p.request.user.acteur, "envoyer" in p.request.POST
    lignes = lignes_de(donnees["personne"], p.foyer, institution, donnees["sujet"], fondement, par=par)
    cochees = set(p.request.POST.getlist(f"ligne-{institution.pk}"))
    proposees = (
        cochees if deja else {ligne.cle for ligne in lignes if ligne.proposee and fondement != Relais.Fondement.LOI}
    )
    fiche = FichePartenaire.objects.filter(institution=institution).first()
    permise = any(ligne.permise for ligne in lignes)
    return {"institution": institution, "fiche": fiche, "lignes": lignes, "cochees": proposees, "permise": permise}


def _emportes(p: Preparation, etape: str) -> list[tuple[str, str]]:
    """Les réponses des pages précédentes, en champs cachés."""
    noms = {A_QUI: (), POUR_QUOI: ("personne", "sujet", "institutions")}.get(
        etape, ("personne", "sujet", "institutions", "demande", "attendu")
    )
    return [(nom, valeur) for nom in noms for valeur in p.request.POST.getlist(nom)]


def _envoyer(p: Preparation, a_qui: AQuiForm, pour_quoi: PourQuoiForm, fond: FondForm) -> str:
    """Envoie ; rend l'adresse de la suite, vide si l'acte refuse : la raison est dans ``fond``."""
    donnees = a_qui.cleaned_data
    champs = pour_quoi.cleaned_data | {
        "lignes": {i.pk: p.request.POST.getlist(f"ligne-{i.pk}") for i in donnees["institutions"]},
        "confirmees": p.request.POST.getlist("confirmee"),
    }
    adresses: list[tuple[str, bool]] = []

    def faire() -> str:
        decide = champs | fond.cleaned_data
        par = p.request.user.acteur
        if p.precedent:
            if len(donnees["institutions"]) > 1:
                raise ValidationError(_("Un renvoi va à un seul partenaire."))
            nouveau = renvoyer(p.precedent, par=par, institution=donnees["institutions"][0], **decide)
            return reverse("agents:relais", args=[nouveau.pk])
        commun = {"foyer": p.foyer, "personne": donnees["personne"], "sujet": donnees["sujet"], "besoin": p.besoin}
        partis = envoyer(None, par=par, institutions=donnees["institutions"], **commun, **decide)
        return reverse("agents:relais", args=[partis[0].pk]) if len(partis) == 1 else reverse("agents:relais_liste")

    if not tenter(fond, lambda: adresses.append(une_fois(p.request, faire))):
        return ""
    adresse, deja = adresses[0]
    messages.success(
        p.request, DEJA if deja else _("Le relais est parti. Une réponse est attendue sous 5 jours ouvrés.")
    )
    return adresse
