"""L'exemple montré dans la documentation de l'API : un parent seul, deux enfants, un temps partiel."""

EXEMPLE = {
    "personnes": [
        {
            "id": "moi",
            "lien": "demandeur",
            "naissance": "1992-05-14",
            "nationalite": "francaise",
            "activite": "salarie",
            "revenus": [{"type": "salaire", "montant": 982}],
        },
        {
            "id": "aine",
            "lien": "enfant",
            "naissance": "2016-03-02",
            "scolarite": "primaire",
            "autre_parent": "pension_non_fixee",
        },
        {
            "id": "cadette",
            "lien": "enfant",
            "naissance": "2019-09-21",
            "scolarite": "primaire",
            "autre_parent": "pension_non_fixee",
        },
    ],
    "logement": {"commune": "94041", "statut": "locataire_hlm", "loyer": 560, "charges": 90},
    "avis": [{"personnes": ["moi"], "annee": 2024, "rfr": 10800, "parts": 2.5}],
    "prestations": [{"droit": "aide_logement", "montant": 310}],
    "patrimoine": {},
    "charges": [{"nature": "energie", "montant": 85}],
    "dettes": [],
}
