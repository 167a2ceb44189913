"""Les mots que partagent les tables de l'accueil."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CanalDeContact(models.TextChoices):
    """Par où la personne est venue à nous."""

    GUICHET = "guichet", _("guichet")
    TELEPHONE = "telephone", _("téléphone")
    SOIREE = "soiree", _("accueil du soir")
    SOLIBUS = "solibus", _("Solibus")
    WEB = "web", _("site")
    PARTENAIRE = "partenaire", _("partenaire")
