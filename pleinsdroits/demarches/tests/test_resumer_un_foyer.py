"""Le résumé des droits d'un foyer, pour le dossier et pour la personne : trois chiffres, une ligne par droit."""

import datetime as dt
from decimal import Decimal

import pytest

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.demarches.fabriques import DemarcheFabrique
from pleinsdroits.demarches.lecture import resume_du_foyer
from pleinsdroits.demarches.taches import constater_les_silences
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.personnes.fabriques import MembreFabrique
from pleinsdroits.personnes.models import Membre

pytestmark = pytest.mark.django_db


def test_les_trois_chiffres_et_les_lignes(foyer, claire):
    DemarcheFabrique(foyer=foyer, droit="asf", montant_detecte=Decimal(100))
    DemarcheFabrique(foyer=foyer, droit="ppa", deposee=True, montant_detecte=Decimal(50), montant_demande=Decimal(60))
    DemarcheFabrique(foyer=foyer, droit="rsa", payee=True, montant_accorde=Decimal(40))
    DemarcheFabrique(foyer=foyer, droit="prime_noel", periodicite="une_fois", montant_detecte=Decimal(150))
    DemarcheFabrique(foyer=foyer, droit="css", probable=True)
    resume = resume_du_foyer(claire.acteur, foyer)
    assert resume.detecte == Decimal("548.38")
    assert (resume.demande, resume.accorde) == (Decimal("458.38"), Decimal("40"))
    assert [ligne.droit for ligne in resume.lignes][0] in ("asf", "prime_noel")
    assert resume.lignes[-1].droit == "rsa" or resume.lignes[-2].droit == "css"


def test_un_adulte_ne_voit_jamais_les_demarches_de_l_autre(foyer):
    autre = MembreFabrique(foyer=foyer, lien=Membre.Lien.CONJOINT).personne
    DemarcheFabrique(foyer=foyer, droit="asf")
    DemarcheFabrique(foyer=foyer, droit="aah", personne=autre)
    lui = resume_du_foyer(Acteur.personne(str(autre.pk)), foyer)
    assert [ligne.droit for ligne in lui.lignes] == ["aah"]
    elle = resume_du_foyer(Acteur.personne(str(foyer.demandeur().pk)), foyer)
    assert [ligne.droit for ligne in elle.lignes] == ["asf"]


def test_qui_ne_suit_pas_le_dossier_ne_lit_rien(foyer):
    DemarcheFabrique(foyer=foyer)
    for agent in (AgentFabrique(), AgentFabrique(interlocuteur=True), AgentFabrique(coordination=True)):
        assert resume_du_foyer(agent.acteur, foyer).lignes == []


def test_un_silence_qui_vaut_refus_se_dit_des_que_la_nuit_l_a_constate(foyer, claire):
    demarche = DemarcheFabrique(foyer=foyer, en_silence=True)
    Echeance.objects.sur(demarche).update(
        genre="demarches.silence",
        debut=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        limite=dt.datetime(2026, 2, 1, tzinfo=dt.UTC),
    )
    assert constater_les_silences.call_local() == 1
    assert resume_du_foyer(claire.acteur, foyer).lignes[0].mot == "Refus, faute de réponse"


@pytest.mark.base
@pytest.mark.parametrize("nombre", [1, 10])
def test_deux_requetes_quel_que_soit_le_nombre_de_droits(foyer, claire, nombre, django_assert_num_queries):
    for droit in ("asf", "ppa", "css", "rsa", "aah", "aspa", "af", "ars", "cf", "ada")[:nombre]:
        DemarcheFabrique(foyer=foyer, droit=droit, deposee=True)
    with django_assert_num_queries(2):
        resume_du_foyer(claire.acteur, foyer)
