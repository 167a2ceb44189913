from django.apps import AppConfig
from django.conf import settings

from pleinsdroits.droits.moteur import enregistre


class DroitsConfig(AppConfig):
    name = "pleinsdroits.droits"
    verbose_name = "droits"

    def ready(self) -> None:
        """Le calcul, qui ne connaît pas Django, apprend où ranger ses bandes."""
        enregistre.ranger_dans(settings.DOSSIER_MOTEUR)
