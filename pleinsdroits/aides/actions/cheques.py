"""Les chèques d'accompagnement personnalisé (CGCT L1611-6) : émis en série, remis une fois, utilisés une fois."""

from collections.abc import Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.aides import budget
from pleinsdroits.aides.bornes import borne
from pleinsdroits.aides.models import Cheque, Decision, Paiement
from pleinsdroits.aides.montants import en_centimes, montant_juste
from pleinsdroits.aides.roles import PAIENT
from pleinsdroits.aides.serie_des_cheques import fin_de_validite, numeros_suivants
from pleinsdroits.aides.verser import refuser_sauf, verser
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.journal.actes import acte
from pleinsdroits.socle.templatetags.socle import euros, jour

Etat = Cheque.Etat


@acte("aides.emettre_les_cheques", roles=PAIENT)
def emettre_les_cheques(
    paiement: Paiement, *, par: Acteur, valeurs: Sequence[Decimal], annee: int | None = None, lue: int | None = None
) -> list[Cheque]:
    """
    Un chèque numéroté par valeur, en euros, valable jusqu'au 31 décembre de l'``annee`` (celle-ci ; en décembre, la
    suivante est possible). Lève ``ValidationError`` : pas un paiement en chèques, valeur absurde, plus que le paiement,
    année impossible, conflit.
    """
    refuser_sauf(paiement, Paiement.Etat.A_PAYER)
    paiement.changer(lue)
    if paiement.forme != Decision.Forme.CAP:
        raise ValidationError(_("Cette aide n’est pas donnée en chèques."))
    _verifier_les_valeurs(paiement, valeurs)
    fin = fin_de_validite(annee)
    cheques = [
        Cheque(numero=numero, paiement=paiement, valeur=valeur, valable_jusqu_au=fin)
        for numero, valeur in zip(numeros_suivants(fin.year, len(valeurs)), valeurs, strict=True)
    ]
    paiement.save()
    return Cheque.objects.bulk_create(cheques)


@acte("aides.remettre_les_cheques", roles=PAIENT)
def remettre_les_cheques(paiement: Paiement, *, par: Acteur, lue: int | None = None) -> None:
    """
    Les chèques sont donnés à la personne : la somme est payée. Lève ``ValidationError`` s'il en manque, s'ils sont déjà
    remis, s'ils ne sont plus valables ; conflit.
    """
    refuser_sauf(paiement, Paiement.Etat.A_PAYER)
    paiement.changer(lue)
    a_remettre = list(paiement.cheques.filter(etat=Etat.EMIS).select_for_update())
    actifs = _actifs(paiement)
    if not a_remettre or actifs != paiement.montant:
        mots = {"emis": euros(actifs), "montant": euros(paiement.montant)}
        raise ValidationError(_("%(emis)s de chèques pour %(montant)s : émettez d’abord ce qui manque.") % mots)
    for cheque in a_remettre:
        _verifier_la_date(cheque)
        cheque.etat, cheque.remis_le = Etat.REMIS, timezone.now()
        cheque.save()
    verser(paiement, par, sum((c.valeur for c in a_remettre), Decimal(0)))


@acte("aides.utiliser_un_cheque", roles=PAIENT)
def utiliser_un_cheque(cheque: Cheque, *, par: Acteur, chez: str) -> None:
    """
    Le chèque est revenu, utilisé ``chez`` un commerçant. Lève ``ValidationError`` : déjà utilisé (quand et chez qui),
    jamais remis, annulé, plus valable, commerçant non dit.
    """
    _refuser_l_usage(cheque)
    _verifier_la_date(cheque)
    if not chez.strip():
        raise ValidationError({"chez": _("Écrivez chez qui le chèque a été utilisé.")})
    cheque.etat, cheque.utilise_le, cheque.utilise_chez = Etat.UTILISE, timezone.now(), chez.strip()[:120]
    cheque.full_clean()
    cheque.save()


@acte("aides.annuler_un_cheque", roles=PAIENT, motif_dit_par="raison")
def annuler_un_cheque(cheque: Cheque, *, par: Acteur, raison: str) -> None:
    """
    Un chèque perdu, périmé ou faux ne s'utilise plus ; ``raison`` : un ``Cheque.Annulation``. S'il était remis, sa valeur
    redevient à payer : un autre peut être émis. Lève ``ValidationError`` s'il est déjà utilisé ou annulé.
    """
    if raison not in Cheque.Annulation.values:
        raise ValidationError({"raison": _("Choisissez pourquoi ce chèque est annulé.")})
    if cheque.etat not in (Etat.EMIS, Etat.REMIS):
        _refuser_l_usage(cheque)
    etait_remis = cheque.etat == Etat.REMIS
    cheque.etat = Etat.ANNULE
    cheque.save()
    if etait_remis:
        _rendre_a_payer(cheque)


def _rendre_a_payer(cheque: Cheque) -> None:
    paiement = Paiement.objects.select_for_update(of=("self",)).select_related("decision").get(pk=cheque.paiement_id)
    budget.reverser(paiement.decision, cheque.valeur)
    paiement.etat, paiement.paye_le = Paiement.Etat.A_PAYER, None
    paiement.version += 1
    paiement.save()


def _verifier_les_valeurs(paiement: Paiement, valeurs: Sequence[Decimal]) -> None:
    nombre = borne("cheques_par_paiement").au_plus
    if not 1 <= len(valeurs) <= nombre:
        dit = _("%(n)s chèques : de 1 à %(maxi)s en une fois. Choisissez une autre valeur.")
        raise ValidationError({"valeurs": dit % {"n": len(valeurs), "maxi": nombre}})
    trop = _("%(montant)s : un chèque vaut au plus %(maxi)s.")
    for valeur in valeurs:
        montant_juste("valeurs", valeur, maxi=borne("cheque_valeur").euros, trop=trop)
    reste, somme = paiement.montant - _actifs(paiement), sum(valeurs, Decimal(0))
    if somme > reste:
        dit = _("%(somme)s de chèques : il n’en reste que %(reste)s à émettre pour ce paiement.")
        raise ValidationError({"valeurs": dit % {"somme": euros(somme), "reste": euros(reste)}})


def _actifs(paiement: Paiement) -> Decimal:
    """La valeur des chèques de ce paiement qui ne sont pas annulés."""
    return en_centimes(paiement.cheques.exclude(etat=Etat.ANNULE).aggregate(somme=Sum("valeur"))["somme"])


def _refuser_l_usage(cheque: Cheque) -> None:
    """Lève ``ValidationError`` si le chèque n'est pas entre les mains de la personne."""
    mots = {"numero": cheque.numero, "chez": cheque.utilise_chez}
    if cheque.etat == Etat.UTILISE and cheque.utilise_le:
        mots["jour"] = jour(timezone.localtime(cheque.utilise_le).date())
        raise ValidationError(_("Le chèque %(numero)s est déjà utilisé, le %(jour)s, chez : %(chez)s.") % mots)
    if cheque.etat == Etat.ANNULE:
        raise ValidationError(_("Le chèque %(numero)s est annulé : ne l’acceptez pas.") % mots)
    if cheque.etat == Etat.EMIS:
        raise ValidationError(_("Le chèque %(numero)s n’a pas encore été remis à la personne.") % mots)


def _verifier_la_date(cheque: Cheque) -> None:
    if timezone.localdate() > cheque.valable_jusqu_au:
        mots = {"numero": cheque.numero, "jour": jour(cheque.valable_jusqu_au)}
        raise ValidationError(_("Le chèque %(numero)s n’est plus valable depuis le %(jour)s.") % mots)
