"""Les paramètres gardés : relus tels quels, et refaits dès que le fichier n'est pas exactement le nôtre."""

import hashlib
import logging
import os
import pickle

import pytest
from openfisca_core.parameters import ParameterNode

from pleinsdroits.droits.moteur import enregistre
from pleinsdroits.droits.moteur.rapide import disque
from pleinsdroits.droits.moteur.rapide.tests.test_parametres import petit_arbre
from pleinsdroits.droits.moteur.systeme import systeme


class Constructeur:
    """Compte combien de fois on lui a demandé de construire."""

    def __init__(self):
        self.appels = 0

    def __call__(self) -> ParameterNode:
        self.appels += 1
        return petit_arbre()


@pytest.fixture
def construire() -> Constructeur:
    return Constructeur()


@pytest.fixture
def dossier(tmp_path, construire):
    """Un dossier où les paramètres sont déjà gardés."""
    disque.parametres(tmp_path / "moteur", construire)
    return tmp_path / "moteur"


@pytest.fixture
def fichier(dossier):
    return dossier / disque.nom_du_fichier()


def test_la_deuxieme_fois_rien_n_est_construit(dossier, construire):
    assert str(disque.parametres(dossier, construire)) == str(petit_arbre())
    assert construire.appels == 1


def test_le_fichier_et_son_dossier_ne_sont_qu_a_nous(dossier, fichier):
    assert (dossier.stat().st_mode & 0o777, fichier.stat().st_mode & 0o777) == (0o700, 0o600)
    assert [f.name for f in dossier.iterdir()] == [fichier.name]


def test_le_nom_dit_les_versions(fichier):
    assert all(mot in fichier.name for mot in ("openfisca-france-", "openfisca-core-", "python-3."))


def _tronquer(fichier):
    fichier.write_bytes(fichier.read_bytes()[:-10])


def _changer_un_octet(fichier):
    octets = bytearray(fichier.read_bytes())
    octets[len(octets) // 2] ^= 1
    fichier.write_bytes(octets)


def _vider(fichier):
    fichier.write_bytes(b"")


def _ouvrir_a_tous(fichier):
    fichier.chmod(0o666)


def _supprimer(fichier):
    fichier.unlink()


@pytest.mark.parametrize("abimer", [_tronquer, _changer_un_octet, _vider, _ouvrir_a_tous, _supprimer])
def test_un_fichier_abime_absent_ou_ouvert_a_tous_est_refait_sans_bruit(dossier, fichier, construire, abimer):
    abimer(fichier)
    assert str(disque.parametres(dossier, construire)) == str(petit_arbre())
    disque.parametres(dossier, construire)
    assert construire.appels == 2


class _Piege:
    def __init__(self, temoin):
        self.temoin = temoin

    def __reduce__(self):
        return os.mkdir, (str(self.temoin),)


def test_un_fichier_piege_ne_peut_rien_executer(dossier, fichier, construire, tmp_path):
    """Même à nous, même avec la bonne empreinte."""
    donnees = pickle.dumps(_Piege(tmp_path / "temoin"))
    fichier.write_bytes(hashlib.sha256(donnees).digest() + donnees)
    assert str(disque.parametres(dossier, construire)) == str(petit_arbre())
    assert construire.appels == 2 and not (tmp_path / "temoin").exists()


def test_un_fichier_d_une_autre_version_n_est_pas_lu_et_disparait(dossier, fichier, construire):
    ancien = fichier.rename(dossier / "parametres-openfisca-france-1.0.pickle")
    disque.parametres(dossier, construire)
    assert construire.appels == 2 and fichier.exists() and not ancien.exists()


def test_sans_disque_les_parametres_se_construisent_et_cela_se_dit(tmp_path, construire, caplog):
    (tmp_path / "moteur").write_text("un fichier à la place du dossier")
    with caplog.at_level(logging.WARNING):
        assert str(disque.parametres(tmp_path / "moteur", construire)) == str(petit_arbre())
    assert "non gardés" in caplog.text


def test_les_parametres_de_france_se_relisent():
    """Une classe nouvelle dans les paramètres d'une prochaine version se verrait ici."""

    def jamais():
        raise AssertionError("le fichier écrit par notre système n'a pas pu être relu")

    assert str(systeme().baseline.parameters) == str(disque.parametres(enregistre.dossier(), jamais))
