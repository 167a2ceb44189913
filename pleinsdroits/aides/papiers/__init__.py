"""Les papiers de l'argent : l'ordre de paiement pour le comptable public, les chèques à remettre (PDF/UA-1)."""
