"""Payer une aide depuis l'écran : préparer, ordonner, émettre, remettre, rembourser ; deux envois n'en font qu'un."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from pleinsdroits.aides.actions.cheques import emettre_les_cheques, remettre_les_cheques
from pleinsdroits.aides.actions.paiements import emettre_un_ordre
from pleinsdroits.aides.actions.regie import approvisionner_la_regie
from pleinsdroits.aides.fabriques import EditionFabrique
from pleinsdroits.aides.horloge_avances import armer_ce_qui_vient
from pleinsdroits.aides.models import Cheque, LigneBudgetaire, OperationDeRegie, Ordre, Paiement
from pleinsdroits.aides.taches import rappeler_ce_qui_tarde
from pleinsdroits.aides.tests.versements import IBAN, avance_versee, decision_engagee, paiement_prepare
from pleinsdroits.comptes.models import Role
from pleinsdroits.droits.papier.tests import lire_pdf
from pleinsdroits.personnes.models import Moyen

pytestmark = pytest.mark.django_db
DEMAIN = {"premiere_le": timezone.localdate() + dt.timedelta(days=30)}


@pytest.fixture
def agent(dedans):
    EditionFabrique()
    return dedans(role=Role.INSTRUCTEUR)


def dit(reponse) -> str:
    """Le texte de la page, insécables ramenées à des espaces."""
    sans = re.sub(r"<[^>]+>", " ", reponse.content.decode().replace("\u00a0", " "))
    return " ".join(sans.split()).replace("&#x27;", "'")


def aller(client, nom, *cles, **parametres):
    return client.get(reverse(f"agents:{nom}", args=cles), parametres)


def envoyer(client, nom, *cles, **champs):
    return client.post(reverse(f"agents:{nom}", args=cles), champs, follow=True)


def test_du_virement_decide_au_reglement_du_comptable(client, agent):
    decision = decision_engagee("250.00", "virement", foyer__demandeur__nom="Ferrand")
    demande = decision.demande
    assert "Préparer le paiement" in dit(aller(client, "aide", demande.pk))
    page = dit(
        envoyer(client, "preparer_le_paiement", demande.pk, montant="250", beneficiaire="N. Ferrand", coordonnees=IBAN)
    )
    assert "Le paiement est préparé" in page and "FR76 3000 6000" in page and "À payer" in page
    paiement = Paiement.objects.get()
    assert "Faire un ordre pour 1 paiement" in dit(aller(client, "paiements"))
    page = dit(envoyer(client, "nouvel_ordre", paiements=[paiement.pk]))
    ordre = Ordre.objects.get()
    assert f"Ordre de paiement {ordre.exercice}-1" in page and "La main est au comptable" in page
    page = dit(envoyer(client, "regler_l_ordre", ordre.pk))
    assert "tout l’ordre est payé" in page and "Réglé" in page
    demande.refresh_from_db()
    assert demande.etat == "payee" and LigneBudgetaire.objects.get().paye == Decimal(250)
    assert "Payé ou remis" in dit(aller(client, "aide", demande.pk))


def test_un_virement_rejete_se_prepare_de_nouveau(client, agent):
    paiement = paiement_prepare("250.00", "virement", par=agent.acteur)
    ordre = emettre_un_ordre(None, par=agent.acteur, paiements=[paiement])
    envoyer(client, "regler_l_ordre", ordre.pk)
    assert "Noter le rejet" in dit(aller(client, "paiement", paiement.pk))
    assert "de nouveau à préparer" in dit(envoyer(client, "geste_de_paiement", paiement.pk, "rejet"))
    assert "Rejeté" in dit(aller(client, "ordre", ordre.pk))
    assert "Préparer le paiement" in dit(aller(client, "aide", paiement.decision.demande_id))


def test_des_cheques_emis_imprimes_remis_utilises_une_fois(client, agent):
    decision = decision_engagee("250.00", "cap", foyer__demandeur__nom="Ferrand")
    envoyer(client, "preparer_le_paiement", decision.demande.pk, montant="250,00", beneficiaire="N. Ferrand")
    paiement = Paiement.objects.get()
    assert "Émettre 250,00 € de chèques" in dit(aller(client, "paiement", paiement.pk))
    annee = timezone.localdate().year
    page = dit(envoyer(client, "emettre_les_cheques", paiement.pk, valeurs="60", annee=annee))
    assert "Noter que 5 chèques sont remis" in page and f"C{annee}-000005" in page and "10,00 €" in page
    pdf = aller(client, "cheques_pdf", paiement.pk)
    assert "Ferrand" not in pdf.headers["Content-Disposition"]
    assert f"C{annee}-000001" in lire_pdf.texte(pdf.content)
    assert "les chèques sont remis" in dit(envoyer(client, "geste_de_paiement", paiement.pk, "remettre-les-cheques"))
    assert aller(client, "cheques_pdf", paiement.pk).status_code == 404
    numero = {"numero": f" c{annee}-000001", "chez": "Épicerie d’exemple"}
    assert "ce chèque ne peut plus servir" in dit(envoyer(client, "cheques", **numero))
    deux_fois = client.post(reverse("agents:cheques"), {**numero, "chez": "Ailleurs"})
    assert deux_fois.status_code == 422 and f"C{annee}-000001 est déjà utilisé" in dit(deux_fois)
    assert "aucun chèque n’a ce numéro" in dit(envoyer(client, "cheques", numero="C1999-1", chez="X"))


def test_une_avance_remise_par_la_regie_puis_rendue(client, agent):
    decision = decision_engagee("240.00", "avance")
    champs = {"montant": "240", "beneficiaire": "N. Ferrand", "par_la_regie": "on", "mensualites": "4", **DEMAIN}
    envoyer(client, "preparer_le_paiement", decision.demande.pk, **champs)
    paiement = Paiement.objects.get()
    refus = dit(envoyer(client, "geste_de_paiement", paiement.pk, "remettre"))
    assert "il n’y a que 0,00 € dans la caisse" in refus
    page = dit(
        client.post(reverse("agents:regie"), {"geste": "approvisionner", "approvisionner-montant": "500"}, follow=True)
    )
    assert "La caisse contient 500,00 €" in page
    assert "l’argent est remis" in dit(envoyer(client, "geste_de_paiement", paiement.pk, "remettre"))
    recu = lire_pdf.texte(aller(client, "recu_pdf", paiement.pk).content)
    assert "en espèces" in recu and "Je rends cette avance en 4 fois" in recu
    page = dit(envoyer(client, "rembourser", paiement.pk, montant="100", le=timezone.localdate(), en_caisse="on"))
    assert "Reste à rendre : 140,00 €" in page and "Rendue en partie" in page
    assert "Avance : il reste 140,00 € à rendre" in dit(aller(client, "aide", decision.demande.pk))
    registre = dit(aller(client, "regie"))
    assert "La caisse contient 360,00 €" in registre and "remboursement d’une avance" in registre
    trop = client.post(reverse("agents:rembourser", args=[paiement.pk]), {"montant": "141", "le": timezone.localdate()})
    assert trop.status_code == 422 and "141,00 € : il ne reste que 140,00 €" in dit(trop)


def test_un_formulaire_envoye_deux_fois_n_est_enregistre_qu_une_fois(client, agent):
    decision = decision_engagee("250.00", "virement")
    champs = {"montant": "100", "beneficiaire": "x", "coordonnees": IBAN, "jeton_unique": "j1"}
    for _rang in range(2):
        page = envoyer(client, "preparer_le_paiement", decision.demande.pk, **champs)
    assert Paiement.objects.count() == 1 and "déjà enregistré" in dit(page)
    for _rang in range(2):
        envoyer(client, "nouvel_ordre", paiements=[Paiement.objects.get().pk], jeton_unique="j2")
    assert Ordre.objects.count() == 1
    for _rang in range(2):
        client.post(
            reverse("agents:regie"), {"geste": "approvisionner", "approvisionner-montant": "9", "jeton_unique": "j3"}
        )
    assert OperationDeRegie.objects.count() == 1


def test_un_refus_est_pres_du_champ_et_rien_n_est_garde(client, agent):
    decision = decision_engagee("250.00", "virement")
    adresse = reverse("agents:preparer_le_paiement", args=[decision.demande.pk])
    for champs, attendu in (
        ({"montant": "251", "coordonnees": IBAN}, "251,00 € : il ne reste que 250,00 €"),
        ({"montant": "-3", "coordonnees": IBAN}, "-3,00 € : écrivez une somme plus grande que zéro"),
        ({"montant": "abc", "coordonnees": IBAN}, "Écrivez un nombre"),
        ({"montant": "250", "coordonnees": "FR00"}, "« FR00 » n’est pas un IBAN juste"),
    ):
        reponse = client.post(adresse, {"beneficiaire": "x", **champs})
        assert reponse.status_code == 422 and attendu in dit(reponse) and "À corriger" in dit(reponse)
    assert not Paiement.objects.exists()


def test_en_decembre_on_choisit_l_annee_des_cheques(client, agent, time_machine):
    paiement = paiement_prepare("50.00", "cap", par=agent.acteur)
    adresse = reverse("agents:emettre_les_cheques", args=[paiement.pk])
    time_machine.move_to(dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC))
    client.force_login(agent)
    assert 'type="hidden" name="annee" value="2026"' in client.get(adresse).content.decode()
    time_machine.move_to(dt.datetime(2026, 12, 2, 12, tzinfo=dt.UTC))
    client.force_login(agent)
    assert '<option value="2027">2027</option>' in client.get(adresse).content.decode()
    assert "C2027-000001" in dit(client.post(adresse, {"valeurs": "50", "annee": "2027"}, follow=True))


def test_un_cheque_perdu_s_annule_et_le_paiement_se_continue(client, agent):
    paiement = paiement_prepare("50.00", "cap", par=agent.acteur)
    (cheque,) = emettre_les_cheques(paiement, par=agent.acteur, valeurs=[Decimal(50)])
    remettre_les_cheques(paiement, par=agent.acteur)
    assert "Choisissez pourquoi" in dit(envoyer(client, "annuler_un_cheque", cheque.pk, raison=""))
    page = dit(envoyer(client, "annuler_un_cheque", cheque.pk, raison="perdu"))
    assert "il ne peut plus servir" in page and "Émettre 50,00 € de chèques" in page
    assert "Rendre 50,00 € au budget" in page
    assert "le reste est rendu au budget" in dit(envoyer(client, "geste_de_paiement", paiement.pk, "rendre-au-budget"))
    assert LigneBudgetaire.objects.get().engage == 0


def test_un_paiement_change_entre_temps_ne_s_annule_pas_en_aveugle(client, agent):
    paiement = paiement_prepare("50.00", "cap", par=agent.acteur)
    emettre_les_cheques(paiement, par=agent.acteur, valeurs=[Decimal(50)])
    page = dit(envoyer(client, "geste_de_paiement", paiement.pk, "annuler", version="1"))
    assert "Quelqu’un a modifié cette page" in page and Cheque.objects.get().etat == "emis"


def test_l_ordre_se_donne_au_comptable_en_pdf_et_en_tableur(client, agent):
    paiement = paiement_prepare("1234.50", "virement", par=agent.acteur, demande={"foyer__demandeur__nom": "Ferrand"})
    ordre = emettre_un_ordre(None, par=agent.acteur, paiements=[paiement])
    pdf, tableur = aller(client, "ordre_pdf", ordre.pk), aller(client, "ordre_tableur", ordre.pk)
    assert "1 234,50 €" in lire_pdf.texte(pdf.content).replace("\u00a0", " ")
    titres, ligne = tableur.content.decode("utf-8-sig").splitlines()
    assert titres == "Ordre;Décision;Payé à;IBAN;Montant;Compte;Ligne du budget"
    attendu = [
        f"{ordre.exercice}-1",
        paiement.decision.reference,
        paiement.beneficiaire,
        IBAN.replace(" ", ""),
        "1234.50",
    ]
    assert ligne.split(";")[:5] == attendu
    for reponse in (pdf, tableur):
        assert "Ferrand" not in reponse.headers["Content-Disposition"]


def test_les_tableurs_des_listes_ne_nomment_personne(client, agent):
    paiement_prepare("50.00", "virement", par=agent.acteur, demande={"foyer__demandeur__nom": "Ferrand"})
    avance_versee("240.00", par=agent.acteur, mensualites=4, demande={"foyer__demandeur__nom": "Ferrand"}, **DEMAIN)
    cheque = paiement_prepare("50.00", "cap", par=agent.acteur)
    emettre_les_cheques(cheque, par=agent.acteur, valeurs=[Decimal(50)])
    approvisionner_la_regie(None, par=agent.acteur, montant=Decimal(10))
    for nom in ("paiements", "ordres", "cheques", "avances", "regie"):
        lu = aller(client, f"{nom}_tableur").content.decode()
        assert "Ferrand" not in lu and "FR76" not in lu and len(lu.splitlines()) >= 2, nom


def test_les_filtres_et_un_choix_inconnu(client, agent):
    paiement_prepare("50.00", "virement", par=agent.acteur)
    paiement_prepare("60.00", "cap", par=agent.acteur)
    avance_versee("240.00", par=agent.acteur, mensualites=4, **DEMAIN)
    for parametres, nombre in (
        ({}, 2),
        ({"forme": "cap"}, 1),
        ({"etat": "paye"}, 1),
        ({"etat": "tous"}, 3),
        ({"etat": "x"}, 2),
    ):
        assert f"{nombre} paiement" in dit(aller(client, "paiements", **parametres)), parametres
    assert "1 avance" in dit(aller(client, "avances")) and "0 avances" in dit(aller(client, "avances", etat="retard"))
    assert "Une avance apparaît ici" in dit(aller(client, "avances", etat="rendues"))
    assert "1 ordre" in dit(aller(client, "ordres", etat="regle"))
    assert "0 chèque" in dit(aller(client, "cheques", etat="utilise"))


@pytest.mark.parametrize(("canal", "dit_de_l_etat"), [("sms", "rappelée le"), ("telephone", "à appeler")])
def test_l_agent_voit_les_mensualites_en_retard_ce_qui_est_rappele_et_qui_appeler(client, agent, canal, dit_de_l_etat):
    avance = avance_versee("40.00", par=agent.acteur, mensualites=2, **DEMAIN)
    nadia = avance.decision.demande.personne
    nadia.canal = canal
    nadia.save()
    numero = {"valeur": "06 39 98 11 22", "normal": "+33639981122", "sur": True, "message_permis": True}
    Moyen.objects.create(personne=nadia, genre="telephone", **numero)
    avance.mensualites.filter(rang=1).update(le=timezone.localdate() - dt.timedelta(days=10))
    rappeler_ce_qui_tarde()
    assert dit_de_l_etat in dit(aller(client, "avances", etat="retard"))
    a_appeler = dit(aller(client, "avances", etat="appeler"))
    assert ("1 avance" in a_appeler) is (canal == "telephone")
    premiere = avance.mensualites.first()
    assert aller(client, "mensualite", premiere.pk).url == f"/agents/aides/{avance.decision.demande_id}/"


@pytest.mark.parametrize("nom", ["paiements", "ordres", "cheques", "avances", "regie"])
def test_les_listes_tiennent_en_peu_de_requetes(client, agent, django_assert_max_num_queries, nom):
    """Le même nombre, quel que soit le nombre de lignes."""
    for _rang in range(4):
        avance_versee("40.00", par=agent.acteur, mensualites=2, **DEMAIN)
        cheque = paiement_prepare("50.00", "cap", par=agent.acteur)
        emettre_les_cheques(cheque, par=agent.acteur, valeurs=[Decimal(25)] * 2)
        approvisionner_la_regie(None, par=agent.acteur, montant=Decimal(10))
    armer_ce_qui_vient(timezone.localdate() + dt.timedelta(days=60))
    with django_assert_max_num_queries(15):
        assert aller(client, nom).status_code == 200


def test_une_page_de_paiement_et_un_ordre_tiennent_en_peu_de_requetes(client, agent, django_assert_max_num_queries):
    virements = [paiement_prepare("10.00", "virement", par=agent.acteur) for _rang in range(5)]
    ordre = emettre_un_ordre(None, par=agent.acteur, paiements=virements)
    cheques = paiement_prepare("100.00", "cap", par=agent.acteur)
    emettre_les_cheques(cheques, par=agent.acteur, valeurs=[Decimal(5)] * 20)
    for nom, cle in (("ordre", ordre.pk), ("paiement", cheques.pk)):
        with django_assert_max_num_queries(14):
            assert aller(client, nom, cle).status_code == 200


@pytest.mark.parametrize(
    "role", [Role.ACCUEIL, Role.INTERLOCUTEUR, Role.COMMISSION, Role.PRESIDENCE, Role.COORDINATION]
)
def test_les_autres_roles_ne_voient_pas_les_paiements(client, dedans, role):
    paiement = paiement_prepare("50.00", "virement")
    dedans(role=role)
    assert aller(client, "paiements").status_code == aller(client, "paiement", paiement.pk).status_code == 404


def test_la_personne_n_en_veut_plus_l_argent_retourne_au_budget(client, agent):
    decision = decision_engagee("120.00", "virement")
    assert "rendre 120,00 € au budget" in dit(aller(client, "aide", decision.demande.pk))
    assert "la somme est rendue au budget" in dit(envoyer(client, "renoncer_au_reste", decision.demande.pk))
    assert LigneBudgetaire.objects.get().engage == 0
    assert "rien à rendre" in dit(envoyer(client, "renoncer_au_reste", decision.demande.pk))


def test_une_demande_sans_argent_n_a_pas_de_paiement(client, agent):
    decision = decision_engagee("50.00", "virement")
    decision.forme, decision.montant = "acces", None
    decision.save()
    assert "t-paiement" not in aller(client, "aide", decision.demande.pk).content.decode()
    assert aller(client, "preparer_le_paiement", decision.demande.pk).status_code == 404
