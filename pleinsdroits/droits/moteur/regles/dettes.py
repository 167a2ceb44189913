"""Trop de dettes, pas de compte, le téléphone trop cher."""

from collections.abc import Iterator
from decimal import Decimal

from pleinsdroits.droits.moteur.regle import Contexte, regle
from pleinsdroits.droits.moteur.regles.reponses import foyer, manque, non, probable, touche
from pleinsdroits.droits.moteur.resultats import Resultat
from pleinsdroits.droits.reglement.evaluation import EtatEvaluation
from pleinsdroits.droits.reglement.ville import evaluer_localement
from pleinsdroits.droits.situation.listes import NatureDette
from pleinsdroits.droits.situation.modele import Dette
from pleinsdroits.droits.textes import Phrase, euros, phrase
from pleinsdroits.droits.textes import marque as _

ALLOCATIONS_DU_TELEPHONE = {"rsa": _("le RSA"), "ass": _("l’ASS"), "aah": _("l’AAH")}
AIDE_REPERE = "local_epicerie"


@regle("surendettement")
def surendettement(c: Contexte) -> Iterator[Resultat]:
    """
    Déposer un dossier à la Banque de France (C. conso L711-1). La loi ne donne **aucun** chiffre : nos repères
    (crédits, dettes différentes, reste à vivre) n'ouvrent ni ne ferment rien, ils disent quand en parler.
    """
    dettes = c.situation.dettes
    if dettes is None:
        question = phrase(_("Avez-vous des dettes ou des crédits à rembourser ?"))
        yield manque("surendettement", foyer(c), "dettes", question)
    elif not dettes:
        yield non("surendettement", foyer(c), phrase(_("Vous n’avez pas indiqué de dette ni de crédit.")))
    elif reperes := _reperes(c, dettes):
        seuil = phrase(
            _("Ce sont des repères : la loi ne fixe pas de chiffre. La commission regarde si vous pouvez payer.")
        )
        foi = phrase(_("Ce sont des dettes de la vie privée, et vous êtes de bonne foi."))
        yield probable(c, "surendettement", foyer(c), [*reperes, seuil], [foi])
    elif any(d.mensualite is None or d.mois_de_retard is None for d in dettes):
        question = phrase(_("Combien remboursez-vous chaque mois, et avez-vous du retard ?"))
        yield manque("surendettement", foyer(c), "dettes", question)
    else:
        texte = _(
            "Vos remboursements ne dépassent pas un tiers de vos ressources et rien n’est en retard. Si vous n’arrivez plus "
            "à payer, vous pouvez quand même déposer un dossier : la loi ne fixe pas de chiffre."
        )
        yield non("surendettement", foyer(c), phrase(texte))


def _reperes(c: Contexte, dettes: list[Dette]) -> list[Phrase]:
    """Ce qui alerte : des retards, des crédits lourds, plusieurs sortes de dettes avec peu pour vivre."""
    reperes = []
    if any(d.mois_de_retard for d in dettes) or any(d.nature is not NatureDette.CREDIT for d in dettes):
        reperes.append(phrase(_("Vous avez des factures ou des remboursements en retard.")))
    if credit := _credits_lourds(c, dettes):
        reperes.append(credit)
    sortes = len({d.nature for d in dettes})
    if sortes >= c.parametre("surendettement.natures_de_dettes").valeur and _peu_pour_vivre(c):
        reperes.append(phrase(_("Vous avez {n} sortes de dettes et peu d’argent pour vivre."), n=sortes))
    return reperes


def _credits_lourds(c: Contexte, dettes: list[Dette]) -> Phrase | None:
    mensualites = sum((Decimal(str(d.mensualite or 0)) for d in dettes if d.nature is NatureDette.CREDIT), Decimal(0))
    ressources = _ressources(c)
    limite = ressources * Decimal(str(c.parametre("surendettement.part_des_credits").valeur))
    if mensualites <= limite or not mensualites:
        return None
    texte = _("Vos crédits ({credits} par mois) dépassent un tiers de vos ressources ({ressources} par mois).")
    return phrase(texte, credits=euros(mensualites), ressources=euros(ressources))


def _ressources(c: Contexte) -> Decimal:
    """L'argent reçu par le foyer ce mois-ci, en euros, aides déclarées comprises."""
    revenus = [r for p in c.situation.personnes for r in p.revenus or []]
    en_cours = [r for r in revenus if (r.de is None or r.de <= c.mois) and (r.a is None or c.mois <= r.a)]
    recus = [*(r.montant for r in en_cours), *(p.montant for p in c.situation.prestations)]
    return sum((Decimal(str(m or 0)) for m in recus), Decimal(0))


def _peu_pour_vivre(c: Contexte) -> bool:
    """Vrai si le reste à vivre passe sous le seuil (d'exemple) de l'épicerie solidaire."""
    evaluation = evaluer_localement(c.situation, AIDE_REPERE, c.jour)
    return evaluation is not None and evaluation.etat is EtatEvaluation.ACCORDE_POSSIBLE


@regle("droit_compte")
def droit_compte(c: Contexte) -> Iterator[Resultat]:
    """Toute personne sans compte peut en obtenir un par la Banque de France (CMF L312-1)."""
    pour = (c.situation.demandeur.id,)
    if not c.situation.souhaite_compte_bancaire:
        yield non("droit_compte", pour, phrase(_("Vous n’avez pas indiqué être sans compte bancaire.")))
        return
    motif = phrase(_("Vous voulez un compte bancaire : la Banque de France peut désigner une banque."))
    refus = phrase(_("Une banque vous a refusé un compte : gardez sa lettre."))
    yield probable(c, "droit_compte", pour, [motif], [refus])


@regle("aide_sociale_telephone", apres=tuple(ALLOCATIONS_DU_TELEPHONE))
def aide_sociale_telephone(c: Contexte) -> Iterator[Resultat]:
    """La réduction sur la ligne fixe (CPCE R20-34), dont l'existence en 2026 est à confirmer."""
    touchees = [nom for droit, nom in ALLOCATIONS_DU_TELEPHONE.items() if touche(c, droit)]
    if not touchees:
        motif = phrase(_("Cette réduction est pour les personnes qui reçoivent le RSA, l’ASS ou l’AAH."))
        yield non("aide_sociale_telephone", foyer(c), motif)
        return
    motif = phrase(_("Vous recevez {allocation}, ou vous pouvez demander cette allocation."), allocation=touchees[0])
    verifier = [phrase(_("La réduction existe encore.")), phrase(_("Vous avez une ligne de téléphone fixe."))]
    yield probable(c, "aide_sociale_telephone", foyer(c), [motif], verifier)
