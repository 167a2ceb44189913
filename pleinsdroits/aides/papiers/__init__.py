"""Les documents d'une séance et d'une décision, en PDF/UA-1."""
