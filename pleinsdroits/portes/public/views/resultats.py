"""Les droits trouvés : calculés dans ce processus, montrés par groupes, jamais décidés ici."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.droits.moteur.resultats import Bilan
from pleinsdroits.droits.questionnaire import parcours
from pleinsdroits.droits.questionnaire.assemblage import situation
from pleinsdroits.droits.questionnaire.champs import INCONNU
from pleinsdroits.droits.questionnaire.contexte import Contexte
from pleinsdroits.droits.questionnaire.villes import commune_trouvee
from pleinsdroits.droits.situation.lecture import SituationInvalide
from pleinsdroits.droits.situation.periode import JourNonCouvert, verifier_le_jour
from pleinsdroits.portes.public import visite
from pleinsdroits.portes.public.calcul_en_fond import CalculImpossible, bilan_de
from pleinsdroits.portes.public.fiche_publique import contexte_de_fiche
from pleinsdroits.portes.public.presentation import presenter


@require_safe
@login_not_required
@never_cache
def resultats(request: HttpRequest) -> HttpResponse:
    """« Vos droits », ou la page d'attente, ou le retour aux questions s'il en reste."""
    contexte = visite.contexte(request)
    if not contexte.reponses:
        return redirect("public:questions")
    if parcours.en_attente(contexte):
        return redirect("public:verifier")
    bilan = bilan_ou_attente(request, contexte)
    if isinstance(bilan, HttpResponse):
        return bilan
    page = presenter(bilan, catalogue(settings.VILLE), contexte)
    donnees = {"bilan": bilan, "page": page, "foyer": _foyer(contexte), "rubrique": "droits"}
    donnees["aides_inconnues"] = contexte.coche("aides-recues", "quoi", INCONNU)
    return render(request, "public/resultats.html", donnees)


@require_safe
@login_not_required
@never_cache
def mon_droit(request: HttpRequest, droit: str) -> HttpResponse:
    """La fiche d'un droit, avec mon résultat ; sans visite en cours, les questions d'abord."""
    fiche = catalogue(settings.VILLE).get(droit)
    if fiche is None:
        raise Http404
    contexte = visite.contexte(request)
    if not contexte.reponses or parcours.en_attente(contexte):
        return redirect("public:questions")
    bilan = bilan_ou_attente(request, contexte)
    if isinstance(bilan, HttpResponse):
        return bilan
    page = presenter(bilan, catalogue(settings.VILLE), contexte, droit=droit)
    miens = [*page.ouverts, *page.a_verifier, *page.deja, *page.non, *page.autres]
    donnees = contexte_de_fiche(droit, bilan.jour, miens) | {"bilan": bilan, "rubrique": "droits"}
    return render(request, "public/fiche.html", donnees)


def bilan_ou_attente(request: HttpRequest, contexte: Contexte) -> Bilan | HttpResponse:
    """Le bilan s'il est prêt ; sinon la page qui fait patienter, ou celle qui dit la panne."""
    try:
        verifier_le_jour(contexte.jour)
        bilan = bilan_de(visite.jeton(request), situation(contexte), contexte.jour, ville=settings.VILLE)
    except (SituationInvalide, CalculImpossible) as refus:
        donnees = {"rubrique": "droits", "trop_ancien": isinstance(refus, JourNonCouvert)}
        return render(request, "public/calcul_impossible.html", donnees, status=503)
    return bilan if bilan else render(request, "public/calcul_en_cours.html", {"rubrique": "droits"})


def _foyer(contexte: Contexte) -> dict[str, object]:
    """De qui et d'où l'on parle, pour la phrase d'en-tête."""
    ecrite = str(contexte.dit("logement", "commune") or "")
    trouvee = commune_trouvee(ecrite)
    return {"nombre": len(contexte.gens) - 1, "commune": trouvee.nom if trouvee else ecrite}
