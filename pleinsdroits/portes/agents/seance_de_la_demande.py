"""Sur la page d'une demande : la séance où elle passe, la décision prise, la lettre ; et ce que l'agent peut en faire."""

from dataclasses import dataclass

from pleinsdroits.aides.models import Decision, Demande, EtatDemande, EtatSeance, Inscription, Seance
from pleinsdroits.aides.roles import NOTIFIENT, TIENNENT_LES_SEANCES
from pleinsdroits.comptes.acteur import Acteur

S_INSCRIVENT = (EtatDemande.INSTRUITE, EtatDemande.AJOURNEE)


@dataclass(frozen=True)
class SeanceDeLaDemande:
    """``a_inscrire`` : elle est étudiée et n'attend qu'une séance ; ``prochaines`` : celles où l'inscrire."""

    inscription: Inscription | None
    decision: Decision | None
    a_inscrire: bool
    prochaines: list[Seance]
    tient: bool
    notifie: bool

    @property
    def vide(self) -> bool:
        """Rien à montrer : la demande n'en est pas là."""
        return self.inscription is None and self.decision is None and not self.a_inscrire

    @property
    def a_envoyer(self) -> bool:
        return self.notifie and self.decision is not None and self.decision.notifiee_le is None


def seance_de_la_demande(demande: Demande, acteur: Acteur) -> SeanceDeLaDemande:
    """La dernière inscription, la décision en vigueur. Trois requêtes au plus."""
    tient = acteur.role in TIENNENT_LES_SEANCES
    a_inscrire = tient and demande.etat in S_INSCRIVENT
    return SeanceDeLaDemande(
        inscription=demande.inscriptions.select_related("seance").order_by("-pk").first(),
        decision=demande.decisions.filter(annulee_le__isnull=True).select_related("edition").first(),
        a_inscrire=a_inscrire,
        prochaines=_prochaines(acteur) if a_inscrire else [],
        tient=tient,
        notifie=acteur.role in NOTIFIENT,
    )


def _prochaines(acteur: Acteur) -> list[Seance]:
    ouvertes = (EtatSeance.CREEE, EtatSeance.CONVOQUEE)
    return list(Seance.objects.visibles_par(acteur).filter(etat__in=ouvertes).order_by("prevue_le")[:5])
