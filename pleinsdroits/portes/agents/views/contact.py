"""Noter un contact : une page, cinq champs, trente secondes ; puis tenir le rappel promis."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from pleinsdroits.accueil.actions.contacts import noter_un_contact, tenir_un_rappel
from pleinsdroits.accueil.models import RECOIVENT, CanalDeContact, Contact, Permanence
from pleinsdroits.journal.actes import noter
from pleinsdroits.personnes.models import Foyer
from pleinsdroits.portes.agents.formulaires_contact import ContactForm, RappelForm
from pleinsdroits.portes.agents.gestion import reserver, tenter
from pleinsdroits.portes.agents.journee import ma_permanence
from pleinsdroits.portes.agents.recherche_contact import Propose, lire_le_choix, proposer, proposer_le_foyer
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.socle.templatetags.socle import heure, jour
from pleinsdroits.socle.une_fois import DEJA, une_fois


@reserver(RECOIVENT)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def noter_le_contact(request: RequeteAgent) -> HttpResponse:
    """La page A2. Le bouton « Chercher » sert sans script ; « Enregistrer » revient à la journée."""
    permanence = ma_permanence(request.user)
    depart = {"canal": permanence.canal if permanence else CanalDeContact.TELEPHONE}
    if request.method != "POST" or "chercher" in request.POST:
        return _page(request, ContactForm(initial=depart | _deja_dit(request)), permanence)
    formulaire = ContactForm(request.POST)
    issue: list[tuple[str, bool]] = []
    if tenter(formulaire, lambda: issue.append(_enregistrer(request, formulaire, permanence))):
        adresse, deja = issue[0]
        messages.success(request, str(DEJA) if deja else _annonce(formulaire))
        return redirect(adresse)
    return _page(request, formulaire, permanence, status=422)


@reserver(RECOIVENT)
@require_POST
@sensitive_post_parameters()
def chercher_pour_un_contact(request: RequeteAgent) -> HttpResponse:
    """Les résultats, pendant la frappe (htmx). La question est dans le corps, jamais dans l'adresse."""
    return render(request, "agents/contact/trouves.html", _resultats(request))


@reserver(RECOIVENT)
@require_http_methods(["GET", "HEAD", "POST"])
def rappel(request: RequeteAgent, pk: int) -> HttpResponse:
    """Un rappel promis : à qui, où, et ce qu'il en a été."""
    contact = get_object_or_404(
        Contact.objects.visibles_par(request.user.acteur).select_related("foyer", "personne", "agent"), pk=pk
    )
    formulaire = RappelForm(request.POST or None)
    if request.method == "POST" and tenter(formulaire, lambda: _tenir(request, contact, formulaire)):
        messages.success(request, _rappele(formulaire))
        return redirect("agents:ma_journee")
    if request.method == "GET":
        noter("accueil.lire_un_contact", contact, par=request.user.acteur)
    telephones = contact.personne.moyens.filter(genre="telephone") if contact.personne else []
    donnees = {"form": formulaire, "contact": contact, "telephones": telephones}
    return render(request, "agents/contact/rappel.html", donnees, status=422 if formulaire.errors else 200)


def _page(
    request: RequeteAgent, formulaire: ContactForm, permanence: Permanence | None, status: int = 200
) -> HttpResponse:
    donnees = {"form": formulaire, "permanence": permanence} | _resultats(request)
    return render(request, "agents/contact/noter.html", donnees, status=status)


def _deja_dit(request: RequeteAgent) -> dict:
    """Ce qui était tapé quand on a cherché sans script : rien n'est perdu."""
    if request.method != "POST":
        return {}
    simples = {nom: request.POST[nom] for nom in ContactForm.base_fields if nom in request.POST}
    return simples | {"sujets": request.POST.getlist("sujets")}


def _resultats(request: RequeteAgent) -> dict:
    acteur, numero = request.user.acteur, request.GET.get("dossier")
    choisi, texte = request.POST.get("qui", ""), request.POST.get("q", "")
    proposes: list[Propose] = []
    if numero and request.method != "POST":
        foyer = get_object_or_404(Foyer.objects.visibles_par(acteur).select_related("interlocuteur"), numero=numero)
        proposes = proposer_le_foyer(acteur, foyer)
        choisi = proposes[0].valeur if proposes else ""
    elif texte:
        proposes = proposer(acteur, texte)
    elif choisi:
        foyer, _personne = lire_le_choix(acteur, choisi)
        proposes = proposer_le_foyer(acteur, foyer) if foyer else []
    return {"proposes": proposes, "choisi": choisi, "cherche": texte}


def _enregistrer(request: RequeteAgent, formulaire: ContactForm, permanence: Permanence | None) -> tuple[str, bool]:
    d = formulaire.cleaned_data
    foyer, personne = lire_le_choix(request.user.acteur, d["qui"])

    def faire() -> str:
        noter_un_contact(
            None,
            par=request.user.acteur,
            canal=d["canal"],
            suite=d["suite"],
            foyer=foyer,
            personne=personne,
            anonyme=d["anonyme"],
            mots=d["mots"],
            sujets=d["sujets"],
            rappel_avant=formulaire.instant(),
            oriente_vers=d["oriente_vers"],
            lieu=permanence.lieu if permanence else None,
            joindre=d["joindre"],
        )
        return reverse("agents:ma_journee")

    return une_fois(request, faire)


def _annonce(formulaire: ContactForm) -> str:
    avant = formulaire.instant()
    if formulaire.cleaned_data["suite"] != Contact.Suite.RAPPEL or avant is None:
        return _("Contact noté.")
    local = timezone.localtime(avant)
    mots = {"jour": jour(local.date()), "heure": heure(local.time())}
    return _("Contact noté. Rappel promis avant le %(jour)s, %(heure)s\u00a0: l’horloge tourne.") % mots


def _tenir(request: RequeteAgent, contact: Contact, formulaire: RappelForm) -> None:
    joint = formulaire.cleaned_data["joint"] == "oui"
    avant = None if joint else formulaire.instant()
    mots = formulaire.cleaned_data["mots"]
    tenir_un_rappel(contact, par=request.user.acteur, joint=joint, mots=mots, rappel_avant=avant)


def _rappele(formulaire: RappelForm) -> str:
    if formulaire.cleaned_data["joint"] == "oui":
        return _("Rappel tenu. L’appel est dans l’histoire du dossier.")
    return _("L’essai est compté. Vous rappellerez\u00a0: c’est dans votre journée.")
