"""Qui fait quoi dans un projet. Le périmètre (``visibles_par``) dit ensuite sur lesquels."""

from pleinsdroits.comptes.models import Role

PERSONNE = "habitant"
# L'accueil note une demande ; il ne lit pas le projet.
DEMANDENT = (Role.ACCUEIL, Role.INTERLOCUTEUR, Role.INSTRUCTEUR, PERSONNE, "systeme")
TIENNENT = (Role.INTERLOCUTEUR, Role.INSTRUCTEUR, "systeme")
# La personne aussi : choisir, accepter, dire ce qui est fait, dire ce qu'elle en pense.
AVEC_LA_PERSONNE = (*TIENNENT, PERSONNE)
# Le comité lit des nombres, jamais un projet.
PILOTENT = (Role.COORDINATION, Role.PRESIDENCE, Role.COMMISSION, Role.INTERLOCUTEUR, Role.INSTRUCTEUR)
