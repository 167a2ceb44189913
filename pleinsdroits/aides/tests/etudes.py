"""Le foyer Ferrand, son budget fait à la main, et un règlement chiffré, pour les essais de l'étude."""

import copy
import json

from pleinsdroits.aides.calcul import cle_durable
from pleinsdroits.aides.fabriques import DemandeFabrique, EditionFabrique, LigneBudgetaireFabrique, document_de_la_ville
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.personnes.fabriques import FoyerFabrique, SituationDateeFabrique
from pleinsdroits.personnes.models import Adresse

# (982 + 250) − (600 + 80,85 + 89) = 462,15 € ; ÷ 30 ÷ 3 = 5,135, soit 5,14 € par jour et par personne.
BUDGET = {
    "personnes": [
        {
            "id": "moi",
            "lien": "demandeur",
            "naissance": "1992-03-12",
            "revenus": [{"type": "salaire", "montant": 982}],
        },
        {"id": "lea", "lien": "enfant", "naissance": "2015-05-05"},
        {"id": "tom", "lien": "enfant", "naissance": "2018-09-01"},
    ],
    "logement": {"commune": "94041", "statut": "locataire_hlm", "loyer": 600},
    "prestations": [{"droit": "aide_logement", "montant": 250}],
    "charges": [{"nature": "energie", "montant": 80.85}],
    "dettes": [{"nature": "credit", "mensualite": 89}],
}
# Ce qui nomme ses lignes : une correction le garde.
SALAIRE = cle_durable("ressource:salaire:98200-oui-0-1")
APL = cle_durable("ressource:aide_logement:25000-oui-0-1")
LOYER = cle_durable("charge:loyer:60000-oui-0-1")
ENERGIE = cle_durable("charge:energie:8085-oui-0-1")
APL_ECARTEE = cle_durable("ressource:aide_logement:25000-non-0-1")
CREDIT = cle_durable("charge:dette_credit:8900-oui-0-1")


def instruction():
    return AgentFabrique(role=Role.INSTRUCTEUR, first_name="Ines", last_name="Roux").acteur


def presidence() -> Acteur:
    return AgentFabrique(role=Role.PRESIDENCE, first_name="Paul", last_name="Benhamou").acteur


def foyer_ferrand(**changes):
    """Le foyer, son adresse à Ivry depuis 2020 et sa situation (``changes`` la modifient)."""
    foyer = FoyerFabrique(demandeur__nom="Ferrand")
    Adresse.objects.create(foyer=foyer, commune="Ivry-sur-Seine", code_postal="94200", du="2020-02-01")
    SituationDateeFabrique(foyer=foyer, situation=json.dumps({**BUDGET, **changes}))
    return foyer


def demande_ferrand(*, budget=None, **champs):
    """Une demande complète du foyer Ferrand, 285 € pour l'énergie, et une ligne de budget de 10 000 €."""
    LigneBudgetaireFabrique()
    champs = {"complete": True, **champs}
    return DemandeFabrique(foyer=foyer_ferrand(**(budget or {})), **champs)


def edition(**aides):
    """
    L'édition d'exemple, chiffrée : jusqu'à 300 € par aide, 300 € par an ; la présidence décide seule jusqu'à 150 €.
    ``local_energie={…}`` change cette aide-là.
    """
    document = copy.deepcopy(document_de_la_ville("aides_facultatives"))
    for aide in document["aides"]:
        accord = aide["baremes"][0]["tranches"][0]
        accord["montant"] = {"forme": "jusqu_a", "plafond": 300, "article": "8"}
        accord |= {"article": "5", "hypothese": False}
        aide["plafond"] = {"montant": 300, "article": "12"}
        aide["decide"] = [{"qui": "presidence", "jusqu_a": 150, "article": "9"}, *aide["decide"]]
        aide |= aides.get(aide["id"], {})
    return EditionFabrique(document=document, libelle="chiffrée")
