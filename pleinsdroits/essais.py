"""
Greffon de pytest : prépare l'environnement des essais avant la lecture des réglages. Chaque processus a
ses propres données, jetées à la fin ; rien ne touche celles du poste.
"""

import os
import shutil
import tempfile

DOSSIER = tempfile.mkdtemp(prefix="pleinsdroits-essais-")

os.environ.update(
    DONNEES=DOSSIER,
    CLE_SECRETE="essais-" + "x" * 50,
    TACHES_IMMEDIATES="1",
    STATIQUES_SIMPLES="1",
    HACHAGE_RAPIDE="1",
    API_DEBIT="100000/m",
    NIVEAU_DU_JOURNAL="WARNING",
    # Playwright ouvre une boucle d'événements dans le fil des essais ; Django s'en protège à tort ici.
    DJANGO_ALLOW_ASYNC_UNSAFE="1",
)
for nom in (
    "MODE_DEMO",
    "DEBUG",
    "EMAIL_URL",
    "SMS_URL",
    "SMS_DOSSIER",
    "ADRESSE_DU_SITE",
    "VILLE",
    "COFFRE_DOSSIER",
    "PAPIERS_DOSSIER",
):
    os.environ.pop(nom, None)


def pytest_unconfigure(config):
    """Rien ne reste des essais."""
    shutil.rmtree(DOSSIER, ignore_errors=True)


def pytest_report_header(config):
    """Dit sur quelle base les essais tournent."""
    base = os.environ.get("DATABASE_URL", "sqlite").partition(":")[0]
    return f"base de données des essais : {'PostgreSQL' if base.startswith('postgres') else 'SQLite'}"
