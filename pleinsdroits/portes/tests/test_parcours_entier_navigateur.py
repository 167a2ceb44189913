"""
D'une visite anonyme à un droit accordé, dans un vrai navigateur : la personne raconte une fois, un interlocuteur répond de
tout, le partenaire répond en deux clics, et elle voit chaque pas, avec ses dates.
"""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from pleinsdroits.accueil.actions.attributions import attribuer
from pleinsdroits.accueil.fabriques_relais import PartenaireFabrique
from pleinsdroits.accueil.models import Code, Relais
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.demarches.models import Demarche
from pleinsdroits.demarches.taches import ouvrir_ce_qui_attend
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.journal.models import Entree
from pleinsdroits.journal.verification import verifier_journal
from pleinsdroits.personnes.models import Accord, Foyer, SituationDatee
from pleinsdroits.portes.public.tests.reponses import repondre_a_tout

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


def test_de_la_visite_au_droit_accorde(client, live_server, espace, sans_ecart):
    cache.clear()
    caf = PartenaireFabrique(nom="Caisse d’allocations familiales", courriel="relais@caf.invalid")
    guichet = AgentFabrique(role=Role.ACCUEIL, first_name="Dominique", last_name="Martin")
    claire = AgentFabrique(role=Role.INTERLOCUTEUR, first_name="Claire", last_name="Dubosc")

    chiffres = _la_visiteuse_obtient_un_code(client, live_server, espace)
    numero = _le_guichet_ouvre_le_dossier(live_server, espace, guichet, chiffres, caf, sans_ecart)
    foyer = Foyer.objects.get(numero=numero)
    attribuer(foyer, par=guichet.acteur, agent=claire, remplacant=None, raison="charge")
    assert ouvrir_ce_qui_attend() > 0

    page = espace(claire)
    lien = _claire_envoie_un_relais(page, live_server, numero, caf, sans_ecart)
    _le_partenaire_repond_par_le_lien(espace(), lien, sans_ecart)
    droit = _claire_obtient_le_droit(page, live_server, foyer)
    _la_personne_le_voit(page, espace(), live_server, foyer, droit, sans_ecart)

    assert verifier_journal().fautes == ()
    recit = " ".join(str(vars(e)) for e in Entree.objects.all())
    assert "Ferrand" not in recit and chiffres not in recit


def _la_visiteuse_obtient_un_code(client, live_server, espace):
    repondre_a_tout(client)
    page = espace(visite=client.cookies["visite"].value)
    page.goto(f"{live_server.url}/mes-droits/")
    page.get_by_role("heading", name="Vos droits").wait_for()
    page.goto(f"{live_server.url}/me-faire-aider/")
    page.get_by_role("link", name="Obtenir un code").click()
    page.get_by_role("button", name="Obtenir mon code").click()
    return re.sub(r"\D", "", page.locator(".code-geant").inner_text())


def _le_guichet_ouvre_le_dossier(live_server, espace, guichet, chiffres, caf, sans_ecart):
    page = espace(guichet)
    page.goto(f"{live_server.url}/agents/code/")
    page.get_by_label("Les 9 chiffres").fill(chiffres)
    page.get_by_role("button", name="Lire ce code").click()
    page.get_by_role("heading", name="Ce que la personne confie").wait_for()
    sans_ecart(page)
    page.locator("[name=prenom]").fill("Nadia")
    page.locator("[name=nom]").fill("Ferrand")
    page.get_by_label("Date de naissance").fill("12/03/1992")
    page.get_by_role("button", name="Ouvrir le dossier").click()
    page.wait_for_url(re.compile(r"/agents/dossiers/\d{4}-\d{4}/$"))
    sans_ecart(page)
    numero = page.url.rstrip("/").split("/")[-1]
    code = Code.objects.get()
    assert code.servi_le and not code.contenu
    assert SituationDatee.objects.get().calcul == SituationDatee.Calcul.FAIT
    page.goto(f"{live_server.url}/agents/dossiers/{numero}/accords/")
    sans_ecart(page)
    page.locator("summary", has_text="Caisse d’allocations familiales").click()
    page.locator(f"[name=cases][value='{caf.pk}:famille']").check()
    page.get_by_label("six mois").check()
    page.get_by_label("en personne").check()
    page.get_by_role("button", name="Garder cet accord").click()
    page.get_by_text("L’accord est gardé").wait_for()
    accord = Accord.objects.get()
    assert accord.du == timezone.localdate() and accord.recueil.recueilli_par == guichet
    return numero


def _claire_envoie_un_relais(page, live_server, numero, caf, sans_ecart):
    page.goto(f"{live_server.url}/agents/dossiers/{numero}/relais/nouveau/")
    page.get_by_label("Nadia Ferrand").check()
    page.get_by_label("Sujet").select_option("famille")
    page.get_by_label("Caisse d’allocations familiales").check()
    page.locator("main .btn-principal").click()
    page.get_by_label("Ce que vous demandez").fill("Vérifier pourquoi l’allocation est suspendue")
    page.get_by_label("Ce que vous attendez").fill("Rappeler la personne")
    page.locator("main .btn-principal").click()
    page.get_by_role("button", name="Envoyer le relais").wait_for()
    sans_ecart(page)
    page.get_by_role("button", name="Envoyer le relais").click()
    page.get_by_text("Vérifier pourquoi").first.wait_for()
    relais = Relais.objects.get()
    horloge = Echeance.objects.sur(relais).get()
    assert relais.institution == caf and horloge.main == Echeance.Main.PARTENAIRE and horloge.limite > timezone.now()
    (courriel,) = [m for m in mail.outbox if m.to == ["relais@caf.invalid"]]
    assert "Nadia" not in courriel.body + courriel.subject and "allocation" not in courriel.body
    chemin = re.search(r"/r/[^/\s]+/", courriel.body)[0]
    return live_server.url + chemin


def _le_partenaire_repond_par_le_lien(page, lien, sans_ecart):
    page.goto(lien)
    sans_ecart(page)
    assert Relais.objects.get().etat == Relais.Etat.ENVOYE
    page.get_by_role("button", name="Je prends en charge").click()
    page.get_by_text("Votre réponse").first.wait_for()
    relais = Relais.objects.get()
    assert relais.etat == Relais.Etat.PRIS_EN_CHARGE and relais.repondu_le is not None


def _claire_obtient_le_droit(page, live_server, foyer):
    demarche = Demarche.objects.filter(foyer=foyer, montant_detecte__isnull=False).order_by("-montant_detecte").first()
    jour = f"{timezone.localdate():%Y-%m-%d}"
    adresse = f"{live_server.url}/agents/demarches/{demarche.pk}/"
    for geste in ("expliquer", "preparer"):
        page.goto(adresse + geste + "/")
        page.locator("main .btn-principal").click()
    page.goto(adresse + "deposer/")
    page.locator("[name=le]").fill(jour)
    page.locator("main .btn-principal").click()
    page.get_by_text("Déposée").first.wait_for()
    demarche.refresh_from_db()
    assert demarche.etat == Demarche.Etat.DEPOSEE and demarche.deposee_le == timezone.localdate()
    assert Echeance.objects.sur(demarche).en_cours().get().main == Echeance.Main.ORGANISME
    page.goto(adresse + "reponse/")
    page.locator("[name=reponse][value=accordee]").check()
    page.locator("[name=le]").fill(jour)
    page.locator("main .btn-principal").click()
    page.get_by_text("Accordée").first.wait_for()
    demarche.refresh_from_db()
    assert demarche.etat == Demarche.Etat.ACCORDEE and demarche.repondue_le == timezone.localdate()
    return demarche


def _la_personne_le_voit(page, sienne, live_server, foyer, demarche, sans_ecart):
    page.goto(f"{live_server.url}/agents/dossiers/{foyer.numero}/personnes/{foyer.demandeur().pk}/lien/")
    page.get_by_role("button", name="Préparer la feuille").click()
    chemin = re.search(r"/d/[^/\s]+/", page.locator("p.secret").inner_text())[0]
    sienne.goto(live_server.url + chemin)
    sienne.get_by_label("Votre date de naissance").fill("12/03/1992")
    sienne.keyboard.press("Enter")
    sienne.get_by_role("heading", name="Bonjour Nadia").wait_for()
    sans_ecart(sienne)
    lu = sienne.locator("main").inner_text()
    assert "Claire Dubosc" in lu and "Caisse d’allocations familiales" in lu and "Pris en charge" in lu
    assert "Accordée" in lu and "Dominique M." in lu
    verbes = set(Entree.objects.values_list("verbe", flat=True))
    attendus = {
        "accueil.confier_une_visite",
        "accueil.servir_un_code",
        "personnes.ouvrir_un_foyer",
        "personnes.recueillir_un_accord",
        "accueil.envoyer_des_relais",
        "accueil.repondre_a_un_relais",
        "demarches.noter_la_reponse",
        "personnes.entrer",
    }
    assert attendus <= verbes
