"""Les actes de l'accueil, un module par sujet ; chaque fonction publique est un ``@acte``."""
