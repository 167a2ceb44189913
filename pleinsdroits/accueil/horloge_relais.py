"""L'horloge d'un relais : à qui c'est d'agir, et jusqu'à quand. Tout appel à ``echeances`` pour un relais passe par ici."""

from pleinsdroits.accueil.models import Relais
from pleinsdroits.comptes.acteur import Acteur


def attendre_la_reponse(relais: Relais, *, par: Acteur) -> None:
    """Le partenaire a la main : cinq jours ouvrés pour répondre."""


def suivre_la_reponse(relais: Relais, *, par: Acteur) -> None:
    """Pris en charge : le partenaire garde la main. Sinon, elle revient à l'interlocuteur, ou l'horloge s'arrête."""


def finir(relais: Relais, *, par: Acteur) -> None:
    """Le relais est clos."""


def annuler(relais: Relais, *, par: Acteur) -> None:
    """Le relais s'arrête : plus rien n'est attendu."""


def appeler_pour_l_avis(relais: Relais, *, par: Acteur) -> None:
    """L'interlocuteur a la main : appeler la personne pour son avis."""


def avis_donne(relais: Relais, *, par: Acteur, a_reprendre: bool) -> None:
    """L'avis est là ; s'il contredit la clôture, l'interlocuteur reprend la main."""
