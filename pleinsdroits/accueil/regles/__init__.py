"""Les règles de l'accueil : des fonctions pures, le jour en argument, chaque réponse avec sa raison."""
