"""Redemander, prévenir le responsable, redonner un lien : des courriels qui ne disent rien de personne."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.accueil.courriers import annoncer_le_relais, ecrire_au_responsable, rappeler_le_relais
from pleinsdroits.accueil.models import FichePartenaire, Relais
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Role
from pleinsdroits.journal.actes import acte
from pleinsdroits.journal.models import Entree

SUIVENT = (Role.INTERLOCUTEUR, Role.INSTRUCTEUR)
DEMANDENT = (*SUIVENT, "systeme")
UNE_FOIS_PAR = dt.timedelta(hours=20)


@acte("accueil.relancer_un_relais", roles=DEMANDENT)
def relancer(relais: Relais, *, par: Acteur) -> None:
    """
    Réécrit au partenaire, avec un lien qui vaut. Lève ``ValidationError`` si le relais n'attend rien du partenaire, ou s'il
    a déjà été relancé aujourd'hui.
    """
    _attend_le_partenaire(relais)
    _pas_deux_fois(relais, "accueil.relancer_un_relais", _("Ce relais a déjà été relancé aujourd’hui."))
    _lien_valable(relais)
    rappeler_le_relais(relais)


@acte("accueil.prevenir_le_responsable", roles=DEMANDENT)
def prevenir_le_responsable(relais: Relais, *, par: Acteur) -> None:
    """
    Écrit à la personne nommée par la fiche du partenaire qu'un relais tarde, sans dire de qui il s'agit. Lève
    ``ValidationError`` si personne n'est nommé, si le relais n'attend rien du partenaire, ou si c'est fait aujourd'hui.
    """
    _attend_le_partenaire(relais)
    fiche = FichePartenaire.objects.filter(institution=relais.institution_id).first()
    if fiche is None or not fiche.responsable_courriel:
        refus = _("%(nom)s n’a pas dit qui prévenir en cas de retard. Téléphonez.")
        raise ValidationError(refus % {"nom": relais.institution})
    _pas_deux_fois(relais, "accueil.prevenir_le_responsable", _("Le responsable a déjà été prévenu aujourd’hui."))
    ecrire_au_responsable(relais, fiche)


@acte("accueil.renouveler_un_lien", roles=(Role.PARTENAIRE, *DEMANDENT))
def renouveler_le_lien(relais: Relais, *, par: Acteur) -> None:
    """Envoie un lien neuf à l'adresse connue du partenaire, et à elle seule. Rien si le relais n'attend plus rien."""
    if relais.etat not in Relais.OUVERTS or not relais.fonde():
        return
    relais.ouvrir_le_lien()
    relais.save(update_fields=["jeton", "jeton_expire_le"])
    annoncer_le_relais(relais)


def _attend_le_partenaire(relais: Relais) -> None:
    if relais.etat not in (Relais.Etat.ENVOYE, Relais.Etat.PRIS_EN_CHARGE) or not relais.fonde():
        raise ValidationError(_("Ce relais n’attend plus rien du partenaire."))


def _pas_deux_fois(relais: Relais, verbe: str, refus: str) -> None:
    """Le journal dit quand c'était la dernière fois ; un double appui n'écrit pas deux courriels."""
    depuis = timezone.now() - UNE_FOIS_PAR
    if Entree.objects.sur(relais).filter(verbe=verbe, date__gt=depuis).exists():
        raise ValidationError(refus)


def _lien_valable(relais: Relais) -> None:
    if relais.jeton_expire_le is None or relais.jeton_expire_le < timezone.now() + dt.timedelta(days=2):
        relais.ouvrir_le_lien()
        relais.save(update_fields=["jeton", "jeton_expire_le"])
