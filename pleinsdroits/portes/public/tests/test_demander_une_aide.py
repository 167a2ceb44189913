"""Demander une aide depuis son dossier, la suivre, envoyer un papier, renoncer : la personne, et elle seule."""

import json
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from pleinsdroits.aides.actions.instruire import proposer
from pleinsdroits.aides.actions.pieces import demander_les_pieces
from pleinsdroits.aides.fabriques import DecisionFabrique, DemandeFabrique, EditionFabrique, LigneBudgetaireFabrique
from pleinsdroits.aides.models import Demande, EditionDuReglement, PieceDemandee
from pleinsdroits.aides.tests.etudes import BUDGET, edition, instruction
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.personnes.fabriques import FoyerFabrique, MembreFabrique, PersonneFabrique, SituationDateeFabrique
from pleinsdroits.personnes.models import LienPersonnel, Papier

pytestmark = pytest.mark.django_db
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF"
)


@pytest.fixture
def foyer(db):
    cache.clear()
    EditionFabrique()
    return FoyerFabrique(demandeur__prenom="Nadia", demandeur__nom="Ferrand")


@pytest.fixture
def dedans(client, foyer):
    _lien, jeton = LienPersonnel.fabriquer(foyer.demandeur(), foyer.pk, "imprime")
    client.post(reverse("entrer", args=[jeton]), {"reponse": "12/03/1992"})
    return client


def demander(client, **champs):
    donnees = {"aide": "local_energie", "mots": "Plus de courant jeudi", "montant": "285", **champs}
    return client.post(reverse("public:demander_une_aide"), donnees, follow=True)


def test_demander_puis_lire_la_suite_et_la_preuve(dedans):
    reponse = demander(dedans)
    texte = reponse.content.decode()
    demande = Demande.objects.get()
    assert (demande.canal, demande.montant_demande) == ("web", Decimal("285.00"))
    assert "Votre demande est reçue" in texte
    assert demande.reference in texte
    preuve = dedans.get(reverse("public:lettre_de_mon_aide", args=[demande.pk, "accuse"]))
    assert preuve["Content-Type"] == "application/pdf"
    assert "Vos aides du CCAS" in dedans.get(reverse("public:mon_dossier")).content.decode()


def test_un_double_appui_ne_depose_qu_une_demande(dedans):
    page = dedans.get(reverse("public:demander_une_aide")).content.decode()
    jeton = page.split('name="jeton_unique" value="')[1].split('"')[0]
    demander(dedans, jeton_unique=jeton)
    demander(dedans, jeton_unique=jeton)
    assert Demande.objects.count() == 1


@pytest.mark.parametrize(
    ("champs", "mot"),
    [({"aide": ""}, "Choisissez une aide"), ({"montant": "-3"}, "négatif"), ({"montant": "abc"}, "Écrivez un nombre")],
)
def test_une_demande_fausse_est_expliquee(dedans, champs, mot):
    reponse = demander(dedans, **champs)
    assert reponse.status_code == 422
    assert mot in reponse.content.decode()
    assert not Demande.objects.exists()


def test_la_meme_aide_ne_se_demande_pas_deux_fois(dedans):
    demander(dedans)
    reponse = demander(dedans)
    assert reponse.status_code == 422
    assert "déjà demandée" in reponse.content.decode()


def test_envoyer_le_papier_demande_le_garde_et_ne_le_redemande_plus(dedans):
    demander(dedans)
    demande = Demande.objects.get()
    demander_les_pieces(demande, par=Acteur.systeme("essai"))
    assert "Papier à envoyer" in dedans.get(reverse("public:mon_dossier")).content.decode()
    piece = demande.pieces.get(libelle="facture")
    vers = reverse("public:envoyer_un_papier", args=[demande.pk, piece.pk])
    assert dedans.post(vers, {}).status_code == 422
    dedans.post(vers, {"fichier": SimpleUploadedFile("facture.pdf", PDF)})
    piece.refresh_from_db()
    assert piece.etat == PieceDemandee.Etat.RECUE
    assert piece.papier.sorte == Papier.Sorte.FACTURE
    assert dedans.get(vers).status_code == 404


def test_un_fichier_refuse_ne_laisse_rien(dedans):
    demander(dedans)
    piece = Demande.objects.get().pieces.first()
    vers = reverse("public:envoyer_un_papier", args=[Demande.objects.get().pk, piece.pk])
    reponse = dedans.post(vers, {"fichier": SimpleUploadedFile("x.exe", b"MZ")})
    assert reponse.status_code == 422
    assert not Papier.objects.exists()


def test_renoncer_dit_d_abord_ce_que_cela_change(dedans):
    demander(dedans)
    demande = Demande.objects.get()
    vers = reverse("public:renoncer_a_mon_aide", args=[demande.pk])
    assert "ne changent pas" in dedans.get(vers).content.decode()
    dedans.post(vers)
    demande.refresh_from_db()
    assert demande.etat == "sans_objet"


def test_la_demande_d_un_autre_adulte_du_foyer_ne_se_lit_pas(dedans, foyer):
    conjoint = PersonneFabrique()
    MembreFabrique(foyer=foyer, personne=conjoint, lien="conjoint")
    autre = DemandeFabrique(foyer=foyer, personne=conjoint)
    assert dedans.get(reverse("public:mon_aide", args=[autre.pk])).status_code == 404
    assert autre.reference not in dedans.get(reverse("public:mon_dossier")).content.decode()


def test_sans_etre_entre_on_ne_depose_rien(client, foyer):
    assert client.post(reverse("public:demander_une_aide"), {"aide": "local_energie"}).status_code == 404
    assert not Demande.objects.exists()


def test_la_decision_ne_se_lit_qu_une_fois_la_lettre_partie(dedans, foyer):
    decidee = DemandeFabrique(foyer=foyer, accordee=True)
    vers = reverse("public:mon_aide", args=[decidee.pk])
    assert "Accordée" not in dedans.get(vers).content.decode()
    DemandeFabrique(foyer=foyer, notifiee=True, aide="local_hygiene")
    assert "Accordée" in dedans.get(reverse("public:mon_dossier")).content.decode()


def test_la_lettre_partie_la_personne_lit_le_montant_les_raisons_et_les_recours(dedans, foyer):
    demande = DemandeFabrique(foyer=foyer, accordee=True)
    decision = DecisionFabrique(demande=demande)
    vers = reverse("public:mon_aide", args=[demande.pk])
    lettre = reverse("public:lettre_de_mon_aide", args=[demande.pk, "decision"])
    assert "250" not in dedans.get(vers).content.decode()
    assert dedans.get(lettre).status_code == 404
    decision.notifiee_le = timezone.now()
    decision.save()
    lu = dedans.get(vers).content.decode().replace("\u00a0", " ")
    assert "250,00 €" in lu and "sous le seuil du règlement" in lu and "tribunal administratif" in lu
    assert dedans.get(lettre)["Content-Type"] == "application/pdf"


def test_la_lettre_partie_la_personne_lit_toute_la_regle_son_cas_et_qui_a_decide(dedans, foyer):
    foyer = _avec_un_calcul(foyer)
    demande = DemandeFabrique(foyer=foyer, complete=True, montant_demande=Decimal(285))
    LigneBudgetaireFabrique()
    proposer(demande, par=instruction(), montant=Decimal(250))
    demande.refresh_from_db()
    decision = DecisionFabrique(demande=demande, ligne=None, notifiee_le=None)
    vers = reverse("public:mon_aide", args=[demande.pk])
    assert "C’est votre cas" not in dedans.get(vers).content.decode()
    decision.notifiee_le = timezone.now()
    decision.save()
    lu = dedans.get(vers).content.decode().replace("\u00a0", " ")
    assert lu.count("C’est votre cas") == 1 and "Moins de 9 €" in lu and "Au moins 9 €" in lu
    assert "On compare : ce qui reste pour vivre, par jour et par personne." in lu
    assert "Pour cette aide, un foyer comme le vôtre peut avoir 300 € par an au plus (article 12)." in lu
    assert "C’est le groupe qui décide des aides (la commission permanente) qui a décidé" in lu


def _avec_un_calcul(foyer):
    """Le budget Ferrand et un règlement chiffré, à la place de l’exemple."""
    EditionDuReglement.objects.all().delete()
    edition()
    SituationDateeFabrique(foyer=foyer, situation=json.dumps(BUDGET))
    return foyer
