from django.apps import AppConfig


class ComptesConfig(AppConfig):
    name = "pleinsdroits.comptes"
    verbose_name = "comptes"
