"""
« Garder ce changement » : les réponses du questionnaire, réécrites d'après un essai.

On n'écrit que ce que l'essai sait. Ce qu'il supposait (l'âge d'un conjoint, la feuille d'impôt d'un couple séparé) redevient
une question sans réponse : l'écran de vérification la repose.
"""

from collections.abc import Callable, Iterable
from copy import deepcopy

from pleinsdroits.droits.communes import communes
from pleinsdroits.droits.moteur.essais.champs import Valeurs
from pleinsdroits.droits.moteur.essais.changement import Changement
from pleinsdroits.droits.questionnaire import parcours
from pleinsdroits.droits.questionnaire.assemblage import situation
from pleinsdroits.droits.questionnaire.champs import AUCUN
from pleinsdroits.droits.questionnaire.contexte import CONJOINT, PERSONNES_EN_PLUS, VOUS, Contexte, Reponses
from pleinsdroits.droits.questionnaire.ecrans.activites import ecran_des_precisions
from pleinsdroits.droits.questionnaire.ecrans.options import REVENUS
from pleinsdroits.droits.questionnaire.ecrans.revenus import PERIODES
from pleinsdroits.droits.questionnaire.ecrans.situations import difficultes_de_logement, sujets
from pleinsdroits.droits.questionnaire.rangement import appele
from pleinsdroits.droits.questionnaire.villes import commune_trouvee
from pleinsdroits.droits.situation.modele import Personne, Situation

LIGNES = tuple(f"p{rang}" for rang in range(PERSONNES_EN_PLUS))
MAJEUR_EN_HANDICAP = 20  # avant, c'est un complément d'allocation que l'on demande
Ecriture = Callable[[Reponses, Contexte, Valeurs, Situation], None]


def garder(contexte: Contexte, changement: Changement, valeurs: Valeurs) -> Reponses:
    """
    De nouvelles réponses, où ``changement`` a eu lieu ; celles de ``contexte`` ne sont pas touchées. Lève
    ``SituationInvalide`` si des réponses manquent encore, ou si la situation d'après ne tient pas.
    """
    apres = changement.appliquer(situation(contexte), valeurs, contexte.jour)
    reponses = deepcopy(contexte.reponses)
    ECRITURES[changement.nom](reponses, contexte, valeurs, apres)
    _refermer_les_suites(Contexte(reponses, contexte.jour))
    return reponses


def _refermer_les_suites(contexte: Contexte) -> None:
    """Oublie, comme le fait l'écran, ce qui suivait une réponse que l'essai a changée."""
    for question in parcours.posees(contexte):
        reponse = contexte.reponses.get(question.slug, {})
        champs = question.champs(contexte, None)
        for nom in [n for n, champ in champs.items() if not appele(champ, reponse)]:
            reponse.pop(nom, None)


def _mes_revenus(reponses: Reponses, contexte: Contexte, valeurs: Valeurs, apres: Situation) -> None:
    _revenus(reponses, VOUS, apres.demandeur)
    _activite(reponses, VOUS, apres.demandeur)


def _ceux_du_conjoint(reponses: Reponses, contexte: Contexte, valeurs: Valeurs, apres: Situation) -> None:
    assert apres.conjoint is not None
    _revenus(reponses, CONJOINT, apres.conjoint)
    _activite(reponses, CONJOINT, apres.conjoint)


def _revenus(reponses: Reponses, ident: str, personne: Personne) -> None:
    """Les deux écrans d'argent : les types cochés, et pour chacun ses dernières périodes ; inconnus, ils le restent."""
    if (recus := personne.revenus) is None:
        return
    types = [genre for genre, _nom in REVENUS if any(r.type == genre for r in recus)]
    reponses[f"revenus-{ident}"] = {"types": types or [AUCUN]}
    montants: dict[str, object] = {}
    for genre in types:
        for rang, revenu in enumerate([r for r in recus if r.type == genre][-PERIODES:]):
            montants[f"montant_{genre}_{rang}"] = revenu.montant
            montants[f"de_{genre}_{rang}"] = str(revenu.de) if revenu.de else None
            montants[f"a_{genre}_{rang}"] = str(revenu.a) if revenu.a else None
    reponses[f"montants-{ident}"] = montants


def _activite(reponses: Reponses, ident: str, personne: Personne) -> None:
    if personne.activite:
        _ecrire(reponses, "activite", f"activite__{ident}", personne.activite.value)
    if personne.inscription_france_travail:
        inscription = personne.inscription_france_travail.isoformat()
        _ecrire(reponses, ecran_des_precisions(ident), f"inscription__{ident}", inscription)


def _pension(reponses: Reponses, contexte: Contexte, valeurs: Valeurs, apres: Situation) -> None:
    _revenus(reponses, VOUS, apres.demandeur)
    _autres_parents(reponses, apres)


def _autres_parents(reponses: Reponses, apres: Situation) -> None:
    for enfant in apres.enfants:
        if enfant.autre_parent:
            _ecrire(reponses, "enfants", f"parent__{enfant.id}", enfant.autre_parent.value)


def _naissance(reponses: Reponses, contexte: Contexte, valeurs: Valeurs, apres: Situation) -> None:
    if not contexte.avec_d_autres:
        _retirer(reponses, LIGNES)
    _dire_qui(reponses, contexte)
    rang = next(n for n in range(PERSONNES_EN_PLUS) if not reponses.get("foyer", {}).get(f"naissance_{n}"))
    _ecrire(reponses, "vous", "autres", "oui")
    _ecrire(reponses, "foyer", f"lien_{rang}", "enfant")
    _ecrire(reponses, "foyer", f"naissance_{rang}", contexte.jour.isoformat())
    _ecrire(reponses, "enfants", f"ecole__p{rang}", "aucune")
    _ecrire(reponses, "enfants", f"parent__p{rang}", str(valeurs.get("autre_parent", "ici")))
    _ecrire(reponses, "enfants", f"alternee__p{rang}", False)
    _decocher(reponses, "concerne", "quoi", ["grossesse"])


def _dire_qui(reponses: Reponses, contexte: Contexte) -> None:
    """Qui vivait seul n'a pas eu à dire qui était concerné : à plusieurs, l'écran le demanderait."""
    if len(contexte.gens) == 1:
        for sujet in sujets(contexte):
            _ecrire(reponses, "qui", sujet, [VOUS])


def _couple(reponses: Reponses, contexte: Contexte, valeurs: Valeurs, apres: Situation) -> None:
    _retirer(reponses, [CONJOINT])
    _dire_qui(reponses, contexte)
    _ecrire(reponses, "vous", "couple", valeurs["forme"])
    _ceux_du_conjoint(reponses, contexte, valeurs, apres)
    if valeurs["forme"] != "union_libre":
        reponses.pop("avis", None)


def _separation(reponses: Reponses, contexte: Contexte, valeurs: Valeurs, apres: Situation) -> None:
    restent = {p.id for p in apres.personnes}
    _ecrire(reponses, "vous", "couple", "seul")
    _ecrire(reponses, "seul-depuis", "mois", f"{contexte.jour:%Y-%m}")
    _retirer(reponses, [g.ident for g in contexte.gens if g.ident not in restent])
    _autres_parents(reponses, apres)
    for enfant in apres.enfants:
        if enfant.autre_parent:
            _ecrire(reponses, "enfants", f"alternee__{enfant.id}", enfant.garde_alternee)
    _revenus(reponses, VOUS, apres.demandeur)
    reponses.pop("avis", None)


def _depart(reponses: Reponses, contexte: Contexte, valeurs: Valeurs, apres: Situation) -> None:
    _retirer(reponses, [str(valeurs["enfant"])])


def _retirer(reponses: Reponses, idents: Iterable[str]) -> None:
    """Tout ce qui a été dit des personnes parties ; quand il ne reste personne avec le couple, cela se dit aussi."""
    foyer = reponses.get("foyer", {})
    for ident in idents:
        for champ in ("lien", "naissance"):
            foyer.pop(f"{champ}_{ident.removeprefix('p')}", None)
        _oublier(reponses, ident)
        _aides_parties(reponses, ident)
        _sujets_partis(reponses, ident)
    if not any(foyer.get(f"naissance_{rang}") for rang in range(PERSONNES_EN_PLUS)):
        _ecrire(reponses, "vous", "autres", "non")


def _oublier(reponses: Reponses, ident: str) -> None:
    for ecran in (f"revenus-{ident}", f"montants-{ident}"):
        reponses.pop(ecran, None)
    for reponse in reponses.values():
        for champ in [c for c in reponse if c.endswith(f"__{ident}")]:
            del reponse[champ]


def _aides_parties(reponses: Reponses, ident: str) -> None:
    """Les aides qui n'étaient que pour cette personne."""
    dites = reponses.get("aides-recues", {})
    siennes = [cle.removeprefix("pour_") for cle, qui in dites.items() if cle.startswith("pour_") and qui == ident]
    for aide in siennes:
        del dites[f"pour_{aide}"]
    _decocher(reponses, "aides-recues", "quoi", siennes)


def _sujets_partis(reponses: Reponses, ident: str) -> None:
    """Les situations qui ne concernaient que cette personne : sinon, elles passeraient à qui reste seul."""
    qui = reponses.get("qui", {})
    for sujet in [s for s, idents in qui.items() if isinstance(idents, list) and ident in idents]:
        restent = [i for i in _coches(reponses, "qui", sujet) if i != ident]
        if restent:
            qui[sujet] = restent
        else:
            del qui[sujet]
            _decocher(reponses, "concerne", "quoi", [sujet])


def _handicap(reponses: Reponses, contexte: Contexte, valeurs: Valeurs, apres: Situation) -> None:
    ident = str(valeurs["qui"])
    _cocher(reponses, "concerne", "quoi", "handicap")
    if len(contexte.gens) > 1:
        _cocher(reponses, "qui", "handicap", ident)
    plein = valeurs["taux"] == "80"
    _ecrire(reponses, "precisions", f"taux__{ident}", "0.85" if plein else "0.65")
    adulte = any(g.ident == ident and g.age >= MAJEUR_EN_HANDICAP for g in contexte.gens)
    if adulte and not plein:
        _ecrire(reponses, "precisions", f"emploi__{ident}", "oui")


def _loyer(reponses: Reponses, contexte: Contexte, valeurs: Valeurs, apres: Situation) -> None:
    _ecrire(reponses, "loyer", "loyer", valeurs["loyer"])


def _demenagement(reponses: Reponses, contexte: Contexte, valeurs: Valeurs, apres: Situation) -> None:
    """Les cases à cocher du logement d'avant ne valent plus : l'écran du loyer se repose."""
    commune = communes()[apres.logement.commune]
    seule = commune_trouvee(commune.nom)
    precise = {} if seule and seule.code == commune.code else {"commune_precise": commune.code}
    reponses["logement"] = {"commune": commune.nom, "statut": valeurs["statut"], **precise}
    demandes = parcours.PAR_SLUG["loyer"].champs(Contexte(reponses, contexte.jour), None)
    connus = {
        "loyer": apres.logement.loyer,
        "charges": apres.logement.charges,
        "entree": contexte.jour.isoformat(),
        "demande_hlm": contexte.dit("loyer", "demande_hlm"),
    }
    reponses["loyer"] = {champ: valeur for champ, valeur in connus.items() if champ in demandes}
    _decocher(reponses, "concerne", "quoi", difficultes_de_logement(contexte))


def _ecrire(reponses: Reponses, ecran: str, champ: str, valeur: object) -> None:
    reponses.setdefault(ecran, {})[champ] = valeur


def _cocher(reponses: Reponses, ecran: str, champ: str, valeur: str) -> None:
    coches = [v for v in _coches(reponses, ecran, champ) if v not in (AUCUN, valeur)]
    _ecrire(reponses, ecran, champ, [*coches, valeur])


def _decocher(reponses: Reponses, ecran: str, champ: str, valeurs: Iterable[str]) -> None:
    """Une liste que l'on vide dit « rien de tout cela » ; un écran jamais rempli le reste."""
    if ecran in reponses:
        _ecrire(reponses, ecran, champ, [v for v in _coches(reponses, ecran, champ) if v not in valeurs] or [AUCUN])


def _coches(reponses: Reponses, ecran: str, champ: str) -> list[str]:
    coches = reponses.get(ecran, {}).get(champ)
    return list(coches) if isinstance(coches, list) else []


ECRITURES: dict[str, Ecriture] = {
    "salaire": _mes_revenus,
    "salaire_conjoint": _ceux_du_conjoint,
    "perdre_travail": _mes_revenus,
    "fin_chomage": _mes_revenus,
    "retraite": _mes_revenus,
    "pension_alimentaire": _pension,
    "enfant": _naissance,
    "couple": _couple,
    "separation": _separation,
    "depart_enfant": _depart,
    "handicap": _handicap,
    "loyer": _loyer,
    "demenager": _demenagement,
}
