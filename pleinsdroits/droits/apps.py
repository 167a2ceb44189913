from django.apps import AppConfig


class DroitsConfig(AppConfig):
    name = "pleinsdroits.droits"
    verbose_name = "droits"
