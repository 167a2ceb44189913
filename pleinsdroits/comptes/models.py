"""Qui agit : les agents, leurs institutions, leurs rôles."""

from django.contrib.auth.models import AbstractUser


class Agent(AbstractUser):
    class Meta:
        verbose_name = "agent"
        verbose_name_plural = "agents"
