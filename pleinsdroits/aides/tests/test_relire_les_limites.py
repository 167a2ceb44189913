"""Avant le vote, deux périodes qui ne s'accordent pas ou un montant au-dessus de son plafond se signalent."""

import pytest

from pleinsdroits.aides.regles.redaction import relire
from pleinsdroits.droits.reglement.modele import Reglement
from pleinsdroits.droits.reglement.tests.exemples import brut


def alertes(**aide) -> list[str]:
    document = brut("quotient_par_tranches")
    document["aides"][0] |= aide
    document["aides"][0]["baremes"][0]["tranches"][0]["montant"] = {"forme": "fixe", "montant": 150, "article": "6"}
    trouvees = relire(Reglement.model_validate(document))
    assert not any(a.refus for a in trouvees)
    return [str(a.texte).replace("\u00a0", " ") for a in trouvees]


def plafond(montant, periode, par="foyer") -> dict:
    return {"montant": montant, "periode": periode, "par": par, "article": "9"}


def test_deux_periodes_differentes_se_signalent():
    une_par_semestre = {"nombre": 1, "par": "semestre", "article": "9"}
    dit = "le nombre de fois se compte par semestre, le maximum par an : est-ce bien ce que dit le texte ?"
    assert dit in alertes(frequence=une_par_semestre, plafond=plafond(300, "annee"))
    assert not any("est-ce bien" in a for a in alertes(frequence=une_par_semestre, plafond=plafond(300, "semestre")))


@pytest.mark.parametrize(
    ("regle", "signale"),
    [
        (plafond(100, "mois"), True),
        (plafond(150, "mois"), False),
        (plafond(100, "mois", "personne"), False),
    ],
)
def test_une_aide_plus_grande_que_son_maximum_se_signale(regle, signale):
    dit = "une aide de 150 € dépasse à elle seule le maximum de 100 € par mois : elle y sera ramenée."
    assert (dit in alertes(plafond=regle)) is signale
