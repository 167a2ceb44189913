"""Ce que la personne reçoit, comparé à ce que nous calculons : un écart net se dit, sans jamais l'accuser de rien."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pleinsdroits.droits.moteur.resultats import Etat, Periodicite, Resultat
from pleinsdroits.droits.textes import Phrase, euros, phrase
from pleinsdroits.droits.textes import marque as _

ECART_NET, PART_NETTE = (
    Decimal(20),
    Decimal("0.10"),
)  # choix de la maison : moins que cela, le calcul n'est pas assez fin
DE_LA_CAF = {"rsa", "ppa", "aah", "mva", "aeeh", "af", "cf", "asf", "paje_base", "aide_logement"}
COMPARABLES = {"aspa", "asi", "ass"} | DE_LA_CAF


def signaler_les_ecarts(resultats: Sequence[Resultat]) -> list[Resultat]:
    """
    Les mêmes résultats ; un droit reçu dont le montant mensuel s'écarte nettement du calcul (au moins 20 € et 10 %)
    le dit en tête de ``a_verifier``. Rien si l'un des deux montants n'est pas connu.
    """
    return [_signaler(r) for r in resultats]


def _signaler(r: Resultat) -> Resultat:
    calcule = _montant_calcule(r)
    if r.droit not in COMPARABLES or not r.deja_recu or calcule is None:
        return r
    ecart = abs(calcule - r.deja_recu)
    if ecart < ECART_NET or ecart < PART_NETTE * max(calcule, r.deja_recu):
        return r
    return replace(r, a_verifier=(_dire(r.droit, r.deja_recu, calcule), *r.a_verifier))


def _montant_calcule(r: Resultat) -> Decimal | None:
    """Par mois ; 0 si le calcul ferme ce droit ; ``None`` s'il n'y a pas de calcul sûr."""
    if r.etat is Etat.NON:
        return Decimal(0)
    return r.montant if r.periodicite is Periodicite.MOIS and r.etat is not Etat.A_COMPLETER else None


def _dire(droit: str, recu: Decimal, calcule: Decimal) -> Phrase:
    qui = _("la CAF (ou la MSA)") if droit in DE_LA_CAF else _("l’organisme qui vous paie")
    montants = {"recu": euros(recu), "calcule": euros(calcule), "qui": qui}
    if calcule > recu:
        return phrase(
            _("Vous recevez {recu} par mois, notre calcul donne {calcule} : demandez à {qui} de vérifier."), **montants
        )
    if calcule:
        return phrase(
            _(
                "Vous recevez {recu} par mois, notre calcul donne {calcule}. Il ne voit pas tout. Si votre vie a changé, "
                "dites-le à {qui} : cela évite une somme à rendre plus tard."
            ),
            **montants,
        )
    return phrase(
        _(
            "Vous recevez {recu} par mois. Notre calcul ne retrouve pas cette aide : il ne voit pas tout. Si votre vie a "
            "changé, dites-le à {qui} : cela évite une somme à rendre plus tard."
        ),
        **montants,
    )
