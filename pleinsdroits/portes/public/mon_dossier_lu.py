"""Ce que la personne lit de son dossier : en mots simples, et jamais ce qui concerne un autre adulte de son foyer."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.accueil.models import Besoin, Message, Relais, RendezVous
from pleinsdroits.accueil.repondants import Repondant, qui_repond
from pleinsdroits.aides.models import Mensualite, PieceDemandee
from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.comptes.models import Agent
from pleinsdroits.demarches.lecture import ResumeDesDroits, resume_du_foyer
from pleinsdroits.demarches.models import Demarche, PapierAttendu
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.journal.models import Entree
from pleinsdroits.personnes.models import AccesExceptionnel, Accord, Foyer, Personne
from pleinsdroits.portes.public.mes_aides_lues import MonAide, mes_aides
from pleinsdroits.portes.public.mon_avance_lue import a_rendre_bientot, copie_des_mensualites
from pleinsdroits.portes.public.mon_projet_lu import MonProjet, copie_des_projets, mon_projet

LECTURES_MONTREES = 20
ETATS_D_UN_BESOIN = {
    Besoin.Etat.EXPRIME: ("manque", "question"),
    Besoin.Etat.EN_COURS: ("probable", "demi"),
    Besoin.Etat.PAUSE: ("non", "pause"),
    Besoin.Etat.RESOLU: ("ouvert", "plein"),
    Besoin.Etat.PARTIEL: ("probable", "demi"),
    Besoin.Etat.ABANDONNE: ("non", "pause"),
    Besoin.Etat.NON_COUVERT: ("non", "barre"),
}


@dataclass(frozen=True)
class Demande:
    """Un besoin, son état en mots et en forme, ses relais, ses échéances, ses messages."""

    besoin: Besoin
    genre: str
    icone: str
    relais: list[Relais]
    echeances: list[Echeance]
    avis_attendu: bool


@dataclass(frozen=True)
class Lecture:
    """Quelqu'un a regardé : quand, qui, et pourquoi si ce dossier n'était pas le sien."""

    le: dt.datetime
    qui: str
    pourquoi: str = ""


@dataclass(frozen=True)
class Page:
    """Tout ce que montre « Mon dossier »."""

    repondant: Repondant
    rendez_vous: list[RendezVous]
    papiers: list[PapierAttendu]
    aides: list[MonAide]
    demandes: list[Demande]
    autres_relais: list[Relais]
    messages: dict[int, list[Message]]
    droits: ResumeDesDroits
    accords: list[tuple[Accord, str]]
    projet: MonProjet | None = None
    mensualites: list[Mensualite] = field(default_factory=list)
    lectures: list[Lecture] = field(default_factory=list)

    @property
    def papiers_des_aides(self) -> list[PieceDemandee]:
        """Ce que le CCAS lui a demandé et attend encore."""
        return [p for a in self.aides for p in a.attendus if p.demandee_le]


def page_de(acteur: Acteur, foyer: Foyer, personne: Personne) -> Page:
    """La page de ``personne`` (nombre de requêtes constant)."""
    relais = list(Relais.objects.visibles_par(acteur).select_related("institution"))
    par_besoin: dict[int | None, list[Relais]] = defaultdict(list)
    for un in relais:
        par_besoin[un.besoin_id].append(un)
    horloges = _horloges(acteur)
    besoins = list(Besoin.objects.visibles_par(acteur))
    demandes = [_demande(b, par_besoin[b.pk], horloges) for b in besoins]
    jour = timezone.localdate()
    siens = Accord.objects.visibles_par(acteur).select_related("institution")
    return Page(
        repondant=qui_repond(foyer, jour),
        rendez_vous=list(RendezVous.objects.visibles_par(acteur).a_venir().select_related("lieu", "agent")[:5]),
        papiers=_papiers(acteur),
        aides=mes_aides(acteur),
        demandes=demandes,
        autres_relais=par_besoin[None],
        messages=_messages(acteur),
        droits=resume_du_foyer(acteur, foyer),
        accords=[(a, a.etat(jour)) for a in siens],
        projet=mon_projet(acteur),
        mensualites=a_rendre_bientot(acteur),
        lectures=_lectures(foyer, acteur),
    )


def copie_de(acteur: Acteur, foyer: Foyer, personne: Personne) -> dict[str, object]:
    """Tout ce que la personne lit, en types JSON."""
    page = page_de(acteur, foyer, personne)
    return {
        "dossier": foyer.numero,
        "personne": {"prenom": personne.prenom, "nom": personne.nom, "naissance": str(personne.naissance or "")},
        "demandes": [
            {"mots": d.besoin.mots, "etat": d.besoin.get_etat_display(), "dit_le": d.besoin.dit_le.isoformat()}
            for d in page.demandes
        ],
        "relais": [
            {"a": str(r.institution), "etat": r.get_etat_display(), "le": r.envoye_le.isoformat(), "parti": r.lignes()}
            for r in Relais.objects.visibles_par(acteur).select_related("institution")
        ],
        "accords": [
            {"avec": str(a.institution), "sujet": a.get_sujet_display(), "jusqu_au": str(a.au), "etat": etat}
            for a, etat in page.accords
        ],
        "droits": [
            {"droit": ligne.nom, "montant": str(ligne.montant or ""), "etat": str(ligne.mot)}
            for ligne in page.droits.lignes
        ],
        "aides": [
            {
                "numero": a.demande.reference,
                "aide": a.nom,
                "mots": a.demande.mots,
                "recue_le": a.demande.recue_le.isoformat(),
                "deposee_par": str(a.demande.deposee_par or ""),
                "etat": a.phrase,
                "montant_accorde": str(a.demande.montant_accorde or "") if a.demande.notifiee_le else "",
            }
            for a in page.aides
        ],
        "mensualites": copie_des_mensualites(acteur),
        "projets": copie_des_projets(acteur),
        "lectures": [{"le": lecture.le.isoformat(), "qui": lecture.qui} for lecture in page.lectures],
    }


def _demande(besoin: Besoin, relais: list[Relais], horloges: dict[tuple[str, str], list[Echeance]]) -> Demande:
    genre, icone = ETATS_D_UN_BESOIN[Besoin.Etat(besoin.etat)]
    objets = [besoin, *relais]
    echeances = [e for o in objets for e in horloges.get((o._meta.label_lower, str(o.pk)), [])]
    attendu = besoin.avis_demande_le is not None and not besoin.avis
    return Demande(besoin, genre, icone, relais, echeances, attendu)


def _horloges(acteur: Acteur) -> dict[tuple[str, str], list[Echeance]]:
    rangees: dict[tuple[str, str], list[Echeance]] = defaultdict(list)
    for echeance in Echeance.objects.visibles_par(acteur).en_cours().avec_main():
        rangees[(echeance.type_objet, echeance.cle_objet)].append(echeance)
    return rangees


def _papiers(acteur: Acteur) -> list[PapierAttendu]:
    attendus = PapierAttendu.objects.filter(
        demarche__in=Demarche.objects.visibles_par(acteur).values("pk"), joint=False, demande_le__isnull=False
    )
    return list(attendus.select_related("demarche")[:20])


def _messages(acteur: Acteur) -> dict[int, list[Message]]:
    par_relais: dict[int, list[Message]] = defaultdict(list)
    for message in Message.objects.visibles_par(acteur).select_related("agent"):
        par_relais[message.relais_id].append(message)
    return dict(par_relais)


def _lectures(foyer: Foyer, acteur: Acteur) -> list[Lecture]:
    """Les dernières consultations du dossier par quelqu'un d'autre que la personne."""
    lignes = Entree.objects.sur(foyer).filter(consultation=True, acteur_genre=Genre.AGENT).order_by("-numero")
    recentes = list(lignes[:LECTURES_MONTREES])
    agents = {str(a.pk): a for a in Agent.objects.filter(pk__in={e.acteur_identifiant for e in recentes})}
    raisons = {
        str(a.agent_id): a.get_raison_display()
        for a in AccesExceptionnel.objects.visibles_par(acteur).filter(foyer=foyer).order_by("ouvert_le")
    }
    return [
        Lecture(e.date, _nom(agents.get(e.acteur_identifiant)), raisons.get(e.acteur_identifiant, "")) for e in recentes
    ]


def _nom(agent: Agent | None) -> str:
    if agent is None:
        return _("un agent")
    return f"{agent.first_name} {agent.last_name[:1]}.".strip() + f", {agent.get_role_display()}"
