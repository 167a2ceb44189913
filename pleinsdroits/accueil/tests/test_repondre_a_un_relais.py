"""Une réponse et une seule compte ; elle déplace la main ; l'accord retiré, plus rien ne se lit ni ne se répond."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from pleinsdroits.accueil.actions.avis import donner_son_avis
from pleinsdroits.accueil.actions.precisions import afficher, preciser
from pleinsdroits.accueil.actions.relais import arreter_a_la_demande, clore, renvoyer, repondre
from pleinsdroits.accueil.chiffres import chiffres_de
from pleinsdroits.accueil.fabriques_relais import (
    LOGEMENT,
    PartenaireFabrique,
    accorder,
    foyer_de,
    par_lien,
    un_agent_de,
    un_foyer,
    un_relais,
)
from pleinsdroits.accueil.horloge_relais import attendre_la_reponse, echeances_de
from pleinsdroits.accueil.models import Relais
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.fabriques import NUIT, AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.journal.models import Entree
from pleinsdroits.personnes.models import Accord


@pytest.fixture
def agent(db):
    return AgentFabrique(role=Role.INTERLOCUTEUR)


@pytest.fixture
def relais(agent):
    personne, caf = un_foyer(agent, numero="2026-00001"), PartenaireFabrique()
    accorder(personne, caf, LOGEMENT)
    envoye = un_relais(personne, caf)
    attendre_la_reponse(envoye)
    return envoye


def main_de(relais: Relais) -> tuple[str, str]:
    echeance = echeances_de([relais])[relais.pk]
    return echeance.genre, echeance.main


def test_prendre_en_charge_garde_la_main_au_partenaire(relais):
    repondu = repondre(relais, par=par_lien(relais), reponse="pris_en_charge")
    assert repondu.etat == Relais.Etat.PRIS_EN_CHARGE and repondu.repondu_le
    assert main_de(relais) == ("relais.suite", "partenaire")
    assert Echeance.objects.sur(relais).get(genre="relais.reponse").etat == Echeance.Etat.TENUE


@pytest.mark.parametrize("reponse", ["pas_pour_nous", "injoignable"])
def test_dire_non_rend_la_main_a_la_ville(relais, reponse):
    repondre(relais, par=par_lien(relais), reponse=reponse)
    assert main_de(relais) == ("relais.renvoi", "ville")


def test_deja_fait_n_attend_plus_rien(relais):
    repondu = repondre(relais, par=un_agent_de(relais.institution).acteur, reponse="deja_fait")
    assert repondu.etat == Relais.Etat.ABOUTI and repondu.clos_le == repondu.repondu_le
    assert not echeances_de([relais])


def test_la_meme_reponse_deux_fois_ne_compte_qu_une_fois(relais):
    premiere = repondre(relais, par=par_lien(relais), reponse="pris_en_charge").repondu_le
    assert repondre(relais, par=par_lien(relais), reponse="pris_en_charge").repondu_le == premiere


def test_une_autre_reponse_est_refusee_sauf_si_on_demande_a_changer_dans_les_24_heures(relais):
    repondre(relais, par=par_lien(relais), reponse="pris_en_charge")
    with pytest.raises(ValidationError, match="pris en charge"):
        repondre(relais, par=par_lien(relais), reponse="pas_pour_nous")
    change = repondre(relais, par=par_lien(relais), reponse="pas_pour_nous", changer=True)
    assert change.etat == Relais.Etat.PAS_POUR_NOUS and main_de(relais) == ("relais.renvoi", "ville")
    Relais.objects.update(repondu_le=timezone.now() - dt.timedelta(hours=25))
    with pytest.raises(ValidationError):
        repondre(relais, par=par_lien(relais), reponse="pris_en_charge", changer=True)


def test_une_reponse_inconnue_est_refusee(relais):
    with pytest.raises(ValidationError, match="peut_etre"):
        repondre(relais, par=par_lien(relais), reponse="peut_etre")


def test_un_partenaire_ne_repond_pas_au_relais_d_un_autre(relais):
    autre = PartenaireFabrique()
    for par in (un_agent_de(autre).acteur, par_lien(un_relais(relais.personne, autre)), AgentFabrique().acteur):
        with pytest.raises(PermissionDenied):
            repondre(relais, par=par, reponse="pris_en_charge")


@pytest.mark.base
@pytest.mark.django_db(transaction=True)
def test_deux_reponses_au_meme_instant_n_en_font_qu_une(relais):
    issues = []

    def tenter(reponse: str) -> None:
        try:
            repondre(relais, par=par_lien(relais), reponse=reponse)
            issues.append("prise")
        except ValidationError:
            issues.append("refusée")
        finally:
            connection.close()

    fils = [threading.Thread(target=tenter, args=(r,)) for r in ("pris_en_charge", "pas_pour_nous")]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert sorted(issues) == ["prise", "refusée"]


def test_l_accord_retire_tout_disparait_aussitot(relais):
    assert relais.lignes()
    Accord.objects.update(retire_le=timezone.now())
    relu = Relais.objects.get(pk=relais.pk)
    assert relu.lignes() == [] and not relu.fonde()
    with pytest.raises(ValidationError, match="retiré son accord"):
        repondre(relais, par=par_lien(relais), reponse="pris_en_charge")


def test_l_accord_fini_fait_comme_l_accord_retire(relais):
    Accord.objects.update(au=timezone.localdate() - dt.timedelta(days=1), du=dt.date(2026, 1, 1))
    assert Relais.objects.get(pk=relais.pk).lignes() == []


def test_arreter_efface_ce_qui_etait_parti_et_coupe_l_horloge(relais):
    assert arreter_a_la_demande(relais, par=NUIT).etat == Relais.Etat.ENVOYE
    Accord.objects.update(retire_le=timezone.now())
    arrete = arreter_a_la_demande(Relais.objects.get(pk=relais.pk), par=NUIT)
    assert (arrete.etat, arrete.donnees) == (Relais.Etat.ARRETE, "")
    assert not echeances_de([relais])


def test_renvoyer_fait_un_nouveau_relais_qui_se_souvient_du_premier(relais, agent):
    ailleurs = PartenaireFabrique()
    repondre(relais, par=par_lien(relais), reponse="pas_pour_nous")
    with pytest.raises(ValidationError, match="n’a pas autorisé"):
        renvoyer(relais, par=agent.acteur, institution=ailleurs)
    accorder(relais.personne, ailleurs, LOGEMENT)
    nouveau = renvoyer(relais, par=agent.acteur, institution=ailleurs)
    assert nouveau.precedent_id == relais.pk and nouveau.demande == relais.demande
    assert {ligne["cle"] for ligne in nouveau.lignes()} == {"nom"}
    relais.refresh_from_db()
    assert relais.etat == Relais.Etat.PAS_POUR_NOUS and relais.clos_le
    assert [e.verbe for e in Entree.objects.sur(nouveau)][0] == "accueil.adresser_un_relais"
    with pytest.raises(ValidationError):
        repondre(relais, par=par_lien(relais), reponse="pris_en_charge", changer=True)


def test_la_personne_dement_le_relais_clos_se_renvoie(relais, agent):
    ailleurs = PartenaireFabrique()
    accorder(relais.personne, ailleurs, LOGEMENT)
    clore(relais, par=agent.acteur, etat="abouti")
    with pytest.raises(ValidationError, match="faites-en un nouveau"):
        renvoyer(relais, par=agent.acteur, institution=ailleurs)
    donner_son_avis(relais, par=Acteur.personne(str(relais.personne_id)), avis="pas_contactee")
    assert renvoyer(relais, par=agent.acteur, institution=ailleurs).precedent_id == relais.pk
    assert not echeances_de([relais])
    assert chiffres_de(relais.institution_id).aboutis == 0


def test_clore_une_fois_suffit(relais, agent):
    with pytest.raises(ValidationError, match="Répondez d’abord"):
        clore(relais, par=par_lien(relais), etat="abouti")
    assert clore(relais, par=agent.acteur, etat="aide_autrement").clos_le
    clore(relais, par=agent.acteur, etat="aide_autrement")
    with pytest.raises(ValidationError, match="déjà clos"):
        clore(relais, par=agent.acteur, etat="abouti")


def test_preciser_dit_qui_contacte_et_quand(relais):
    with pytest.raises(ValidationError):
        preciser(relais, par=par_lien(relais), texte="Trop tôt")
    repondre(relais, par=par_lien(relais), reponse="pris_en_charge")
    preciser(relais, par=par_lien(relais), qui="Le service logement", quand=dt.date(2026, 12, 1), pour_tous=False)
    (message,) = relais.messages.all()
    assert message.texte == "Le service logement contacte la personne le 1er\u00a0décembre\u00a02026."
    assert not message.pour_tous
    with pytest.raises(ValidationError, match="au moins une précision"):
        preciser(relais, par=par_lien(relais))


def test_afficher_un_numero_laisse_une_trace_que_la_personne_voit(relais):
    afficher(relais, par=par_lien(relais), cle="numero-caf")
    (entree,) = Entree.objects.sur(relais).filter(verbe="accueil.afficher_un_numero")
    assert entree.acteur_genre == "partenaire" and "1234512" not in str(vars(entree))
    with pytest.raises(ValidationError):
        afficher(relais, par=par_lien(relais), cle="nom")


def test_une_personne_ne_lit_que_ses_relais(relais):
    foyer = foyer_de(relais.personne)
    autre = un_foyer(foyer.interlocuteur, numero="2026-00002", prenom="Karim")
    les_siens = Relais.objects.visibles_par(type(par_lien(relais)).personne(str(autre.pk)))
    assert not les_siens.exists()
