"""Le numéro de dossier, et l'écriture comparable d'un téléphone, d'un courriel, d'un identifiant."""

import re

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from pleinsdroits.personnes.models import Foyer, Moyen


def prochain_numero(annee: int) -> str:
    """
    « 2026-0417 » : le numéro qui suit le plus grand de l'``annee``. L'unicité en base tranche entre deux ouvertures
    au même instant : l'appelant recommence.
    """
    debut = f"{annee}-"
    de_l_annee = Foyer.objects.filter(numero__startswith=debut).order_by(Length("numero").desc(), "-numero")
    dernier = de_l_annee.values_list("numero", flat=True).first()
    rang = int(dernier.removeprefix(debut)) if dernier else 0
    return f"{debut}{rang + 1:04d}"


def normaliser_un_moyen(genre: str, valeur: str) -> str:
    """
    La forme comparable : « +33639980012 », ou le courriel en minuscules. Lève ``ValidationError`` (champ ``valeur``) si
    l'on ne peut pas s'en servir.
    """
    if genre == Moyen.Genre.COURRIEL:
        return _courriel(valeur.strip().lower())
    lu = _telephone(valeur)
    if lu is None or not phonenumbers.is_possible_number(lu):
        raise ValidationError({"valeur": _("Ce numéro n’est pas complet. Exemple : 06 12 34 56 78.")})
    return phonenumbers.format_number(lu, phonenumbers.PhoneNumberFormat.E164)


def dire_un_telephone(normal: str) -> str:
    """« 06 39 98 00 12 », ou le numéro étranger en entier."""
    lu = _telephone(normal)
    if lu is None:
        return normal
    forme = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(lu, forme.NATIONAL if lu.country_code == 33 else forme.INTERNATIONAL)


def verifier_un_identifiant(genre: str, valeur: str) -> str:
    """
    Le numéro sans espaces ni points. Lève ``ValidationError`` (champ ``valeur``) s'il a la mauvaise longueur, ou la
    mauvaise clé pour un numéro de sécurité sociale.
    """
    nu = re.sub(r"[\s.\-]", "", valeur).upper()
    if not nu:
        raise ValidationError({"valeur": _("Écrivez le numéro.")})
    if genre == "securite_sociale" and not _nir_juste(nu):
        raise ValidationError({"valeur": _("Un numéro de sécurité sociale a 15 chiffres, et sa clé ne va pas ici.")})
    if genre == "caf" and not re.fullmatch(r"\d{7}[A-Z]?", nu):
        raise ValidationError({"valeur": _("Un numéro d’allocataire a 7 chiffres, parfois suivis d’une lettre.")})
    if genre == "fiscal" and not re.fullmatch(r"\d{13}", nu):
        raise ValidationError({"valeur": _("Un numéro fiscal a 13 chiffres.")})
    return nu


def _courriel(adresse: str) -> str:
    try:
        validate_email(adresse)
    except ValidationError:
        refus = _("Cette adresse n’est pas complète. Exemple : prenom@exemple.fr.")
        raise ValidationError({"valeur": refus}) from None
    return adresse


def _telephone(valeur: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(valeur, "FR")
    except phonenumbers.NumberParseException:
        return None


def _nir_juste(nu: str) -> bool:
    """Treize chiffres et leur clé : 97 moins le reste par 97 (Corse : 2A vaut 19, 2B vaut 18)."""
    chiffres = nu.replace("2A", "19").replace("2B", "18")
    return bool(re.fullmatch(r"\d{15}", chiffres)) and 97 - int(chiffres[:13]) % 97 == int(chiffres[13:])
