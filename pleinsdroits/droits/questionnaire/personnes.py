"""Les réponses sur chaque personne du foyer, traduites dans les mots de la situation."""

from collections.abc import Mapping

from pleinsdroits.droits.questionnaire.champs import AUCUN, INCONNU
from pleinsdroits.droits.questionnaire.contexte import CONJOINT, VOUS, Contexte, Gens
from pleinsdroits.droits.questionnaire.ecrans import activites, revenus, sejour
from pleinsdroits.droits.questionnaire.ecrans.situations import concernes
from pleinsdroits.droits.situation.modele import AGES_SCOLAIRES

Objet = dict[str, object]
OUI_NON = {"oui": True, "non": False}


def su(valeur: object) -> object:
    """``None`` pour « je ne sais pas » (ou vide), la valeur sinon."""
    return None if valeur in (INCONNU, "", None) else valeur


def oui_non(valeur: object) -> bool | None:
    return OUI_NON.get(str(valeur))


def personne(gens: Gens, contexte: Contexte) -> Objet:
    def dit(ecran: str, champ: str) -> object:
        return contexte.dit(ecran, f"{champ}__{gens.ident}")

    personne: Objet = {"id": gens.ident, "lien": gens.lien, "naissance": gens.naissance.isoformat()}
    personne["nationalite"] = su(dit("nationalite", "nationalite"))
    personne["activite"] = su(dit("activite", "activite"))
    personne |= (
        _sejour(gens, contexte)
        | _travail(gens, contexte)
        | _ecole(gens, dit)
        | _sante(gens, contexte)
        | _sujets(gens, contexte)
    )
    personne["revenus"] = _revenus(gens, contexte)
    return personne


def _sejour(gens: Gens, contexte: Contexte) -> Objet:
    objet: Objet = {}
    if titre := contexte.dit_de(gens, "titre", *sejour.ECRANS):
        objet["sejour"] = {"titre": su(titre), "depuis": contexte.dit_de(gens, "depuis", *sejour.ECRANS)}
    if arrivee := sejour.date_d_arrivee(gens, contexte):
        objet["arrivee_en_france"] = arrivee
    return objet


def _travail(gens: Gens, contexte: Contexte) -> Objet:
    def dit(champ: str) -> object:
        return contexte.dit_de(gens, champ, *activites.ECRANS)

    objet: Objet = {
        "inscription_france_travail": dit("inscription"),
        "cinq_ans_activite_sur_dix": oui_non(dit("cinq_ans")),
        "deux_ans_activite_sur_trois": oui_non(dit("deux_ans")),
        "habite_chez_parents": bool(dit("chez_parents")),
        "rattache_fiscal": oui_non(dit("rattache")),
    }
    if (boursier := dit("boursier")) is not None:
        objet |= {"boursier": oui_non(boursier), "ressources_parents": dit("ressources_parents")}
    if regime := dit("regime"):
        annees = {an: dit(f"annee_{an}") for an in activites.annees_demandees(contexte)}
        objet["independant"] = {"regime": regime, "annees": annees}
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
        objet["autonomie"] = {
            "gir": int(str(gir)) if gir else None,
            "plan_aide": dit("plan_aide"),
            "en_etablissement": bool(dit("etablissement")),
        }
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
        for genre in revenus.types_coches(contexte, gens.ident)
        for rang in range(revenus.PERIODES)
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
