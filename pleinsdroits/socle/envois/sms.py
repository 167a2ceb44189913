"""Ce qu'un SMS peut contenir, ce qu'il coûte, et la forme d'un numéro (3GPP TS 23.038, UIT-T E.164)."""

import math

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SEGMENTS_MAXIMUM = 4
GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_DOUBLE = frozenset("^{}\\[~]|€")
# Des signes d'imprimerie que l'alphabet des SMS n'a pas : un seul ferait payer le message double.
SIGNES = str.maketrans(
    dict(zip("’‘“”«»–—\u00a0\u202f", '\'\'""""--  ', strict=True)) | {"…": "...", "œ": "oe", "Œ": "OE"}
)


def numero_de_mobile(numero: str) -> str:
    """
    « 06 12 34 56 78 » devient « +33612345678 ». Lève ``ValidationError`` si ce n'est pas un numéro, ou si c'est un fixe.
    """
    try:
        lu = phonenumbers.parse(numero, "FR")
    except phonenumbers.NumberParseException:
        lu = None
    if lu is None or not phonenumbers.is_possible_number(lu):
        raise ValidationError(_("Ce n’est pas un numéro de téléphone."), "numero_impossible")
    if phonenumbers.number_type(lu) == phonenumbers.PhoneNumberType.FIXED_LINE:
        raise ValidationError(_("Ce numéro est un téléphone fixe : il ne reçoit pas de SMS."), "telephone_fixe")
    return phonenumbers.format_number(lu, phonenumbers.PhoneNumberFormat.E164)


def texte_de_sms(texte: str) -> str:
    """Le ``texte`` avec les signes d'imprimerie remplacés. Lève ``ValidationError`` s'il est vide ou trop long."""
    simple = texte.translate(SIGNES).strip()
    if not simple:
        raise ValidationError(_("Ce SMS est vide."), "sms_vide")
    if (n := segments(simple)) > SEGMENTS_MAXIMUM:
        phrase = _("Ce SMS est trop long : il en ferait %(n)d, le maximum est %(maximum)d.")
        raise ValidationError(phrase % {"n": n, "maximum": SEGMENTS_MAXIMUM}, "sms_trop_long")
    return simple


def segments(texte: str) -> int:
    """
    Le nombre de SMS facturés. Alphabet GSM : 160 signes, ou 153 par morceau ; sinon (« ê », arabe, chinois) : 70, ou 67.
    """
    if all(c in GSM or c in GSM_DOUBLE for c in texte):
        longueur, seul, morceau = sum(2 if c in GSM_DOUBLE else 1 for c in texte), 160, 153
    else:
        longueur, seul, morceau = len(texte.encode("utf-16-le")) // 2, 70, 67
    return 1 if longueur <= seul else math.ceil(longueur / morceau)
