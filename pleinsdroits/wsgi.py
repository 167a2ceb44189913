"""Point d'entrée du serveur."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils import timezone

from pleinsdroits.portes.public.calcul_en_fond import chauffer

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pleinsdroits.reglages")
application = get_wsgi_application()

if os.environ.get("CHAUFFER_LE_MOTEUR") == "1":
    chauffer(timezone.localdate(), ville=settings.VILLE)
