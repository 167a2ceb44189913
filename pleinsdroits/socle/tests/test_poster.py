"""Poster : un message part une fois, attend si le fournisseur est en panne, et ne laisse ni adresse ni texte."""

import datetime as dt
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from pleinsdroits.socle.envois import etat_des_envois, poster
from pleinsdroits.socle.envois.guichet import ATTENTES, faire_partir, faire_partir_ce_qui_est_du
from pleinsdroits.socle.models import Envoi


class Fournisseur(BaseHTTPRequestHandler):
    """Un vrai fournisseur de SMS, sur ce poste : il prend les messages, ou tombe en panne."""

    recus: list = []
    en_panne = False

    def do_POST(self):
        corps = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if Fournisseur.en_panne:
            self.send_error(503)
            return
        Fournisseur.recus.append(corps)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def fournisseur(settings):
    serveur = HTTPServer(("127.0.0.1", 0), Fournisseur)
    fil = threading.Thread(target=serveur.serve_forever, daemon=True)
    fil.start()
    Fournisseur.recus, Fournisseur.en_panne = [], False
    settings.SMS_URL = f"http://127.0.0.1:{serveur.server_port}/"
    yield Fournisseur
    serveur.shutdown()
    serveur.server_close()


@pytest.mark.django_db
def test_un_courriel_part_apres_la_transaction_et_ne_laisse_rien(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        envoi = poster("courriel", "nadia@exemple.fr", "Votre lien", objet="Votre lien")
        assert not mail.outbox
    envoi.refresh_from_db()
    assert [m.to for m in mail.outbox] == [["nadia@exemple.fr"]]
    assert (envoi.etat, envoi.destinataire, envoi.texte) == (Envoi.Etat.PARTI, "", "")


@pytest.mark.django_db
def test_un_sms_sans_fournisseur_s_ecrit_dans_un_dossier(settings, tmp_path):
    settings.SMS_DOSSIER = tmp_path / "sms"
    envoi = poster("sms", "+33639980012", "Rendez-vous jeudi")
    assert faire_partir(envoi.pk)
    (ecrit,) = settings.SMS_DOSSIER.iterdir()
    assert "+33639980012" in ecrit.read_text() and "jeudi" in ecrit.read_text()


@pytest.mark.django_db
def test_une_panne_du_fournisseur_fait_attendre_puis_le_sms_part_une_seule_fois(fournisseur):
    fournisseur.en_panne = True
    envoi = poster("sms", "+33639980012", "Rendez-vous jeudi")
    assert not faire_partir(envoi.pk)
    envoi.refresh_from_db()
    assert envoi.etat == Envoi.Etat.EN_ATTENTE and envoi.derniere_faute == "HTTPError" and etat_des_envois()[0] == 1
    fournisseur.en_panne = False
    assert faire_partir_ce_qui_est_du() == 0
    Envoi.objects.update(prochain_essai=timezone.now() - dt.timedelta(seconds=1))
    assert faire_partir_ce_qui_est_du() == 1 and faire_partir_ce_qui_est_du() == 0
    assert fournisseur.recus == [{"a": "+33639980012", "texte": "Rendez-vous jeudi"}]


@pytest.mark.django_db
def test_apres_le_dernier_essai_l_envoi_est_abandonne_et_cela_se_voit(fournisseur):
    fournisseur.en_panne = True
    envoi = poster("sms", "+33639980012", "Rendez-vous jeudi")
    for _essai in range(len(ATTENTES) + 1):
        Envoi.objects.update(prochain_essai=timezone.now() - dt.timedelta(seconds=1))
        faire_partir(envoi.pk)
    envoi.refresh_from_db()
    assert envoi.etat == Envoi.Etat.ABANDONNE and envoi.texte == "" and etat_des_envois()[1] == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.base
def test_un_acte_annule_n_envoie_rien():
    class Annule(Exception):
        pass

    with pytest.raises(Annule):
        poster_puis_annuler(Annule)
    assert not Envoi.objects.exists() and not mail.outbox


def poster_puis_annuler(faute):
    with transaction.atomic():
        poster("courriel", "nadia@exemple.fr", "Votre lien")
        raise faute
