"""Les documents en PDF/UA-1 : séance et décision, ordre de paiement, chèques."""
