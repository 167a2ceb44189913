from django.apps import AppConfig


class SocleConfig(AppConfig):
    name = "pleinsdroits.socle"
    verbose_name = "fondations"
