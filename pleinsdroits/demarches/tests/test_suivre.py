"""De la préparation à l'argent reçu : chaque étape a sa date, sa trace, son échéance, et ses refus."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pleinsdroits.comptes.fabriques import NUIT, AgentFabrique
from pleinsdroits.demarches.actions.suivre import (
    accuser_reception,
    clore,
    completer,
    contester,
    demander_les_motifs,
    demander_les_papiers,
    deposer,
    joindre_un_papier,
    noter_incomplete,
    noter_la_reponse,
    noter_le_paiement,
    noter_les_motifs,
    preparer,
)
from pleinsdroits.demarches.actions.trouver import ecarter, expliquer
from pleinsdroits.demarches.fabriques import DemarcheFabrique
from pleinsdroits.demarches.models import Demarche
from pleinsdroits.demarches.taches import constater_les_silences
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.personnes.models import Papier
from pleinsdroits.socle.conflit import Conflit

pytestmark = pytest.mark.django_db
JOUR = dt.date(2026, 11, 9)


@pytest.fixture(autouse=True)
def _le_26_novembre():
    with time_machine.travel(dt.datetime(2026, 11, 26, 10), tick=False):
        yield


@pytest.fixture
def demarche(foyer):
    return DemarcheFabrique(foyer=foyer, detectee_le=dt.date(2026, 11, 1))


@pytest.fixture
def par(claire):
    return claire.acteur


def en_cours(demarche) -> Echeance | None:
    return Echeance.objects.sur(demarche).en_cours().first()


def test_la_boucle_entiere_du_droit_trouve_a_l_argent_recu(demarche, par):
    expliquer(demarche, par=par)
    preparer(demarche, par=par)
    deposer(demarche, par=par, le=JOUR, preuve="guichet")
    attente = en_cours(demarche)
    assert attente.genre == "demarches.silence" and attente.main == "organisme"
    assert timezone.localdate(attente.limite) == dt.date(2027, 1, 9)
    assert "refus" in attente.au_dela and attente.reference
    noter_la_reponse(demarche, par=par, reponse="accordee", le=dt.date(2026, 11, 20), montant=Decimal("380.00"))
    assert en_cours(demarche).quoi == "Premier paiement"
    noter_le_paiement(demarche, par=par, le=dt.date(2026, 11, 25))
    demarche.refresh_from_db()
    assert (demarche.etat, demarche.montant_demande, demarche.montant_accorde) == (
        "payee",
        Decimal("398.38"),
        Decimal("380.00"),
    )
    assert [e.etat for e in demarche.etapes.all()][1:] == ["expliquee", "preparee", "deposee", "accordee", "payee"]
    assert en_cours(demarche) is None
    assert Echeance.objects.sur(demarche).filter(genre="demarches.preparer").get().close_le.date() == JOUR


def test_les_papiers_de_la_fiche_que_la_ville_a_deja_ne_se_redemandent_pas(demarche, par, foyer):
    Papier.objects.create(foyer=foyer, sorte="livret", finalite="x", donne_par="elle", fichier="a", genre="x", taille=1)
    perime = {"sorte": "identite", "valable_jusqu_au": dt.date(2026, 1, 1)}
    Papier.objects.create(foyer=foyer, finalite="x", donne_par="elle", fichier="b", genre="x", taille=1, **perime)
    preparer(demarche, par=par)
    joints = {p.libelle: p.joint for p in demarche.papiers_attendus.all()}
    assert any(joints.values()) and not all(joints.values())
    assert all(p.papier.sorte == "livret" for p in demarche.papiers_attendus.filter(joint=True))
    manquent = sum(not j for j in joints.values())
    assert demander_les_papiers(demarche, par=par) == manquent
    assert demander_les_papiers(demarche, par=par) == 0, "demandés une seule fois"
    assert en_cours(demarche).main == "personne"
    for attendu in demarche.papiers_attendus.filter(joint=False):
        joindre_un_papier(demarche, par=par, attendu=attendu)
    assert en_cours(demarche).main == "ville"


def test_un_papier_d_un_autre_dossier_est_refuse(demarche, par):
    autre = DemarcheFabrique()
    papier = Papier.objects.create(foyer=autre.foyer, sorte="livret", fichier="a", taille=1)
    preparer(demarche, par=par)
    with pytest.raises(ValidationError, match="autre dossier"):
        joindre_un_papier(demarche, par=par, attendu=demarche.papiers_attendus.first(), papier=papier)


def test_un_dossier_incomplet_rend_la_main_a_la_personne_puis_a_l_organisme(demarche, par):
    deposer(demarche, par=par, le=JOUR, preuve="guichet")
    noter_incomplete(demarche, par=par, le=dt.date(2026, 11, 12), avant_le=dt.date(2026, 12, 1))
    assert (en_cours(demarche).genre, en_cours(demarche).main) == ("demarches.completer", "personne")
    assert timezone.localdate(en_cours(demarche).limite) == dt.date(2026, 12, 1)
    completer(demarche, par=par, le=dt.date(2026, 11, 22))
    demarche.refresh_from_db()
    assert demarche.etat == "complete"
    assert timezone.localdate(en_cours(demarche).limite) == dt.date(2027, 1, 19), "le délai s'est arrêté dix jours"


def test_l_accuse_de_reception_prouve_le_depot(demarche, par):
    deposer(demarche, par=par, le=JOUR)
    accuser_reception(demarche, par=par, le=dt.date(2026, 11, 10), voies_dites=True)
    demarche.refresh_from_db()
    assert (demarche.preuve, demarche.accuse_le) == ("accuse", dt.date(2026, 11, 10))
    assert timezone.localdate(en_cours(demarche).limite) == dt.date(2027, 1, 10)


def test_le_silence_qui_vaut_refus_rend_la_main_a_la_ville(demarche, par):
    deposer(demarche, par=par, le=JOUR, preuve="guichet")
    with time_machine.travel(dt.datetime(2027, 1, 12, 10), tick=False):
        assert constater_les_silences.call_local() == 1
        assert (en_cours(demarche).genre, en_cours(demarche).main) == ("demarches.recours", "ville")
        assert constater_les_silences.call_local() == 0, "une seule fois"


def test_un_refus_se_conteste_devant_l_organisme_puis_le_juge(demarche, par):
    deposer(demarche, par=par, le=JOUR, preuve="guichet")
    noter_la_reponse(demarche, par=par, reponse="refusee", le=dt.date(2026, 11, 18))
    recours = en_cours(demarche)
    assert recours.genre == "demarches.recours" and recours.au_dela
    contester(demarche, par=par, le=dt.date(2026, 11, 20))
    assert en_cours(demarche).quoi == "Réponse au recours"
    noter_la_reponse(demarche, par=par, reponse="refusee", le=dt.date(2026, 11, 25))
    demarche.refresh_from_db()
    assert (demarche.etat, demarche.repondue_le, demarche.recours_reponse) == (
        "refusee",
        dt.date(2026, 11, 18),
        "refusee",
    )
    with pytest.raises(ValidationError, match="Il reste le juge"):
        contester(demarche, par=par, le=dt.date(2026, 11, 26))
    contester(demarche, par=par, le=dt.date(2026, 11, 26), devant="juge")
    demarche.refresh_from_db()
    assert demarche.juge_saisi_le == dt.date(2026, 11, 26)


def test_le_juge_ne_se_saisit_pas_avant_le_recours_obligatoire(par, foyer):
    rsa = DemarcheFabrique(foyer=foyer, droit="rsa", refusee=True)
    with pytest.raises(ValidationError, match="d’abord un recours"):
        contester(rsa, par=par, le=timezone.localdate(), devant="juge")


def test_les_raisons_se_demandent_et_se_notent(par, foyer):
    demarche = DemarcheFabrique(foyer=foyer, en_silence=True)
    demander_les_motifs(demarche, par=par, le=dt.date(2026, 11, 20))
    noter_les_motifs(demarche, par=par, le=dt.date(2026, 11, 25))
    demarche.refresh_from_db()
    assert demarche.motifs_recus_le == dt.date(2026, 11, 25)
    with pytest.raises(ValidationError):
        demander_les_motifs(DemarcheFabrique(payee=True, foyer=foyer, droit="ppa"), par=par, le=JOUR)


def test_une_reponse_datee_avant_le_depot_est_refusee_avec_la_date(demarche, par):
    deposer(demarche, par=par, le=JOUR)
    with pytest.raises(ValidationError) as refus:
        noter_la_reponse(demarche, par=par, reponse="accordee", le=dt.date(2026, 11, 8))
    assert refus.value.message_dict["le"] == ["La réponse ne peut pas être datée avant le dépôt (9 novembre)."]
    demarche.refresh_from_db()
    assert demarche.etat == "deposee" and demarche.repondue_le is None


@pytest.mark.parametrize(
    ("donnees", "mot"),
    [
        ({"le": dt.date(2026, 12, 1)}, "futur"),
        ({"le": JOUR, "montant": Decimal("-1")}, "négatif"),
        ({"le": JOUR, "preuve": "rumeur"}, "rumeur"),
    ],
)
def test_un_depot_impossible_n_ecrit_rien(demarche, par, donnees, mot):
    with pytest.raises(ValidationError, match=mot):
        deposer(demarche, par=par, **donnees)
    demarche.refresh_from_db()
    assert demarche.etat == "detectee"


def test_une_etape_ne_se_saute_pas(demarche, par):
    for sauter in (
        lambda: noter_le_paiement(demarche, par=par, le=JOUR),
        lambda: noter_la_reponse(demarche, par=par, reponse="accordee", le=JOUR),
        lambda: contester(demarche, par=par, le=JOUR),
        lambda: noter_la_reponse(demarche, par=par, reponse="peut-être", le=JOUR),
    ):
        with pytest.raises(ValidationError):
            sauter()


def test_ecarter_et_clore_demandent_une_raison_et_arretent_l_horloge(demarche, par, foyer):
    with pytest.raises(ValidationError, match="raison"):
        ecarter(demarche, par=par, raison=" ")
    ecarter(demarche, par=par, raison="Elle ne veut pas")
    assert Echeance.objects.sur(demarche).get().etat == "annulee"
    autre = DemarcheFabrique(foyer=foyer, droit="ppa", deposee=True)
    with pytest.raises(ValidationError):
        clore(autre, par=par, raison="")
    clore(autre, par=par, raison="Elle déménage")
    assert en_cours(autre) is None


def test_deux_agents_sur_la_meme_demarche_le_second_l_apprend(demarche, par):
    lue = demarche.version
    expliquer(demarche, par=par, lue=lue)
    with pytest.raises(Conflit):
        deposer(demarche, par=par, le=JOUR, lue=lue)


def test_un_autre_interlocuteur_ne_touche_pas_a_la_demarche(demarche):
    with pytest.raises(PermissionDenied):
        deposer(demarche, par=AgentFabrique(interlocuteur=True).acteur, le=JOUR)
    assert Demarche.objects.get().etat == "detectee"


def test_le_systeme_ne_peut_pas_contester_hors_des_etapes(demarche):
    with pytest.raises(ValidationError):
        contester(demarche, par=NUIT, le=JOUR)
