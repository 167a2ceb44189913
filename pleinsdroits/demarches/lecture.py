"""Ce que l'on lit des démarches d'un foyer : trois chiffres, une ligne par droit, la prochaine date."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.demarches.models import Demarche, Mouvement
from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.personnes.models import Foyer

E = Demarche.Etat
FORMES = {
    E.DETECTEE: ("manque", "question"),
    E.EXPLIQUEE: ("manque", "question"),
    E.PREPAREE: ("manque", "question"),
    E.DEPOSEE: ("probable", "demi"),
    E.COMPLETE: ("probable", "demi"),
    E.ACCORDEE: ("ouvert", "plein"),
    E.PAYEE: ("ouvert", "plein"),
    E.REFUSEE: ("non", "barre"),
    E.CONTESTEE: ("probable", "demi"),
    E.ECARTEE: ("non", "pause"),
    E.CLOSE: ("non", "barre"),
}
DEMANDEES = (E.DEPOSEE, E.COMPLETE, E.ACCORDEE, E.PAYEE, E.REFUSEE, E.CONTESTEE)
OBTENUES = (E.ACCORDEE, E.PAYEE)


@dataclass(frozen=True)
class LigneDeDroit:
    """Une démarche en une ligne : le droit, son montant (€/mois, ou une fois), où elle en est, sa prochaine date."""

    cle: int
    droit: str
    nom: str
    montant: Decimal | None
    une_fois: bool
    mot: str
    genre: str
    icone: str
    date: dt.date | None
    phrase: str
    etat: str = ""
    a_verifier: bool = False


@dataclass(frozen=True)
class ResumeDesDroits:
    """
    Trouvé, demandé, obtenu, en euros par mois ; une ligne par démarche : les droits sûrs que personne n'a expliqués, puis
    les plus pressés ; ce qui est fini à la fin. Ce qui est seulement probable a sa ligne et ne compte pas.
    """

    detecte: Decimal
    demande: Decimal
    accorde: Decimal
    lignes: list[LigneDeDroit]


def resume_du_foyer(acteur: Acteur, foyer: Foyer) -> ResumeDesDroits:
    """Les démarches de ``foyer`` que l'acteur peut lire. Deux requêtes, quel que soit leur nombre."""
    demarches = list(Demarche.objects.visibles_par(acteur).filter(foyer=foyer))
    dates = _prochaines_dates(demarches)
    lignes = [ligne_de(d, dates.get(str(d.pk))) for d in demarches]
    lignes.sort(key=_ordre)
    mensuelles = [d for d in demarches if d.periodicite != "une_fois" and d.etat not in (E.ECARTEE, E.CLOSE)]
    return ResumeDesDroits(
        detecte=_somme(d.montant_detecte for d in mensuelles if not d.a_verifier or d.etat != E.DETECTEE),
        demande=_somme(d.montant_demande for d in mensuelles if d.etat in DEMANDEES),
        accorde=_somme(d.montant_accorde for d in mensuelles if d.etat in OBTENUES),
        lignes=lignes,
    )


def ligne_de(demarche: Demarche, echeance: Echeance | None = None) -> LigneDeDroit:
    """La ligne d'une démarche et de l'échéance qui court sur elle."""
    fiche = catalogue(settings.VILLE).get(demarche.droit)
    genre, icone = FORMES[E(demarche.etat)]
    mot = str(demarche.get_etat_display()).capitalize()
    if demarche.etat in Demarche.ATTENDENT and echeance and echeance.genre == "demarches.recours":
        mot, genre, icone = _("Refus, faute de réponse"), "non", "barre"
    montants = (demarche.montant_accorde, demarche.montant_demande, demarche.montant_detecte)
    return LigneDeDroit(
        cle=demarche.pk,
        droit=demarche.droit,
        nom=fiche.nom if fiche else demarche.droit,
        montant=next((m for m in montants if m is not None), None),
        une_fois=demarche.periodicite == "une_fois",
        mot=mot,
        genre=genre,
        icone=icone,
        date=timezone.localtime(echeance.limite).date() if echeance else None,
        phrase=echeance.au_dela or echeance.phrase(timezone.now()) if echeance else "",
        etat=demarche.etat,
        a_verifier=demarche.a_verifier and demarche.etat == E.DETECTEE,
    )


def _prochaines_dates(demarches: list[Demarche]) -> dict[str, Echeance]:
    cles = [str(d.pk) for d in demarches]
    courent = Echeance.objects.en_cours().filter(type_objet=Demarche._meta.label_lower, cle_objet__in=cles)
    return {e.cle_objet: e for e in courent.order_by("-limite")}


def lignes_des_mouvements(mouvements: Iterable[Mouvement]) -> list[tuple[Mouvement, str]]:
    """Chaque mouvement et le nom du droit."""
    fiches = catalogue(settings.VILLE)
    return [(m, fiches[m.droit].nom if m.droit in fiches else m.droit) for m in mouvements]


def _ordre(ligne: LigneDeDroit) -> tuple:
    rang = 0 if ligne.etat == E.DETECTEE and not ligne.a_verifier else 3 if ligne.etat in Demarche.FINIES else 1
    return (2 if ligne.a_verifier else rang, ligne.date or dt.date.max, -(ligne.montant or 0), ligne.nom)


def _somme(montants: Iterable[Decimal | None]) -> Decimal:
    return sum((m for m in montants if m is not None), Decimal(0))
