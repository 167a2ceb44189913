"""Un droit trouvé devient une démarche : une par droit et par personne, jamais deux."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from pleinsdroits.comptes.fabriques import NUIT, AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.demarches.actions.suivre import deposer
from pleinsdroits.demarches.actions.trouver import detecter, ecarter, expliquer
from pleinsdroits.demarches.models import Demarche
from pleinsdroits.demarches.taches import ouvrir_ce_qui_attend
from pleinsdroits.droits.moteur.resultats import Bilan, Etat, Periodicite, Resultat, Totaux
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.journal.models import Entree
from pleinsdroits.personnes.fabriques import SITUATION, MembreFabrique
from pleinsdroits.personnes.models import Membre

pytestmark = pytest.mark.django_db


def test_chaque_droit_ouvert_ou_probable_devient_une_demarche(foyer, claire, calculee):
    situation = calculee(foyer, asf=Etat.OUVERT, ppa=Etat.PROBABLE, rsa=Etat.NON, css=Etat.A_COMPLETER)
    assert detecter(foyer, par=claire.acteur, situation=situation) == 2
    asf, ppa = Demarche.objects.get(droit="asf"), Demarche.objects.get(droit="ppa")
    assert (asf.montant_detecte, asf.periodicite, asf.a_verifier) == (Decimal("100.00"), "mensuelle", False)
    assert ppa.a_verifier and ppa.montant_detecte is None
    echeance = Echeance.objects.sur(asf).get()
    assert (echeance.genre, echeance.main, echeance.responsable) == ("demarches.preparer", "ville", claire)
    assert not Echeance.objects.sur(ppa).exists(), "un droit seulement probable ne court pas tout seul"


def test_recommencer_ne_double_rien_et_met_le_montant_a_jour(foyer, claire, calculee, bilan):
    detecter(foyer, par=NUIT, situation=calculee(foyer, asf=Etat.OUVERT))
    suite = calculee(foyer, lu=bilan(montant="120.00", asf=Etat.OUVERT))
    assert detecter(foyer, par=NUIT, situation=suite) == 0
    assert Demarche.objects.get().montant_detecte == Decimal("120.00")


def test_le_montant_d_une_demarche_expliquee_ne_bouge_plus(foyer, claire, calculee, bilan):
    detecter(foyer, par=NUIT, situation=calculee(foyer, asf=Etat.OUVERT))
    expliquer(Demarche.objects.get(), par=claire.acteur)
    detecter(foyer, par=NUIT, situation=calculee(foyer, lu=bilan(montant="120.00", asf=Etat.OUVERT)))
    assert Demarche.objects.get().montant_detecte == Decimal("100.00")


def test_ce_que_la_personne_recoit_deja_n_est_pas_a_demander(foyer, claire, calculee, bilan):
    recu = Resultat("asf", ("moi",), Etat.OUVERT, Decimal(100), Periodicite.MOIS, deja_recu=Decimal(100))
    lu = Bilan(dt.date(2026, 11, 26), "v", (recu,), Totaux())
    assert detecter(foyer, par=NUIT, situation=calculee(foyer, lu=lu)) == 0


def test_un_droit_annuel_se_compte_en_douziemes_et_l_unique_a_part(foyer, calculee):
    annuel = Resultat("pass_sport", ("moi",), Etat.OUVERT, Decimal(120), Periodicite.AN)
    unique = Resultat("prime_noel", ("moi",), Etat.OUVERT, Decimal(150), Periodicite.UNE_FOIS)
    lu = Bilan(dt.date(2026, 11, 26), "v", (annuel, unique), Totaux())
    detecter(foyer, par=NUIT, situation=calculee(foyer, lu=lu))
    gardes = dict(Demarche.objects.values_list("droit", "montant_detecte"))
    assert gardes == {"pass_sport": Decimal("10.00"), "prime_noel": Decimal("150.00")}
    assert Demarche.objects.get(droit="prime_noel").periodicite == "une_fois"


def test_deux_adultes_ont_chacun_leur_demarche(foyer, calculee):
    conjoint = MembreFabrique(foyer=foyer, lien=Membre.Lien.CONJOINT, personne__naissance=dt.date(1990, 1, 2)).personne
    lu = Bilan(
        dt.date(2026, 11, 26),
        "v",
        tuple(Resultat("aah", (i,), Etat.OUVERT, Decimal(50), Periodicite.MOIS) for i in ("moi", "toi", "petit")),
        Totaux(),
    )
    situation = calculee(foyer, lu=lu)
    dite = json.loads(SITUATION) | {"couple": "marie"}
    dite["personnes"] += [
        {"id": "toi", "lien": "conjoint", "naissance": "1990-01-02", "revenus": []},
        {"id": "petit", "lien": "enfant", "naissance": "2020-05-05"},
    ]
    situation.situation = json.dumps(dite)
    situation.save()
    detecter(foyer, par=NUIT, situation=situation)
    par_personne = dict(Demarche.objects.values_list("personne", "montant_detecte"))
    assert par_personne == {situation.personne_id: Decimal(100), conjoint.pk: Decimal(50)}


def test_un_droit_ecarte_par_la_personne_ne_revient_pas(foyer, claire, calculee):
    detecter(foyer, par=NUIT, situation=calculee(foyer, asf=Etat.OUVERT))
    ecarter(Demarche.objects.get(), par=claire.acteur, raison="Elle ne veut pas")
    assert detecter(foyer, par=NUIT, situation=calculee(foyer, asf=Etat.OUVERT)) == 0


def test_ce_que_la_nouvelle_situation_ferme_se_clot_s_il_n_est_pas_explique(foyer, claire, calculee, hier):
    detecter(foyer, par=NUIT, situation=calculee(foyer, asf=Etat.OUVERT, ppa=Etat.OUVERT))
    deposer(Demarche.objects.get(droit="ppa"), par=claire.acteur, le=hier)
    detecter(foyer, par=NUIT, situation=calculee(foyer, asf=Etat.NON, ppa=Etat.NON))
    assert dict(Demarche.objects.values_list("droit", "etat")) == {"asf": "close", "ppa": "deposee"}
    assert not Echeance.objects.ouvertes().filter(genre="demarches.preparer").exists()
    assert detecter(foyer, par=NUIT, situation=calculee(foyer, asf=Etat.OUVERT)) == 1, "s'il revient, on le revoit"


def test_la_tache_de_fond_examine_chaque_situation_une_seule_fois(foyer, calculee, django_assert_max_num_queries):
    calculee(foyer, asf=Etat.OUVERT)
    assert ouvrir_ce_qui_attend() == 1
    with django_assert_max_num_queries(2):
        assert ouvrir_ce_qui_attend() == 0


def test_une_situation_illisible_n_arrete_pas_les_autres(foyer, calculee):
    abimee = calculee(foyer, asf=Etat.OUVERT)
    abimee.bilan = "{"
    abimee.save()
    calculee(foyer, ppa=Etat.OUVERT)
    assert ouvrir_ce_qui_attend() == 1


def test_un_autre_interlocuteur_et_l_accueil_ne_detectent_rien(foyer, calculee):
    situation = calculee(foyer, asf=Etat.OUVERT)
    for role in (Role.INTERLOCUTEUR, Role.ACCUEIL, Role.COORDINATION):
        with pytest.raises(PermissionDenied):
            detecter(foyer, par=AgentFabrique(role=role).acteur, situation=situation)
    assert not Demarche.objects.exists()


def test_le_journal_ne_garde_ni_montant_ni_raison(foyer, claire, calculee):
    detecter(foyer, par=NUIT, situation=calculee(foyer, asf=Etat.OUVERT))
    ecarter(Demarche.objects.get(), par=claire.acteur, raison="Elle a peur de devoir rembourser")
    assert "rembourser" not in str([vars(e) for e in Entree.objects.all()])
