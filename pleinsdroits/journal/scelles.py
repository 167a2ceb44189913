"""
Les scellés du journal : des déclencheurs qui font refuser par la base elle-même toute modification ou tout
effacement d'une ligne. Un seul changement passe : l'élagage d'une consultation, qui vide le récit et rien d'autre.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

REFUS = "Une ligne du journal ne se modifie ni ne s''efface."
FIXES = ("numero", "date", "consultation", "contenu", "precedente", "empreinte")
TEXTES = ("sel", "acteur_genre", "acteur_identifiant", "verbe", "type_objet", "cle_objet", "motif")
ELAGAGE = " AND ".join(
    ["OLD.consultation", "NOT OLD.elaguee", "NEW.elaguee"]
    + [f"NEW.{c} = OLD.{c}" for c in FIXES]
    + [f"NEW.{c} = ''" for c in TEXTES]
)
AVANCE = "NEW.id = OLD.id AND NEW.numero = OLD.numero + 1"

SQLITE = {
    "journal_sans_effacement": f"BEFORE DELETE ON journal_entree BEGIN SELECT RAISE(ABORT, '{REFUS}'); END",
    "journal_sans_modification": "BEFORE UPDATE ON journal_entree "
    f"WHEN NOT ({ELAGAGE} AND NEW.champs = '[]') BEGIN SELECT RAISE(ABORT, '{REFUS}'); END",
    "tete_sans_effacement": f"BEFORE DELETE ON journal_tete BEGIN SELECT RAISE(ABORT, '{REFUS}'); END",
    "tete_sans_recul": f"BEFORE UPDATE ON journal_tete WHEN NOT ({AVANCE}) BEGIN SELECT RAISE(ABORT, '{REFUS}'); END",
}
FONCTION = f"""CREATE OR REPLACE FUNCTION journal_refuser() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{REFUS}' USING ERRCODE = 'integrity_constraint_violation'; END $$"""
APPEL = "EXECUTE FUNCTION journal_refuser()"
POSTGRESQL = {
    ("journal_sans_effacement", "journal_entree"): f"BEFORE DELETE ON journal_entree FOR EACH ROW {APPEL}",
    ("journal_sans_vidage", "journal_entree"): f"BEFORE TRUNCATE ON journal_entree FOR EACH STATEMENT {APPEL}",
    ("journal_sans_modification", "journal_entree"): "BEFORE UPDATE ON journal_entree FOR EACH ROW "
    f"WHEN (NOT ({ELAGAGE} AND NEW.champs = '[]'::jsonb)) {APPEL}",
    ("tete_sans_effacement", "journal_tete"): f"BEFORE DELETE ON journal_tete FOR EACH ROW {APPEL}",
    ("tete_sans_vidage", "journal_tete"): f"BEFORE TRUNCATE ON journal_tete FOR EACH STATEMENT {APPEL}",
    ("tete_sans_recul", "journal_tete"): f"BEFORE UPDATE ON journal_tete FOR EACH ROW WHEN (NOT ({AVANCE})) {APPEL}",
}


def poser(connexion: BaseDatabaseWrapper) -> None:
    """Crée les déclencheurs. Lève ``NotImplementedError`` sur une base que la maison ne connaît pas."""
    _executer(connexion, _creations(connexion.vendor))


def lever(connexion: BaseDatabaseWrapper) -> None:
    """Retire les déclencheurs : pour défaire la migration, et pour vider la base entre deux essais."""
    if connexion.vendor == "sqlite":
        _executer(connexion, [f"DROP TRIGGER IF EXISTS {nom}" for nom in SQLITE])
    else:
        _executer(connexion, [f"DROP TRIGGER IF EXISTS {nom} ON {table}" for nom, table in POSTGRESQL])


def _creations(moteur: str) -> list[str]:
    if moteur == "sqlite":
        return [f"CREATE TRIGGER IF NOT EXISTS {nom} {corps}" for nom, corps in SQLITE.items()]
    if moteur == "postgresql":
        return [FONCTION, *(f"CREATE OR REPLACE TRIGGER {nom} {corps}" for (nom, _), corps in POSTGRESQL.items())]
    raise NotImplementedError(f"Le journal ne sait pas sceller une base « {moteur} ».")


def _executer(connexion: BaseDatabaseWrapper, ordres: list[str]) -> None:
    with connexion.cursor() as curseur:
        for ordre in ordres:
            curseur.execute(ordre)
