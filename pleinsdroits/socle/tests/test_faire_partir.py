"""De vrais serveurs, sur ce poste : le courrier part une fois, quoi qu'il arrive en face."""

import datetime as dt
import socketserver
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from pleinsdroits.socle.envois import guichet, poster
from pleinsdroits.socle.envois.sms import segments, texte_de_sms
from pleinsdroits.socle.models import Envoi

pytestmark = [pytest.mark.django_db, pytest.mark.base]


class Facteur(socketserver.StreamRequestHandler):
    """Un serveur SMTP (RFC 5321) qui accepte, refuse le destinataire, ou raccroche."""

    def handle(self) -> None:
        serveur = self.server
        serveur.appels += 1
        if serveur.humeur == "raccroche":
            return
        self._dire("220 ici")
        while ligne := self.rfile.readline():
            verbe = ligne.split(b":")[0].strip().upper()
            if verbe == b"RCPT TO" and serveur.humeur == "refuse":
                self._dire("550 inconnu nadia@exemple.fr")
            elif verbe == b"DATA":
                self._dire("354 allez")
                time.sleep(serveur.lenteur)
                serveur.recus.append(b"".join(iter(self.rfile.readline, b".\r\n")).decode())
                self._dire("250 pris")
            elif verbe == b"QUIT":
                self._dire("221 au revoir")
                return
            else:
                self._dire("250 bien")

    def _dire(self, ligne: str) -> None:
        self.wfile.write(f"{ligne}\r\n".encode())


class Poste(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    humeur, lenteur, appels = "accepte", 0.0, 0

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Facteur)
        self.recus: list[str] = []
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def fermer(self) -> None:
        self.shutdown()
        self.server_close()


@pytest.fixture
def poste(settings):
    serveur = Poste()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", serveur.server_address[1]
    yield serveur
    serveur.fermer()


def ecrire(adresse: str = "nadia@exemple.fr") -> Envoi:
    return poster("courriel", adresse, "Votre lien est prêt.", "Votre lien")


def plus_tard(**delai) -> time_machine.travel:
    return time_machine.travel(timezone.now() + dt.timedelta(**delai))


def test_le_serveur_accepte_le_courriel_part(poste):
    envoi = ecrire()
    assert guichet.faire_partir(envoi.pk)
    assert len(poste.recus) == 1 and "nadia@exemple.fr" in poste.recus[0]
    assert not guichet.faire_partir(envoi.pk)
    assert len(poste.recus) == 1


def test_le_serveur_refuse_on_retient_le_genre_de_la_faute_jamais_l_adresse(poste, caplog):
    poste.humeur = "refuse"
    envoi = ecrire()
    assert not guichet.faire_partir(envoi.pk)
    envoi.refresh_from_db()
    assert envoi.derniere_faute == "SMTPRecipientsRefused"
    assert "SMTPRecipientsRefused" in caplog.text and "nadia" not in caplog.text


def test_le_serveur_tombe_puis_revient_le_courriel_part_une_fois(poste, settings):
    envoi, port = ecrire(), poste.server_address[1]
    poste.fermer()
    assert not guichet.faire_partir(envoi.pk)
    revenu = Poste(port)
    try:
        assert guichet.faire_partir_ce_qui_est_du() == 0
        with plus_tard(seconds=61):
            assert guichet.faire_partir_ce_qui_est_du() == 1
            assert guichet.faire_partir_ce_qui_est_du() == 0
    finally:
        revenu.fermer()
    assert len(revenu.recus) == 1


def test_les_essais_s_espacent_puis_l_envoi_est_abandonne(poste):
    poste.humeur = "raccroche"
    envoi, quand, ecarts = ecrire(), timezone.now(), []
    for _ in range(7):
        with time_machine.travel(quand, tick=False):
            assert not guichet.faire_partir(envoi.pk)
        envoi.refresh_from_db()
        ecarts.append(round((envoi.prochain_essai - quand).total_seconds() / 60))
        quand = envoi.prochain_essai
    assert ecarts[:6] == [1, 5, 30, 120, 360, 1440]
    assert (envoi.etat, envoi.essais) == (Envoi.Etat.ABANDONNE, 7)
    assert (envoi.destinataire, envoi.objet, envoi.texte) == ("", "", "")


def test_une_tache_tuee_en_route_laisse_l_envoi_a_la_suivante(poste, monkeypatch):
    envoi = ecrire()
    with monkeypatch.context() as coupure, pytest.raises(KeyboardInterrupt):
        coupure.setattr(guichet, "porter_un_courriel", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        guichet.faire_partir(envoi.pk)
    assert guichet.faire_partir_ce_qui_est_du() == 0
    with plus_tard(minutes=6):
        assert guichet.faire_partir_ce_qui_est_du() == 1
    assert len(poste.recus) == 1


@pytest.mark.django_db(transaction=True)
def test_six_taches_a_la_fois_ne_l_envoient_qu_une_fois(poste, settings):
    guichet_ferme = Envoi.objects.create(canal="courriel", destinataire="nadia@exemple.fr", texte="Votre lien")
    poste.lenteur = 0.3

    def une(_: int) -> bool:
        try:
            return guichet.faire_partir(guichet_ferme.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as fils:
        assert sum(fils.map(une, range(6))) == 1
    assert len(poste.recus) == 1


def test_une_panne_generale_n_use_pas_les_essais_de_tout_le_monde(poste):
    poste.humeur = "raccroche"
    for i in range(8):
        ecrire(f"p{i}@exemple.fr")
    assert guichet.faire_partir_ce_qui_est_du() == 0
    assert poste.appels == 3
    assert Envoi.objects.filter(essais=0).count() == 5


def test_un_envoi_illisible_n_arrete_pas_ceux_qui_le_suivent(poste, settings):
    abime, bon = ecrire(), ecrire()
    Envoi.objects.filter(pk=abime.pk).update(destinataire="nadia@exemple.fr\nBcc: tous@exemple.fr")
    assert guichet.faire_partir_ce_qui_est_du() == 1
    bon.refresh_from_db()
    assert bon.etat == Envoi.Etat.PARTI and len(poste.recus) == 1


@pytest.mark.parametrize(
    ("canal", "destinataire", "texte", "faute"),
    [
        ("sms", "01 44 55 66 77", "Bonjour", "telephone_fixe"),
        ("sms", "12", "Bonjour", "numero_impossible"),
        ("sms", "", "Bonjour", "numero_impossible"),
        ("sms", "06 39 98 00 12", " ", "sms_vide"),
        ("sms", "06 39 98 00 12", "a" * 613, "sms_trop_long"),
        ("courriel", "", "Bonjour", "invalid"),
        ("courriel", "nadia", "Bonjour", "invalid"),
    ],
)
def test_ce_qui_ne_peut_pas_partir_est_abandonne_aussitot_et_se_voit(canal, destinataire, texte, faute):
    envoi = poster(canal, destinataire, texte)
    envoi.refresh_from_db()
    assert (envoi.etat, envoi.derniere_faute) == (Envoi.Etat.ABANDONNE, faute)
    assert (envoi.destinataire, envoi.texte) == ("", "")
    assert guichet.etat_des_envois()[1] == 1


def test_un_numero_francais_devient_international():
    assert poster("sms", "06 39 98 00 12", "Bonjour").destinataire == "+33639980012"
    assert poster("sms", "+213 551 23 45 67", "Bonjour").destinataire == "+213551234567"


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [("a" * 160, 1), ("a" * 161, 2), ("€" * 80, 1), ("€" * 81, 2), ("é" * 160, 1), ("ê" * 70, 1), ("ê" * 71, 2)],
)
def test_un_sms_se_compte_comme_l_operateur_le_facture(texte, attendu):
    assert segments(texte) == attendu


def test_l_apostrophe_courbe_ne_fait_pas_payer_double():
    assert texte_de_sms("L’accueil vous attend « jeudi »…") == 'L\'accueil vous attend " jeudi "...'


class Detour(BaseHTTPRequestHandler):
    """Un prestataire qui a déménagé : la suite répondrait « oui » sans rien envoyer."""

    def do_POST(self) -> None:
        self.send_response(302)
        self.send_header("Location", "/ailleurs")
        self.end_headers()

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        return


def test_une_redirection_du_prestataire_n_est_pas_un_envoi(settings):
    serveur = ThreadingHTTPServer(("127.0.0.1", 0), Detour)
    threading.Thread(target=serveur.serve_forever, args=(0.02,), daemon=True).start()
    settings.SMS_URL = f"http://127.0.0.1:{serveur.server_port}/"
    try:
        assert not guichet.faire_partir(poster("sms", "06 39 98 00 12", "Bonjour").pk)
    finally:
        serveur.shutdown()
        serveur.server_close()
