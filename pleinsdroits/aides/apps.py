from django.apps import AppConfig


class AidesConfig(AppConfig):
    name = "pleinsdroits.aides"
    verbose_name = "aides du CCAS"
