import pytest
from django.db import DatabaseError, connection, transaction

from pleinsdroits.journal.models import Entree, Tete

pytestmark = pytest.mark.base
ORDRES = [
    "UPDATE journal_entree SET motif = 'autre' WHERE numero = 2",
    "UPDATE journal_entree SET date = '2001-01-01 00:00:00+00:00'",
    "UPDATE journal_entree SET elaguee = true WHERE numero = 2",
    "UPDATE journal_entree SET empreinte = 'x' WHERE numero = 5",
    "DELETE FROM journal_entree WHERE numero = 5",
    "DELETE FROM journal_tete",
    "UPDATE journal_tete SET numero = 1",
]


@pytest.mark.parametrize("ordre", ORDRES)
def test_la_base_elle_meme_refuse(cinq_lignes, ordre):
    with (
        pytest.raises(DatabaseError, match="ne se modifie ni ne s'efface"),
        transaction.atomic(),
        connection.cursor() as curseur,
    ):
        curseur.execute(ordre)


def test_la_base_refuse_aussi_de_vider_la_table(cinq_lignes):
    ordre = "TRUNCATE journal_entree" if connection.vendor == "postgresql" else "DELETE FROM journal_entree"
    with (
        pytest.raises(DatabaseError, match="ne se modifie ni ne s'efface"),
        transaction.atomic(),
        connection.cursor() as curseur,
    ):
        curseur.execute(ordre)


def test_une_mise_a_jour_en_masse_est_refusee(cinq_lignes):
    with pytest.raises(DatabaseError), transaction.atomic():
        Entree.objects.update(motif="autre")
    with pytest.raises(DatabaseError), transaction.atomic():
        Entree.objects.all().delete()


def test_une_ligne_relue_ne_s_enregistre_ni_ne_s_efface(cinq_lignes):
    ligne = Entree.objects.get(numero=3)
    with pytest.raises(TypeError, match="ne se modifie pas"):
        ligne.save()
    with pytest.raises(TypeError, match="ne s'efface pas"):
        ligne.delete()


def test_deux_lignes_ne_peuvent_pas_suivre_la_meme(cinq_lignes):
    double = Entree.objects.get(numero=3)
    double.numero, double.empreinte, double._state.adding = 9, "f" * 64, True
    with pytest.raises(DatabaseError), transaction.atomic():
        double.save()


def test_la_tete_suit_la_derniere_ligne(cinq_lignes):
    assert str(Tete.objects.get()) == f"5:{cinq_lignes[-1].empreinte}"
