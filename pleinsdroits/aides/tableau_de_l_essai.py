"""Le tableau d'un essai, ligne à ligne, pour le terminal et le tableur. Un nombre tu s'écrit en mots."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pleinsdroits.aides.models import Demande
from pleinsdroits.aides.regles.essai import EssaiDit, LigneDite

COMPOSITIONS = dict(Demande.Composition.choices)
TITRES = (
    gettext_lazy("Tableau"),
    gettext_lazy("Nom"),
    gettext_lazy("Demandes"),
    gettext_lazy("Gagnent"),
    gettext_lazy("dont refus devenus accords"),
    gettext_lazy("Perdent"),
    gettext_lazy("dont accords devenus refus"),
    gettext_lazy("Inchangées"),
    gettext_lazy("Sans réponse"),
    gettext_lazy("Coût aujourd’hui (€ par an)"),
    gettext_lazy("Coût avec le brouillon (€ par an)"),
    gettext_lazy("Écart (€ par an)"),
)


def lignes_du_tableau(dit: EssaiDit, noms: Mapping[str, str]) -> Iterator[list[object]]:
    """L'ensemble, puis chaque aide (``noms`` : identifiant → nom), puis chaque sorte de foyer."""
    yield _ligne(_("Ensemble"), _("toutes les demandes"), dit.ensemble)
    for ligne in dit.par_aide:
        yield _ligne(_("Par aide"), noms.get(ligne.cle, ligne.cle), ligne)
    for ligne in dit.par_composition:
        yield _ligne(_("Par foyer"), str(COMPOSITIONS.get(ligne.cle, ligne.cle)), ligne)


def _ligne(tableau: str, nom: str, ligne: LigneDite) -> list[object]:
    nombres = (
        *(ligne.nombre, ligne.gagnent, ligne.nouveaux_accords, ligne.perdent, ligne.nouveaux_refus),
        *(ligne.inchangees, ligne.sans_reponse, ligne.avant, ligne.apres, ligne.ecart),
    )
    return [tableau, nom, *(_("masqué") if n is None else n for n in nombres)]
