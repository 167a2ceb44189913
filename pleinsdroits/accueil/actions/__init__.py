"""Les actes de l'accueil, un module par sujet."""
