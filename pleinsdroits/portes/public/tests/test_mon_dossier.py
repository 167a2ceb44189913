"""Mon dossier : on y entre par un envoi, on y lit ce qui nous concerne et rien d'un autre adulte."""

import datetime as dt
import re
import time

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from pleinsdroits.accueil.fabriques_relais import PartenaireFabrique, un_relais
from pleinsdroits.accueil.models import Besoin, Contact, RendezVous
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.demarches.fabriques import DemarcheFabrique
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.journal.actes import noter
from pleinsdroits.personnes.fabriques import (
    AccordFabrique,
    FoyerFabrique,
    MembreFabrique,
    PersonneFabrique,
    RecueilFabrique,
)
from pleinsdroits.personnes.models import Foyer, LienPersonnel
from pleinsdroits.portes.public.acces_personnel import CLE, INACTIVITE
from pleinsdroits.socle.models import Envoi

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def compteurs_a_zero(db):
    cache.clear()


@pytest.fixture
def foyer():
    claire = AgentFabrique(interlocuteur=True, first_name="Claire", last_name="Dubosc")
    return FoyerFabrique(interlocuteur=claire, demandeur__prenom="Nadia", demandeur__nom="Ferrand")


@pytest.fixture
def nadia(foyer):
    return Foyer.demandeur(foyer)


@pytest.fixture
def entrer(client):
    def entrer_avec(personne, foyer):
        _lien, jeton = LienPersonnel.fabriquer(personne, foyer.pk, "imprime")
        reponse = client.post(reverse("entrer", args=[jeton]), {"reponse": "12/03/1992"})
        assert reponse.status_code == 302, reponse.content.decode()[:400]
        return client

    return entrer_avec


def _texte(reponse):
    return reponse.content.decode()


def test_ouvrir_le_lien_n_entre_pas_et_n_use_rien(client, foyer, nadia):
    lien, jeton = LienPersonnel.fabriquer(nadia, foyer.pk, "envoye")
    for _fois in range(3):
        page = client.get(reverse("entrer", args=[jeton]))
        assert page.status_code == 200 and "Nadia" not in _texte(page) and CLE not in client.session
    lien.refresh_from_db()
    assert lien.utilise_le is None and lien.essais == 0


def test_avec_sa_naissance_on_entre_et_le_lien_envoye_ne_sert_plus(client, foyer, nadia):
    _lien, jeton = LienPersonnel.fabriquer(nadia, foyer.pk, "envoye")
    assert client.post(reverse("entrer", args=[jeton]), {"reponse": "12.03.1992"}).status_code == 302
    assert "Bonjour Nadia" in _texte(client.get("/mon-dossier/"))
    encore = client.post(reverse("entrer", args=[jeton]), {"reponse": "12/03/1992"})
    assert encore.status_code == 410 and "a déjà servi" in _texte(encore)


def test_une_mauvaise_reponse_se_dit_sans_rien_reveler_et_cinq_ferment_le_lien(client, foyer, nadia):
    _lien, jeton = LienPersonnel.fabriquer(nadia, foyer.pk, "imprime")
    for _fois in range(4):
        page = client.post(reverse("entrer", args=[jeton]), {"reponse": "01/01/1990"})
        assert page.status_code == 422 and "Nadia" not in _texte(page)
    assert client.post(reverse("entrer", args=[jeton]), {"reponse": "01/01/1990"}).status_code == 410
    assert client.post(reverse("entrer", args=[jeton]), {"reponse": "12/03/1992"}).status_code == 410


def test_un_lien_invente_ou_perime_dit_la_meme_chose(client, foyer, nadia):
    lien, jeton = LienPersonnel.fabriquer(nadia, foyer.pk, "imprime")
    LienPersonnel.objects.filter(pk=lien.pk).update(expire_le=timezone.now())
    pages = [client.get(reverse("entrer", args=[j])) for j in (jeton, "invente")]
    sans_jeton = [re.sub(r'value="[^"]{30,}"', "", _texte(p)) for p in pages]
    assert [p.status_code for p in pages] == [410, 410] and sans_jeton[0] == sans_jeton[1]


def test_elle_lit_qui_a_la_main_et_qui_a_regarde(entrer, foyer, nadia):
    besoin = Besoin.objects.create(
        foyer=foyer, personne=nadia, mots="Je n’arrive plus à payer", sujet="famille", canal="guichet", etat="en_cours"
    )
    Echeance.objects.create(
        genre="accueil.besoin",
        quoi="Donner des nouvelles",
        type_objet="accueil.besoin",
        cle_objet=str(besoin.pk),
        personne=nadia.pk,
        main="ville",
        responsable=foyer.interlocuteur,
        limite=timezone.now() + dt.timedelta(days=5),
    )
    DemarcheFabrique(foyer=foyer)
    noter("personnes.consulter_le_dossier", foyer, par=foyer.interlocuteur.acteur)
    page = _texte(entrer(nadia, foyer).get("/mon-dossier/"))
    assert "Je n’arrive plus à payer" in page and "La main est à <strong>Claire Dubosc</strong>" in page
    assert "Allocation de soutien familial" in page and "398,38" in page and "Claire D." in page
    assert "<title>" in page and "Nadia" not in page.split("</title>")[0]


def test_ni_revenus_ni_rendez_vous_ni_relais_d_un_autre_adulte(entrer, foyer, nadia):
    paul = PersonneFabrique(prenom="Paul", nom="Secretpaul", protegee=True)
    MembreFabrique(foyer=foyer, personne=paul, lien="conjoint")
    Besoin.objects.create(foyer=foyer, personne=paul, mots="Besoin de Paul", sujet="sante", canal="guichet")
    RendezVous.objects.create(
        foyer=foyer,
        personne=paul,
        agent=foyer.interlocuteur,
        quand=timezone.now() + dt.timedelta(days=2),
        objet="Objet de Paul",
    )
    DemarcheFabrique(foyer=foyer, personne=paul, droit="aah", montant_detecte="1033.32")
    page = _texte(entrer(nadia, foyer).get("/mon-dossier/"))
    for secret in ("Paul", "Secretpaul", "1 033,32", "1033", "adulte handicapé"):
        assert secret not in page.replace("\u00a0", " ")
    copie = entrer(nadia, foyer).get("/mon-dossier/copie.json").json()
    assert "Paul" not in str(copie) and copie["personne"]["prenom"] == "Nadia"


def test_le_nombre_de_requetes_ne_depend_pas_du_dossier(entrer, foyer, nadia, django_assert_max_num_queries):
    dedans = entrer(nadia, foyer)
    for _fois in range(5):
        besoin = Besoin.objects.create(foyer=foyer, personne=nadia, mots="…", sujet="sante", canal="guichet")
        un_relais(nadia, PartenaireFabrique(), besoin=besoin)
    for droit in ("asf", "css", "rsa", "ppa"):
        DemarcheFabrique(foyer=foyer, droit=droit)
    with django_assert_max_num_queries(40):
        dedans.get("/mon-dossier/")


def test_elle_retire_un_accord_apres_en_avoir_lu_l_effet(entrer, foyer, nadia):
    accord = AccordFabrique(recueil=RecueilFabrique(foyer=foyer))
    dedans = entrer(nadia, foyer)
    adresse = reverse("public:retirer_mon_accord", args=[accord.pk])
    assert "ne verra plus rien" in _texte(dedans.get(adresse))
    accord.refresh_from_db()
    assert accord.retire_le is None
    dedans.post(adresse)
    accord.refresh_from_db()
    assert accord.retire_le is not None


def test_l_accord_d_une_autre_n_existe_pas_pour_elle(entrer, foyer, nadia):
    autre = AccordFabrique()
    assert entrer(nadia, foyer).post(reverse("public:retirer_mon_accord", args=[autre.pk])).status_code == 404


def test_un_message_promet_une_reponse_a_l_interlocuteur(entrer, foyer, nadia):
    entrer(nadia, foyer).post("/mon-dossier/ecrire/", {"mots": "Mon loyer a changé."})
    contact = Contact.objects.get()
    assert contact.rappel_par == foyer.interlocuteur and contact.personne == nadia and contact.etat == "rappel_promis"
    assert Echeance.objects.sur(contact).get().responsable == foyer.interlocuteur


def test_sa_reponse_fait_l_issue(entrer, foyer, nadia):
    besoin = Besoin.objects.create(
        foyer=foyer,
        personne=nadia,
        mots="Payer",
        sujet="famille",
        canal="guichet",
        etat="resolu",
        avis_demande_le=timezone.now(),
    )
    entrer(nadia, foyer).post(reverse("public:dire_l_issue", args=[besoin.pk]), {"avis": "non"})
    besoin.refresh_from_db()
    assert besoin.avis == "non" and besoin.etat in Besoin.OUVERTS


def test_vingt_minutes_sans_geste_referment_le_dossier(entrer, foyer, nadia):
    dedans = entrer(nadia, foyer)
    session = dedans.session
    session[CLE] = {**session[CLE], "vu": time.time() - INACTIVITE - 1}
    session.save()
    assert "Bonjour" not in _texte(dedans.get("/mon-dossier/"))


def test_un_lien_annule_au_guichet_referme_le_dossier_ouvert(entrer, foyer, nadia):
    dedans = entrer(nadia, foyer)
    LienPersonnel.objects.update(annule_le=timezone.now())
    assert "Bonjour" not in _texte(dedans.get("/mon-dossier/"))


def test_la_meme_reponse_que_l_on_connaisse_ou_non_l_adresse(client, foyer, nadia):
    nadia.moyens.create(genre="telephone", valeur="06 39 98 00 12", normal="+33639980012")
    reponses = [
        client.post("/mon-dossier/lien/", {"adresse": a}, follow=True)
        for a in ("06 39 98 00 12", "06 39 98 99 99", "x@y.fr")
    ]
    assert {r.status_code for r in reponses} == {200} and all("Si nous connaissons" in _texte(r) for r in reponses)
    assert Envoi.objects.count() == 1


def test_sans_etre_entree_rien_ne_se_lit_ni_ne_s_ecrit(client, foyer):
    accord = AccordFabrique(recueil=RecueilFabrique(foyer=foyer))
    assert client.get("/mon-dossier/copie.json").status_code == 302
    assert client.post("/mon-dossier/ecrire/", {"mots": "x"}).status_code == 404
    assert client.post(reverse("public:retirer_mon_accord", args=[accord.pk])).status_code == 404
    assert not Contact.objects.exists()
