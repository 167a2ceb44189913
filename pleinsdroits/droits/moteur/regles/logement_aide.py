"""Entrer dans un logement, y rester, l'éclairer, en obtenir un : FSL (FSH en Val-de-Marne), DALO, DAHO."""

from collections.abc import Iterator
from decimal import Decimal

from pleinsdroits.droits.moteur.regle import Contexte, regle
from pleinsdroits.droits.moteur.regles.reponses import (
    MAJORITE,
    foyer,
    manque,
    manque_le_sejour,
    mois_ecoules,
    non,
    probable,
)
from pleinsdroits.droits.moteur.resultats import Resultat
from pleinsdroits.droits.situation.listes import NatureDette, StatutLogement, Titre
from pleinsdroits.droits.situation.modele import Dette, age
from pleinsdroits.droits.textes import Phrase, euros, jour_long, phrase
from pleinsdroits.droits.textes import marque as _

LOCATAIRES = {
    StatutLogement.LOCATAIRE_HLM,
    StatutLogement.LOCATAIRE_VIDE,
    StatutLogement.LOCATAIRE_MEUBLE,
    StatutLogement.FOYER,
}
PROPRIETAIRES = {StatutLogement.PROPRIETAIRE, StatutLogement.ACCEDANT}
TITRES_SANS_DALO = {Titre.SANS_TITRE, Titre.DEMANDEUR_ASILE}


@regle("fsl_acces")
def fsl_acces(c: Contexte) -> Iterator[Resultat]:
    """Dépôt de garantie et premier loyer d'un ménage qui entre dans une location (loi 90-449, art. 6)."""
    logement = c.situation.logement
    if logement.statut in PROPRIETAIRES:
        yield non("fsl_acces", foyer(c), phrase(_("Cette aide est pour une location. Vous êtes propriétaire.")))
        return
    limite = c.parametre("fsl.acces_mois_regardes").valeur
    if logement.entree is None or mois_ecoules(logement.entree, c.jour) >= limite:
        texte = _(
            "Cette aide se demande quand on entre dans une location, le plus tôt possible, avant de signer si l’on peut."
        )
        yield non("fsl_acces", foyer(c), phrase(texte))
        return
    modele = (
        _("Vous entrez dans un logement le {jour}.") if logement.entree > c.jour else _("Vous y êtes depuis le {jour}.")
    )
    motif = phrase(modele, jour=jour_long(logement.entree))
    yield probable(c, "fsl_acces", foyer(c), [motif], [_reglement_departemental()])


@regle("fsl_maintien")
def fsl_maintien(c: Contexte) -> Iterator[Resultat]:
    """Les loyers en retard d'un locataire (loi 90-449, art. 6)."""
    if c.situation.dettes is None:
        yield _manque_les_dettes("fsl_maintien", c)
    elif c.situation.logement.statut not in LOCATAIRES:
        yield non("fsl_maintien", foyer(c), phrase(_("Cette aide est pour les locataires.")))
    elif retards := _dettes(c, NatureDette.LOYER):
        reprise = phrase(_("Vous payez de nouveau le loyer, en entier ou en partie."))
        yield probable(c, "fsl_maintien", foyer(c), [_retard_de_loyer(retards)], [reprise, _reglement_departemental()])
    else:
        yield non("fsl_maintien", foyer(c), phrase(_("Vous n’avez pas de loyer en retard.")))


@regle("fsl_energie")
def fsl_energie(c: Contexte) -> Iterator[Resultat]:
    """Les factures d'énergie et d'eau en retard (CASF L115-3, loi 90-449 art. 6-3)."""
    if c.situation.dettes is None:
        yield _manque_les_dettes("fsl_energie", c)
        return
    retards = _dettes(c, NatureDette.ENERGIE, NatureDette.EAU)
    if not retards:
        yield non("fsl_energie", foyer(c), phrase(_("Vous n’avez pas de facture d’énergie ou d’eau en retard.")))
        return
    garde = _("Pendant l’étude de votre demande, l’énergie ne peut pas être coupée, pendant 2 mois au plus.")
    contrat = phrase(_("Le contrat est à votre nom."))
    motifs = [_total_en_retard(retards), phrase(garde)]
    yield probable(c, "fsl_energie", foyer(c), motifs, [contrat, _reglement_departemental()])


@regle("dalo")
def dalo(c: Contexte) -> Iterator[Resultat]:
    """Faire reconnaître par la commission que le logement est urgent (CCH L300-1, L441-2-3)."""
    demandeur = c.situation.demandeur
    if demandeur.sejour and demandeur.sejour.titre in TITRES_SANS_DALO:
        motif = phrase(_("Il faut un titre de séjour pour ce recours. Pour un hébergement, voyez le recours DAHO."))
        yield non("dalo", foyer(c), motif)
    elif demandeur.nationalite is None and demandeur.sejour is None:
        yield manque_le_sejour("dalo", demandeur)
    elif motifs := _motifs_dalo(c):
        yield probable(c, "dalo", foyer(c), motifs, _a_verifier_dalo(c))
    else:
        texte = _(
            "Vous n’avez indiqué ni demande de logement social, ni expulsion, logement dangereux ou trop petit, ni absence de logement."
        )
        yield non("dalo", foyer(c), phrase(texte))


@regle("daho")
def daho(c: Contexte) -> Iterator[Resultat]:
    """Faire reconnaître le droit à un hébergement quand aucune place adaptée n'est proposée (CCH L441-2-3 III)."""
    logement = c.situation.logement
    if logement.statut is StatutLogement.SANS_DOMICILE:
        motif = phrase(_("Vous n’avez pas de logement."))
    elif logement.statut is StatutLogement.HEBERGE and "hebergement_prolonge" in logement.difficultes:
        motif = phrase(_("Vous vivez chez quelqu’un depuis longtemps, sans autre solution."))
    else:
        yield non("daho", foyer(c), phrase(_("Vous avez un logement ou un hébergement.")))
        return
    demande = phrase(_("Vous avez demandé un hébergement (115, SIAO) et on ne vous a rien proposé qui convienne."))
    yield probable(c, "daho", foyer(c), [motif], [demande])


def _motifs_dalo(c: Contexte) -> list[Phrase]:
    logement = c.situation.logement
    motifs = [phrase(MOTIFS_DALO[d]) for d in logement.difficultes if d != "suroccupation"]
    if logement.statut is StatutLogement.SANS_DOMICILE:
        motifs.append(phrase(_("Vous n’avez pas de logement.")))
    if "suroccupation" in logement.difficultes and _mineur_ou_handicap(c):
        motifs.append(phrase(_("Votre logement est trop petit et un enfant ou une personne handicapée y vit.")))
    if logement.demande_logement_social_depuis:
        mois = mois_ecoules(logement.demande_logement_social_depuis, c.jour)
        motifs.append(phrase(_("Votre demande de logement social a {mois} mois."), mois=max(mois, 0)))
    return motifs


MOTIFS_DALO = {
    "expulsion": _("Une expulsion vous menace et vous n’avez pas d’autre logement."),
    "indigne": _("Votre logement est dangereux ou ne permet pas de vivre dignement."),
    "hebergement_prolonge": _("On vous héberge depuis longtemps : vous n’avez pas de logement à vous."),
}


def _mineur_ou_handicap(c: Contexte) -> bool:
    return any(age(p, c.jour) < MAJORITE or p.handicap for p in c.situation.personnes)


def _a_verifier_dalo(c: Contexte) -> list[Phrase]:
    if c.situation.logement.demande_logement_social_depuis is None:
        return [phrase(_("Vous avez une demande de logement social à jour."))]
    delai = _("Si l’attente est votre seule raison : le délai, fixé par le préfet, est dépassé.")
    return [phrase(_("Votre demande de logement social est à jour.")), phrase(delai)]


def _dettes(c: Contexte, *natures: NatureDette) -> list[Dette]:
    """Les dettes de ces natures où quelque chose reste dû (un total inconnu compte)."""
    return [d for d in c.situation.dettes or [] if d.nature in natures and (d.total != 0 or d.mois_de_retard)]


def _retard_de_loyer(retards: list[Dette]) -> Phrase:
    mois = max((d.mois_de_retard or 0 for d in retards), default=0)
    if mois:
        return phrase(_("Vous avez {mois} mois de loyer en retard."), mois=mois)
    return _total_en_retard(retards)


def _total_en_retard(retards: list[Dette]) -> Phrase:
    total = sum((Decimal(str(d.total)) for d in retards if d.total), Decimal(0))
    if total:
        return phrase(_("Vous avez {total} de retard à payer."), total=euros(total))
    return phrase(_("Vous avez une facture en retard."))


def _reglement_departemental() -> Phrase:
    return phrase(_("Les plafonds du règlement du Département (FSH en Val-de-Marne), que nous n’avons pas."))


def _manque_les_dettes(droit: str, c: Contexte) -> Resultat:
    return manque(droit, foyer(c), "dettes", phrase(_("Avez-vous des factures ou un loyer en retard ?")))
