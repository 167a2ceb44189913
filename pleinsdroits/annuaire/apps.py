from django.apps import AppConfig


class AnnuaireConfig(AppConfig):
    name = "pleinsdroits.annuaire"
    verbose_name = "annuaire"
