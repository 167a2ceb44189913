"""Les tables de la pièce « parcours »."""
