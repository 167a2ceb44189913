"""La vie d'un projet accepté : le point fait ensemble, la pause, la reprise, la fin que la personne juge, ou l'arrêt."""

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.accueil.perimetre import agent_de
from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.journal.actes import acte
from pleinsdroits.parcours.avancer import chronometrer, enregistrer, franchir
from pleinsdroits.parcours.ecrire import LONGUEUR, retirer_la_proposition, texte
from pleinsdroits.parcours.horloge import bilan_fait
from pleinsdroits.parcours.models import BilanDeProjet, EtatProjet, Projet, Retour
from pleinsdroits.parcours.reperes import repere
from pleinsdroits.parcours.roles import AVEC_LA_PERSONNE, TIENNENT
from pleinsdroits.personnes.contacts import toucher

E = EtatProjet


@acte("parcours.faire_le_bilan", roles=TIENNENT)
def faire_le_bilan(
    projet: Projet, *, par: Acteur, mots: str, prochain_le: dt.date, le: dt.date | None = None, lue: int | None = None
) -> BilanDeProjet:
    """
    Le point fait ensemble le jour ``le`` (aujourd'hui), dans les mots de la personne, et la date du suivant. Lève
    ``ValidationError`` : projet pas accepté, rien d'écrit, dates impossibles.
    """
    if projet.etat != E.ACCEPTE:
        raise ValidationError(_("Un bilan se fait sur un projet accepté et en cours."))
    net, jour = texte("mots", mots, _("Notez ce qu’elle en dit.")), le or timezone.localdate()
    _verifier_les_dates(projet, jour, prochain_le)
    projet.changer(lue)
    projet.bilan_prevu_le = prochain_le
    projet.premier_bilan_le = projet.premier_bilan_le or timezone.now()
    enregistrer(projet)
    chronometrer(projet)
    bilan_fait(projet)
    if projet.foyer:
        toucher(projet.foyer, jour)
    return BilanDeProjet.objects.create(projet=projet, le=jour, mots=net, prochain_le=prochain_le, agent=agent_de(par))


@acte("parcours.suspendre", roles=AVEC_LA_PERSONNE)
def suspendre(projet: Projet, *, par: Acteur, raison: str = "", lue: int | None = None) -> None:
    """
    La personne a besoin d'une pause : les délais s'arrêtent. Lève ``ValidationError`` : rien à suspendre, ou raison absente
    quand c'est la ville qui l'écrit (la personne, elle, ne se justifie pas).
    """
    net = _pourquoi(raison, par, _("Dites pourquoi : la personne le lira."))
    projet.changer(lue)
    projet.raison, projet.etat_avant = net, projet.etat
    franchir(projet, "suspendre", par)


@acte("parcours.reprendre", roles=AVEC_LA_PERSONNE)
def reprendre(projet: Projet, *, par: Acteur, lue: int | None = None) -> None:
    """On reprend là où l'on en était ; ce qui était daté par la ville recule d'autant. Lève ``ValidationError``."""
    projet.changer(lue)
    jours = (timezone.localdate() - timezone.localtime(projet.suspendu_le).date()).days if projet.suspendu_le else 0
    if projet.etat == E.SUSPENDU:
        projet.jours_de_pause += jours
        if projet.bilan_prevu_le:
            projet.bilan_prevu_le += dt.timedelta(days=jours)
    franchir(projet, "reprendre", par)
    projet.raison, projet.etat_avant, projet.suspendu_le = "", "", None
    enregistrer(projet)


@acte("parcours.terminer", roles=TIENNENT)
def terminer(
    projet: Projet,
    *,
    par: Acteur,
    resultat: str = "",
    reponses: Mapping[str, str] | None = None,
    mots: str = "",
    lue: int | None = None,
) -> None:
    """
    Le projet est fini. La personne dit ce qu'il en est (``resultat``, ``reponses`` : question, réponse) ; sans
    ``resultat``, elle pourra encore le dire depuis son dossier. Lève ``ValidationError`` : projet pas accepté, réponse inconnue.
    """
    projet.changer(lue)
    projet.premier_bilan_le = projet.premier_bilan_le or timezone.now()
    if resultat:
        _recevoir(projet, resultat, reponses or {}, mots)
    franchir(projet, "terminer", par)


@acte("parcours.donner_ses_retours", roles=AVEC_LA_PERSONNE)
def donner_ses_retours(
    projet: Projet, *, par: Acteur, resultat: str, reponses: Mapping[str, str], mots: str = ""
) -> None:
    """
    Ce que la personne pense de son projet fini, une fois. Lève ``ValidationError`` : pas encore fini, déjà dit, résultat ou
    réponse inconnus.
    """
    if projet.etat not in Projet.FINIS:
        raise ValidationError(_("On demande cela à la fin du projet."))
    if projet.retours_le:
        raise ValidationError(_("C’est déjà dit, merci. Pour le changer, parlez-en à la ville."))
    _recevoir(projet, resultat, reponses, mots)
    projet.changer(None)
    enregistrer(projet)


@acte("parcours.abandonner", roles=AVEC_LA_PERSONNE)
def abandonner(projet: Projet, *, par: Acteur, raison: str = "", lue: int | None = None) -> None:
    """
    On s'arrête avant la fin. Les démarches et les relais continuent. Lève ``ValidationError`` : déjà fini, ou raison absente
    quand c'est la ville qui arrête.
    """
    net = _pourquoi(raison, par, _("Dites pourquoi l’on s’arrête : la personne le lira."))
    projet.changer(lue)
    projet.raison = net
    retirer_la_proposition(projet)
    franchir(projet, "abandonner", par)


def _pourquoi(raison: str, par: Acteur, vide: str) -> str:
    if par.genre == Genre.PERSONNE and not raison.strip():
        return ""
    return texte("raison", raison, vide, longueur=300)


def _recevoir(projet: Projet, resultat: str, reponses: Mapping[str, str], mots: str) -> None:
    if resultat not in Projet.Resultat.values:
        raise ValidationError({"resultat": _("Choisissez une réponse : c’est elle qui juge.")})
    if len(mots) > LONGUEUR:
        raise ValidationError({"mots": _("Au plus %(n)d lettres.") % {"n": LONGUEUR}})
    for question, reponse in reponses.items():
        if question not in Retour.Question.values or reponse not in Retour.Reponse.values:
            raise ValidationError({question: _("Choisissez une réponse de la liste.")})
    projet.resultat, projet.mots_de_la_fin, projet.retours_le = resultat, mots.strip(), timezone.now()
    for question, reponse in reponses.items():
        Retour.objects.update_or_create(projet=projet, question=question, defaults={"reponse": reponse})


def _verifier_les_dates(projet: Projet, le: dt.date, prochain_le: dt.date) -> None:
    accepte = timezone.localtime(projet.accepte_le).date() if projet.accepte_le else le
    if not accepte <= le <= timezone.localdate():
        raise ValidationError({"le": _("Le bilan se date entre l’acceptation du projet et aujourd’hui.")})
    bornes, dans = repere("bilan"), (prochain_le - timezone.localdate()).days
    if not bornes.au_moins <= dans <= bornes.au_plus:
        mots = {"de": bornes.au_moins, "a": bornes.au_plus}
        raise ValidationError({"prochain_le": _("Le prochain bilan se fait dans %(de)d à %(a)d jours.") % mots})
