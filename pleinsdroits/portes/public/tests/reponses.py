"""Un foyer qui répond : une mère seule, un enfant, un temps partiel."""

import time


def date(nom: str, *morceaux: str) -> dict[str, str]:
    """Les trois (ou deux) cases d'une date."""
    return {f"{nom}_{rang}": texte for rang, texte in enumerate(morceaux)}


MERE_SEULE = [
    ("vous", {**date("naissance", "14", "5", "1992"), "couple": "seul", "autres": "oui"}),
    ("foyer", {"lien_0": "enfant", **date("naissance_0", "2", "3", "2016")}),
    ("enfants", {"ecole__p0": "primaire", "parent__p0": "pension_non_fixee"}),
    ("seul-depuis", date("mois", "2", "2024")),
    ("nationalite", {"nationalite__moi": "francaise"}),
    ("activite", {"activite__moi": "salarie"}),
    ("concerne", {"quoi": "aucun"}),
    ("logement", {"commune": "ivry sur seine", "statut": "locataire_hlm"}),
    ("loyer", {"loyer": "560,50", "charges": "90 €", "precisions": "aucun"}),
    ("revenus-moi", {"types": "salaire"}),
    ("montants-moi", {"montant_salaire_0": "1 082"}),
    ("avis", {"rfr__moi": "10800", "annee__moi": "2024", "parts__moi": "1,5"}),
    ("aides-recues", {"quoi": "aide_logement", "montant_aide_logement": "449"}),
    ("sante", {"couverture__moi": "assurance_maladie", "complementaire__moi": "aucune"}),
    ("patrimoine", {"quoi": "aucun"}),
    ("charges", {"quoi": "energie", "montant_energie": "85"}),
]

SEULE_ET_HANDICAPEE = [
    ("vous", {**date("naissance", "9", "9", "1985"), "couple": "seul", "autres": "non"}),
    ("nationalite", {"nationalite__moi": "francaise"}),
    ("activite", {"activite__moi": "sans_activite"}),
    ("concerne", {"quoi": "handicap"}),
    ("precisions", {"taux__moi": "0.85", "emploi__moi": "oui", "aide_humaine__moi": "non"}),
    ("logement", {"commune": "ivry sur seine", "statut": "locataire_hlm"}),
    ("loyer", {"loyer": "390", "charges": "60", "precisions": "aucun"}),
    ("revenus-moi", {"types": "aucun"}),
    ("avis", {"rfr__moi": "0", "annee__moi": "2024", "parts__moi": "1,5"}),
    ("aides-recues", {"quoi": "aucun"}),
    ("sante", {"couverture__moi": "assurance_maladie", "complementaire__moi": "aucune"}),
    ("patrimoine", {"quoi": "aucun"}),
    ("charges", {"quoi": "energie", "montant_energie": "60"}),
]


def repondre_a_tout(client, reponses=MERE_SEULE) -> None:
    """Toutes les réponses d'un foyer, envoyées une à une."""
    for slug, donnees in reponses:
        reponse = client.post(f"/mes-droits/questions/{slug}/", donnees)
        assert reponse.status_code == 302, slug


def quand_c_est_pret(client, adresse: str) -> str:
    """Le texte de la page, une fois passée celle qui fait patienter."""
    for _essai in range(60):
        page = client.get(adresse)
        assert page.status_code == 200, (adresse, page.status_code)
        texte = page.content.decode()
        if "Nous calculons" not in texte:
            return texte
        time.sleep(0.5)
    raise AssertionError(f"{adresse} : toujours en cours")
