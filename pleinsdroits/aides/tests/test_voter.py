"""Le vote d'une demande : une voix par membre, le déport, la majorité, la décision ; tout ce qui est refusé."""

from decimal import Decimal
from itertools import combinations_with_replacement

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from pleinsdroits.aides.actions.sieger import pointer
from pleinsdroits.aides.actions.votes import (
    ajourner,
    arreter_le_vote,
    noter_un_retrait,
    noter_une_voix,
    se_retirer,
    voter,
)
from pleinsdroits.aides.fabriques import MembreFabrique
from pleinsdroits.aides.models import Decision, Demande, Instance, LigneBudgetaire, Vote
from pleinsdroits.aides.tests.seances import messages, ouverte, secretariat, siegent
from pleinsdroits.journal.models import Entree

pytestmark = pytest.mark.django_db
RAISON = "C’est trop pour cette situation"


@pytest.fixture
def ines():
    return secretariat()


def refus(faire, *args, **donnees):
    with pytest.raises(ValidationError) as leve:
        faire(*args, **donnees)
    return messages(leve)


def chacun(inscription, *choix):
    for membre, c in zip(siegent(inscription.seance), choix, strict=False):
        if c:
            donnees = c if isinstance(c, dict) else {"choix": c}
            voter(inscription, par=membre.agent.acteur, **donnees)


def autre(montant):
    return {"choix": "autre_montant", "montant": Decimal(montant), "raison": RAISON}


def test_la_majorite_decide_et_l_argent_est_engage(ines):
    _seance, [inscription] = ouverte()
    chacun(inscription, "pour", "pour", "pour", {"choix": "contre", "raison": RAISON}, "abstention")
    decision = arreter_le_vote(inscription, par=ines)
    inscription.refresh_from_db()
    assert (inscription.etat, inscription.demande.etat) == ("decidee", "decidee")
    assert (decision.sens, decision.montant, decision.forme) == ("accord_partiel", Decimal(250), "cap")
    assert decision.ecart == "" and decision.raisons and not decision.par_delegation
    assert LigneBudgetaire.objects.get().engage == Decimal(250)
    assert refus(voter, inscription, par=siegent(inscription.seance)[0].agent.acteur, choix="pour") == (
        "Cette demande est « décidée » : le vote est fini."
    )


def test_un_autre_montant_garde_pourquoi_on_s_ecarte(ines):
    _seance, [inscription] = ouverte(membres=3)
    chacun(inscription, autre(200), autre(200), "pour")
    decision = arreter_le_vote(inscription, par=ines)
    assert (decision.montant, decision.ecart) == (Decimal(200), f"{RAISON}.")


def test_un_refus_dit_ses_raisons_et_n_engage_rien(ines):
    _seance, [inscription] = ouverte(membres=3)
    non = {"choix": "contre", "raison": "Le reste à vivre est au-dessus du seuil"}
    chacun(inscription, non, non, "pour")
    decision = arreter_le_vote(inscription, par=ines)
    assert (decision.sens, decision.montant, decision.ligne) == ("refus", None, None)
    assert decision.raisons == "Le reste à vivre est au-dessus du seuil."
    assert LigneBudgetaire.objects.get().engage == 0


def test_au_partage_la_voix_de_qui_preside_l_emporte(ines):
    _seance, [inscription] = ouverte(membres=4)
    non = {"choix": "contre", "raison": RAISON}
    chacun(inscription, "pour", "pour", non, non)
    assert arreter_le_vote(inscription, par=ines).accorde


def test_sans_majorite_on_vote_de_nouveau(ines):
    _seance, [inscription] = ouverte(membres=3)
    chacun(inscription, "pour", autre(200), {"choix": "contre", "raison": RAISON})
    dit = refus(arreter_le_vote, inscription, par=ines)
    assert "Aucun choix n’a la majorité" in dit and "pour un autre montant (200,00 €) : 1" in dit
    assert not Decision.objects.exists()
    voter(inscription, par=siegent(inscription.seance)[2].agent.acteur, choix="pour")
    assert Vote.objects.count() == 3, "une voix par membre : la nouvelle remplace"
    assert arreter_le_vote(inscription, par=ines).accorde


def test_la_majorite_peut_ajourner(ines):
    _seance, [inscription] = ouverte(membres=3)
    plus_tard = {"choix": "ajourner", "raison": "Il manque la dernière facture"}
    chacun(inscription, plus_tard, plus_tard, "pour")
    arreter_le_vote(inscription, par=ines)
    inscription.refresh_from_db()
    assert (inscription.etat, inscription.motif) == ("ajournee", "Il manque la dernière facture.")
    assert inscription.demande.etat == "ajournee" and not Decision.objects.exists()


def test_ajourner_demande_une_raison(ines):
    _seance, [inscription] = ouverte()
    assert "ce qui manque" in refus(ajourner, inscription, par=ines, raison=" ")
    ajourner(inscription, par=ines, raison="Il manque une pièce")
    inscription.refresh_from_db()
    assert inscription.demande.etat == "ajournee"


def test_on_attend_que_tous_les_presents_aient_vote(ines):
    _seance, [inscription] = ouverte()
    chacun(inscription, "pour", "pour", "pour")
    assert "2 membre(s) présent(s)" in refus(arreter_le_vote, inscription, par=ines)
    assert arreter_le_vote(inscription, par=ines, sans_attendre=True).accorde


def test_le_membre_retire_ne_lit_plus_la_demande_et_n_en_vote_pas(ines):
    seance, [inscription] = ouverte(membres=4)
    dame, *autres = siegent(seance)[1:]
    voter(inscription, par=dame.agent.acteur, choix="pour")
    se_retirer(inscription, par=dame.agent.acteur)
    assert not inscription.votes.exists(), "sa voix ne compte plus"
    with pytest.raises(PermissionDenied):
        voter(inscription, par=dame.agent.acteur, choix="pour")
    assert "s’est retiré" in refus(noter_une_voix, inscription, par=ines, membre=dame, choix="pour")
    for membre in [siegent(seance)[0], *autres]:
        voter(inscription, par=membre.agent.acteur, choix="pour")
    assert arreter_le_vote(inscription, par=ines).accorde, "les trois autres suffisent"


def test_trop_de_retraits_et_le_quorum_manque_pour_cette_demande_seule(ines):
    seance, [premiere, seconde] = ouverte(membres=5, demandes=2)
    for membre in siegent(seance)[:3]:
        noter_un_retrait(premiere, par=ines, membre=membre)
    reste = siegent(seance)[4].agent.acteur
    dit = refus(voter, premiere, par=reste, choix="pour")
    assert "2 sur 5, il en faut 3" in dit and "Ajournez-la" in dit
    voter(seconde, par=reste, choix="pour")


def test_une_demande_changee_depuis_ne_se_vote_pas(ines):
    _seance, [inscription] = ouverte()
    membre = siegent(inscription.seance)[1].agent.acteur
    assert "a changé depuis l’ouverture" in refus(voter, inscription, par=membre, choix="pour", lue=99)
    voter(inscription, par=membre, choix="pour", lue=inscription.version)
    Demande.objects.filter(pk=inscription.demande_id).update(version=50)
    assert "relisez-la avant de voter" in refus(voter, inscription, par=membre, choix="pour")
    assert "relisez-la avant de voter" in refus(arreter_le_vote, inscription, par=ines, sans_attendre=True)


def test_hors_de_son_instance_ou_pas_pointe_on_ne_vote_pas(ines):
    seance, [inscription] = ouverte()
    ailleurs = MembreFabrique(instance=Instance.CONSEIL_ADMINISTRATION)
    with pytest.raises(PermissionDenied):
        voter(inscription, par=ailleurs.agent.acteur, choix="pour")
    assert "ne siège pas" in refus(noter_une_voix, inscription, par=ines, membre=ailleurs, choix="pour")
    en_retard = MembreFabrique()
    assert "pas noté présent" in refus(voter, inscription, par=en_retard.agent.acteur, choix="pour")
    parti = siegent(seance)[4]
    pointer(seance, par=ines, membre=parti, etat="parti")
    assert "pas noté présent" in refus(voter, inscription, par=parti.agent.acteur, choix="pour")


@pytest.mark.parametrize(
    ("donnees", "dit"),
    [
        ({"choix": "peut-être"}, "Choisissez votre vote"),
        ({"choix": "contre"}, "Donnez une raison"),
        ({"choix": "ajourner", "raison": "x"}, "Donnez une raison"),
        ({"choix": "autre_montant", "raison": RAISON}, "plus grand que zéro"),
        ({"choix": "autre_montant", "raison": RAISON, "montant": Decimal(-5)}, "plus grand que zéro"),
        ({"choix": "autre_montant", "raison": RAISON, "montant": Decimal(10**7)}, "plus grand que zéro"),
        ({"choix": "contre", "raison": "Monsieur Dupont a déjà reçu"}, "contient peut-être un nom"),
        ({"choix": "contre", "raison": "Appeler le 06 39 98 11 22"}, "contient peut-être un nom"),
        ({"choix": "contre", "raison": "long " * 80}, "trop longue"),
    ],
)
def test_un_vote_impossible_est_refuse_en_clair(donnees, dit):
    _seance, [inscription] = ouverte(membres=3)
    assert dit in refus(voter, inscription, par=siegent(inscription.seance)[1].agent.acteur, **donnees)
    assert not Vote.objects.exists()


def test_au_dessus_du_reglement_le_refus_ne_dit_que_la_limite_arrondie():
    _seance, [inscription] = ouverte(membres=3)
    inscription.piece = {"proposition": {"au_plus": 300}}
    inscription.save()
    dit = refus(voter, inscription, par=siegent(inscription.seance)[1].agent.acteur, **autre(400))
    assert "environ 300,00 €" in dit


def test_un_refus_propose_ne_se_vote_pas_contre(ines):
    _seance, [inscription] = ouverte(membres=3, montant_propose=Decimal(0), calcul="")
    membre = siegent(inscription.seance)[1].agent.acteur
    assert "Un refus est proposé" in refus(voter, inscription, par=membre, choix="contre", raison=RAISON)
    chacun(inscription, "pour", "pour", "pour")
    assert "Donnez une raison" in refus(arreter_le_vote, inscription, par=ines)
    assert arreter_le_vote(inscription, par=ines, raisons="Le règlement ne le prévoit pas.").sens == "refus"


def test_une_ligne_epuisee_arrete_la_decision_sans_rien_garder(ines):
    _seance, [inscription] = ouverte(membres=3)
    LigneBudgetaire.objects.update(vote=Decimal(100))
    chacun(inscription, "pour", "pour", "pour")
    assert "il ne reste que" in refus(arreter_le_vote, inscription, par=ines)
    inscription.refresh_from_db()
    assert inscription.etat == "publiee" and inscription.demande.etat == "inscrite"


def test_le_journal_ne_dit_ni_le_vote_ni_la_raison():
    _seance, [inscription] = ouverte(membres=3)
    chacun(inscription, {"choix": "contre", "raison": RAISON})
    ligne = Entree.objects.filter(verbe="aides.voter").get()
    assert RAISON not in str(vars(ligne)) and "contre" not in str(vars(ligne))


def test_quel_que_soit_le_vote_une_decision_ou_rien(ines):
    """Jamais une décision sans raison, jamais d'argent sans décision, jamais une demande décidée sans décision."""
    seance, [inscription] = ouverte(membres=3)
    mots = {"autre": autre(200), "contre": {"choix": "contre", "raison": RAISON}}
    for choix in combinations_with_replacement(("pour", "contre", "abstention", "autre"), 3):
        essai = transaction.savepoint()
        for membre, c in zip(siegent(seance), choix, strict=True):
            noter_une_voix(inscription, par=ines, membre=membre, **mots.get(c, {"choix": c}))
        try:
            decision = arreter_le_vote(inscription, par=ines)
        except ValidationError:
            decision = None
        demande, ligne = Demande.objects.get(), LigneBudgetaire.objects.get()
        assert (demande.etat == "decidee") == (decision is not None), choix
        assert ligne.engage == ((decision.montant or 0) if decision else 0), choix
        assert decision is None or decision.raisons, choix
        transaction.savepoint_rollback(essai)
