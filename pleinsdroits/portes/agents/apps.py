from django.apps import AppConfig


class AgentsConfig(AppConfig):
    name = "pleinsdroits.portes.agents"
    label = "porte_agents"
    verbose_name = "porte des agents"
