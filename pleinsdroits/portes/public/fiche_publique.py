"""Une fiche telle que le public la lit : générale, ou avec les résultats d'une visite."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from pleinsdroits.aides.catalogue import depot_de
from pleinsdroits.annuaire.models import Lieu
from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.droits.fiche import Etape, Fiche, Lien, Pieces, Recours, Silence, Su, VoieDeRecours
from pleinsdroits.droits.papier.fiches import papiers_repetes
from pleinsdroits.portes.public.presentation import Droit

NATURES = {
    "prealable_obligatoire": _("D’abord, demandez de revoir la décision (obligatoire avant le juge)"),
    "gracieux": _("Demandez de revoir la décision"),
    "hierarchique": _("Écrivez à l’autorité au-dessus"),
    "contentieux": _("Allez devant le juge"),
    "mediation": _("Demandez l’aide d’un médiateur"),
    "reclamation": _("Faites une réclamation"),
}


@dataclass(frozen=True)
class EtapeLue:
    """
    Une étape ; le nom du site, dans la phrase qui dit où, est le lien (``avant``, ``lien``, ``apres``). ``repete`` : tous
    ses papiers sont dans la liste à cocher, inutile de les imprimer deux fois.
    """

    quoi: str
    avant: str
    lien: Lien | None
    apres: str
    papiers: Sequence[str]
    duree: str
    repete: bool


@dataclass(frozen=True)
class Voie:
    """Un recours prêt à lire : ce qu'on fait, devant qui, dans quel délai (vide s'il n'est pas connu), comment."""

    titre: str
    devant: str
    delai: str
    texte: str


def contexte_de_fiche(droit: str, jour: date, resultats: Sequence[Droit] = ()) -> dict[str, Any]:
    """
    Ce que lit ``public/fiche.html``. ``resultats`` : ceux de la visite pour ce droit, déjà mis en mots
    (``presentation.presenter``) ; aucun pour la fiche générale. Lève ``KeyError`` si la fiche n'existe pas.
    """
    fiche = catalogue(settings.VILLE)[droit]
    return {
        "fiche": fiche,
        "miens": resultats,
        "depot": depot_de(droit, jour),
        "jour": jour,
        "perimee": fiche.perimee(jour),
        "etapes": [_etape(e, fiche) for e in fiche.etapes],
        "delai": texte_du_point(fiche.delai),
        "silence": fiche.silence.connu.texte if fiche.silence.connu else texte_du_point(fiche.silence),
        "papiers_note": texte_du_point(fiche.pieces),
        "voies": [_voie(v) for v in fiche.recours.connu or ()],
        "recours_note": texte_du_point(fiche.recours),
        "references": [(r.code if r.articles else "", r.liens) for r in fiche.references],
        "lieux": lieux_de(fiche),
        "rubrique": "aides",
    }


def lieux_de(fiche: Fiche) -> list[Lieu]:
    """Les lieux publiés qui aident pour cette fiche, dans l'ordre de la fiche."""
    connus = {lieu.cle: lieu for lieu in Lieu.objects.publies().avec_horaires().filter(cle__in=fiche.aide_locale)}
    return [connus[cle] for cle in fiche.aide_locale if cle in connus]


def texte_du_point(point: Su | Pieces | Silence | Recours) -> str:
    """Ce qu'on sait d'un point, pourquoi il ne se pose pas, ou à qui le demander ; vide si c'est une liste."""
    texte = point.connu or point.sans_objet or point.inconnu
    return texte if isinstance(texte, str) else ""


def _etape(etape: Etape, fiche: Fiche) -> EtapeLue:
    avant, apres = etape.ou, ""
    if etape.lien and etape.lien.site in etape.ou:
        avant, _site, apres = etape.ou.partition(etape.lien.site)
    elif etape.lien:
        avant, apres = f"{etape.ou} (", ")"
    return EtapeLue(
        etape.quoi, avant, etape.lien, apres, etape.papiers, etape.duree or "", papiers_repetes(etape, fiche)
    )


def _voie(voie: VoieDeRecours) -> Voie:
    return Voie(_(NATURES[voie.nature]), voie.devant, _delai(voie), voie.texte)


def _delai(voie: VoieDeRecours) -> str:
    if voie.delai_mois:
        return _("{n} mois").format(n=voie.delai_mois)
    return _("{n} jours").format(n=voie.delai_jours) if voie.delai_jours else ""
