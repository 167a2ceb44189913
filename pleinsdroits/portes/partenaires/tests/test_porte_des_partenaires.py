"""Le partenaire lit ce qui est parti, et rien d'autre ; ouvrir ne change rien ; répondre tient en un bouton."""

import datetime as dt

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.core.cache import cache
from django.urls import get_resolver, reverse
from django.utils import timezone

from pleinsdroits.accueil.fabriques_relais import (
    LOGEMENT,
    PartenaireFabrique,
    accorder,
    foyer_de,
    un_agent_de,
    un_foyer,
    un_message,
    un_relais,
)
from pleinsdroits.accueil.horloge_relais import attendre_la_reponse
from pleinsdroits.accueil.models import Besoin, FichePartenaire, Relais
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.journal.models import Entree
from pleinsdroits.personnes.models import Accord, Adresse, Identifiant, Membre, Moyen, Personne
from pleinsdroits.socle.chiffre import empreinte

pytestmark = pytest.mark.django_db


@pytest.fixture
def caf():
    return PartenaireFabrique(nom="CAF d’exemple")


@pytest.fixture
def relais(caf):
    agent = AgentFabrique(role=Role.INTERLOCUTEUR, first_name="Claire", last_name="Dubosc")
    personne = un_foyer(agent, numero="2026-00001")
    accorder(personne, caf, LOGEMENT)
    envoye = un_relais(personne, caf)
    attendre_la_reponse(envoye)
    return envoye


@pytest.fixture
def chez_la_caf(client, caf):
    agent = un_agent_de(caf)
    TOTP.activate(agent, generate_totp_secret())
    client.force_login(agent)
    return agent


@pytest.fixture(autouse=True)
def _debit_neuf():
    cache.clear()


def lien(relais: Relais) -> str:
    return reverse("repondre", args=[relais.lien()])


def test_la_boite_montre_ce_qui_attend_puis_on_repond_en_un_bouton(client, chez_la_caf, relais):
    boite = client.get(reverse("partenaires:boite")).content.decode()
    assert "1 relais vous attend" in boite and "Nadia\u00a0F." in boite and "Ferrand" not in boite
    adresse = reverse("partenaires:relais", args=[relais.pk])
    page = client.get(adresse).content.decode()
    assert "Nadia Ferrand" in page and "••••12" in page and "1234512" not in page
    assert "<title>" in page and "Ferrand" not in page.split("</title>")[0]
    apres = client.post(adresse, {"geste": "repondre", "reponse": "pris_en_charge"}, follow=True).content.decode()
    assert "C’est noté." in apres and "Changer ma réponse" in apres
    relais.refresh_from_db()
    assert relais.etat == Relais.Etat.PRIS_EN_CHARGE


def test_le_lien_suffit_sans_compte(client, relais):
    assert "Je prends en charge" in client.get(lien(relais)).content.decode()
    client.post(lien(relais), {"geste": "repondre", "reponse": "pas_pour_nous"})
    relais.refresh_from_db()
    assert relais.etat == Relais.Etat.PAS_POUR_NOUS
    page = client.get(lien(relais)).content.decode()
    assert "Ce relais a déjà une réponse" in page and "Nadia" not in page and "••••12" not in page
    client.post(lien(relais), {"geste": "repondre", "reponse": "pris_en_charge", "changer": "oui"})
    relais.refresh_from_db()
    assert relais.etat == Relais.Etat.PRIS_EN_CHARGE


def test_une_machine_qui_ouvre_le_lien_ne_change_rien(client, relais):
    avant = Relais.objects.values().get(pk=relais.pk)
    for _fois in range(3):
        client.head(lien(relais))
    assert not Entree.objects.sur(relais).exists()
    client.get(lien(relais) + "?reponse=pris_en_charge&geste=repondre")
    assert Relais.objects.values().get(pk=relais.pk) == avant
    (entree,) = Entree.objects.sur(relais)
    assert entree.consultation and entree.verbe == "accueil.lire_un_relais"


def test_un_lien_perime_en_propose_un_neuf_et_ne_dit_rien(client, relais, django_capture_on_commit_callbacks):
    adresse = reverse("repondre", args=["x" * 64])
    perime, inconnu = client.get(lien_perime(relais)), client.get(adresse)
    assert perime.status_code == inconnu.status_code == 410
    assert "Ce lien a déjà servi ou n’est plus valable." in perime.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(adresse)
        assert not mail.outbox
        client.post(lien_perime(relais))
    (courriel,) = mail.outbox
    assert courriel.to == [relais.institution.courriel]


def lien_perime(relais: Relais) -> str:
    """Le lien tel qu'il avait été envoyé : son empreinte est restée, sa date est passée."""
    hier = timezone.now() - dt.timedelta(days=1)
    Relais.objects.filter(pk=relais.pk).update(jeton=empreinte("vieux-lien", "relais"), jeton_expire_le=hier)
    return reverse("repondre", args=["vieux-lien"])


def test_deviner_un_lien_s_arrete_vite(client):
    statuts = [client.get(reverse("repondre", args=[f"essai{n}"])).status_code for n in range(32)]
    assert statuts[0] == 410 and statuts[-1] == 429


def test_afficher_un_numero_le_montre_une_fois_et_le_note(client, relais):
    page = client.post(lien(relais), {"geste": "afficher", "cle": "numero-caf"}).content.decode()
    assert "1234512" in page and "1234512" not in client.get(lien(relais)).content.decode()
    assert Entree.objects.sur(relais).filter(verbe="accueil.afficher_un_numero").count() == 1


def test_l_accord_retire_la_page_ne_dit_plus_rien(client, chez_la_caf, relais):
    un_message(relais, "Message à ne plus lire")
    Accord.objects.update(retire_le=timezone.now())
    for adresse in (lien(relais), reverse("partenaires:relais", args=[relais.pk]), reverse("partenaires:boite")):
        page = client.get(adresse).content.decode()
        assert not any(s in page for s in ("Nadia", "suspendue", "rappel à la personne", "••••", "ne plus lire"))
    refus = client.post(lien(relais), {"geste": "afficher", "cle": "numero-caf"}, follow=True).content.decode()
    assert "1234512" not in refus


SECRETS = [
    *(
        "BESOIN-AUTRE",
        "RAISON-AUTRE",
        "SECOURS-ALIMENTAIRE",
        "KARIM",
        "SECRET-CONJOINT",
        "1980-SECRET",
        "06 99 11 11 11",
    ),
    *("karim@secret.invalid", "13 RUE CACHEE", "BATIMENT-CACHE", "CONSIGNE-DANGER", "NOM-DE-NAISSANCE", "9988776655"),
    *("MESSAGE-D-UN-AUTRE-RELAIS", "DEMANDE-D-UN-AUTRE", "ATTENDU-D-UN-AUTRE", "EXPLICATION-LEGALE", "2026-00001"),
    *("MOT-DU-FOYER", "0699111111"),
]


def _semer(relais: Relais) -> None:
    """Tout ce que le dossier sait d'autre : rien n'en est permis à ce partenaire."""
    foyer, personne = foyer_de(relais.personne), relais.personne
    Personne.objects.filter(pk=personne.pk).update(consigne="CONSIGNE-DANGER", nom_de_naissance="NOM-DE-NAISSANCE")
    champs = {"foyer": foyer, "personne": personne, "sujet": "famille", "canal": "guichet"}
    Besoin.objects.create(mots="BESOIN-AUTRE SECOURS-ALIMENTAIRE", raison="RAISON-AUTRE", **champs)
    karim = Personne.objects.create(prenom="KARIM", nom="SECRET-CONJOINT", consigne="1980-SECRET", contact_protege=True)
    Membre.objects.create(foyer=foyer, personne=karim, lien="conjoint")
    Moyen.objects.create(personne=karim, valeur="06 99 11 11 11", normal="0699111111")
    Moyen.objects.create(personne=karim, genre="courriel", valeur="karim@secret.invalid", normal="karim@secret.invalid")
    Adresse.objects.create(foyer=foyer, ligne="13 RUE CACHEE", complement="BATIMENT-CACHE MOT-DU-FOYER")
    Identifiant.objects.create(personne=personne, genre="fiscal", valeur="9988776655")
    autre = un_relais(
        personne,
        PartenaireFabrique(),
        demande="DEMANDE-D-UN-AUTRE",
        attendu="ATTENDU-D-UN-AUTRE",
        fondement="loi",
        motif_legal="continuite",
        explication="EXPLICATION-LEGALE",
    )
    un_message(autre, "MESSAGE-D-UN-AUTRE-RELAIS")


def test_aucun_octet_ne_depasse_ce_qui_est_permis(client, chez_la_caf, relais, django_capture_on_commit_callbacks):
    _semer(relais)
    octets = b""
    with django_capture_on_commit_callbacks(execute=True):
        for adresse in (lien(relais), reverse("partenaires:relais", args=[relais.pk])):
            octets += client.get(adresse).content
            octets += client.post(adresse, {"geste": "afficher", "cle": "numero-caf"}).content
            octets += client.post(adresse, {"geste": "repondre", "reponse": "pris_en_charge"}, follow=True).content
        for etat in ("", "pris_en_charge", "clos"):
            octets += client.get(reverse("partenaires:boite"), {"etat": etat}).content
        octets += client.get(reverse("partenaires:chiffres")).content + client.get(reverse("partenaires:fiche")).content
        octets += client.post(lien_perime(relais), follow=True).content
    assert mail.outbox
    octets += "".join(m.subject + m.body for m in mail.outbox).encode()
    assert b"Nadia" in octets
    assert [secret for secret in SECRETS if secret.encode() in octets] == []


def test_le_relais_d_une_autre_institution_n_existe_pas(client, chez_la_caf, relais):
    ailleurs = un_relais(relais.personne, PartenaireFabrique())
    assert client.get(reverse("partenaires:relais", args=[ailleurs.pk])).status_code == 404
    reponse = client.post(reverse("partenaires:relais", args=[ailleurs.pk]), {"geste": "repondre"})
    assert reponse.status_code == 404


def test_un_partenaire_ne_voit_aucune_page_des_agents(client, chez_la_caf, relais):
    permises = {"accueil", "mon_compte", "fermer_les_sessions", "invitation", "accepter_invitation"}
    agents = next(m for m in get_resolver().url_patterns if getattr(m, "namespace", "") == "agents")
    vues = 0
    for motif in _feuilles(agents):
        if motif.name in permises:
            continue
        valeurs = {nom: _valeur(conv) for nom, conv in motif.pattern.converters.items()}
        adresse = reverse(f"agents:{motif.name}", kwargs=valeurs)
        assert client.get(adresse).status_code == client.post(adresse).status_code == 404, adresse
        vues += 1
    assert vues > 15
    assert client.get(reverse("agents:accueil")).headers["Location"] == reverse("partenaires:boite")


def _feuilles(motifs):
    for motif in motifs.url_patterns:
        yield from _feuilles(motif) if hasattr(motif, "url_patterns") else [motif]


def _valeur(convertisseur) -> object:
    return 1 if type(convertisseur).__name__ == "IntConverter" else "x"


@pytest.mark.parametrize("role", [r for r in Role if r != Role.PARTENAIRE])
def test_la_porte_des_partenaires_n_existe_pas_pour_les_agents(client, relais, role):
    agent = AgentFabrique(role=role, institution=relais.institution)
    TOTP.activate(agent, generate_totp_secret())
    client.force_login(agent)
    for nom, args in (("boite", []), ("relais", [relais.pk]), ("chiffres", []), ("fiche", [])):
        assert client.get(reverse(f"partenaires:{nom}", args=args)).status_code == 404


def test_la_fiche_et_les_chiffres_sont_ceux_du_partenaire(client, chez_la_caf, caf, relais):
    donnees = {"note": "Le numéro d’allocataire suffit.", "identifiants": ["caf"]}
    assert client.post(reverse("partenaires:fiche"), donnees).status_code == 302
    assert FichePartenaire.objects.get(institution=caf).identifiants == ["caf"]
    faute = client.post(reverse("partenaires:fiche"), {"responsable": "Alex"}).content.decode()
    assert "Donnez le courriel de cette personne." in faute
    client.post(lien(relais), {"geste": "repondre", "reponse": "deja_fait"})
    assert "Pas encore assez de réponses pour le dire." in client.get(reverse("partenaires:chiffres")).content.decode()


def test_preciser_puis_clore(client, chez_la_caf, relais):
    adresse = reverse("partenaires:relais", args=[relais.pk])
    client.post(adresse, {"geste": "repondre", "reponse": "pris_en_charge"})
    vide = client.post(adresse, {"geste": "preciser", "pour_tous": "oui"}).content.decode()
    assert "Écrivez au moins une précision." in vide
    client.post(adresse, {"geste": "preciser", "texte": "Rendez-vous fixé", "pour_tous": "non"})
    assert relais.messages.get().pour_tous is False
    client.post(adresse, {"geste": "clore", "etat": "abouti"})
    relais.refresh_from_db()
    assert relais.etat == Relais.Etat.ABOUTI


def test_la_boite_tient_en_un_nombre_fixe_de_requetes(client, chez_la_caf, relais, django_assert_max_num_queries):
    for n in range(30):
        un_relais(relais.personne, relais.institution, demande=f"Demande {n}")
    with django_assert_max_num_queries(14):
        assert client.get(reverse("partenaires:boite")).status_code == 200
