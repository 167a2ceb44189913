from django.apps import AppConfig


class DemarchesConfig(AppConfig):
    name = "pleinsdroits.demarches"
    verbose_name = "démarches"
