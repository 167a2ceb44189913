"""Qui fait quoi dans l'attribution des aides. Le périmètre (``visibles_par``) dit ensuite sur quelles demandes."""

from pleinsdroits.comptes.models import Role

# La personne (« habitant ») dépose elle-même ; le partenaire dépose avec son accord.
DEPOSENT = (Role.ACCUEIL, Role.INTERLOCUTEUR, Role.INSTRUCTEUR, Role.PARTENAIRE, "habitant", "systeme")
RECOIVENT_LES_PIECES = (Role.ACCUEIL, Role.INTERLOCUTEUR, Role.INSTRUCTEUR, "habitant", "systeme")
INSTRUISENT = (Role.INSTRUCTEUR, "systeme")
# CASF R123-21 et R123-22 : le président (ou le vice-président) signe lui-même ce que le conseil lui délègue.
DECIDENT_EN_URGENCE = (Role.PRESIDENCE,)
TIENNENT_LES_SEANCES = (Role.INSTRUCTEUR, Role.PRESIDENCE, "systeme")
SIEGENT = (Role.COMMISSION, Role.PRESIDENCE)
NOTIFIENT = (Role.INSTRUCTEUR, Role.PRESIDENCE, "systeme")
PAIENT = (Role.INSTRUCTEUR, "systeme")
TIENNENT_LE_BUDGET = (Role.INSTRUCTEUR, Role.PRESIDENCE, "systeme")
# Le règlement se prépare et s'essaie à deux ; il ne devient la règle qu'après le vote du conseil, daté.
ECRIVENT_LE_REGLEMENT = (Role.INSTRUCTEUR, Role.PRESIDENCE, "systeme")
LISENT_LA_RAPIDITE = (Role.COMMISSION, Role.PRESIDENCE, Role.COORDINATION, Role.INSTRUCTEUR, Role.INTERLOCUTEUR)
# Le conseil vote ses objectifs de délai ; la présidence les note, avec la délibération.
FIXENT_LES_OBJECTIFS = (Role.PRESIDENCE, "systeme")
