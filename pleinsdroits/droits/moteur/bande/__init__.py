"""
Le calcul enregistré : les formules d'OpenFisca et nos corrections, parcourues une fois sur des symboles, puis rejouées.

``noeuds`` (la bande) ← ``simplifier`` (ce qui se sait d'avance) ← ``symbole`` et ``fonctions`` (numpy sur des symboles)
← ``enregistrer`` (une simulation sans données) → ``rejouer`` (numpy) ou ``natif`` (C) → ``controler`` → ``artefact``.
Aucune donnée n'existe pendant l'enregistrement : rien ne peut donc être deviné d'après un foyer particulier.
"""
