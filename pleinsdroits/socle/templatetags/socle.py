"""Filtres d'affichage français : montants, dates, téléphones."""

import re
from datetime import date, time
from decimal import Decimal

from django import template
from django.template.defaultfilters import stringfilter
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from pleinsdroits.socle.une_fois import CHAMP, nouveau_jeton

register = template.Library()
AVANT_UN_SIGNE = re.compile(r" (?=[?!;:»%€])|(?<=«) ")
INSECABLE = "\u00a0"


@register.filter
def euros(montant: Decimal | float | None) -> str:
    """« 1 234,50 € » ; les centimes toujours écrits (relevés, totaux)."""
    if montant is None:
        return ""
    texte = f"{Decimal(str(montant)):,.2f}".replace(",", INSECABLE).replace(".", ",")
    return f"{texte}{INSECABLE}€"


@register.filter
def jour(valeur: date | None) -> str:
    """« 1er décembre 2026 »."""
    if valeur is None:
        return ""
    quantieme = "1er" if valeur.day == 1 else str(valeur.day)
    return f"{quantieme}{INSECABLE}{date_format(valeur, 'F')}{INSECABLE}{valeur.year}"


@register.filter
def heure(valeur: time | None) -> str:
    """« 9 h » ou « 9 h 30 »."""
    if valeur is None:
        return ""
    minutes = f"{INSECABLE}{valeur.minute:02d}" if valeur.minute else ""
    return f"{valeur.hour}{INSECABLE}h{minutes}"


@register.filter
def lien_tel(numero: str) -> str:
    """Le numéro pour ``tel:`` : « 01 99 00 12 34 » devient « +33199001234 », un numéro court reste tel quel."""
    chiffres = "".join(c for c in numero if c.isdigit())
    return f"+33{chiffres[1:]}" if len(chiffres) == 10 and chiffres[0] == "0" else chiffres


@register.filter
def site(adresse: str) -> str:
    """Le nom du site d'une adresse, sans « www. »."""
    return str(adresse).split("//")[-1].split("/")[0].removeprefix("www.")


@register.filter(is_safe=True)
@stringfilter
def insecable(texte: str) -> str:
    """Le même texte, sans coupure de ligne avant un signe double ni dans les guillemets."""
    return AVANT_UN_SIGNE.sub(INSECABLE, texte)


@register.simple_tag
def jeton_unique() -> SafeString:
    """Le champ caché qui fait qu'un formulaire envoyé deux fois n'est enregistré qu'une (``socle.une_fois``)."""
    return format_html('<input type="hidden" name="{}" value="{}">', CHAMP, nouveau_jeton())
