"""Les règles de l'accueil : pures, la date est un argument."""
