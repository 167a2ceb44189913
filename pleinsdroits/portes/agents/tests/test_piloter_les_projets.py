"""Le pilotage : des nombres pour le comité, rien de personne, ni à l'écran ni dans le tableur."""

import pytest
from django.urls import reverse

from pleinsdroits.comptes.models import Role
from pleinsdroits.parcours.fabriques import ProjetFabrique
from pleinsdroits.personnes.fabriques import FoyerFabrique

PILOTENT = (Role.COORDINATION, Role.PRESIDENCE, Role.COMMISSION, Role.INTERLOCUTEUR)


@pytest.mark.parametrize("role", PILOTENT)
def test_le_comite_lit_la_charge_et_aucun_nom(client, dedans, role):
    dedans(role=role)
    projets = [
        ProjetFabrique(accepte=True, souhaits="Secretsouhait", foyer=FoyerFabrique(demandeur__nom="Vanderhaeghen"))
        for _fois in range(6)
    ]
    for nom in ("pilotage", "pilotage_tableur", "rapidite", "rapidite_tableur"):
        lue = client.get(reverse(f"agents:{nom}")).content.decode()
        secrets = (
            "Vanderhaeghen",
            "Secretsouhait",
            *(p.reference for p in projets),
            *(p.foyer.numero for p in projets),
        )
        assert not [s for s in secrets if s in lue], nom
    lue = client.get(reverse("agents:pilotage")).content.decode()
    assert "6 projets en cours" in lue and "du projet accepté au bilan" in lue.lower()


@pytest.mark.parametrize("role", [Role.ACCUEIL, Role.TECHNIQUE, Role.EPICERIE, Role.VOLONTAIRE])
def test_les_autres_roles_n_y_entrent_pas(client, dedans, role):
    dedans(role=role)
    assert client.get(reverse("agents:pilotage")).status_code == 404


def test_sans_projet_la_page_le_dit(client, dedans):
    dedans(role=Role.COORDINATION)
    assert "Le premier projet commencera" in client.get(reverse("agents:pilotage")).content.decode()


def test_la_page_de_rapidite_montre_les_etapes_d_un_projet_et_sa_tendance(client, dedans):
    dedans(role=Role.PRESIDENCE)
    adresse = reverse("agents:rapidite")
    assert "Projets d’accompagnement" in client.get(adresse).content.decode()
    choisie = client.get(adresse, {"etape": "projet.accepte"})
    assert choisie.context["page"].courbe.nom == "du premier entretien au projet accepté"
