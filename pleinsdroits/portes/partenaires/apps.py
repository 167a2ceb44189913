from django.apps import AppConfig


class PartenairesConfig(AppConfig):
    name = "pleinsdroits.portes.partenaires"
    label = "porte_partenaires"
    verbose_name = "porte des partenaires"
