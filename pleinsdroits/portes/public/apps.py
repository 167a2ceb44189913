from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "pleinsdroits.portes.public"
    label = "porte_public"
    verbose_name = "porte publique"
