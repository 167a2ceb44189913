"""Les mots simples des natures de ressources et de charges, et les questions qui vont avec."""

from pleinsdroits.droits.reglement.base import Disposition
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


def citer(source: Disposition) -> Phrase:
    """« (article 7) », « (barème 2024) », ou « (supposé : le texte ne le dit pas) »."""
    if not source.articles:
        return phrase(_("(supposé : le texte ne le dit pas)"))
    return citer_les_articles(source.articles)


def citer_les_articles(articles: tuple[str, ...]) -> Phrase:
    """« (article 7) », « (articles 4, 7) » ; un article nommé en toutes lettres se cite tel quel."""
    cites = ", ".join(dict.fromkeys(articles))
    if not cites[:1].isdigit():
        return phrase("({articles})", articles=cites)
    return phrase(_("(article {articles})") if len(set(articles)) == 1 else _("(articles {articles})"), articles=cites)
