"""Recevoir et compter les voix d'une demande. S'appelle dans un acte, inscription verrouillée."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.aides.models import Demande, EtatDemande, EtatSeance, Inscription, MembreDeLInstance, Vote
from pleinsdroits.aides.regles.anonymat import controler
from pleinsdroits.aides.regles.depouillement import Depouillement, Voix, depouiller
from pleinsdroits.aides.regles.scrutin import deposer
from pleinsdroits.aides.regles.textes_de_seance import en_vigueur, regles_de_seance
from pleinsdroits.aides.seance_lue import exiger_le_quorum, jour_de, quorum_de
from pleinsdroits.aides.urne import bulletins_de, urne_de
from pleinsdroits.aides.votants import votants_de
from pleinsdroits.socle.templatetags.socle import euros

C, E = Vote.Choix, Inscription.Etat
SANS_RAISON = (C.POUR, C.ABSTENTION)
MAXIMUM = Decimal("100000")


def enregistrer_une_voix(
    inscription: Inscription,
    membre: MembreDeLInstance,
    choix: str,
    montant: Decimal | None,
    raison: str,
    *,
    lue: int | None = None,
    porteur: MembreDeLInstance | None = None,
) -> None:
    """
    Garde la voix de ``membre`` ; une seule par membre. ``porteur`` : qui la donne, s'il le dit lui-même ; il doit être ce
    membre, ou porter son pouvoir. Lève ``ValidationError`` (voir ``actions.votes.voter``).
    """
    verifier_a_decider(inscription)
    porte_par = _qui_la_donne(inscription, membre, porteur)
    if lue is not None and lue != inscription.version:
        raise ValidationError(_("Cette demande a changé depuis l’ouverture : relisez-la avant de voter."))
    retenu = _verifier_le_choix(inscription, choix, montant)
    if inscription.secrete:
        _mettre_dans_l_urne(inscription, membre, porte_par, choix, retenu)
        return
    valeurs = {"choix": choix, "montant": retenu, "raison": _raison(choix, raison), "le": timezone.now()}
    Vote.objects.update_or_create(
        inscription=inscription, membre=membre, defaults={**valeurs, "porte_par_id": porte_par}
    )


def verifier_a_decider(inscription: Inscription, *, quorum: bool = True) -> None:
    """Lève ``ValidationError`` : séance pas ouverte, pièce pas publiée, demande changée, quorum perdu."""
    if inscription.seance.etat != EtatSeance.EN_SEANCE:
        texte = _("La séance n’est pas ouverte (%(ou)s) : on ne vote pas.")
        raise ValidationError(texte % {"ou": inscription.seance.get_etat_display()})
    if inscription.etat not in (E.PUBLIEE, E.A_PREPARER):
        texte = _("Cette demande est « %(ou)s » : le vote est fini.")
        raise ValidationError(texte % {"ou": inscription.get_etat_display()})
    if inscription.demande.etat != EtatDemande.INSCRITE:
        texte = _("La demande est « %(ou)s » depuis : retirez-la de l’ordre du jour.")
        raise ValidationError(texte % {"ou": inscription.demande.get_etat_display()})
    if quorum:
        _verifier_la_piece(inscription)
        exiger_le_quorum(quorum_de(inscription.seance, inscription))


def _verifier_la_piece(inscription: Inscription) -> None:
    if inscription.etat == E.A_PREPARER:
        raise ValidationError(_("La pièce de cette demande n’est pas publiée : on ne vote pas sans l’avoir lue."))
    if inscription.version_lue != inscription.demande.version:
        raise ValidationError(_("Cette demande a changé depuis que sa pièce est publiée : relisez-la avant de voter."))


def verifier_le_retrait(inscription: Inscription, membre: MembreDeLInstance) -> None:
    """Lève ``ValidationError`` si l'on ne peut plus se retirer : vote arrêté, ou membre d'une autre instance."""
    if inscription.etat not in (E.PUBLIEE, E.A_PREPARER):
        raise ValidationError(
            _("Le vote de cette demande est fini : dites-le au secrétariat, le procès-verbal le notera.")
        )
    if membre.instance != inscription.seance.instance:
        raise ValidationError(_("Cette personne ne siège pas dans cette instance."))


def verifier_tous_ont_vote(inscription: Inscription) -> None:
    """Lève ``ValidationError``, qui dit combien, si des votants (présents, ou par pouvoir ; pas retirés) n'ont pas voté."""
    attendus = set(votants_de(inscription))
    manquent = len(attendus - set(inscription.votes.values_list("membre_id", flat=True)))
    if manquent:
        texte = _(
            "%(n)s membre(s) présent(s) ou représenté(s) n’ont pas encore voté. Attendez-les, ou cochez « arrêter sans "
            "attendre »."
        )
        raise ValidationError({"sans_attendre": texte % {"n": manquent}})


def depouiller_le_vote(inscription: Inscription, demande: Demande, votes: Sequence[Vote]) -> Depouillement:
    """
    Le résultat des ``votes`` (ou de l'urne close) sur ce que propose le rapporteur, selon la règle du jour de la séance. Au
    scrutin secret, on ne sait pas quel bulletin est celui de qui préside.
    """
    seance = inscription.seance
    regle = en_vigueur(regles_de_seance().vote, jour_de(seance))
    if inscription.secrete:
        secret = en_vigueur(regles_de_seance().scrutin_secret, jour_de(seance))
        sans_partage = regle.model_copy(update={"voix_preponderante": secret.voix_preponderante})
        return depouiller(bulletins_de(inscription), demande.montant_propose, sans_partage)
    voix = [Voix(v.choix, v.montant, preside=v.membre_id == seance.presidee_par_id) for v in votes]
    return depouiller(voix, demande.montant_propose, regle)


def verifier_le_scrutin(inscription: Inscription) -> None:
    """Lève ``ValidationError`` si l'urne d'un scrutin secret n'est pas close : on ne la dépouille pas à moitié."""
    if inscription.secrete and not urne_de(inscription).close:
        raise ValidationError(_("Le scrutin est secret : closez-le d’abord, puis arrêtez le vote."))


def refuser_sans_majorite(inscription: Inscription, votes: Sequence[Vote]) -> None:
    """Lève ``ValidationError`` : le compte des voix, et quoi faire."""
    lues: Sequence[Vote | Voix] = bulletins_de(inscription) if inscription.secrete else votes
    compte = Counter(nom_de_la_voix(v) for v in lues)
    dit = ", ".join(f"{nom} : {n}" for nom, n in compte.most_common()) or _("aucune voix")
    texte = _("Aucun choix n’a la majorité (%(compte)s). Votez de nouveau, ou ajournez.")
    raise ValidationError(texte % {"compte": dit})


def nom_de_la_voix(voix: Vote | Voix) -> str:
    """« pour », « pour un autre montant (200,00 €) »."""
    mot = str(C(voix.choix).label)
    return f"{mot} ({euros(voix.montant)})" if voix.montant is not None else mot


def verifier_present(inscription: Inscription, membre: MembreDeLInstance) -> None:
    """Lève ``ValidationError`` si ``membre`` n'est pas là lui-même pour cette demande."""
    if votants_de(inscription).get(membre.pk) != membre.pk:
        raise ValidationError(_("Vous n’êtes pas noté présent : signalez-vous au secrétariat de séance."))


def _qui_la_donne(inscription: Inscription, membre: MembreDeLInstance, porteur: MembreDeLInstance | None) -> int | None:
    """Celui qui porte le pouvoir de ``membre``, ou ``None`` s'il vote lui-même."""
    if membre.instance != inscription.seance.instance:
        raise ValidationError(_("Cette personne ne siège pas dans cette instance : elle ne vote pas."))
    if inscription.retraits.filter(membre=membre).exists():
        raise ValidationError(_("Ce membre s’est retiré de cette demande : il n’en vote pas."))
    donne = votants_de(inscription).get(membre.pk)
    if porteur is not None and porteur != membre and donne != porteur.pk:
        raise ValidationError(_("Vous ne portez pas le pouvoir de ce membre pour cette demande."))
    if donne is None or (porteur == membre and donne != membre.pk):
        raise ValidationError(_("Vous n’êtes pas noté présent : signalez-vous au secrétariat de séance."))
    return None if donne == membre.pk else donne


def _mettre_dans_l_urne(
    inscription: Inscription, membre: MembreDeLInstance, porte_par: int | None, choix: str, montant: Decimal | None
) -> None:
    """On garde que ``membre`` a voté ; son bulletin se mêle aux autres et ne se reprend pas. Aucune raison : elle se reconnaît."""
    urne = urne_de(inscription)
    if urne.close:
        raise ValidationError(_("Ce scrutin est clos : on ne vote plus."))
    if inscription.votes.filter(membre=membre).exists():
        raise ValidationError(_("Ce bulletin est déjà dans l’urne : au scrutin secret, il ne se reprend pas."))
    Vote.objects.create(inscription=inscription, membre=membre, porte_par_id=porte_par)
    urne.bulletins = deposer(urne.bulletins, choix, montant)
    urne.save()


def _verifier_le_choix(inscription: Inscription, choix: str, montant: Decimal | None) -> Decimal | None:
    """Le montant à garder. Lève ``ValidationError`` : choix inconnu, montant absent, impossible ou au-dessus du règlement."""
    if choix not in C.values:
        raise ValidationError({"choix": _("Choisissez votre vote.")})
    if choix == C.CONTRE and inscription.demande.montant_propose == 0:
        texte = _("Un refus est proposé. Pour accorder, choisissez « pour un autre montant ».")
        raise ValidationError({"choix": texte})
    if choix != C.AUTRE_MONTANT:
        return None
    if montant is None or not 0 < montant <= MAXIMUM:
        raise ValidationError({"montant": _("Écrivez un montant en euros, plus grand que zéro.")})
    au_plus = (inscription.piece.get("proposition") or {}).get("au_plus")
    if au_plus is not None and montant > au_plus:
        # La limite dite est celle de la pièce, à 5 € : l'exacte dirait quelque chose de la demande.
        texte = _("%(montant)s dépasse le maximum du règlement (environ %(limite)s).")
        raise ValidationError({"montant": texte % {"montant": euros(montant), "limite": euros(au_plus)}})
    return montant


def _raison(choix: str, raison: str) -> str:
    """
    La raison, relue : elle ira dans la lettre. On n'y cherche pas les mots du dossier : un refus dirait à un membre, mot
    après mot, de qui il s'agit.
    """
    propre = raison.strip()
    if choix not in SANS_RAISON and len(propre) < 3:
        raise ValidationError({"raison": _("Donnez une raison : elle sera écrite dans la lettre.")})
    if len(propre) > 300:
        raise ValidationError({"raison": _("Votre raison est trop longue : 300 signes au plus.")})
    if propre and controler(propre):
        texte = _("Votre raison contient peut-être un nom, un numéro, une date ou un lieu. Retirez-le.")
        raise ValidationError({"raison": texte})
    return propre
