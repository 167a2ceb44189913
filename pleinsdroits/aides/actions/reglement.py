"""Écrire le règlement : un brouillon qu'on essaie, que le conseil adopte à une date, et qui ne change plus."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pleinsdroits.aides.models import EditionDuReglement
from pleinsdroits.aides.roles import ECRIVENT_LE_REGLEMENT
from pleinsdroits.aides.textes_du_reglement import accorder, deliberer, documents_de, lire_ou_refuser
from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.journal.actes import acte

Etat = EditionDuReglement.Etat
ADOPTENT = ECRIVENT_LE_REGLEMENT


@dataclass(frozen=True)
class Chargement:
    """Les éditions mises en base, et celles qui y étaient déjà."""

    creees: tuple[str, ...]
    gardees: tuple[str, ...]


@acte("aides.ouvrir_un_brouillon", roles=ECRIVENT_LE_REGLEMENT)
def ouvrir_un_brouillon(
    objet: None,
    *,
    par: Acteur,
    depuis: EditionDuReglement | None,
    libelle: str,
    effet: dt.date,
    document: dict | None = None,
) -> EditionDuReglement:
    """
    Un brouillon écrit d'après une édition (``depuis``) ou d'après un ``document``, pour s'appliquer à partir d'``effet``.
    Lève ``ValidationError`` : rien d'où partir, nom vide ou déjà pris, texte faux.
    """
    texte = document or (depuis.document if depuis else None)
    if texte is None:
        raise ValidationError({"depuis": _("Choisissez l’édition d’où partir, ou donnez le texte d’un règlement.")})
    brouillon = EditionDuReglement(
        reglement=depuis.reglement if depuis else str(texte.get("id", "")),
        libelle=_libelle(libelle, depuis.reglement if depuis else str(texte.get("id", "")), None),
        effet=effet,
        issue_de=depuis,
        redigee_par_id=_agent(par),
    )
    brouillon.document = accorder(texte, brouillon)
    lire_ou_refuser(brouillon.document)
    brouillon.full_clean()
    brouillon.save()
    return brouillon


@acte("aides.modifier_le_brouillon", roles=ECRIVENT_LE_REGLEMENT)
def modifier_le_brouillon(
    edition: EditionDuReglement,
    *,
    par: Acteur,
    document: dict,
    lue: int | None = None,
    libelle: str | None = None,
    effet: dt.date | None = None,
) -> None:
    """
    Remplace le texte (et, si donnés, le nom et la date d'effet) du brouillon. Lève ``ValidationError`` sur « document »,
    une phrase par faute ; ``Conflit`` si quelqu'un l'a changé depuis la version ``lue`` ; et si ce n'est plus un brouillon.
    """
    _verifier_brouillon(edition)
    edition.changer(lue)
    if libelle is not None:
        edition.libelle = _libelle(libelle, edition.reglement, edition.pk)
    edition.effet = effet or edition.effet
    edition.document = accorder(document, edition)
    lire_ou_refuser(edition.document)
    edition.full_clean()
    edition.save()


@acte("aides.adopter_le_reglement", roles=ADOPTENT)
def adopter(
    edition: EditionDuReglement, *, par: Acteur, deliberation: str, deliberee_le: dt.date, lue: int | None = None
) -> None:
    """
    Note que le conseil a adopté ce brouillon (``deliberation``, ``deliberee_le``) : il s'applique dès sa date d'effet,
    l'édition d'avant s'arrête la veille. Lève ``ValidationError`` : délibération absente ou à venir, effet avant la
    délibération (une règle ne vaut que pour l'avenir), dates qui chevauchent une édition déjà adoptée, texte faux, conflit.
    """
    _verifier_brouillon(edition)
    edition.changer(lue)
    _verifier_la_deliberation(edition, deliberation, deliberee_le)
    precedente = _precedente_ou_refus(edition)
    edition.etat = Etat.ADOPTEE
    edition.deliberation, edition.deliberee_le = deliberation.strip(), deliberee_le
    edition.adoptee_par_id = _agent(par)
    edition.document = deliberer(accorder(edition.document, edition), edition.deliberation, deliberee_le)
    lire_ou_refuser(edition.document)
    edition.full_clean()
    if precedente:
        precedente.fin = edition.effet - dt.timedelta(days=1)
        precedente.save(update_fields=["fin"])
    edition.save()


@acte("aides.abandonner_le_brouillon", roles=ECRIVENT_LE_REGLEMENT)
def abandonner(edition: EditionDuReglement, *, par: Acteur, lue: int | None = None) -> None:
    """Le brouillon ne sera pas adopté ; il reste lisible. Lève ``ValidationError`` si ce n'est plus un brouillon."""
    _verifier_brouillon(edition)
    edition.changer(lue)
    edition.etat = Etat.ABANDONNEE
    edition.save()


@acte("aides.charger_le_reglement_de_la_ville", roles=("systeme",))
def charger_la_ville(objet: None, *, par: Acteur, dossier: Path | None = None) -> Chargement:
    """
    Met en base, comme adoptés, les règlements de ``villes/<ville>/reglement``. Recommencer ne change rien : une édition du
    même règlement à la même date est gardée telle quelle. Lève ``ReglementInvalide`` si un fichier est faux : rien n'est mis.
    """
    creees, gardees = [], []
    for document in documents_de(dossier or settings.VILLE):
        cle = {"reglement": document["id"], "effet": document["effet"], "etat": Etat.ADOPTEE}
        connue = EditionDuReglement.objects.filter(**cle).exists()
        (gardees if connue else creees).append(f"{document['id']}, {document['version']}")
        if not connue:
            _charger(document)
    return Chargement(tuple(creees), tuple(gardees))


def _charger(document: dict) -> None:
    dite = document["deliberation"]
    adoptee = dt.date.fromisoformat(dite["du"]) if dite.get("du") else None
    edition = EditionDuReglement(
        reglement=document["id"],
        libelle=document["version"],
        etat=Etat.ADOPTEE,
        effet=dt.date.fromisoformat(document["effet"]),
        fin=dt.date.fromisoformat(document["fin"]) if document.get("fin") else None,
        document=document,
        deliberation=dite.get("reference") or "",
        deliberee_le=adoptee,
    )
    edition.full_clean()
    edition.save()


def _verifier_brouillon(edition: EditionDuReglement) -> None:
    if edition.etat != Etat.BROUILLON:
        mots = {"etat": edition.get_etat_display()}
        raise ValidationError(_("Cette édition est « %(etat)s » : elle ne change plus. Ouvrez un brouillon.") % mots)


def _verifier_la_deliberation(edition: EditionDuReglement, deliberation: str, le: dt.date) -> None:
    fautes = {}
    if not deliberation.strip():
        fautes["deliberation"] = _("Écrivez la référence de la délibération : elle sera citée dans les décisions.")
    if le > timezone.localdate():
        fautes["deliberee_le"] = _("%(jour)s est à venir : notez l’adoption après le vote.") % {"jour": _jour(le)}
    elif edition.effet < le:
        mots = {"effet": _jour(edition.effet), "vote": _jour(le)}
        fautes["deliberee_le"] = (
            _(
                "Le règlement s’appliquerait le %(effet)s, avant le vote du %(vote)s : une règle ne vaut que pour l’avenir."
            )
            % mots
        )
    if fautes:
        raise ValidationError(fautes)


def _precedente_ou_refus(edition: EditionDuReglement) -> EditionDuReglement | None:
    """L'édition adoptée que celle-ci remplace, verrouillée. Lève ``ValidationError`` si une autre commence ensuite."""
    adoptees = EditionDuReglement.objects.select_for_update().filter(reglement=edition.reglement, etat=Etat.ADOPTEE)
    suivante = adoptees.filter(effet__gte=edition.effet).order_by("effet").first()
    if suivante:
        mots = {"effet": _jour(edition.effet), "autre": suivante.libelle, "jour": _jour(suivante.effet)}
        texte = _(
            "Le %(effet)s chevauche l’édition « %(autre)s », adoptée à partir du %(jour)s : choisissez une date après."
        )
        raise ValidationError({"effet": texte % mots})
    derniere = adoptees.order_by("-effet").first()
    encore = derniere and (derniere.fin is None or derniere.fin >= edition.effet)
    return derniere if encore else None


def _libelle(libelle: str, reglement: str, sauf: int | None) -> str:
    propre = libelle.strip()
    if len(propre) < 2:
        raise ValidationError({"libelle": _("Donnez un nom à cette édition, par exemple « 2027 ».")})
    autres = EditionDuReglement.objects.filter(reglement=reglement, libelle=propre).exclude(etat=Etat.ABANDONNEE)
    if autres.exclude(pk=sauf).exists():
        raise ValidationError(
            {"libelle": _("Une édition s’appelle déjà « %(nom)s » : choisissez un autre nom.") % {"nom": propre}}
        )
    return propre


def _agent(par: Acteur) -> int | None:
    return int(par.identifiant) if par.genre == Genre.AGENT else None


def _jour(jour: dt.date) -> str:
    return date_format(jour, "j F Y")
