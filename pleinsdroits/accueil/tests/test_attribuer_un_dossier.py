import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pleinsdroits.accueil.actions import attributions
from pleinsdroits.accueil.candidats import propositions
from pleinsdroits.accueil.fabriques import AbsenceFabrique, FicheInterlocuteurFabrique
from pleinsdroits.accueil.models import Absence, Attribution
from pleinsdroits.accueil.regles.attribution import Candidat, proposer
from pleinsdroits.accueil.repondants import qui_repond
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.echeances.fabriques import EcheanceFabrique
from pleinsdroits.personnes.fabriques import FoyerFabrique

JOUR = dt.date(2026, 11, 26)
CLAIRE = Candidat(1, "Claire", langues=("snk",), sujets=("sante",), charge=30, au_plus=60)


def test_la_langue_compte_plus_que_le_sujet_qui_compte_plus_que_la_place():
    autres = [
        Candidat(2, "Karim", sujets=("sante",), charge=0, au_plus=60),
        Candidat(3, "Léa", charge=0, au_plus=60),
    ]
    assert [p.candidat.nom for p in proposer([*autres, CLAIRE], langue="snk", sujets=["sante"])] == [
        "Claire",
        "Karim",
        "Léa",
    ]


def test_chaque_proposition_dit_ses_raisons():
    (claire,) = proposer([CLAIRE], langue="snk", sujets=["sante"])
    assert claire.pour == ("parle la langue de la personne", "connaît ce sujet", "30 dossiers sur 60 au plus")
    (autre,) = proposer([CLAIRE], langue="ta", sujets=[])
    assert autre.contre == ("ne parle pas la langue de la personne",)


def test_sans_place_ou_absent_on_passe_en_dernier_sans_disparaitre():
    plein = Candidat(2, "Plein", langues=("snk",), charge=60, au_plus=60)
    absent = Candidat(3, "Absent", langues=("snk",), absent_jusqu_au=JOUR)
    rangs = proposer([plein, absent, CLAIRE], langue="snk", sujets=[])
    assert [p.candidat.nom for p in rangs] == ["Claire", "Absent", "Plein"]
    assert [p.points for p in rangs[1:]] == [0, 0]
    assert "absent jusqu’au 26/11/2026" in rangs[1].contre


@pytest.mark.django_db
def test_confier_le_dossier_passe_tout_ce_qui_court_et_garde_l_histoire():
    foyer = FoyerFabrique()
    ancien, claire, karim = foyer.interlocuteur, *AgentFabrique.create_batch(2, interlocuteur=True)
    court = EcheanceFabrique(dossier=foyer.pk, responsable=ancien)
    attributions.attribuer(foyer, par=ancien.acteur, agent=ancien, raison="connait")
    attributions.attribuer(foyer, par=ancien.acteur, agent=claire, remplacant=karim, raison="langue")
    foyer.refresh_from_db()
    court.refresh_from_db()
    assert (foyer.interlocuteur, foyer.remplacant) == (claire, karim)
    assert (court.responsable, court.remplacant) == (claire, karim)
    assert Attribution.objects.get(au=None).agent == claire and Attribution.objects.count() == 2


@pytest.mark.django_db
def test_une_attribution_impossible_est_refusee():
    foyer = FoyerFabrique()
    par, claire = foyer.interlocuteur.acteur, AgentFabrique(interlocuteur=True)
    for champs, phrase in (
        ({"agent": AgentFabrique(role="technique"), "raison": "charge"}, "ne peut pas suivre"),
        ({"agent": claire, "remplacant": claire, "raison": "charge"}, "quelqu’un d’autre"),
        ({"agent": claire, "raison": ""}, "raison"),
    ):
        with pytest.raises(ValidationError, match=phrase):
            attributions.attribuer(foyer, par=par, **champs)
    with pytest.raises(PermissionDenied):
        attributions.attribuer(foyer, par=claire.acteur, agent=claire, raison="charge")


@pytest.mark.django_db
def test_les_propositions_lisent_la_charge_les_fiches_et_les_absences(django_assert_num_queries):
    foyer = FoyerFabrique(demandeur__langue="snk")
    fiche = FicheInterlocuteurFabrique(langues=["snk"])
    AbsenceFabrique(agent=foyer.interlocuteur)
    with django_assert_num_queries(4):
        premiere, seconde = propositions(foyer, timezone.localdate())
    assert premiere.candidat.cle == fiche.agent_id and seconde.candidat.charge == 1
    assert seconde.candidat.absent_jusqu_au


@pytest.mark.django_db
def test_la_personne_a_toujours_un_nom_et_un_telephone():
    jour = timezone.localdate()
    foyer = FoyerFabrique(remplacant=AgentFabrique(interlocuteur=True))
    FicheInterlocuteurFabrique(agent=foyer.interlocuteur)
    present = qui_repond(foyer, jour)
    assert (present.nom, present.telephone, present.remplace) == (str(foyer.interlocuteur), "01 99 00 45 67", False)
    absence = AbsenceFabrique(agent=foyer.interlocuteur)
    remplace = qui_repond(foyer, jour)
    assert (remplace.nom, remplace.remplace, remplace.jusqu_au) == (str(foyer.remplacant), True, absence.au)
    assert remplace.telephone == "01 99 00 12 34"
    AbsenceFabrique(agent=foyer.remplacant)
    assert qui_repond(foyer, jour).nom == "L’accueil de la Ville d’Ivry-sur-Seine"
    assert qui_repond(FoyerFabrique(interlocuteur=None), jour).telephone == "01 99 00 12 34"


@pytest.mark.django_db
def test_chacun_note_ses_absences_l_accueil_celles_de_tous():
    agent, autre = AgentFabrique.create_batch(2, interlocuteur=True)
    du, au = timezone.localdate(), timezone.localdate() + dt.timedelta(days=3)
    absence = attributions.noter_une_absence(None, par=agent.acteur, agent=agent, du=du, au=au)
    with pytest.raises(PermissionDenied):
        attributions.noter_une_absence(None, par=autre.acteur, agent=agent, du=du, au=au)
    with pytest.raises(ValidationError, match="déjà notée"):
        attributions.noter_une_absence(None, par=AgentFabrique().acteur, agent=agent, du=au, au=au)
    with pytest.raises(ValidationError, match="avant le premier"):
        attributions.noter_une_absence(None, par=agent.acteur, agent=agent, du=au, au=du)
    attributions.annuler_une_absence(absence, par=agent.acteur)
    assert not Absence.objects.exists()


@pytest.mark.django_db
def test_chacun_tient_sa_fiche():
    agent = AgentFabrique(interlocuteur=True)
    fiche = attributions.tenir_sa_fiche(None, par=agent.acteur, telephone="01 99 00 45 67", langues=["snk"])
    attributions.tenir_sa_fiche(None, par=agent.acteur, telephone="01 99 00 45 68", sujets=["sante"])
    fiche.refresh_from_db()
    assert (fiche.telephone, fiche.langues, fiche.sujets) == ("01 99 00 45 68", [], ["sante"])
    with pytest.raises(ValidationError, match="klingon"):
        attributions.tenir_sa_fiche(None, par=agent.acteur, telephone="1", langues=["klingon"])
    with pytest.raises(ValidationError, match="que vous"):
        attributions.tenir_sa_fiche(None, par=agent.acteur, telephone="1", remplacant=agent)
