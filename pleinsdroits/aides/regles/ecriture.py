"""
Écrire une aide par son formulaire : ce que le document dit, à plat ; puis le document changé. Ce que le formulaire ne sait
pas dire reste tel quel (``hors_formulaire`` le nomme), et se change dans le texte.
"""

import copy
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

BORNES_SIMPLES = {"au_moins", "moins_de"}
FORMES_SIMPLES = ("fixe", "jusqu_a", "part_de_la_demande", "par_personne", "a_l_appreciation")
# Où la somme d'une forme s'écrit ; « a_l_appreciation » n'en a pas.
SOMME = {"fixe": "montant", "par_personne": "montant", "jusqu_a": "plafond", "part_de_la_demande": "plafond"}
LIGNES_EN_PLUS = 2
# Les éditions d'avant ne comptaient que par année civile.
ANCIEN_PLAFOND, ANCIENNE_FREQUENCE = "plafond_annuel", "par_an"
EN_CENTIEMES = Decimal(100)


def hors_formulaire(document: Mapping[str, Any], ident: str) -> list[str]:
    """Les parties de l'aide que le formulaire laisse au texte : « baremes », « decide », « conditions »."""
    aide = _aide(document, ident)
    parties = []
    if not _baremes_simples(aide):
        parties.append("baremes")
    if not _decideurs_simples(aide):
        parties.append("decide")
    if any(c["type"] != "residence" for c in aide.get("conditions", [])):
        parties.append("conditions")
    return parties


def lire(document: Mapping[str, Any], ident: str) -> dict[str, Any]:
    """Les valeurs de départ du formulaire de l'aide ``ident``. Lève ``KeyError`` si le document ne l'a pas."""
    aide = _aide(document, ident)
    compte = document["comptes"][aide["compte"]]
    return {"nom": aide["nom"], **_lire_les_limites(aide), **_lire_le_compte(compte), **_lire_les_tranches(aide)}


def ecrire(document: Mapping[str, Any], ident: str, lu: Mapping[str, Any]) -> dict[str, Any]:
    """Le document, une fois l'aide ``ident`` (et sa façon de compter) écrite d'après le formulaire ``lu``."""
    neuf = copy.deepcopy(dict(document))
    aide = _aide(neuf, ident)
    aide["nom"] = lu["nom"]
    _ecrire_les_limites(aide, lu)
    if _baremes_simples(aide):
        anciennes = aide["baremes"][0]["tranches"]
        tranches = [_tranche(anciennes, lu, rang) for rang in range(len(anciennes) + LIGNES_EN_PLUS)]
        aide["baremes"][0]["tranches"] = [t for t in tranches if t is not None]
    if _decideurs_simples(aide):
        aide["decide"] = _decideurs(aide["decide"], lu)
    _ecrire_le_compte(neuf["comptes"][aide["compte"]], lu)
    return _nombres(neuf)


def _aide(document: Mapping[str, Any], ident: str) -> dict[str, Any]:
    return {a["id"]: a for a in document["aides"]}[ident]


def _baremes_simples(aide: Mapping[str, Any]) -> bool:
    """Un seul barème, pour tous, en bornes « au moins » et « moins de », de formes connues."""
    baremes = aide["baremes"]
    return len(baremes) == 1 and not baremes[0].get("pour") and all(_tranche_simple(t) for t in baremes[0]["tranches"])


def _tranche_simple(tranche: Mapping[str, Any]) -> bool:
    regle = tranche.get("montant")
    bornes = {"au_moins", "moins_de", "plus_de", "au_plus"} & set(tranche)
    return bornes <= BORNES_SIMPLES and (
        regle is None or (regle["forme"] in FORMES_SIMPLES and not regle.get("saisons"))
    )


def _decideurs_simples(aide: Mapping[str, Any]) -> bool:
    """La présidence jusqu'à une somme, puis quelqu'un sans limite."""
    decide = aide["decide"]
    seul = len(decide) == 1 and decide[0].get("jusqu_a") is None
    return seul or (len(decide) == 2 and decide[0]["qui"] == "presidence" and decide[1].get("jusqu_a") is None)


def _lire_les_limites(aide: Mapping[str, Any]) -> dict[str, Any]:
    plafond = aide.get("plafond") or aide.get(ANCIEN_PLAFOND) or {}
    frequence = aide.get("frequence") or {}
    derogation, decide = aide.get("derogation") or {}, aide["decide"]
    return {
        "plafond": plafond.get("montant"), "plafond_par": plafond.get("par", "foyer"),
        "plafond_periode": plafond.get("periode", "annee"), "plafond_article": plafond.get("article", ""),
        "fois": frequence.get("nombre", frequence.get(ANCIENNE_FREQUENCE)), "fois_par": frequence.get("par", "annee"),
        "fois_article": frequence.get("article", ""), "pieces": _en_lignes(aide, indispensables=True),
        "pieces_suivent": _en_lignes(aide, indispensables=False),
        "delegation": decide[0].get("jusqu_a"), "decide": decide[-1]["qui"],
        "decide_article": decide[-1].get("article", ""), "formes": list(aide["paiement"]["formes"]),
        "exception": derogation.get("quand", ""), "exception_plafond": derogation.get("jusqu_a"),
        "exception_article": derogation.get("article", ""),
    }  # fmt: skip


def _lire_le_compte(compte: Mapping[str, Any]) -> dict[str, Any]:
    ressources, charges = compte["ressources"], compte.get("charges")
    lu = {
        "periode": ressources["periode"]["nature"], "qui": ressources["personnes"]["qui"],
        "aide_logement": ressources["aide_logement"]["choix"], "diviseur": compte["diviseur"]["par"],
        "jours": (compte.get("par_jour") or {}).get("jours"), "si_negatif": compte["si_negatif"]["choix"],
    }  # fmt: skip
    if charges:
        lu["loyer"] = charges["loyer"]["compter"]
        lu["depenses"] = [n for p in charges["postes"].get("compter", []) for n in p["natures"]]
        lu["dettes"] = [n for p in charges["dettes"].get("compter", []) for n in p["natures"]]
    return lu


def _lire_les_tranches(aide: Mapping[str, Any]) -> dict[str, Any]:
    lu: dict[str, Any] = {}
    if not _baremes_simples(aide):
        return lu
    for rang, tranche in enumerate(aide["baremes"][0]["tranches"]):
        regle = tranche.get("montant") or {}
        forme = regle.get("forme", "")
        taux = regle.get("taux")
        lu |= {
            f"t{rang}_libelle": tranche["libelle"], f"t{rang}_au_moins": tranche.get("au_moins"),
            f"t{rang}_moins_de": tranche.get("moins_de"), f"t{rang}_effet": tranche["effet"],
            f"t{rang}_forme": forme, f"t{rang}_somme": regle.get(SOMME.get(forme, "")),
            f"t{rang}_taux": None if taux is None else Decimal(str(taux)) * EN_CENTIEMES,
            f"t{rang}_article": tranche.get("article", ""),
        }  # fmt: skip
    return lu


def _ecrire_les_limites(aide: dict[str, Any], lu: Mapping[str, Any]) -> None:
    _au_gout_du_jour(aide)
    plafond = {"montant": lu["plafond"], "par": lu["plafond_par"], "periode": lu["plafond_periode"]}
    _poser(aide, "plafond", plafond, lu["plafond"], lu["plafond_article"])
    frequence = {"nombre": lu["fois"], "par": lu["fois_par"]}
    _poser(aide, "frequence", frequence, lu["fois"], lu["fois_article"])
    exception = {"quand": lu["exception"], "jusqu_a": lu["exception_plafond"]}
    _poser(aide, "derogation", exception, lu["exception"], lu["exception_article"])
    suivent = [{"nom": nom, "indispensable": False} for nom in _des_lignes(lu["pieces_suivent"])]
    aide["pieces"] = [*_des_lignes(lu["pieces"]), *suivent]
    aide["paiement"] = {**aide["paiement"], "formes": list(lu["formes"])}


def _en_lignes(aide: Mapping[str, Any], *, indispensables: bool) -> str:
    """Les pièces, une par ligne ; un simple texte est une pièce indispensable."""
    pieces = [p if isinstance(p, dict) else {"nom": p} for p in aide.get("pieces", [])]
    return "\n".join(p["nom"] for p in pieces if p.get("indispensable", True) is indispensables)


def _des_lignes(texte: str) -> list[str]:
    return [nom.strip() for nom in texte.splitlines() if nom.strip()]


def _au_gout_du_jour(aide: dict[str, Any]) -> None:
    """Ce qu'une édition d'avant écrivait autrement prend son nom d'aujourd'hui."""
    if ANCIEN_PLAFOND in aide:
        aide["plafond"] = aide.pop(ANCIEN_PLAFOND)
    if aide.get("frequence"):
        aide["frequence"] = {n: v for n, v in aide["frequence"].items() if n != ANCIENNE_FREQUENCE}


def _poser(aide: dict[str, Any], cle: str, valeurs: dict[str, Any], present: Any, article: str) -> None:
    """Pose un point, avec son article ; vide, il disparaît."""
    if present in (None, ""):
        aide.pop(cle, None)
        return
    aide[cle] = _sourcer({**(aide.get(cle) or {}), **valeurs}, article)


def _sourcer(point: dict[str, Any], article: str) -> dict[str, Any]:
    """Un article cité, ou l'aveu que c'est supposé ; rien de vide."""
    sans = {n: v for n, v in point.items() if v is not None and n not in ("article", "hypothese")}
    return {**sans, "article": article} if article else {**sans, "hypothese": True}


def _decideurs(anciens: list[dict[str, Any]], lu: Mapping[str, Any]) -> list[dict[str, Any]]:
    article, dernier = lu["decide_article"], {"note": anciens[-1].get("note"), "qui": lu["decide"]}
    if lu["delegation"] is None or lu["decide"] == "presidence":
        return [_sourcer(dernier, article)]
    delegue = {"note": anciens[0].get("note"), "qui": "presidence", "jusqu_a": lu["delegation"]}
    return [_sourcer(delegue, article), _sourcer(dernier, article)]


def _tranche(anciennes: list[dict[str, Any]], lu: Mapping[str, Any], rang: int) -> dict[str, Any] | None:
    """La tranche de la ligne ``rang`` ; ``None`` si la ligne est vide (la vider, c'est la retirer)."""
    libelle, effet = lu[f"t{rang}_libelle"], lu[f"t{rang}_effet"]
    if not libelle:
        return None
    article = lu[f"t{rang}_article"]
    ancienne = anciennes[rang] if rang < len(anciennes) else {}
    bornes = {"au_moins": lu[f"t{rang}_au_moins"], "moins_de": lu[f"t{rang}_moins_de"]}
    montant = _montant(ancienne.get("montant") or {}, lu, rang, article) if effet == "accord" else None
    return _sourcer({**ancienne, "libelle": libelle, **bornes, "effet": effet, "montant": montant}, article)


def _montant(ancien: dict[str, Any], lu: Mapping[str, Any], rang: int, article: str) -> dict[str, Any]:
    forme, somme, taux = lu[f"t{rang}_forme"], lu[f"t{rang}_somme"], lu[f"t{rang}_taux"]
    regle: dict[str, Any] = {"forme": forme, "note": ancien.get("note")}
    if forme in SOMME:
        regle[SOMME[forme]] = somme
    if forme == "part_de_la_demande":
        regle["taux"] = None if taux is None else taux / EN_CENTIEMES
    return _sourcer(regle, ancien.get("article") or article)


def _ecrire_le_compte(compte: dict[str, Any], lu: Mapping[str, Any]) -> None:
    ressources = compte["ressources"]
    ressources["periode"]["nature"], ressources["personnes"]["qui"] = lu["periode"], lu["qui"]
    ressources["aide_logement"]["choix"] = lu["aide_logement"]
    compte["si_negatif"]["choix"] = lu["si_negatif"]
    if compte["diviseur"]["par"] != "parts":
        compte["diviseur"]["par"] = lu["diviseur"]
    if lu["jours"]:
        compte["par_jour"] = {**(compte.get("par_jour") or {"hypothese": True}), "jours": lu["jours"]}
    else:
        compte.pop("par_jour", None)
    if compte.get("charges"):
        compte["charges"]["loyer"]["compter"] = lu["loyer"]
        _compter(compte["charges"]["postes"], lu["depenses"])
        _compter(compte["charges"]["dettes"], lu["dettes"])


def _compter(selection: dict[str, Any], voulues: list[str]) -> None:
    """Coche et décoche sans toucher aux plafonds : une nature ajoutée rejoint le premier poste sans plafond."""
    postes = [{**p, "natures": [n for n in p["natures"] if n in voulues]} for p in selection.get("compter", [])]
    deja = {n for p in postes for n in p["natures"]}
    neuves = [n for n in voulues if n not in deja]
    if neuves:
        libre = next((p for p in postes if p.get("plafond") is None), None)
        if libre is None:
            libre = {"natures": [], "hypothese": True}
            postes.append(libre)
        libre["natures"] = [*libre["natures"], *neuves]
    exclues = [{**e, "natures": [n for n in e["natures"] if n not in voulues]} for e in selection.get("exclure", [])]
    selection["compter"] = [p for p in postes if p["natures"]]
    selection["exclure"] = [e for e in exclues if e["natures"]]


def _nombres(valeur: Any) -> Any:
    """Des nombres que le JSON sait écrire : un entier reste entier."""
    if isinstance(valeur, dict):
        return {cle: _nombres(v) for cle, v in valeur.items()}
    if isinstance(valeur, list):
        return [_nombres(v) for v in valeur]
    if isinstance(valeur, Decimal):
        return int(valeur) if valeur == valeur.to_integral_value() else float(valeur)
    return valeur
