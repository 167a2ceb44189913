"""Le guide des délais dit toutes les règles de la table, et tout ce que nous ne savons pas."""

from pathlib import Path

from pleinsdroits.demarches.delais import delais
from pleinsdroits.demarches.tests.fiches_essai import FICHES

GUIDE = (Path(__file__).parents[3] / "docs" / "guide" / "delais.md").read_text(encoding="utf-8")


def test_le_guide_donne_chaque_regle_son_article_sa_source_et_sa_certitude():
    table = delais()
    for regle in (*table.silences, *table.prealables, *table.juges, *table.generales.values()):
        ligne = f"| {regle.reference} | {regle.depuis.isoformat()} | {regle.source} | {regle.certitude.value} |"
        assert ligne in GUIDE and regle.dit in GUIDE


def test_le_guide_nomme_les_fiches_qui_ignorent_le_silence_ou_le_recours():
    inconnues = [f.id for f in FICHES.values() if f.silence.inconnu or f.recours.inconnu]
    assert [f for f in inconnues if f"`{f}`" not in GUIDE] == []


def test_la_table_est_datee_et_chaque_article_se_retrouve_sur_legifrance():
    table = delais()
    assert table.verifie_le < table.a_reverifier_avant
    for regle in (*table.silences, *table.prealables, *table.juges, *table.generales.values()):
        assert regle.depuis <= table.verifie_le
        assert regle.reference.lien.startswith("https://www.legifrance.gouv.fr/")
