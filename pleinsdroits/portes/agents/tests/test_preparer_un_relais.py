"""L'agent voit exactement ce qui part avant d'envoyer, et suit ce qu'il en advient."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from pleinsdroits.accueil.actions.relais import clore, repondre
from pleinsdroits.accueil.fabriques_relais import (
    LOGEMENT,
    FichePartenaireFabrique,
    PartenaireFabrique,
    accorder,
    foyer_de,
    par_lien,
    un_foyer,
    un_message,
    un_relais,
)
from pleinsdroits.accueil.horloge_relais import REPONSE, attendre_la_reponse
from pleinsdroits.accueil.models import Besoin, Relais
from pleinsdroits.comptes.models import Role
from pleinsdroits.echeances.fabriques import EcheanceFabrique
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.journal.models import Entree
from pleinsdroits.personnes.models import Adresse, Moyen, Personne

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(dedans):
    return dedans(role=Role.INTERLOCUTEUR, first_name="Claire", last_name="Dubosc")


@pytest.fixture
def caf():
    return FichePartenaireFabrique(institution=PartenaireFabrique(nom="CAF d’exemple")).institution


@pytest.fixture
def nadia(agent):
    personne = un_foyer(agent, numero="2026-00001")
    Moyen.objects.create(personne=personne, valeur="06 99 00 11 22", normal="0699001122")
    Adresse.objects.create(foyer=foyer_de(personne), ligne="1 rue de l’Exemple", du=dt.date(2026, 1, 1))
    return personne


@pytest.fixture
def envoi(nadia, caf):
    return {
        "personne": nadia.pk,
        "sujet": LOGEMENT,
        "institutions": [caf.pk],
        "demande": "Vérifier pourquoi l’aide est suspendue",
        "attendu": "Un rappel",
    }


def page(numero="2026-00001") -> str:
    return reverse("agents:nouveau_relais", args=[numero])


def test_trois_pages_courtes_puis_le_relais_part(client, agent, nadia, caf, envoi):
    accorder(nadia, caf, LOGEMENT)
    un = client.get(page()).content.decode()
    assert "À qui confier ce besoin" in un and "CAF d’exemple" in un and "en moyenne" not in un
    deux = client.post(page(), {"etape": "1", **{c: envoi[c] for c in ("personne", "sujet", "institutions")}})
    assert "Ce que vous attendez du partenaire" in deux.content.decode()
    trois = client.post(page(), {"etape": "2", **envoi}).content.decode()
    assert "Ce qui part" in trois and "Nadia Ferrand" in trois and "accord du" in trois
    assert "Donnez le numéro d’allocataire" in trois and "Envoyer le relais" in trois
    assert not Relais.objects.exists()
    fin = {"etape": "3", "envoyer": "oui", "fondement": "accord", f"ligne-{caf.pk}": ["nom", "composition"], **envoi}
    reponse = client.post(page(), fin)
    relais = Relais.objects.get()
    assert reponse.headers["Location"] == reverse("agents:relais", args=[relais.pk])
    assert [ligne["cle"] for ligne in relais.lignes()] == ["nom"]
    suivi = client.get(reponse.headers["Location"]).content.decode()
    assert "La main est à CAF d’exemple depuis le" in suivi and "Relais envoyé" in suivi


def test_le_meme_envoi_deux_fois_ne_fait_qu_un_relais(client, agent, nadia, caf, envoi):
    accorder(nadia, caf, LOGEMENT)
    fin = {"etape": "3", "envoyer": "oui", "fondement": "accord", "jeton_unique": "x" * 20, **envoi}
    adresses = {client.post(page(), fin).headers["Location"] for _fois in range(2)}
    assert len(adresses) == Relais.objects.count() == 1


def test_revenir_garde_ce_qui_est_choisi(client, agent, nadia, caf, envoi):
    retour = client.post(page(), {"etape": "revenir", **envoi}).content.decode()
    assert f'value="{caf.pk}"' in retour and "checked" in retour


def test_sans_accord_la_page_dit_quoi_faire(client, agent, nadia, caf, envoi):
    apercu = client.post(page(), {"etape": "2", **envoi}).content.decode()
    assert "n’a pas autorisé de partager" in apercu and "Relais sans nom" in apercu
    assert "Envoyer le relais" not in apercu and "checked" not in apercu
    loi = client.post(page(), {"etape": "3", "fondement": "loi", **envoi}).content.decode()
    assert "strictement nécessaire" in loi and "Envoyer le relais" in loi and "Nadia Ferrand" in loi
    fin = {"etape": "3", "envoyer": "oui", "fondement": "loi", f"ligne-{caf.pk}": ["nom"], **envoi}
    refus = client.post(page(), fin).content.decode()
    assert "Expliquez pourquoi en 20 caractères au moins." in refus and not Relais.objects.exists()
    client.post(page(), fin | {"motif_legal": "continuite", "explication": "Expulsion prévue demain matin."})
    assert Relais.objects.get().fondement == "loi"


def test_ce_qui_manque_ramene_a_la_bonne_page(client, agent, nadia, caf, envoi):
    vide = client.post(page(), {"etape": "1"}).content.decode()
    assert "Choisissez au moins un destinataire." in vide
    sans_but = client.post(page(), {"etape": "2", **envoi, "attendu": ""}).content.decode()
    assert "Écrivez ce que vous attendez du partenaire." in sans_but


def test_un_contact_protege_demande_une_seconde_confirmation(client, agent, nadia, caf, envoi):
    Personne.objects.update(contact_protege=True)
    accorder(nadia, caf, LOGEMENT)
    apercu = client.post(page(), {"etape": "2", **envoi}).content.decode()
    assert apercu.count("je confirme que donner ceci est sans danger") == 2
    lignes = {f"ligne-{caf.pk}": ["nom", "adresse", "telephone"], "confirmee": ["telephone"]}
    client.post(page(), {"etape": "3", "envoyer": "oui", "fondement": "accord", **lignes, **envoi})
    assert [ligne["cle"] for ligne in Relais.objects.get().lignes()] == ["nom", "telephone"]


def test_le_delai_annonce_vient_de_ce_qui_a_ete_mesure(client, agent, nadia, caf):
    EcheanceFabrique.create_batch(3, tenue=True, genre=REPONSE, institution=caf, duree_ouvree=6)
    assert "CAF d’exemple : répond en 6 jours en moyenne" in client.get(page()).content.decode().replace("\u00a0", " ")


def test_un_renvoi_se_prepare_avec_le_meme_apercu(client, agent, nadia, caf, envoi):
    accorder(nadia, caf, LOGEMENT)
    relais = un_relais(nadia, caf)
    repondre(relais, par=par_lien(relais), reponse="pas_pour_nous")
    ailleurs = PartenaireFabrique(nom="Département d’exemple")
    accorder(nadia, ailleurs, LOGEMENT)
    adresse = f"{page()}?precedent={relais.pk}"
    debut = client.get(adresse).content.decode()
    assert "compté comme un renvoi" in debut and f'value="{caf.pk}"' not in debut
    fin = {"etape": "3", "envoyer": "oui", "fondement": "accord", **envoi, "institutions": [ailleurs.pk]}
    client.post(adresse, fin | {f"ligne-{ailleurs.pk}": ["nom"]})
    assert Relais.objects.get(precedent=relais).institution == ailleurs


def test_depuis_un_besoin_les_mots_de_la_personne_sont_repris(client, agent, nadia, caf):
    besoin = Besoin.objects.create(
        foyer=foyer_de(nadia), personne=nadia, sujet=LOGEMENT, canal="guichet", mots="Mon aide s’est arrêtée"
    )
    adresse = f"{page()}?besoin={besoin.pk}"
    un = client.post(adresse, {"etape": "1", "personne": nadia.pk, "sujet": LOGEMENT, "institutions": [caf.pk]})
    assert "Mon aide s’est arrêtée" in un.content.decode()


@pytest.mark.parametrize("role", [Role.ACCUEIL, Role.COORDINATION, Role.TECHNIQUE, Role.INTERLOCUTEUR])
def test_qui_ne_suit_pas_le_dossier_ne_voit_rien(client, dedans, arme, role):
    relais = un_relais(un_foyer(arme(role=Role.INTERLOCUTEUR), numero="2026-00009"), PartenaireFabrique())
    dedans(role=role)
    for adresse in (page("2026-00009"), reverse("agents:relais", args=[relais.pk])):
        assert client.get(adresse).status_code == 404
    assert client.post(reverse("agents:geste_relais", args=[relais.pk, "clore"]), {"etat": "abouti"}).status_code == 404
    if role == Role.INTERLOCUTEUR:
        assert "0 relais" in client.get(reverse("agents:relais_liste")).content.decode()


def test_suivre_relancer_ecrire_clore_et_noter_l_avis(client, agent, nadia, caf):
    accorder(nadia, caf, LOGEMENT)
    relais = un_relais(nadia, caf)
    attendre_la_reponse(relais)

    def geste(nom, **champs):
        return client.post(reverse("agents:geste_relais", args=[relais.pk, nom]), champs, follow=True).content.decode()

    assert "Le partenaire est relancé." in geste("relancer")
    assert "déjà été relancé aujourd’hui" in geste("relancer")
    assert "Le responsable est prévenu" in geste("prevenir")
    assert "Écrivez votre message." in geste("ecrire", texte="", pour_tous="oui")
    geste("ecrire", texte="Un mot pour tous", pour_tous="oui")
    suivi = geste("ecrire", texte="Entre nous", pour_tous="non")
    tous, entre = suivi.split("Messages entre professionnels")
    assert "Un mot pour tous" in tous and "Entre nous" in entre and "Entre nous" not in tous
    assert "abouti, aidé autrement ou sans suite" in geste("clore")
    assert "L’avis de la personne" in geste("clore", etat="abouti")
    assert "réglé, dit la personne" in geste("avis", avis="regle").lower()
    assert client.post(reverse("agents:geste_relais", args=[relais.pk, "danser"])).status_code == 404


def test_lire_un_relais_laisse_une_ligne_de_consultation(client, agent, nadia, caf):
    relais = un_relais(nadia, caf)
    client.head(reverse("agents:relais", args=[relais.pk]))
    client.get(reverse("agents:relais", args=[relais.pk]))
    (entree,) = Entree.objects.sur(relais)
    assert entree.consultation


def test_la_liste_se_filtre_et_le_tableur_ne_nomme_personne(client, agent, nadia, caf):
    accorder(nadia, caf, LOGEMENT)
    tard, clos, renvoi = (un_relais(nadia, caf, demande=f"Demande {mot}") for mot in ("tardive", "close", "rendue"))
    attendre_la_reponse(tard)
    passee = timezone.now() - dt.timedelta(days=4)
    Echeance.objects.update(debut=passee - dt.timedelta(days=9), limite=passee)
    clore(clos, par=agent.acteur, etat="abouti")
    repondre(renvoi, par=par_lien(renvoi), reponse="pas_pour_nous")
    un_message(tard, "MESSAGE")
    attendus = {"en_retard": {"tardive"}, "a_relancer": {"tardive", "rendue"}, "clos": {"close"}}
    for choix, mots in attendus.items():
        vue = client.get(reverse("agents:relais_liste"), {"etat": choix}).content.decode()
        assert {m for m in ("tardive", "close", "rendue") if f"Demande {m}" in vue} == mots, choix
    assert "En retard de 4 jours" in client.get(reverse("agents:relais_liste")).content.decode()
    tableur = client.get(reverse("agents:relais_tableur"), {"etat": ""}).content.decode()
    assert "2026-00001" in tableur
    assert not any(s in tableur for s in ("Nadia", "Ferrand", "Demande", "1234512", "MESSAGE"))


def test_la_liste_tient_en_un_nombre_fixe_de_requetes(client, agent, nadia, caf, django_assert_max_num_queries):
    for n in range(30):
        attendre_la_reponse(un_relais(nadia, caf, demande=f"Demande {n}"))
    with django_assert_max_num_queries(12):
        assert client.get(reverse("agents:relais_liste")).status_code == 200
