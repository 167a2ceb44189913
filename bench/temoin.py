"""L'accord avec OpenFisca nu : combien de foyers comparés, combien d'écarts, et la correction qui cause chacun."""

from datetime import date

from pleinsdroits.droits.moteur.calcul import sorties_demandees
from pleinsdroits.droits.moteur.correctifs import CORRECTIFS
from pleinsdroits.droits.moteur.population import situations
from pleinsdroits.droits.moteur.tests.attribution import attribuer

JOUR = date(2026, 11, 23)
FOYERS = 215


def mesurer() -> dict[str, dict[str, object]]:
    """Les comptes du témoin ; ``temoin.inexpliques`` doit valoir zéro."""
    print(f"  … le témoin : {FOYERS} foyers au hasard, sur OpenFisca nu et sur notre calcul", flush=True)
    attribution = attribuer(situations(FOYERS, jour=JOUR, graine=3), JOUR, sorties_demandees())
    titres = {c.nom: c.titre for c in CORRECTIFS}
    print(f"\n  {'correction':<22}{'foyers':>8}{'valeurs':>9}")
    for nom, valeurs in attribution.par_correction.most_common():
        print(f"  {nom:<22}{attribution.foyers(nom):>8}{valeurs:>9}  {titres[nom]}")
    inexpliques = len(attribution.inexpliques)
    return {
        "temoin.foyers": {"valeur": FOYERS, "unite": "foyers", "seuil": 200, "tenu": FOYERS >= 200},
        "temoin.valeurs": {"valeur": attribution.comparees, "unite": "valeurs", "seuil": None, "tenu": True},
        "temoin.ecarts": {"valeur": len(attribution.ecarts), "unite": "valeurs", "seuil": None, "tenu": True},
        "temoin.inexpliques": {"valeur": inexpliques, "unite": "valeurs", "seuil": 0, "tenu": inexpliques == 0},
    }
