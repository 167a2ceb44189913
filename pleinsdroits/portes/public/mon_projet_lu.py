"""Son projet, tel que la personne le lit : ce qu'on lui propose mot pour mot, puis où chaque chose en est."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.parcours.fige import contenu_de, qui_s_engage
from pleinsdroits.parcours.formes import Forme, forme_de_l_etape, forme_de_l_objectif, forme_du_projet
from pleinsdroits.parcours.lecture import ObjectifComplet, ProjetComplet, lire
from pleinsdroits.parcours.models import BilanDeProjet, Engagement, EtatProjet, Objectif, Projet, Proposition

E = EtatProjet
PHRASES = {
    E.DEMANDE: gettext_lazy("Demandé. Le premier rendez-vous est à venir."),
    E.CONSTRUCTION: gettext_lazy("En construction, avec vous."),
    E.PROPOSE: gettext_lazy("Prêt. Lisez-le, puis dites si vous êtes d’accord."),
    E.ACCEPTE: gettext_lazy("Accepté. Il avance."),
    E.SUSPENDU: gettext_lazy("En pause."),
    E.TERMINE: gettext_lazy("Terminé."),
    E.ABANDONNE: gettext_lazy("Arrêté."),
}
DIT_FAIT = (E.CONSTRUCTION, E.PROPOSE, E.ACCEPTE)


@dataclass(frozen=True)
class MonProjet:
    """Un projet en une ligne : ce qu'on en dit, sa forme, ce qu'il attend de la personne."""

    projet: Projet
    phrase: str
    forme: Forme

    @property
    def a_lire(self) -> bool:
        """Il attend son accord."""
        return self.projet.etat == E.PROPOSE

    @property
    def a_juger(self) -> bool:
        """Il est fini, et elle n'a pas encore dit ce qu'elle en pense."""
        return self.projet.etat == E.TERMINE and self.projet.retours_le is None


@dataclass(frozen=True)
class EtapeMontree:
    """Une étape en mots, sa date, et où elle en est (rien dans une copie figée). ``cle`` : elle se coche."""

    libelle: str
    pour_le: dt.date | None
    forme: Forme | None = None
    cle: int = 0


@dataclass(frozen=True)
class ObjectifMontre:
    """Un objectif, les options offertes (mots, précision, choisie), sa raison, ses étapes. ``a_choisir`` : il attend son choix."""

    titre: str
    mots: str
    options: list[tuple[str, str, bool]]
    raison: str
    etapes: list[EtapeMontree]
    forme: Forme | None = None
    a_choisir: int = 0


@dataclass(frozen=True)
class EngagementMontre:
    """Qui fait quoi, pour quand ; ``cle`` : c'est à la personne de dire que c'est fait."""

    qui: str
    quoi: str
    pour_le: dt.date | None
    fait_le: dt.date | None = None
    cle: int = 0


@dataclass(frozen=True)
class PageDeMonProjet:
    """Tout ce que montre « Mon projet »."""

    mien: MonProjet
    forces: list[str]
    souhaits: str
    objectifs: list[ObjectifMontre]
    siens: list[EngagementMontre]
    autres: list[EngagementMontre]
    bilan_le: dt.date | None
    version: Proposition | None
    acceptee: Proposition | None
    echeance: Echeance | None
    bilans: list[BilanDeProjet]


def mon_projet(acteur: Acteur) -> MonProjet | None:
    """Son projet en cours, sinon le dernier ; ``None`` si elle n'en a pas. Une requête."""
    lus = list(Projet.objects.visibles_par(acteur).select_related("foyer__interlocuteur", "personne")[:20])
    projet = next((p for p in lus if p.etat not in Projet.FINIS), lus[0] if lus else None)
    return MonProjet(projet, str(PHRASES[E(projet.etat)]), forme_du_projet(projet.etat)) if projet else None


def page_de(mien: MonProjet) -> PageDeMonProjet:
    """La page de ce projet (nombre de requêtes constant)."""
    projet = mien.projet
    versions = list(projet.propositions.filter(retiree_le__isnull=True))
    attend = next((v for v in versions if v.acceptee_le is None), None)
    contenu = _fige(attend.lue()) if attend and mien.a_lire else _vivant(lire(projet))
    return PageDeMonProjet(
        mien=mien,
        version=attend,
        acceptee=next((v for v in versions if v.acceptee_le), None),
        echeance=Echeance.objects.sur(projet).en_cours().avec_main().order_by("limite").first(),
        bilans=list(projet.bilans.all()),
        **contenu,
    )


def copie_des_projets(acteur: Acteur) -> list[dict[str, object]]:
    """Tous ses projets, en types JSON (RGPD art. 15 et 20)."""
    return [
        {
            "numero": p.reference,
            "etat": str(p.get_etat_display()),
            "demande_le": p.demande_le.isoformat(),
            "mots": p.mots,
            **contenu_de(p),
            "bilans": [{"le": str(b.le), "mots": b.mots} for b in p.bilans.all()],
            "resultat": str(p.get_resultat_display()) if p.resultat else "",
            "mots_de_la_fin": p.mots_de_la_fin,
        }
        for p in Projet.objects.visibles_par(acteur).select_related("foyer__interlocuteur")
    ]


def _fige(lu: dict[str, Any]) -> dict[str, Any]:
    """La copie figée, mot pour mot : c'est elle qu'on accepte."""
    engagements = [EngagementMontre(e["qui"], e["quoi"], _jour(e["pour_le"])) for e in lu["engagements"]]
    return {
        "forces": _lignes(lu["forces"]),
        "souhaits": lu["souhaits"],
        "objectifs": [
            ObjectifMontre(
                titre=_titre(rang, o["domaine"]),
                mots=o["mots"],
                options=[(x["libelle"], x["precision"], x["choisie"]) for x in o["options"]],
                raison=next((x["raison"] for x in o["options"] if x["choisie"]), ""),
                etapes=[EtapeMontree(e["libelle"], _jour(e["pour_le"])) for e in o["etapes"]],
            )
            for rang, o in enumerate(lu["objectifs"], start=1)
        ],
        "siens": [e for e in engagements if e.qui == _("vous")],
        "autres": [e for e in engagements if e.qui != _("vous")],
        "bilan_le": _jour(lu["bilan_le"]),
    }


def _vivant(complet: ProjetComplet) -> dict[str, Any]:
    """Le projet d'aujourd'hui, avec ce qui est fait."""
    projet = complet.projet
    engagements = [(e, _engagement(e, projet)) for e in complet.engagements]
    return {
        "forces": _lignes(projet.forces),
        "souhaits": projet.souhaits,
        "objectifs": [_objectif(o, projet) for o in complet.objectifs],
        "siens": [montre for e, montre in engagements if e.qui == Engagement.Qui.PERSONNE],
        "autres": [montre for e, montre in engagements if e.qui != Engagement.Qui.PERSONNE],
        "bilan_le": projet.bilan_prevu_le if projet.etat in Projet.VIVANTS else None,
    }


def _objectif(complet: ObjectifComplet, projet: Projet) -> ObjectifMontre:
    objectif = complet.objectif
    choix_possible = projet.etat == E.CONSTRUCTION and len(complet.options) > 1
    ouvert = objectif.etat == Objectif.Etat.OUVERT
    return ObjectifMontre(
        titre=_titre(complet.rang, str(objectif.get_domaine_display())),
        mots=objectif.mots,
        options=[(o.libelle, o.precision, o.choisie) for o in complet.options],
        raison=complet.choisie.raison if complet.choisie else "",
        etapes=[
            EtapeMontree(
                e.libelle,
                e.etape.pour_le,
                forme_de_l_etape(e.avancement),
                e.etape.pk if not e.sorte and not e.etape.faite_le and projet.etat in DIT_FAIT else 0,
            )
            for e in complet.etapes
        ],
        forme=forme_de_l_objectif(objectif.etat) if not ouvert else None,
        a_choisir=objectif.pk if choix_possible and complet.choisie is None and ouvert else 0,
    )


def _engagement(engagement: Engagement, projet: Projet) -> EngagementMontre:
    sien = engagement.qui == Engagement.Qui.PERSONNE
    a_dire = sien and engagement.tenu_le is None and projet.etat in DIT_FAIT
    return EngagementMontre(
        qui=qui_s_engage(engagement, projet),
        quoi=engagement.quoi,
        pour_le=engagement.pour_le,
        fait_le=engagement.tenu_le,
        cle=engagement.pk if a_dire else 0,
    )


def _titre(rang: int, domaine: str) -> str:
    return _("Objectif %(n)d\u00a0: %(domaine)s") % {"n": rang, "domaine": domaine.lower()}


def _lignes(texte: str) -> list[str]:
    return [ligne.strip() for ligne in texte.splitlines() if ligne.strip()]


def _jour(texte: str) -> dt.date | None:
    return dt.date.fromisoformat(texte) if texte else None
