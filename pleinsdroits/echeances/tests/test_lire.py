"""Qui lit quelle échéance, et en quels mots."""

import datetime as dt

import pytest
from django.utils import timezone

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.fabriques import AgentFabrique, InstitutionFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.echeances.calendrier import fin_de_journee
from pleinsdroits.echeances.fabriques import EcheanceFabrique
from pleinsdroits.echeances.models import Echeance

MERCREDI = dt.date(2026, 11, 25)
MATIN = fin_de_journee(MERCREDI, dt.time(8))


def vues(acteur):
    return set(Echeance.objects.visibles_par(acteur))


@pytest.mark.django_db
def test_chacun_lit_les_siennes():
    agent, remplacant, caf = AgentFabrique(), AgentFabrique(), InstitutionFabrique()
    sienne = EcheanceFabrique(responsable=agent, remplacant=remplacant)
    partagee = EcheanceFabrique(main="partenaire", institution=caf)
    de_la_personne = EcheanceFabrique(personne=31)
    assert vues(Acteur.agent(agent)) == vues(Acteur.agent(remplacant)) == {sienne}
    assert vues(Acteur.agent(AgentFabrique(role=Role.PARTENAIRE, institution=caf))) == {partagee}
    assert vues(Acteur.partenaire("4", str(caf.pk))) == {partagee} and not vues(Acteur.partenaire("4"))
    assert vues(Acteur.personne("31")) == {de_la_personne} and not vues(Acteur.personne("32"))
    tout = {sienne, partagee, de_la_personne}
    assert vues(Acteur.agent(AgentFabrique(coordination=True))) == vues(Acteur.systeme("nuit")) == tout
    assert not vues(Acteur.agent(AgentFabrique(technique=True)))


@pytest.mark.django_db
def test_du_jour_commence_et_finit_a_minuit_de_paris():
    debut = fin_de_journee(MERCREDI - dt.timedelta(days=9))
    instants = [fin_de_journee(MERCREDI, dt.time(0)), fin_de_journee(MERCREDI)]
    du_jour = {EcheanceFabrique(debut=debut, limite=i) for i in instants}
    for ecart in (-1, 1):
        EcheanceFabrique(debut=debut, limite=fin_de_journee(MERCREDI + dt.timedelta(days=ecart), dt.time(0)))
    assert set(Echeance.objects.du_jour(MERCREDI)) == du_jour


@pytest.mark.parametrize(
    ("limite", "phrase", "forme"),
    [
        (fin_de_journee(dt.date(2026, 11, 21)), "En retard de 4 jours", ("retard", "alerte")),
        (fin_de_journee(dt.date(2026, 11, 24)), "En retard de 1 jour", ("retard", "alerte")),
        (fin_de_journee(MERCREDI, dt.time(7)), "En retard depuis 7 h", ("retard", "alerte")),
        (fin_de_journee(MERCREDI, dt.time(17)), "Aujourd’hui avant 17 h", ("bientot", "horloge")),
        (fin_de_journee(MERCREDI), "Aujourd’hui", ("bientot", "horloge")),
        (fin_de_journee(dt.date(2026, 12, 31)), "Avant le 31 décembre 2026", ("manque", "horloge")),
    ],
)
def test_la_phrase_dit_les_mots_d_abord(limite, phrase, forme):
    echeance = EcheanceFabrique.build(limite=limite, responsable=None)
    assert echeance.phrase(MATIN).replace("\u00a0", " ") == phrase and echeance.forme(MATIN) == forme


@pytest.mark.django_db
def test_qui_pilote_lit_le_service_jamais_l_agent():
    agent = AgentFabrique(first_name="Claire", last_name="Dubosc", institution__nom="CCAS d’exemple")
    echeance = EcheanceFabrique(responsable=agent)
    assert (echeance.qui(), echeance.qui_sans_nom()) == ("Claire Dubosc", "CCAS d’exemple")
    assert EcheanceFabrique(chez_un_partenaire=True).qui_sans_nom().startswith("Association")


@pytest.mark.django_db
def test_lire_cent_retards_tient_en_une_requete(django_assert_num_queries):
    EcheanceFabrique.create_batch(6, en_retard=True, chez_un_partenaire=True)
    with django_assert_num_queries(1):
        lues = [e.qui_sans_nom() for e in Echeance.objects.en_retard(timezone.now()).avec_main().avec_remontee()]
    assert len(lues) == 6
