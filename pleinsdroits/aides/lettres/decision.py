"""
La lettre de décision : le fait, la raison, ce qui est encore possible ; les articles, et comment contester (CRPA L211-2,
L311-3-1, L411-2 ; CJA R421-1, R421-5). Langage simple, vouvoiement.
"""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pleinsdroits.aides.catalogue import nom_de_l_aide
from pleinsdroits.aides.delais import delai
from pleinsdroits.aides.lettres.suite import LettreDuCcas, adresse_de, adresse_du_ccas
from pleinsdroits.aides.models import Decision, Demande
from pleinsdroits.aides.pieces_lues import attendues_pour_donner
from pleinsdroits.demarches.lettres.papier import en_pdf
from pleinsdroits.droits.textes import insecables, jour_long
from pleinsdroits.personnes.models import Personne
from pleinsdroits.socle.templatetags.socle import euros
from pleinsdroits.socle.ville import ville

R = Demande.Resultat
F = Decision.Forme


def corps_de_la_lettre(decision: Decision) -> str:
    """
    Ce que la lettre dit de la décision : le fait, la forme, les raisons, le règlement. L'agent peut le corriger ; un
    paragraphe par bloc, séparés d'une ligne vide.
    """
    lignes = [
        _("Bonjour,"),
        _fait(decision),
        *_forme(decision),
        *_pieces(decision),
        _raisons(decision),
        *_reglement(decision),
    ]
    return insecables("\n\n".join(lignes))


def fin_de_la_lettre(decision: Decision) -> tuple[str, ...]:
    """Ce que l'on n'ôte pas : le calcul automatique, ce qui est encore possible, les voies et délais de recours."""
    parties = [*_calcul(decision), *_encore_possible(decision), *_recours()]
    return tuple(insecables(p) for p in parties)


def lettre_de_decision(decision: Decision) -> LettreDuCcas:
    """La lettre entière, telle qu'elle part ; le corps relu s'il est gardé."""
    corps = decision.lettre or corps_de_la_lettre(decision)
    paragraphes = (*corps.replace("\r\n", "\n").split("\n\n"), *fin_de_la_lettre(decision))
    return LettreDuCcas(objet_de(decision), tuple(p for p in paragraphes if p.strip()))


def objet_de(decision: Decision) -> str:
    """L'objet de la lettre ; il ne nomme personne."""
    return {
        R.ACCORD: _("Votre demande d’aide est acceptée"),
        R.ACCORD_PARTIEL: _("Votre demande d’aide est acceptée en partie"),
        R.REFUS: _("Votre demande d’aide est refusée"),
        R.SANS_OBJET: _("Votre demande d’aide n’a plus d’objet"),
    }[R(decision.sens)]


def decision_en_pdf(decision: Decision, *, grand: bool = False) -> bytes:
    """Le PDF (PDF/UA-1) à remettre ou à poster. Ni le titre ni l'auteur ne nomment la personne."""
    ecrite, personne = lettre_de_decision(decision), decision.demande.personne
    return en_pdf(
        "\n\n".join(ecrite.paragraphes),
        objet=ecrite.objet,
        expediteur=adresse_du_ccas(),
        destinataire=adresse_de(personne),
        lieu=ville(settings.VILLE).nom,
        jour=timezone.localdate(decision.notifiee_le) if decision.notifiee_le else timezone.localdate(),
        reference=f"{decision.demande.reference}, {_('décision')} {decision.reference}",
        grand=grand or _lit_mieux_en_grand(personne),
    )


def _lit_mieux_en_grand(personne: Personne | None) -> bool:
    return bool(personne and personne.lit_peu)


def _fait(decision: Decision) -> str:
    demande = decision.demande
    nom = nom_de_l_aide(demande.aide, timezone.localdate(demande.recue_le))
    mots = {
        "jour": jour_long(timezone.localdate(decision.prise_le)),
        "qui": _qui(decision),
        "aide": nom[:1].lower() + nom[1:],
        "recue": jour_long(timezone.localdate(demande.recue_le)),
        "montant": euros(decision.montant),
        "demande": euros(demande.montant_demande),
    }
    return _phrase_du_fait(decision) % mots


def _phrase_du_fait(decision: Decision) -> str:
    if decision.sens == R.REFUS:
        return _("Le %(jour)s, %(qui)s a refusé votre demande du %(recue)s : %(aide)s.")
    if decision.sens == R.SANS_OBJET:
        return _("Le %(jour)s, %(qui)s a constaté que votre demande du %(recue)s n’a plus d’objet : %(aide)s.")
    if decision.montant is None:
        return _("Le %(jour)s, %(qui)s a accepté votre demande du %(recue)s : %(aide)s.")
    if decision.sens == R.ACCORD_PARTIEL and decision.demande.montant_demande:
        return _(
            "Le %(jour)s, %(qui)s a accordé %(montant)s à votre demande du %(recue)s : %(aide)s. Vous demandiez %(demande)s."
        )
    return _("Le %(jour)s, %(qui)s a accordé %(montant)s à votre demande du %(recue)s : %(aide)s.")


def _qui(decision: Decision) -> str:
    if decision.par_delegation:
        return _("la présidence du CCAS, par délégation du conseil d’administration,")
    return _("%(instance)s du CCAS") % {"instance": decision.get_decideur_display()}


def _forme(decision: Decision) -> list[str]:
    payer_a = decision.demande.payer_a
    phrases = {
        F.CAP: _("Vous recevez des chèques d’accompagnement personnalisé. Le CCAS vous dit quand venir les chercher."),
        F.FOURNISSEUR: _("Le CCAS paie directement %(a)s. Vous n’avez rien à avancer.")
        % {"a": payer_a or _("le fournisseur")},
        F.VIREMENT: _("La somme est versée sur votre compte."),
        F.AVANCE: _("C’est une avance : vous la rendez peu à peu. Le CCAS fixe avec vous les dates et les montants."),
        F.ACCES: _("Le CCAS vous dit quand et où venir."),
        F.TARIF: _("Le tarif réduit s’applique à partir de cette lettre."),
    }
    return [phrases[F(decision.forme)]] if decision.forme else []


def _pieces(decision: Decision) -> list[str]:
    """Une aide accordée n'est donnée qu'avec les papiers qui manquent encore."""
    attendues = attendues_pour_donner(decision.demande) if decision.accorde else []
    if not attendues:
        return []
    texte = _("Il nous manque encore : %(pieces)s. L’aide sera donnée dès que nous l’aurons (%(article)s).")
    return [texte % {"pieces": ", ".join(attendues), "article": delai("piece_non_indispensable").reference}]


def _raisons(decision: Decision) -> str:
    return _("Pourquoi : %(raisons)s") % {"raisons": decision.raisons.strip()}


def _reglement(decision: Decision) -> list[str]:
    edition = decision.edition
    if edition is None:
        return []
    mots = {"texte": edition.lu().titre, "deliberation": edition.deliberation}
    texte = (
        _("Texte appliqué : %(texte)s, %(deliberation)s") if edition.deliberation else _("Texte appliqué : %(texte)s")
    )
    if decision.articles:
        cites = ", ".join(map(str, decision.articles))
        fin = ngettext(", article %(articles)s.", ", articles %(articles)s.", len(decision.articles))
        return [texte % mots + fin % {"articles": cites}]
    return [texte % mots + "."]


def _calcul(decision: Decision) -> list[str]:
    """La mention que la loi impose quand un calcul automatique a servi."""
    if not decision.demande.calcul:
        return []
    texte = _(
        "Un calcul automatique a aidé à préparer cette réponse ; ce sont des personnes qui ont décidé. Vous pouvez "
        "demander les règles de ce calcul et comment elles ont joué pour vous (%(article)s)."
    )
    return [texte % {"article": delai("calcul_automatique").reference}]


def _encore_possible(decision: Decision) -> list[str]:
    if decision.accorde and decision.sens == R.ACCORD:
        return []
    return [_("Si votre situation change, vous pouvez faire une nouvelle demande. Le CCAS vous aide à la préparer.")]


def _recours() -> list[str]:
    juge, gracieux = delai("recours_juge"), delai("recours_gracieux")
    return [
        _(
            "Si vous n’êtes pas d’accord, vous avez %(n)s mois à partir du jour où vous recevez cette lettre. Vous pouvez :"
        )
        % {"n": juge.mois},
        _(
            "1. Écrire au président du CCAS pour lui demander de revoir la décision (recours gracieux, %(article)s). "
            "Joignez cette lettre et dites pourquoi. Si vous recevez un nouveau refus, ou aucune réponse en deux mois, "
            "vous avez encore deux mois pour saisir le tribunal."
        )
        % {"article": gracieux.reference},
        _("2. Saisir %(tribunal)s, par courrier ou sur www.telerecours.fr (%(article)s).")
        % {"tribunal": ville(settings.VILLE).tribunal_administratif, "article": juge.reference},
    ]
