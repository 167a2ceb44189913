"""Qui siège dans quelle instance, depuis quand et jusqu'à quand."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pleinsdroits.aides.actions.membres import finir_un_mandat, nommer_un_membre
from pleinsdroits.aides.actions.sieger import pointer
from pleinsdroits.aides.fabriques import MembreFabrique
from pleinsdroits.aides.models import MembreDeLInstance
from pleinsdroits.aides.tests.seances import messages, ouverte, secretariat, siegent
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role

pytestmark = pytest.mark.django_db
AUJOURD_HUI = timezone.localdate()
CHOIX = {"instance": "commission_permanente", "qualite": "elu", "du": AUJOURD_HUI}


@pytest.fixture
def ines():
    return secretariat()


def refus(faire, *args, **donnees) -> str:
    with pytest.raises(ValidationError) as leve:
        faire(*args, **donnees)
    return messages(leve)


def test_un_membre_siege_a_partir_du_jour_dit(ines):
    membre = nommer_un_membre(None, par=ines, agent=AgentFabrique(role=Role.COMMISSION), **CHOIX)
    assert membre in MembreDeLInstance.objects.au(AUJOURD_HUI)
    finir_un_mandat(membre, par=ines, au=AUJOURD_HUI)
    assert membre in MembreDeLInstance.objects.au(AUJOURD_HUI), "le dernier jour compte"
    assert membre not in MembreDeLInstance.objects.au(AUJOURD_HUI + dt.timedelta(days=1))


def test_a_anciennete_egale_le_plus_age_des_presents_preside(ines):
    """CASF R123-18 : le président, le vice-président, le plus ancien ; entre deux aussi anciens, le plus âgé."""
    seance, _inscrites = ouverte(membres=4)
    president, *elus = siegent(seance)
    for rang, membre in zip((3, 1, None), elus, strict=True):
        MembreDeLInstance.objects.filter(pk=membre.pk).update(rang_d_age=rang)
    pointer(seance, par=ines, membre=president, etat="parti")
    seance.refresh_from_db()
    assert seance.presidee_par == elus[1]


def test_le_rang_d_age_se_donne_en_nommant(ines):
    agent = AgentFabrique(role=Role.COMMISSION)
    assert nommer_un_membre(None, par=ines, agent=agent, rang_d_age=2, **CHOIX).rang_d_age == 2


def test_ni_un_agent_d_accueil_ni_deux_fois_ni_deux_presidents(ines):
    assert "donnez-lui d’abord ce rôle" in refus(
        nommer_un_membre, None, par=ines, agent=AgentFabrique(role=Role.ACCUEIL), **CHOIX
    )
    president = MembreFabrique(preside=True)
    assert "siège déjà" in refus(nommer_un_membre, None, par=ines, agent=president.agent, **CHOIX)
    autre = AgentFabrique(role=Role.PRESIDENCE)
    choix = {**CHOIX, "qualite": "president"}
    assert "déjà un président" in refus(nommer_un_membre, None, par=ines, agent=autre, **choix)
    assert "l’instance et la qualité" in refus(
        nommer_un_membre, None, par=ines, agent=autre, **{**CHOIX, "qualite": "roi"}
    )


def test_un_mandat_ne_finit_ni_avant_son_debut_ni_en_pleine_seance(ines):
    seance, _inscrites = ouverte(membres=3)
    membre = siegent(seance)[1]
    assert "ne finit pas avant" in refus(finir_un_mandat, membre, par=ines, au=membre.du - dt.timedelta(days=1))
    assert "en séance" in refus(finir_un_mandat, membre, par=ines, au=AUJOURD_HUI)


def test_un_membre_ne_nomme_personne():
    with pytest.raises(PermissionDenied):
        nommer_un_membre(None, par=MembreFabrique().agent.acteur, agent=AgentFabrique(role=Role.COMMISSION), **CHOIX)
