"""Le dossier d'une seule personne, à imprimer : ce qu'elle lirait d'elle-même, jamais ce qui concerne un autre adulte."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.accueil.models import Besoin, Contact, Relais, RendezVous
from pleinsdroits.accueil.repondants import qui_repond
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.demarches.lecture import resume_du_foyer
from pleinsdroits.personnes.models import Accord, Foyer, Papier, Personne
from pleinsdroits.personnes.models.foyer import SUIVENT
from pleinsdroits.portes.agents.etats_du_dossier import etat_d_un_accord, etat_d_un_besoin, etat_d_un_papier
from pleinsdroits.portes.agents.etats_relais import etat_de

POUR_TOUS = [
    ("besoins", _("Ses besoins")),
    ("rendez_vous", _("Ses rendez-vous")),
    ("accords", _("Ce qu’elle autorise")),
    ("contacts", _("Ses contacts avec nous")),
]
POUR_QUI_SUIT = [
    ("droits", _("Ses droits et démarches")),
    ("relais", _("Ses relais")),
    ("papiers", _("Ses papiers")),
]


def sections_de(acteur: Acteur) -> list[tuple[str, Any]]:
    """Ce que l'acteur peut imprimer."""
    return [*POUR_TOUS, *(POUR_QUI_SUIT if acteur.role in SUIVENT else [])]


def feuille(foyer: Foyer, personne: Personne, acteur: Acteur, sections: list[str]) -> dict[str, Any]:
    """Ce que l'acteur peut lire **et** que la personne pourrait lire d'elle-même, pour les ``sections`` choisies."""
    elle, jour = Acteur.personne(str(personne.pk)), timezone.localdate()

    def siens(modele: Any) -> Any:
        return modele.objects.visibles_par(acteur).visibles_par(elle).filter(foyer=foyer, personne=personne)

    lire = {
        "besoins": lambda: [(b, etat_d_un_besoin(b)) for b in siens(Besoin)],
        "rendez_vous": lambda: list(siens(RendezVous).a_venir().select_related("agent", "lieu")),
        "accords": lambda: [(a, etat_d_un_accord(a, jour)) for a in siens(Accord).select_related("institution")],
        "contacts": lambda: list(siens(Contact)[:50]),
        "droits": lambda: resume_du_foyer(elle, foyer),
        "relais": lambda: [(r, etat_de(r)) for r in siens(Relais).select_related("institution")],
        "papiers": lambda: [(p, etat_d_un_papier(p, jour)) for p in siens(Papier).gardes()],
    }
    permises = [cle for cle, _nom in sections_de(acteur) if cle in sections]
    return {
        "foyer": foyer,
        "personne": personne,
        "repondant": qui_repond(foyer, jour),
        "sections": permises,
        **{cle: lire[cle]() for cle in permises},
    }
