"""Se loger : aide au logement, logement social, garanties d'Action Logement, déménagement."""

from collections.abc import Iterator
from typing import Any

from pleinsdroits.droits.moteur.regle import Contexte, regle
from pleinsdroits.droits.moteur.regles.chiffres import Famille, familles, ferme, ouvert, refus_de_sejour, sans_sejour
from pleinsdroits.droits.moteur.regles.reponses import deja_la, foyer, non, probable
from pleinsdroits.droits.moteur.resultats import Periodicite, Resultat
from pleinsdroits.droits.situation.listes import Activite, Nationalite, StatutLogement
from pleinsdroits.droits.situation.modele import age
from pleinsdroits.droits.situation.mois import Mois
from pleinsdroits.droits.textes import Phrase, euros, phrase
from pleinsdroits.droits.textes import marque as _

EN_LOCATION = {
    StatutLogement.LOCATAIRE_HLM,
    StatutLogement.LOCATAIRE_VIDE,
    StatutLogement.LOCATAIRE_MEUBLE,
    StatutLogement.FOYER,
}
SORTES = (("apl", "APL"), ("alf", "ALF"), ("als", "ALS"))
# Le modèle refuse aussi pour un loyer trop haut, mais ses plafonds datent de 2018 : l'âge suffit pour aller voir.
AGE_VISALE = 30
MOIS_POUR_DEMANDER_LA_PRIME = 6  # CSS D542-36


@regle("aide_logement", sorties=("aide_logement", "apl", "als", "alf", "aide_logement_base_ressources"))
def aide_logement(c: Contexte) -> Iterator[Resultat]:
    """L'aide personnelle au logement de la famille qui paie le loyer (CCH L821-1)."""
    for membres, parents in familles(c):
        if c.situation.demandeur.id not in membres:
            yield non("aide_logement", membres, phrase(_("Cette personne ne paie pas le loyer de ce logement.")))
        elif sans_sejour(parents):
            yield refus_de_sejour(c, "aide_logement", membres)
        else:
            yield _aide_de(c, membres)


def _aide_de(c: Contexte, membres: Famille) -> Resultat:
    v, tete, loyer = c.valeurs, membres[0], c.situation.logement.loyer or 0
    montant, ressources = v.de("aide_logement", tete), v.de("aide_logement_base_ressources", tete)
    etapes = {"Ressources comptées pour l’aide au logement, par an": ressources, "Loyer déclaré, par mois": loyer}
    if montant > 0:
        sorte = next((sigle for variable, sigle in SORTES if v.de(variable, tete) > 0), "")
        motif = phrase(_("Votre loyer est de {loyer} et vos ressources permettent une aide."), loyer=euros(loyer))
        return ouvert(
            c,
            "aide_logement",
            membres,
            montant,
            Periodicite.MOIS,
            motif,
            modalite=sorte,
            intermediaires=etapes,
            **_si_pret(c),
        )
    return ferme(c, "aide_logement", membres, _refus_aide(c, ressources), intermediaires=etapes)


def _si_pret(c: Contexte) -> dict[str, Any]:
    """Pour un prêt, le barème que nous avons date d'octobre 2019 : l'aide n'est pas sûre."""
    if c.situation.logement.statut is not StatutLogement.ACCEDANT:
        return {}
    texte = _("Pour un prêt, nous comptons avec le barème d’octobre 2019 : la CAF vous dira le montant exact.")
    return {"probable": True, "a_verifier": (phrase(texte),)}


def _refus_aide(c: Contexte, ressources: float) -> Phrase:
    logement, demandeur = c.situation.logement, c.situation.demandeur
    if logement.statut is StatutLogement.ACCEDANT:
        return phrase(_("Depuis 2018, les nouveaux prêts pour acheter son logement n’ouvrent plus d’aide."))
    if logement.statut not in EN_LOCATION:
        return phrase(_("Cette aide est pour qui paie un loyer ou une redevance."))
    if logement.bailleur_parent:
        return phrase(_("Un logement loué à un parent ou un enfant n’ouvre pas d’aide."))
    etranger = demandeur.nationalite is Nationalite.HORS_UE
    if demandeur.activite is Activite.ETUDIANT and etranger and not demandeur.boursier:
        return phrase(_("Depuis juillet 2026, les étudiants hors Union européenne sans bourse n’ont plus cette aide."))
    if not logement.loyer:
        return phrase(_("Vous n’avez pas indiqué de loyer."))
    return phrase(
        _("Vos ressources ({r} par an) sont trop élevées pour ce loyer."), r=euros(ressources, centimes=False)
    )


@regle("logement_social", sorties=("logement_social_eligible", "logement_social_plafond_ressources"))
def logement_social(c: Contexte) -> Iterator[Resultat]:
    """La demande de logement social, selon le revenu fiscal (CCH L441-1)."""
    demandeur = c.situation.demandeur
    membres = next(m for m, _p in familles(c) if demandeur.id in m)
    if c.situation.logement.demande_logement_social_depuis:
        yield deja_la(
            "logement_social", membres, phrase(_("Votre demande est déjà faite : renouvelez-la chaque année."))
        )
    elif sans_sejour([demandeur]):
        yield refus_de_sejour(c, "logement_social", membres)
    elif c.valeurs.de("logement_social_eligible", demandeur.id):
        motif = phrase(
            _("Vos revenus sont sous le plafond du logement social. Plus la demande est ancienne, plus elle compte.")
        )
        yield ouvert(c, "logement_social", membres, None, None, motif)
    else:
        plafond = c.valeurs.de("logement_social_plafond_ressources", demandeur.id)
        motif = phrase(
            _("Votre revenu fiscal d’il y a deux ans dépasse le plafond du logement social pour votre foyer ({p})."),
            p=euros(plafond, centimes=False),
        )
        yield ferme(c, "logement_social", membres, motif)


@regle("visale", sorties=("visale_eligibilite",))
def visale(c: Contexte) -> Iterator[Resultat]:
    """La garantie de loyer d'Action Logement, avant d'entrer dans les lieux."""
    logement, demandeur = c.situation.logement, c.situation.demandeur
    pour = (demandeur.id,)
    if not logement.entree or logement.entree <= c.jour:
        yield non("visale", pour, phrase(_("Elle se demande avant de signer un nouveau bail.")))
    elif (
        c.valeurs.de("visale_eligibilite", demandeur.id)
        or age(demandeur, c.jour) <= AGE_VISALE
        or demandeur.activite is Activite.SALARIE
    ):
        motif = phrase(_("Vous allez louer un logement."))
        yield probable(
            c,
            "visale",
            pour,
            [motif],
            [phrase(_("Votre âge, votre contrat de travail et le loyer : visale.fr répond en ligne."))],
        )
    else:
        yield non("visale", pour, phrase(_("Elle est pour les 18 à 30 ans, et pour certains salariés.")))


@regle("locapass", sorties=("locapass_eligibilite",))
def locapass(c: Contexte) -> Iterator[Resultat]:
    """L'avance du dépôt de garantie, au plus deux mois après l'entrée."""
    demandeur = c.situation.demandeur
    pour = (demandeur.id,)
    if not c.situation.logement.entree:
        yield non(
            "locapass",
            pour,
            phrase(_("Elle se demande avant d’entrer dans un logement, ou dans les 2 mois qui suivent.")),
        )
    elif c.valeurs.de("locapass_eligibilite", demandeur.id):
        motif = phrase(_("Vous entrez dans un logement et votre situation le permet."))
        yield probable(
            c,
            "locapass",
            pour,
            [motif],
            [phrase(_("Votre contrat de travail ou d’études, vérifié par Action Logement."))],
        )
    else:
        yield non(
            "locapass",
            pour,
            phrase(_("Elle est pour les salariés du privé et les jeunes, dans les 2 mois de l’entrée.")),
        )


@regle("prime_demenagement")
def prime_demenagement(c: Contexte) -> Iterator[Resultat]:
    """La prime de la CAF pour une famille d'au moins trois enfants qui déménage (CSS L542-8)."""
    enfants = [e for e in c.situation.enfants if age(e, c.jour) < 21]
    attendus = sum(1 for p in c.situation.personnes if p.grossesse)
    if len(enfants) + attendus < 3:
        motif = phrase(
            _("Elle est pour les familles d’au moins trois enfants, nés ou à naître ; vous en avez {n}."),
            n=len(enfants) + attendus,
        )
        yield non("prime_demenagement", foyer(c), motif)
    elif not _vient_d_entrer(c):
        yield non(
            "prime_demenagement", foyer(c), phrase(_("Elle se demande dans les 6 mois qui suivent un déménagement."))
        )
    else:
        motif = phrase(_("Vous avez au moins trois enfants et vous venez de déménager."))
        verifier = [
            phrase(
                _("Le dernier enfant a moins de 2 ans ou va naître, et le nouveau logement ouvre une aide au logement.")
            )
        ]
        yield probable(c, "prime_demenagement", foyer(c), [motif], verifier)


def _vient_d_entrer(c: Contexte) -> bool:
    entree = c.situation.logement.entree
    return entree is not None and Mois(entree) + MOIS_POUR_DEMANDER_LA_PRIME >= c.mois
