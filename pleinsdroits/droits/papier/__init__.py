"""Le papier : « Mes droits » pour une personne, le « Guide des solidarités » pour tous. Même source que l'écran."""
