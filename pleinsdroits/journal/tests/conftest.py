import threading

import pytest
from django.db import connection, connections

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.fabriques import InstitutionFabrique
from pleinsdroits.journal import scelles
from pleinsdroits.journal.actes import noter


@pytest.fixture
def par():
    return Acteur.systeme("essais")


@pytest.fixture
def cinq_lignes(db, par):
    """Un journal de cinq consultations du même objet."""
    institution = InstitutionFabrique()
    return [noter("essai.lire", institution, par=par, motif=f"raison {i}") for i in range(5)]


@pytest.fixture
def sans_scelles(db):
    """Ce que ferait un administrateur malveillant : lever les déclencheurs et écrire en SQL. La fin de l'essai défait tout."""
    scelles.lever(connection)

    def executer(ordre, *valeurs):
        with connection.cursor() as curseur:
            curseur.execute(ordre, valeurs)

    return executer


@pytest.fixture
def base_partagee(transactional_db, tmp_path, monkeypatch):
    """
    Une base que plusieurs fils peuvent écrire. Les essais sur SQLite tournent en mémoire, où les fils ne
    s'attendent pas comme en vrai : on en copie une dans un fichier, déclencheurs compris.
    """
    if connection.vendor == "sqlite":
        fichier = tmp_path / "base.sqlite3"
        with connection.cursor() as curseur:
            curseur.execute("VACUUM INTO %s", [str(fichier)])
        monkeypatch.setitem(connections.settings["default"], "NAME", str(fichier))


@pytest.fixture
def dans_un_fil(base_partagee):
    """Exécute des fonctions en même temps, chacune dans son fil ; rend leurs résultats, ou lève la première erreur."""

    def lancer(*fonctions):
        issues = [None] * len(fonctions)

        def executer(rang):
            try:
                issues[rang] = fonctions[rang]()
            except Exception as erreur:  # rendue au fil principal
                issues[rang] = erreur
            finally:
                connections.close_all()

        fils = [threading.Thread(target=executer, args=(r,)) for r in range(len(fonctions))]
        for fil in fils:
            fil.start()
        for fil in fils:
            fil.join(timeout=60)
        if erreur := next((i for i in issues if isinstance(i, Exception)), None):
            raise erreur
        return issues

    return lancer
