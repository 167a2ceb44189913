"""Un partenaire dépose pour la personne qui le lui demande : par son relais, avec son accord ; il n'en lit que l'état."""

import datetime as dt
import html
from decimal import Decimal

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from pleinsdroits.accueil.fabriques_relais import (
    LOGEMENT,
    PartenaireFabrique,
    accorder,
    foyer_de,
    par_lien,
    un_agent_de,
    un_foyer,
    un_relais,
)
from pleinsdroits.accueil.models import Relais
from pleinsdroits.aides.actions.deposer import deposer
from pleinsdroits.aides.actions.partenaires import joindre_une_piece
from pleinsdroits.aides.depot_partenaire import depots_de
from pleinsdroits.aides.fabriques import DemandeFabrique, EditionFabrique, document_de_la_ville
from pleinsdroits.aides.models import Decision, Demande, EtatDemande, Paiement
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.journal.models import Entree
from pleinsdroits.personnes.models import Accord, Foyer, LienPersonnel, Moyen, Papier
from pleinsdroits.socle.models import Envoi

pytestmark = pytest.mark.django_db
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF"
)
DEMANDE = {
    **{
        "aide": "local_energie",
        "mots": "Deux factures de retard",
        "montant": "285",
        "payer_a": "Électricité d’exemple",
    },
    **{"urgente": "on", "raison_urgente": "Coupure annoncée jeudi", "demandee": "on"},
}


@pytest.fixture
def caf():
    cache.clear()
    EditionFabrique()
    return PartenaireFabrique(nom="CAF d’exemple")


@pytest.fixture
def claire(caf):
    agent = AgentFabrique(role=Role.INTERLOCUTEUR, first_name="Claire", last_name="Dubosc")
    TOTP.activate(agent, generate_totp_secret())
    return agent


@pytest.fixture
def relais(caf, claire):
    nadia = un_foyer(claire, numero="2026-00001", canal="sms")
    numero = {"valeur": "06 39 98 11 22", "normal": "+33639981122", "sur": True, "message_permis": True}
    Moyen.objects.create(personne=nadia, genre="telephone", **numero)
    accorder(nadia, caf, LOGEMENT)
    return un_relais(nadia, caf, etat=Relais.Etat.PRIS_EN_CHARGE, repondu_le=timezone.now())


def lire(reponse):
    return html.unescape(reponse.content.decode()).replace("\u00a0", " ")


def lien(relais, suite=""):
    return reverse("repondre", args=[relais.lien()]) + suite


def envoyer(client, relais, **champs):
    donnees = {nom: v for nom, v in (DEMANDE | champs).items() if v is not None}
    return client.post(lien(relais, "aide/"), donnees, follow=True)


def deposer_pour(le_sien, **champs):
    donnees = {"aide": "local_energie", "canal": "partenaire", "foyer": le_sien.foyer, "personne": le_sien.personne}
    return deposer(None, **({"par": par_lien(le_sien), "relais": le_sien} | donnees | champs))


def entrer(client, personne):
    _lien, jeton = LienPersonnel.fabriquer(personne, foyer_de(personne).pk, "imprime")
    client.post(reverse("entrer", args=[jeton]), {"reponse": "04/03/1992"})


def test_du_lien_du_partenaire_au_dossier_de_la_personne(client, relais, caf, claire):
    assert "Déposer une demande d’aide" in lire(client.get(lien(relais)))
    form = lire(client.get(lien(relais, "aide/")))
    assert form.count("<h1") == form.count("btn-principal") == 1 and "Ferrand" not in form
    page = lire(envoyer(client, relais))
    assert "La demande est déposée" in page and "Reçue" in page and "Facture" in page
    demande = Demande.objects.get()
    assert (demande.canal, demande.deposee_par, demande.relais, demande.urgente) == ("partenaire", caf, relais, True)
    assert demande.mots == "Urgent : Coupure annoncée jeudi\nDeux factures de retard"
    assert (demande.montant_demande, demande.payer_a) == (Decimal(285), "Électricité d’exemple")
    envoi = Envoi.objects.get(cle_objet=str(demande.pk))
    assert demande.accusee_le and "CAF" not in envoi.texte and "nergie" not in envoi.texte
    (ligne,) = Entree.objects.filter(verbe="aides.deposer")
    assert (ligne.acteur_genre, ligne.acteur_identifiant) == ("partenaire", str(relais.pk))
    client.force_login(claire)
    journee = lire(client.get(reverse("agents:ma_journee")))
    assert "demande d’aide déposée le" in journee
    client.get(reverse("agents:relais", args=[relais.pk]))
    assert "demande d’aide déposée le" not in lire(client.get(reverse("agents:ma_journee")))


def test_la_personne_le_voit_et_peut_renoncer(client, relais):
    demande = deposer_pour(relais)
    entrer(client, relais.personne)
    assert "Déposée pour vous par CAF d’exemple" in lire(client.get(reverse("public:mon_dossier")))
    page = lire(client.get(reverse("public:mon_aide", args=[demande.pk])))
    assert "avec votre accord" in page and "Je n’ai plus besoin de cette aide" in page
    client.post(reverse("public:renoncer_a_mon_aide", args=[demande.pk]))
    assert "Arrêtée" in lire(client.get(lien(relais)))


def test_par_son_compte_aussi_puis_il_joint_un_papier(client, relais, caf):
    agent = un_agent_de(caf)
    TOTP.activate(agent, generate_totp_secret())
    client.force_login(agent)
    client.post(reverse("partenaires:deposer_une_aide", args=[relais.pk]), DEMANDE)
    piece = Demande.objects.get().pieces.get(libelle="facture")
    adresse = reverse("partenaires:relais", args=[relais.pk])
    donnees = {"geste": "joindre", "piece": piece.pk, "fichier": SimpleUploadedFile("facture.pdf", PDF)}
    assert "Le papier est envoyé" in lire(client.post(adresse, donnees, follow=True))
    piece.refresh_from_db()
    assert piece.etat == "recue" and piece.papier.personne == relais.personne
    assert piece.papier.donne_par == "CAF d’exemple"
    assert f'value="{piece.pk}"' not in lire(client.get(adresse))
    donnees["fichier"] = SimpleUploadedFile("facture.pdf", PDF)
    assert "n’est pas attendu" in lire(client.post(adresse, donnees, follow=True))
    donnees["piece"] = Demande.objects.get().pieces.filter(etat="a_demander").first().pk
    donnees["fichier"] = SimpleUploadedFile("x.exe", b"MZ")
    client.post(adresse, donnees)
    client.post(adresse, {"geste": "joindre", "piece": "x"})
    assert Papier.objects.count() == 1


def test_il_lit_l_etat_et_jamais_le_montant_ni_le_sens(client, relais):
    demande = deposer_pour(relais, mots="Mots de la demande")
    attendus = {
        "incomplete": "Il manque des papiers",
        **dict.fromkeys(("complete", "instruite", "inscrite", "ajournee", "decidee"), "À l’étude"),
        **dict.fromkeys(("notifiee", "en_paiement", "payee", "bilan"), "Décidée : la personne a reçu la réponse"),
        **{"transmise": "Transmise", "sans_objet": "Arrêtée", "recue": "Reçue"},
    }
    assert set(attendus) == set(EtatDemande.values)
    lus = set()
    for resultat in ("accord", "refus"):
        for etat, dit in attendus.items():
            champs = {"etat": etat, "resultat": resultat, "montant_accorde": Decimal("123.45"), "derogation": "RAISON"}
            Demande.objects.filter(pk=demande.pk).update(**champs)
            page = lire(client.get(lien(relais)))
            assert dit in page and not any(s in page for s in ("123", "RAISON", "Mots de la", "Refus", "Accord"))
            lus.add((etat, tuple(depots_de(relais))))
    assert len(lus) == len(attendus), "accordée ou refusée, le partenaire lit la même chose"


def test_la_demande_elle_meme_reste_hors_de_son_perimetre(relais, caf):
    deposer_pour(relais)
    for acteur in (par_lien(relais), un_agent_de(caf).acteur):
        for modele in (Demande, Decision, Paiement, Foyer, Papier):
            assert not modele.objects.visibles_par(acteur).exists()


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"aide": None}, "Choisissez une aide"),
        ({"montant": "-3"}, "négatif"),
        ({"montant": "0"}, "plus de zéro"),
        ({"montant": "50000"}, "au plus"),
        ({"montant": "abc"}, "Écrivez un nombre"),
        ({"raison_urgente": ""}, "pourquoi c’est urgent"),
        ({"demandee": None}, "si la personne le veut"),
        ({"aide": "local_hygiene"}, "ne se verse pas à un fournisseur"),
        ({"aide": "local_cantine"}, "local_cantine"),
    ],
)
def test_une_demande_fausse_est_expliquee_et_rien_n_est_ecrit(client, relais, champs, dit):
    reponse = envoyer(client, relais, **champs)
    assert reponse.status_code == 422 and dit in lire(reponse)
    assert not Demande.objects.exists() and not relais.messages.exists() and not Envoi.objects.exists()


def test_une_aide_arretee_ne_se_depose_pas(client, relais):
    document = document_de_la_ville("aides_facultatives")
    document["aides"][0]["fermee_le"] = (timezone.localdate() - dt.timedelta(days=1)).isoformat()
    EditionFabrique(document=document, effet=dt.date(2025, 1, 1))
    assert envoyer(client, relais).status_code == 422
    with pytest.raises(ValidationError, match="s’est arrêtée"):
        deposer_pour(relais)


def test_deux_envois_ne_deposent_qu_une_demande_et_le_double_ne_dit_pas_son_numero(client, relais):
    page = lire(client.get(lien(relais, "aide/")))
    jeton = page.split('name="jeton_unique" value="')[1].split('"')[0]
    envoyer(client, relais, jeton_unique=jeton)
    assert "déjà enregistré" in lire(envoyer(client, relais, jeton_unique=jeton))
    deja = DemandeFabrique(foyer=relais.foyer, personne=relais.personne, aide="local_hygiene")
    refus = envoyer(client, relais, aide="local_hygiene", payer_a="")
    assert "déjà demandée" in lire(refus) and deja.reference not in lire(refus)
    assert Demande.objects.filter(relais=relais).count() == 1


@pytest.mark.parametrize("champs", [{"fondement": "loi", "motif_legal": "continuite"}, {"fondement": "sans_nom"}])
def test_sans_accord_rien_ne_se_depose(client, relais, champs):
    Relais.objects.filter(pk=relais.pk).update(**champs)
    assert "Déposer une demande" not in lire(client.get(lien(relais)))
    assert "ne se dépose qu’avec lui" in lire(client.get(lien(relais, "aide/")))
    assert envoyer(client, relais).status_code == 403 and not Demande.objects.exists()


@pytest.mark.parametrize(
    "comment", [{"retire_le": timezone.now()}, {"au": timezone.localdate() - dt.timedelta(days=1)}]
)
def test_l_accord_retire_ou_fini_ferme_le_depot_l_etat_et_les_papiers(client, relais, comment):
    demande = deposer_pour(relais)
    Accord.objects.update(**comment)
    relais = Relais.objects.get(pk=relais.pk)
    page = lire(client.get(lien(relais)))
    assert demande.reference not in page and depots_de(relais) == []
    assert envoyer(client, relais, aide="local_hygiene").status_code == 403
    for faire in (
        lambda: deposer_pour(relais, aide="local_hygiene"),
        lambda: joindre_une_piece(
            relais, par=par_lien(relais), piece=demande.pieces.first().pk, fichier=SimpleUploadedFile("f.pdf", PDF)
        ),
    ):
        with pytest.raises(ValidationError, match="retiré son accord"):
            faire()
    assert not Papier.objects.exists() and Demande.objects.count() == 1


def test_un_accord_sur_un_autre_sujet_ne_suffit_pas(relais):
    Accord.objects.update(sujet="famille")
    with pytest.raises(ValidationError, match="accord"):
        deposer_pour(Relais.objects.get(pk=relais.pk))


@pytest.mark.parametrize("etat", ["pas_pour_nous", "injoignable", "abouti", "sans_suite", "arrete"])
def test_un_relais_qui_n_est_plus_chez_lui_ne_permet_rien(relais, etat):
    Relais.objects.filter(pk=relais.pk).update(etat=etat)
    with pytest.raises(ValidationError):
        deposer_pour(relais)


def test_un_lien_perime_ne_depose_rien_et_ne_dit_rien(client, relais):
    adresse = lien(relais, "aide/")
    Relais.objects.filter(pk=relais.pk).update(jeton_expire_le=timezone.now() - dt.timedelta(days=1))
    for essai in (client.get(adresse, follow=True), client.post(adresse, DEMANDE, follow=True)):
        assert essai.status_code == 410 and "n’est plus valable" in lire(essai)
    assert not Demande.objects.exists()


def test_le_relais_la_personne_ou_l_institution_d_un_autre_sont_refuses(relais, claire):
    ailleurs = un_foyer(claire, numero="2026-00002", prenom="Karim")
    autre = un_relais(ailleurs, PartenaireFabrique())
    for champs in (
        {"relais": autre},
        {"foyer": autre.foyer, "personne": ailleurs},
        {"relais": None},
        {"par": un_agent_de(PartenaireFabrique()).acteur},
        {"par": claire.acteur},
    ):
        with pytest.raises(PermissionDenied):
            deposer_pour(relais, **champs)
    with pytest.raises(ValidationError, match="déposée par un partenaire"):
        deposer_pour(relais, canal="web")
    assert not Demande.objects.exists()


def test_contact_protege_rien_n_est_ecrit_et_l_accuse_attend_l_agent(relais):
    nadia = relais.personne
    nadia.contact_protege, nadia.consigne = True, "Le matin."
    nadia.save()
    demande = deposer_pour(relais)
    assert not Envoi.objects.exists() and demande.accusee_le is None


def test_deposer_sans_fin_s_arrete_vite(client, relais):
    statuts = [client.post(lien(relais, "aide/"), {"mots": "x"}).status_code for _n in range(22)]
    assert statuts[0] == 422 and statuts[-1] == 429
