"""Le quartier d'une adresse, d'après le fichier de la ville ; sans fichier, ou sans le reconnaître, la commune."""

import datetime as dt
from decimal import Decimal

import pytest
import yaml
from pydantic import ValidationError

from pleinsdroits.aides.actions.instruire import proposer
from pleinsdroits.aides.quartiers import decoupage, quartier_ou_commune
from pleinsdroits.aides.regles.quartiers import Decoupage, quartier_de
from pleinsdroits.aides.tests.etudes import demande_ferrand, edition, instruction
from pleinsdroits.personnes.models import Adresse

# Inventé pour l'essai : aucune de ces voies n'existe.
FICHIER = {
    "commune": "Ville-sur-Essai",
    "source": "essai",
    "verifie_le": dt.date(2026, 11, 26),
    "exemple": True,
    "quartiers": [
        {
            "nom": "Centre",
            "voies": [
                {"voie": "Rue de l’Étoile"},
                {"voie": "avenue des Acacias", "a": 20},
                {"voie": "quai Neuf", "cote": "pair"},
            ],
        },
        {"nom": "Port", "voies": [{"voie": "avenue des Acacias", "de": 21}, {"voie": "quai Neuf", "cote": "impair"}]},
    ],
}
LU = Decoupage.model_validate(FICHIER)


@pytest.mark.parametrize(
    ("ligne", "quartier"),
    [
        ("12 rue de l'Etoile", "Centre"),
        ("RUE DE L’ÉTOILE", "Centre"),
        ("12 bis, r. de l’étoile", "Centre"),
        ("20 av. des Acacias", "Centre"),
        ("21-23 avenue des Acacias", "Port"),
        ("avenue des Acacias", ""),
        ("4 quai Neuf", "Centre"),
        ("5B quai neuf", "Port"),
        ("5 rue de l’Étoile Filante", ""),
        ("chez un ami", ""),
        ("", ""),
    ],
)
def test_une_adresse_ecrite_de_toutes_les_facons_trouve_son_quartier(ligne, quartier):
    assert quartier_de(ligne, "Ville sur Essai", LU) == quartier
    assert quartier_de(ligne, "Ailleurs", LU) == ""


@pytest.mark.parametrize(
    "voie",
    [{"voie": "RUE DE L'ETOILE"}, {"voie": "av des Acacias", "de": 10, "a": 12}, {"voie": "quai neuf", "de": 100}],
)
def test_un_decoupage_qui_met_une_adresse_dans_deux_quartiers_est_refuse(voie):
    quartiers = [*FICHIER["quartiers"], {"nom": "Gare", "voies": [voie]}]
    with pytest.raises(ValidationError, match="à la fois dans"):
        Decoupage.model_validate({**FICHIER, "quartiers": quartiers})


@pytest.fixture
def ville_decoupee(tmp_path, settings):
    (tmp_path / "quartiers.yaml").write_text(yaml.safe_dump(FICHIER, allow_unicode=True), encoding="utf-8")
    settings.VILLE = tmp_path
    return tmp_path


def test_sans_fichier_sans_rue_connue_ou_pour_le_courrier_seulement_c_est_la_commune(
    ville_decoupee, settings, tmp_path
):
    logement = Adresse(ligne="4 quai Neuf", commune="Ville-sur-Essai")
    courrier = Adresse(ligne="4 quai Neuf", commune="Ville-sur-Essai", genre="domiciliation")
    assert quartier_ou_commune(logement) == "Centre"
    assert quartier_ou_commune(courrier) == quartier_ou_commune(Adresse(commune="Ville-sur-Essai")) == "Ville-sur-Essai"
    assert quartier_ou_commune(None) == ""
    settings.VILLE = tmp_path / "sans"
    assert decoupage(settings.VILLE) is None and quartier_ou_commune(logement) == "Ville-sur-Essai"


@pytest.mark.django_db
def test_l_etude_fige_le_quartier_meme_si_la_personne_demenage(settings, tmp_path):
    (tmp_path / "quartiers.yaml").write_text(
        yaml.safe_dump({**FICHIER, "commune": "Ivry-sur-Seine"}, allow_unicode=True), encoding="utf-8"
    )
    edition()
    demande, ines = demande_ferrand(), instruction()
    demande.foyer.adresses.update(ligne="4 quai Neuf")
    settings.VILLE = tmp_path
    proposer(demande, par=ines, montant=Decimal(250))
    demande.foyer.adresses.update(ligne="5 quai Neuf")
    demande.refresh_from_db()
    assert demande.quartier == "Centre"
