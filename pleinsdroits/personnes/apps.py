from django.apps import AppConfig


class PersonnesConfig(AppConfig):
    name = "pleinsdroits.personnes"
    verbose_name = "personnes"
