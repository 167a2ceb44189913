"""Les revenus tels que les gens les disent, mois par mois, dans les mots d'OpenFisca."""

from collections.abc import Callable
from datetime import date

from pleinsdroits.droits.moteur.schema import MOIS_RACONTES
from pleinsdroits.droits.situation.listes import TypeRevenu
from pleinsdroits.droits.situation.modele import Personne
from pleinsdroits.droits.situation.mois import Mois

# Conversions d'un net (droits.md §2.1, règle 6) : les trois grandeurs sont toujours fournies ensemble (pièges 1 et 2).
BRUT_PAR_NET_SALAIRE = 1 / 0.78
NON_DEDUCTIBLE = 0.029  # CSG et CRDS non déductibles
ASSIETTE = 0.9825  # abattement de 1,75 % pour frais
CHOMAGE_NET_PAR_BRUT = 1 - ((0.062 + 0.005) * ASSIETTE + 0.028)
RETRAITE_NETTE_PAR_BRUTE = 0.926

CONVERSIONS: dict[TypeRevenu, dict[str, float]] = {
    TypeRevenu.SALAIRE: {
        "salaire_net": 1.0,
        "salaire_de_base": BRUT_PAR_NET_SALAIRE,
        "salaire_imposable": 1 + NON_DEDUCTIBLE * ASSIETTE * BRUT_PAR_NET_SALAIRE,
    },
    TypeRevenu.CHOMAGE: {
        "chomage_net": 1.0,
        "chomage_imposable": 1 + NON_DEDUCTIBLE * ASSIETTE / CHOMAGE_NET_PAR_BRUT,
    },
    TypeRevenu.RETRAITE: {
        "retraite_nette": 1.0,
        "retraite_brute": 1 / RETRAITE_NETTE_PAR_BRUTE,
        "retraite_imposable": 1 + NON_DEDUCTIBLE / RETRAITE_NETTE_PAR_BRUTE,
    },
    TypeRevenu.CHOMAGE_PARTIEL: {"indemnites_chomage_partiel": 1.0},
    TypeRevenu.STAGE: {"revenus_stage_formation_pro": 1.0},
    TypeRevenu.MALADIE: {"indemnites_journalieres_maladie": 1.0},
    TypeRevenu.MATERNITE: {"indemnites_journalieres_maternite": 1.0},
    TypeRevenu.ACCIDENT_TRAVAIL: {"rente_accident_travail": 1.0},
    TypeRevenu.INVALIDITE: {"pensions_invalidite": 1.0},
    TypeRevenu.PENSION_ALIMENTAIRE: {"pensions_alimentaires_percues": 1.0},
    TypeRevenu.PRESTATION_COMPENSATOIRE: {"prestation_compensatoire": 1.0},
    TypeRevenu.LOYERS_RECUS: {"revenus_locatifs": 1.0},
    TypeRevenu.PLACEMENTS: {"revenus_capital": 1.0},
    TypeRevenu.EXCEPTIONNEL: {"gains_exceptionnels": 1.0},
}

INDEPENDANTS = {
    "micro_vente": "rpns_micro_entreprise_CA_bic_vente_imp",
    "micro_service": "rpns_micro_entreprise_CA_bic_service_imp",
    "micro_liberal": "rpns_micro_entreprise_CA_bnc_imp",
    "reel": "rpns_autres_revenus",
    "agricole": "rpns_benefice_exploitant_agricole",
}


def serie(personne: Personne, type_de_revenu: TypeRevenu, jour: date) -> list[float]:
    """
    Le revenu net (€/mois) d'avant M-13, puis celui de chaque mois de M-13 à M, le mois de ``jour`` : quinze valeurs.

    Les mois de M-13 à M sont ceux que la personne raconte ; avant, où l'on ne demande rien, la moyenne des douze
    derniers mois en tient lieu (droits.md §2.1, règle 5).
    """
    premier = Mois(jour).rang - MOIS_RACONTES + 1
    valeurs = [0.0] * MOIS_RACONTES
    for revenu in personne.revenus or []:
        if revenu.type is type_de_revenu and revenu.montant:
            de = max(0, revenu.de.rang - premier) if revenu.de else 0
            fin = min(MOIS_RACONTES, revenu.a.rang - premier + 1) if revenu.a else MOIS_RACONTES
            for mois in range(de, fin):
                valeurs[mois] += revenu.montant
    return [sum(valeurs[-13:-1]) / 12, *valeurs]


def declarer_les_revenus(personne: Personne, jour: date, poser: Callable[[str, list[float]], None]) -> None:
    """Appelle ``poser(variable, valeurs)`` pour chaque revenu déclaré par la personne."""
    presents = {r.type for r in personne.revenus or [] if r.montant}
    for type_de_revenu in presents:
        nets = serie(personne, type_de_revenu, jour)
        for variable, coefficient in CONVERSIONS[type_de_revenu].items():
            poser(variable, [net * coefficient for net in nets])
    if personne.independant:
        annees = personne.independant.annees
        montants = [annees.get(jour.year - n) or 0.0 for n in (2, 1, 0)]
        poser(INDEPENDANTS[personne.independant.regime], montants)
