"""Une demande d'aide au guichet : la saisir, demander ce qui manque une fois, la dire complète, la transmettre."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from pleinsdroits.aides.fabriques import DemandeFabrique, EditionFabrique
from pleinsdroits.aides.models import Demande
from pleinsdroits.comptes.models import Role
from pleinsdroits.journal.models import Entree
from pleinsdroits.personnes.fabriques import FoyerFabrique

pytestmark = pytest.mark.django_db


@pytest.fixture
def foyer():
    EditionFabrique()
    return FoyerFabrique(demandeur__nom="Ferrand")


def saisie(foyer, **champs):
    donnees = {
        "aide": "local_energie",
        "personne": foyer.demandeur().pk,
        "mots": "Plus de courant jeudi",
        "montant": "285",
        "canal": "guichet",
        "recue_le": timezone.localdate().isoformat(),
    }
    return donnees | champs


def deposer(client, foyer, **champs):
    return client.post(reverse("agents:nouvelle_aide", args=[foyer.numero]), saisie(foyer, **champs))


def lue(client, demande) -> str:
    return client.get(reverse("agents:aide", args=[demande.pk])).content.decode().replace("\u00a0", " ")


def geste(client, demande, nom):
    return client.post(reverse("agents:geste_d_aide", args=[demande.pk, nom]), follow=True)


def test_du_depot_au_dossier_complet_le_geste_principal_change(client, dedans, foyer):
    dedans(role=Role.ACCUEIL)
    assert deposer(client, foyer).status_code == 302
    demande = Demande.objects.get()
    assert "Demander ce qui manque" in lue(client, demande)
    client.post(reverse("agents:demander_les_pieces", args=[demande.pk]), {"version": demande.version})
    assert "Relancer la personne" in lue(client, demande)
    for piece in demande.pieces.all():
        client.post(reverse("agents:piece_d_aide", args=[demande.pk, piece.pk, "recevoir"]))
    assert "dire la demande complète" in lue(client, demande)
    geste(client, demande, "completer")
    demande.refresh_from_db()
    assert demande.etat == "complete"


def test_un_formulaire_papier_garde_sa_date_et_le_double_envoi_ne_depose_qu_une_fois(client, dedans, foyer):
    dedans(role=Role.ACCUEIL)
    hier = timezone.localdate() - dt.timedelta(days=3)
    page = client.get(reverse("agents:nouvelle_aide", args=[foyer.numero])).content.decode()
    jeton = page.split('name="jeton_unique" value="')[1].split('"')[0]
    for _fois in range(2):
        deposer(client, foyer, canal="papier", recue_le=hier.isoformat(), jeton_unique=jeton)
    assert timezone.localtime(Demande.objects.get().recue_le).date() == hier


@pytest.mark.parametrize(
    ("champs", "mot"),
    [
        ({"aide": ""}, "Choisissez une aide"),
        ({"montant": "-4"}, "ne peut pas être négatif"),
        ({"montant": "beaucoup"}, "Écrivez un nombre"),
        ({"recue_le": "2026-02-31"}, "existe pas"),
        ({"canal": "partenaire"}, "quel partenaire"),
    ],
)
def test_une_saisie_fausse_est_expliquee_et_rien_n_est_garde(client, dedans, foyer, champs, mot):
    dedans(role=Role.ACCUEIL)
    reponse = deposer(client, foyer, **champs)
    assert reponse.status_code == 422
    assert mot in reponse.content.decode()
    assert not Demande.objects.exists()


def test_l_instruction_ouvre_toute_demande_et_sa_lecture_est_consignee(client, dedans, foyer):
    dedans(role=Role.INSTRUCTEUR)
    demande = DemandeFabrique(foyer=foyer)
    assert "Ferrand" in lue(client, demande)
    assert Entree.objects.filter(verbe="aides.lire", cle_objet=str(demande.pk)).count() == 1


def test_l_interlocuteur_n_ouvre_que_les_demandes_de_ses_dossiers(client, dedans, foyer):
    agent = dedans(role=Role.INTERLOCUTEUR)
    ailleurs = DemandeFabrique(foyer=foyer)
    sienne = DemandeFabrique(foyer=FoyerFabrique(interlocuteur=agent))
    assert client.get(reverse("agents:aide", args=[ailleurs.pk])).status_code == 404
    assert client.get(reverse("agents:aide", args=[sienne.pk])).status_code == 200
    liste = client.get(reverse("agents:aides")).content.decode()
    assert sienne.reference in liste
    assert ailleurs.reference not in liste


def test_la_liste_et_le_tableur_ne_disent_aucun_nom(client, dedans, foyer):
    dedans(role=Role.INSTRUCTEUR)
    DemandeFabrique(foyer=foyer, urgence=True)
    for adresse in ("agents:aides", "agents:aides_tableur"):
        texte = b"".join(client.get(reverse(adresse))).decode()
        assert "A0" in texte
        assert "Ferrand" not in texte


def test_la_liste_se_filtre_et_ses_requetes_ne_grandissent_pas(client, dedans, django_assert_max_num_queries):
    dedans(role=Role.INSTRUCTEUR)
    EditionFabrique()
    DemandeFabrique.create_batch(12)
    urgente = DemandeFabrique(urgence=True)
    with django_assert_max_num_queries(16):
        page = client.get(reverse("agents:aides"), {"urgentes": "on"}).content.decode()
    assert urgente.reference in page
    assert page.count("/agents/aides/") < 12


def test_se_passer_d_une_piece_et_transmettre_demandent_une_raison(client, dedans, foyer):
    foyer.interlocuteur = dedans(role=Role.INSTRUCTEUR)
    foyer.save()
    deposer(client, foyer)
    demande = Demande.objects.get()
    piece = demande.pieces.first()
    vers = reverse("agents:dispenser_d_une_piece", args=[demande.pk, piece.pk])
    assert client.post(vers, {"raison": ""}).status_code == 422
    assert client.post(vers, {"raison": "Vue au guichet."}).status_code == 302
    vers = reverse("agents:transmettre_l_aide", args=[demande.pk])
    assert client.post(vers, {"a": ""}).status_code == 422
    client.post(vers, {"a": "CAF du Val-de-Marne", "version": ""})
    demande.refresh_from_db()
    assert demande.etat == "transmise"


def test_une_page_perimee_est_refusee_sans_rien_ecrire(client, dedans, foyer):
    foyer.interlocuteur = dedans(role=Role.INSTRUCTEUR)
    foyer.save()
    deposer(client, foyer)
    demande = Demande.objects.get()
    client.post(reverse("agents:demander_les_pieces", args=[demande.pk]), {"version": demande.version - 1})
    demande.refresh_from_db()
    assert demande.etat == "recue"


def test_la_lettre_a_un_nom_de_fichier_qui_ne_nomme_personne(client, dedans, foyer):
    dedans(role=Role.ACCUEIL)
    deposer(client, foyer)
    demande = Demande.objects.get()
    vers = reverse("agents:lettre_d_aide", args=[demande.pk, "accuse"])
    assert client.get(vers).status_code == 404
    geste(client, demande, "accuser")
    reponse = client.get(vers)
    assert reponse["Content-Type"] == "application/pdf"
    assert "Ferrand" not in reponse["Content-Disposition"]


def test_apres_l_accord_la_page_recoit_encore_la_piece_que_le_paiement_attend(client, dedans):
    dedans(role=Role.INSTRUCTEUR)
    EditionFabrique()
    demande = DemandeFabrique(notifiee=True, montant_accorde=80)
    demande.pieces.all().delete()
    attendue = demande.pieces.create(libelle="contrat d’énergie", etat="demandee")
    adresse = reverse("agents:aide", args=[demande.pk])
    recevoir = reverse("agents:piece_d_aide", args=[demande.pk, attendue.pk, "recevoir"])
    dispenser = reverse("agents:dispenser_d_une_piece", args=[demande.pk, attendue.pk])
    page = client.get(adresse).content.decode()
    assert recevoir in page and dispenser in page
    client.post(recevoir)
    attendue.refresh_from_db()
    apres = client.get(adresse).content.decode()
    assert attendue.etat == "recue" and recevoir not in apres and "Ce n’est pas la bonne" not in apres
