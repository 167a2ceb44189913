"""Le scrutin secret : on sait qui a voté, personne ne peut savoir quoi ; le compte est juste, un bulletin par membre."""

import json
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pleinsdroits.aides.actions.pouvoirs import recevoir_un_pouvoir, revoquer_un_pouvoir
from pleinsdroits.aides.actions.scrutin import (
    clore_le_scrutin,
    demander_le_secret,
    passer_au_scrutin_secret,
    recommencer_le_scrutin,
)
from pleinsdroits.aides.actions.sieger import cloturer
from pleinsdroits.aides.actions.votes import (
    ajourner,
    arreter_le_vote,
    noter_un_retrait,
    noter_une_voix,
    se_retirer,
    voter,
)
from pleinsdroits.aides.fabriques import MembreFabrique
from pleinsdroits.aides.models import Presence, ProcesVerbal, Urne, Vote
from pleinsdroits.aides.tests.seances import messages, ouverte, secretariat, siegent
from pleinsdroits.aides.urne import bulletins_de
from pleinsdroits.journal.models import Entree
from pleinsdroits.journal.tests.conftest import base_partagee, dans_un_fil  # noqa: F401 (des fixtures)

MOTIF = "Le reste à vivre est au-dessus du seuil"


def refus(faire, *args, **donnees):
    with pytest.raises(ValidationError) as leve:
        faire(*args, **donnees)
    return messages(leve)


def secrete(membres=5, **champs):
    """Une séance ouverte, une demande au scrutin secret, et le secrétariat."""
    seance, [inscription] = ouverte(membres=membres, **champs)
    ines = secretariat()
    passer_au_scrutin_secret(inscription, par=ines, demandeurs=membres)
    inscription.refresh_from_db()
    return seance, inscription, ines


def chacun(inscription, *choix):
    for membre, c in zip(siegent(inscription.seance), choix, strict=False):
        voter(inscription, par=membre.agent.acteur, choix=c)


@pytest.mark.django_db
def test_le_tiers_des_presents_obtient_le_scrutin_secret_et_l_on_revote():
    seance, [inscription] = ouverte(membres=4)
    voter(inscription, par=siegent(seance)[0].agent.acteur, choix="pour")
    demander_le_secret(inscription, par=siegent(seance)[1].agent.acteur)
    demander_le_secret(inscription, par=siegent(seance)[1].agent.acteur)
    assert Vote.objects.exists() and not Urne.objects.get().ouverte, (
        "un seul, deux fois : ce n’est pas le tiers de quatre"
    )
    demander_le_secret(inscription, par=siegent(seance)[2].agent.acteur)
    urne = Urne.objects.get()
    assert urne.ouverte and urne.demandeurs == [] and not Vote.objects.exists()


@pytest.mark.django_db
def test_sans_le_tiers_le_secretariat_ne_peut_pas_y_passer():
    _seance, [inscription] = ouverte(membres=5)
    for n in (0, 1, 6):
        assert "tiers des membres présents" in refus(
            passer_au_scrutin_secret, inscription, par=secretariat(), demandeurs=n
        )


@pytest.mark.django_db
def test_qui_n_est_pas_la_ou_s_est_retire_ne_demande_pas_le_secret():
    seance, [inscription] = ouverte(membres=4)
    retire = siegent(seance)[3]
    noter_un_retrait(inscription, par=secretariat(), membre=retire)
    with pytest.raises(PermissionDenied):
        demander_le_secret(inscription, par=retire.agent.acteur)
    assert "pas noté présent" in refus(demander_le_secret, inscription, par=MembreFabrique().agent.acteur)


@pytest.mark.django_db
def test_le_compte_est_juste_et_la_decision_se_prend():
    _seance, inscription, ines = secrete()
    chacun(inscription, "pour", "contre", "pour", "abstention", "pour")
    assert bulletins_de(inscription) == [], "tant que le scrutin est ouvert, personne ne lit les bulletins"
    assert "closez-le" in refus(arreter_le_vote, inscription, par=ines)
    clore_le_scrutin(inscription, par=ines)
    assert "est clos" in refus(voter, inscription, par=siegent(inscription.seance)[0].agent.acteur, choix="pour")
    assert arreter_le_vote(inscription, par=ines).montant == Decimal(250)


@pytest.mark.django_db
def test_un_refus_au_scrutin_secret_a_ses_raisons_ecrites_par_le_secretariat():
    _seance, inscription, ines = secrete(membres=3)
    chacun(inscription, "contre", "contre", "pour")
    clore_le_scrutin(inscription, par=ines)
    assert "raisons dites en séance" in refus(arreter_le_vote, inscription, par=ines)
    decision = arreter_le_vote(inscription, par=ines, raisons=MOTIF)
    assert (decision.sens, decision.ecart) == ("refus", MOTIF)


@pytest.mark.django_db
def test_au_partage_la_voix_de_qui_preside_ne_joue_pas_et_l_on_recommence():
    _seance, inscription, ines = secrete(membres=4)
    chacun(inscription, "pour", "pour", "contre", "contre")
    assert "votent encore" in refus(recommencer_le_scrutin, inscription, par=ines)
    clore_le_scrutin(inscription, par=ines)
    assert "Aucun choix n’a la majorité (contre : 2, pour : 2)" in refus(arreter_le_vote, inscription, par=ines)
    recommencer_le_scrutin(inscription, par=ines)
    urne = Urne.objects.get()
    assert (urne.bulletins, urne.close, urne.tours) == ("", False, [{"contre": 2, "pour": 2}])
    chacun(inscription, "pour", "pour", "pour", "contre")
    clore_le_scrutin(inscription, par=ines)
    assert arreter_le_vote(inscription, par=ines).accorde


@pytest.mark.django_db
def test_un_bulletin_ne_se_reprend_pas_et_le_secretariat_n_en_depose_pas():
    seance, inscription, ines = secrete()
    membre = siegent(seance)[1]
    assert "urne est vide" in refus(clore_le_scrutin, inscription, par=ines, sans_attendre=True)
    voter(inscription, par=membre.agent.acteur, choix="pour")
    assert "déjà dans l’urne" in refus(voter, inscription, par=membre.agent.acteur, choix="contre")
    assert "sur sa tablette" in refus(noter_une_voix, inscription, par=ines, membre=membre, choix="pour")
    assert "4 membre(s)" in refus(clore_le_scrutin, inscription, par=ines)


@pytest.mark.django_db
def test_on_ne_clot_pas_un_scrutin_qui_dirait_qui_a_vote_quoi():
    _seance, inscription, ines = secrete()
    chacun(inscription, "pour", "contre")
    assert "3 bulletins au moins" in refus(clore_le_scrutin, inscription, par=ines, sans_attendre=True)
    voter(inscription, par=siegent(inscription.seance)[2].agent.acteur, choix="pour")
    clore_le_scrutin(inscription, par=ines, sans_attendre=True)
    assert arreter_le_vote(inscription, par=ines).accorde


@pytest.mark.django_db
def test_un_bulletin_qui_ne_devait_pas_y_etre_fait_revoter_tout_le_monde():
    seance, inscription, ines = secrete()
    absente = MembreFabrique()
    Presence.objects.create(seance=seance, membre=absente, etat="excuse")
    porteur = siegent(seance)[1]
    recevoir_un_pouvoir(seance, par=ines, mandant=absente, mandataire=porteur)
    voter(inscription, par=porteur.agent.acteur, choix="pour")
    voter(inscription, par=porteur.agent.acteur, au_nom_de=absente, choix="contre")
    revoquer_un_pouvoir(seance, par=ines, mandant=absente)
    assert not Vote.objects.exists() and Urne.objects.get().bulletins == ""
    voter(inscription, par=porteur.agent.acteur, choix="pour")
    se_retirer(inscription, par=siegent(seance)[2].agent.acteur)
    assert Vote.objects.count() == 1, "celui qui se retire n’avait pas voté : rien à refaire"
    se_retirer(inscription, par=porteur.agent.acteur)
    assert not Vote.objects.exists() and Urne.objects.get().bulletins == ""


@pytest.mark.django_db
def test_ajourner_vide_l_urne():
    _seance, inscription, ines = secrete()
    chacun(inscription, "pour", "contre")
    ajourner(inscription, par=ines, raison="Il manque une pièce")
    assert not Vote.objects.exists() and Urne.objects.get().bulletins == ""


@pytest.mark.django_db
def test_rien_de_ce_qui_est_garde_ne_dit_qui_a_vote_quoi():
    """Deux mondes où les mêmes membres ont échangé leurs bulletins laissent la même trace, hors des heures."""
    traces = []
    for choix in (("pour", "pour", "contre"), ("contre", "pour", "pour")):
        essai = transaction.savepoint()
        seance, inscription, ines = secrete(membres=3)
        chacun(inscription, *choix)
        clore_le_scrutin(inscription, par=ines)
        arreter_le_vote(inscription, par=ines)
        cloturer(seance, par=ines)
        traces.append(_trace(seance))
        transaction.savepoint_rollback(essai)
    assert traces[0] == traces[1]


def _trace(seance):
    """Tout ce que la base garde du vote, sans les clés ni les heures ; chaque membre par son rang."""
    rangs = {m.pk: n for n, m in enumerate(siegent(seance))}
    noms = {str(m.agent): f"membre {n}" for n, m in enumerate(siegent(seance))}
    with connection.cursor() as curseur:
        curseur.execute("SELECT membre_id, porte_par_id, choix, montant, raison FROM aides_vote ORDER BY id")
        votes = [(rangs[m], *reste) for m, *reste in curseur.fetchall()]
    journal = [(e.verbe, e.champs, e.motif) for e in Entree.objects.order_by("pk")]
    pv = []
    for tome in ProcesVerbal.objects.order_by("tome"):
        affaire = json.loads(tome.contenu)["affaires"][0]
        voix = [next(v.replace(n, r) for n, r in noms.items() if n in v) for v in affaire.get("noms_des_voix", [])]
        pv.append((sorted(voix), affaire["voix"], affaire["secret"]))
    return votes, Urne.objects.get().bulletins, journal, pv


@pytest.mark.django_db
def test_en_base_le_bulletin_est_chiffre():
    _seance, inscription, _ines = secrete(membres=3)
    chacun(inscription, "contre")
    with connection.cursor() as curseur:
        curseur.execute("SELECT bulletins FROM aides_urne")
        assert "contre" not in str(curseur.fetchone()[0])


@pytest.mark.django_db
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(["pour", "contre", "abstention", "ajourner"]), min_size=3, max_size=5), st.integers(0, 4)
)
def test_quel_que_soit_l_ordre_autant_de_bulletins_que_de_votants(choix, premier):
    essai = transaction.savepoint()
    seance, inscription, ines = secrete(membres=len(choix))
    paires = list(zip(siegent(seance), choix, strict=True))
    for membre, c in [*paires[premier:], *paires[:premier]]:
        voter(inscription, par=membre.agent.acteur, choix=c)
        with pytest.raises(ValidationError):
            voter(inscription, par=membre.agent.acteur, choix="pour")
    clore_le_scrutin(inscription, par=ines)
    assert sorted(v.choix for v in bulletins_de(inscription)) == sorted(choix)
    assert Vote.objects.count() == len(choix) and not Vote.objects.exclude(choix="").exists()
    transaction.savepoint_rollback(essai)


@pytest.mark.base
def test_tous_deposent_en_meme_temps_aucun_bulletin_perdu_ni_double(dans_un_fil):  # noqa: F811
    def preparer():
        with transaction.atomic():
            seance, inscription, ines = secrete(membres=4)
        return inscription, ines, [m.agent.acteur for m in siegent(seance)]

    [(inscription, ines, acteurs)] = dans_un_fil(preparer)

    def deposer(acteur):
        try:
            voter(inscription, par=acteur, choix="pour")
        except ValidationError:
            return False
        return True

    faits = dans_un_fil(*(lambda a=a: deposer(a) for a in [*acteurs, *acteurs]))
    assert sum(faits) == 4

    def lire():
        clore_le_scrutin(inscription, par=ines)
        return len(bulletins_de(inscription)), Vote.objects.count()

    assert dans_un_fil(lire) == [(4, 4)]
