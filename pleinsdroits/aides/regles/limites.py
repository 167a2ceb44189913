"""Ce que le règlement limite dans l'année, dit avec ce que le foyer a déjà eu : le plafond, la fréquence."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from pleinsdroits.droits.reglement.libelles import citer
from pleinsdroits.droits.reglement.modele import Aide, PlafondAnnuel
from pleinsdroits.droits.textes import Phrase, euros, mois_annee, phrase
from pleinsdroits.droits.textes import marque as _


@dataclass(frozen=True)
class DejaObtenu:
    """
    Ce que le foyer a eu pour une aide dans l'année civile : ``total`` en euros, ``nombre`` d'accords ; et le jour du
    ``dernier`` accord, même d'une autre année.
    """

    total: Decimal = Decimal(0)
    nombre: int = 0
    dernier: dt.date | None = None


def plafond_de(regle: PlafondAnnuel, personnes: int) -> Decimal:
    """Le total de l'année pour un foyer de tant de ``personnes``, en euros."""
    return regle.montant * (personnes if regle.par == "personne" else 1)


def dire_le_plafond(aide: Aide, deja: DejaObtenu, personnes: int, annee: int) -> Phrase | None:
    """« Déjà accordé cette année (2026) : 120 € sur 400 €. Il reste 280 € (article 12). » ; ``None`` sans plafond."""
    regle = aide.plafond_annuel
    if regle is None:
        return None
    total = plafond_de(regle, personnes)
    texte = _("Déjà accordé cette année ({annee}) : {deja} sur {total}{detail}. Il reste {reste} {source}.")
    return phrase(
        texte,
        annee=annee,
        deja=euros(deja.total),
        total=euros(total),
        detail=_detail(regle, personnes),
        reste=euros(max(total - deja.total, Decimal(0))),
        source=citer(regle),
    )


def _detail(regle: PlafondAnnuel, personnes: int) -> Phrase:
    if regle.par == "foyer":
        return phrase("")
    texte = _(", soit {montant} par personne") if personnes > 1 else _(" pour une personne")
    return phrase(texte, montant=euros(regle.montant))


def dire_la_frequence(aide: Aide, deja: DejaObtenu) -> Phrase | None:
    """« Dernière aide de ce type : mars 2026. Cette année : 1, le règlement en permet 2 (article 12). »"""
    regle = aide.frequence
    if regle is None and deja.dernier is None:
        return None
    if deja.dernier is None:
        derniere = phrase(_("Première aide de ce type pour ce foyer."))
    else:
        derniere = phrase(_("Dernière aide de ce type : {mois}."), mois=mois_annee(deja.dernier))
    if regle is None:
        return derniere
    texte = _("{derniere} Accordées cette année : {nombre} ; le règlement en permet {maxi} par an {source}.")
    return phrase(texte, derniere=derniere, nombre=deja.nombre, maxi=regle.par_an, source=citer(regle))


def dire_le_plafond_vous(aide: Aide, deja: DejaObtenu, personnes: int, annee: int) -> Phrase | None:
    """À la personne : « En 2026, vous aviez déjà eu 120 € pour cette aide, sur 400 € au plus. Il restait 280 €. »"""
    regle = aide.plafond_annuel
    if regle is None:
        return None
    total = plafond_de(regle, personnes)
    valeurs = {
        "annee": annee,
        "deja": euros(deja.total),
        "total": euros(total),
        "reste": euros(max(total - deja.total, Decimal(0))),
        "source": citer(regle),
    }
    if not deja.total:
        return phrase(
            _("Pour cette aide, un foyer comme le vôtre peut avoir {total} par an au plus {source}."), **valeurs
        )
    texte = _(
        "En {annee}, vous aviez déjà eu {deja} pour cette aide, sur {total} au plus. Il restait {reste} {source}."
    )
    return phrase(texte, **valeurs)


def dire_la_frequence_vous(aide: Aide, deja: DejaObtenu, annee: int) -> Phrase | None:
    """À la personne : « En 2026, vous aviez déjà eu cette aide 1 fois ; le maximum est de 2 fois par an. »"""
    regle = aide.frequence
    if regle is None:
        return None
    valeurs = {"annee": annee, "nombre": deja.nombre, "maxi": regle.par_an, "source": citer(regle)}
    if not deja.nombre:
        return phrase(_("Cette aide se donne {maxi} fois par an au plus {source}."), **valeurs)
    texte = _(
        "En {annee}, vous aviez déjà eu cette aide {nombre} fois ; le maximum est de {maxi} fois par an {source}."
    )
    return phrase(texte, **valeurs)
