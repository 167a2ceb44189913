"""La fin d'une aide : le dossier effacé, le procès-verbal, les chèques, le budget et les nombres tiennent toujours."""

import datetime as dt
from decimal import Decimal

import pytest
from dateutil.relativedelta import relativedelta
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone

from pleinsdroits.aides.actions.cheques import emettre_les_cheques
from pleinsdroits.aides.actions.conservation import oublier_une_demande
from pleinsdroits.aides.actions.notifier import notifier
from pleinsdroits.aides.actions.paiements import preparer_le_paiement
from pleinsdroits.aides.actions.sieger import cloturer, signer
from pleinsdroits.aides.actions.votes import arreter_le_vote, noter_un_retrait, voter
from pleinsdroits.aides.equite import mesurer_l_equite
from pleinsdroits.aides.fabriques import DecisionFabrique, DemandeFabrique
from pleinsdroits.aides.models import Cheque, Decision, Demande, LigneBudgetaire, Paiement, Retrait, Vote
from pleinsdroits.aides.papiers.seance import proces_verbal_en_pdf
from pleinsdroits.aides.taches import oublier_ce_qui_a_fait_son_temps
from pleinsdroits.aides.tests.seances import ouverte, secretariat, siegent
from pleinsdroits.aides.tests.versements import paiement_prepare
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.droits.papier.tests.lire_pdf import texte
from pleinsdroits.parcours.fabriques import ProjetFabrique
from pleinsdroits.personnes.conservation import Sort, apercu, appliquer
from pleinsdroits.personnes.effacement import effacer_le_foyer
from pleinsdroits.personnes.models import Foyer
from pleinsdroits.portes.agents.seance_presentee import page_de_seance

pytestmark = pytest.mark.django_db
JOUR = timezone.localdate()
MOTS = ("Gouffreferrand", "coupure jeudi", "le compteur est coupé")


def il_y_a(**temps):
    return timezone.now() - relativedelta(**temps)


@pytest.fixture
def votee():
    """Une aide votée, avec un retrait et une raison, notifiée, mise en chèques ; le procès-verbal est signé."""
    ines = secretariat()
    seance, [inscription] = ouverte(
        membres=4, foyer__demandeur__nom=MOTS[0], mots=MOTS[1], composition="seul", quartier="Ivry-sur-Seine"
    )
    noter_un_retrait(inscription, par=ines, membre=siegent(seance)[3])
    for membre in siegent(seance)[:3]:
        voter(
            inscription,
            par=membre.agent.acteur,
            choix="autre_montant",
            montant=Decimal(200),
            raison="Le compteur est coupé",
        )
    decision = arreter_le_vote(inscription, par=ines)
    notifier(decision, par=ines)
    emettre_les_cheques(preparer_le_paiement(decision, par=ines), par=ines, valeurs=[Decimal(50)] * 4)
    cloturer(seance, par=ines)
    signer(seance, par=ines)
    seance.refresh_from_db()
    return seance, Demande.objects.get()


def test_la_personne_effacee_la_seance_les_cheques_et_les_nombres_tiennent(votee):
    seance, demande = votee
    annee = JOUR.year
    nombres, bilan = mesurer_l_equite(annee), page_de_seance(seance, secretariat()).bilan
    effacer_le_foyer(demande.foyer)

    demande.refresh_from_db()
    decision, paiement = Decision.objects.get(), Paiement.objects.get()
    assert (demande.foyer, demande.personne, demande.mots, demande.calcul) == (None, None, "", "")
    assert (decision.raisons, decision.ecart, decision.lettre, paiement.beneficiaire) == ("", "", "", "")
    inscription = seance.inscriptions.get()
    assert (inscription.etat, inscription.rang, inscription.motif, inscription.piece) == ("decidee", 1, "", {})
    assert Vote.objects.filter(choix="autre_montant", raison="").count() == 3 and Retrait.objects.count() == 1
    assert page_de_seance(seance, secretariat()).bilan == bilan, "la séance s’est tenue"
    assert mesurer_l_equite(annee) == nombres, "l’équité ne change pas"
    assert LigneBudgetaire.objects.get().engage == Decimal(200) and decision.montant == Decimal(200)
    assert Cheque.objects.filter(paiement=paiement).count() == 4


def test_le_registre_signe_ne_change_pas_et_la_serie_des_cheques_continue(votee):
    seance, demande = votee
    numeros = set(Cheque.objects.values_list("numero", flat=True))
    tomes = {t.tome: t.contenu for t in seance.proces_verbaux.all()}
    effacer_le_foyer(demande.foyer)
    relus = {t.tome: t for t in seance.proces_verbaux.all()}
    assert {n: t.contenu for n, t in relus.items()} == tomes
    assert MOTS[0] in texte(proces_verbal_en_pdf(relus["nominatif"])), "le registre se verse aux archives, entier"
    assert MOTS[0] not in texte(proces_verbal_en_pdf(relus["communicable"]))
    nouveau = paiement_prepare("100.00", ligne=LigneBudgetaire.objects.get())
    emettre_les_cheques(nouveau, par=secretariat(), valeurs=[Decimal(100)])
    assert not numeros & set(Cheque.objects.filter(paiement=nouveau).values_list("numero", flat=True))


def _archive(foyer, depuis):
    loin = JOUR - relativedelta(years=12)
    Foyer.objects.filter(pk=foyer.pk).update(etat=Foyer.Etat.ARCHIVE, dernier_contact_le=loin, archive_le=JOUR - depuis)


@pytest.mark.parametrize(("ans", "garde"), [(9, True), (11, False)])
def test_une_aide_accordee_garde_le_dossier_dix_ans(ans, garde):
    demande = DemandeFabrique(accordee=True, decidee_le=il_y_a(years=ans))
    _archive(demande.foyer, relativedelta(years=6))
    prevus = [p.cle for p in apercu(JOUR) if p.sort == Sort.EFFACER]
    assert prevus == ([] if garde else [demande.foyer_id])
    appliquer(JOUR)
    demande.refresh_from_db()
    assert (demande.foyer is not None) is garde


def test_une_demande_refusee_ne_retient_pas_le_dossier():
    demande = DemandeFabrique(refusee=True, decidee_le=il_y_a(years=1))
    _archive(demande.foyer, relativedelta(years=6))
    appliquer(JOUR)
    demande.refresh_from_db()
    assert demande.foyer is None and demande.resultat == "refus"


def test_deux_ans_apres_une_demande_refusee_ou_laissee_n_est_plus_de_personne():
    refusee = DemandeFabrique(refusee=True, decidee_le=il_y_a(years=2, days=2), mots=MOTS[1], composition="seul")
    DecisionFabrique(demande=refusee, sens="refus", montant=None, ligne=None, raisons=MOTS[2])
    laissee = DemandeFabrique(incomplete=True, mots=MOTS[1], silence_le=JOUR - dt.timedelta(days=800))
    laissee.pieces.create(libelle="facture")
    garder = [
        DemandeFabrique(refusee=True, decidee_le=il_y_a(years=1), mots=MOTS[1]),
        DemandeFabrique(accordee=True, decidee_le=il_y_a(years=3), mots=MOTS[1]),
        DemandeFabrique(mots=MOTS[1]),
    ]
    projet = ProjetFabrique(foyer=refusee.foyer, propose=True)
    assert oublier_ce_qui_a_fait_son_temps(JOUR) == 2
    for demande in (refusee, laissee):
        demande.refresh_from_db()
        assert (demande.mots, demande.foyer, demande.personne) == ("", None, None)
    assert (refusee.resultat, refusee.composition, refusee.decisions.get().raisons) == ("refus", "seul", "")
    assert not laissee.pieces.exists()
    for demande in garder:
        demande.refresh_from_db()
        assert demande.foyer is not None and demande.mots == MOTS[1]
    projet.refresh_from_db()
    assert projet.foyer is not None, "le dossier, lui, vit encore"
    assert oublier_ce_qui_a_fait_son_temps(JOUR) == 0


def test_l_apercu_donne_des_references_et_ne_change_rien(capsys):
    demande = DemandeFabrique(refusee=True, decidee_le=il_y_a(years=3), foyer__demandeur__nom=MOTS[0], mots=MOTS[1])
    call_command("apercu_oubli")
    dit = capsys.readouterr().out
    assert demande.reference in dit and "1 à oublier" in dit and MOTS[0] not in dit
    call_command("apercu_oubli", jour="2020-01-01")
    assert "0 à oublier" in capsys.readouterr().out
    demande.refresh_from_db()
    assert demande.mots == MOTS[1]


def test_oublier_avant_l_heure_est_sans_effet_et_seule_la_plateforme_le_fait():
    demande = DemandeFabrique(refusee=True, decidee_le=il_y_a(years=1), mots=MOTS[1])
    claire = AgentFabrique(interlocuteur=True).acteur
    with pytest.raises(PermissionDenied):
        oublier_une_demande(demande, par=claire, jour=JOUR)
    assert oublier_ce_qui_a_fait_son_temps(JOUR) == 0
    demande.refresh_from_db()
    assert demande.mots == MOTS[1]
