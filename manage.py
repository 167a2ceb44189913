#!/usr/bin/env python
"""Commandes d'administration de Django."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pleinsdroits.reglages")
    execute_from_command_line(sys.argv)
