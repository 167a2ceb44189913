"""Les mots simples des natures de ressources et de charges, les questions qui vont avec, les périodes dites."""

from datetime import date

from pleinsdroits.droits.reglement.base import Disposition
from pleinsdroits.droits.reglement.modele import Frequence
from pleinsdroits.droits.reglement.mots import PAR_PERIODE, PERIODES_DITES
from pleinsdroits.droits.reglement.periodes import Periode, debut, fin
from pleinsdroits.droits.textes import MOIS, Phrase, jour_long, mois_annee, phrase
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


def dire_les_fois(regle: Frequence) -> Phrase:
    """« une fois par semestre », « 3 fois sur douze mois »."""
    texte = _("une fois {periode}") if regle.nombre == 1 else _("{n} fois {periode}")
    return phrase(texte, n=regle.nombre, periode=phrase(PAR_PERIODE[regle.par]))


def dire_la_periode(periode: Periode, jour: date) -> Phrase:
    """« ce semestre (juillet à décembre 2026) »."""
    if periode == "annee":
        precise: object = jour.year
    elif periode == "douze_mois":
        precise = phrase(_("depuis le {debut}"), debut=jour_long(debut(periode, jour)))
    else:
        precise = _mois_de(periode, jour)
    return phrase(_("{quand} ({precise})"), quand=phrase(PERIODES_DITES[periode]), precise=precise)


def dire_la_periode_passee(periode: Periode, jour: date) -> Phrase:
    """« En 2026 », « De juillet à décembre 2026 », « Du 11 mars 2026 au 10 mars 2027 » : en tête d'une phrase."""
    if periode == "annee":
        return phrase(_("En {annee}"), annee=jour.year)
    if periode == "douze_mois":
        du, au = jour_long(debut(periode, jour)), jour_long(fin(periode, jour))
        return phrase(_("Du {du} au {au}"), du=du, au=au)
    return phrase(_("En {mois}") if periode == "mois" else _("De {mois}"), mois=_mois_de(periode, jour))


def _mois_de(periode: Periode, jour: date) -> Phrase | str:
    """« novembre 2026 », « juillet à décembre 2026 »."""
    if periode == "mois":
        return mois_annee(jour)
    premier = MOIS[debut(periode, jour).month - 1]
    return phrase(_("{premier} à {dernier}"), premier=premier, dernier=mois_annee(fin(periode, jour)))
