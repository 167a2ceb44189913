from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "pleinsdroits.portes.api"
    label = "porte_api"
    verbose_name = "porte des logiciels"
