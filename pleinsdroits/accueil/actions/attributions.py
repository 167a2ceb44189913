"""Qui répond du dossier : confier, noter une absence, tenir sa fiche."""

import datetime as dt
from collections.abc import Collection

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.accueil.candidats import PEUVENT_SUIVRE
from pleinsdroits.accueil.models import RECOIVENT, Absence, Attribution, FicheInterlocuteur
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Agent, Role
from pleinsdroits.echeances import horloge
from pleinsdroits.journal.actes import acte
from pleinsdroits.personnes.models import SUJETS, Foyer, Langue

ORGANISENT = (*RECOIVENT, Role.COORDINATION)
POUR_AUTRUI = (Role.ACCUEIL, Role.COORDINATION)


@acte("accueil.attribuer", roles=RECOIVENT)
def attribuer(
    foyer: Foyer,
    *,
    par: Acteur,
    agent: Agent,
    remplacant: Agent | None = None,
    raison: str,
    mots: str = "",
    lue: int | None = None,
) -> None:
    """
    Confie le dossier à ``agent`` : la précédente attribution finit, tout ce qui court lui passe.

    Lève ``ValidationError`` si l'un ne peut pas suivre de dossier, si les deux sont le même, ou si la raison manque ;
    ``Conflit`` si la page lue a changé.
    """
    foyer.changer(lue)
    _peut_suivre("agent", agent)
    if remplacant is not None:
        _peut_suivre("remplacant", remplacant)
    if remplacant == agent:
        raise ValidationError({"remplacant": _("Le remplaçant est quelqu’un d’autre que l’interlocuteur.")})
    neuve = Attribution(foyer=foyer, agent=agent, remplacant=remplacant, raison=raison, mots=mots.strip())
    neuve.personne = foyer.demandeur()
    neuve.full_clean(exclude=["foyer", "personne"], validate_constraints=False)
    Attribution.objects.filter(foyer=foyer, au__isnull=True).update(au=timezone.now())
    neuve.save()
    foyer.interlocuteur, foyer.remplacant = agent, remplacant
    foyer.save()
    horloge.confier(foyer.pk, responsable=agent, remplacant=remplacant)


@acte("accueil.noter_une_absence", roles=ORGANISENT)
def noter_une_absence(objet: None, *, par: Acteur, agent: Agent, du: dt.date, au: dt.date) -> Absence:
    """
    Du premier au dernier jour compris : le remplaçant répond. Chacun note les siennes ; l'accueil et la coordination,
    celles de tous. Lève ``ValidationError`` si la fin précède le début ou si une absence couvre déjà ces jours.
    """
    _pour_soi_ou_autrui(par, agent)
    if au < du:
        raise ValidationError({"au": _("Le dernier jour est avant le premier.")})
    if Absence.objects.filter(agent=agent, du__lte=au, au__gte=du).exists():
        raise ValidationError({"du": _("Une absence est déjà notée sur ces jours.")})
    return Absence.objects.create(agent=agent, du=du, au=au)


@acte("accueil.annuler_une_absence", roles=ORGANISENT)
def annuler_une_absence(absence: Absence, *, par: Acteur) -> None:
    """L'absence n'a plus lieu, ou finit hier si elle est commencée."""
    _pour_soi_ou_autrui(par, absence.agent)
    hier = timezone.localdate() - dt.timedelta(days=1)
    if absence.du <= hier:
        absence.au = min(absence.au, hier)
        absence.save()
    else:
        Absence.objects.filter(pk=absence.pk).delete()


@acte("accueil.tenir_sa_fiche", roles=PEUVENT_SUIVRE)
def tenir_sa_fiche(
    objet: None,
    *,
    par: Acteur,
    telephone: str,
    heures: str = "",
    langues: Collection[str] = (),
    sujets: Collection[str] = (),
    dossiers_au_plus: int = 60,
    remplacant: Agent | None = None,
) -> FicheInterlocuteur:
    """La fiche de ``par`` : ce que lit la personne, ce qui sert à choisir. Lève ``ValidationError`` si un champ est faux."""
    fiche = FicheInterlocuteur.objects.select_for_update().filter(agent=int(par.identifiant)).first()
    fiche = fiche or FicheInterlocuteur(agent_id=int(par.identifiant))
    _connus("langues", langues, Langue.values)
    _connus("sujets", sujets, [valeur for valeur, _nom in SUJETS])
    if remplacant is not None:
        _peut_suivre("remplacant", remplacant)
        if par.est(remplacant):
            raise ValidationError({"remplacant": _("Votre remplaçant est quelqu’un d’autre que vous.")})
    fiche.telephone, fiche.heures, fiche.remplacant = telephone.strip(), heures.strip(), remplacant
    fiche.langues, fiche.sujets, fiche.dossiers_au_plus = list(langues), list(sujets), dossiers_au_plus
    fiche.full_clean(exclude=["agent"])
    fiche.save()
    return fiche


def _peut_suivre(champ: str, agent: Agent) -> None:
    if agent.role not in PEUVENT_SUIVRE or not agent.is_active:
        raise ValidationError({champ: _("%(agent)s ne peut pas suivre de dossier.") % {"agent": agent}})


def _pour_soi_ou_autrui(par: Acteur, agent: Agent) -> None:
    if not par.est(agent) and par.role not in POUR_AUTRUI:
        raise PermissionDenied("Chacun note ses absences.")


def _connus(champ: str, choisis: Collection[str], permis: Collection[str]) -> None:
    inconnus = set(choisis) - set(permis)
    if inconnus:
        raise ValidationError({champ: _("Choix inconnu : %(valeur)s.") % {"valeur": ", ".join(sorted(inconnus))}})
