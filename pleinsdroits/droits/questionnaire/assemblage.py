"""
Des réponses à la situation. « Je ne sais pas » devient ``None`` ; ce qui n'a pas été demandé garde la valeur par
défaut de ``situation.modele``. Une réponse périmée (une école trop jeune pour l'âge corrigé) est laissée de côté.
"""

from collections.abc import Mapping

from pleinsdroits.droits.questionnaire import parcours
from pleinsdroits.droits.questionnaire.champs import AUCUN, INCONNU
from pleinsdroits.droits.questionnaire.contexte import CONJOINT, VOUS, Contexte, Gens
from pleinsdroits.droits.questionnaire.ecrans import argent, options
from pleinsdroits.droits.questionnaire.ecrans import logement as logement_ecrans
from pleinsdroits.droits.questionnaire.ecrans.foyer import concernes
from pleinsdroits.droits.questionnaire.villes import commune_trouvee
from pleinsdroits.droits.situation.lecture import valider_situation
from pleinsdroits.droits.situation.modele import AGES_SCOLAIRES, Situation

Objet = dict[str, object]
OUI_NON = {"oui": True, "non": False}


def situation(contexte: Contexte) -> Situation:
    """La situation décrite ; lève ``SituationInvalide`` si des réponses manquent encore."""
    return valider_situation(donnees(contexte), jour=contexte.jour)


def donnees(contexte: Contexte) -> Objet:
    """La situation en types simples, prête pour ``Situation.model_validate``."""
    actuel = _seulement_posees(contexte)
    tout: Objet = {
        "personnes": [_personne(g, actuel) for g in actuel.gens],
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


def su(valeur: object) -> object:
    """``None`` pour « je ne sais pas » (ou vide), la valeur sinon."""
    return None if valeur in (INCONNU, "", None) else valeur


def oui_non(valeur: object) -> bool | None:
    return OUI_NON.get(str(valeur))


def _personne(gens: Gens, contexte: Contexte) -> Objet:
    def dit(ecran: str, champ: str) -> object:
        return contexte.dit(ecran, f"{champ}__{gens.ident}")

    personne: Objet = {"id": gens.ident, "lien": gens.lien, "naissance": gens.naissance.isoformat()}
    personne["nationalite"] = su(dit("nationalite", "nationalite"))
    personne["activite"] = su(dit("activite", "activite"))
    if dit("sejour", "titre"):
        personne["sejour"] = {"titre": su(dit("sejour", "titre")), "depuis": dit("sejour", "depuis")}
        personne["arrivee_en_france"] = dit("sejour", "arrivee")
    personne |= _travail(dit) | _ecole(gens, dit) | _sante(gens, contexte) | _sujets(gens, contexte)
    personne["revenus"] = _revenus(gens, contexte)
    if dit("independant", "regime"):
        annees = {an: dit("independant", f"annee_{an}") for an in argent.annees_demandees(contexte)}
        personne["independant"] = {"regime": dit("independant", "regime"), "annees": annees}
    return personne


def _travail(dit) -> Objet:
    objet: Objet = {
        "inscription_france_travail": dit("activite-suite", "inscription"),
        "cinq_ans_activite_sur_dix": oui_non(dit("activite-suite", "cinq_ans")),
        "deux_ans_activite_sur_trois": oui_non(dit("activite-suite", "deux_ans")),
        "habite_chez_parents": bool(dit("activite-suite", "chez_parents")),
        "rattache_fiscal": oui_non(dit("activite-suite", "rattache")),
    }
    if (boursier := dit("activite-suite", "boursier")) is not None:
        objet["boursier"] = oui_non(boursier)
    return objet


def _ecole(gens: Gens, dit) -> Objet:
    ecole, parent = su(dit("enfants", "ecole")), su(dit("enfants", "parent"))
    objet: Objet = {}
    if ecole:
        objet["scolarite"] = ecole
    etudes_possibles = AGES_SCOLAIRES["superieur"][0] <= gens.age <= AGES_SCOLAIRES["superieur"][1]
    if objet.get("scolarite") is None and dit("activite", "activite") == "etudiant" and etudes_possibles:
        objet["scolarite"] = "superieur"
    if parent and parent != "ici":
        objet["autre_parent"] = parent
    if dit("enfants", "alternee"):
        objet["garde_alternee"] = True
    return objet


def _sante(gens: Gens, contexte: Contexte) -> Objet:
    couverture = contexte.dit("sante", f"couverture__{gens.ident}")
    complementaire = contexte.dit("sante", f"complementaire__{gens.ident}")
    return {"sante": {"couverture": su(couverture), "complementaire": su(complementaire)}}


def _sujets(gens: Gens, contexte: Contexte) -> Objet:
    def dit(champ: str) -> object:
        return contexte.dit("precisions", f"{champ}__{gens.ident}")

    def a(sujet: str) -> bool:
        return gens in concernes(contexte, sujet)

    objet: Objet = {"aidant": a("aidant"), "veuvage": a("veuvage"), "gravement_malade": a("malade")}
    if a("grossesse"):
        objet["grossesse"] = {"terme": dit("terme")}
    if a("arret"):
        objet["arret_de_travail"] = dit("arret")
    if a("autonomie"):
        gir = su(dit("gir"))
        objet["autonomie"] = {"gir": int(str(gir)) if gir else None, "en_etablissement": bool(dit("etablissement"))}
    if a("handicap"):
        objet["handicap"] = _handicap(dit)
    if a("invalidite"):
        objet |= _invalidite(su(dit("invalidite")))
    return objet


def _handicap(dit) -> Objet:
    taux, complement = su(dit("taux")), dit("complement")
    objet: Objet = {
        "taux": float(str(taux)) if taux else None,
        "restriction_emploi": oui_non(dit("emploi")),
        "besoin_aide_humaine": oui_non(dit("aide_humaine")),
    }
    if complement:
        objet["complement"] = None if complement == INCONNU else int(str(complement))
    return objet


def _invalidite(reponse: object) -> Objet:
    if reponse is None:
        return {"inapte": None}
    return {"inapte": True} if reponse == "inapte" else {"invalidite": int(str(reponse))}


def _revenus(gens: Gens, contexte: Contexte) -> list[Objet] | None:
    if gens.ident not in (VOUS, CONJOINT):
        return _revenu_d_un_autre(gens, contexte)
    types = contexte.dit(f"revenus-{gens.ident}", "types")
    if not isinstance(types, list) or INCONNU in types:
        return None
    ecran = contexte.reponses.get(f"montants-{gens.ident}", {})
    return [
        revenu
        for genre in argent.types_coches(contexte, gens.ident)
        for rang in range(argent.PERIODES)
        if (revenu := _periode(ecran, genre, rang)) is not None
    ]


def _periode(ecran: Mapping[str, object], genre: str, rang: int) -> Objet | None:
    """Un revenu sur une période ; la première vaut « je ne sais pas » sans montant, les suivantes n'existent pas."""
    montant = ecran.get(f"montant_{genre}_{rang}")
    if montant is None and rang:
        return None
    revenu: Objet = {"type": genre, "montant": montant}
    for borne in ("de", "a"):
        if mois := ecran.get(f"{borne}_{genre}_{rang}"):
            revenu[borne] = mois
    return revenu


def _revenu_d_un_autre(gens: Gens, contexte: Contexte) -> list[Objet] | None:
    genre = su(contexte.dit("revenus-autres", f"genre__{gens.ident}"))
    if genre is None:
        return None if gens in contexte.autres_en_age_de_revenus else []
    if genre == AUCUN:
        return []
    return [{"type": genre, "montant": contexte.dit("revenus-autres", f"montant__{gens.ident}")}]


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
    difficultes = contexte.dit("difficultes", "quoi", [])
    logement["difficultes"] = [d for d in difficultes if d != AUCUN] if isinstance(difficultes, list) else []
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
    for gens in contexte.vous_et_conjoint:
        annee = contexte.dit("avis", f"annee__{gens.ident}")
        if not annee:
            continue
        personnes = [VOUS, CONJOINT] if couple_commun and gens.ident == VOUS else [gens.ident]
        rfr, parts = contexte.dit("avis", f"rfr__{gens.ident}"), contexte.dit("avis", f"parts__{gens.ident}")
        avis.append({"personnes": personnes, "annee": int(str(annee)), "rfr": rfr, "parts": parts})
    return avis


def _prestations(contexte: Contexte) -> list[Objet]:
    return [
        {"droit": a, "montant": contexte.dit("aides-montants", f"montant_{a}")} for a in argent.aides_cochees(contexte)
    ]


def _patrimoine(contexte: Contexte) -> Objet | None:
    if contexte.dit("patrimoine", "a") == "non":
        return {}
    if contexte.dit("patrimoine", "a") != "oui":
        return None
    montants = contexte.reponses.get("patrimoine-montants", {})
    if montants.get("inconnu"):
        return None
    return {cle: montant for cle, *_reste in options.EPARGNES if (montant := montants.get(cle)) is not None}


def _charges(contexte: Contexte) -> list[Objet] | None:
    charges = contexte.reponses.get("charges")
    if charges is None or charges.get("inconnu"):
        return None
    return [{"nature": n, "montant": charges[n]} for n, _nom in options.CHARGES if charges.get(n)]


def _dettes(contexte: Contexte) -> list[Objet] | None:
    if "concerne" in contexte.reponses and not contexte.coche("concerne", "quoi", "dettes"):
        return []
    if contexte.coche("dettes", "quoi", INCONNU) or "dettes" not in contexte.reponses:
        return None
    montants = contexte.reponses.get("dettes-montants", {})
    return [_dette(nature, montants) for nature in argent.dettes_cochees(contexte)]


def _dette(nature: str, montants: Mapping[str, object]) -> Objet:
    retard = montants.get(f"retard_{nature}")
    return {
        "nature": nature,
        "total": montants.get(f"total_{nature}"),
        "mensualite": montants.get(f"mensualite_{nature}"),
        "mois_de_retard": None if retard is None else int(float(str(retard))),
    }
