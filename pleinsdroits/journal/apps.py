from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "pleinsdroits.journal"
    verbose_name = "journal"
