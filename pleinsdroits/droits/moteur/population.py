"""Des foyers au hasard, mais plausibles, sur tout le questionnaire. La graine fixe le tirage : un écart se rejoue."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from pleinsdroits.droits.situation.lecture import valider_situation
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.droits.situation.mois import Mois

STATUTS = (
    "locataire_hlm", "locataire_hlm", "locataire_vide", "locataire_meuble", "foyer", "heberge", "proprietaire",
    "accedant", "sans_domicile",
)  # fmt: skip
AUTRES_REVENUS = (
    "chomage_partiel", "stage", "maladie", "maternite", "accident_travail", "prestation_compensatoire", "loyers_recus",
    "placements", "exceptionnel",
)  # fmt: skip
PATRIMOINES = (
    lambda t: {"livrets": t.randrange(0, 40000, 500)},
    lambda t: {"biens_non_loues": t.randrange(0, 700, 10)},
    lambda t: {"biens_loues": t.randrange(0, 90000, 1000), "placements_imposables": t.randrange(0, 50000, 500)},
    lambda t: {"placements_non_imposables": t.randrange(0, 50000, 500)},
)
COMMUNES = ("94041", "75056", "69123", "35238", "23096", "13055", "59350")


def situations(nombre: int, *, jour: date, graine: int = 0) -> list[Situation]:
    """``nombre`` situations valides au ``jour``, toujours les mêmes pour une ``graine``."""
    tirage = random.Random(graine)  # noqa: S311 — un tirage qui se rejoue, pas un secret
    return [valider_situation(_foyer(tirage, jour), jour=jour) for _ in range(nombre)]


def _foyer(t: random.Random, jour: date) -> dict:
    en_couple = t.random() < 0.45
    agee = t.random() < 0.2
    demandeur = _adulte(t, jour, "moi", "demandeur", agee=agee)
    personnes = [demandeur]
    if en_couple:
        personnes.append(_adulte(t, jour, "conjoint", "conjoint", agee=agee))
    nombre_enfants = 0 if agee else t.choice([0, 0, 1, 1, 2, 3, 4])
    personnes += [_enfant(t, jour, f"enfant_{i}", seul=not en_couple) for i in range(nombre_enfants)]
    if t.random() < 0.12:
        personnes.append(_grand_enfant(t, jour))
    if t.random() < 0.06:
        personnes.append(_adulte(t, jour, "parent", "parent", agee=True))
    couple = t.choice(["marie", "pacse", "union_libre"]) if en_couple else None
    return {
        "personnes": personnes,
        **(
            {"couple": couple}
            if couple
            else {"seul_depuis": _avant(t, jour, 3000)}
            if nombre_enfants and t.random() < 0.5
            else {}
        ),
        "logement": _logement(t, jour),
        "avis": _avis(t, jour, personnes, couple),
        "prestations": _prestations(t),
        "patrimoine": t.choice(PATRIMOINES)(t) if t.random() < 0.5 else {},
        "charges": [{"nature": "energie", "montant": t.randrange(0, 200)}] if t.random() < 0.7 else [],
        "dettes": [{"nature": "loyer", "total": t.randrange(100, 4000), "mois_de_retard": t.randrange(1, 8)}]
        if t.random() < 0.2
        else [],
    }


def _adulte(t: random.Random, jour: date, ident: str, lien: str, *, agee: bool) -> dict:
    ans = t.randint(60, 88) if agee else t.randint(18, 62)
    personne: dict = {"id": ident, "lien": lien, "naissance": _naissance(t, jour, ans), **_nationalite(t, jour)}
    activite = (
        "retraite"
        if ans >= 64
        else t.choice(["salarie", "salarie", "demandeur_emploi", "sans_activite", "independant", "etudiant"])
    )
    if activite == "etudiant" and ans > 30:
        activite = "sans_activite"
    personne["activite"] = activite
    personne["revenus"] = _revenus(t, jour, activite)
    if activite == "demandeur_emploi":
        personne["inscription_france_travail"] = _avant(t, jour, 900)
        personne["cinq_ans_activite_sur_dix"] = t.random() < 0.5
    if activite == "etudiant":
        personne |= {"scolarite": "superieur", "boursier": t.random() < 0.4}
        if t.random() < 0.6:
            personne["ressources_parents"] = t.randrange(0, 60000, 500)
    if activite == "independant":
        regime = t.choice(["micro_vente", "micro_service", "micro_liberal", "reel"])
        personne["independant"] = {
            "regime": regime,
            "annees": {a: t.randrange(0, 30000, 100) for a in range(jour.year - 2, jour.year + 1)},
        }
    if ans < 25:
        personne["deux_ans_activite_sur_trois"] = t.random() < 0.3
    if t.random() < 0.12:
        personne["handicap"] = {"taux": t.choice([0.3, 0.65, 0.85]), "restriction_emploi": t.random() < 0.5}
    if ans >= 60 and t.random() < 0.3:
        personne["autonomie"] = {"gir": t.randint(1, 6), "plan_aide": t.choice([0, 600, 1100])}
    if ans >= 60 and t.random() < 0.3:
        personne["inapte"] = True
    if t.random() < 0.08:
        personne["invalidite"] = t.choice([1, 2, 3])
    if t.random() < 0.08:
        personne["arret_de_travail"] = _avant(t, jour, 500)
    if ident == "moi" and 18 <= ans <= 45 and t.random() < 0.08:
        personne["grossesse"] = {"terme": (jour + timedelta(days=t.randint(10, 250))).isoformat()}
    return personne


def _grand_enfant(t: random.Random, jour: date) -> dict:
    """Un enfant adulte qui vit chez ses parents : sa propre famille, son propre foyer fiscal, son propre ménage."""
    adulte = _adulte(t, jour, "grand", "enfant", agee=False)
    adulte["naissance"] = _naissance(t, jour, t.randint(21, 33))
    adulte |= {"habite_chez_parents": True, "rattache_fiscal": t.random() < 0.3}
    adulte.pop("grossesse", None)
    return adulte


def _enfant(t: random.Random, jour: date, ident: str, *, seul: bool) -> dict:
    ans = t.randint(0, 19)
    scolarite = (
        "aucune"
        if ans < 3
        else "maternelle"
        if ans < 6
        else "primaire"
        if ans < 11
        else "college"
        if ans < 15
        else "lycee"
    )
    enfant: dict = {"id": ident, "lien": "enfant", "naissance": _naissance(t, jour, ans), "scolarite": scolarite}
    if ans >= 15:  # seize ans dans l’année, peut-être
        enfant["revenus"] = []
    if t.random() < 0.1:
        enfant["garde_alternee"] = True
    if seul:
        enfant["autre_parent"] = t.choice(
            ["pension_versee", "pension_impayee", "pension_non_fixee", "decede", "non_reconnu"]
        )
    if t.random() < 0.07:
        enfant["handicap"] = {"taux": t.choice([0.6, 0.85]), "complement": t.randint(0, 6)}
    return enfant


def _nationalite(t: random.Random, jour: date) -> dict:
    tire = t.random()
    if tire < 0.7:
        return {"nationalite": "francaise"}
    if tire < 0.8:
        return {"nationalite": "ue"}
    titre = t.choice(["titre_sejour", "titre_sejour", "carte_resident", "refugie", "sans_titre"])
    sejour = {"titre": titre} if titre == "sans_titre" else {"titre": titre, "depuis": _avant(t, jour, 7000)}
    return {"nationalite": "hors_ue", "sejour": sejour}


def _revenus(t: random.Random, jour: date, activite: str) -> list[dict]:
    par_activite = {
        "salarie": lambda: [{"type": "salaire", "montant": t.randrange(200, 3200, 10), **_segment(t, jour)}],
        "demandeur_emploi": lambda: [{"type": "chomage", "montant": t.randrange(0, 1500, 10), **_segment(t, jour)}],
        "retraite": lambda: [{"type": "retraite", "montant": t.randrange(200, 2200, 10)}],
        "etudiant": lambda: [{"type": "salaire", "montant": t.randrange(0, 700, 10)}],
    }
    revenus = par_activite.get(activite, list)()
    if t.random() < 0.08:
        revenus.append({"type": "pension_alimentaire", "montant": t.randrange(50, 400, 10)})
    if t.random() < 0.06:
        revenus.append({"type": "invalidite", "montant": t.randrange(300, 1200, 10)})
    if t.random() < 0.25:
        revenus.append({"type": t.choice(AUTRES_REVENUS), "montant": t.randrange(20, 900, 10), **_segment(t, jour)})
    return revenus


def _segment(t: random.Random, jour: date) -> dict:
    """Un revenu qui dure, qui commence ou qui s'arrête dans les treize mois."""
    mois = Mois(jour)
    return t.choice([{}, {}, {"de": str(mois - t.randint(1, 12))}, {"a": str(mois - t.randint(1, 8))}])


def _logement(t: random.Random, jour: date) -> dict:
    statut = t.choice(STATUTS)
    loyer = t.randrange(150, 1100, 10) if statut.startswith("locataire") or statut in ("foyer", "accedant") else 0
    logement: dict = {"commune": t.choice(COMMUNES), "statut": statut, "loyer": loyer, "charges": 50 if loyer else 0}
    if statut == "heberge":
        logement["participe_frais"] = t.random() < 0.4
    if statut.startswith("locataire"):
        logement |= {
            "colocation": t.random() < 0.1,
            "conventionne": t.random() < 0.1,
            "bailleur_parent": t.random() < 0.04,
            "chambre": t.random() < 0.06,
            "crous": t.random() < 0.04,
        }
    if statut == "foyer":
        logement["foyer_rehabilite"] = t.random() < 0.5
    if loyer and t.random() < 0.3:
        logement["entree"] = (jour + timedelta(days=t.randint(-400, 60))).isoformat()
    if statut == "accedant":
        logement["pret_date"] = _avant(t, jour, 5000)
    return logement


def _avis(t: random.Random, jour: date, personnes: list[dict], couple: str | None) -> list[dict]:
    annee = jour.year - 2
    ensemble = ["moi", *(["conjoint"] if couple in ("marie", "pacse") else [])]
    avis: list[dict] = []
    if t.random() < 0.85:
        avis.append(
            {
                "personnes": ensemble,
                "annee": annee,
                "rfr": t.randrange(0, 45000, 100),
                "parts": 1 + 0.5 * len(personnes),
                "pensions_versees": t.choice([0, 0, 0, 1200, 3000]),
            }
        )
    if couple == "union_libre" and t.random() < 0.8:
        avis.append({"personnes": ["conjoint"], "annee": annee, "rfr": t.randrange(0, 30000, 100), "parts": 1})
    return avis


def _prestations(t: random.Random) -> list[dict]:
    possibles = [
        ("aide_logement", 300), ("rsa", 500), ("ppa", 200), ("af", 150), ("cf", 200), ("asf", 200), ("paje_base", 190),
        ("aeeh", 300), ("aspa", 600), ("aah", 900), ("mva", 105), ("asi", 400), ("ass", 550),
    ]  # fmt: skip
    return [{"droit": d, "montant": t.randrange(20, m)} for d, m in possibles if t.random() < 0.07]


def _naissance(t: random.Random, jour: date, ans: int) -> str:
    return (date(jour.year - ans, jour.month, 1) - timedelta(days=t.randint(1, 360))).isoformat()


def _avant(t: random.Random, jour: date, jours: int) -> str:
    return (jour - timedelta(days=t.randint(30, jours))).isoformat()


def tranches(suite: list[Situation], taille: int) -> Iterator[list[Situation]]:
    """La suite en lots de ``taille``."""
    for debut in range(0, len(suite), taille):
        yield suite[debut : debut + taille]
