"""Les lettres du CCAS à la personne : accusé de réception, pièces qui manquent, transmission, décision."""
