"""Les entrées fausses que la maison promet de refuser clairement : une seule liste pour la console et l'API."""

import json
from datetime import date, timedelta

MOI = {"id": "moi", "lien": "demandeur", "naissance": "1986-01-01", "revenus": []}
DEMAIN = (date.today() + timedelta(days=1)).isoformat()


def _foyer(**autres: object) -> str:
    return json.dumps({"personnes": [MOI], "logement": {"commune": "94041", "statut": "heberge"}} | autres)


def _moi(**autres: object) -> str:
    return _foyer(personnes=[MOI | autres])


# nom → (texte, champ nommé, valeur rappelée, ce qui est permis)
ENTREES_FAUSSES = {
    "champ inconnu": (_foyer(loyers=560), "loyers", "560", "ce champ n'existe pas"),
    "montant négatif": (
        _moi(revenus=[{"type": "salaire", "montant": -900}]),
        "personnes.0.revenus.0.montant",
        "-900",
        "un nombre positif ou nul",
    ),
    "85 pour 0,85": (_moi(handicap={"taux": 85}), "personnes.0.handicap.taux", "85", "écrivez 0.85 pour 85 %"),
    "naissance à venir": (_moi(naissance=DEMAIN), "personnes.moi.naissance", DEMAIN, "une date passée"),
    "deux demandeurs": (
        _foyer(personnes=[MOI, MOI | {"id": "toi"}]),
        "lien",
        "moi et toi",
        "une seule personne peut l'être",
    ),
    "collège à 40 ans": (_moi(scolarite="college"), "personnes.moi.scolarite", "college, 4", "un âge de 9 à 19 ans"),
    "commune inconnue": (
        _foyer(logement={"commune": "99999", "statut": "heberge"}),
        "logement.commune",
        "99999",
        "donnez son code INSEE",
    ),
    "JSON mal formé": ('{"personnes": [', "", "", "un "),
    "5 Mo": (json.dumps({"personnes": "x" * 5_000_000}), "", "", "200 ko au plus"),
}
