"""Ce que les corrections lisent : les entrées ajoutées, et les jumelles qui protègent les voisins de lot (piège 21)."""

from numpy import where
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from pleinsdroits.droits.moteur.correctifs.base import Correctif, declarer, remplacer

# variable → (entité, type, annuelle)
JUMELLES: dict[str, tuple[str, type, bool]] = {
    "boursier": ("individu", bool, False),
    "logement_conventionne": ("menage", bool, False),
    "rfr": ("foyer_fiscal", float, True),
    "nbptr": ("foyer_fiscal", float, True),
}
# Des faits que le modèle ne connaît pas. Déclarés par tous les foyers, lus par les seules corrections.
FAITS = ("asf_due", "refugie", "sejour_sans_condition", "sans_droit_au_sejour")


def _installer_les_entrees(systeme: TaxBenefitSystem) -> None:
    for nom in FAITS:
        declarer(systeme, nom, "individu")
    for nom, (entite, type_de_valeur, annuelle) in JUMELLES.items():
        declarer(systeme, f"{nom}_connu", entite, annuelle=annuelle)
        declarer(systeme, f"{nom}_declare", entite, type_de_valeur=type_de_valeur, annuelle=annuelle)
        _masquer(systeme, nom)


def _masquer(systeme: TaxBenefitSystem, nom: str) -> None:
    """``nom`` vaut la valeur déclarée quand elle est connue, sa formule d'origine sinon."""
    originales = dict(systeme.variables[nom].formulas)

    def masquee(originale):
        nombre = originale.__code__.co_argcount

        def formula(entite, period, parameters):
            calcule = originale(entite, period, parameters) if nombre == 3 else originale(entite, period)
            return where(entite(f"{nom}_connu", period), entite(f"{nom}_declare", period), calcule)

        return formula

    remplacer(systeme, nom, **{f"formula_{depuis.replace('-', '_')}": masquee(f) for depuis, f in originales.items()})


CORRECTIFS = (
    Correctif(
        "entrees",
        "Une réponse donnée par un foyer ne change jamais le calcul d’un autre",
        "constat sur OpenFisca-Core : une entrée déclarée vaut pour tout le lot",
        _installer_les_entrees,
        technique=True,
    ),
)
