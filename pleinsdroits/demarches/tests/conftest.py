import datetime as dt
import json
from decimal import Decimal

import pytest
from django.utils import timezone

from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.droits.moteur.ecriture import bilan_en_donnees
from pleinsdroits.droits.moteur.resultats import Bilan, Etat, Periodicite, Resultat, Totaux
from pleinsdroits.personnes.fabriques import FoyerFabrique, SituationDateeFabrique
from pleinsdroits.personnes.models import SituationDatee


@pytest.fixture
def claire(db):
    return AgentFabrique(interlocuteur=True)


@pytest.fixture
def foyer(claire):
    return FoyerFabrique(interlocuteur=claire)


@pytest.fixture
def bilan():
    """``bilan(asf=Etat.OUVERT, …)`` : un bilan d'aujourd'hui, 100 € par mois pour ce qui s'ouvre."""

    def faire(pour=("moi",), version="2026.11 essai", montant="100.00", periodicite=Periodicite.MOIS, **etats):
        resultats = tuple(
            Resultat(droit, pour, etat, Decimal(montant) if etat is Etat.OUVERT else None, periodicite)
            for droit, etat in etats.items()
        )
        return Bilan(timezone.localdate(), version, resultats, Totaux())

    return faire


@pytest.fixture
def calculee(bilan):
    """``calculee(foyer, asf=Etat.OUVERT)`` : une situation du foyer et le bilan qu'on lui a trouvé."""

    def garder(foyer, lu=None, **etats):
        lu = lu or bilan(**etats)
        return SituationDateeFabrique(
            foyer=foyer,
            calcul=SituationDatee.Calcul.FAIT,
            bilan=json.dumps(bilan_en_donnees(lu)),
            version_regles=lu.version_regles,
            calcule_le=timezone.now(),
        )

    return garder


@pytest.fixture
def hier():
    return timezone.localdate() - dt.timedelta(days=1)
