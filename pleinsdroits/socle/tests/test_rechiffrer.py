"""Changer de clé de chiffrement sans rien perdre, en autant de fois qu'il faut."""

from io import StringIO

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.management import CommandError, call_command

from pleinsdroits.personnes.models import Identifiant, Personne
from pleinsdroits.socle import fichiers
from pleinsdroits.socle.management.commands import rechiffrer

pytestmark = [pytest.mark.django_db, pytest.mark.base]
ANCIENNE, NOUVELLE, AUTRE = (Fernet.generate_key().decode() for _ in range(3))
CHAMP = "personnes.Identifiant.valeur"


@pytest.fixture
def garde(settings, tmp_path) -> str:
    """Trois numéros et un papier chiffrés avec l'ancienne clé ; rend la clé du papier."""
    settings.PAPIERS_DOSSIER = tmp_path
    settings.CLES_CHIFFREMENT = [ANCIENNE]
    personne = Personne.objects.create(prenom="Awa", nom="Traoré")
    for i, genre in enumerate(("caf", "fiscal", "mdph")):
        Identifiant.objects.create(personne=personne, genre=genre, valeur=f"numéro {i}")
    return fichiers.ranger(b"avis")


def lancer() -> list[str]:
    sortie = StringIO()
    call_command("rechiffrer", stdout=sortie)
    return sortie.getvalue().splitlines()


def numeros() -> list[str]:
    return list(Identifiant.objects.order_by("pk").values_list("valeur", flat=True))


def test_apres_rechiffrement_la_nouvelle_cle_suffit_et_l_ancienne_ne_lit_plus_rien(garde, settings):
    settings.CLES_CHIFFREMENT = [NOUVELLE, ANCIENNE]
    lignes = lancer()
    assert f"{CHAMP} : 3 rechiffrés, 0 déjà à jour, 0 illisibles" in lignes
    assert "fichiers : 1 rechiffrés, 0 déjà à jour, 0 illisibles" in lignes
    settings.CLES_CHIFFREMENT = [NOUVELLE]
    assert numeros() == ["numéro 0", "numéro 1", "numéro 2"]
    assert fichiers.lire(garde) == b"avis"
    settings.CLES_CHIFFREMENT = [ANCIENNE]
    with pytest.raises(InvalidToken):
        numeros()
    with pytest.raises(InvalidToken):
        fichiers.lire(garde)


def test_interrompue_la_commande_reprend_ou_elle_en_etait(garde, settings, monkeypatch):
    monkeypatch.setattr(rechiffrer, "LOT", 2)
    settings.CLES_CHIFFREMENT = [NOUVELLE, ANCIENNE]
    premier = Identifiant.objects.first()
    premier.save()
    assert f"{CHAMP} : 2 rechiffrés, 1 déjà à jour, 0 illisibles" in lancer()
    lignes = lancer()
    assert f"{CHAMP} : 0 rechiffrés, 3 déjà à jour, 0 illisibles" in lignes
    assert "fichiers : 0 rechiffrés, 1 déjà à jour, 0 illisibles" in lignes


def test_une_cle_oubliee_se_dit_et_ne_detruit_rien(garde, settings):
    settings.CLES_CHIFFREMENT = [NOUVELLE, AUTRE]
    with pytest.raises(CommandError, match="4 illisibles : une clé manque"):
        lancer()
    settings.CLES_CHIFFREMENT = [ANCIENNE]
    assert numeros() == ["numéro 0", "numéro 1", "numéro 2"]
    assert fichiers.lire(garde) == b"avis"


def test_tous_les_champs_chiffres_sont_connus():
    assert ("personnes.Identifiant", "valeur") in {(m._meta.label, c) for m, c in rechiffrer.champs_chiffres()}
