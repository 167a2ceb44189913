"""
Une aide du CCAS, de la demande sur le site au chèque remis, dans un vrai navigateur : un papier manque, l'instruction
étudie, la commission lit une pièce sans nom et vote avec un quorum et un retrait, le procès-verbal se signe, la lettre part,
l'aide est payée, et le conseil lit en combien de temps. Puis une aide payée au fournisseur par un ordre, une autre refusée,
dont la personne lit les raisons et les recours ; et une aide d'urgence, décidée le jour même et rapportée au conseil.
"""

import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.utils import timezone

from pleinsdroits.aides.actions.deposer import deposer
from pleinsdroits.aides.actions.instruire import proposer
from pleinsdroits.aides.actions.pieces import declarer_complete
from pleinsdroits.aides.actions.seances import convoquer, creer_une_seance, inscrire, publier
from pleinsdroits.aides.actions.sieger import ouvrir, pointer, verifier_le_quorum
from pleinsdroits.aides.actions.votes import voter
from pleinsdroits.aides.fabriques import LigneBudgetaireFabrique, MembreFabrique
from pleinsdroits.aides.models import Cheque, Decision, Demande, Inscription, Instance, ProcesVerbal, Seance
from pleinsdroits.aides.tests.etudes import demande_ferrand, edition, foyer_ferrand
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.journal.models import Entree
from pleinsdroits.journal.verification import verifier_journal
from pleinsdroits.personnes.models import LienPersonnel

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF"
)
NOM = "Ferrand"


@pytest.fixture
def ville(live_server):
    """Un règlement chiffré, 10 000 €, cinq membres, et l'adresse du site."""
    cache.clear()
    edition()
    LigneBudgetaireFabrique()
    return live_server.url


@pytest.fixture
def instruction(espace):
    return espace(AgentFabrique(role=Role.INSTRUCTEUR, first_name="Inès", last_name="Roux"))


def test_d_une_demande_sur_le_site_au_cheque_remis(ville, espace, instruction, sans_ecart):
    membres = [MembreFabrique(preside=rang == 0) for rang in range(5)]
    foyer = foyer_ferrand()
    sienne = _entrer(espace, ville, foyer)
    demande = _demander(sienne, ville, sans_ecart)
    _demander_le_papier_qui_manque(instruction, ville, demande)
    _envoyer_la_facture(sienne, ville, demande, sans_ecart)
    _etudier_et_proposer(instruction, ville, demande, sans_ecart)
    seance = _preparer_la_seance(instruction, ville, demande)
    _dix_jours_passent(seance)
    _tenir_la_seance(instruction, ville, seance, membres, espace, sans_ecart)
    _envoyer_la_lettre(instruction, ville, demande)
    _la_personne_lit_la_reponse(sienne, ville, demande, sans_ecart)
    _payer_en_cheques(instruction, ville, demande)
    _le_conseil_lit_la_rapidite(espace(AgentFabrique(role=Role.PRESIDENCE)), ville, sans_ecart)
    assert verifier_journal().fautes == ()
    assert NOM not in " ".join(str(vars(e)) for e in Entree.objects.all())


def test_une_aide_payee_au_fournisseur_par_un_ordre_et_une_refusee_que_la_personne_lit(
    ville, espace, instruction, sans_ecart
):
    payee, refusee = demande_ferrand(payer_a="Énergie d’exemple"), demande_ferrand()
    seance, [premiere, seconde] = _seance_qui_se_tient([payee, refusee])
    for membre in [p.membre.agent.acteur for p in seance.presences.select_related("membre__agent")]:
        voter(premiere, par=membre, choix="pour")
        voter(seconde, par=membre, choix="contre", raison="Le reste à vivre est au-dessus du seuil")

    instruction.goto(f"{ville}/agents/seances/demandes/{premiere.pk}/vote/")
    instruction.get_by_label("Forme de l’aide").select_option("fournisseur")
    instruction.get_by_role("button", name="Arrêter le vote").click()
    instruction.goto(f"{ville}/agents/seances/demandes/{seconde.pk}/vote/")
    assert "Le reste à vivre est au-dessus du seuil" in _lu(instruction)
    instruction.get_by_role("button", name="Arrêter le vote").click()
    for demande in (payee, refusee):
        _envoyer_la_lettre(instruction, ville, demande)
    _payer_le_fournisseur(instruction, ville, payee, sans_ecart)
    _la_personne_lit_le_refus(_entrer(espace, ville, refusee.foyer), ville, refusee, sans_ecart)
    assert NOM not in " ".join(str(vars(e)) for e in Entree.objects.all())


def _seance_qui_se_tient(demandes):
    """Étudiées, inscrites, publiées, convoquées ; le délai passe, trois membres sont là, la séance est ouverte."""
    ines = AgentFabrique(role=Role.INSTRUCTEUR).acteur
    membres = [MembreFabrique(preside=rang == 0) for rang in range(3)]
    seance = creer_une_seance(
        None, par=ines, instance=Instance.COMMISSION_PERMANENTE, lieu="Salle du conseil",
        prevue_le=timezone.now() + dt.timedelta(days=10),
    )  # fmt: skip
    inscrites = []
    for demande in demandes:
        proposer(demande, par=ines, montant=250)
        inscrites.append(inscrire(seance, par=ines, demande=demande))
        publier(inscrites[-1], par=ines)
    convoquer(seance, par=ines)
    _dix_jours_passent(seance)
    seance.refresh_from_db()
    for membre in membres:
        pointer(seance, par=ines, membre=membre, etat="present")
    for geste in (verifier_le_quorum, ouvrir):
        geste(seance, par=ines)
        seance.refresh_from_db()
    return seance, list(seance.inscriptions.order_by("rang"))


def _payer_le_fournisseur(page, ville, demande, sans_ecart):
    page.goto(f"{ville}/agents/aides/{demande.pk}/paiement/")
    page.get_by_label("IBAN").fill("FR76 3000 6000 0112 3456 7890 189")
    page.get_by_role("button", name="Préparer le paiement").click()
    page.get_by_role("link", name="Le mettre dans un ordre de paiement").click()
    sans_ecart(page)
    page.locator("main input[type=checkbox]").first.check()
    page.get_by_role("button", name="Émettre l’ordre").click()
    assert "Énergie d’exemple" in _lu(page) and "250,00 €" in _lu(page)
    page.get_by_role("button", name="Noter que le comptable a payé").click()
    demande.refresh_from_db()
    assert demande.etat == "payee", _lu(page)


def _la_personne_lit_le_refus(page, ville, demande, sans_ecart):
    page.goto(f"{ville}/mon-dossier/aides/{demande.pk}/")
    lu = _lu(page)
    assert "Refusée" in lu and "au-dessus du seuil" in lu, "la raison"
    assert "tribunal administratif de Melun" in lu and "deux mois" in lu, "le recours"
    sans_ecart(page)


def test_une_urgence_est_decidee_le_jour_meme_et_rapportee_au_conseil(ville, espace, instruction, sans_ecart):
    foyer, presidence = foyer_ferrand(), AgentFabrique(role=Role.PRESIDENCE)
    accueil = AgentFabrique(role=Role.ACCUEIL).acteur
    demande = deposer(
        None, par=accueil, foyer=foyer, personne=foyer.demandeur(), aide="local_secours", canal="guichet",
        mots="Plus rien à manger", montant=80, urgente=True,
    )  # fmt: skip
    demande.pieces.update(etat="recue", recue_le=timezone.now())
    declarer_complete(demande, par=accueil)
    inès = AgentFabrique(role=Role.INSTRUCTEUR).acteur
    proposer(demande, par=inès, montant=80)

    page = espace(presidence)
    page.goto(f"{ville}/agents/aides/a-decider/")
    sans_ecart(page)
    page.get_by_role("link", name=re.compile(demande.reference)).click()
    sans_ecart(page)
    page.get_by_label("Chèque").first.check()
    page.get_by_label("Raisons de la décision").fill("Le frigo est vide, deux enfants vivent là.")
    page.get_by_role("button", name="Accorder aujourd’hui").click()
    page.get_by_text("C’est décidé").wait_for()
    decision = Decision.objects.get()
    assert decision.par_delegation and timezone.localtime(decision.prise_le).date() == timezone.localdate()

    [MembreFabrique(preside=rang == 0, instance=Instance.CONSEIL_ADMINISTRATION) for rang in range(3)]
    conseil = creer_une_seance(
        None, par=inès, instance=Instance.CONSEIL_ADMINISTRATION, lieu="Salle du conseil",
        prevue_le=timezone.now() + dt.timedelta(days=9),
    )  # fmt: skip
    convoquer(conseil, par=inès)
    instruction.goto(f"{ville}/agents/seances/{conseil.pk}/")
    assert "1 décision prise par délégation y est rapportée" in _lu(instruction)


def _lu(page) -> str:
    return page.locator("main").inner_text().replace("\u00a0", " ")


def _entrer(espace, ville, foyer):
    _lien, jeton = LienPersonnel.fabriquer(foyer.demandeur(), foyer.pk, "imprime")
    page = espace()
    page.goto(f"{ville}/d/{jeton}/")
    page.get_by_label("Votre date de naissance").fill("12/03/1992")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Bonjour").wait_for()
    return page


def _demander(page, ville, sans_ecart) -> Demande:
    page.get_by_role("link", name="Demander une aide").click()
    sans_ecart(page)
    page.get_by_label("Aide pour l’énergie et l’eau").check()
    page.get_by_label("Que se passe-t-il").fill("On va me couper le courant jeudi.")
    page.get_by_label("Combien vous faudrait-il").fill("285")
    page.get_by_role("button", name="Envoyer ma demande").click()
    page.get_by_text("Votre demande est reçue").wait_for()
    sans_ecart(page)
    return Demande.objects.get()


def _demander_le_papier_qui_manque(page, ville, demande):
    """La personne a montré ses autres papiers au guichet ; la facture manque."""
    page.goto(f"{ville}/agents/aides/")
    page.get_by_role("link", name=demande.reference).click()
    for piece in demande.pieces.exclude(libelle="facture"):
        page.get_by_role("button", name=re.compile(f"Elle est là.*{re.escape(piece.libelle)}")).click()
    page.get_by_role("link", name="Demander ce qui manque").click()
    page.get_by_role("button", name="Demander ces papiers").click()
    page.get_by_text("C’est demandé").wait_for()


def _envoyer_la_facture(page, ville, demande, sans_ecart):
    page.goto(f"{ville}/mon-dossier/")
    page.get_by_role("link", name="Envoyer facture").click()
    sans_ecart(page)
    page.get_by_label("La photo ou le fichier").set_input_files(
        {"name": "facture.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.get_by_role("button", name="Envoyer ce papier").click()
    page.get_by_text("C’est envoyé").wait_for()


def _etudier_et_proposer(page, ville, demande, sans_ecart):
    page.goto(f"{ville}/agents/aides/{demande.pk}/")
    page.get_by_role("button", name=re.compile("dire la demande complète")).click()
    page.get_by_role("link", name="Étudier la demande").click()
    sans_ecart(page)
    assert "5,14 € par jour et par personne" in _lu(page)
    page.get_by_label("Montant proposé, en euros").fill("250")
    page.get_by_role("button", name="Proposer à la commission").click()
    page.get_by_text("C’est proposé").wait_for()


def _preparer_la_seance(page, ville, demande) -> Seance:
    page.goto(f"{ville}/agents/seances/nouvelle/")
    page.get_by_label("commission permanente", exact=False).check()
    page.locator("input[type=date]").fill((timezone.localdate() + dt.timedelta(days=10)).isoformat())
    page.get_by_label("Heure").fill("14:30")
    page.get_by_label("Lieu").fill("Salle du conseil")
    page.locator("main .btn-principal").click()
    seance = Seance.objects.get()
    page.get_by_role("button", name=re.compile(f"Inscrire.*{demande.reference}")).click()
    page.get_by_role("link", name=re.compile("Préparer la pièce")).click()
    page.get_by_label(re.compile("posé")).first.fill("La coupure est annoncée. Un échéancier est signé pour le reste.")
    page.get_by_role("button", name="Publier la pièce").click()
    assert Inscription.objects.get().etat == "publiee", _lu(page)
    page.goto(f"{ville}/agents/seances/{seance.pk}/")
    page.get_by_role("button", name="Convoquer les membres").click()
    page.get_by_text("Les membres sont convoqués").wait_for()
    return seance


def _dix_jours_passent(seance):
    """Le délai de convocation s'écoule : la séance se tient maintenant."""
    Seance.objects.filter(pk=seance.pk).update(
        prevue_le=timezone.now(), convoquee_le=timezone.now() - dt.timedelta(days=9)
    )


def _tenir_la_seance(page, ville, seance, membres, espace, sans_ecart):
    presents, retire = membres[:4], membres[3]
    page.goto(f"{ville}/agents/seances/{seance.pk}/")
    for membre in presents:
        page.get_by_role("button", name=re.compile(f"^Présent.*{re.escape(str(membre.agent))}")).click()
    page.get_by_role("button", name="Vérifier le quorum").click()
    page.get_by_role("button", name="Ouvrir la séance").click()
    page.get_by_text("La séance est ouverte").wait_for()
    for membre in presents:
        tablette = espace(membre.agent)
        tablette.goto(f"{ville}/agents/commission/{seance.pk}/1/")
        assert NOM not in tablette.content() and "Salle du conseil" not in tablette.title()
        if membre is retire:
            _se_retirer(tablette, ville, seance)
            continue
        if membre is presents[0]:
            sans_ecart(tablette)
        tablette.get_by_label(re.compile("^Pour")).check()
        tablette.locator("main .btn-principal").click()
        tablette.context.close()
    page.goto(f"{ville}/agents/seances/demandes/{Inscription.objects.get().pk}/vote/")
    assert "Quorum pour cette demande : 3 sur 5" in _lu(page)
    page.get_by_role("button", name="Arrêter le vote").click()
    assert Decision.objects.get().montant == 250, _lu(page)
    page.goto(f"{ville}/agents/seances/{seance.pk}/")
    _terminer_et_signer(page)


def _terminer_et_signer(page):
    page.get_by_role("button", name="Terminer la séance").click()
    page.get_by_text("La séance est terminée").wait_for()
    page.get_by_role("button", name="Signer le procès-verbal").click()
    page.get_by_text("Les deux tomes sont signés").wait_for()
    assert set(ProcesVerbal.objects.exclude(signe_le=None).values_list("tome", flat=True)) == {
        "communicable",
        "nominatif",
    }


def _se_retirer(tablette, ville, seance):
    tablette.get_by_role("link", name=re.compile("je me retire")).click()
    tablette.get_by_role("button", name="Je me retire").click()
    tablette.goto(f"{ville}/agents/commission/{seance.pk}/1/")
    assert "250" not in tablette.content(), "retiré, il ne lit plus la demande"
    tablette.context.close()


def _envoyer_la_lettre(page, ville, demande):
    page.goto(f"{ville}/agents/aides/{demande.pk}/")
    page.get_by_role("link", name="Relire et envoyer la lettre").click()
    assert "tribunal administratif" in _lu(page)
    page.get_by_role("button", name=re.compile("noter l’envoi")).click()
    demande.refresh_from_db()
    assert demande.etat == "notifiee", _lu(page)


def _la_personne_lit_la_reponse(page, ville, demande, sans_ecart):
    page.goto(f"{ville}/mon-dossier/aides/{demande.pk}/")
    assert "Accordée" in _lu(page) and "250,00 €" in _lu(page)
    sans_ecart(page)


def _payer_en_cheques(page, ville, demande):
    page.goto(f"{ville}/agents/aides/{demande.pk}/paiement/")
    page.locator("main .btn-principal").click()
    page.get_by_role("link", name=re.compile("Émettre")).click()
    page.get_by_label("Valeur de chaque chèque").fill("50")
    page.get_by_role("button", name="Émettre les chèques").click()
    assert Cheque.objects.count() == 5, _lu(page)
    page.get_by_role("button", name=re.compile("5 chèques sont remis")).click()
    demande.refresh_from_db()
    assert demande.etat == "payee", _lu(page)


def _le_conseil_lit_la_rapidite(page, ville, sans_ecart):
    page.goto(f"{ville}/agents/rapidite/")
    sans_ecart(page)
    assert "Rapidité" in _lu(page) and NOM not in page.content()
