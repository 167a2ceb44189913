"""Ce que le règlement limite dans une période, dit avec ce que le foyer a déjà eu : le plafond, la fréquence."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from pleinsdroits.droits.reglement.cas import Accord
from pleinsdroits.droits.reglement.libelles import citer, dire_la_periode, dire_la_periode_passee, dire_les_fois
from pleinsdroits.droits.reglement.modele import Aide, Plafond
from pleinsdroits.droits.reglement.mots import PAR_PERIODE
from pleinsdroits.droits.reglement.periodes import compter
from pleinsdroits.droits.textes import Phrase, euros, mois_annee, phrase
from pleinsdroits.droits.textes import marque as _


@dataclass(frozen=True)
class DejaObtenu:
    """
    Ce que le foyer a eu pour une aide : ``accords`` datés, que chaque limite compte sur sa période ; ce qui est connu sans
    date (``deja_accorde`` en euros, ``deja_aide`` en nombre : un calcul gardé autrefois, sur l'année civile) ; et le jour du
    ``dernier`` accord, même bien plus ancien.
    """

    deja_accorde: Decimal = Decimal(0)
    deja_aide: int = 0
    dernier: dt.date | None = None
    accords: tuple[Accord, ...] = ()


def plafond_de(regle: Plafond, personnes: int) -> Decimal:
    """Le total de la période pour un foyer de tant de ``personnes``, en euros."""
    return regle.montant * (personnes if regle.par == "personne" else 1)


def dire_le_plafond(aide: Aide, deja: DejaObtenu, personnes: int, jour: dt.date) -> Phrase | None:
    """« Déjà accordé cette année (2026) : 120 € sur 400 €. Il reste 280 € (article 12). » ; ``None`` sans plafond."""
    regle = aide.plafond
    if regle is None:
        return None
    texte = _("Déjà accordé {quand} : {deja} sur {total}{detail}. Il reste {reste} {source}.")
    quand, detail = dire_la_periode(regle.periode, jour), _detail(regle, personnes)
    return phrase(texte, quand=quand, detail=detail, **_sommes(regle, deja, personnes, jour))


def dire_la_frequence(aide: Aide, deja: DejaObtenu, jour: dt.date) -> Phrase | None:
    """« Au plus une fois par semestre (article 12). Dernière : mars 2026. Accordées ce semestre (…) : 0. »"""
    regle = aide.frequence
    if regle is None:
        dernier = deja.dernier
        return phrase(_("Dernière aide de ce type : {mois}."), mois=mois_annee(dernier)) if dernier else None
    valeurs = {"fois": dire_les_fois(regle), "source": citer(regle)}
    if deja.dernier is None:
        return phrase(_("Au plus {fois} {source}. Première aide de ce type pour ce foyer."), **valeurs)
    return phrase(
        _("Au plus {fois} {source}. Dernière : {mois}. Accordées {quand} : {nombre}."),
        mois=mois_annee(deja.dernier),
        quand=dire_la_periode(regle.par, jour),
        nombre=compter(deja, regle.par, jour).nombre,
        **valeurs,
    )


def dire_le_plafond_vous(aide: Aide, deja: DejaObtenu, personnes: int, jour: dt.date) -> Phrase | None:
    """À la personne : « En 2026, vous aviez déjà eu 120 € pour cette aide, sur 400 € au plus. Il restait 280 €. »"""
    regle = aide.plafond
    if regle is None:
        return None
    valeurs = _sommes(regle, deja, personnes, jour)
    if not compter(deja, regle.periode, jour).total:
        texte = _("Pour cette aide, un foyer comme le vôtre peut avoir {total} {periode} au plus {source}.")
        return phrase(texte, periode=phrase(PAR_PERIODE[regle.periode]), **valeurs)
    texte = _("{quand}, vous aviez déjà eu {deja} pour cette aide, sur {total} au plus. Il restait {reste} {source}.")
    return phrase(texte, quand=dire_la_periode_passee(regle.periode, jour), **valeurs)


def dire_la_frequence_vous(aide: Aide, deja: DejaObtenu, jour: dt.date) -> Phrase | None:
    """À la personne : « En 2026, vous aviez déjà eu cette aide 1 fois ; elle se donne 2 fois par an au plus. »"""
    regle = aide.frequence
    if regle is None:
        return None
    valeurs = {"fois": dire_les_fois(regle), "source": citer(regle)}
    nombre = compter(deja, regle.par, jour).nombre
    if not nombre:
        return phrase(_("Cette aide se donne {fois} au plus {source}."), **valeurs)
    texte = _("{quand}, vous aviez déjà eu cette aide {nombre} fois ; elle se donne {fois} au plus {source}.")
    return phrase(texte, quand=dire_la_periode_passee(regle.par, jour), nombre=nombre, **valeurs)


def _sommes(regle: Plafond, deja: DejaObtenu, personnes: int, jour: dt.date) -> dict[str, object]:
    """Ce que disent les deux phrases du plafond : eu, total, reste, source."""
    total, eu = plafond_de(regle, personnes), compter(deja, regle.periode, jour).total
    reste = max(total - eu, Decimal(0))
    return {"deja": euros(eu), "total": euros(total), "reste": euros(reste), "source": citer(regle)}


def _detail(regle: Plafond, personnes: int) -> Phrase:
    if regle.par == "foyer":
        return phrase("")
    texte = _(", soit {montant} par personne") if personnes > 1 else _(" pour une personne")
    return phrase(texte, montant=euros(regle.montant))
