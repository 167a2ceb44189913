"""Une mensualité passée se rappelle une fois, doucement, par un moyen sûr ; sinon, quelqu'un appelle."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pleinsdroits.aides.actions.avances import rappeler, rembourser_l_avance
from pleinsdroits.aides.actions.rejets import noter_un_rejet
from pleinsdroits.aides.horloge_avances import armer_ce_qui_vient, suivis
from pleinsdroits.aides.models import Mensualite, Paiement
from pleinsdroits.aides.taches import RELANCE, rappeler_ce_qui_tarde
from pleinsdroits.aides.tests.etudes import instruction
from pleinsdroits.aides.tests.versements import avance_versee
from pleinsdroits.echeances.models import Echeance, Passage
from pleinsdroits.journal.models import Entree
from pleinsdroits.personnes.fabriques import FoyerFabrique
from pleinsdroits.personnes.models import Foyer, Moyen
from pleinsdroits.socle.models import Envoi

pytestmark = pytest.mark.django_db
AUJOURD_HUI = timezone.localdate()
IL_Y_A = {n: AUJOURD_HUI - dt.timedelta(days=n) for n in (10, 40)}


@pytest.fixture
def foyer(db):
    foyer = FoyerFabrique(demandeur__prenom="Nadia", demandeur__nom="Ferrand")
    nadia = foyer.demandeur()
    nadia.canal = "sms"
    nadia.save()
    nadia.moyens.all().delete()
    Moyen.objects.create(
        personne=nadia, genre="telephone", valeur="06 39 98 11 22", normal="+33639981122", sur=True, message_permis=True
    )
    return foyer


def une_avance(foyer, *, dues=(10,), nombre=4) -> Paiement:
    """Une avance de 240 € versée, dont les premières mensualités étaient attendues il y a tant de jours."""
    demande = {"foyer": foyer, "personne": foyer.demandeur(), "aide": "local_avance"}
    demain = AUJOURD_HUI + dt.timedelta(days=20)
    avance = avance_versee("240.00", mensualites=nombre, premiere_le=demain, demande=demande)
    Paiement.objects.filter(pk=avance.pk).update(paye_le=timezone.now() - dt.timedelta(days=70))
    for rang, jours in enumerate(dues, 1):
        Mensualite.objects.filter(paiement=avance, rang=rang).update(le=AUJOURD_HUI - dt.timedelta(days=jours))
    avance.refresh_from_db()
    return avance


def test_le_rappel_part_une_fois_et_ne_dit_rien(foyer):
    avance = une_avance(foyer)
    assert rappeler_ce_qui_tarde() == 1
    envoi = Envoi.objects.get(cle_objet=str(avance.decision.demande_id))
    assert envoi.canal == "sms" and "du nouveau dans votre dossier" in envoi.texte
    for secret in ("Nadia", "Ferrand", "60", "avance", "ccas", "mensualit", avance.decision.demande.reference):
        assert secret.casefold() not in (envoi.texte + envoi.objet).casefold()
    avant = Envoi.objects.count()
    assert rappeler_ce_qui_tarde() == 0 and Envoi.objects.count() == avant
    suivi = suivis([avance])[avance.pk]
    assert suivi.rappelee_le and not suivi.a_appeler


def test_le_journal_garde_l_acte_et_aucun_nom(foyer):
    avance = une_avance(foyer)
    rappeler_ce_qui_tarde()
    (ligne,) = Entree.objects.filter(verbe="aides.rappeler_une_avance")
    assert (ligne.acteur_genre, ligne.cle_objet, ligne.motif) == ("systeme", str(avance.pk), "")


def test_chaque_mensualite_passee_a_son_rappel_et_un_seul_message_part_par_nuit(foyer):
    avance = une_avance(foyer, dues=(40, 10))
    assert rappeler_ce_qui_tarde() == 1
    assert Passage.objects.filter(quoi="relancer").count() == 2
    assert Envoi.objects.filter(cle_objet=str(avance.decision.demande_id)).count() == 1
    Mensualite.objects.filter(paiement=avance, rang=3).update(le=IL_Y_A[10])
    Echeance.objects.filter(genre="aides.mensualite").exclude(palier=1).delete()
    assert rappeler_ce_qui_tarde() == 1
    assert Passage.objects.filter(quoi="relancer").count() == 3


def test_rien_avant_trois_jours_ouvres_ni_pour_ce_qui_est_rendu(foyer):
    avance = une_avance(foyer, dues=(0,))
    assert rappeler_ce_qui_tarde() == 0
    une = une_avance(foyer, dues=(10,))
    armer_ce_qui_vient(AUJOURD_HUI)
    rembourser_l_avance(une, par=instruction(), montant=Decimal(60), le=AUJOURD_HUI)
    assert rappeler_ce_qui_tarde() == 0 and not Envoi.objects.exists()
    rendue = Echeance.objects.sur(une.mensualites.first()).get()
    assert rendue.etat == Echeance.Etat.MANQUEE and not avance.mensualites.filter(rendu__gt=0).exists()


@pytest.mark.parametrize(
    "champs", [{"contact_protege": True, "consigne": "Le matin."}, {"canal": "telephone"}], ids=["protegee", "voix"]
)
def test_sans_moyen_sur_rien_n_est_ecrit_et_l_interlocuteur_appelle(foyer, champs):
    nadia = foyer.demandeur()
    for nom, valeur in champs.items():
        setattr(nadia, nom, valeur)
    nadia.save()
    avance = une_avance(foyer)
    assert rappeler_ce_qui_tarde() == 1
    assert not Envoi.objects.exists()
    echeance = Echeance.objects.en_cours().get(genre="aides.mensualite", palier=1)
    assert (echeance.main, echeance.responsable) == ("ville", foyer.interlocuteur)
    assert "Nadia" not in echeance.quoi and suivis([avance])[avance.pk].a_appeler
    assert rappeler_ce_qui_tarde() == 0


def test_deux_travailleurs_a_la_fois_n_envoient_qu_un_rappel(foyer):
    avance = une_avance(foyer)
    armer_ce_qui_vient(AUJOURD_HUI)
    rappeler(avance, par=RELANCE)
    with pytest.raises(ValidationError, match="déjà parti"):
        rappeler(avance, par=RELANCE)
    assert Envoi.objects.filter(cle_objet=str(avance.decision.demande_id)).count() == 1


def test_seule_la_plateforme_rappelle(foyer):
    with pytest.raises(PermissionDenied):
        rappeler(une_avance(foyer), par=instruction())


def test_une_horloge_fermee_a_la_main_ne_repart_pas(foyer):
    une_avance(foyer)
    armer_ce_qui_vient(AUJOURD_HUI)
    Echeance.objects.filter(genre="aides.mensualite").update(etat="annulee", close_le=timezone.now())
    assert armer_ce_qui_vient(AUJOURD_HUI) == 0 and rappeler_ce_qui_tarde() == 0


def test_un_virement_rejete_n_attend_plus_rien(foyer):
    avance = une_avance(foyer)
    armer_ce_qui_vient(AUJOURD_HUI)
    noter_un_rejet(avance, par=instruction())
    assert not Echeance.objects.en_cours().filter(genre="aides.mensualite").exists()
    assert rappeler_ce_qui_tarde() == 0


def test_un_dossier_ferme_n_est_pas_rappele(foyer):
    une_avance(foyer)
    Foyer.objects.update(etat="clos")
    assert rappeler_ce_qui_tarde() == 0


def test_une_faute_sur_une_avance_n_arrete_pas_les_autres(foyer, monkeypatch):
    une, deux = une_avance(foyer), une_avance(foyer)
    vrai = rappeler

    def capricieux(avance, *, par):
        if avance.pk == une.pk:
            raise RuntimeError("panne")
        return vrai(avance, par=par)

    monkeypatch.setattr("pleinsdroits.aides.taches.rappeler", capricieux)
    assert rappeler_ce_qui_tarde() == 1
    faits = suivis([une, deux])
    assert faits[deux.pk].rappelee_le and not faits[une.pk].rappelee_le


def test_sans_avance_rien_ne_se_suit(django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        assert suivis([]) == {}
