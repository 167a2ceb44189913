"""À qui, dans le foyer, revient chaque droit d'un bilan : deux adultes ont chacun leurs démarches."""

from pleinsdroits.droits.situation.modele import Situation, age
from pleinsdroits.personnes.models import Membre, Personne, SituationDatee

MAJORITE = 18


def destinataires(situation: SituationDatee) -> dict[str, Personne]:
    """
    Par identifiant de la situation, la personne du dossier qui demandera. Celle qui a dit la situation demande pour elle,
    pour les enfants mineurs, et pour qui n'a pas (ou plus) de nom dans le dossier.
    """
    lue = situation.situation_lue()
    adultes = _adultes_du_dossier(situation)
    return {p.id: _qui(p.id, lue, situation, adultes) for p in lue.personnes}


def celui_qui_demande(pour: tuple[str, ...], connus: dict[str, Personne], situation: SituationDatee) -> Personne:
    """Parmi les personnes ``pour`` d'un résultat : celle qui a dit la situation si elle en est, sinon la première."""
    trouves = [connus[ident] for ident in pour if ident in connus]
    if not trouves or situation.personne in trouves:
        return situation.personne
    return trouves[0]


def _adultes_du_dossier(situation: SituationDatee) -> dict[object, Personne]:
    membres = Membre.objects.actuels().filter(foyer=situation.foyer_id).exclude(lien=Membre.Lien.ENFANT)
    siens = membres.select_related("personne").order_by("-pk")
    return {m.personne.naissance: m.personne for m in siens if m.personne_id != situation.personne_id}


def _qui(ident: str, lue: Situation, situation: SituationDatee, adultes: dict) -> Personne:
    personne = lue.personne(ident)
    if ident == lue.demandeur.id or age(personne, situation.jour) < MAJORITE:
        return situation.personne
    return adultes.get(personne.naissance, situation.personne)
