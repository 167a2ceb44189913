"""
Des réponses à la situation. « Je ne sais pas » devient ``None`` ; ce qui n'a pas été demandé garde la valeur par
défaut de ``situation.modele``. Une réponse périmée (une école trop jeune pour l'âge corrigé) est laissée de côté.
"""

from collections.abc import Mapping

from pleinsdroits.droits.questionnaire import parcours
from pleinsdroits.droits.questionnaire.champs import INCONNU
from pleinsdroits.droits.questionnaire.contexte import CONJOINT, VOUS, Contexte
from pleinsdroits.droits.questionnaire.ecrans import budget, options, revenus, situations
from pleinsdroits.droits.questionnaire.ecrans import logement as logement_ecrans
from pleinsdroits.droits.questionnaire.personnes import Objet, personne, su
from pleinsdroits.droits.questionnaire.villes import commune_trouvee
from pleinsdroits.droits.situation.lecture import valider_situation
from pleinsdroits.droits.situation.modele import Situation


def situation(contexte: Contexte) -> Situation:
    """La situation décrite ; lève ``SituationInvalide`` si des réponses manquent encore."""
    return valider_situation(donnees(contexte), jour=contexte.jour)


def donnees(contexte: Contexte) -> Objet:
    """La situation en types simples, prête pour ``Situation.model_validate``."""
    actuel = _seulement_posees(contexte)
    tout: Objet = {
        "personnes": [personne(g, actuel) for g in actuel.gens],
        "logement": _logement(actuel),
        "avis": _avis(actuel),
        "prestations": _prestations(actuel),
        "patrimoine": _patrimoine(actuel),
        "charges": _charges(actuel),
        "dettes": _dettes(actuel),
        "souhaite_compte_bancaire": actuel.coche("concerne", "quoi", "compte"),
        "procedure_justice": actuel.coche("concerne", "quoi", "justice"),
    }
    if actuel.en_couple and any(g.ident == CONJOINT for g in actuel.gens):
        tout["couple"] = actuel.dit("vous", "couple")
    if mois := actuel.dit("seul-depuis", "mois"):
        tout["seul_depuis"] = f"{mois}-01"
    return tout


def _seulement_posees(contexte: Contexte) -> Contexte:
    """Oublie les réponses à des questions que d'autres réponses ont refermées depuis."""
    garde = {q.slug for q in parcours.posees(contexte)}
    return Contexte({slug: r for slug, r in contexte.reponses.items() if slug in garde}, contexte.jour)


def _logement(contexte: Contexte) -> Objet:
    def dit(champ: str) -> object:
        return contexte.dit("loyer", champ)

    dites = dit("precisions")
    precisions = dites if isinstance(dites, list) else []
    statut = su(contexte.dit("logement", "statut"))
    logement: Objet = {"commune": _commune(contexte), "statut": statut}
    if "loyer" in contexte.reponses.get("loyer", {}):
        logement |= {"loyer": dit("loyer"), "charges": dit("charges") if statut != "accedant" else 0}
    for champ, nom in (("entree", "entree"), ("pret", "pret_date"), ("demande_hlm", "demande_logement_social_depuis")):
        if dit(champ):
            logement[nom] = dit(champ)
    for precision in logement_ecrans.PRECISIONS_PAR_STATUT.get(str(statut or INCONNU), []):
        logement |= _precision(precision, precisions)
    logement["difficultes"] = situations.difficultes_de_logement(contexte)
    return logement


IGNORABLES = ("conventionne", "foyer_rehabilite", "participe_frais", "bailleur_parent", "domiciliation")


def _precision(precision: str, cochees: list[str]) -> Objet:
    inconnu = INCONNU in cochees
    if precision == "sans_electricite":
        return {"contrat_electricite": None if inconnu else precision not in cochees}
    return {precision: None if inconnu and precision in IGNORABLES else precision in cochees}


def _commune(contexte: Contexte) -> object:
    if precise := contexte.dit("logement", "commune_precise"):
        return precise
    trouvee = commune_trouvee(str(contexte.dit("logement", "commune") or ""))
    return trouvee.code if trouvee else ""


def _avis(contexte: Contexte) -> list[Objet]:
    couple_commun = contexte.dit("vous", "couple") in ("marie", "pacse")
    avis = []
    for ecran, gens in [
        *(("avis", g) for g in contexte.vous_et_conjoint),
        *(("avis-autres", g) for g in revenus.autres_declarants(contexte)),
    ]:
        if contexte.dit(ecran, f"annee__{gens.ident}"):
            personnes = [VOUS, CONJOINT] if couple_commun and gens.ident == VOUS else [gens.ident]
            avis.append({"personnes": personnes, **_un_avis(contexte.reponses[ecran], gens.ident)})
    return avis


def _un_avis(reponses: Mapping[str, object], ident: str) -> Objet:
    """Une case de pensions vide veut dire « aucune » : l'écran le dit."""
    return {
        "annee": int(str(reponses[f"annee__{ident}"])),
        "rfr": reponses.get(f"rfr__{ident}"),
        "parts": reponses.get(f"parts__{ident}"),
        "pensions_versees": reponses.get(f"pensions__{ident}") or 0,
    }


def _prestations(contexte: Contexte) -> list[Objet]:
    return [_prestation(aide, contexte) for aide in budget.aides_cochees(contexte)]


def _prestation(aide: str, contexte: Contexte) -> Objet:
    qui = su(contexte.dit("aides-recues", f"pour_{aide}"))
    connue = any(g.ident == qui for g in contexte.gens)
    montant = contexte.dit("aides-recues", f"montant_{aide}")
    return {"droit": aide, "montant": montant, "pour": [qui] if connue else []}


def _patrimoine(contexte: Contexte) -> Objet | None:
    """Ce qui est coché, montant inconnu compris ; le reste vaut zéro parce que la personne ne l'a pas coché."""
    if _ignore(contexte, "patrimoine"):
        return None
    epargnes = [cle for cle, *_reste in options.EPARGNES if contexte.coche("patrimoine", "quoi", cle)]
    return {cle: contexte.dit("patrimoine", f"montant_{cle}") for cle in epargnes}


def _charges(contexte: Contexte) -> list[Objet] | None:
    if _ignore(contexte, "charges"):
        return None
    natures = [n for n, _nom in options.CHARGES if contexte.coche("charges", "quoi", n)]
    return [{"nature": n, "montant": contexte.dit("charges", f"montant_{n}")} for n in natures]


def _dettes(contexte: Contexte) -> list[Objet] | None:
    if "concerne" in contexte.reponses and not contexte.coche("concerne", "quoi", "dettes"):
        return []
    if _ignore(contexte, "dettes"):
        return None
    natures = [n for n, _nom in options.DETTES if contexte.coche("dettes", "quoi", n)]
    return [_dette(nature, contexte.reponses["dettes"]) for nature in natures]


def _ignore(contexte: Contexte, ecran: str) -> bool:
    """Vrai si la personne ne sait pas, ou n'a pas encore répondu."""
    return ecran not in contexte.reponses or contexte.coche(ecran, "quoi", INCONNU)


def _dette(nature: str, montants: Mapping[str, object]) -> Objet:
    retard = montants.get(f"retard_{nature}")
    return {
        "nature": nature,
        "total": montants.get(f"total_{nature}"),
        "mensualite": montants.get(f"mensualite_{nature}"),
        "mois_de_retard": None if retard is None else int(float(str(retard))),
    }
