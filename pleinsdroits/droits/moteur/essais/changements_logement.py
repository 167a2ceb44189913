"""Essayer un autre logement : un loyer qui change, un déménagement."""

from datetime import date

from pleinsdroits.droits.moteur.essais.champs import Champ, Choix, Genre, Valeurs
from pleinsdroits.droits.moteur.essais.changement import Changement
from pleinsdroits.droits.situation.listes import StatutLogement
from pleinsdroits.droits.situation.modele import Logement, Situation
from pleinsdroits.droits.textes import marque as _

LOUES = (
    StatutLogement.LOCATAIRE_HLM,
    StatutLogement.LOCATAIRE_VIDE,
    StatutLogement.LOCATAIRE_MEUBLE,
    StatutLogement.FOYER,
)
LOYER = Champ("loyer", _("Loyer par mois, sans les charges"))


def _loue(situation: Situation, jour: date) -> bool:
    return situation.logement.statut in LOUES


def _loyer(situation: Situation, valeurs: Valeurs, jour: date) -> Situation:
    logement = situation.logement.model_copy(update={"loyer": float(valeurs["loyer"])})
    return situation.model_copy(update={"logement": logement})


def _statuts(situation: Situation, jour: date) -> Choix:
    return [
        (StatutLogement.LOCATAIRE_HLM.value, _("Logement social (HLM)")),
        (StatutLogement.LOCATAIRE_VIDE.value, _("Location vide")),
        (StatutLogement.LOCATAIRE_MEUBLE.value, _("Location meublée")),
        (StatutLogement.FOYER.value, _("Foyer ou résidence")),
        (StatutLogement.HEBERGE.value, _("Chez quelqu’un")),
    ]


def _demenager(situation: Situation, valeurs: Valeurs, jour: date) -> Situation:
    statut = StatutLogement(str(valeurs["statut"]))
    loue = statut in LOUES
    logement = Logement(
        commune=str(valeurs["commune"]),
        statut=statut,
        loyer=float(valeurs["loyer"]) if loue else 0,
        charges=situation.logement.charges if loue else 0,
        entree=jour,
        colocation=situation.logement.colocation and loue,
        contrat_electricite=loue,
        demande_logement_social_depuis=situation.logement.demande_logement_social_depuis,
    )
    return situation.model_copy(update={"logement": logement})


CHANGEMENTS = (
    Changement("loyer", _("Mon loyer change"), _loyer, (LOYER,), possible=_loue),
    Changement(
        "demenager",
        _("Je déménage"),
        _demenager,
        (
            Champ("commune", _("Commune"), Genre.COMMUNE),
            Champ("statut", _("Quel logement ?"), Genre.CHOIX, choix=_statuts),
            Champ("loyer", LOYER.question, aide=_("Écrivez 0 s’il n’y en a pas."), defaut=0),
        ),
        suppose=(_("Nous comptons que vous y entrez aujourd’hui, avec tout votre foyer."),),
    ),
)
