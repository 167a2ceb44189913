"""Ce que tous les essais partagent."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import TransactionTestCase

from pleinsdroits.journal import scelles


@pytest.fixture(autouse=True, scope="session")
def journal_vide_entre_deux_essais() -> Iterator[None]:
    """
    Un essai sans transaction finit par vider toutes les tables : ce que les scellés du journal refusent.
    On les lève le temps du vidage ; pendant l'essai lui-même, ils sont en place.
    """
    vider = vars(TransactionTestCase)["_fixture_teardown"]

    def vider_sans_scelles(self: TransactionTestCase) -> None:
        scelles.lever(connection)
        vider(self)
        scelles.poser(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", vider_sans_scelles)
        # TestCase (essais en transaction) a sa propre fin, qui annule tout : rien à lever.
        yield
