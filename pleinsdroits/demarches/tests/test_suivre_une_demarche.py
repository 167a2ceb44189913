"""Suivre une démarche : chaque étape à sa date, l'horloge d'après la loi, les euros trouvés, demandés, obtenus."""

import datetime as dt
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.fabriques import NUIT, AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.demarches.actions import mouvements, suivre, trouver
from pleinsdroits.demarches.correspondances import sorte_du_papier
from pleinsdroits.demarches.fabriques import DemarcheFabrique
from pleinsdroits.demarches.lecture import resume_du_foyer
from pleinsdroits.demarches.models import Demarche, Mouvement
from pleinsdroits.demarches.taches import ouvrir_ce_qui_attend
from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.personnes.calculs import calculer_la_situation
from pleinsdroits.personnes.fabriques import FoyerFabrique, SituationDateeFabrique
from pleinsdroits.personnes.models import Foyer
from pleinsdroits.socle.conflit import Conflit

pytestmark = pytest.mark.django_db


@pytest.fixture
def claire():
    return AgentFabrique(interlocuteur=True)


@pytest.fixture
def foyer(claire):
    return FoyerFabrique(interlocuteur=claire)


@pytest.fixture
def asf(foyer):
    return DemarcheFabrique(foyer=foyer)


def _en_cours(demarche):
    return {e.genre: e for e in Echeance.objects.sur(demarche).en_cours()}


def test_une_situation_calculee_ouvre_une_demarche_par_droit_et_jamais_deux(foyer):
    situation = SituationDateeFabrique(foyer=foyer)
    calculer_la_situation(situation.pk)
    ouvertes = ouvrir_ce_qui_attend()
    demarches = Demarche.objects.filter(foyer=foyer)
    assert ouvertes == demarches.count() > 0 and set(demarches.values_list("etat", flat=True)) == {"detectee"}
    assert ouvrir_ce_qui_attend() == 0
    assert trouver.detecter(foyer, par=NUIT, situation=situation) == 0 and demarches.count() == ouvertes
    assert all(_en_cours(d).keys() == {"demarches.preparer"} for d in demarches)


def test_de_la_preparation_a_l_argent_recu(claire, foyer, asf):
    aujourd_hui = timezone.localdate()
    suivre.preparer(asf, par=claire.acteur)
    assert [p.libelle for p in asf.papiers_attendus.all()] == list(catalogue(settings.VILLE)["asf"].pieces.connu)
    suivre.deposer(asf, par=claire.acteur, le=aujourd_hui - dt.timedelta(days=10), preuve="en_ligne")
    asf.refresh_from_db()
    attente = _en_cours(asf)["demarches.silence"]
    assert attente.main == Echeance.Main.ORGANISME and "CRPA" in attente.reference and "refus" in attente.au_dela
    suivre.noter_la_reponse(
        asf, par=claire.acteur, reponse="accordee", le=aujourd_hui - dt.timedelta(days=1), montant=Decimal("200.78")
    )
    asf.refresh_from_db()
    assert not _en_cours(asf) and asf.montant_accorde == Decimal("200.78")
    suivre.noter_le_paiement(asf, par=claire.acteur, le=aujourd_hui)
    resume = resume_du_foyer(claire.acteur, foyer)
    assert (resume.detecte, resume.demande, resume.accorde) == (Decimal("199.19"), Decimal("199.19"), Decimal("200.78"))
    assert [e.etat for e in asf.etapes.all()] == ["preparee", "deposee", "accordee", "payee"]


def test_sans_reponse_deux_mois_apres_c_est_un_refus_pour_l_asf(claire, asf):
    suivre.deposer(asf, par=claire.acteur, le=dt.date(2026, 11, 9), preuve="en_ligne")
    limite = timezone.localtime(_en_cours(asf)["demarches.silence"].limite).date()
    assert limite == dt.date(2027, 1, 9)


def test_sans_reponse_deux_mois_apres_c_est_un_accord_pour_la_css(claire, foyer):
    css = DemarcheFabrique(foyer=foyer, droit="css", montant_detecte=None)
    suivre.deposer(css, par=claire.acteur, le=dt.date(2026, 10, 18), preuve="guichet")
    assert "accord" in _en_cours(css)["demarches.silence"].au_dela


def test_un_refus_ouvre_le_delai_pour_contester(claire, foyer):
    asf = DemarcheFabrique(foyer=foyer, deposee=True)
    suivre.noter_la_reponse(asf, par=claire.acteur, reponse="refusee", le=timezone.localdate() - dt.timedelta(days=1))
    recours = _en_cours(asf)["demarches.recours"]
    assert recours.main == Echeance.Main.VILLE and recours.limite > timezone.now() + dt.timedelta(days=50)
    suivre.contester(asf, par=claire.acteur, le=timezone.localdate())
    assert _en_cours(asf).keys() == {"demarches.silence"}


def test_des_papiers_demandes_rendent_la_main_a_la_personne(claire, foyer):
    asf = DemarcheFabrique(foyer=foyer, deposee=True)
    suivre.noter_incomplete(asf, par=claire.acteur, le=timezone.localdate() - dt.timedelta(days=2))
    assert _en_cours(asf)["demarches.completer"].main == Echeance.Main.PERSONNE
    suivre.completer(asf, par=claire.acteur, le=timezone.localdate())
    assert _en_cours(asf).keys() == {"demarches.silence"}


def test_une_reponse_ne_vient_pas_avant_le_depot(claire, foyer):
    asf = DemarcheFabrique(foyer=foyer, deposee=True)
    with pytest.raises(ValidationError, match="avant le dépôt"):
        suivre.noter_la_reponse(asf, par=claire.acteur, reponse="accordee", le=asf.deposee_le - dt.timedelta(days=1))
    asf.refresh_from_db()
    assert asf.etat == Demarche.Etat.DEPOSEE and asf.repondue_le is None


@pytest.mark.parametrize(
    ("acte", "champs", "dit"),
    [
        (suivre.deposer, {"le": dt.date(2100, 1, 1)}, "futur"),
        (suivre.noter_la_reponse, {"reponse": "peut-être", "le": dt.date(2026, 11, 1)}, "accordée"),
        (suivre.noter_le_paiement, {"le": dt.date(2026, 11, 1)}, "déjà"),
        (suivre.clore, {"raison": " "}, "pourquoi"),
        (trouver.ecarter, {"raison": ""}, "raison"),
    ],
)
def test_une_etape_impossible_est_refusee_et_rien_ne_change(claire, asf, acte, champs, dit):
    with pytest.raises(ValidationError, match=dit):
        acte(asf, par=claire.acteur, **champs)
    asf.refresh_from_db()
    assert asf.etat == Demarche.Etat.DETECTEE and asf.version == 1


def test_deux_agents_sur_la_meme_demarche_le_second_l_apprend(claire, asf):
    trouver.expliquer(asf, par=claire.acteur, lue=1)
    with pytest.raises(Conflit):
        suivre.preparer(asf, par=claire.acteur, lue=1)


def test_hors_perimetre_et_a_l_accueil_rien_ne_se_lit(asf):
    for acteur in (AgentFabrique(interlocuteur=True).acteur, AgentFabrique(role=Role.ACCUEIL).acteur):
        assert not Demarche.objects.visibles_par(acteur).exists()
        with pytest.raises(PermissionDenied):
            trouver.expliquer(asf, par=acteur)


def test_la_personne_lit_ses_demarches_et_pas_celles_d_un_autre_adulte(foyer, asf):
    elle = Acteur.personne(str(Foyer.demandeur(foyer).pk))
    assert [ligne.cle for ligne in resume_du_foyer(elle, foyer).lignes] == [asf.pk]
    assert resume_du_foyer(Acteur.personne("999999"), foyer).lignes == []


def test_le_resume_ne_coute_que_deux_requetes(claire, foyer, django_assert_num_queries):
    for droit in ("asf", "css", "rsa", "ppa"):
        DemarcheFabrique(foyer=foyer, droit=droit)
    with django_assert_num_queries(2):
        resume_du_foyer(claire.acteur, foyer)


def test_un_droit_qui_bouge_ne_fait_qu_une_tache(claire, foyer):
    situation = SituationDateeFabrique(foyer=foyer)
    champs = {"situation": situation, "droit": "aspa", "sens": "ouvre", "le": dt.date(2027, 2, 1)}
    assert mouvements.signaler(foyer, par=NUIT, **champs) and not mouvements.signaler(foyer, par=NUIT, **champs)
    mouvement = Mouvement.objects.get()
    mouvements.traiter(mouvement, par=claire.acteur)
    assert not mouvements.signaler(foyer, par=NUIT, **champs)
    assert not Echeance.objects.sur(mouvement).en_cours().exists()


@pytest.mark.parametrize(
    ("libelle", "sorte"),
    [
        ("Pièce d’identité ou titre de séjour", "identite"),
        ("Relevé d’identité bancaire (RIB)", "banque"),
        ("Livret de famille", "livret"),
        ("Dernière feuille d’impôt", "impots"),
        ("Une chose que nous ne connaissons pas", ""),
    ],
)
def test_un_papier_de_fiche_trouve_sa_sorte(libelle, sorte):
    assert sorte_du_papier(libelle) == sorte
