"""Les mots d'un règlement lu à voix haute : une phrase par choix possible."""

from pleinsdroits.droits.textes import marque as _

PERIODES = {
    "moyenne_3_mois": _("Les ressources sont la moyenne des trois mois d’avant la demande."),
    "dernier_mois": _("Les ressources sont celles du mois d’avant la demande."),
    "mois_courant": _("Les ressources sont celles du mois de la demande."),
}
# Une limite, par période : « une fois par semestre », puis ce qui s'y est déjà passé, « ce semestre ».
PAR_PERIODE = {
    "mois": _("par mois"),
    "trimestre": _("par trimestre"),
    "semestre": _("par semestre"),
    "annee": _("par an"),
    "douze_mois": _("sur douze mois"),
}
PERIODES_DITES = {
    "mois": _("ce mois-ci"),
    "trimestre": _("ce trimestre"),
    "semestre": _("ce semestre"),
    "annee": _("cette année"),
    "douze_mois": _("sur les douze derniers mois"),
}
QUI = {
    "tout_le_foyer": _("On compte l’argent de tout le foyer."),
    "demandeur_et_conjoint": _("On compte l’argent de la personne qui demande et de son conjoint."),
    "majeurs": _("On compte l’argent des personnes majeures."),
}
NATURES_DE_COMPTE = {
    "reste_a_vivre": _("On calcule ce qui reste pour vivre : l’argent reçu, moins les dépenses obligées"),
    "quotient": _("On calcule un quotient : l’argent reçu, moins les charges comptées"),
    "ressources": _("On regarde l’argent reçu"),
}
DIVISEURS = {
    "foyer": _("pour le foyer"),
    "personne": _("divisé par le nombre de personnes"),
    "unite_consommation": _("divisé par les unités de consommation (échelle de l’INSEE)"),
    "parts": _("divisé par les parts du foyer"),
}
LOYERS = {
    "brut": _("Le loyer compte en entier."),
    "net": _("Le loyer compte, aide au logement déduite."),
    "exclu": _("Le loyer ne compte pas."),
}
NEGATIFS = {
    "garder": _("Quand les dépenses dépassent l’argent reçu, on garde le nombre négatif."),
    "zero": _("Quand les dépenses dépassent l’argent reçu, on compte zéro."),
    "indetermine": _("Quand les dépenses dépassent l’argent reçu, le texte ne dit pas quoi conclure."),
}
DECIDEURS = {
    "conseil_administration": _("le conseil d’administration"),
    "commission_permanente": _("la commission permanente"),
    "presidence": _("la présidence, par délégation"),
    "direction": _("la direction"),
    "regie": _("la régie"),
}
FORMES = {
    "cap": _("chèques d’accompagnement personnalisé"),
    "fournisseur": _("paiement à un fournisseur"),
    "virement": _("virement"),
    "avance": _("avance à rembourser"),
    "acces": _("accès à un service"),
    "tarif": _("tarif réduit"),
}
LOGEMENTS = {
    "locataire_hlm": _("locataire d’un logement social"),
    "locataire_vide": _("locataire d’un logement vide"),
    "locataire_meuble": _("locataire d’un logement meublé"),
    "foyer": _("en foyer ou en résidence"),
    "heberge": _("vit chez quelqu’un"),
    "proprietaire": _("propriétaire, sans prêt à rembourser"),
    "accedant": _("propriétaire, avec un prêt à rembourser"),
    "sans_domicile": _("sans logement à soi"),
}
EFFETS = {"refus": _("pas d’aide"), "muet": _("le texte ne dit pas ce qu’il décide")}
CHOIX = {
    "compter": _("{quoi} : on compte."),
    "exclure": _("{quoi} : on ne compte pas."),
    "indetermine": _("{quoi} : le texte ne dit pas s’il faut compter."),
}


TOUT = {
    _("Les autres revenus"): _("Les revenus"),
    _("Les autres prestations"): _("Les prestations"),
    _("Les autres dépenses"): _("Les dépenses"),
    _("Les autres remboursements"): _("Les remboursements"),
}


MONTANTS = {
    "fixe": _("{montant}"),
    "part_de_la_demande": _("{taux} de la somme demandée"),
    "jusqu_a": _("jusqu’à {plafond}"),
    "a_l_appreciation": _("un montant choisi par la commission"),
    "par_personne": _("{montant} par personne"),
    "taux_de_la_grandeur": _("{taux} du quotient, de {plancher} à {plafond}"),
}
AVEC_PLAFOND = {
    "part_de_la_demande": _("{taux} de la somme demandée, jusqu’à {plafond}"),
    "par_personne": _("{montant} par personne, jusqu’à {plafond}"),
}
