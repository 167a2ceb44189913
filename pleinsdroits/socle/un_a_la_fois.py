"""Faire passer une écriture à la fois, quand aucune ligne n'existe encore pour être verrouillée."""

from django.db import connection


def un_a_la_fois(nom: str) -> None:
    """
    Attend que toute autre transaction ayant demandé ``nom`` soit finie, et fait attendre les suivantes. À appeler dans
    une transaction ; le tour se rend avec elle. SQLite n'a qu'un écrivain à la fois (``IMMEDIATE``) : rien à y faire.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as curseur:
            curseur.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [nom])
