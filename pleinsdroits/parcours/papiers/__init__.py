"""La copie lisible d’un projet : la personne l’emporte."""
