"""L'attente de la réponse : d'où part le délai, quand il finit, et ce que vaut alors le silence."""

from dataclasses import dataclass
from datetime import date, timedelta

from pleinsdroits.demarches.delais import RegleDeSilence, delais
from pleinsdroits.demarches.faits import FaitsDeDemarche
from pleinsdroits.demarches.jours import ajouter
from pleinsdroits.droits.fiche import Fiche
from pleinsdroits.droits.textes import Phrase, jour_long, phrase
from pleinsdroits.droits.textes import marque as _


@dataclass(frozen=True)
class Attente:
    """
    Le silence d'une démarche : ``jour`` où il produit son effet (``None`` : pas encore calculable), son ``sens``,
    l'``article``, et les ``raisons`` du calcul. ``sens`` vide : la fiche ne le sait pas.
    """

    sens: str = ""
    jour: date | None = None
    article: str = ""
    certain: bool = True
    raisons: tuple[Phrase, ...] = ()

    def acquis(self, au: date) -> bool:
        """Vrai si le délai est fini le jour ``au`` : le silence a parlé."""
        return self.jour is not None and self.jour < au


def attente(fiche: Fiche, faits: FaitsDeDemarche) -> Attente:
    """Ce que vaut le silence pour ``fiche``, et quel jour (CRPA, articles L114-3 et L114-5, et l'article de la règle)."""
    regle, connu = delais().silence(fiche), fiche.silence.connu
    if connu is None:
        return Attente()
    article = str(regle.reference) if regle else ""
    sure = regle is not None and regle.sure
    depart, retenue, raisons, compte_sur = _depart(faits, connu.sens, regle)
    if depart is None:
        return Attente(connu.sens, None, article, sure and compte_sur, raisons)
    fin = ajouter(depart, mois=connu.apres_mois, semaines=connu.apres_semaines)
    jour, pause, pause_sure = _avec_pause(fin, faits) if retenue else (fin, (), True)
    certain = sure and compte_sur and pause_sure and faits.reception_prouvee
    return Attente(connu.sens, jour, article, certain, raisons + pause)


def _depart(
    faits: FaitsDeDemarche, sens: str, regle: RegleDeSilence | None
) -> tuple[date | None, bool, tuple[Phrase, ...], bool]:
    """Le jour de départ, s'il faut compter les pauses, les raisons, et si ce départ est sûr."""
    recue = faits.reception
    if recue is None:
        return None, False, (), True
    preuve = () if faits.reception_prouvee else (_sans_preuve(),)
    if sens == "refus" and (regle is None or regle.depart == "reception"):
        return recue, True, preuve + (_part_de(recue, "reception"),), True
    complet = _dossier_complet(faits, recue)
    if complet is None:
        return None, False, (_attend_les_papiers(),), True
    return complet, False, preuve + (_part_de(complet, "incomplet"),), True


def _dossier_complet(faits: FaitsDeDemarche, recue: date) -> date | None:
    """Sans papier réclamé, le dossier est complet le jour où l'administration compétente le reçoit (CRPA, L114-3)."""
    recue = max(recue, faits.transmise_le or recue)
    if faits.completee_le:
        return max(faits.completee_le, recue)
    return None if faits.incomplete_le else recue


def _avec_pause(fin: date, faits: FaitsDeDemarche) -> tuple[date | None, tuple[Phrase, ...], bool]:
    """
    Pour un refus : les papiers réclamés arrêtent le délai jusqu'à leur envoi, ou jusqu'à la date donnée (CRPA, L114-5).
    Réclamés après la fin du délai, ils ne changent rien.
    """
    debut = faits.incomplete_le
    if debut is None or debut > fin:
        return fin, (), True
    regle = delais().generales["incomplet"]
    reprises = [j for j in (faits.completee_le, faits.pieces_attendues_le) if j]
    if not reprises:
        return None, (_attend_les_papiers(),), regle.sure
    jours = max((min(reprises) - debut).days, 0)
    raison = phrase(
        _("Le délai s’est arrêté {jours} jours, le temps d’envoyer les papiers ({article})."),
        jours=jours,
        article=regle.reference,
    )
    return fin + timedelta(days=jours), (raison,), regle.sure


def _part_de(jour: date, regle: str) -> Phrase:
    return phrase(_("Le délai part du {jour} ({article})."), jour=jour_long(jour), article=_article(regle))


def _attend_les_papiers() -> Phrase:
    return phrase(
        _("Le délai attend les papiers demandés. Notez le jour où vous les envoyez ({article})."),
        article=_article("incomplet"),
    )


def _sans_preuve() -> Phrase:
    return phrase(
        _("La date de réception n’est pas prouvée. Demandez un accusé de réception ({article})."),
        article=_article("accuse_du"),
    )


def _article(regle: str) -> str:
    return str(delais().generales[regle].reference)
