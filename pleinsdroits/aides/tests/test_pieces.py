"""Les pièces : demandées une fois, relancées une fois, reçues ; le délai du silence s'arrête et repart."""

import datetime as dt
from io import BytesIO

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pleinsdroits.aides.actions import pieces
from pleinsdroits.aides.actions.deposer import deposer
from pleinsdroits.aides.fabriques import DemandeFabrique, EditionFabrique
from pleinsdroits.aides.lettres.suite import lettre_en_pdf, lettres_de
from pleinsdroits.aides.models import Demande, DureeEtape, PieceDemandee
from pleinsdroits.aides.taches import relancer_ce_qui_manque
from pleinsdroits.aides.tests.etudes import instruction
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.droits.papier.tests.lire_pdf import texte
from pleinsdroits.personnes.fabriques import FoyerFabrique
from pleinsdroits.personnes.models import Adresse, Papier

pytestmark = pytest.mark.django_db
SYSTEME = Acteur.systeme("essai")


@pytest.fixture
def demande():
    EditionFabrique()
    foyer = FoyerFabrique()
    return deposer(
        None, par=SYSTEME, foyer=foyer, personne=foyer.demandeur(), aide="local_energie", canal="guichet",
        recue_le=timezone.now() - dt.timedelta(days=3),
    )  # fmt: skip


def tout_recevoir(demande):
    for piece in demande.pieces.all():
        pieces.recevoir_une_piece(demande, par=SYSTEME, piece=piece)


def test_ce_qui_manque_est_demande_en_une_fois_et_le_silence_attend(demande):
    silence = demande.silence_le
    faite = pieces.demander_les_pieces(demande, par=instruction())
    assert faite.etat == "incomplete"
    assert set(faite.pieces.values_list("etat", flat=True)) == {"demandee"}
    assert faite.silence_le == silence + dt.timedelta(days=15)
    assert faite.pieces_avant_le == timezone.localdate() + dt.timedelta(days=15)


def test_les_pieces_ne_se_demandent_pas_deux_fois(demande):
    pieces.demander_les_pieces(demande, par=instruction())
    with pytest.raises(ValidationError, match="déjà été demandées"):
        pieces.demander_les_pieces(demande, par=instruction())


def test_tout_donner_plus_tot_rend_les_jours_au_delai_du_silence(demande):
    silence = demande.silence_le
    pieces.demander_les_pieces(demande, par=instruction())
    tout_recevoir(demande)
    complete = pieces.declarer_complete(demande, par=instruction())
    assert complete.etat == "complete"
    assert complete.silence_le == silence
    assert DureeEtape.objects.get(demande=demande.pk, etape="completer").jours == 3


def test_declarer_complete_cite_les_pieces_qui_manquent(demande):
    with pytest.raises(ValidationError, match="facture"):
        pieces.declarer_complete(demande, par=instruction())


def test_une_demande_dont_tout_est_deja_la_est_complete_depuis_son_depot(demande):
    demande.pieces.update(etat="recue", recue_le=demande.recue_le - dt.timedelta(days=30))
    complete = pieces.declarer_complete(demande, par=instruction())
    assert complete.complete_le == demande.recue_le


def test_une_dispense_a_une_raison(demande):
    piece = demande.pieces.first()
    with pytest.raises(ValidationError, match="pourquoi"):
        pieces.dispenser(demande, par=instruction(), piece=piece, raison=" ")
    pieces.dispenser(demande, par=instruction(), piece=piece, raison="Le fournisseur l’a confirmé au téléphone.")
    piece.refresh_from_db()
    assert piece.etat == PieceDemandee.Etat.DISPENSEE


def test_un_papier_d_un_autre_dossier_ou_perime_est_refuse(demande):
    piece = demande.pieces.first()
    ailleurs = Papier(foyer=FoyerFabrique(), sorte="facture")
    with pytest.raises(ValidationError, match="autre dossier"):
        pieces.recevoir_une_piece(demande, par=instruction(), piece=piece, papier=ailleurs)
    perime = Papier(foyer=demande.foyer, sorte="facture", valable_jusqu_au=dt.date(2026, 1, 31))
    with pytest.raises(ValidationError, match="31 janvier 2026"):
        pieces.recevoir_une_piece(demande, par=instruction(), piece=piece, papier=perime)


def test_une_piece_qui_n_etait_pas_la_bonne_se_redemande(demande):
    tout_recevoir(demande)
    complete = pieces.declarer_complete(demande, par=instruction())
    pieces.redemander_une_piece(complete, par=instruction(), piece=demande.pieces.first())
    assert pieces.demander_les_pieces(complete, par=instruction()).etat == "incomplete"


@pytest.mark.parametrize("jours", [0, 3, 90])
def test_le_temps_donne_est_raisonnable(demande, jours):
    with pytest.raises(ValidationError, match="entre le"):
        pieces.demander_les_pieces(demande, par=instruction(), avant_le=timezone.localdate() + dt.timedelta(days=jours))
    assert Demande.objects.get().etat == "recue"


def test_la_relance_part_une_fois_au_bout_d_une_semaine(demande):
    pieces.demander_les_pieces(demande, par=instruction())
    assert relancer_ce_qui_manque() == 0
    demande.pieces.update(demandee_le=timezone.now() - dt.timedelta(days=8))
    assert relancer_ce_qui_manque() == 1
    assert relancer_ce_qui_manque() == 0
    with pytest.raises(ValidationError, match="déjà partie"):
        pieces.relancer(demande, par=instruction())


def test_une_demande_mal_adressee_est_transmise_et_la_personne_le_sait(demande):
    with pytest.raises(ValidationError, match="quelle administration"):
        pieces.transmettre(demande, par=instruction(), a=" ")
    faite = pieces.transmettre(demande, par=instruction(), a="Conseil départemental du Val-de-Marne")
    assert faite.etat == "transmise"
    lu = " ".join(texte(lettre_en_pdf(faite, "transmission")).split())
    assert "L114-2" in lu
    assert "Conseil départemental" in lu


def test_une_demande_decidee_ne_se_transmet_plus_et_ses_pieces_ne_changent_plus():
    decidee = DemandeFabrique(refusee=True)
    with pytest.raises(ValidationError):
        pieces.transmettre(decidee, par=instruction(), a="CAF")
    with pytest.raises(ValidationError, match="ne changent plus"):
        pieces.dispenser(decidee, par=instruction(), piece=PieceDemandee(pk=1), raison="sans raison")


def test_la_personne_renonce_a_sa_demande_et_a_elle_seule(demande):
    autre = Acteur.personne(str(FoyerFabrique().demandeur().pk))
    with pytest.raises(PermissionDenied):
        pieces.laisser(demande, par=autre)
    assert pieces.laisser(demande, par=Acteur.personne(str(demande.personne_id))).etat == "sans_objet"


def test_l_accueil_recoit_mais_ne_dispense_pas(demande):
    accueil = AgentFabrique(role=Role.ACCUEIL).acteur
    pieces.recevoir_une_piece(demande, par=accueil, piece=demande.pieces.first())
    with pytest.raises(PermissionDenied):
        pieces.dispenser(demande, par=accueil, piece=demande.pieces.last(), raison="Elle l’a perdue.")


def test_la_lettre_des_pieces_les_liste_et_dit_ce_que_vaut_le_silence(demande):
    Adresse.objects.create(
        foyer=demande.foyer, ligne="12 rue de l’Exemple", code_postal="94200", commune="Ivry-sur-Seine"
    )
    faite = pieces.demander_les_pieces(demande, par=instruction())
    assert lettres_de(faite) == ["accuse", "pieces"]
    octets = lettre_en_pdf(faite, "pieces")
    lu = " ".join(texte(octets).split())
    assert "facture" in lu
    assert "L231-4" in lu
    assert "12 rue de l’Exemple" in lu
    with pikepdf.open(BytesIO(octets)) as pdf:
        assert pdf.Root.MarkInfo.Marked


def test_la_lettre_d_une_personne_protegee_ne_porte_aucune_adresse(demande):
    Adresse.objects.create(foyer=demande.foyer, ligne="12 rue Secrète", code_postal="94200", commune="Ivry")
    personne = demande.personne
    personne.contact_protege, personne.consigne = True, "Appeler le matin."
    personne.save()
    demande.refresh_from_db()
    pieces.accuser_reception(demande, par=instruction())
    lu = texte(lettre_en_pdf(demande, "accuse"))
    assert "Secrète" not in lu
    assert "main propre" in lu


def test_une_faute_sur_une_demande_n_arrete_pas_les_autres_relances(demande, monkeypatch):
    autre = FoyerFabrique()
    seconde = deposer(None, par=SYSTEME, foyer=autre, personne=autre.demandeur(), aide="local_energie", canal="guichet")
    for une in (demande, seconde):
        pieces.demander_les_pieces(une, par=instruction())
    PieceDemandee.objects.update(demandee_le=timezone.now() - dt.timedelta(days=8))
    vrai = pieces.relancer

    def capricieux(relancee, *, par):
        if relancee.pk == demande.pk:
            raise RuntimeError("panne")
        return vrai(relancee, par=par)

    monkeypatch.setattr("pleinsdroits.aides.taches.relancer", capricieux)
    assert relancer_ce_qui_manque() == 1
    assert not demande.pieces.filter(relancee_le__isnull=False) and seconde.pieces.filter(relancee_le__isnull=False)
