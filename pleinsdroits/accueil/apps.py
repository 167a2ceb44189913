from django.apps import AppConfig


class AccueilConfig(AppConfig):
    name = "pleinsdroits.accueil"
    verbose_name = "accueil"
