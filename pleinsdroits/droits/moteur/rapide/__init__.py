"""
La référence, plus vite : OpenFisca et nos corrections sans en changer un résultat, ni OpenFisca pour les autres.

Rien n'est remplacé dans OpenFisca : tout tient à nos sous-classes, que seul notre système emploie (``systeme.py``). Un
autre système du même processus, celui des mesures par exemple, reste tel que publié.

``dates`` : un décalage de date ne se calcule qu'une fois. ``parametres`` : un barème ne se construit que s'il est lu.
``simulation`` : une valeur déjà connue se rend tout de suite. ``disque`` : les paramètres lus une fois pour toutes.
``systemes`` : le tout réuni. Relu sur OpenFisca-Core 44.7.1 et OpenFisca-France 176.1.8 ; ``tests/test_rouages.py``
tombe si ce que nous en supposons change.
"""

from pleinsdroits.droits.moteur.rapide.dates import periode_lue

__all__ = ["periode_lue"]
