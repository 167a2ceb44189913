"""
Le témoin : une autre traduction des situations, écrite à part de ``traduction.py`` et ``declaration.py``, d'après
droits.md §2, pour OpenFisca-France **sans aucune correction**, par son dictionnaire d'entités. Il ne répond à personne :
il sert à compter nos écarts avec OpenFisca et à donner à chacun le nom de la correction qui le cause.

Trois choses le séparent de notre calcul : il écrit un dictionnaire nommé (nous, des tableaux), il déclare les variables
elles-mêmes (nous, des jumelles masquées), il regroupe les foyers par schéma égal (nous, un seul schéma).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import cache
from typing import Any

from openfisca_core.indexed_enums import EnumArray
from openfisca_core.periods import Period, period
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.simulations import Simulation

from pleinsdroits.droits.moteur.systeme import systeme_nu
from pleinsdroits.droits.situation.modele import Personne, Situation, age
from pleinsdroits.droits.situation.mois import Mois

Dictionnaire = dict[str, dict[str, Any]]
ACTIVITES = {"demandeur_emploi": "chomeur", "etudiant": "etudiant", "retraite": "retraite", "sans_activite": "inactif"}
PAYS = {"ue": "DE", "hors_ue": "AF"}
OCCUPATIONS = {"foyer": "locataire_foyer", "heberge": "loge_gratuitement", "accedant": "primo_accedant"}
SANS_FORMULE = {  # un revenu déclaré tel quel
    "chomage_partiel": "indemnites_chomage_partiel",
    "stage": "revenus_stage_formation_pro",
    "maladie": "indemnites_journalieres_maladie",
    "maternite": "indemnites_journalieres_maternite",
    "accident_travail": "rente_accident_travail",
    "invalidite": "pensions_invalidite",
    "pension_alimentaire": "pensions_alimentaires_percues",
    "prestation_compensatoire": "prestation_compensatoire",
    "loyers_recus": "revenus_locatifs",
    "placements": "revenus_capital",
    "exceptionnel": "gains_exceptionnels",
}
TOUJOURS_DITS = ("accident_travail", "loyers_recus", "placements")  # OpenFisca a une formule : zéro se dit
REGIMES = {
    "micro_vente": "rpns_micro_entreprise_CA_bic_vente_imp",
    "micro_service": "rpns_micro_entreprise_CA_bic_service_imp",
    "micro_liberal": "rpns_micro_entreprise_CA_bnc_imp",
    "reel": "rpns_autres_revenus",
    "agricole": "rpns_benefice_exploitant_agricole",
}
RECUES_EN_FAMILLE = ("rsa", "ppa", "apl", "alf", "af", "cf", "asf", "paje_base", "aeeh", "aspa")
RECUES_SEUL = {"aah": "aah", "mva": "caah", "asi": "asi", "ass": "ass"}


def temoigner(situations: Sequence[Situation], jour: date, sorties: Collection[str]) -> list[dict[str, list[Any]]]:
    """
    Pour chaque situation, ``sortie → sa valeur pour chaque personne`` (dans l'ordre de la situation ; celle de son
    entité), calculées par OpenFisca-France tel que publié, en un lot par schéma.
    """
    rendus: dict[int, dict[str, list[Any]]] = {}
    for rangs in _par_schema(situations, jour).values():
        lot = [situations[r] for r in rangs]
        rendus |= dict(zip(rangs, _un_lot(lot, jour, sorties), strict=True))
    return [rendus[r] for r in range(len(situations))]


def _par_schema(situations: Sequence[Situation], jour: date) -> dict[tuple[bool, bool], list[int]]:
    """Les rangs des situations qui déclarent les mêmes variables à formule."""
    groupes: dict[tuple[bool, bool], list[int]] = defaultdict(list)
    for rang, s in enumerate(situations):
        groupes[bool(s.logement.conventionne), _tous_avec_avis(s, jour)].append(rang)
    return groupes


def _tous_avec_avis(s: Situation, jour: date) -> bool:
    return all(_avis(s, declarants) for declarants, _ in foyers_fiscaux(s, jour))


def _un_lot(lot: Sequence[Situation], jour: date, sorties: Collection[str]) -> list[dict[str, list[Any]]]:
    dictionnaire = _dictionnaire(lot, jour)
    if not all(_tous_avec_avis(s, jour) for s in lot):
        _completer_les_avis(dictionnaire, jour)
    simulation = _simuler(dictionnaire)
    lues = {nom: _par_personne(simulation, nom, jour) for nom in sorties}
    return [{n: [v[f"{i}.{p.id}"] for p in s.personnes] for n, v in lues.items()} for i, s in enumerate(lot)]


def _simuler(dictionnaire: Dictionnaire) -> Simulation:
    return SimulationBuilder().build_from_entities(systeme_nu(), dictionnaire)


def _par_personne(simulation: Simulation, nom: str, jour: date) -> dict[str, Any]:
    variable = systeme_nu().variables[nom]
    valeurs = simulation.calculate(nom, str(Mois(jour)) if variable.definition_period == "month" else str(jour.year))
    if isinstance(valeurs, EnumArray):
        valeurs = valeurs.decode_to_str()
    population = simulation.persons
    if variable.entity.key != "individu":
        groupe = simulation.populations[variable.entity.key]
        valeurs = valeurs[groupe.members_entity_id]
    return dict(zip(population.ids, valeurs.tolist(), strict=True))


def _completer_les_avis(dictionnaire: Dictionnaire, jour: date) -> None:
    """Un premier calcul sans aucun avis dit le revenu fiscal de ceux qui n'en ont pas ; on l'écrit ensuite pour eux."""
    sans = {
        genre: {cle: {v: x for v, x in corps.items() if v not in ("rfr", "nbptr")} for cle, corps in objets.items()}
        for genre, objets in dictionnaire.items()
    }
    premier = _simuler(sans)
    rangs = {cle: i for i, cle in enumerate(dictionnaire["foyers_fiscaux"])}
    for nom in ("rfr", "nbptr"):
        for annee in _annees(jour):
            calcules = premier.calculate(nom, annee)
            for cle, foyer in dictionnaire["foyers_fiscaux"].items():
                foyer.setdefault(nom, {}).setdefault(_cle(annee), float(calcules[rangs[cle]]))


def _dictionnaire(lot: Sequence[Situation], jour: date) -> Dictionnaire:
    tout: Dictionnaire = {"individus": {}, "familles": {}, "foyers_fiscaux": {}, "menages": {}}
    for i, s in enumerate(lot):
        for p in s.personnes:
            tout["individus"][f"{i}.{p.id}"] = _individu(s, p, jour)
        for k, (parents, enfants) in enumerate(familles(s, jour)):
            membres = {"parents": [f"{i}.{x}" for x in parents], "enfants": [f"{i}.{x}" for x in enfants]}
            tout["familles"][f"{i}.{k}"] = membres | _famille(s, {*parents, *enfants}, jour)
            tout["menages"][f"{i}.{k}"] = _habitants(membres) | _menage(s, jour, principal=k == 0)
        for k, (declarants, charge) in enumerate(foyers_fiscaux(s, jour)):
            tetes = [f"{i}.{x}" for x in declarants]
            membres = {"declarants": tetes, "personnes_a_charge": [f"{i}.{x}" for x in charge]}
            tout["foyers_fiscaux"][f"{i}.{k}"] = membres | _foyer_fiscal(s, declarants, jour)
    return tout


def _habitants(famille: dict[str, list[str]]) -> dict[str, list[str]]:
    reference, *conjoint = famille["parents"]
    return {"personne_de_reference": [reference], "conjoint": conjoint, "enfants": famille["enfants"]}


def familles(s: Situation, jour: date) -> list[tuple[list[str], list[str]]]:
    """(parents, enfants) : le couple et ses enfants de moins de 25 ans sans revenus propres, puis chaque autre adulte."""
    couple = [p.id for p in s.personnes if p.lien == "demandeur"] + [p.id for p in s.personnes if p.lien == "conjoint"]
    enfants = [p.id for p in s.personnes if p.lien == "enfant" and not _vole_de_ses_ailes(p, jour)]
    autres = [p.id for p in s.personnes if p.id not in couple + enfants]
    return [(couple, enfants), *(([x], []) for x in autres)]


def _vole_de_ses_ailes(p: Personne, jour: date) -> bool:
    gagne = any(r.montant and not (r.a and r.a < Mois(jour)) for r in p.revenus or [])
    return age(p, jour) >= (20 if gagne else 25)


def foyers_fiscaux(s: Situation, jour: date) -> list[tuple[list[str], list[str]]]:
    """(déclarants, personnes à charge) : l'union libre fait deux foyers, l'enfant rattaché est sur celui du demandeur."""
    (couple, enfants), *autres = familles(s, jour)
    seuls = [x for (x,), _ in autres]
    rattaches = [x for x in seuls if s.personne(x).lien == "enfant" and s.personne(x).rattache_fiscal]
    separes = s.couple == "union_libre"
    premiers = [(couple[:1], enfants + rattaches), (couple[1:], [])] if separes else [(couple, enfants + rattaches)]
    return [*premiers, *(([x], []) for x in seuls if x not in rattaches)]


def _mois(jour: date) -> list[Mois]:
    """De janvier N-2 au mois calculé."""
    fin = Mois(jour)
    return [fin - n for n in range(24 + fin.mois - 1, -1, -1)]


@cache
def _cle(periode: Mois | str) -> Period:
    """OpenFisca relit le texte d'une période à chaque valeur ; une période déjà lue lui évite ce travail."""
    return period(str(periode))


def _annees(jour: date) -> list[str]:
    return [str(jour.year - n) for n in (2, 1, 0)]


def _toujours(valeur: Any, jour: date) -> dict[str, Any]:
    return {_cle(m): valeur for m in _mois(jour)}


def _par_an(valeur: Any, jour: date) -> dict[str, Any]:
    return dict.fromkeys(map(_cle, _annees(jour)), valeur)


def _net(p: Personne, genre: str, jour: date) -> Callable[[Mois], float]:
    """Le revenu net d'un mois : dit depuis M-13, sinon la moyenne des douze mois avant M."""
    dits = [r for r in p.revenus or [] if r.type == genre]

    def raconte(mois: Mois) -> float:
        courants = [r for r in dits if (r.de is None or r.de <= mois) and (r.a is None or mois <= r.a)]
        return sum(r.montant or 0 for r in courants)

    fin = Mois(jour)
    moyenne = sum(raconte(fin - n) for n in range(1, 13)) / 12
    return lambda mois: raconte(mois) if fin - 13 <= mois else moyenne


def _individu(s: Situation, p: Personne, jour: date) -> dict[str, Any]:
    etudes = {"aucune": "inconnue", "superieur": "enseignement_superieur"}.get(p.scolarite, p.scolarite)
    defaut = "etudiant" if p.activite is None and age(p, jour) < 16 else "inactif" if p.activite is None else "actif"
    constants: dict[str, Any] = {
        "activite": ACTIVITES.get(p.activite or "", defaut),
        "scolarite": etudes,
        "boursier": bool(p.boursier),
        "enceinte": p.grossesse is not None,
        "garde_alternee": p.garde_alternee,
        "habite_chez_parents": p.habite_chez_parents,
        "inapte_travail": bool(p.inapte),
        "invalidite": p.invalidite is not None,
        "ass_precondition_remplie": bool(p.cinq_ans_activite_sur_dix),
        "rsa_jeune_condition_heures_travail_remplie": bool(p.deux_ans_activite_sur_trois),
        **_sejour(s, p, jour),
        **_handicap(p),
        **(_epargne(s) if p.lien == "demandeur" else {}),
    }
    if etudes == "enseignement_superieur" and p.ressources_parents is not None:
        parents = {"bourse_criteres_sociaux_base_ressources_parentale": p.ressources_parents}
        constants |= {"statuts_etablissement_scolaire": "public"} | parents
    if p.autonomie and p.autonomie.gir:
        constants |= {"gir": f"gir_{p.autonomie.gir}", "dependance_plan_aide_domicile": p.autonomie.plan_aide or 0}
    sur_la_feuille = p.lien == "enfant" and (age(p, jour) < 18 or bool(p.rattache_fiscal))
    dates = {
        "date_naissance": p.naissance,
        "date_debut_chomage": p.inscription_france_travail,
        "date_arret_de_travail": p.arret_de_travail,
    }
    return {
        **{nom: {"ETERNITY": d.isoformat()} for nom, d in dates.items() if d},
        **{nom: _toujours(valeur, jour) for nom, valeur in constants.items()},
        **_revenus(p, jour),
        "enfant_a_charge": _par_an(sur_la_feuille, jour),
        **{nom: _deja_recu(s, p, droit, jour) for droit, nom in RECUES_SEUL.items()},
    }


def _sejour(s: Situation, p: Personne, jour: date) -> dict[str, Any]:
    """OpenFisca ne connaît que le pays et les années de titre : ni réfugié, ni carte de résident, ni absence de titre."""
    dit = s.demandeur if p.lien == "enfant" and p.nationalite is None else p
    depuis = dit.sejour.depuis if dit.sejour else None
    if depuis is None and dit.nationalite == "ue":
        depuis = dit.arrivee_en_france
    annees = (jour - depuis).days / 365.25 if depuis else 0
    return {"nationalite": PAYS.get(dit.nationalite or "", "FR"), "duree_possession_titre_sejour": annees}


def _handicap(p: Personne) -> dict[str, Any]:
    if not p.handicap:
        return {}
    return {
        "handicap": (p.handicap.taux or 0) >= 0.5,
        "taux_incapacite": p.handicap.taux or 0,
        "aah_restriction_substantielle_durable_acces_emploi": bool(p.handicap.restriction_emploi),
        "aeeh_niveau_handicap": p.handicap.complement or 0,
    }


def _epargne(s: Situation) -> dict[str, float]:
    biens = s.patrimoine
    if biens is None:
        return {}
    return {
        "livret_a": biens.livrets or 0,
        "epargne_revenus_imposables": biens.placements_imposables or 0,
        "epargne_revenus_non_imposables": biens.placements_non_imposables or 0,
        "valeur_patrimoine_loue": biens.biens_loues or 0,
        "valeur_locative_immo_non_loue": biens.biens_non_loues or 0,
    }


def _revenus(p: Personne, jour: date) -> dict[str, Any]:
    salaire, chomage, retraite = (_net(p, genre, jour) for genre in ("salaire", "chomage", "retraite"))
    brut_chomage = 1 - ((0.062 + 0.005) * 0.9825 + 0.028)
    suites: dict[str, Callable[[Mois], float]] = {
        "salaire_net": salaire,
        "salaire_de_base": lambda m: salaire(m) / 0.78,
        "salaire_imposable": lambda m: salaire(m) + 0.029 * 0.9825 * salaire(m) / 0.78,
        "chomage_net": chomage,
        "chomage_imposable": lambda m: chomage(m) + 0.029 * 0.9825 * chomage(m) / brut_chomage,
        "retraite_nette": retraite,
        "retraite_brute": lambda m: retraite(m) / 0.926,
        "retraite_imposable": lambda m: retraite(m) + 0.029 * retraite(m) / 0.926,
    }
    presents = {r.type for r in p.revenus or []} | set(TOUJOURS_DITS)
    suites |= {variable: _net(p, genre, jour) for genre, variable in SANS_FORMULE.items() if genre in presents}
    nets = {nom: {_cle(m): suite(m) for m in _mois(jour)} for nom, suite in suites.items()}
    recettes = p.independant.annees if p.independant else {}
    regime = p.independant.regime if p.independant else None
    for genre, variable in REGIMES.items():
        nets[variable] = {_cle(a): (recettes.get(int(a)) or 0) if genre == regime else 0 for a in _annees(jour)}
    return nets


def _deja_recu(s: Situation, p: Personne, droit: str, jour: date) -> dict[str, float]:
    """Les mois d'avant le mois calculé, jamais celui-ci."""
    dites = [x for x in s.prestations if x.droit == droit and (p.id in x.pour or not x.pour and p.id == s.demandeur.id)]
    return {_cle(m): dites[-1].montant or 0 if dites else 0 for m in _mois(jour)[:-1]}


def _famille(s: Situation, membres: set[str], jour: date) -> dict[str, Any]:
    principale = s.demandeur.id in membres
    recues = {x.droit: x.montant or 0 for x in s.prestations if (membres & set(x.pour) if x.pour else principale)}
    montants = {nom: recues.get(nom, 0) for nom in RECUES_EN_FAMILLE}
    logement = recues.get("aide_logement", 0)
    montants |= {"aide_logement": logement, "als": logement}
    depuis = s.seul_depuis if principale else None
    recent = bool(depuis) and (Mois(jour).rang - Mois(depuis).rang) < 18
    return {
        "rsa_isolement_recent": _toujours(recent, jour),
        "proprietaire_proche_famille": _toujours(principale and bool(s.logement.bailleur_parent), jour),
        **{nom: {_cle(m): valeur for m in _mois(jour)[:-1]} for nom, valeur in montants.items()},
    }


def _avis(s: Situation, declarants: list[str]) -> Any:
    siens = [a for a in s.avis if set(a.personnes) & set(declarants) and a.rfr is not None and a.parts is not None]
    return siens[-1] if siens else None


def _foyer_fiscal(s: Situation, declarants: list[str], jour: date) -> dict[str, Any]:
    avis = _avis(s, declarants)
    if avis is None:
        return {"pensions_alimentaires_versees": _par_an(0, jour)}
    return {
        "rfr": _par_an(avis.rfr, jour),
        "nbptr": _par_an(avis.parts, jour),
        "pensions_alimentaires_versees": _par_an(-(avis.pensions_versees or 0), jour),
    }


def _menage(s: Situation, jour: date, *, principal: bool) -> dict[str, Any]:
    """Seul le premier ménage paie : les autres adultes du logement sont logés par lui."""
    toit = s.logement
    occupation = OCCUPATIONS.get(toit.statut or "non_renseigne", toit.statut) if principal else "loge_gratuitement"
    constants: dict[str, Any] = {"depcom": toit.commune, "statut_occupation_logement": occupation}
    if toit.conventionne:
        constants["logement_conventionne"] = principal
    if not principal:
        return {nom: _toujours(valeur, jour) for nom, valeur in constants.items()}
    constants |= {
        "loyer": toit.loyer or 0,
        "charges_locatives": toit.charges or 0,
        "coloc": toit.colocation,
        "logement_chambre": toit.chambre,
        "logement_crous": toit.crous,
        "participation_frais": bool(toit.participe_frais),
    }
    if toit.statut == "foyer":
        constants["etat_logement_foyer"] = "logement_rehabilite" if toit.foyer_rehabilite else "logement_non_rehabilite"
    if toit.entree:
        constants["date_entree_logement"] = toit.entree.isoformat()
    pret = {"aide_logement_date_pret_conventionne": {"ETERNITY": toit.pret_date.isoformat()}} if toit.pret_date else {}
    return {nom: _toujours(valeur, jour) for nom, valeur in constants.items()} | pret
