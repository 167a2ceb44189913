"""Les exemples montrés dans la documentation de l'API : un foyer (parent seul à temps partiel), un lieu, un service."""

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

STRUCTURE = {
    "source": "pleins-droits-94041",
    "id": "pleins-droits-94041--emad",
    "nom": "Espace de médiation et d’accès aux droits (EMAD)",
    "date_maj": "2026-11-23",
    "description": "Exemple, à remplacer par la ville. Aide pour comprendre un courrier, remplir un dossier.",
    "adresse": "2 rue de l’Exemple",
    "code_postal": "94200",
    "commune": "Ivry-sur-Seine",
    "code_insee": "94041",
    "telephone": "+33199001235",
    "horaires_accueil": "Mo-We 09:00-12:00,14:00-17:00; Th 14:00-18:00; Fr 09:00-12:00; Sa 09:30-12:00; PH off",
    "exemple": True,
}
SERVICE = {
    **{nom: valeur for nom, valeur in STRUCTURE.items() if nom not in ("id", "nom", "description")},
    "id": "pleins-droits-94041--emad-demarches",
    "structure_id": "pleins-droits-94041--emad",
    "nom": "Aide aux démarches",
    "description": "Exemple, à remplacer par la ville. Quelqu’un fait la démarche avec vous, sur internet ou sur papier.",
    "type": "accompagnement",
    "thematiques": ["difficultes-administratives-ou-juridiques--accompagnement-aux-demarches-administratives"],
    "frais": "gratuit",
    "modes_accueil": ["en-presentiel"],
}
