"""La rapidité des réponses, pour le conseil : des étapes, des jours, qui a la main ; jamais un nom de personne suivie."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from pleinsdroits.aides.actions.objectifs import fixer_un_objectif
from pleinsdroits.aides.catalogue import noms_des_aides
from pleinsdroits.aides.mesures import Rapidite, mesurer
from pleinsdroits.aides.models import Demande, ObjectifDeDelai
from pleinsdroits.aides.models.demande import DemandeQuerySet
from pleinsdroits.aides.objectifs import ETAPES_A_OBJECTIF, objectifs_au
from pleinsdroits.aides.papiers.rapidite import rapidite_en_pdf
from pleinsdroits.aides.regles.mesure import MesureDEtape
from pleinsdroits.aides.regles.tri import Tri
from pleinsdroits.aides.retards import ETAPE_DE, Objectifs, depassements, en_retard, jours_depuis, main_de
from pleinsdroits.aides.roles import FIXENT_LES_OBJECTIFS, LISENT_LA_RAPIDITE
from pleinsdroits.comptes.models import Role
from pleinsdroits.journal.actes import noter
from pleinsdroits.parcours.mesures import mesurer_les_projets
from pleinsdroits.portes.agents.gestion import en_csv, ranger, reserver, tenter
from pleinsdroits.portes.agents.rapidite_presentee import jours, presenter
from pleinsdroits.portes.agents.requete import RequeteAgent
from pleinsdroits.portes.agents.tableaux_rapidite import FiltreRapidite, ObjectifForm, RetardsDesAides
from pleinsdroits.socle.une_fois import DEJA, une_fois

# Qui étudie ouvre la demande ; les autres lisent des étapes et des jours.
OUVRENT = (Role.INSTRUCTEUR,)
TITRES = (
    *(gettext_lazy("Tableau"), gettext_lazy("Nom"), gettext_lazy("Nombre"), gettext_lazy("Médiane (jours)")),
    *(gettext_lazy("9e décile (jours)"), gettext_lazy("Objectif (jours)"), gettext_lazy("Dans l’objectif (%)")),
    *(gettext_lazy("En cours"), gettext_lazy("En retard"), gettext_lazy("Qui tient les retards")),
)
TITRES_DES_RETARDS = (
    *(gettext_lazy("Étape"), gettext_lazy("Jours dans l’étape"), gettext_lazy("Jours depuis le dépôt")),
    *(gettext_lazy("Ce qui est dépassé"), gettext_lazy("La main est à")),
)
NOMBRE_TU = gettext_lazy("moins de 5, ou masqué")


@reserver(LISENT_LA_RAPIDITE)
@require_safe
def rapidite(request: RequeteAgent) -> HttpResponse:
    """Où l'on attend, ce qui dépasse l'objectif, comment cela change."""
    filtre = FiltreRapidite(request.GET)
    lue = mesurer(timezone.localdate(), filtre.choisi.get("aide", ""))
    # Un projet n'est d'aucune aide : il ne se montre pas quand on en a choisi une.
    projets = () if lue.aide else mesurer_les_projets(lue.jour)
    page = presenter(lue, etape=filtre.choisi.get("etape", ""), projets=projets, tri=_tri(request))
    fixe = request.user.role in FIXENT_LES_OBJECTIFS
    donnees = {"page": page, "filtre": filtre, "choisi": filtre.choisi, "fixe": fixe}
    return render(request, "agents/rapidite/rapidite.html", donnees)


@reserver(LISENT_LA_RAPIDITE)
@require_safe
def rapidite_tableur(request: RequeteAgent) -> HttpResponse:
    """Les mêmes tableaux, pour un tableur ; les petits nombres y sont tus aussi."""
    lue = mesurer(timezone.localdate(), FiltreRapidite(request.GET).choisi.get("aide", ""))
    projets = () if lue.aide else mesurer_les_projets(lue.jour)
    return en_csv("rapidite", TITRES, _lignes(lue, projets, _tri(request)))


@reserver(LISENT_LA_RAPIDITE)
@require_safe
def rapidite_pdf(request: RequeteAgent) -> HttpResponse:
    """La page entière sur du papier, pour la séance du conseil ; les petits nombres y sont tus aussi."""
    choisie = FiltreRapidite(request.GET).choisi.get("aide", "")
    lue = mesurer(timezone.localdate(), choisie)
    projets = () if lue.aide else mesurer_les_projets(lue.jour)
    phrases = presenter(lue, projets=projets).phrases
    aide = noms_des_aides(lue.jour).get(choisie, "")
    reponse = HttpResponse(
        rapidite_en_pdf(lue, projets, phrases, aide=aide, tri=_tri(request)), content_type="application/pdf"
    )
    reponse["Content-Disposition"] = f'attachment; filename="rapidite-{lue.jour:%Y-%m-%d}.pdf"'
    return reponse


@reserver(LISENT_LA_RAPIDITE)
@require_safe
def retards(request: RequeteAgent) -> HttpResponse:
    """Ce qui attend trop, le plus ancien dépôt d'abord ; le numéro et l'agent pour qui étudie, lui seul."""
    filtre, objectifs = FiltreRapidite(request.GET), objectifs_au(timezone.localdate())
    ouvre = request.user.role in OUVRENT
    exclues = () if ouvre else ("demande", "agent")
    tableau = ranger(request, RetardsDesAides(_choisies(filtre, objectifs), exclude=exclues))
    _completer([ligne.record for ligne in tableau.page], objectifs)
    noter("aides.lire_les_retards", request.user, par=request.user.acteur)
    donnees = {"tableau": tableau, "filtre": filtre, "choisi": filtre.choisi, "ouvre": ouvre}
    return render(request, "agents/rapidite/retards.html", donnees)


@reserver(LISENT_LA_RAPIDITE)
@require_safe
def retards_tableur(request: RequeteAgent) -> HttpResponse:
    """Les retards choisis, pour un tableur ; le numéro pour qui étudie, lui seul."""
    objectifs, ouvre = objectifs_au(timezone.localdate()), request.user.role in OUVRENT
    choisies = list(_choisies(FiltreRapidite(request.GET), objectifs))
    _completer(choisies, objectifs)
    lues = ((vars(d), d) for d in choisies)
    noms = ("etape_dite", "jours_etape", "jours_depot", "depasse", "main_dite")
    lignes = ((*(v[nom] for nom in noms), *((d.reference,) if ouvre else ())) for v, d in lues)
    return en_csv("retards-des-aides", (*TITRES_DES_RETARDS, *((_("Demande"),) if ouvre else ())), lignes)


@reserver(FIXENT_LES_OBJECTIFS)
@require_http_methods(["GET", "HEAD", "POST"])
def objectif(request: RequeteAgent) -> HttpResponse:
    """Noter l'objectif que le conseil a voté ; ceux d'avant, dessous."""
    form = ObjectifForm(request.POST or None, initial={"etape": "repondre", "fixe_le": timezone.localdate()})
    suite: list[tuple[str, bool]] = []

    def faire() -> str:
        fixer_un_objectif(None, par=request.user.acteur, **form.cleaned_data)
        return reverse("agents:rapidite")

    if request.method == "POST" and tenter(form, lambda: suite.append(une_fois(request, faire))):
        adresse, deja = suite[0]
        messages.success(request, DEJA if deja else _("L’objectif est noté."))
        return redirect(adresse)
    fixes = [(ETAPES_A_OBJECTIF.get(o.etape, o.etape), o) for o in ObjectifDeDelai.objects.order_by("-fixe_le", "-pk")]
    contexte = {"form": form, "fixes": fixes}
    return render(request, "agents/rapidite/objectif.html", contexte, status=422 if form.errors else 200)


def _tri(request: RequeteAgent) -> Tri:
    return Tri.lu(request.GET.get("tri", ""))


def _choisies(filtre: FiltreRapidite, objectifs: Objectifs) -> DemandeQuerySet:
    demandes = en_retard(timezone.localdate(), objectifs).select_related("instructeur")
    aide = filtre.choisi.get("aide")
    return demandes.filter(aide=aide) if aide else demandes


def _completer(demandes: Iterable[Demande], objectifs: Objectifs) -> None:
    """Pose sur chaque demande ce qui se lit : l'étape, les jours, ce qui est dépassé, qui a la main."""
    jour = timezone.localdate()
    for d in demandes:
        etape, debut = ETAPE_DE[d.etat], vars(d)["debut_etape"]
        n, depot = jours_depuis(debut or d.recue_le, jour), jours_depuis(d.recue_le, jour)
        vars(d).update(
            etape_dite=str(etape.label).capitalize(),
            jours_etape=n,
            jours_depot=depot,
            dans_l_etape=jours(n),
            depuis_le_depot=jours(depot),
            depasse=", ".join(depassements(d, jour, objectifs)),
            main_dite=str(main_de(d.etat).label),
        )


def _lignes(r: Rapidite, projets: tuple[MesureDEtape, ...], tri: Tri) -> Iterator[tuple]:
    toutes: tuple[tuple[str, Iterable[MesureDEtape]], ...] = (
        (_("Étape"), (*tri.ranger(r.etapes), r.reponse)),
        (_("Réponse, par aide"), tri.ranger(r.aides)),
        (_("Projet d’accompagnement"), tri.ranger(projets)),
    )
    for tableau, mesures in toutes:
        yield from ((tableau, m.nom, *_chiffres(m), *_courant(m)) for m in mesures)
    for mois in r.reponse.tendance:
        nombre = NOMBRE_TU if mois.nombre is None else mois.nombre
        yield (_("Réponse, par mois"), _mois(mois.jour), nombre, mois.mediane, mois.un_sur_dix)


def _chiffres(m: MesureDEtape) -> tuple[object, ...]:
    objectif = m.objectif.jours if m.objectif else ""
    if m.masquee:
        return (NOMBRE_TU, "", "", objectif, "")
    return (m.nombre, m.mediane, m.un_sur_dix, objectif, m.part_dans_l_objectif)


def _courant(m: MesureDEtape) -> tuple[object, ...]:
    if m.en_cours.tu:
        return (NOMBRE_TU, "", "")
    mains = ", ".join(_("%(main)s : %(n)d") % {"main": main, "n": n} for main, n in m.en_cours.mains)
    return (m.en_cours.nombre, m.en_cours.en_retard, mains)


def _mois(jour: dt.date) -> str:
    return f"{jour:%Y-%m}"
