"""Essayer : changer une réponse et voir tous les droits bouger ; voir ce que laisse chaque salaire. Sans Django."""
