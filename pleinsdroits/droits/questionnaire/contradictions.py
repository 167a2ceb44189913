"""
Ce qui, dans les réponses, ne va pas ensemble : dit sur l'écran de vérification, jamais bloquant. La vie est parfois
ainsi (un loyer à zéro, un salaire qui finit) : on demande, on ne corrige pas.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from pleinsdroits.droits.moteur.exclusions import l_un_ou_l_autre
from pleinsdroits.droits.questionnaire import parcours
from pleinsdroits.droits.questionnaire.contexte import VOUS, Contexte, Gens
from pleinsdroits.droits.questionnaire.ecrans import budget, options, revenus, sejour
from pleinsdroits.droits.questionnaire.question import Question

LOCATAIRES = ("locataire_hlm", "locataire_vide", "locataire_meuble")
DUREE_D_UNE_GROSSESSE = timedelta(days=300)
AGE_D_UN_PARENT = 12


@dataclass(frozen=True)
class Contradiction:
    """Une ``phrase`` qui demande « est-ce bien cela ? » et les ``ecrans`` où corriger."""

    phrase: str
    ecrans: tuple[Question, ...]


def contradictions(contexte: Contexte) -> list[Contradiction]:
    """Celles que montrent les réponses aux questions posées aujourd'hui, dans l'ordre des écrans."""
    posees = {q.slug for q in parcours.posees(contexte)}
    trouvees = [
        *_naissances(contexte),
        *_dates(contexte),
        *_activites(contexte),
        *_logement(contexte),
        *_aides(contexte),
    ]
    return [
        Contradiction(phrase, tuple(parcours.PAR_SLUG[s] for s in slugs))
        for phrase, slugs in trouvees
        if posees.issuperset(slugs)
    ]


Trouvees = Iterator[tuple[str, tuple[str, ...]]]


def _naissances(contexte: Contexte) -> Trouvees:
    adultes = [g.age for g in contexte.vous_et_conjoint]
    for gens in contexte.gens:
        if gens.lien == "enfant" and adultes and gens.age > max(adultes) - AGE_D_UN_PARENT:
            phrase = _("{qui} a presque votre âge, ou plus. Est-ce bien votre enfant ?").format(qui=gens.nom)
            yield phrase, ("vous", "foyer")
        if gens.lien == "parent" and adultes and gens.age < adultes[0] + AGE_D_UN_PARENT:
            phrase = _("{qui} a presque votre âge, ou moins. Est-ce bien votre père ou votre mère ?")
            yield phrase.format(qui=gens.nom), ("vous", "foyer")


def _dates(contexte: Contexte) -> Trouvees:
    for gens in contexte.gens:
        ne = gens.naissance.isoformat()
        arrivee = str(sejour.date_d_arrivee(gens, contexte) or "")
        depuis = str(contexte.dit_de(gens, "depuis", *sejour.ECRANS) or "")
        ecran = "nationalite" if gens in contexte.vous_et_conjoint else "sejour"
        if (arrivee and arrivee < ne) or (depuis and depuis < ne):
            yield _("{qui} : une date de séjour vient avant la naissance.").format(qui=gens.nom), ("vous", ecran)
        if arrivee and depuis and depuis < arrivee:
            phrase = _("{qui} : le droit de travailler en France commence avant l’arrivée en France.")
            yield phrase.format(qui=gens.nom), (ecran,)
        if _terme_trop_loin(gens, contexte):
            yield _("La date prévue de l’accouchement est dans plus de 9 mois, ou déjà passée."), ("precisions",)
    entree = contexte.dit("loyer", "entree")
    if entree and contexte.gens and str(entree) < contexte.gens[0].naissance.isoformat():
        yield _("Vous êtes entré ou entrée dans ce logement avant votre naissance."), ("vous", "loyer")


def _terme_trop_loin(gens: Gens, contexte: Contexte) -> bool:
    terme = contexte.dit("precisions", f"terme__{gens.ident}")
    fin = (contexte.jour + DUREE_D_UNE_GROSSESSE).isoformat()
    return bool(terme) and not contexte.jour.isoformat() <= str(terme) <= fin


def _activites(contexte: Contexte) -> Trouvees:
    phrases = {
        "sans_activite": _("{qui} : l’activité choisie est « rien de tout cela », mais un salaire continue."),
        "salarie": _("{qui} : l’activité choisie est un travail avec un employeur, mais il n’y a aucun salaire."),
        "retraite": _("{qui} : l’activité choisie est la retraite, mais il n’y a aucune pension de retraite."),
    }
    for ident in (g.ident for g in contexte.vous_et_conjoint):
        activite = str(contexte.dit("activite", f"activite__{ident}"))
        if not isinstance(contexte.dit(f"revenus-{ident}", "types"), list) or activite not in phrases:
            continue
        if contexte.coche(f"revenus-{ident}", "types", "inconnu"):
            continue
        salaire, pension = (_continue(contexte, ident, genre) for genre in ("salaire", "retraite"))
        arret = any(_continue(contexte, ident, genre) for genre in ("maladie", "maternite", "accident_travail"))
        sans = {"sans_activite": salaire, "salarie": not salaire and not arret, "retraite": not pension}
        if sans[activite]:
            qui = next(g.nom for g in contexte.gens if g.ident == ident)
            yield phrases[activite].format(qui=qui), ("activite", f"revenus-{ident}")


def _continue(contexte: Contexte, ident: str, genre: str) -> bool:
    """Vrai si ce revenu est coché et que l'une de ses périodes n'est pas finie."""
    if genre not in revenus.types_coches(contexte, ident):
        return False
    ecran, ce_mois = contexte.reponses.get(f"montants-{ident}", {}), f"{contexte.jour:%Y-%m}"
    rangs = [r for r in range(revenus.PERIODES) if r == 0 or ecran.get(f"montant_{genre}_{r}") is not None]
    fins = [str(ecran.get(f"a_{genre}_{r}") or "") for r in rangs]
    return any(not fin or fin >= ce_mois for fin in fins)


def _logement(contexte: Contexte) -> Trouvees:
    statut = contexte.dit("logement", "statut")
    if statut in LOCATAIRES and contexte.dit("loyer", "loyer") == 0:
        yield _("Vous êtes locataire, mais le loyer est de 0 €."), ("logement", "loyer")


def _aides(contexte: Contexte) -> Trouvees:
    cochees, noms = budget.aides_cochees(contexte), dict(options.AIDES)
    for un, autre in l_un_ou_l_autre():
        if un in cochees and autre in cochees and _meme_personne(contexte, un, autre):
            phrase = _("Ces deux aides ne vont pas ensemble : {un}, {autre}. Recevez-vous bien les deux ?")
            yield phrase.format(un=noms[un], autre=noms[autre]), ("aides-recues",)
    if "asf" in cochees and contexte.en_couple:
        phrase = _(
            "Vous vivez en couple et vous recevez l’allocation de soutien familial, qui est pour un parent seul."
        )
        yield phrase, ("vous", "aides-recues")
    sans_bourse = contexte.dit("activite", f"boursier__{VOUS}") == "non"
    if "bourse_sup" in cochees and sans_bourse and contexte.dit("aides-recues", "pour_bourse_sup") in (None, VOUS):
        yield _("Vous avez dit ne pas avoir de bourse, puis en recevoir une."), ("activite", "aides-recues")


def _meme_personne(contexte: Contexte, un: str, autre: str) -> bool:
    """Faux seulement si les deux aides sont dites pour deux personnes différentes ; seul, c'est toujours la même."""
    qui = {contexte.dit("aides-recues", f"pour_{aide}") for aide in (un, autre)} - {None, "inconnu"}
    return len(qui) < 2
