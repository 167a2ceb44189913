"""Les mesures de la maison."""
