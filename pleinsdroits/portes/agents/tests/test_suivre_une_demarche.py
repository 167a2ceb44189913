"""Un agent suit un droit jusqu'à l'argent reçu : ses pages, ses gestes, ses refus."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from pleinsdroits.comptes.models import Role
from pleinsdroits.demarches.fabriques import DemarcheFabrique, MouvementFabrique
from pleinsdroits.demarches.models import Demarche, Lettre
from pleinsdroits.journal.models import Entree
from pleinsdroits.personnes.fabriques import FoyerFabrique


@pytest.fixture(autouse=True)
def _le_26_novembre():
    with time_machine.travel(dt.datetime(2026, 11, 26, 10), tick=False):
        yield


@pytest.fixture
def claire(dedans):
    return dedans(role=Role.INTERLOCUTEUR)


@pytest.fixture
def foyer(claire):
    return FoyerFabrique(interlocuteur=claire)


def page(client, demarche) -> str:
    return client.get(reverse("agents:demarche", args=[demarche.pk])).content.decode()


def faire(client, demarche, nom, **donnees):
    demarche.refresh_from_db()
    return client.post(
        reverse("agents:geste_de_demarche", args=[demarche.pk, nom]), {"version": demarche.version, **donnees}
    )


def test_de_l_explication_au_paiement_le_geste_principal_change(client, foyer):
    demarche = DemarcheFabrique(foyer=foyer)
    assert "Noter que c’est expliqué" in page(client, demarche)
    assert faire(client, demarche, "expliquer").status_code == 302
    assert "Préparer la démarche" in page(client, demarche)
    faire(client, demarche, "preparer")
    assert "Marquer comme déposée" in page(client, demarche)
    faire(client, demarche, "deposer", le="2026-11-09", preuve="aucune", montant="398,38")
    lue = page(client, demarche)
    assert "Ajouter l’accusé de réception" in lue and "sans réponse, c’est un refus" in lue.replace("\u00a0", " ")
    faire(client, demarche, "accuser", le="2026-11-12", voies="oui")
    assert "Noter la réponse" in page(client, demarche)
    faire(client, demarche, "reponse", reponse="accordee", le="2026-11-20", montant="380", voies="oui")
    assert "Noter le premier paiement" in page(client, demarche)
    faire(client, demarche, "paiement", le="2026-11-25")
    demarche.refresh_from_db()
    assert (demarche.etat, demarche.montant_demande, demarche.montant_accorde) == (
        "payee",
        Decimal("398.38"),
        Decimal("380.00"),
    )


def test_un_refus_se_conteste_avec_une_lettre_relue_et_imprimee(client, foyer):
    demarche = DemarcheFabrique(foyer=foyer, refusee=True)
    assert "Préparer le recours" in page(client, demarche)
    adresse = reverse("agents:rediger_une_lettre", args=[demarche.pk])
    modeles = [m.id for m in client.get(adresse).context["modeles"]]
    voulu = "prealable" if "prealable" in modeles else "gracieux"
    reponse = client.post(adresse, {"modele": voulu, "expose": "Je vis seule avec mes enfants."})
    lettre = Lettre.objects.get()
    assert reponse.headers["Location"] == reverse("agents:lettre", args=[lettre.pk])
    assert "Je vis seule" in lettre.texte
    client.post(reponse.headers["Location"], {"objet": "Recours", "texte": "Mes mots.", "version": lettre.version})
    lettre.refresh_from_db()
    assert lettre.texte == "Mes mots."
    pdf = client.get(reverse("agents:lettre_pdf", args=[lettre.pk]))
    assert pdf.content.startswith(b"%PDF") and str(demarche.personne) not in pdf["Content-Disposition"]
    client.post(reverse("agents:lettre_envoyee", args=[lettre.pk]))
    assert "Noter le recours envoyé" in page(client, demarche)
    faire(client, demarche, "contester", le="2026-11-26", devant="organisme")
    demarche.refresh_from_db()
    assert demarche.etat == "contestee"


def test_une_lettre_sans_raisons_le_dit(client, foyer):
    demarche = DemarcheFabrique(foyer=foyer, refusee=True)
    adresse = reverse("agents:rediger_une_lettre", args=[demarche.pk])
    modele = next(m.id for m in client.get(adresse).context["modeles"] if "expose" in m.demande)
    lue = client.post(adresse, {"modele": modele, "expose": ""}).content.decode()
    assert "Il manque vos raisons" in lue and not Lettre.objects.exists()


def test_une_reponse_avant_le_depot_est_refusee_au_champ(client, foyer):
    demarche = DemarcheFabrique(foyer=foyer, deposee=True, deposee_le=dt.date(2026, 11, 9))
    lue = faire(client, demarche, "reponse", reponse="accordee", le="2026-11-08", voies="oui").content.decode()
    assert "La réponse ne peut pas être datée avant le dépôt (9 novembre)." in lue
    assert 'value="2026-11-08"' in lue, "ce qui a été tapé reste"


def test_deux_agents_a_la_fois_rien_n_est_perdu(client, foyer):
    demarche = DemarcheFabrique(foyer=foyer)
    adresse = reverse("agents:geste_de_demarche", args=[demarche.pk, "deposer"])
    vieux = {"version": demarche.version, "le": "2026-11-20", "preuve": "guichet"}
    faire(client, demarche, "expliquer")
    reponse = client.post(adresse, vieux)
    lue = reponse.content.decode()
    assert "Quelqu’un a modifié" in lue and 'value="2026-11-20"' in lue and "À préparer" in lue
    neuve = reponse.context["form"].data["version"]
    assert client.post(adresse, {**vieux, "version": neuve}).status_code == 302


def test_le_meme_envoi_deux_fois_ne_compte_qu_une_fois(client, foyer):
    demarche = DemarcheFabrique(foyer=foyer)
    envoi = {"le": "2026-11-20", "preuve": "guichet", "version": demarche.version, "jeton_unique": "abc"}
    adresse = reverse("agents:geste_de_demarche", args=[demarche.pk, "deposer"])
    assert [client.post(adresse, envoi).status_code for _fois in range(2)] == [302, 302]
    assert demarche.etapes.filter(etat="deposee").count() == 1


def test_les_papiers_se_demandent_puis_arrivent(client, foyer):
    demarche = DemarcheFabrique(foyer=foyer, expliquee=True)
    faire(client, demarche, "preparer")
    client.post(reverse("agents:demander_les_papiers", args=[demarche.pk]))
    assert "Demandé le" in page(client, demarche)
    attendu = demarche.papiers_attendus.first()
    client.post(reverse("agents:joindre_un_papier", args=[demarche.pk, attendu.pk]))
    assert "Déjà là" in page(client, demarche)


def test_la_liste_met_en_tete_ce_qui_n_est_pas_explique(client, foyer):
    DemarcheFabrique(foyer=foyer, droit="ppa", deposee=True)
    DemarcheFabrique(foyer=foyer, droit="css", probable=True)
    DemarcheFabrique(foyer=foyer, droit="asf")
    DemarcheFabrique(foyer=foyer, droit="rsa", payee=True)
    reponse = client.get(reverse("agents:demarches", args=[foyer.numero]))
    assert [ligne.droit for ligne in reponse.context["resume"].lignes] == ["asf", "ppa", "css", "rsa"]
    assert reponse.context["resume"].detecte == Decimal("1195.14"), "le probable ne compte pas"


@pytest.mark.parametrize("nombre", [1, 12])
def test_la_liste_fait_autant_de_requetes_pour_un_droit_que_pour_douze(
    client, foyer, nombre, django_assert_max_num_queries
):
    for droit in ("asf", "ppa", "css", "rsa", "aah", "aspa", "af", "ars", "cf", "apa_domicile", "pch", "ada")[:nombre]:
        DemarcheFabrique(foyer=foyer, droit=droit, deposee=True)
    with django_assert_max_num_queries(15):
        client.get(reverse("agents:demarches", args=[foyer.numero]))


def test_les_droits_qui_changent_bientot_se_traitent(client, foyer):
    mouvement = MouvementFabrique(foyer=foyer)
    MouvementFabrique()
    adresse = reverse("agents:droits_bientot")
    assert client.get(adresse).content.decode().count("S’ouvre à partir du") == 1
    client.post(reverse("agents:traiter_un_mouvement", args=[mouvement.pk]))
    assert "Rien à annoncer" in client.get(adresse).content.decode()


def test_le_dossier_d_un_autre_n_existe_pas(client, claire):
    autre = DemarcheFabrique(refusee=True)
    lettre = Lettre.objects.create(demarche=autre, modele="motifs", objet="x", texte="y")
    for nom, cles in (
        ("demarche", [autre.pk]),
        ("imprimer_la_demarche", [autre.pk]),
        ("geste_de_demarche", [autre.pk, "clore"]),
        ("rediger_une_lettre", [autre.pk]),
        ("lettre", [lettre.pk]),
        ("lettre_pdf", [lettre.pk]),
        ("demarches", [autre.foyer.numero]),
    ):
        assert client.get(reverse(f"agents:{nom}", args=cles)).status_code == 404, nom
    assert client.post(reverse("agents:demander_les_papiers", args=[autre.pk])).status_code == 404


@pytest.mark.parametrize("role", [Role.ACCUEIL, Role.COORDINATION, Role.TECHNIQUE, Role.COMMISSION])
def test_qui_ne_suit_pas_de_dossier_ne_lit_aucune_demarche(client, dedans, role):
    dedans(role=role)
    demarche = DemarcheFabrique()
    assert client.get(reverse("agents:demarche", args=[demarche.pk])).status_code == 404
    assert client.get(reverse("agents:demarches", args=[demarche.foyer.numero])).status_code == 404
    assert client.get(reverse("agents:droits_bientot")).status_code == 404


def test_chaque_lecture_se_consigne_et_le_journal_ne_dit_ni_montant_ni_lettre(client, foyer):
    demarche = DemarcheFabrique(foyer=foyer)
    page(client, demarche)
    faire(client, demarche, "deposer", le="2026-11-20", preuve="guichet", montant="398,38")
    assert Entree.objects.filter(verbe="demarches.lire", cle_objet=str(demarche.pk)).exists()
    recit = str(list(Entree.objects.values("verbe", "type_objet", "champs", "motif")))
    assert "398,38" not in recit and "398.38" not in recit


@pytest.mark.parametrize("role", [Role.COORDINATION, Role.PRESIDENCE, Role.INTERLOCUTEUR])
def test_les_euros_de_la_ville_se_lisent_sans_aucun_nom(client, dedans, role):
    dedans(role=role)
    demarches = DemarcheFabrique.create_batch(6, payee=True, foyer__demandeur__nom="Vanderhaeghen")
    lue = client.get(reverse("agents:droits_retrouves")).content.decode()
    assert "2\u00a0390,28\u00a0€" in lue
    assert not any(d.personne.nom in lue or d.foyer.numero in lue for d in demarches)
    tableur = client.get(reverse("agents:droits_retrouves_tableur")).content.decode()
    assert "2390.28" in tableur and "Foyers" in tableur


def test_l_accueil_ne_lit_pas_les_euros(client, dedans):
    dedans(role=Role.ACCUEIL)
    assert client.get(reverse("agents:droits_retrouves")).status_code == 404


def test_la_page_de_la_personne_dit_les_dates_et_a_qui_parler(client, foyer, claire):
    demarche = DemarcheFabrique(foyer=foyer, deposee=True)
    lue = client.get(reverse("agents:imprimer_la_demarche", args=[demarche.pk])).content.decode()
    assert str(claire) in lue and "sans réponse" in lue and "L311-3-1" in lue


def test_un_geste_inconnu_n_existe_pas(client, foyer):
    demarche = DemarcheFabrique(foyer=foyer)
    assert client.get(reverse("agents:geste_de_demarche", args=[demarche.pk, "danser"])).status_code == 404
    assert Demarche.objects.get().etat == "detectee"
