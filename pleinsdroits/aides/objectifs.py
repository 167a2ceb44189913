"""Les délais que le conseil s'est fixés : ceux qui valent un jour donné, ceux que l'on peut fixer."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pleinsdroits.aides.delais import Delai, delai
from pleinsdroits.aides.models import Etape, ObjectifDeDelai
from pleinsdroits.aides.regles.mesure import ETAPES_DU_PROJET, Objectif

AVANT_LA_LETTRE = (Etape.COMPLETER, Etape.INSTRUIRE, Etape.DECIDER, Etape.NOTIFIER)
ETAPES_A_OBJECTIF = {e.value: str(e.label) for e in Etape} | ETAPES_DU_PROJET
UN_AN = dt.timedelta(days=366)
LONGUEUR = 120


def objectifs_au(jour: dt.date) -> dict[str, Objectif]:
    """Par étape, l'objectif qui vaut le ``jour`` : le dernier fixé ; une correction du même jour l'emporte. Une requête."""
    fixes = ObjectifDeDelai.objects.filter(fixe_le__lte=jour).order_by("fixe_le", "pk")
    return {o.etape: Objectif(o.jours, o.fixe_le, o.deliberation) for o in fixes}


def bornes_de(etape: str) -> Delai:
    """Le plus court et le plus long objectif de cette étape (``au_moins``, ``au_plus``, en jours)."""
    return delai("objectif" if etape in (*AVANT_LA_LETTRE, Etape.REPONDRE) else "objectif_hors_reponse")


def fautes_de_l_objectif(objectif: ObjectifDeDelai, aujourd_hui: dt.date) -> dict[str, str]:
    """Ce qui empêche de fixer cet ``objectif``, par champ ; vide si rien."""
    if objectif.etape not in ETAPES_A_OBJECTIF:
        return {"etape": _("Choisissez une étape de la liste : « %(e)s » n’en est pas une.") % {"e": objectif.etape}}
    fautes = {
        "jours": _faute_des_jours(objectif) or _faute_d_ensemble(objectif),
        "deliberation": _faute_de_deliberation(objectif.deliberation),
        "fixe_le": _faute_de_date(objectif, aujourd_hui),
    }
    return {champ: faute for champ, faute in fautes.items() if faute}


def _faute_des_jours(objectif: ObjectifDeDelai) -> str:
    bornes = bornes_de(objectif.etape)
    if bornes.au_moins <= objectif.jours <= bornes.au_plus:
        return ""
    mots = {"jours": objectif.jours, "de": bornes.au_moins, "a": bornes.au_plus}
    if objectif.jours > bornes.au_plus and not bornes.hypothese:
        return (
            _(
                "%(jours)d jours, c’est plus que la loi : sans réponse en deux mois, c’est un refus. Au plus %(a)d jours."
            )
            % mots
        )
    return _("%(jours)d jours : un objectif va de %(de)d à %(a)d jours.") % mots


def _faute_d_ensemble(objectif: ObjectifDeDelai) -> str:
    """Une étape ne peut pas durer plus que la réponse entière, du dépôt à la lettre."""
    autres = objectifs_au(objectif.fixe_le)
    if objectif.etape in AVANT_LA_LETTRE and (tout := autres.get(Etape.REPONDRE)) and objectif.jours > tout.jours:
        mots = {"jours": objectif.jours, "tout": tout.jours}
        return _("%(jours)d jours, c’est plus que l’objectif de toute la réponse (%(tout)d jours).") % mots
    if objectif.etape != Etape.REPONDRE:
        return ""
    plus = max((autres[e].jours for e in AVANT_LA_LETTRE if e in autres), default=0)
    if plus <= objectif.jours:
        return ""
    texte = ngettext(
        "%(n)d jour, c’est moins que l’objectif d’une seule étape (%(plus)d jours) : changez-le d’abord.",
        "%(n)d jours, c’est moins que l’objectif d’une seule étape (%(plus)d jours) : changez-le d’abord.",
        objectif.jours,
    )
    return texte % {"n": objectif.jours, "plus": plus}


def _faute_de_deliberation(texte: str) -> str:
    if not texte:
        return _("Dites quelle délibération du conseil a fixé cet objectif : son numéro ou sa date.")
    if len(texte) > LONGUEUR:
        return _("Au plus %(n)d lettres : le numéro ou la date suffisent.") % {"n": LONGUEUR}
    return ""


def _faute_de_date(objectif: ObjectifDeDelai, aujourd_hui: dt.date) -> str:
    le = objectif.fixe_le
    if abs(le - aujourd_hui) > UN_AN:
        mots = {"le": date_format(le, "j F Y")}
        return _("Le %(le)s est à plus d’un an d’aujourd’hui : vérifiez l’année.") % mots
    dernier = ObjectifDeDelai.objects.filter(etape=objectif.etape).order_by("-fixe_le").first()
    if dernier and le < dernier.fixe_le:
        mots = {"le": date_format(dernier.fixe_le, "j F Y")}
        return _("Un autre objectif vaut à partir du %(le)s : choisissez ce jour-là ou après.") % mots
    return ""
