from django.apps import AppConfig


class ParcoursConfig(AppConfig):
    name = "pleinsdroits.parcours"
    verbose_name = "projets d’accompagnement"
