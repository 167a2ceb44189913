"""Une lettre s'écrit avec ce que l'on sait, se corrige, part une fois."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.demarches.actions.lettres import corriger_une_lettre, lettre_envoyee, rediger_une_lettre
from pleinsdroits.demarches.courrier import lettre_en_pdf, lettres_a_proposer
from pleinsdroits.demarches.fabriques import DemarcheFabrique
from pleinsdroits.demarches.models import Lettre
from pleinsdroits.personnes.models import Adresse
from pleinsdroits.socle.conflit import Conflit

pytestmark = pytest.mark.django_db


@pytest.fixture
def refusee(foyer):
    return DemarcheFabrique(foyer=foyer, droit="rsa", refusee=True)


@pytest.fixture
def lettre(refusee, claire):
    return rediger_une_lettre(refusee, par=claire.acteur, modele="prealable", expose="Je vis seule.")


def test_la_lettre_reprend_les_mots_de_la_personne_et_l_article(lettre):
    assert "Je vis seule." in lettre.texte and "L262-47" in lettre.texte


def test_la_lettre_s_imprime_avec_l_adresse_du_foyer(lettre, foyer):
    Adresse.objects.create(foyer=foyer, ligne="12 rue de l’Exemple", code_postal="94200", commune="Ivry-sur-Seine")
    assert lettre_en_pdf(lettre).startswith(b"%PDF")


def test_la_lettre_s_imprime_meme_quand_la_demarche_a_avance(lettre, refusee):
    refusee.etat, refusee.reponse = "accordee", "accordee"
    refusee.save()
    lettre.refresh_from_db()
    assert lettre_en_pdf(lettre).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("modele", "expose", "champ"),
    [("prealable", "", "expose"), ("inconnue", "x", "modele"), ("gracieux", "x", "amiable")],
)
def test_une_lettre_impossible_nomme_ce_qui_manque(refusee, claire, modele, expose, champ):
    with pytest.raises(ValidationError) as refus:
        rediger_une_lettre(refusee, par=claire.acteur, modele=modele, expose=expose)
    assert champ in refus.value.message_dict
    assert not Lettre.objects.exists()


def test_une_lettre_se_corrige_et_deux_agents_ne_s_ecrasent_pas(lettre, claire):
    lue = lettre.version
    corriger_une_lettre(lettre, par=claire.acteur, objet="Recours", texte="Mes mots", lue=lue)
    with pytest.raises(Conflit):
        corriger_une_lettre(lettre, par=claire.acteur, objet="Recours", texte="Autres mots", lue=lue)
    lettre.refresh_from_db()
    assert lettre.texte == "Mes mots"


def test_une_lettre_partie_ne_change_plus(lettre, claire):
    with pytest.raises(ValidationError, match="futur"):
        lettre_envoyee(lettre, par=claire.acteur, le=timezone.localdate() + dt.timedelta(days=1))
    lettre_envoyee(lettre, par=claire.acteur, le=timezone.localdate())
    with pytest.raises(ValidationError, match="partie"):
        corriger_une_lettre(lettre, par=claire.acteur, objet="x", texte="y")


def test_une_lettre_vide_est_refusee(lettre, claire):
    with pytest.raises(ValidationError, match="vide"):
        corriger_une_lettre(lettre, par=claire.acteur, objet="x", texte=" ")


def test_la_lettre_d_un_autre_ne_se_lit_ni_ne_se_corrige(lettre):
    autre = AgentFabrique(interlocuteur=True)
    assert not Lettre.objects.visibles_par(autre.acteur).exists()
    with pytest.raises(PermissionDenied):
        corriger_une_lettre(lettre, par=autre.acteur, objet="x", texte="y")


def test_les_lettres_proposees_changent_avec_l_etape(foyer, refusee):
    neuve = DemarcheFabrique(foyer=foyer, droit="asf")
    assert "prealable" not in {m.id for m in lettres_a_proposer(neuve)}
    assert "prealable" in {m.id for m in lettres_a_proposer(refusee)}
