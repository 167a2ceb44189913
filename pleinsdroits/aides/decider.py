"""Arrêter une décision : la même porte pour la séance et pour l'urgence. S'appelle dans un acte, demande verrouillée."""

from collections.abc import Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.aides import budget
from pleinsdroits.aides.avancer import franchir
from pleinsdroits.aides.models import Decision, Demande, Inscription
from pleinsdroits.comptes.acteur import Acteur, Genre

Resultat = Demande.Resultat
# Ces formes n'engagent pas d'argent : une carte d'épicerie, un tarif.
SANS_ARGENT = (Decision.Forme.ACCES, Decision.Forme.TARIF)


def arreter(
    demande: Demande,
    *,
    par: Acteur,
    sens: str,
    decideur: str,
    raisons: str,
    montant: Decimal | None = None,
    forme: str = "",
    articles: Sequence[str] = (),
    ecart: str = "",
    inscription: Inscription | None = None,
) -> Decision:
    """
    Crée la décision, engage l'argent, fait passer la demande à « décidée ». ``sens`` : un ``Demande.Resultat`` ;
    ``montant`` en euros, obligatoire pour un accord payé. Lève ``ValidationError`` : sens sans raison, montant absent,
    négatif ou absurde, ligne du budget absente ou épuisée, demande déjà décidée ; rien n'est alors gardé.
    """
    accorde = sens in (Resultat.ACCORD, Resultat.ACCORD_PARTIEL)
    paye = accorde and forme not in SANS_ARGENT
    _verifier(sens, raisons, montant, forme, accorde, paye)
    instant = timezone.now()
    decision = Decision(
        demande=demande,
        sens=sens,
        montant=montant if paye else None,
        forme=forme if accorde else "",
        raisons=raisons.strip(),
        articles=list(articles),
        ecart=ecart.strip(),
        decideur=decideur,
        par_delegation=decideur == Decision.Decideur.PRESIDENCE,
        signataire_id=int(par.identifiant) if par.genre == Genre.AGENT else None,
        prise_le=instant,
        edition=demande.edition,
        ligne=budget.ligne_de(demande.aide, timezone.localtime(instant).year) if paye else None,
        inscription=inscription,
    )
    demande.resultat, demande.montant_accorde = sens, decision.montant
    demande.changer(None)
    franchir(demande, "decider", par, le=instant)
    decision.full_clean()
    decision.save()
    if paye and montant:
        budget.engager(decision, montant)
    return decision


def _verifier(sens: str, raisons: str, montant: Decimal | None, forme: str, accorde: bool, paye: bool) -> None:
    if sens not in Resultat.values:
        raise ValidationError({"sens": _("Choisissez : accordée, accordée en partie, refusée ou sans objet.")})
    if not raisons.strip():
        raise ValidationError({"raisons": _("Donnez une raison : elle sera écrite dans la lettre.")})
    if accorde and forme not in Decision.Forme.values:
        raise ValidationError({"forme": _("Dites comment l’aide est donnée : chèque, fournisseur, virement, avance.")})
    if paye and (montant is None or not 0 < montant <= 100_000):
        raise ValidationError({"montant": _("Écrivez un montant en euros, plus grand que zéro (au plus 100 000 €).")})
