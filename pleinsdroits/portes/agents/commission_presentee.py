"""Ce qu'un membre voit : ses séances, l'ordre du jour par rang, où il en est. Jamais une demande, jamais une personne."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pleinsdroits.aides.models import EtatSeance, Inscription, Presence, Retrait, Seance, Vote
from pleinsdroits.aides.regles.quorum import Quorum
from pleinsdroits.aides.seance_lue import membres_en_exercice, quorum_de
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.portes.agents.etats_aides import EtatMontre

E = Inscription.Etat
# Le procès-verbal signé, les pièces ne se lisent plus : elles ont servi.
SE_LISENT_ENCORE = (*Seance.A_VENIR, EtatSeance.CLOTUREE)
LISIBLES = (E.PUBLIEE, E.DECIDEE, E.AJOURNEE)
FORMES = {
    E.A_PREPARER: ("manque", "question", gettext_lazy("pas encore publiée")),
    E.PUBLIEE: ("probable", "demi", gettext_lazy("à voter")),
    E.DECIDEE: ("ouvert", "plein", gettext_lazy("décidée")),
    E.AJOURNEE: ("bientot", "pause", gettext_lazy("ajournée")),
    E.RETIREE: ("non", "barre", gettext_lazy("retirée de l’ordre du jour")),
}


@dataclass(frozen=True)
class Rang:
    """Une demande de l'ordre du jour. ``a_voter`` : c'est à ce membre de voter, maintenant."""

    rang: int
    aide: str
    etat: EtatMontre
    lisible: bool
    a_voter: bool


@dataclass(frozen=True)
class SeanceDuMembre:
    """Une séance, telle que ce membre la lit. ``present`` : il y est pointé."""

    seance: Seance
    quorum: Quorum
    rangs: list[Rang]
    present: bool

    @property
    def a_voter(self) -> list[int]:
        """Les rangs qui attendent sa voix, dans l'ordre."""
        return [r.rang for r in self.rangs if r.a_voter]

    @property
    def lisibles(self) -> list[int]:
        return [r.rang for r in self.rangs if r.lisible]

    @property
    def ouverte(self) -> bool:
        return self.seance.etat == EtatSeance.EN_SEANCE

    def voisins(self, rang: int) -> tuple[int | None, int | None]:
        """La demande lisible d'avant et celle d'après."""
        avant = [r for r in self.lisibles if r < rang]
        apres = [r for r in self.lisibles if r > rang]
        return (avant[-1] if avant else None), (apres[0] if apres else None)


def seances_de(acteur: Acteur) -> list[Seance]:
    """Ses séances convoquées : celle qui se tient, puis les prochaines, puis les passées. Une requête."""
    visibles = Seance.objects.visibles_par(acteur).exclude(etat__in=(EtatSeance.CREEE, EtatSeance.ANNULEE))
    return sorted(visibles[:50], key=_ordre)


def seance_du_membre(seance: Seance, acteur: Acteur) -> SeanceDuMembre:
    """La séance et son ordre du jour. Le nombre de requêtes ne dépend pas du nombre de demandes."""
    agent = int(acteur.identifiant)
    present = seance.presences.filter(membre__agent=agent, etat=Presence.Etat.PRESENT).exists()
    ouverte = seance.etat == EtatSeance.EN_SEANCE
    manquent = _voix_qui_manquent(seance, agent)
    lus = [
        _rang(i, votee=i.rang not in manquent, peut_voter=present and ouverte, lisible=seance.etat in SE_LISENT_ENCORE)
        for i in Inscription.objects.visibles_par(acteur).filter(seance=seance)
    ]
    return SeanceDuMembre(seance, quorum_de(seance), sorted([*lus, *_retires(seance, agent)], key=_par_rang), present)


def _voix_qui_manquent(seance: Seance, agent: int) -> set[int]:
    """Les rangs où une voix de ce membre manque : la sienne, ou celle dont il porte le pouvoir. Quatre requêtes."""
    siens = Q(membre__agent=agent)
    mandants = seance.pouvoirs.en_cours().filter(mandataire__agent=agent).values_list("mandant_id", flat=True)
    attendues = siens | Q(membre__in=list(mandants))
    donnees = Counter(
        Vote.objects.filter(attendues, inscription__seance=seance).values_list("inscription__rang", flat=True)
    )
    retraits = Counter(
        Retrait.objects.filter(membre__in=list(mandants), inscription__seance=seance).values_list(
            "inscription__rang", flat=True
        )
    )
    rangs = seance.inscriptions.values_list("rang", flat=True)
    return {rang for rang in rangs if donnees[rang] + retraits[rang] < 1 + len(mandants)}


def numero_d_exemplaire(seance: Seance, acteur: Acteur) -> int:
    """Le numéro que porte la copie imprimée d'un membre, à rendre en fin de séance ; zéro s'il ne siège pas."""
    agents = [m.agent_id for m in membres_en_exercice(seance)]
    return agents.index(int(acteur.identifiant)) + 1 if int(acteur.identifiant) in agents else 0


def s_est_retire(seance: Seance, rang: int, acteur: Acteur) -> bool:
    """Le membre s'est-il retiré de cette demande ?"""
    retraits = Retrait.objects.filter(inscription__seance=seance, inscription__rang=rang)
    return retraits.filter(membre__agent=int(acteur.identifiant)).exists()


def titre_de(inscription: Inscription) -> str:
    """« aide pour l’énergie » ; le nom vient de la pièce, donc du règlement."""
    nom = str(inscription.piece.get("aide") or _("demande d’aide"))
    return nom[:1].lower() + nom[1:]


def _retires(seance: Seance, agent: int) -> list[Rang]:
    """Les rangs dont il s'est retiré : leur numéro, et rien d'autre."""
    siens = Retrait.objects.filter(inscription__seance=seance, membre__agent=agent)
    etat = EtatMontre("non", "barre", _("vous vous êtes retiré"))
    return [Rang(rang, "", etat, False, False) for rang in siens.values_list("inscription__rang", flat=True)]


def _rang(inscription: Inscription, *, votee: bool, peut_voter: bool, lisible: bool) -> Rang:
    publiee = inscription.etat == E.PUBLIEE
    return Rang(
        rang=inscription.rang,
        aide=str(inscription.piece.get("aide") or ""),
        etat=EtatMontre(*_forme(inscription, votee, peut_voter)),
        lisible=lisible and inscription.etat in LISIBLES,
        a_voter=publiee and peut_voter and not votee,
    )


def _forme(inscription: Inscription, votee: bool, peut_voter: bool) -> tuple[str, str, str | Promise]:
    if inscription.etat == E.PUBLIEE and votee:
        return "ouvert", "plein", _("vous avez voté")
    if inscription.etat == E.PUBLIEE and not peut_voter:
        return "probable", "demi", _("à lire")
    return FORMES[E(inscription.etat)]


def _par_rang(rang: Rang) -> int:
    return rang.rang


def _ordre(seance: Seance) -> tuple[int, float]:
    instant = seance.prevue_le.timestamp()
    if seance.etat == EtatSeance.EN_SEANCE:
        return 0, instant
    if seance.etat in Seance.A_VENIR and seance.prevue_le.date() >= timezone.localdate():
        return 1, instant
    return 2, -instant
