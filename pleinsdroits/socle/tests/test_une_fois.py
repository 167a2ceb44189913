"""Un formulaire envoyé deux fois n'est enregistré qu'une fois."""

import datetime as dt
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from pleinsdroits.socle.models import EnvoiUnique, MotIndexe
from pleinsdroits.socle.taches import oublier_les_formulaires_recus
from pleinsdroits.socle.une_fois import CHAMP, nouveau_jeton, une_fois

pytestmark = [pytest.mark.django_db, pytest.mark.base]


def envoi(jeton: str, chemin: str = "/agents/contact/", **champs):
    return RequestFactory().post(chemin, {CHAMP: jeton, "csrfmiddlewaretoken": nouveau_jeton(), **champs})


def noter() -> str:
    """Un enregistrement sans contrainte d'unicité : le faire deux fois se verrait."""
    cle = str(MotIndexe.objects.count())
    MotIndexe.objects.create(ensemble="essai", cle=cle, mot="contact")
    return f"/contacts/{cle}/"


def test_le_second_envoi_mene_a_la_meme_page_sans_rien_refaire():
    jeton = nouveau_jeton()
    assert une_fois(envoi(jeton, mot="bonjour"), noter) == ("/contacts/0/", False)
    assert une_fois(envoi(jeton, mot="bonjour"), noter) == ("/contacts/0/", True)
    assert MotIndexe.objects.count() == 1


def test_deux_formulaires_affiches_font_deux_enregistrements():
    for _ in range(2):
        assert une_fois(envoi(nouveau_jeton(), mot="bonjour"), noter)[1] is False
    assert MotIndexe.objects.count() == 2


def test_un_envoi_corrige_est_un_autre_envoi():
    jeton = nouveau_jeton()
    une_fois(envoi(jeton, mot="bonjour"), noter)
    assert une_fois(envoi(jeton, mot="bonsoir"), noter) == ("/contacts/1/", False)
    piece = SimpleUploadedFile("papier.pdf", b"%PDF")
    assert une_fois(envoi(jeton, mot="bonsoir", piece=piece), noter) == ("/contacts/2/", False)
    assert une_fois(envoi(jeton, "/ailleurs/", mot="bonsoir"), noter) == ("/contacts/3/", False)


def test_un_envoi_refuse_peut_recommencer():
    jeton = nouveau_jeton()

    def refuser() -> str:
        noter()
        raise ValidationError("La date est dans le futur.")

    with pytest.raises(ValidationError):
        une_fois(envoi(jeton), refuser)
    assert not EnvoiUnique.objects.exists() and not MotIndexe.objects.exists()
    assert une_fois(envoi(jeton), noter) == ("/contacts/0/", False)


def test_rien_de_ce_qui_a_ete_ecrit_n_est_retenu():
    une_fois(envoi(nouveau_jeton(), nom="Traoré"), noter)
    garde = EnvoiUnique.objects.get()
    assert len(garde.empreinte) == 64 and "Traor" not in f"{garde.empreinte}{garde.adresse}"


def test_on_oublie_apres_vingt_quatre_heures():
    une_fois(envoi(nouveau_jeton()), noter)
    assert oublier_les_formulaires_recus.call_local() == 0
    with time_machine.travel(timezone.now() + dt.timedelta(hours=25)):
        assert oublier_les_formulaires_recus.call_local() == 1


def test_la_balise_donne_un_jeton_neuf_a_chaque_affichage():
    rendu = Template("{% jeton_unique %}{% jeton_unique %}").render(Context())
    premier, second = (m.split('"')[0] for m in rendu.split('value="')[1:])
    assert premier != second and len(premier) >= 32
    assert f'<input type="hidden" name="{CHAMP}"' in rendu


@pytest.mark.django_db(transaction=True)
def test_huit_envois_au_meme_instant_n_enregistrent_qu_une_fois():
    jeton, depart = nouveau_jeton(), threading.Barrier(8)

    def lentement() -> str:
        adresse = noter()
        time.sleep(0.2)
        return adresse

    def appuyer(_: int) -> tuple[str, bool]:
        try:
            depart.wait()
            return une_fois(envoi(jeton), lentement)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as fils:
        reponses = list(fils.map(appuyer, range(8)))
    assert sorted(reponses) == [("/contacts/0/", False)] + [("/contacts/0/", True)] * 7
    assert MotIndexe.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_si_le_premier_echoue_celui_qui_attendait_enregistre():
    jeton, entre, refuse = nouveau_jeton(), threading.Event(), threading.Event()

    def echouer() -> str:
        entre.set()
        refuse.wait(2)
        raise ValidationError("refusé")

    def premier() -> None:
        try:
            with pytest.raises(ValidationError):
                une_fois(envoi(jeton), echouer)
        finally:
            connection.close()

    fil = threading.Thread(target=premier)
    fil.start()
    entre.wait(5)
    threading.Timer(0.3, refuse.set).start()
    assert une_fois(envoi(jeton), noter) == ("/contacts/0/", False)
    fil.join()
