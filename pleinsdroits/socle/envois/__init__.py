"""
Courriels et SMS : un seul guichet, ``poster``. Le message est enregistré avec l'acte qui le demande, puis part en tâche de
fond ; une panne du fournisseur le fait attendre et recommencer, et se voit sur la page de santé.
"""

from pleinsdroits.socle.envois.guichet import etat_des_envois, poster

__all__ = ["etat_des_envois", "poster"]
