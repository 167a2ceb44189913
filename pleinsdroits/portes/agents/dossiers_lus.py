"""Le dossier d'un foyer, rangé pour l'écran : le gabarit n'a rien à calculer, et l'accueil n'y reçoit que sa part."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from pleinsdroits.accueil.models import Attribution, Besoin, Contact, Relais, RendezVous
from pleinsdroits.aides.catalogue import noms_des_aides
from pleinsdroits.aides.models import Demande
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.demarches.lecture import resume_du_foyer
from pleinsdroits.demarches.models import Demarche, EtapeFranchie, PapierAttendu
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.parcours.formes import Forme, forme_du_projet
from pleinsdroits.parcours.models import Projet
from pleinsdroits.personnes.models import Accord, Foyer, Membre, Papier, Personne
from pleinsdroits.personnes.models.foyer import SUIVENT
from pleinsdroits.portes.agents.etats_aides import etat_montre
from pleinsdroits.portes.agents.etats_du_dossier import etat_d_un_accord, etat_d_un_besoin
from pleinsdroits.portes.agents.etats_relais import etat_de
from pleinsdroits.portes.agents.histoire_du_dossier import Faits, Moment, raconter
from pleinsdroits.portes.agents.lectures_du_dossier import lectures
from pleinsdroits.portes.agents.mots_du_foyer import composition, nom_du_foyer

MONTRES = 5
Horloges = dict[tuple[str, str], list[Echeance]]
VERS = {
    "accueil.relais": "agents:relais",
    "demarches.demarche": "agents:demarche",
    "aides.demande": "agents:aide",
    "parcours.projet": "agents:projet",
}


@dataclass(frozen=True)
class Urgence:
    """Une échéance, en mots et en forme, et où agir."""

    echeance: Echeance
    phrase: str
    genre: str
    icone: str
    vers: str


@dataclass(frozen=True)
class LigneDeBesoin:
    """Un besoin, son état en mots et en forme, et ce qui court pour lui."""

    besoin: Besoin
    etat: Any
    echeance: Echeance | None

    @property
    def dit_le(self) -> dt.date:
        """Le jour, à Paris."""
        return timezone.localtime(self.besoin.dit_le).date()


def entete(foyer: Foyer) -> dict[str, Any]:
    """Ce qui se lit en haut de chaque page d'un dossier : qui, quel numéro, qui protéger. Deux requêtes."""
    membres = membres_de(foyer)
    personnes = [m.personne for m in membres]
    suivie = next((m.personne for m in membres if m.lien == Membre.Lien.DEMANDEUR), personnes[0] if personnes else None)
    return {
        "foyer": foyer,
        "membres": membres,
        "suivie": suivie,
        "nom": nom_du_foyer(membres, foyer),
        "composition": composition(membres, timezone.localdate()),
        "proteges": [p for p in personnes if p.contact_protege],
    }


def membres_de(foyer: Foyer) -> list[Membre]:
    """Qui vit là aujourd'hui, la personne suivie d'abord, avec leurs moyens de contact."""
    lus = foyer.membres.actuels().select_related("personne").prefetch_related("personne__moyens")
    rang = {Membre.Lien.DEMANDEUR: 0, Membre.Lien.CONJOINT: 1}
    return sorted(lus, key=lambda m: (rang.get(Membre.Lien(m.lien), 2), m.personne.naissance or dt.date.max, m.pk))


def page_du_dossier(foyer: Foyer, acteur: Acteur) -> dict[str, Any]:
    """Toute la page (nombre de requêtes constant) ; ``suit`` dit si l'acteur lit tout ou la seule part de l'accueil."""
    suit = acteur.role in SUIVENT
    faits = lire_les_faits(foyer, acteur)
    horloges = horloges_du_dossier(foyer, acteur)
    recit = raconter(faits)
    haut = entete(foyer)
    return {
        **haut,
        "suit": suit,
        "presse": (urgences := presse(horloges, suit))[:MONTRES],
        "presse_en_tout": len(urgences),
        "moyens": list(haut["suivie"].moyens.all()) if haut["suivie"] else [],
        **_besoins(faits, horloges),
        "rendez_vous": _a_venir(faits.rendez_vous),
        "depuis": next((a.du for a in faits.attributions if a.au is None), None),
        "recit": recit[:MONTRES],
        "moments": len(recit),
        "accords": _accords(faits.accords)[:MONTRES],
        "accords_en_tout": len(faits.accords),
        "adresse": foyer.adresses.filter(au__isnull=True).first(),
        "lectures": lectures(foyer, acteur),
        **_aides(foyer, acteur),
        **(_part_de_qui_suit(foyer, acteur, faits, horloges) if suit else {}),
    }


def histoire_entiere(foyer: Foyer, acteur: Acteur) -> list[Moment]:
    """Tout ce qui s'est passé, le plus récent d'abord."""
    return raconter(lire_les_faits(foyer, acteur))


def lire_les_faits(foyer: Foyer, acteur: Acteur) -> Faits:
    """Ce que l'acteur peut lire de ce dossier, une requête par sorte ; l'accueil n'en lit que cinq."""
    suit = acteur.role in SUIVENT
    rendez_vous = RendezVous.objects.visibles_par(acteur).filter(foyer=foyer).select_related("agent", "lieu")
    return Faits(
        foyer=foyer,
        contacts=list(Contact.objects.visibles_par(acteur).filter(foyer=foyer).select_related("agent")),
        besoins=list(Besoin.objects.visibles_par(acteur).filter(foyer=foyer)),
        rendez_vous=list(rendez_vous),
        attributions=list(Attribution.objects.visibles_par(acteur).filter(foyer=foyer).select_related("agent")),
        accords=list(
            Accord.objects.visibles_par(acteur).filter(foyer=foyer).select_related("institution", "recueil", "personne")
        ),
        relais=_relais(foyer, acteur) if suit else [],
        etapes=_etapes(foyer, acteur) if suit else [],
        papiers=list(Papier.objects.visibles_par(acteur).filter(foyer=foyer)) if suit else [],
    )


def horloges_du_dossier(foyer: Foyer, acteur: Acteur) -> Horloges:
    """
    Ce qui court dans le dossier, par objet, le plus pressé d'abord. Qui suit le dossier lit toutes ses échéances, même
    celles d'un collègue ; l'accueil ne lit que les siennes.
    """
    courent = Echeance.objects.en_cours().filter(dossier=foyer.pk)
    if acteur.role not in SUIVENT:
        courent = courent.visibles_par(acteur)
    rangees: Horloges = defaultdict(list)
    for echeance in courent.avec_main().order_by("limite"):
        rangees[(echeance.type_objet, echeance.cle_objet)].append(echeance)
    return rangees


def presse(horloges: Horloges, suit: bool) -> list[Urgence]:
    """Les échéances, la plus pressée d'abord ; ce qui est en pause à la fin ; chacune mène là où l'on agit."""
    maintenant = timezone.now()
    toutes = [e for groupe in horloges.values() for e in groupe]
    tries = sorted(toutes, key=lambda e: (e.etat == Echeance.Etat.SUSPENDUE, e.limite))
    return [Urgence(e, e.phrase(maintenant), *e.forme(maintenant), _vers(e) if suit else "") for e in tries]


def _vers(echeance: Echeance) -> str:
    """L'adresse de ce que chronomètre l'échéance, si c'est un relais ou une démarche."""
    nom = VERS.get(echeance.type_objet)
    return reverse(nom, args=[echeance.cle_objet]) if nom else ""


def _part_de_qui_suit(foyer: Foyer, acteur: Acteur, faits: Faits, horloges: Horloges) -> dict[str, Any]:
    jour = timezone.localdate()
    gardes = [p for p in faits.papiers if p.retire_le is None]
    valables = [p for p in gardes if p.valable_jusqu_au is None or p.valable_jusqu_au >= jour]
    manquants = PapierAttendu.objects.filter(demarche__in=_demarches(foyer, acteur).values("pk"), joint=False)
    return {
        "droits": resume_du_foyer(acteur, foyer),
        "relais": [(r, etat_de(r, _premiere(horloges, r)), _premiere(horloges, r)) for r in faits.relais[:MONTRES]],
        "relais_en_tout": len(faits.relais),
        "papiers": valables,
        "papiers_perimes": len(gardes) - len(valables),
        "manquants": list(dict.fromkeys(manquants.values_list("libelle", flat=True)[:30])),
        "projets": _projets(foyer, acteur),
    }


def _projets(foyer: Foyer, acteur: Acteur) -> list[tuple[Projet, Forme]]:
    """Les projets du foyer, ceux en cours d'abord."""
    lus = Projet.objects.visibles_par(acteur).filter(foyer=foyer).select_related("personne")
    ranges = sorted(lus[:20], key=lambda p: p.etat in Projet.FINIS)
    return [(p, forme_du_projet(p.etat)) for p in ranges[:MONTRES]]


def _aides(foyer: Foyer, acteur: Acteur) -> dict[str, Any]:
    """Les demandes d'aide du foyer que l'acteur peut lire, la plus récente d'abord, avec leur nom et leur état."""
    demandes = list(Demande.objects.visibles_par(acteur).filter(foyer=foyer)[:20])
    noms = noms_des_aides(timezone.localdate()) if demandes else {}
    lignes = [(d, noms.get(d.aide, d.aide), etat_montre(d)) for d in demandes]
    return {"aides": lignes[:MONTRES], "aides_en_tout": len(lignes)}


def _a_venir(rendez_vous: list[RendezVous]) -> list[RendezVous]:
    maintenant = timezone.now()
    return [r for r in rendez_vous if r.etat == RendezVous.Etat.PREVU and r.quand >= maintenant][:3]


def _besoins(faits: Faits, horloges: Horloges) -> dict[str, Any]:
    par_besoin: dict[int, list[Relais]] = defaultdict(list)
    for relais in faits.relais:
        if relais.besoin_id:
            par_besoin[relais.besoin_id].append(relais)
    ouverts = [b for b in faits.besoins if b.etat in Besoin.OUVERTS]
    clos = [b for b in faits.besoins if b.etat not in Besoin.OUVERTS]
    return {
        "besoins": [_ligne(b, par_besoin[b.pk], horloges) for b in ouverts],
        "besoins_clos": [_ligne(b, [], horloges) for b in clos],
    }


def _ligne(besoin: Besoin, relais: list[Relais], horloges: Horloges) -> LigneDeBesoin:
    courent = [e for objet in (besoin, *relais) if (e := _premiere(horloges, objet))]
    echeance = min(courent, key=lambda e: e.limite, default=None)
    return LigneDeBesoin(besoin, etat_d_un_besoin(besoin), echeance)


def _premiere(horloges: Horloges, objet: Any) -> Echeance | None:
    return next(iter(horloges.get((objet._meta.label_lower, str(objet.pk)), [])), None)


def _accords(accords: list[Accord]) -> list[tuple[Accord, Any]]:
    """Ce qui vaut d'abord, puis ce qui finit, puis le reste."""
    jour = timezone.localdate()
    rang = {"a_renouveler": 0, "actif": 1, "fini": 2, "retire": 3}
    tries = sorted(accords, key=lambda a: (rang[a.etat(jour)], a.au))
    return [(a, etat_d_un_accord(a, jour)) for a in tries]


def _relais(foyer: Foyer, acteur: Acteur) -> list[Relais]:
    return list(Relais.objects.visibles_par(acteur).filter(foyer=foyer).select_related("institution", "foyer"))


def _demarches(foyer: Foyer, acteur: Acteur) -> Any:
    return Demarche.objects.visibles_par(acteur).filter(foyer=foyer)


def _etapes(foyer: Foyer, acteur: Acteur) -> list[EtapeFranchie]:
    lues = EtapeFranchie.objects.filter(demarche__in=_demarches(foyer, acteur).values("pk"))
    return list(lues.select_related("demarche"))


def personne_du(foyer: Foyer, acteur: Acteur, pk: int) -> Personne | None:
    """La personne ``pk`` si elle vit, ou a vécu, dans ce foyer et que l'acteur peut la lire."""
    visibles = Personne.objects.visibles_par(acteur).filter(appartenances__foyer=foyer, pk=pk)
    return visibles.prefetch_related("moyens").distinct().first()
