"""Les écrans du questionnaire, partie par partie."""
