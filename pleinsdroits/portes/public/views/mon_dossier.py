"""Mon dossier : y entrer, lire qui a la main sur chaque chose, autoriser, écrire, répondre."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pleinsdroits.accueil.actions.besoins import donner_son_avis
from pleinsdroits.accueil.actions.codes import ecrire_a_l_interlocuteur
from pleinsdroits.accueil.models import Besoin
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.journal.actes import noter
from pleinsdroits.personnes.actions import accords, liens
from pleinsdroits.personnes.models import Accord, LienPersonnel, Moyen
from pleinsdroits.personnes.numeros import normaliser_un_moyen
from pleinsdroits.portes.debit import trop
from pleinsdroits.portes.erreurs import trop_d_essais
from pleinsdroits.portes.public import acces_personnel
from pleinsdroits.portes.public.acces_personnel import Entree, reservee
from pleinsdroits.portes.public.formulaires_suite import DemanderUnLienForm, EntrerForm, MessageForm
from pleinsdroits.portes.public.mon_dossier_lu import copie_de, page_de

SITE = Acteur.systeme("site")
LIENS_PAR_HEURE, ENTREES_PAR_HEURE = 6, 20
AIDE_VOULUE = "aide_voulue"
# Où mène le lien une fois entré ; rien d'autre ne se choisit par l'adresse.
SUITES = {"projet": "public:mon_projet"}


@require_safe
@login_not_required
@never_cache
def mon_dossier(request: HttpRequest) -> HttpResponse:
    """Le dossier de la personne entrée ; pour les autres, comment y entrer."""
    dedans = acces_personnel.entree(request)
    if dedans is None:
        return render(request, "public/dossier/porte.html", {"form": DemanderUnLienForm(), "rubrique": "dossier"})
    noter("personnes.lire_son_dossier", dedans.foyer, par=dedans.acteur)
    donnees = {
        "dedans": dedans,
        "page": page_de(dedans.acteur, dedans.foyer, dedans.personne),
        "form": MessageForm(),
        "avis": Besoin.Avis.choices,
    }
    return render(request, "public/dossier/dossier.html", donnees | {"rubrique": "dossier"})


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
@sensitive_post_parameters()
def entrer(request: HttpRequest, jeton: str) -> HttpResponse:
    """Ouvrir le lien n'entre pas et n'use rien : il faut répondre, par un envoi."""
    lien = LienPersonnel.objects.du_jeton(jeton)
    if lien is None:
        return _perime(request)
    formulaire = EntrerForm(request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        if trop(request, "entrees", ENTREES_PAR_HEURE):
            return trop_d_essais(request)
        if _entre(lien, formulaire.cleaned_data["reponse"]):
            acces_personnel.ouvrir(request, lien)
            return redirect(_suite(request))
        if LienPersonnel.objects.du_jeton(jeton) is None:
            return _perime(request)
        formulaire.add_error("reponse", _("Ce n’est pas cela. Vérifiez la date ou le mot, ou appelez-nous."))
    donnees = {"form": formulaire, "rubrique": "dossier"}
    return render(request, "public/dossier/entrer.html", donnees, status=422 if formulaire.errors else 200)


@require_POST
@login_not_required
@sensitive_post_parameters()
def recevoir_un_lien(request: HttpRequest) -> HttpResponse:
    """La même réponse, que l'on connaisse ou non cette adresse : la page ne dit pas qui a un dossier."""
    formulaire = DemanderUnLienForm(request.POST)
    if not formulaire.is_valid():
        return render(request, "public/dossier/porte.html", {"form": formulaire, "rubrique": "dossier"}, status=422)
    if trop(request, "liens-personnels", LIENS_PAR_HEURE):
        return trop_d_essais(request)
    envoyer_le_lien(formulaire.cleaned_data["adresse"])
    messages.success(
        request, _("Si nous connaissons cette adresse, un lien y arrive. Il vaut 24 heures, une seule fois.")
    )
    return redirect("public:mon_dossier")


@require_POST
@login_not_required
def sortir(request: HttpRequest) -> HttpResponse:
    """Refermer son dossier sur cet appareil."""
    acces_personnel.fermer(request)
    messages.success(request, _("Votre dossier est fermé sur cet appareil."))
    return redirect("public:mon_dossier")


@require_POST
@reservee
def ecrire(request: HttpRequest, dedans: Entree) -> HttpResponse:
    """Un message, une correction, une opposition : quelqu'un répond."""
    formulaire = MessageForm(request.POST)
    if formulaire.is_valid():
        ecrire_a_l_interlocuteur(dedans.foyer, par=dedans.acteur, mots=formulaire.cleaned_data["mots"])
        messages.success(request, _("C’est envoyé. Vous aurez une réponse dans les 2 jours ouvrés."))
        return redirect("public:mon_dossier")
    donnees = {"dedans": dedans, "page": page_de(dedans.acteur, dedans.foyer, dedans.personne), "form": formulaire}
    donnees |= {"rubrique": "dossier", "avis": Besoin.Avis.choices}
    return render(request, "public/dossier/dossier.html", donnees, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@reservee
def retirer_un_accord(request: HttpRequest, dedans: Entree, cle: int) -> HttpResponse:
    """Dire d'abord ce que cela change, puis retirer."""
    accord = get_object_or_404(Accord.objects.visibles_par(dedans.acteur).select_related("institution"), pk=cle)
    if request.method != "POST":
        return render(request, "public/dossier/retirer.html", {"accord": accord, "rubrique": "dossier"})
    accords.retirer(accord, par=dedans.acteur)
    messages.success(request, _("C’est fait. %(qui)s ne verra plus rien sur ce sujet.") % {"qui": accord.institution})
    return redirect("public:mon_dossier")


@require_POST
@reservee
def dire_l_issue(request: HttpRequest, dedans: Entree, cle: int) -> HttpResponse:
    """La réponse de la personne fait l'issue de sa demande."""
    besoin = get_object_or_404(Besoin.objects.visibles_par(dedans.acteur), pk=cle)
    try:
        donner_son_avis(besoin, par=dedans.acteur, avis=request.POST.get("avis", ""))
    except ValidationError as refus:
        messages.error(request, " ".join(refus.messages))
        return redirect("public:mon_dossier")
    messages.success(request, _("C’est noté. Votre réponse compte plus que la nôtre."))
    return redirect("public:mon_dossier")


@require_safe
@reservee
def copie(request: HttpRequest, dedans: Entree) -> HttpResponse:
    """Tout ce que la personne peut lire, dans un fichier (RGPD art. 15 et 20)."""
    noter("personnes.copier_son_dossier", dedans.foyer, par=dedans.acteur)
    reponse = JsonResponse(
        copie_de(dedans.acteur, dedans.foyer, dedans.personne), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    reponse["Content-Disposition"] = 'attachment; filename="mon-dossier.json"'
    return reponse


def adresse_du_lien(jeton: str) -> str:
    """L'adresse complète d'un lien personnel ; elle part des réglages, jamais de la requête."""
    return settings.ADRESSE_DU_SITE.rstrip("/") + reverse("entrer", args=[jeton])


def _suite(request: HttpRequest) -> str:
    """Où mène l'entrée : la suite nommée par le lien ; sinon la demande de l'aide choisie avant, sur ce même appareil."""
    voulue = request.session.pop(AIDE_VOULUE, "")
    if suite := SUITES.get(request.GET.get("vers", "")):
        return reverse(suite)
    return adresse_de_la_demande(voulue) if voulue else reverse("public:mon_dossier")


def adresse_de_la_demande(aide: str) -> str:
    """Le formulaire de demande, avec ``aide`` déjà choisie."""
    return f"{reverse('public:demander_une_aide')}?aide={aide}"


def _entre(lien: LienPersonnel, reponse: str) -> bool:
    try:
        return liens.entrer(lien, par=Acteur.personne(str(lien.personne_id)), reponse=reponse)
    except PermissionDenied:
        return False


def _perime(request: HttpRequest) -> HttpResponse:
    donnees = {"form": DemanderUnLienForm(), "rubrique": "dossier", "perime": True}
    return render(request, "public/dossier/porte.html", donnees, status=410)


def envoyer_le_lien(adresse: str) -> None:
    """À chaque personne qui a donné cette adresse, si elle est sûre. Un refus ne se dit pas : il dirait qu'un dossier existe."""
    genre = Moyen.Genre.COURRIEL if "@" in adresse else Moyen.Genre.TELEPHONE
    try:
        normal = normaliser_un_moyen(genre, adresse)
    except ValidationError:
        return
    for moyen in Moyen.objects.filter(normal=normal, sur=True).select_related("personne")[:5]:
        appartenance = (
            moyen.personne.appartenances.actuels().filter(foyer__etat="actif").select_related("foyer").first()
        )
        if appartenance is None:
            continue
        try:
            liens.envoyer_un_lien(
                moyen.personne, par=SITE, foyer=appartenance.foyer, moyen=moyen, adresse=adresse_du_lien
            )
        except ValidationError:
            continue
