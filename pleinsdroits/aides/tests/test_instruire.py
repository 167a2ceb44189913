"""Étudier puis proposer : ce qui est figé, ce qui est refusé, et rien d'écrit à moitié."""

import json
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pleinsdroits.aides.actions.instruire import (
    ajouter_une_ligne,
    corriger_une_ligne,
    deroger,
    prendre_en_charge,
    proposer,
    retirer_une_correction,
)
from pleinsdroits.aides.calcul import calculer
from pleinsdroits.aides.fabriques import DemandeFabrique, EditionFabrique
from pleinsdroits.aides.models import Demande, LigneBudgetaire, PieceDemandee
from pleinsdroits.aides.tests.etudes import CREDIT, LOYER, SALAIRE, demande_ferrand, edition, foyer_ferrand, instruction
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.demarches.fabriques import DemarcheFabrique
from pleinsdroits.journal.models import Entree
from pleinsdroits.socle.conflit import Conflit

pytestmark = pytest.mark.django_db
RICHE = {"personnes": [{"id": "moi", "lien": "demandeur", "naissance": "1990-01-01", "revenus": [{"type": "salaire", "montant": 2400}]}]}  # fmt: skip


def refus(faire, *args, **donnees) -> str:
    with pytest.raises(ValidationError) as leve:
        faire(*args, **donnees)
    return " ".join(leve.value.messages).replace("\u00a0", " ")


def test_proposer_fige_le_calcul_et_ce_que_lira_le_bilan_d_equite():
    regle, demande, ines = edition(), demande_ferrand(), instruction()
    corriger_une_ligne(demande, par=ines, cle=CREDIT, comptee=False, raison="Crédit fini.")
    proposer(demande, par=ines, montant=Decimal(285))
    demande.refresh_from_db()
    assert (demande.etat, demande.montant_propose, demande.edition) == ("instruite", Decimal(285), regle)
    assert (demande.etat_du_calcul, demande.tranche) == ("accorde_possible", "Reste à vivre sous le seuil d’exemple")
    figes = (demande.composition, demande.tranche_d_age, demande.quartier)
    assert figes == ("parent_seul", "26-39", "Ivry-sur-Seine") and str(demande.instructeur_id) == ines.identifiant
    garde = json.loads(demande.calcul)
    assert garde["cas"]["situation"]["personnes"][0]["id"] == "moi" and garde["edition"] == regle.pk
    assert garde["evaluation"]["grandeurs"][0]["valeur"] == 6.12
    assert garde["corrections"][0]["raison"] == "Crédit fini." and garde["corrections"][0]["agent"]


def test_le_journal_ne_garde_que_des_noms_de_champs():
    edition()
    demande = demande_ferrand()
    corriger_une_ligne(demande, par=instruction(), cle=LOYER, comptee=False, raison="Payé par sa sœur Odette.")
    entree = Entree.objects.get(verbe="aides.corriger_une_ligne")
    assert "Odette" not in str(entree.champs) + entree.motif


def test_au_dessus_de_ce_qui_reste_cette_annee_est_refuse_avec_le_chiffre():
    edition()
    demande = demande_ferrand()
    DemandeFabrique(foyer=demande.foyer, accordee=True, montant_accorde=Decimal("115.50"))
    dit = refus(proposer, demande, par=instruction(), montant=Decimal(300))
    assert dit == "300 € dépasse ce qui reste cette année (184,50 €)."
    demande.refresh_from_db()
    assert (demande.etat, demande.calcul, demande.version) == ("complete", "", 1), "rien n’est écrit à moitié"


@pytest.mark.parametrize(
    ("montant", "dit"),
    [
        (Decimal("-5"), "n’est pas un montant possible"),
        (Decimal(200_000), "n’est pas un montant possible"),
        (None, "Écrivez le montant proposé"),
        (Decimal(0), "Le règlement permet un accord"),
        (Decimal("300.01"), "dépasse ce qui reste cette année (300 €)"),
    ],
)
def test_un_montant_absurde_est_refuse(montant, dit):
    edition()
    assert dit in refus(proposer, demande_ferrand(), par=instruction(), montant=montant)


def test_au_dessus_de_la_ligne_du_budget_est_refuse():
    edition()
    demande = demande_ferrand()
    LigneBudgetaire.objects.update(vote=Decimal(100))
    dit = refus(proposer, demande, par=instruction(), montant=Decimal(150))
    assert dit == "150 € dépasse ce qui reste sur la ligne du budget (100 €)."
    LigneBudgetaire.objects.all().delete()
    assert "Aucune ligne du budget" in refus(proposer, demande, par=instruction(), montant=Decimal(150))


def test_une_demande_incomplete_est_refusee_en_nommant_la_piece():
    edition()
    demande = demande_ferrand()
    PieceDemandee.objects.create(demande=demande, libelle="facture de moins de 3 mois", etat="demandee")
    dit = refus(proposer, demande, par=instruction(), montant=Decimal(150))
    assert dit == "Il manque : facture de moins de 3 mois."
    recue = DemandeFabrique(foyer=foyer_ferrand())
    assert "n’est pas complète" in refus(proposer, recue, par=instruction(), montant=Decimal(150))


def test_les_droits_trouves_sont_demandes_ou_expliques_avant_de_proposer():
    edition()
    demande, ines = demande_ferrand(), instruction()
    DemarcheFabrique(foyer=demande.foyer, droit="asf")
    DemarcheFabrique(foyer=demande.foyer, droit="rsa", deposee=True)
    dit = refus(proposer, demande, par=ines, montant=Decimal(150))
    assert "Allocation de soutien familial" in dit and "RSA" not in dit
    proposer(demande, par=ines, montant=Decimal(150), sans_attendre="La coupure est demain.")
    demande.refresh_from_db()
    assert json.loads(demande.calcul)["sans_attendre"]["raison"] == "La coupure est demain."


def test_hors_bareme_il_faut_une_derogation_motivee_ou_proposer_un_refus():
    edition()
    demande, ines = demande_ferrand(budget=RICHE), instruction()
    assert "Motivez une dérogation" in refus(proposer, demande, par=ines, montant=Decimal(150))
    deroger(demande, par=ines, raison="Obsèques d’un enfant.", montant=Decimal(150))
    proposer(demande, par=ines, montant=Decimal(150))
    demande.refresh_from_db()
    assert (demande.etat, demande.etat_du_calcul) == ("instruite", "accorde_possible")
    autre = demande_ferrand(budget=RICHE)
    proposer(autre, par=ines, montant=Decimal(0))
    autre.refresh_from_db()
    assert (autre.etat, autre.montant_propose) == ("instruite", Decimal(0)), "la commission décidera"


def test_une_condition_non_remplie_ne_se_deroge_pas():
    edition()
    logement = {"commune": "75056", "statut": "locataire_hlm", "loyer": 600}
    demande, ines = demande_ferrand(budget={"logement": logement}), instruction()
    assert "ne prévoit pas de dérogation" in refus(deroger, demande, par=ines, raison="Vit à côté.")
    assert "ni accord ni dérogation" in refus(proposer, demande, par=ines, montant=Decimal(150))


def test_un_texte_muet_demande_une_raison():
    muette = {"libelle": "Tous", "effet": "muet", "article": "6"}
    edition(local_energie={"baremes": [{"tranches": [muette]}]})
    demande, ines = demande_ferrand(), instruction()
    assert "ne tranche pas" in refus(proposer, demande, par=ines, montant=Decimal(150))
    deroger(demande, par=ines, raison="Le texte oublie ce cas.")
    proposer(demande, par=ines, montant=Decimal(150))
    demande.refresh_from_db()
    assert demande.etat_du_calcul == "indetermine"


def test_un_montant_fixe_est_le_meme_pour_tous_sauf_raison():
    fixe = {"libelle": "Fixe", "effet": "accord", "article": "6", "montant": {"forme": "fixe", "montant": 120, "article": "6"}}  # fmt: skip
    edition(local_energie={"baremes": [{"tranches": [fixe]}]})
    demande, ines = demande_ferrand(), instruction()
    assert "Le barème donne 120 €" in refus(proposer, demande, par=ines, montant=Decimal(50))
    assert "dépasse ce que donne le barème (120 €)" in refus(proposer, demande, par=ines, montant=Decimal(130))
    proposer(demande, par=ines, montant=Decimal(120))


def test_changer_une_ligne_apres_la_proposition_la_defait():
    edition()
    demande, ines = demande_ferrand(), instruction()
    proposer(demande, par=ines, montant=Decimal(285))
    corriger_une_ligne(demande, par=ines, cle=LOYER, comptee=False, raison="Hébergée.")
    demande.refresh_from_db()
    assert demande.etat == "complete"


@pytest.mark.parametrize("trait", ["inscrite", "accordee", "payee"])
def test_apres_l_inscription_le_calcul_ne_change_plus(trait):
    edition()
    demande = DemandeFabrique(foyer=foyer_ferrand(), **{trait: True})
    dit = refus(corriger_une_ligne, demande, par=instruction(), cle=LOYER, comptee=False, raison="Non.")
    assert "ne change plus" in dit


def test_une_correction_dit_sa_raison_et_vise_une_vraie_ligne():
    EditionFabrique()
    demande, ines = demande_ferrand(), instruction()
    assert "Donnez une raison" in refus(corriger_une_ligne, demande, par=ines, cle=LOYER, comptee=False, raison=" ")
    dit = refus(corriger_une_ligne, demande, par=ines, cle="charge:loyer:60000-oui-7-8", comptee=False, raison="Oui.")
    assert "n’est plus dans la situation" in dit
    dit = refus(ajouter_une_ligne, demande, par=ines, sens="charge", libelle="X", montant=Decimal(-3), raison="Oui.")
    assert dit.startswith("-3,00 € par mois n’est pas possible")


def test_deux_agents_a_la_fois_le_second_l_apprend():
    edition()
    demande, ines = demande_ferrand(), instruction()
    lue = demande.version
    corriger_une_ligne(demande, par=ines, cle=LOYER, comptee=False, raison="Hébergée.", lue=lue)
    with pytest.raises(Conflit):
        proposer(demande, par=ines, montant=Decimal(150), lue=lue)


@pytest.mark.parametrize("role", ["accueil", "interlocuteur", "presidence", "commission", "coordination"])
def test_seule_l_instruction_etudie(role):
    edition()
    demande = demande_ferrand()
    with pytest.raises(PermissionDenied):
        prendre_en_charge(demande, par=AgentFabrique(role=role).acteur)


def test_prendre_en_charge_donne_un_nom_a_l_horloge():
    demande, ines = demande_ferrand(), instruction()
    prendre_en_charge(demande, par=ines)
    demande.refresh_from_db()
    assert str(demande.instructeur_id) == ines.identifiant


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from([SALAIRE, LOYER, CREDIT, "+"]), max_size=6),
    st.randoms(use_true_random=False),
)
def test_tout_corriger_puis_tout_retirer_redonne_le_calcul(gestes, hasard):
    regle, demande, ines = edition(), demande_ferrand(), instruction()
    avant = calculer(demande, timezone.localdate()).evaluation
    for geste in gestes:
        if geste == "+":
            ajouter_une_ligne(
                demande, par=ines, sens="charge", libelle="Cantine", montant=Decimal("12.5"), raison="Vu."
            )
        else:
            corriger_une_ligne(demande, par=ines, cle=geste, comptee=False, raison="Vu.")
    corrections = list(demande.corrections.all())
    hasard.shuffle(corrections)
    for correction in corrections:
        retirer_une_correction(demande, par=ines, correction=correction)
    assert calculer(demande, timezone.localdate()).evaluation == avant
    Demande.objects.all().delete()
    LigneBudgetaire.objects.all().delete()
    regle.delete()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.decimals(min_value=-50, max_value=500, places=2),
    st.decimals(min_value=0, max_value=400, places=2),
    st.decimals(min_value=0, max_value=400, places=2),
)
def test_le_montant_propose_ne_depasse_jamais_un_plafond(montant, deja, vote):
    regle, demande = edition(), demande_ferrand()
    DemandeFabrique(foyer=demande.foyer, accordee=True, montant_accorde=deja)
    LigneBudgetaire.objects.update(vote=vote)
    permis = 0 < montant <= min(Decimal(300) - deja, vote)
    try:
        proposer(demande, par=instruction(), montant=montant)
        fait = True
    except ValidationError:
        fait = False
    assert fait is permis or (montant == 0 and deja >= 300), "zéro : un refus proposé, l’année étant épuisée"
    Demande.objects.all().delete()
    LigneBudgetaire.objects.all().delete()
    regle.delete()
