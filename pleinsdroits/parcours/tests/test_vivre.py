"""Le point, la pause qui n'use pas les délais, la fin que la personne juge, et ce qui reste après l'effacement."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pleinsdroits.echeances.models import Echeance
from pleinsdroits.parcours.actions import accepter, construire, demander, vivre
from pleinsdroits.parcours.fabriques import ProjetFabrique
from pleinsdroits.parcours.models import DureeDeProjet, EtatProjet, Objectif, Option, Projet, Proposition, Retour
from pleinsdroits.parcours.regles.completude import ObjectifLu, ProjetLu, ce_qui_manque
from pleinsdroits.personnes.effacement import effacer_le_foyer

DANS_TROIS_MOIS = timezone.localdate() + dt.timedelta(days=90)
REPONSES = dict.fromkeys(Retour.Question.values, "oui")


def test_le_bilan_garde_ses_mots_et_arme_le_suivant(claire, foyer):
    projet = ProjetFabrique(foyer=foyer, accepte=True)
    bilan = vivre.faire_le_bilan(projet, par=claire.acteur, mots="Ça avance", prochain_le=DANS_TROIS_MOIS)
    projet.refresh_from_db()
    assert (bilan.mots, bilan.agent, projet.bilan_prevu_le) == ("Ça avance", claire, DANS_TROIS_MOIS)
    assert DureeDeProjet.objects.get(etape="projet.bilan").jours == 2
    assert Echeance.objects.sur(projet).filter(genre="projet.bilan").count() == 2
    vivre.faire_le_bilan(projet, par=claire.acteur, mots="Encore", prochain_le=DANS_TROIS_MOIS)
    assert DureeDeProjet.objects.filter(etape="projet.bilan").count() == 1, "le premier bilan fait la durée"


@pytest.mark.parametrize(
    "champs",
    [{"mots": " "}, {"prochain_le": timezone.localdate()}, {"le": timezone.localdate() - dt.timedelta(days=30)}],
)
def test_un_bilan_vide_ou_mal_date_est_refuse(claire, foyer, champs):
    projet = ProjetFabrique(foyer=foyer, accepte=True)
    with pytest.raises(ValidationError) as refus:
        vivre.faire_le_bilan(projet, par=claire.acteur, **({"mots": "Oui", "prochain_le": DANS_TROIS_MOIS} | champs))
    assert set(champs) == set(refus.value.message_dict) and not projet.bilans.exists()


def test_pas_de_bilan_avant_l_accord(claire, foyer):
    with pytest.raises(ValidationError, match="accepté"):
        projet = ProjetFabrique(foyer=foyer, propose=True)
        vivre.faire_le_bilan(projet, par=claire.acteur, mots="Oui", prochain_le=DANS_TROIS_MOIS)


@pytest.mark.parametrize("trait", ["construction", "propose", "accepte"])
def test_la_pause_arrete_l_horloge_et_ne_compte_pas(claire, foyer, trait):
    projet = ProjetFabrique(foyer=foyer, **{trait: True})
    avant = Echeance.objects.sur(projet).en_cours().get()
    vivre.suspendre(projet, par=claire.acteur, raison="Hospitalisation")
    assert Echeance.objects.sur(projet).en_cours().get().etat == "suspendue"
    with time_machine.travel(timezone.now() + dt.timedelta(days=30), tick=False):
        vivre.reprendre(projet, par=claire.acteur)
    projet.refresh_from_db()
    apres = Echeance.objects.sur(projet).en_cours().get()
    assert (projet.etat, projet.raison, projet.jours_de_pause) == (trait, "", 30)
    assert apres.etat == "ouverte" and (apres.limite.date() - avant.limite.date()).days == 30


def test_une_pause_a_sa_raison_et_ne_se_fait_pas_avant_l_entretien(claire, foyer):
    with pytest.raises(ValidationError, match="pourquoi"):
        vivre.suspendre(ProjetFabrique(foyer=foyer, accepte=True), par=claire.acteur, raison=" ")
    with pytest.raises(ValidationError, match="demandé"):
        vivre.suspendre(ProjetFabrique(foyer=foyer), par=claire.acteur, raison="Elle est partie")
    with pytest.raises(ValidationError, match="en construction"):
        vivre.reprendre(ProjetFabrique(foyer=foyer, construction=True), par=claire.acteur)


def test_la_personne_juge_la_fin_en_six_reponses(claire, foyer):
    projet = ProjetFabrique(foyer=foyer, accepte=True)
    vivre.terminer(projet, par=claire.acteur, resultat="en_partie", reponses=REPONSES, mots="J’ai un travail")
    projet.refresh_from_db()
    assert (projet.etat, projet.resultat, projet.retours.count()) == ("termine", "en_partie", 6)
    assert not Echeance.objects.sur(projet).en_cours().exists()
    assert Echeance.objects.sur(projet).get().etat == "tenue"


def test_sans_reponse_au_guichet_elle_la_donne_de_chez_elle_une_fois(claire, foyer, nadia):
    projet = ProjetFabrique(foyer=foyer, accepte=True)
    with pytest.raises(ValidationError, match="à la fin"):
        vivre.donner_ses_retours(projet, par=nadia, resultat="atteint", reponses={})
    vivre.terminer(projet, par=claire.acteur)
    vivre.donner_ses_retours(projet, par=nadia, resultat="atteint", reponses={"mieux": "oui"})
    with pytest.raises(ValidationError, match="déjà dit"):
        vivre.donner_ses_retours(projet, par=nadia, resultat="non", reponses={})
    projet.refresh_from_db()
    assert (projet.resultat, projet.retours.get().reponse) == ("atteint", "oui")


@pytest.mark.parametrize(
    ("resultat", "reponses"), [("genial", {}), ("atteint", {"mieux": "bof"}), ("atteint", {"autre": "oui"})]
)
def test_un_retour_inconnu_est_refuse_et_le_projet_continue(claire, foyer, resultat, reponses):
    projet = ProjetFabrique(foyer=foyer, accepte=True)
    with pytest.raises(ValidationError):
        vivre.terminer(projet, par=claire.acteur, resultat=resultat, reponses=reponses)
    projet.refresh_from_db()
    assert projet.etat == "accepte" and not Retour.objects.exists()


def test_s_arreter_garde_la_raison_et_annule_les_dates(claire, foyer):
    projet = ProjetFabrique(foyer=foyer, propose=True)
    vivre.abandonner(projet, par=claire.acteur, raison="Elle déménage à Lyon")
    projet.refresh_from_db()
    assert projet.etat == "abandonne" and projet.propositions.get().retiree_le
    assert Echeance.objects.sur(projet).get().etat == "annulee"
    with pytest.raises(ValidationError, match="arrêté"):
        vivre.abandonner(projet, par=claire.acteur, raison="Encore")


@pytest.mark.base
def test_apres_l_effacement_il_reste_des_comptes_et_aucun_mot(claire, foyer):
    projet = ProjetFabrique(foyer=foyer, accepte=True)
    vivre.faire_le_bilan(projet, par=claire.acteur, mots="Ça avance", prochain_le=DANS_TROIS_MOIS)
    vivre.terminer(projet, par=claire.acteur, resultat="atteint", reponses=REPONSES, mots="Merci Claire")
    effacer_le_foyer(foyer)
    reste = Projet.objects.get()
    assert (reste.foyer, reste.personne, reste.resultat, reste.etat) == (None, None, "atteint", "termine")
    assert {reste.mots, reste.forces, reste.souhaits, reste.mots_de_la_fin, Objectif.objects.get().mots} == {""}
    assert Retour.objects.count() == 6 and DureeDeProjet.objects.exists()
    for modele in (Option, Proposition):
        assert not modele.objects.exists(), modele.__name__
    assert not reste.bilans.exists() and not reste.engagements.exists() and not reste.passages.exists()


VERBES = (
    "rencontrer",
    "ecrire",
    "proposer",
    "accepter",
    "changer",
    "suspendre",
    "reprendre",
    "bilan",
    "terminer",
    "arreter",
)


def _faire(verbe, projet, par, nadia):
    version = projet.propositions.first()
    {
        "rencontrer": lambda: demander.premier_entretien(projet, par=par, le=timezone.localdate()),
        "ecrire": lambda: construire.ecrire_les_forces(projet, par=par, forces="Elle tient bon"),
        "proposer": lambda: accepter.proposer(projet, par=par, bilan_le=DANS_TROIS_MOIS),
        "accepter": lambda: accepter.accepter(projet, par=nadia, empreinte=version.empreinte if version else ""),
        "changer": lambda: accepter.demander_un_changement(
            projet, par=nadia, empreinte=version.empreinte if version else "", remarque="Pas si vite"
        ),
        "suspendre": lambda: vivre.suspendre(projet, par=par, raison="Pause"),
        "reprendre": lambda: vivre.reprendre(projet, par=par),
        "bilan": lambda: vivre.faire_le_bilan(projet, par=par, mots="Bien", prochain_le=DANS_TROIS_MOIS),
        "terminer": lambda: vivre.terminer(projet, par=par, resultat="atteint"),
        "arreter": lambda: vivre.abandonner(projet, par=par, raison="Fin"),
    }[verbe]()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(VERBES), max_size=14))
def test_dans_tous_les_ordres_un_projet_reste_coherent(claire, foyer, nadia, verbes):
    projet = ProjetFabrique(foyer=foyer, complet=True)
    for verbe in verbes:
        avant = projet.passages.count()
        try:
            _faire(verbe, projet, claire.acteur, nadia)
        except ValidationError as refus:
            assert refus.messages and projet.passages.count() == avant, "un refus ne garde rien"
        projet.refresh_from_db()
        courantes = Echeance.objects.sur(projet).en_cours()
        attendent = projet.propositions.filter(retiree_le=None, acceptee_le=None).count()
        assert courantes.exists() is (projet.etat not in Projet.FINIS)
        assert all((e.etat == "suspendue") is (projet.etat == "suspendu") for e in courantes)
        en_attente = projet.etat == "propose" or (projet.etat, projet.etat_avant) == ("suspendu", "propose")
        assert attendent == int(en_attente)
        assert projet.etat != EtatProjet.ACCEPTE or projet.propositions.filter(acceptee_le__isnull=False).exists()


lus = st.builds(
    ObjectifLu, rang=st.integers(1, 6), options=st.integers(0, 4), choisie=st.booleans(), etapes=st.integers(0, 3)
)
projets = st.builds(
    ProjetLu,
    forces=st.booleans(),
    souhaits=st.booleans(),
    objectifs=st.lists(lus, max_size=4).map(tuple),
    engagements=st.lists(st.sampled_from(["personne", "interlocuteur", "partenaire"]), max_size=3).map(tuple),
)


@given(projets)
def test_un_projet_ne_se_propose_que_si_rien_ne_manque(lu):
    complet = (
        lu.forces
        and lu.souhaits
        and bool(lu.objectifs)
        and all(o.options >= 2 and o.choisie and o.etapes for o in lu.objectifs)
        and bool(set(lu.engagements) - {"personne"})
    )
    assert (ce_qui_manque(lu, options_au_moins=2) == []) is complet
