"""Un papier gardé est chiffré, illisible sans la clé, et ne survit pas à l'enregistrement qui échoue."""

import os
import stat
import time
from pathlib import Path

import pytest
from cryptography.fernet import InvalidToken
from django.conf import settings as reglages
from django.db import transaction

from pleinsdroits.socle import fichiers


@pytest.fixture(autouse=True)
def dossier(settings, tmp_path) -> Path:
    settings.PAPIERS_DOSSIER = tmp_path / "papiers"
    return settings.PAPIERS_DOSSIER


def gardes(dossier: Path) -> list[Path]:
    return [c for c in dossier.rglob("*") if c.is_file()]


def vieillir(chemin: Path) -> None:
    il_y_a_deux_heures = time.time() - 7200
    os.utime(chemin, (il_y_a_deux_heures, il_y_a_deux_heures))


def test_un_papier_range_se_relit_et_s_efface(dossier):
    cle = fichiers.ranger(b"avis d'imposition")
    assert fichiers.lire(cle) == b"avis d'imposition"
    fichiers.effacer(cle)
    fichiers.effacer(cle)
    with pytest.raises(FileNotFoundError):
        fichiers.lire(cle)


def test_sur_le_disque_rien_ne_se_lit_et_personne_d_autre_n_entre(dossier):
    cle = fichiers.ranger(b"avis d'imposition")
    (chemin,) = gardes(dossier)
    assert chemin.relative_to(dossier).parts == (cle[:2], cle[2:4], cle)
    assert b"imposition" not in chemin.read_bytes()
    assert stat.S_IMODE(chemin.stat().st_mode) == 0o600
    assert {stat.S_IMODE(d.stat().st_mode) for d in (dossier, chemin.parent.parent, chemin.parent)} == {0o700}


def test_un_papier_altere_n_est_pas_rendu(dossier):
    cle = fichiers.ranger(b"avis")
    gardes(dossier)[0].write_bytes(b"autre chose")
    with pytest.raises(InvalidToken):
        fichiers.lire(cle)


@pytest.mark.parametrize("cle", ["../../etc/passwd", "", "A" * 32, "0" * 31, "0" * 32 + "\n"])
def test_une_cle_n_est_jamais_un_chemin(cle):
    for verbe in (fichiers.lire, fichiers.effacer):
        with pytest.raises(ValueError, match="mal formée"):
            verbe(cle)


@pytest.mark.django_db
def test_l_enregistrement_qui_echoue_ne_laisse_pas_de_fichier(dossier):
    with pytest.raises(RuntimeError), fichiers.range_le_temps_de(b"avis"), transaction.atomic():
        raise RuntimeError
    assert gardes(dossier) == []
    with fichiers.range_le_temps_de(b"avis") as cle, transaction.atomic():
        pass
    assert fichiers.lire(cle) == b"avis"


@pytest.mark.django_db(transaction=True)
@pytest.mark.base
def test_un_effacement_annule_laisse_le_papier():
    cle = fichiers.ranger(b"avis")
    with pytest.raises(RuntimeError), transaction.atomic():
        fichiers.effacer_ensuite(cle)
        raise RuntimeError
    assert fichiers.lire(cle) == b"avis"
    with transaction.atomic():
        fichiers.effacer_ensuite(cle)
    with pytest.raises(FileNotFoundError):
        fichiers.lire(cle)


def test_le_balayage_efface_ce_que_personne_ne_connait_sauf_le_tout_recent(dossier):
    connu, perdu, recent = (fichiers.ranger(t) for t in (b"connu", b"perdu", b"en cours"))
    vieux = {c.name: c for c in gardes(dossier)}
    interrompu = vieux[connu].with_name("tmpx.ecriture")
    interrompu.write_bytes(b"")
    for chemin in (vieux[connu], vieux[perdu], interrompu):
        vieillir(chemin)
    assert fichiers.balayer({connu}) == 2
    assert {c.name for c in gardes(dossier)} == {connu, recent}


def test_les_papiers_ne_sont_dans_aucun_dossier_servi():
    papiers, statiques = Path(reglages.PAPIERS_DOSSIER).resolve(), Path(reglages.STATIC_ROOT).resolve()
    assert statiques not in papiers.parents and papiers not in statiques.parents and papiers != statiques
