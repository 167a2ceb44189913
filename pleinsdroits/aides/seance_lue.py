"""Ce qu'on lit d'une séance pour la tenir : qui siège, qui est là, le quorum, qui préside. N'écrit rien."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.aides.models import Demande, EtatSeance, Inscription, MembreDeLInstance, Presence, Seance
from pleinsdroits.aides.regles.quorum import Passage, Quorum, presents_a, quorum
from pleinsdroits.aides.regles.textes_de_seance import en_vigueur, regles_de_seance
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.droits.reglement.modele import Aide

Q = MembreDeLInstance.Qualite
AGE_INCONNU = 10_000  # après tous les rangs d'âge connus
PRESIDENT_D_ABORD = (Q.PRESIDENT, Q.VICE_PRESIDENT)
# On y note qui est là, et qui vote pour qui.
SE_POINTE = (EtatSeance.CONVOQUEE, EtatSeance.QUORUM_VERIFIE, EtatSeance.EN_SEANCE)
A_VOTER = (Inscription.Etat.A_PREPARER, Inscription.Etat.PUBLIEE)


def jour_de(seance: Seance) -> dt.date:
    """Le jour de Paris où se tient la séance."""
    return timezone.localdate(seance.prevue_le)


def membres_en_exercice(seance: Seance) -> list[MembreDeLInstance]:
    """Ceux dont le mandat court le jour de la séance, dans l'ordre où ils présideraient."""
    membres = MembreDeLInstance.objects.au(jour_de(seance)).filter(instance=seance.instance)
    return sorted(membres.select_related("agent"), key=rang_de_presidence)


def quorum_de(seance: Seance, inscription: Inscription | None = None, *, le: dt.datetime | None = None) -> Quorum:
    """
    Le quorum à l'instant ``le`` (maintenant), de la séance, ou d'une de ses affaires : un membre retiré n'y compte pas.
    Deux à quatre requêtes.
    """
    instant = le or timezone.now()
    en_exercice = membres_en_exercice(seance)
    siegent = {m.pk for m in en_exercice}
    la = [p for p in seance.presences.all() if p.arrive_le and p.membre_id in siegent]
    passages = {p.membre_id: Passage(p.arrive_le, p.parti_le) for p in la if p.arrive_le}
    presents = {cle for cle, passage in passages.items() if presents_a([passage], instant)}
    retires = set(inscription.retraits.values_list("membre_id", flat=True)) & presents if inscription else set()
    regle = en_vigueur(regles_de_seance().quorum, jour_de(seance))
    seconde = len(presents) < len(en_exercice) // 2 + 1 and seconde_convocation(seance)
    return quorum(len(en_exercice), len(presents), regle, retires=len(retires), seconde=seconde)


def seconde_convocation(seance: Seance) -> bool:
    """
    La séance convoquée juste avant, de la même instance, n'a pas pu se tenir faute de quorum : des présences y ont été
    pointées, et elle a été annulée. On délibère alors quel que soit le nombre des présents (CASF R123-17).
    """
    avant = Seance.objects.filter(
        instance=seance.instance, prevue_le__lt=seance.prevue_le, convoquee_le__isnull=False
    ).order_by("-prevue_le")
    precedente = avant.first()
    if precedente is None or precedente.etat != EtatSeance.ANNULEE:
        return False
    if seance.convoquee_le is None or seance.convoquee_le <= precedente.prevue_le:
        return False
    pointees = precedente.presences.exclude(etat=Presence.Etat.CONVOQUE)
    presents = pointees.filter(etat=Presence.Etat.PRESENT).count()
    return pointees.exists() and presents < len(membres_en_exercice(precedente)) // 2 + 1


def qui_preside(seance: Seance) -> MembreDeLInstance | None:
    """
    Le président s'il est là, sinon le vice-président, sinon le plus ancien des présents, et à ancienneté égale le plus âgé
    (CASF R123-18). La maison ne connaît que le rang d'âge ; s'il n'est pas rempli, elle prend le premier nommé.
    """
    presents = seance.presences.filter(etat=Presence.Etat.PRESENT).select_related("membre")
    membres = [p.membre for p in presents]
    return min(membres, key=rang_de_presidence, default=None)


def rang_de_presidence(membre: MembreDeLInstance) -> tuple[int, dt.date, int, int]:
    """L'ordre où les membres présideraient : président, vice-président, puis le plus ancien, puis le plus âgé."""
    qualite = Q(membre.qualite)
    rang = PRESIDENT_D_ABORD.index(qualite) if qualite in PRESIDENT_D_ABORD else len(PRESIDENT_D_ABORD)
    return rang, membre.du, membre.rang_d_age or AGE_INCONNU, membre.pk


def aide_de(demande: Demande) -> Aide | None:
    """L'aide, dans l'édition du règlement qui a servi à l'étude ; ``None`` si elle n'y est plus."""
    aides = demande.edition.lu().aides if demande.edition else ()
    return next((a for a in aides if a.id == demande.aide), None)


def membre_de(seance: Seance, acteur: Acteur) -> MembreDeLInstance:
    """Le mandat de l'``acteur`` dans l'instance de la séance. Lève ``ValidationError`` s'il n'y siège pas."""
    siens = MembreDeLInstance.objects.au(jour_de(seance)).filter(instance=seance.instance)
    membre = siens.filter(agent=int(acteur.identifiant)).first()
    if membre is None:
        raise ValidationError(_("Vous ne siégez pas dans cette instance : vous ne votez pas à cette séance."))
    return membre


def exiger_le_quorum(lu: Quorum) -> None:
    """Lève ``ValidationError``, qui dit combien il en manque, si l'on ne peut pas délibérer."""
    if lu.atteint:
        return
    mots = {"n": lu.comptes, "total": lu.en_exercice, "requis": lu.requis}
    if lu.retires:
        texte = _(
            "Sans les membres retirés, le quorum n’est pas atteint pour cette demande (%(n)s sur %(total)s, il en faut "
            "%(requis)s). Ajournez-la."
        )
    else:
        texte = _("Le quorum n’est pas atteint (%(n)s sur %(total)s, il en faut %(requis)s). Le vote est suspendu.")
    raise ValidationError(texte % mots)
