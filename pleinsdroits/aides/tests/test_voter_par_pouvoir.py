"""Le pouvoir écrit d'un membre empêché : une voix de plus à qui le porte, jamais deux, et jamais un présent de plus."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from pleinsdroits.aides.actions.pouvoirs import recevoir_un_pouvoir, revoquer_un_pouvoir
from pleinsdroits.aides.actions.sieger import cloturer, pointer
from pleinsdroits.aides.actions.votes import arreter_le_vote, noter_un_retrait, noter_une_voix, voter
from pleinsdroits.aides.fabriques import MembreFabrique
from pleinsdroits.aides.models import Presence, Vote
from pleinsdroits.aides.proces_verbal import tome_nominatif
from pleinsdroits.aides.seance_lue import quorum_de
from pleinsdroits.aides.tests.seances import messages, ouverte, secretariat, siegent
from pleinsdroits.journal.models import Entree
from pleinsdroits.journal.tests.conftest import base_partagee, dans_un_fil  # noqa: F401 (des fixtures)

RAISON = "C’est trop pour cette situation"


def refus(faire, *args, **donnees):
    with pytest.raises(ValidationError) as leve:
        faire(*args, **donnees)
    return messages(leve)


def avec_un_absent(**champs):
    """Une séance de quatre présents ; une cinquième, excusée, donne pouvoir au deuxième."""
    seance, inscrites = ouverte(membres=4, **champs)
    ines, absente = secretariat(), MembreFabrique(agent__first_name="Aïcha", agent__last_name="Moreau")
    Presence.objects.create(seance=seance, membre=absente, etat="excuse")
    recevoir_un_pouvoir(seance, par=ines, mandant=absente, mandataire=siegent(seance)[1])
    return seance, inscrites, ines, absente


@pytest.mark.django_db
def test_la_voix_portee_compte_et_le_proces_verbal_dit_qui_l_a_portee():
    seance, [inscription], ines, absente = avec_un_absent()
    _preside, porteur, *autres = presents = [m for m in siegent(seance) if m != absente]
    for membre in presents:
        voter(inscription, par=membre.agent.acteur, choix="pour")
    assert "1 membre(s) présent(s) ou représenté(s)" in refus(arreter_le_vote, inscription, par=ines)
    voter(inscription, par=porteur.agent.acteur, au_nom_de=absente, choix="contre", raison=RAISON)
    assert "ne portez pas le pouvoir" in refus(
        voter, inscription, par=autres[0].agent.acteur, au_nom_de=absente, choix="pour"
    )
    assert "ne portez pas le pouvoir" in refus(
        voter, inscription, par=autres[0].agent.acteur, au_nom_de=autres[1], choix="contre", raison=RAISON
    ), "on ne vote pas pour un présent"
    assert arreter_le_vote(inscription, par=ines).montant == Decimal(250)
    assert quorum_de(seance).presents == 4, "le pouvoir n’ajoute personne au quorum"
    cloturer(seance, par=ines)
    pv = tome_nominatif(seance)
    [voix] = [v for v in pv["affaires"][0]["noms_des_voix"] if "Moreau" in v]
    assert f"par pouvoir à {porteur.agent}" in voix and RAISON in voix
    assert f"excusé, pouvoir à {porteur.agent}" in [m["etat"] for m in pv["membres"]]


@pytest.mark.django_db
def test_un_pouvoir_se_revoque_jusqu_au_vote_arrete():
    seance, [premiere, seconde], ines, absente = avec_un_absent(demandes=2)
    porteur = siegent(seance)[1].agent.acteur
    for inscription in (premiere, seconde):
        voter(inscription, par=porteur, au_nom_de=absente, choix="pour")
    arreter_le_vote(premiere, par=ines, sans_attendre=True)
    revoquer_un_pouvoir(seance, par=ines, mandant=absente)
    assert premiere.votes.count() == 1, "ce qui est décidé reste"
    assert not seconde.votes.exists()
    assert "ne portez pas" in refus(voter, seconde, par=porteur, au_nom_de=absente, choix="pour")
    assert "pas de pouvoir en cours" in refus(revoquer_un_pouvoir, seance, par=ines, mandant=absente)
    recevoir_un_pouvoir(seance, par=ines, mandant=absente, mandataire=siegent(seance)[2])


@pytest.mark.django_db
def test_le_membre_arrive_et_vote_lui_meme():
    seance, [inscription], ines, absente = avec_un_absent()
    voter(inscription, par=siegent(seance)[1].agent.acteur, au_nom_de=absente, choix="pour")
    pointer(seance, par=ines, membre=absente, etat="present")
    assert not inscription.votes.exists() and not seance.pouvoirs.en_cours().exists()
    voter(inscription, par=absente.agent.acteur, choix="contre", raison=RAISON)
    assert Vote.objects.get().porte_par is None


@pytest.mark.django_db
@pytest.mark.parametrize("qui", ["mandant", "mandataire"])
def test_un_retrait_de_l_un_ou_de_l_autre_fait_taire_le_pouvoir(qui):
    seance, [premiere, seconde], ines, absente = avec_un_absent(demandes=2)
    porteur = siegent(seance)[1]
    voter(premiere, par=porteur.agent.acteur, au_nom_de=absente, choix="pour")
    noter_un_retrait(premiere, par=ines, membre=absente if qui == "mandant" else porteur)
    assert not premiere.votes.exists()
    refus(noter_une_voix, premiere, par=ines, membre=absente, choix="pour")
    noter_une_voix(seconde, par=ines, membre=absente, choix="pour")
    assert seconde.votes.get().porte_par == porteur, "pour l’autre demande, il vaut"


@pytest.mark.django_db
def test_le_porteur_parti_ne_vote_plus_pour_personne():
    seance, [inscription], ines, absente = avec_un_absent()
    pointer(seance, par=ines, membre=siegent(seance)[1], etat="parti")
    assert "pas noté présent" in refus(noter_une_voix, inscription, par=ines, membre=absente, choix="pour")


@pytest.mark.django_db
def test_un_pouvoir_impossible_se_refuse_en_clair():
    seance, _inscrites, ines, absente = avec_un_absent()
    ailleurs = MembreFabrique(instance="conseil_administration")
    assert "doivent siéger" in refus(
        recevoir_un_pouvoir, seance, par=ines, mandant=ailleurs, mandataire=siegent(seance)[0]
    )
    assert "déjà donné pouvoir" in refus(
        recevoir_un_pouvoir, seance, par=ines, mandant=absente, mandataire=siegent(seance)[0]
    )
    assert "est présent" in refus(
        recevoir_un_pouvoir, seance, par=ines, mandant=siegent(seance)[2], mandataire=siegent(seance)[3]
    )
    assert seance.pouvoirs.count() == 1


@pytest.mark.base
def test_le_meme_pouvoir_vote_deux_fois_au_meme_instant_une_seule_voix(dans_un_fil):  # noqa: F811
    def preparer():
        with transaction.atomic():
            seance, [inscription], _ines, absente = avec_un_absent()
        return inscription, siegent(seance)[1].agent.acteur, absente

    [(inscription, porteur, absente)] = dans_un_fil(preparer)

    def pour():
        voter(inscription, par=porteur, au_nom_de=absente, choix="pour")

    def contre():
        voter(inscription, par=porteur, au_nom_de=absente, choix="contre", raison=RAISON)

    dans_un_fil(pour, contre, pour)
    assert dans_un_fil(lambda: (Vote.objects.count(), Entree.objects.filter(verbe="aides.voter").count())) == [(1, 3)]


@pytest.mark.base
def test_revoquer_et_voter_au_meme_instant_ne_laisse_pas_de_voix(dans_un_fil):  # noqa: F811
    def preparer():
        with transaction.atomic():
            seance, [inscription], ines, absente = avec_un_absent()
        return seance, inscription, ines, siegent(seance)[1].agent.acteur, absente

    [(seance, inscription, ines, porteur, absente)] = dans_un_fil(preparer)

    def voter_ou_non():
        try:
            voter(inscription, par=porteur, au_nom_de=absente, choix="pour")
        except ValidationError:
            return "refusé"
        return "voté"

    dans_un_fil(voter_ou_non, lambda: revoquer_un_pouvoir(seance, par=ines, mandant=absente))
    assert dans_un_fil(Vote.objects.count) == [0], "dans un ordre comme dans l’autre"
