"""Le texte en données d'une édition : lu d'un fichier, accordé à ses dates, contrôlé avant d'être gardé."""

import datetime as dt
import json
from pathlib import Path

import yaml
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pleinsdroits.aides.models import EditionDuReglement
from pleinsdroits.aides.regles.redaction import relire
from pleinsdroits.droits.reglement.lecture import ReglementInvalide, lire_reglement
from pleinsdroits.droits.reglement.modele import Reglement


def documents_de(dossier: Path) -> list[dict]:
    """Les règlements d'un dossier de ville, en types JSON. Lève ``ReglementInvalide`` si l'un d'eux est faux."""
    lus = []
    for chemin in sorted((dossier / "reglement").glob("*.yaml")):
        texte = chemin.read_text(encoding="utf-8")
        lire_reglement(texte)
        lus.append(en_json(yaml.safe_load(texte)))
    return lus


def en_json(document: dict) -> dict:
    """Le document en types JSON : YAML lit des dates, le JSON les écrit."""
    return json.loads(json.dumps(document, ensure_ascii=False, default=str))


def accorder(document: dict, edition: EditionDuReglement) -> dict:
    """Le document, avec l'identifiant, la version et les dates de son édition : ce sont elles qui font foi."""
    dates = {"effet": edition.effet.isoformat(), "fin": edition.fin.isoformat() if edition.fin else None}
    return {**document, "id": edition.reglement, "version": edition.libelle, **dates}


def deliberer(document: dict, reference: str, le: dt.date) -> dict:
    """Le document, avec la délibération qui l'adopte ; ce n'est plus un exemple."""
    return {**document, "deliberation": {"reference": reference, "du": le.isoformat()}, "exemple": False}


def lire_ou_refuser(document: object) -> Reglement:
    """
    Le règlement du ``document``. Lève ``ValidationError`` sur « document » : une phrase par faute, avec le champ, la valeur
    reçue et ce qui est attendu ; ou une somme absurde.
    """
    try:
        reglement = lire_reglement(json.dumps(document, ensure_ascii=False, default=str))
    except ReglementInvalide as refus:
        raise ValidationError({"document": [str(faute) for faute in refus.fautes]}) from None
    if refus_ := [f"{a.aide}, {a.texte}" for a in relire(reglement) if a.refus]:
        raise ValidationError({"document": refus_})
    return reglement


def texte_libre(texte: str) -> dict:
    """Le document écrit à la main (YAML ou JSON). Lève ``ValidationError`` sur « document »."""
    try:
        lu = yaml.safe_load(texte)
    except yaml.YAMLError as erreur:
        ligne = getattr(getattr(erreur, "problem_mark", None), "line", None)
        ou = _("ligne %(n)s") % {"n": ligne + 1} if ligne is not None else _("quelque part")
        raise ValidationError(
            {"document": _("Le texte ne se lit pas (%(ou)s) : vérifiez les retraits et les deux-points.") % {"ou": ou}}
        ) from None
    if not isinstance(lu, dict):
        raise ValidationError({"document": _("Écrivez un ensemble de champs : id, ville, titre, comptes, aides.")})
    return en_json(lu)
