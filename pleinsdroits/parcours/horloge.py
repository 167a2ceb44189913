"""L'horloge d'un projet : premier entretien, acceptation, bilan ; en pause quand le projet l'est."""

from typing import Any

from django.utils.translation import gettext as _

from pleinsdroits.echeances import horloge
from pleinsdroits.echeances.calendrier import fin_de_journee
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.parcours.models import EtatProjet, Projet

E, MAIN = EtatProjet, Echeance.Main
ENTRETIEN, ACCEPTER, BILAN = "projet.premier_entretien", "projet.accepte", "projet.bilan"


def regler_l_horloge(projet: Projet) -> None:
    """Arme l'étape où en est le projet, tient celles qu'il a passées. S'appelle dans l'acte qui vient de le changer."""
    etat = EtatProjet(projet.etat)
    if etat == E.SUSPENDU:
        for genre in (ACCEPTER, BILAN):
            horloge.suspendre(projet, genre, _("Projet en pause"))
    elif etat == E.DEMANDE:
        quoi = _("Tenir le premier entretien d’un projet")
        horloge.armer(ENTRETIEN, projet, quoi=quoi, main=MAIN.VILLE, debut=projet.demande_le, **_suivi(projet))
    elif etat in (E.CONSTRUCTION, E.PROPOSE):
        horloge.tenir(projet, ENTRETIEN, le=projet.premier_entretien_le)
        _attendre_l_accord(projet, etat)
    elif etat == E.ACCEPTE:
        horloge.tenir(projet, ACCEPTER)
        _attendre_le_bilan(projet)
    else:
        _finir(projet, etat)


def bilan_fait(projet: Projet) -> None:
    """Le bilan est fait ; le suivant court jusqu'à sa date."""
    horloge.tenir(projet, BILAN)
    _attendre_le_bilan(projet)


def _attendre_l_accord(projet: Projet, etat: EtatProjet) -> None:
    """La même étape, de l'entretien à l'acceptation : la main passe à la personne quand elle a de quoi lire."""
    court = Echeance.objects.sur(projet).en_cours().filter(genre=ACCEPTER).exists()
    debut = None if court or projet.accepte_le else projet.premier_entretien_le
    propose = etat == E.PROPOSE
    quoi = _("Lire le projet et dire si c’est d’accord") if propose else _("Construire un projet avec la personne")
    main = MAIN.PERSONNE if propose else MAIN.VILLE
    horloge.armer(ACCEPTER, projet, quoi=quoi, main=main, debut=debut, **_suivi(projet))
    if Echeance.objects.sur(projet).en_cours().filter(genre=BILAN).exists():
        horloge.reprendre(projet, BILAN)


def _attendre_le_bilan(projet: Projet) -> None:
    limite = fin_de_journee(projet.bilan_prevu_le) if projet.bilan_prevu_le else None
    quoi = _("Faire le bilan d’un projet")
    horloge.armer(BILAN, projet, quoi=quoi, main=MAIN.VILLE, limite=limite, **_suivi(projet))


def _finir(projet: Projet, etat: EtatProjet) -> None:
    if etat == E.TERMINE:
        horloge.tenir(projet, BILAN)
    horloge.annuler_tout(projet)


def _suivi(projet: Projet) -> dict[str, Any]:
    foyer = projet.foyer
    return {
        "responsable": foyer.interlocuteur if foyer else None,
        "remplacant": foyer.remplacant if foyer else None,
        "dossier": foyer.pk if foyer else None,
        "personne": projet.personne_id,
    }
