"""Une pièce qui n'est pas indispensable n'arrête pas l'étude ; l'aide accordée l'attend (CRPA L114-5-1)."""

import copy
import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from pleinsdroits.aides.actions import pieces
from pleinsdroits.aides.actions.deposer import deposer
from pleinsdroits.aides.actions.paiements import preparer_le_paiement
from pleinsdroits.aides.etude import verifier_prete
from pleinsdroits.aides.fabriques import DecisionFabrique, DemandeFabrique, EditionFabrique
from pleinsdroits.aides.lettres.decision import corps_de_la_lettre
from pleinsdroits.aides.lettres.suite import lettre
from pleinsdroits.aides.models import EditionDuReglement
from pleinsdroits.aides.taches import relancer_ce_qui_manque
from pleinsdroits.aides.tests.etudes import instruction
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.droits.reglement.modele import Piece, Reglement
from pleinsdroits.personnes.fabriques import FoyerFabrique

pytestmark = pytest.mark.django_db
SYSTEME = Acteur.systeme("essai")
SUIT = {"nom": "contrat d’énergie", "indispensable": False}


def regle(*papiers) -> EditionDuReglement:
    edition = EditionFabrique()
    document = copy.deepcopy(edition.document)
    next(a for a in document["aides"] if a["id"] == "local_energie")["pieces"] = list(papiers)
    EditionDuReglement.objects.filter(pk=edition.pk).update(document=document)
    return EditionDuReglement.objects.get(pk=edition.pk)


def deposee():
    foyer = FoyerFabrique()
    return deposer(
        None, par=SYSTEME, foyer=foyer, personne=foyer.demandeur(), aide="local_energie", canal="guichet",
        recue_le=timezone.now() - dt.timedelta(days=3),
    )  # fmt: skip


def piece_(demande, nom):
    return demande.pieces.get(libelle=nom)


def test_les_editions_d_avant_gardent_toutes_leurs_pieces_indispensables():
    document = EditionFabrique().document
    lues = Reglement.model_validate(document).aide("local_energie").pieces
    assert lues and all(p.indispensable for p in lues)
    assert Piece.model_validate("facture") == Piece(nom="facture")


def test_seules_des_pieces_qui_suivent_manquent_l_etude_commence_et_le_delai_court():
    regle(SUIT)
    demande = deposee()
    silence = demande.silence_le
    faite = pieces.demander_les_pieces(demande, par=instruction())
    assert (faite.etat, faite.silence_le) == ("complete", silence)
    assert piece_(faite, "contrat d’énergie").etat == "demandee"
    verifier_prete(faite)
    with pytest.raises(ValidationError, match="déjà été demandées"):
        pieces.demander_les_pieces(faite, par=instruction())
    faite.pieces.update(demandee_le=timezone.now() - dt.timedelta(days=8))
    assert (relancer_ce_qui_manque(), relancer_ce_qui_manque()) == (1, 0)


def test_une_piece_indispensable_arrete_le_delai_et_suffit_a_le_faire_repartir():
    regle("facture", SUIT)
    demande = deposee()
    silence = demande.silence_le
    faite = pieces.demander_les_pieces(demande, par=instruction())
    assert faite.etat == "incomplete" and faite.silence_le > silence
    with pytest.raises(ValidationError, match="facture"):
        pieces.declarer_complete(faite, par=instruction())
    pieces.recevoir_une_piece(faite, par=SYSTEME, piece=piece_(faite, "facture"))
    complete = pieces.declarer_complete(faite, par=instruction())
    assert (complete.etat, complete.silence_le) == ("complete", silence)
    verifier_prete(complete)


def test_la_lettre_dit_ce_qui_arrete_le_delai_et_ce_qui_peut_suivre():
    regle("facture", SUIT)
    mixte = " ".join(lettre(pieces.demander_les_pieces(deposee(), par=instruction()), "pieces").paragraphes)
    assert "contrat d’énergie" in mixte and "L114-5-1" in mixte and "Le délai de réponse s’arrête" in mixte


def test_la_lettre_de_ce_qui_peut_suivre_n_arrete_aucun_delai():
    regle(SUIT)
    lue = " ".join(lettre(pieces.demander_les_pieces(deposee(), par=instruction()), "pieces").paragraphes)
    assert "L114-5-1" in lue and "s’arrête" not in lue and "Pour l’étudier" not in lue


@pytest.fixture
def accordee():
    regle(SUIT)
    demande = DemandeFabrique(notifiee=True, montant_accorde=Decimal(80))
    demande.pieces.all().delete()
    demande.pieces.create(libelle="contrat d’énergie", etat="demandee")
    return DecisionFabrique(demande=demande)


def test_l_aide_accordee_attend_la_piece_pour_etre_donnee(accordee):
    assert "Il nous manque encore" in corps_de_la_lettre(accordee)
    with pytest.raises(ValidationError, match="contrat d’énergie"):
        preparer_le_paiement(accordee, par=instruction())
    demande = accordee.demande
    pieces.recevoir_une_piece(demande, par=SYSTEME, piece=demande.pieces.get())
    assert "Il nous manque encore" not in corps_de_la_lettre(accordee)
    with pytest.raises(ValidationError, match="ne changent plus"):
        pieces.dispenser(demande, par=instruction(), piece=demande.pieces.get(), raison="Vue ailleurs.")


def test_une_demande_refusee_n_attend_plus_rien(accordee):
    refusee = DemandeFabrique(refusee=True)
    piece = refusee.pieces.create(libelle="contrat d’énergie", etat="demandee")
    with pytest.raises(ValidationError, match="ne changent plus"):
        pieces.recevoir_une_piece(refusee, par=SYSTEME, piece=piece)
