"""Ce que regarde la page de santé : des faits comptés à l'instant, jamais une donnée personnelle."""

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pleinsdroits.comptes.taches import RELECTURE
from pleinsdroits.droits.moteur import enregistre
from pleinsdroits.droits.moteur.version import version_des_regles
from pleinsdroits.droits.situation.mois import Mois
from pleinsdroits.droits.situation.periode import dernier_jour
from pleinsdroits.droits.textes import jour_long
from pleinsdroits.socle.envois import etat_des_envois
from pleinsdroits.socle.taches import BATTEMENT

SILENCE_DES_TACHES = dt.timedelta(minutes=10)
JOURNAL_A_RELIRE = dt.timedelta(hours=36)
REGLES_BIENTOT_PERIMEES = dt.timedelta(days=90)
ENVOI_QUI_TARDE = dt.timedelta(minutes=30)
DISQUE_PRESQUE_PLEIN = 0.9
ECHECS = (OSError, DatabaseError)


@dataclass(frozen=True)
class Constat:
    """Ce qu'un contrôle a vu : va-t-il, en une phrase, et quoi faire sinon."""

    nom: str
    va: bool
    phrase: str
    que_faire: str = ""


def constats() -> list[Constat]:
    """Tous les contrôles, dans l'ordre où l'on répare."""
    return [_regarder(nom, controle) for nom, controle in _controles()]


def _controles() -> Iterator[tuple[str, Callable[[], tuple[bool, str, str]]]]:
    yield _("Base de données"), _base
    yield _("Tâches de fond"), _taches
    yield _("Réponses des habitants"), _coffre
    yield _("Courriels"), _courriels
    yield _("Courriels et SMS"), _envois
    yield _("Journal"), _journal
    yield _("Calcul des droits"), _moteur
    yield _("Place sur le disque"), _disque


def _regarder(nom: str, controle: Callable[[], tuple[bool, str, str]]) -> Constat:
    """Un contrôle qui échoue est un constat, pas une page en panne."""
    try:
        va, phrase, que_faire = controle()
    except ECHECS as erreur:
        return Constat(nom, False, _("Ne répond pas (%(genre)s).") % {"genre": type(erreur).__name__})
    return Constat(nom, va, phrase, "" if va else que_faire)


def _base() -> tuple[bool, str, str]:
    plan = MigrationExecutor(connection)
    restent = len(plan.migration_plan(plan.loader.graph.leaf_nodes()))
    version = ".".join(str(n) for n in connection.get_database_version())
    phrase = f"{connection.display_name} {version}. "
    a_passer = ngettext("%(n)d migration à passer.", "%(n)d migrations à passer.", restent) % {"n": restent}
    phrase += a_passer if restent else _("À jour.")
    return not restent, phrase, _("Lancez « manage.py migrate », puis redémarrez le site.")


def _taches() -> tuple[bool, str, str]:
    dernier = cache.get(BATTEMENT)
    que_faire = _("Vérifiez que « manage.py run_huey » tourne.")
    if not dernier:
        return False, _("Aucun signe de vie."), que_faire
    depuis = timezone.now() - dt.datetime.fromisoformat(dernier)
    minutes = int(depuis.total_seconds() // 60)
    phrase = ngettext(
        "Dernier signe de vie il y a %(n)d minute.", "Dernier signe de vie il y a %(n)d minutes.", minutes
    )
    return depuis < SILENCE_DES_TACHES, phrase % {"n": minutes}, que_faire


def _coffre() -> tuple[bool, str, str]:
    dossier = Path(settings.COFFRE_DOSSIER)
    dossier.mkdir(parents=True, exist_ok=True)
    visites = sum(1 for chemin in dossier.iterdir() if chemin.is_file())
    gardes = ngettext("%(n)d fichier chiffré gardé.", "%(n)d fichiers chiffrés gardés.", visites) % {"n": visites}
    phrase = gardes if visites else _("Aucune réponse gardée en ce moment.")
    que_faire = _("Donnez au site le droit d’écrire dans le dossier COFFRE_DOSSIER.")
    return os.access(dossier, os.W_OK), phrase, que_faire


def _courriels() -> tuple[bool, str, str]:
    if settings.EMAIL_URL:
        return True, _("Envoyés par le serveur de courriel de la ville."), ""
    dossier = Path(settings.EMAIL_FILE_PATH)
    ecrits = len(list(dossier.glob("*.log"))) if dossier.exists() else 0
    phrase = _("Aucun serveur de courriel : les envois sont écrits dans un dossier (%(n)d).") % {"n": ecrits}
    return settings.MODE_DEMO, phrase, _("Donnez le serveur de courriel par le réglage EMAIL_URL.")


def _envois() -> tuple[bool, str, str]:
    """La file d'attente, ce qui n'est jamais parti, et par où passent les SMS."""
    attendent, abandonnes, depuis = etat_des_envois()
    phrase = _("%(n)d en attente") % {"n": attendent}
    age = timezone.now() - depuis if depuis else dt.timedelta()
    if depuis:
        phrase += _(", le plus ancien depuis %(n)d min") % {"n": int(age.total_seconds() // 60)}
    perdus = ngettext("%(n)d abandonné en 7 jours.", "%(n)d abandonnés en 7 jours.", abandonnes) % {"n": abandonnes}
    phrase += f", {perdus}"
    if not settings.SMS_URL:
        phrase += " " + _("Aucun prestataire de SMS\u00a0: ils sont écrits dans un dossier.")
    va = age < ENVOI_QUI_TARDE and not abandonnes and bool(settings.SMS_URL or settings.MODE_DEMO)
    return va, phrase, _("Vérifiez EMAIL_URL, SMS_URL et SMS_CLE. Appelez les personnes qui n’ont rien reçu.")


def _journal() -> tuple[bool, str, str]:
    relecture = cache.get(RELECTURE)
    if not relecture:
        return False, _("Jamais relu."), _("La relecture a lieu chaque nuit. Ou lancez « manage.py verifier_journal ».")
    lu = timezone.now() - dt.datetime.fromisoformat(relecture["le"])
    fautes = relecture["fautes"]
    phrase = ngettext("%(n)d ligne relue, ", "%(n)d lignes relues, ", relecture["lignes"]) % {"n": relecture["lignes"]}
    phrase += ngettext("%(n)d faute.", "%(n)d fautes.", fautes) % {"n": fautes} if fautes else _("aucune faute.")
    que_faire = _("Lancez « manage.py verifier_journal » : il dit quelles lignes ont changé. Prévenez la direction.")
    return not fautes and lu < JOURNAL_A_RELIRE, phrase, que_faire


def _moteur() -> tuple[bool, str, str]:
    """Les règles et jusqu'à quand, la bande du mois, et ce que ce processus a répondu avec elle ou sans elle."""
    regles = _("Règles %(version)s, jusqu’au %(jour)s.")
    phrase = regles % {"version": version_des_regles(), "jour": jour_long(dernier_jour())}
    mois = Mois(timezone.localdate())
    if enregistre.est_refusee(mois):
        que_faire = _(
            "Un contrôle a trouvé une différence avec la référence, qui répond seule. Lancez « make moteur »."
        )
        return False, f"{phrase} {_('Calcul rapide refusé.')} {_compte()}", que_faire
    etat = _("Calcul rapide prêt.") if enregistre.installee(mois) else _("Calcul rapide en préparation.")
    va = timezone.localdate() + REGLES_BIENTOT_PERIMEES <= dernier_jour()
    que_faire = _("Installez une version plus récente : après ce jour, plus rien ne se calcule.")
    return va, f"{phrase} {etat} {_compte()}", que_faire


def _compte() -> str:
    compteurs = enregistre.compteurs
    rapides = ngettext("%(n)d réponse rapide", "%(n)d réponses rapides", compteurs.bande) % {"n": compteurs.bande}
    lentes = sum(compteurs.reference.values())
    autres = ngettext("%(n)d par la référence", "%(n)d par la référence", lentes) % {"n": lentes}
    controles = ngettext("%(n)d refaite pour contrôle", "%(n)d refaites pour contrôle", compteurs.controles)
    motifs = " ; ".join(f"{motif} : {n}" for motif, n in sorted(compteurs.reference.items()))
    detail = f" ({motifs})" if motifs else ""
    return f"{rapides}, {autres}{detail}, {controles % {'n': compteurs.controles}}."


def _disque() -> tuple[bool, str, str]:
    place = shutil.disk_usage(settings.DONNEES)
    occupe = place.used / place.total
    libres = place.free // 10**9
    phrase = _("%(libres)d Go libres, %(occupe)d %% occupés.") % {"libres": libres, "occupe": round(occupe * 100)}
    return occupe < DISQUE_PRESQUE_PLEIN, phrase, _("Faites de la place ou agrandissez le disque.")
