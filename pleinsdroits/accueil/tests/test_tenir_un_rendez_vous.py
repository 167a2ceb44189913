import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pleinsdroits.accueil.actions import rendez_vous
from pleinsdroits.accueil.fabriques import LieuFabrique, RendezVousFabrique, dans
from pleinsdroits.accueil.models import Contact, RendezVous
from pleinsdroits.accueil.taches_rendez_vous import rappeler
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.personnes.fabriques import FoyerFabrique
from pleinsdroits.socle.conflit import Conflit
from pleinsdroits.socle.models import Envoi

pytestmark = pytest.mark.django_db
DEMAIN = dans(days=1)


@pytest.fixture
def foyer():
    return FoyerFabrique(demandeur__telephone="06 39 98 00 12")


def fixer(foyer, **champs):
    donnees = {"personne": foyer.demandeur(), "agent": foyer.interlocuteur, "quand": DEMAIN, "foyer": foyer}
    donnees["lieu"] = LieuFabrique()
    return rendez_vous.fixer(None, par=foyer.interlocuteur.acteur, **donnees | champs)


def test_un_rendez_vous_a_une_heure_un_lieu_et_quelqu_un(foyer):
    rdv = fixer(foyer, objet_dit="Dossier logement")
    assert (rdv.etat, rdv.objet, rdv.discret, rdv.agent) == ("prevu", "Dossier logement", False, foyer.interlocuteur)


def test_contact_protege_l_objet_est_toujours_cache():
    protege = FoyerFabrique(demandeur__protegee=True)
    assert fixer(protege).discret


@pytest.mark.parametrize("decalage", [-44, 0, 44])
def test_deux_rendez_vous_a_la_fois_chez_le_meme_agent_sont_refuses(foyer, decalage):
    fixer(foyer)
    with pytest.raises(ValidationError, match="a déjà un rendez-vous à"):
        fixer(foyer, quand=DEMAIN + dt.timedelta(minutes=decalage))
    assert RendezVous.objects.count() == 1


def test_l_un_apres_l_autre_ou_chez_un_autre_agent_c_est_possible(foyer):
    fixer(foyer)
    fixer(foyer, quand=DEMAIN + dt.timedelta(minutes=45))
    fixer(foyer, agent=AgentFabrique())
    assert RendezVous.objects.count() == 3


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"quand": dans(hours=-1)}, "Cette heure est passée"),
        ({"lieu": None}, "Dites où"),
        ({"minutes": 600}, "5 à 240"),
        ({"mode": "pigeon", "lieu": None}, "pigeon"),
    ],
)
def test_un_rendez_vous_impossible_est_refuse_avec_sa_raison(foyer, champs, phrase):
    with pytest.raises(ValidationError, match=phrase):
        fixer(foyer, **champs)


def test_hors_de_son_perimetre_on_ne_fixe_rien(foyer):
    autre = AgentFabrique(interlocuteur=True)
    with pytest.raises(PermissionDenied):
        rendez_vous.fixer(None, par=autre.acteur, foyer=foyer, personne=foyer.demandeur(), agent=autre, quand=DEMAIN)


def test_deplacer_refait_partir_le_rappel_et_refuse_une_page_perimee(foyer):
    rdv = fixer(foyer)
    par = foyer.interlocuteur.acteur
    RendezVous.objects.update(rappele_le=timezone.now())
    neuf = rendez_vous.deplacer(rdv, par=par, quand=dans(days=3), lue=1)
    assert neuf.rappele_le is None
    with pytest.raises(Conflit):
        rendez_vous.deplacer(rdv, par=par, quand=dans(days=4), lue=1)


def test_venue_c_est_un_contact_et_l_annuler_n_est_plus_possible(foyer):
    rdv = RendezVousFabrique(foyer=foyer, passe=True)
    par = foyer.interlocuteur.acteur
    rendez_vous.constater_la_venue(rdv, par=par)
    rendez_vous.constater_la_venue(rdv, par=par)
    assert Contact.objects.get().foyer == foyer
    with pytest.raises(ValidationError, match="plus à venir"):
        rendez_vous.annuler(rdv, par=par)


def test_absente_on_l_appelle_et_l_horloge_s_arrete_une_fois_l_appel_fait(foyer):
    rdv = RendezVousFabrique(foyer=foyer, passe=True)
    par = foyer.interlocuteur.acteur
    rendez_vous.constater_l_absence(rdv, par=par)
    due = Echeance.objects.sur(rdv).get()
    assert (due.genre, due.etat, due.responsable) == ("accueil.absence", "ouverte", foyer.interlocuteur)
    rendez_vous.noter_l_appel(rdv, par=par, joint=True, mots="Son fils était malade")
    due.refresh_from_db()
    assert due.etat == "tenue" and Contact.objects.get().mots == "Son fils était malade"


def test_une_absence_ne_se_constate_pas_avant_l_heure(foyer):
    with pytest.raises(ValidationError, match="pas encore passée"):
        rendez_vous.constater_l_absence(RendezVousFabrique(foyer=foyer), par=foyer.interlocuteur.acteur)


def test_le_rappel_dit_l_heure_et_le_lieu_ni_le_nom_ni_l_objet(foyer):
    quand = timezone.make_aware(dt.datetime(2030, 11, 28, 9, 30))
    rdv = RendezVousFabrique(foyer=foyer, objet="Violences", quand=quand)
    assert rappeler(quand - dt.timedelta(hours=47)) == 1
    envoi = Envoi.objects.get()
    assert envoi.texte.replace("\xa0", " ") == (
        "Rendez-vous jeudi 28 novembre à 9 h 30, 1 rue de l'Exemple, 94200 Ivry-sur-Seine."
    )
    assert envoi.canal == "sms" and rdv.personne.nom not in envoi.texte
    assert rappeler(quand - dt.timedelta(hours=46)) == 0


@pytest.mark.parametrize("danger", [{"sur": False}, {"message_permis": False}])
def test_rien_ne_part_par_un_moyen_qui_n_est_pas_sur(foyer, danger):
    foyer.demandeur().moyens.update(**danger)
    RendezVousFabrique(foyer=foyer)
    assert rappeler(timezone.now()) == 0 and not Envoi.objects.exists()


def test_contact_protege_rien_ne_part_sur_un_telephone_partage():
    protege = FoyerFabrique(demandeur__protegee=True, demandeur__telephone="06 39 98 00 13")
    protege.demandeur().moyens.update(partage=True)
    RendezVousFabrique(foyer=protege)
    assert rappeler(timezone.now()) == 0 and not Envoi.objects.exists()


def test_ni_trop_tot_ni_trop_tard_ni_pour_un_rendez_vous_annule(foyer):
    RendezVousFabrique(foyer=foyer, quand=dans(days=5))
    RendezVousFabrique(foyer=foyer, quand=dans(minutes=30))
    RendezVousFabrique(foyer=foyer, etat="annule")
    assert rappeler(timezone.now()) == 0
