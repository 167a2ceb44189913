from django.apps import AppConfig


class EcheancesConfig(AppConfig):
    name = "pleinsdroits.echeances"
    verbose_name = "échéances"
