"""Une situation lue d'une entrée gardée, sans revalider ce qui l'a déjà été : seulement ce qu'un règlement regarde."""

from datetime import date
from decimal import Decimal
from typing import Any

from pleinsdroits.droits.situation.listes import Lien, Scolarite, StatutLogement

LIENS = {lien.value: lien for lien in Lien}
ECOLES = {ecole.value: ecole for ecole in Scolarite}
STATUTS = {statut.value: statut for statut in StatutLogement}


class Ligne:
    """Un revenu, une prestation, une dépense ou une dette : ce que son entrée en dit, ``None`` pour « je ne sais pas »."""

    __slots__ = ("a", "de", "droit", "mensualite", "montant", "nature", "type")

    def __init__(self, lue: dict[str, Any]):
        self.montant = lue.get("montant")
        self.mensualite = lue.get("mensualite", 0)
        self.nature, self.droit, self.type = lue.get("nature"), lue.get("droit"), lue.get("type")
        self.de, self.a = _rang(lue.get("de")), _rang(lue.get("a"))


class PersonneLegere:
    __slots__ = ("garde_alternee", "handicap", "independant", "lien", "naissance", "revenus", "scolarite")

    def __init__(self, lue: dict[str, Any]):
        self.lien = LIENS[lue["lien"]]
        self.naissance = date.fromisoformat(lue["naissance"])
        self.scolarite = ECOLES[lue.get("scolarite", "aucune")]
        self.garde_alternee = lue.get("garde_alternee", False)
        self.handicap = lue.get("handicap") is not None
        revenus = lue.get("revenus", ())
        self.revenus = None if revenus is None else [Ligne(r) for r in revenus]
        activite = lue.get("independant")
        self.independant = activite and {int(annee): montant for annee, montant in activite["annees"].items()}


class LogementLeger:
    __slots__ = ("charges", "commune", "domiciliation", "loyer", "statut")

    def __init__(self, lu: dict[str, Any]):
        self.commune = lu["commune"]
        self.statut = STATUTS[lu["statut"]] if lu.get("statut") else None
        self.loyer, self.charges = lu.get("loyer", 0), lu.get("charges", 0)
        self.domiciliation = lu.get("domiciliation", False)


class AccordLeger:
    __slots__ = ("le", "montant")

    def __init__(self, lu: dict[str, Any]):
        montant = lu.get("montant")
        self.le = date.fromisoformat(lu["le"])
        self.montant = None if montant is None else Decimal(str(montant))


class DemandeLegere:
    __slots__ = ("accords", "deja_accorde", "deja_aide", "derogation", "habite_depuis", "montant")

    def __init__(self, lue: dict[str, Any]):
        montant, depuis = lue.get("montant"), lue.get("habite_depuis")
        self.montant = None if montant is None else Decimal(str(montant))
        self.deja_accorde = Decimal(str(lue.get("deja_accorde", 0)))
        self.deja_aide = lue.get("deja_aide", 0)
        self.accords = [AccordLeger(a) for a in lue.get("accords", ())]
        self.habite_depuis = None if depuis is None else date.fromisoformat(depuis)
        self.derogation = lue.get("derogation")


class Leger:
    """Une situation et sa demande, du ``jour`` : elle se lit comme une ``Situation`` et comme un ``Cas``."""

    __slots__ = (
        "charges",
        "corrections",
        "couple",
        "demande",
        "dettes",
        "jour",
        "logement",
        "memo",
        "personnes",
        "prestations",
    )

    def __init__(self, entree: dict[str, Any]):
        lue = entree["situation"]
        self.jour = date.fromisoformat(entree["jour"])
        self.personnes = [PersonneLegere(p) for p in lue["personnes"]]
        self.couple = lue.get("couple")
        self.logement = LogementLeger(lue["logement"])
        self.prestations = [Ligne(p) for p in lue.get("prestations", ())]
        self.charges = _lignes(lue.get("charges"))
        self.dettes = _lignes(lue.get("dettes"))
        self.demande = DemandeLegere(entree["demande"])
        self.corrections: list[dict[str, Any]] = entree["corrections"]
        self.memo: dict[int, Any] = {}  # ce que chaque façon de compter en a lu

    @property
    def situation(self) -> "Leger":
        return self

    @property
    def demandeur(self) -> PersonneLegere:
        return next(p for p in self.personnes if p.lien is Lien.DEMANDEUR)

    @property
    def conjoint(self) -> PersonneLegere | None:
        return next((p for p in self.personnes if p.lien is Lien.CONJOINT), None)

    @property
    def enfants(self) -> list[PersonneLegere]:
        return [p for p in self.personnes if p.lien is Lien.ENFANT]


def situation_legere(entree: dict[str, Any]) -> Leger:
    """La situation d'une ``entree`` décodée (``entree_de``)."""
    return Leger(entree)


def _lignes(lues: list[dict[str, Any]] | None) -> list[Ligne] | None:
    return None if lues is None else [Ligne(ligne) for ligne in lues]


def _rang(mois: str | None) -> int | None:
    """« 2026-11 » : année × 12 + mois − 1."""
    return None if mois is None else int(mois[:4]) * 12 + int(mois[5:7]) - 1
