"""Le quorum et les présences pendant la séance : sans quorum, on n'ouvre pas, on ne vote plus."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from pleinsdroits.aides.actions.seances import (
    annuler_la_seance,
    retirer_de_l_ordre_du_jour,
)
from pleinsdroits.aides.actions.sieger import cloturer, ouvrir, pointer, verifier_le_quorum
from pleinsdroits.aides.actions.votes import voter
from pleinsdroits.aides.fabriques import (
    MembreFabrique,
    SeanceFabrique,
)
from pleinsdroits.aides.models import EtatSeance, Instance
from pleinsdroits.aides.seance_lue import quorum_de
from pleinsdroits.aides.tests.seances import messages, ouverte, secretariat, siegent

pytestmark = pytest.mark.django_db


def dans(jours):
    return timezone.now() + dt.timedelta(days=jours)


@pytest.fixture
def ines():
    return secretariat()


def test_sans_quorum_la_seance_ne_s_ouvre_pas(ines):
    seance = SeanceFabrique(convoquee=True, membres=5, prevue_le=timezone.now())
    for membre in siegent(seance)[:2]:
        pointer(seance, par=ines, membre=membre, etat="present")
    with pytest.raises(ValidationError) as leve:
        verifier_le_quorum(seance, par=ines)
    assert "2 sur 5, il en faut 3" in messages(leve)
    with pytest.raises(ValidationError, match="Vérifiez d’abord"):
        ouvrir(seance, par=ines)


def test_une_seance_ne_s_ouvre_pas_avant_son_jour(ines):
    seance = SeanceFabrique(convoquee=True, membres=1, prevue_le=dans(2))
    pointer(seance, par=ines, membre=siegent(seance)[0], etat="present")
    verifier_le_quorum(seance, par=ines)
    with pytest.raises(ValidationError, match="pas encore là"):
        ouvrir(seance, par=ines)


def test_le_quorum_perdu_suspend_la_seance_et_quelqu_un_d_autre_preside(ines):
    seance, [inscription] = ouverte(membres=5)
    president, second, *autres = siegent(seance)
    pointer(seance, par=ines, membre=president, etat="parti")
    seance.refresh_from_db()
    assert seance.etat == EtatSeance.EN_SEANCE and seance.presidee_par == second
    for membre in autres[:2]:
        pointer(seance, par=ines, membre=membre, etat="parti")
    seance.refresh_from_db()
    assert seance.suspendue
    with pytest.raises(ValidationError, match="pas ouverte"):
        voter(inscription, par=second.agent.acteur, choix="pour")
    pointer(seance, par=ines, membre=autres[0], etat="present")
    verifier_le_quorum(seance, par=ines)
    ouvrir(seance, par=ines)
    voter(inscription, par=second.agent.acteur, choix="pour")


def test_une_seance_suspendue_se_termine_quand_tout_est_retire(ines):
    seance, [inscription] = ouverte(membres=3)
    for membre in siegent(seance)[:2]:
        pointer(seance, par=ines, membre=membre, etat="parti")
    with pytest.raises(ValidationError, match="Il reste 1 demande"):
        cloturer(seance, par=ines)
    with pytest.raises(ValidationError, match="ne s’annule plus"):
        annuler_la_seance(seance, par=ines, raison="Plus de quorum")
    retirer_de_l_ordre_du_jour(inscription, par=ines)
    cloturer(seance, par=ines)


@pytest.mark.parametrize(("etat", "dit"), [("convoque", "Choisissez"), ("parti", "n’était pas présent")])
def test_un_pointage_impossible_est_refuse(ines, etat, dit):
    seance = SeanceFabrique(convoquee=True, membres=1)
    with pytest.raises(ValidationError, match=dit):
        pointer(seance, par=ines, membre=siegent(seance)[0], etat=etat)


def test_on_ne_pointe_ni_un_inconnu_ni_une_seance_finie(ines):
    seance = SeanceFabrique(convoquee=True, membres=1)
    du_conseil = MembreFabrique(instance=Instance.CONSEIL_ADMINISTRATION)
    with pytest.raises(ValidationError, match="ne siège pas"):
        pointer(seance, par=ines, membre=du_conseil, etat="present")
    with pytest.raises(ValidationError, match="on n’y pointe personne"):
        pointer(SeanceFabrique(prevue_le=dans(40)), par=ines, membre=siegent(seance)[0], etat="present")


def test_apres_un_defaut_de_quorum_la_seconde_convocation_delibere(ines):
    premiere = SeanceFabrique(convoquee=True, membres=5, prevue_le=timezone.now())
    membres = siegent(premiere)
    pointer(premiere, par=ines, membre=membres[0], etat="present")
    for membre in membres[1:]:
        pointer(premiere, par=ines, membre=membre, etat="absent")
    annuler_la_seance(premiere, par=ines, raison="Quorum pas atteint")
    seconde = SeanceFabrique(convoquee=True, prevue_le=dans(5), convoquee_le=timezone.now())
    with time_machine.travel(dans(5)):
        pointer(seconde, par=ines, membre=membres[0], etat="present")
        assert quorum_de(seconde).libre
        verifier_le_quorum(seconde, par=ines)
        ouvrir(seconde, par=ines)


def test_annulee_faute_d_autre_chose_la_suivante_garde_son_quorum(ines):
    premiere = SeanceFabrique(convoquee=True, membres=5, prevue_le=timezone.now())
    annuler_la_seance(premiere, par=ines, raison="Salle fermée")
    seconde = SeanceFabrique(convoquee=True, prevue_le=dans(5), convoquee_le=timezone.now())
    assert not quorum_de(seconde).libre


def test_une_seance_qui_passe_le_changement_d_heure_garde_ses_presents(ines):
    """Dans la nuit du 24 au 25 octobre 2026, l'heure recule pendant la séance : personne ne part, personne ne revient."""
    with time_machine.travel(dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)):
        seance, _inscrites = ouverte(membres=3)
        pointer(seance, par=ines, membre=siegent(seance)[2], etat="parti")
        assert quorum_de(seance).presents == 2
    with time_machine.travel(dt.datetime(2026, 10, 25, 1, 10, tzinfo=dt.UTC)):
        assert quorum_de(seance).presents == 2
        pointer(seance, par=ines, membre=siegent(seance)[2], etat="present")
        assert quorum_de(seance).presents == 3


def test_note_present_par_erreur_sa_voix_ne_compte_plus(ines):
    seance, [inscription] = ouverte(membres=5)
    president, second, *autres = siegent(seance)
    for membre in (president, second):
        voter(inscription, par=membre.agent.acteur, choix="pour")
    pointer(seance, par=ines, membre=second, etat="absent")
    assert list(inscription.votes.values_list("membre", flat=True)) == [president.pk]
    pointer(seance, par=ines, membre=president, etat="parti")
    assert inscription.votes.count() == 1  # il était là quand il a voté
