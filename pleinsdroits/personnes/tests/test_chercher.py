"""Chercher quelqu'un : par tout ce que l'on peut dire, sans jamais montrer hors du périmètre."""

import datetime as dt

import pytest
from django.utils import timezone

from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.personnes.actions.dossier import separer
from pleinsdroits.personnes.doublons import doublons
from pleinsdroits.personnes.fabriques import FoyerFabrique, MembreFabrique, PersonneFabrique
from pleinsdroits.personnes.models import Foyer, Membre
from pleinsdroits.personnes.recherche import chercher

pytestmark = [pytest.mark.django_db, pytest.mark.base]


@pytest.fixture
def ferrand():
    claire = AgentFabrique(interlocuteur=True, first_name="Claire", last_name="Dubosc")
    nadia = PersonneFabrique(
        prenom="Nadia", nom="Ferrand-Lépée", naissance=dt.date(1992, 3, 12), telephone="06 39 98 00 12"
    )
    return FoyerFabrique(numero="2025-0417", interlocuteur=claire, demandeur=nadia)


@pytest.mark.parametrize(
    "texte",
    [
        "Ferrand",
        "ferand",
        "lepee nadia",
        "NADIA FERRAND",
        "06 39 98 00 12",
        "+33639980012",
        "0012",
        "2025-0417",
        "417",
        "0417",
        "12/03/1992",
    ],
)
def test_on_la_retrouve_comme_on_la_dit(ferrand, texte):
    guichet = AgentFabrique(role=Role.ACCUEIL)
    (trouve,) = chercher(guichet.acteur, texte)
    assert (trouve.numero, trouve.nom, trouve.suivi_par) == ("2025-0417", "Nadia Ferrand-Lépée", "Claire Dubosc")


def test_hors_du_perimetre_on_apprend_seulement_a_qui_demander(ferrand):
    (trouve,) = chercher(AgentFabrique(interlocuteur=True).acteur, "Ferrand")
    assert trouve.hors_perimetre and trouve.suivi_par == "Claire Dubosc"
    assert (trouve.nom, trouve.numero, trouve.personne, trouve.age) == ("", "", 0, None)


def test_rien_ne_se_trouve_sans_role(ferrand):
    for role in (Role.COORDINATION, Role.TECHNIQUE, Role.COMMISSION, Role.PARTENAIRE):
        assert chercher(AgentFabrique(role=role).acteur, "Ferrand") == []
        assert doublons(AgentFabrique(role=role).acteur, "Nadia", "Ferrand", dt.date(1992, 3, 12)) == []


def test_une_recherche_vide_ne_trouve_rien(ferrand):
    assert chercher(ferrand.interlocuteur.acteur, "  ") == [] and chercher(ferrand.interlocuteur.acteur, "zzzz") == []


def test_partie_dans_un_autre_dossier_elle_ne_se_lit_plus_dans_l_ancien(ferrand):
    claire, nadia = ferrand.interlocuteur, Foyer.demandeur(ferrand)
    MembreFabrique(foyer=ferrand, lien=Membre.Lien.CONJOINT)
    nouveau = separer(ferrand, par=claire.acteur, personnes=[nadia])
    Foyer.objects.filter(pk=nouveau.pk).update(interlocuteur=AgentFabrique(interlocuteur=True))
    (trouve,) = chercher(claire.acteur, "Ferrand")
    assert trouve.hors_perimetre and trouve.numero == ""


def test_un_enfant_de_deux_foyers_se_trouve_dans_celui_que_l_on_suit(ferrand):
    ailleurs = FoyerFabrique()
    lea = MembreFabrique(foyer=ferrand, lien=Membre.Lien.ENFANT, personne__prenom="Zélie").personne
    MembreFabrique(foyer=ailleurs, lien=Membre.Lien.ENFANT, personne=lea, du=timezone.localdate())
    (trouve,) = chercher(ferrand.interlocuteur.acteur, "zelie")
    assert trouve.numero == ferrand.numero


@pytest.mark.parametrize("combien", [1, 8])
def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_personnes(combien, django_assert_num_queries):
    foyers = [FoyerFabrique(demandeur__nom="Zimmermann") for _rang in range(combien)]
    guichet = AgentFabrique(role=Role.ACCUEIL).acteur
    with django_assert_num_queries(4):
        assert len(chercher(guichet, "Zimmerman")) == len(foyers)


def test_un_dossier_qui_ressemble_est_signale_avec_ses_raisons(ferrand):
    (doublon,) = doublons(ferrand.interlocuteur.acteur, "Nadya", "Ferrand", dt.date(1992, 3, 12))
    assert doublon.numero == "2025-0417" and doublon.raisons == ("nom proche", "même date de naissance")


def test_le_meme_nom_et_le_meme_prenom_suffisent_a_le_signaler(ferrand):
    (doublon,) = doublons(ferrand.interlocuteur.acteur, "Ferrand Lepee", "Nadia")
    assert doublon.raisons == ("même nom et même prénom",)
    assert doublons(ferrand.interlocuteur.acteur, "Paul", "Ferrand") == []


def test_hors_du_perimetre_l_indice_ne_nomme_personne(ferrand):
    (doublon,) = doublons(AgentFabrique(interlocuteur=True).acteur, "Nadia", "Ferrand", dt.date(1992, 3, 12))
    assert (doublon.hors_perimetre, doublon.nom, doublon.numero, doublon.raisons) == (True, "", "", ())


def test_un_telephone_partage_seul_ne_fait_pas_un_doublon(ferrand):
    assert doublons(ferrand.interlocuteur.acteur, "Paul", "Martin", telephone="06 39 98 00 12") == []
