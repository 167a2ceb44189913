"""Tenir un dossier : adresse, numéros, papier pour une personne, deux fiches pour une, liste ; et ce que l'accueil ne reçoit pas."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from pleinsdroits.accueil.fabriques_relais import PartenaireFabrique, un_relais
from pleinsdroits.accueil.models import Besoin, Message
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.demarches.fabriques import DemarcheFabrique
from pleinsdroits.echeances.fabriques import EcheanceFabrique
from pleinsdroits.journal.models import Entree
from pleinsdroits.personnes.fabriques import FoyerFabrique, MembreFabrique, PersonneFabrique
from pleinsdroits.personnes.models import Adresse, Foyer, Fusion, Identifiant, Papier

pytestmark = pytest.mark.django_db
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF"
)


def _texte(reponse):
    return reponse.content.decode().replace("\u00a0", " ")


@pytest.fixture
def suivi(dedans):
    """L'interlocuteur connecté et son dossier, au nom de Nadia Ferrand."""
    agent = dedans(role=Role.INTERLOCUTEUR)
    nadia = PersonneFabrique(prenom="Nadia", nom="Ferrand", telephone="06 39 98 00 12")
    return FoyerFabrique(numero="2025-0417", interlocuteur=agent, demandeur=nadia)


def test_une_nouvelle_adresse_garde_l_ancienne_avec_ses_dates(client, suivi):
    adresse = reverse("agents:adresse", args=[suivi.numero])
    for rang, ligne in enumerate(("1 rue de l’Exemple", "2 rue du Modèle")):
        du = timezone.localdate() - dt.timedelta(days=60 - 30 * rang)
        envoi = {"genre": "logement", "ligne": ligne, "code_postal": "94200", "commune": "Ivry", "du": str(du)}
        assert client.post(adresse, envoi).status_code == 302
    page = _texte(client.get(adresse))
    assert "1 rue de l’Exemple" in page and "2 rue du Modèle" in page
    assert Adresse.objects.filter(foyer=suivi, au__isnull=True).get().ligne == "2 rue du Modèle"


def test_un_numero_reste_cache_tant_qu_on_ne_le_demande_pas_et_cela_se_consigne(client, suivi):
    nadia = Foyer.demandeur(suivi)
    adresse = reverse("agents:numeros", args=[suivi.numero, nadia.pk])
    client.post(adresse, {"geste": "noter", "genre": "caf", "valeur": "1234567"})
    cle = Identifiant.objects.get().pk
    assert "1234567" not in _texte(client.get(adresse))
    assert "1234567" in _texte(client.post(adresse, {"montrer": cle}))
    ligne = Entree.objects.sur(nadia).get(verbe="personnes.afficher_un_numero")
    assert ligne.consultation and "1234567" not in str(vars(ligne))


def test_un_numero_faux_est_dit_au_champ_et_rien_n_est_garde(client, suivi):
    adresse = reverse("agents:numeros", args=[suivi.numero, Foyer.demandeur(suivi).pk])
    refus = client.post(adresse, {"geste": "noter", "genre": "caf", "valeur": "12"})
    assert refus.status_code == 422 and "7 chiffres" in _texte(refus) and not Identifiant.objects.exists()


def test_l_accueil_ne_lit_aucun_numero(client, dedans, suivi):
    dedans(role=Role.ACCUEIL)
    adresse = reverse("agents:numeros", args=[suivi.numero, Foyer.demandeur(suivi).pk])
    assert client.get(adresse).status_code == 404


def test_la_feuille_d_une_personne_ne_dit_rien_de_l_autre_adulte_ni_entre_professionnels(client, suivi):
    nadia, paul = Foyer.demandeur(suivi), PersonneFabrique(prenom="Paul", nom="Ferrand")
    MembreFabrique(foyer=suivi, personne=paul, lien="conjoint")
    Besoin.objects.create(foyer=suivi, personne=nadia, mots="Payer la cantine", sujet="famille", canal="web")
    Besoin.objects.create(foyer=suivi, personne=paul, mots="Sortir de prison", sujet="famille", canal="web")
    DemarcheFabrique(foyer=suivi, personne=paul, droit="aah")
    relais = un_relais(nadia, PartenaireFabrique(), demande="Cantine impayée")
    Message.objects.create(relais=relais, auteur_genre="agent", texte="Note entre nous", pour_tous=False)
    adresse = reverse("agents:imprimer_le_dossier", args=[suivi.numero])
    sections = ["besoins", "rendez_vous", "droits", "relais", "accords", "papiers", "contacts"]
    feuille = _texte(client.get(adresse, {"personne": nadia.pk, "sections": sections}))
    assert "Payer la cantine" in feuille and "Cantine impayée" in feuille
    for tu in ("Sortir de prison", "Paul", "Note entre nous", "handicap"):
        assert tu not in feuille
    assert Entree.objects.sur(suivi).filter(verbe="personnes.imprimer_le_dossier").count() == 1


def test_la_feuille_refuse_une_personne_d_un_autre_foyer(client, suivi):
    autre = Foyer.demandeur(FoyerFabrique())
    adresse = reverse("agents:imprimer_le_dossier", args=[suivi.numero])
    refus = client.get(adresse, {"personne": autre.pk, "sections": ["besoins"]})
    assert refus.status_code == 422 and autre.nom not in _texte(refus).split("<main")[1]


def test_deux_fiches_se_reunissent_puis_se_separent_sans_rien_perdre(client, suivi):
    nadia = Foyer.demandeur(suivi)
    double = PersonneFabrique(prenom="Nadya", nom="Ferrand")
    autre = FoyerFabrique(numero="2025-0900", interlocuteur=suivi.interlocuteur, demandeur=double)
    besoin = Besoin.objects.create(foyer=autre, personne=double, mots="Une dette", sujet="famille", canal="web")
    adresse = reverse("agents:reunir", args=[suivi.numero])
    assert "C’est la même personne" in _texte(client.post(adresse, {"autre": autre.numero}))
    client.post(adresse, {"autre": autre.numero, "gardee": nadia.pk, "absorbee": double.pk})
    besoin.refresh_from_db()
    assert besoin.personne == nadia and besoin.foyer == suivi
    client.post(reverse("agents:defaire_une_reunion", args=[suivi.numero, Fusion.objects.get().pk]))
    besoin.refresh_from_db()
    assert besoin.personne == double and besoin.foyer == autre


def test_on_ne_reunit_pas_avec_un_dossier_que_l_on_ne_suit_pas(client, suivi):
    etranger = FoyerFabrique(numero="2025-0900", demandeur__nom="Secret")
    refus = client.post(reverse("agents:reunir", args=[suivi.numero]), {"autre": etranger.numero})
    assert refus.status_code == 422 and "Secret" not in _texte(refus)


def test_la_liste_se_filtre_et_s_emporte_sans_aucun_nom(client, suivi):
    EcheanceFabrique(en_retard=True, dossier=suivi.pk, responsable=suivi.interlocuteur)
    calme = FoyerFabrique(numero="2025-0900", interlocuteur=suivi.interlocuteur, demandeur__nom="Calme")
    liste = reverse("agents:dossiers")
    tous, retard = _texte(client.get(liste)), _texte(client.get(liste, {"choix": "retard"}))
    assert "Nadia Ferrand" in tous and calme.numero in tous and "En retard de 4 jours" in tous
    assert suivi.numero in retard and calme.numero not in retard
    tableur = client.get(reverse("agents:dossiers_tableur")).content.decode()
    assert suivi.numero in tableur and "Ferrand" not in tableur and "Calme" not in tableur


def test_l_interlocuteur_ne_voit_dans_sa_liste_que_ses_dossiers(client, suivi):
    FoyerFabrique(numero="2025-0900", demandeur__nom="Ailleurs")
    assert "2025-0900" not in _texte(client.get(reverse("agents:dossiers")))


def test_l_accueil_ne_recoit_ni_papier_ni_relais_ni_euros_sur_aucune_page_du_dossier(client, dedans, suivi):
    nadia = Foyer.demandeur(suivi)
    un_relais(nadia, PartenaireFabrique(nom="Caisse plantée"), demande="Demande plantée")
    DemarcheFabrique(foyer=suivi, deposee=True)
    Papier.objects.create(
        foyer=suivi,
        personne=nadia,
        sorte="jugement",
        precision="Papier planté",
        finalite="Aide",
        donne_par="elle",
        fichier="cle-plantee",
        genre="application/pdf",
        taille=10,
    )
    EcheanceFabrique(dossier=suivi.pk, quoi="Étape plantée", responsable=suivi.interlocuteur)
    dedans(role=Role.ACCUEIL)
    pages = ("dossier", "histoire", "papiers", "accords", "imprimer_le_dossier", "membres")
    lues = [_texte(client.get(reverse(f"agents:{p}", args=[suivi.numero]))).split("<main")[1] for p in pages]
    feuille = reverse("agents:imprimer_le_dossier", args=[suivi.numero])
    lues.append(_texte(client.get(feuille, {"personne": nadia.pk, "sections": ["besoins", "accords"]})))
    assert client.get(feuille, {"personne": nadia.pk, "sections": ["papiers"]}).status_code == 422
    for page in lues:
        for tu in ("Demande plantée", "Papier planté", "Étape plantée", "398,38", "soutien familial", "jugement</li>"):
            assert tu not in page


def test_un_papier_envoye_deux_fois_n_est_garde_qu_une_fois(client, suivi):
    adresse = reverse("agents:papiers", args=[suivi.numero])
    for _fois in range(2):
        fichier = SimpleUploadedFile("piece.pdf", PDF, content_type="application/pdf")
        champs = {"sorte": "identite", "finalite": "Aide", "vu_par": "interlocuteur", "jeton_unique": "le-meme"}
        assert client.post(adresse, {**champs, "fichier": fichier}).status_code == 302
    assert Papier.objects.count() == 1


def test_la_recherche_est_en_haut_pour_qui_recoit_et_pour_eux_seuls(client, dedans):
    for role, attendue in ((Role.ACCUEIL, True), (Role.INTERLOCUTEUR, True), (Role.TECHNIQUE, False)):
        dedans(role=role)
        assert ('id="q-tete"' in _texte(client.get(reverse("agents:mon_compte")))) is attendue


def test_hors_du_perimetre_aucune_page_du_dossier_ne_s_ouvre(client, suivi):
    etranger = FoyerFabrique(
        numero="2025-0900", demandeur__nom="Secret", interlocuteur=AgentFabrique(interlocuteur=True)
    )
    for nom in ("histoire", "imprimer_le_dossier", "adresse", "reunir", "membres", "accords", "papiers"):
        assert client.get(reverse(f"agents:{nom}", args=[etranger.numero])).status_code == 404, nom
    cle = Foyer.demandeur(etranger).pk
    for nom in ("personne", "joindre", "numeros", "lien_personnel"):
        assert client.get(reverse(f"agents:{nom}", args=[etranger.numero, cle])).status_code == 404, nom
        assert client.get(reverse(f"agents:{nom}", args=[suivi.numero, cle])).status_code == 404, nom
