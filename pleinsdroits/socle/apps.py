from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SocleConfig(AppConfig):
    name = "pleinsdroits.socle"
    verbose_name = "fondations"

    def ready(self) -> None:
        """huey ne cherche que des modules « tasks » : les nôtres s'appellent « taches »."""
        autodiscover_modules("taches")
