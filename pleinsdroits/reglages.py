"""
Réglages uniques de la plateforme. Toute valeur qui change d'un lieu à l'autre vient de l'environnement ;
docs/guide/reglages.md les liste. Par défaut : SQLite, un dossier ``donnees/``, rien d'autre à installer.
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from pathlib import Path

from csp.constants import NONE, SELF
from environs import env
from huey import SqliteHuey

RACINE = Path(__file__).parent.parent
DONNEES = env.path("DONNEES", RACINE / "donnees")
DONNEES.mkdir(parents=True, exist_ok=True)
VILLE = env.path("VILLE", RACINE / "villes" / "ivry")

MODE_DEMO = env.bool("MODE_DEMO", False)
DEBUG = env.bool("DEBUG", False)


def _cle_locale() -> str:
    """La clé secrète de ce poste, créée une fois. En production, CLE_SECRETE est fournie."""
    chemin = DONNEES / "cle_secrete"
    if not chemin.exists():
        chemin.touch(mode=0o600)
        chemin.write_text(secrets.token_urlsafe(50))
    return chemin.read_text()


def _derivee(usage: str) -> str:
    """Une clé de 32 octets par usage, tirée de la clé secrète : un poste n'a rien à régler."""
    return urlsafe_b64encode(hmac.new(SECRET_KEY.encode(), usage.encode(), hashlib.sha256).digest()).decode()


SECRET_KEY = env.str("CLE_SECRETE", "") or _cle_locale()

# Données personnelles chiffrées au repos : la première clé chiffre, toutes déchiffrent. La clé d'empreinte ne change
# jamais : les recherches exactes en dépendent.
CLES_CHIFFREMENT = env.list("CLES_CHIFFREMENT", []) or [_derivee("chiffrement")]
CLE_EMPREINTE = env.str("CLE_EMPREINTE", "") or _derivee("empreinte")
ALLOWED_HOSTS = env.list("HOTES", ["localhost", "127.0.0.1", "[::1]"])
ADRESSE_DU_SITE = env.str("ADRESSE_DU_SITE", "http://localhost:8000")
CSRF_TRUSTED_ORIGINS = [ADRESSE_DU_SITE]

# Base de données : SQLite prêt à l'emploi, PostgreSQL par DATABASE_URL.
DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{DONNEES}/pleinsdroits.sqlite3")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "timeout": 20,
    }
    # Les essais ont un vrai fichier, comme la ville : une base en mémoire n'a ni WAL ni verrous entre processus.
    DATABASES["default"]["TEST"] = {"NAME": DONNEES / "essais.sqlite3"}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    # Avant allauth : ses pages sont remplacées par les nôtres.
    "pleinsdroits.portes.agents",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
    "django_tables2",
    "django_filters",
    "huey.contrib.djhuey",
    "pleinsdroits.socle",
    "pleinsdroits.journal",
    "pleinsdroits.comptes",
    "pleinsdroits.echeances",
    "pleinsdroits.annuaire",
    "pleinsdroits.droits",
    "pleinsdroits.personnes",
    "pleinsdroits.accueil",
    "pleinsdroits.demarches",
    "pleinsdroits.aides",
    "pleinsdroits.parcours",
    "pleinsdroits.portes.public",
    "pleinsdroits.portes.partenaires",
    "pleinsdroits.portes.api",
    # Les gabarits de champs de Django, après les nôtres, qui en remplacent deux.
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Fermé par défaut : une page publique le dit (@login_not_required).
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "pleinsdroits.comptes.middleware.SecondFacteurObligatoire",
    "pleinsdroits.portes.partenaires.acces.ChacunSaPorte",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "pleinsdroits.urls"
WSGI_APPLICATION = "pleinsdroits.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.static",
                "django.templatetags.i18n",
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "pleinsdroits.socle.templatetags.socle",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pleinsdroits.socle.contexte.maison",
            ],
        },
    }
]
FORM_RENDERER = "pleinsdroits.socle.rendu.Rendu"
COTTON_DIR = "cotton"

# Comptes : les agents seulement. Mot de passe puis second facteur.
AUTH_USER_MODEL = "comptes.Agent"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "agents:accueil"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if env.bool("HACHAGE_RAPIDE", False):  # essais seulement
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "pleinsdroits.comptes.adaptateurs.AdaptateurDeCompte"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # rien à une adresse sans compte
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_FORMS = {
    "login": "pleinsdroits.comptes.forms.ConnexionForm",
    "reauthenticate": "pleinsdroits.comptes.forms.MotDePasseEncoreForm",
    "reset_password": "pleinsdroits.comptes.forms.MotDePasseOublieForm",
    "reset_password_from_key": "pleinsdroits.comptes.forms.MotDePasseNouveauForm",
    "change_password": "pleinsdroits.comptes.forms.MotDePasseChangeForm",
}
MFA_ADAPTER = "pleinsdroits.comptes.adaptateurs.AdaptateurDeSecondFacteur"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "pleinsdroits.comptes.forms.SecondFacteurForm",
    "reauthenticate": "pleinsdroits.comptes.forms.SecondFacteurEncoreForm",
    "activate_totp": "pleinsdroits.comptes.forms.InstallerApplicationForm",
    "add_webauthn": "pleinsdroits.comptes.forms.AjouterCleForm",
    "edit_webauthn": "pleinsdroits.comptes.forms.RenommerCleForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = ADRESSE_DU_SITE.startswith("http://localhost")
MFA_TOTP_ISSUER = "Pleins Droits"

# Sessions des agents : en base, fermées avec le navigateur.
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
EN_CLAIR = ADRESSE_DU_SITE.startswith("http://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not EN_CLAIR
SECURE_SSL_REDIRECT = env.bool("REDIRIGER_VERS_HTTPS", not EN_CLAIR)
SECURE_HSTS_SECONDS = 0 if EN_CLAIR else 31_536_000
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("DERRIERE_UN_PROXY", False) else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "pleinsdroits.portes.erreurs.formulaire_perime"

# Rien en ligne : ni script, ni style.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Réponses des visiteurs : hors de la base, chiffrées, effacées après deux heures (voir socle/coffre.py).
COFFRE_DOSSIER = env.path("COFFRE_DOSSIER", DONNEES / "coffre")
COFFRE_DUREE = 2 * 3600

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
    }
}

# Le calcul rapide : une bande par mois de calcul, et la machine compilée. Rien d'un foyer n'y est.
DOSSIER_MOTEUR = env.path("DOSSIER_MOTEUR", DONNEES / "moteur")

# Calculs demandés par l'API, par adresse : sans calcul rapide, chacun occupe un cœur une demi-seconde.
API_DEBIT = env.str("API_DEBIT", "30/m")

# Tâches de fond : une file à part, jamais de donnée personnelle dedans (des identifiants seulement).
HUEY = SqliteHuey(
    name="pleinsdroits", filename=str(DONNEES / "taches.sqlite3"), immediate=env.bool("TACHES_IMMEDIATES", False)
)

# Courriels : écrits dans donnees/courriels (à lire sur place) tant qu'aucun serveur n'est donné.
EMAIL_URL = env.str("EMAIL_URL", "")
if EMAIL_URL:
    vars().update(env.dj_email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DONNEES / "courriels"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("EXPEDITEUR", "Pleins Droits <ne-pas-repondre@pleinsdroits.invalid>")

# SMS : écrits dans donnees/sms (à lire sur place) tant qu'aucun fournisseur n'est donné.
SMS_URL = env.str("SMS_URL", "")
SMS_CLE = env.str("SMS_CLE", "")
SMS_DOSSIER = env.path("SMS_DOSSIER", DONNEES / "sms")

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
LOCALE_PATHS = [RACINE / "pleinsdroits" / "locale"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/statiques/"
STATIC_ROOT = env.path("STATIQUES", DONNEES / "statiques")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if DEBUG or env.bool("STATIQUES_SIMPLES", False):
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = DEBUG
DJANGO_TABLES2_TEMPLATE = "socle/tableau.html"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

# Papiers reçus : 10 Mo au plus, jamais en clair sur le disque ; gardés chiffrés hors de tout dossier servi.
FILE_UPLOAD_HANDLERS = ["pleinsdroits.socle.televersement.GarderEnMemoire"]
DATA_UPLOAD_MAX_NUMBER_FILES = 5
PAPIERS_DOSSIER = env.path("PAPIERS_DOSSIER", DONNEES / "papiers")

# Journal technique : jamais d'adresse complète ni de corps de requête (aucune donnée personnelle).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"sobre": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "sobre"}},
    "root": {"handlers": ["console"], "level": env.str("NIVEAU_DU_JOURNAL", "INFO")},
    "loggers": {"numexpr": {"level": "WARNING"}},
}
