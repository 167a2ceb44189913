"""Les mots simples des natures de ressources et de charges, et les questions qui vont avec."""

from pleinsdroits.droits.textes import Phrase, phrase
from pleinsdroits.droits.textes import marque as _

NATURES = {
    "salaire": _("Salaire"),
    "chomage": _("Chômage"),
    "chomage_partiel": _("Chômage partiel"),
    "stage": _("Stage ou formation payée"),
    "maladie": _("Arrêt maladie"),
    "maternite": _("Congé de maternité ou de paternité"),
    "accident_travail": _("Accident du travail"),
    "invalidite": _("Pension d’invalidité"),
    "retraite": _("Retraite"),
    "pension_alimentaire": _("Pension alimentaire reçue"),
    "prestation_compensatoire": _("Prestation compensatoire"),
    "loyers_recus": _("Loyers reçus"),
    "placements": _("Revenus de placements"),
    "exceptionnel": _("Somme reçue une fois"),
    "independant": _("Activité indépendante (année divisée par 12)"),
    "aide_logement": _("Aide au logement"),
    "rsa": _("Revenu de solidarité active (RSA)"),
    "ppa": _("Prime d’activité"),
    "aah": _("Allocation aux adultes handicapés (AAH)"),
    "aspa": _("Allocation de solidarité aux personnes âgées (ASPA)"),
    "ass": _("Allocation de solidarité spécifique (ASS)"),
    "af": _("Allocations familiales"),
    "cf": _("Complément familial"),
    "asf": _("Allocation de soutien familial"),
    "loyer": _("Loyer et charges"),
    "charges": _("Charges du logement"),
    "energie": _("Électricité et chauffage"),
    "eau": _("Eau"),
    "assurance": _("Assurances"),
    "telephone": _("Téléphone et internet"),
    "transport": _("Transport"),
    "mutuelle": _("Mutuelle"),
    "garde": _("Garde d’enfant"),
    "impots": _("Impôts"),
    "pension_versee": _("Pension versée"),
    "autre": _("Autre dépense"),
    "dette_loyer": _("Remboursement d’un retard de loyer"),
    "dette_energie": _("Remboursement d’une facture d’énergie"),
    "dette_eau": _("Remboursement d’une facture d’eau"),
    "dette_ville": _("Remboursement d’une facture de la ville"),
    "dette_credit": _("Mensualité de crédit"),
    "dette_impots": _("Remboursement d’impôts"),
    "dette_autre": _("Remboursement d’une autre dette"),
    "mensualite": _("Ce que vous remboursez chaque mois"),
}

GRANDEURS = {
    "reste_a_vivre": _("Ce qui reste pour vivre"),
    "quotient": _("Quotient"),
    "ressources": _("Ressources"),
}


def question(nature: str) -> Phrase:
    """« Combien par mois ? » pour une ligne dont le montant manque."""
    return phrase(_("{nature} : combien par mois ?"), nature=NATURES.get(nature, nature))
