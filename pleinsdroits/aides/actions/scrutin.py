"""Le scrutin secret d'une demande : le demander, le clore, le recommencer (CASF R123-18)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pleinsdroits.aides.models import Inscription, Urne
from pleinsdroits.aides.regles.scrutin import secret_acquis
from pleinsdroits.aides.regles.textes_de_seance import en_vigueur, regles_de_seance
from pleinsdroits.aides.roles import SIEGENT, TIENNENT_LES_SEANCES
from pleinsdroits.aides.seance_lue import jour_de, membre_de, quorum_de
from pleinsdroits.aides.urne import urne_de, vider
from pleinsdroits.aides.voix import verifier_a_decider, verifier_present, verifier_tous_ont_vote
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.journal.actes import acte


@acte("aides.demander_le_secret", roles=SIEGENT)
def demander_le_secret(inscription: Inscription, *, par: Acteur) -> None:
    """
    Le membre demande le scrutin secret ; il est acquis quand assez de présents l'ont demandé : les voix déjà données à
    main levée ne comptent plus. Lève ``ValidationError`` : séance pas ouverte, vote fini, membre pas présent ou retiré.
    """
    verifier_a_decider(inscription)
    membre = membre_de(inscription.seance, par)
    verifier_present(inscription, membre)
    urne, _nouvelle = Urne.objects.get_or_create(inscription=inscription)
    if urne.ouverte:
        return
    urne.demandeurs = sorted({*urne.demandeurs, membre.pk})
    urne.save()
    if _acquis(inscription, len(urne.demandeurs)):
        _ouvrir(inscription, urne)


@acte("aides.passer_au_scrutin_secret", roles=TIENNENT_LES_SEANCES)
def passer_au_scrutin_secret(inscription: Inscription, *, par: Acteur, demandeurs: int) -> None:
    """
    Le secrétariat a compté ``demandeurs`` membres présents qui le demandent de vive voix. Lève ``ValidationError`` si ce
    n'est pas assez, ou plus que de présents.
    """
    verifier_a_decider(inscription)
    if not _acquis(inscription, demandeurs):
        presents = quorum_de(inscription.seance, inscription).comptes
        texte = _(
            "Il faut le tiers des membres présents : %(n)s sur %(presents)s ne suffit pas, ou n’est pas possible."
        )
        raise ValidationError({"demandeurs": texte % {"n": demandeurs, "presents": presents}})
    urne, _nouvelle = Urne.objects.get_or_create(inscription=inscription)
    if not urne.ouverte:
        _ouvrir(inscription, urne)


@acte("aides.clore_le_scrutin", roles=TIENNENT_LES_SEANCES)
def clore_le_scrutin(inscription: Inscription, *, par: Acteur, sans_attendre: bool = False) -> None:
    """
    Plus aucun bulletin n'entre : on peut dépouiller. ``sans_attendre`` : bien que des votants n'aient pas voté. Lève
    ``ValidationError`` : des membres n'ont pas voté, trop peu de bulletins pour tenir le secret, urne vide, scrutin pas
    secret ou déjà clos.
    """
    verifier_a_decider(inscription)
    urne = urne_de(inscription)
    if urne.close:
        raise ValidationError(_("Ce scrutin est déjà clos."))
    if not urne.bulletins:
        raise ValidationError(_("L’urne est vide : attendez les bulletins."))
    if sans_attendre:
        _verifier_le_nombre(inscription)
    else:
        verifier_tous_ont_vote(inscription)
    urne.close = True
    urne.save()


@acte("aides.recommencer_le_scrutin", roles=TIENNENT_LES_SEANCES)
def recommencer_le_scrutin(inscription: Inscription, *, par: Acteur) -> None:
    """Le scrutin clos n'a pas donné de majorité : l'urne se vide et tous revotent. Lève ``ValidationError`` s'il n'est pas clos."""
    verifier_a_decider(inscription)
    if not urne_de(inscription).close:
        raise ValidationError(_("Ce scrutin n’est pas clos : les membres votent encore."))
    vider(inscription, garder_le_compte=True)


def _verifier_le_nombre(inscription: Inscription) -> None:
    minimum = en_vigueur(regles_de_seance().scrutin_secret, jour_de(inscription.seance)).bulletins_au_moins
    if inscription.votes.count() < minimum:
        texte = _("Attendez %(n)s bulletins au moins : avec moins, on saurait qui a voté quoi.")
        raise ValidationError({"sans_attendre": texte % {"n": minimum}})


def _acquis(inscription: Inscription, demandeurs: int) -> bool:
    regle = en_vigueur(regles_de_seance().scrutin_secret, jour_de(inscription.seance))
    return secret_acquis(demandeurs, quorum_de(inscription.seance, inscription).comptes, regle)


def _ouvrir(inscription: Inscription, urne: Urne) -> None:
    """Qui l'a demandé ne se garde pas : ce serait un indice."""
    urne.demandeurs, urne.ouverte = [], True
    urne.save()
    inscription.votes.all().delete()
