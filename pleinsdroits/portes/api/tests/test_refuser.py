"""Une entrée fausse, par l'API : 422, et le champ, la valeur, ce qui est permis."""

import pytest

from pleinsdroits.droits.tests.entrees_fausses import ENTREES_FAUSSES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("nom", ENTREES_FAUSSES)
def test_l_api_dit_le_champ_la_valeur_et_ce_qui_est_permis(client, nom):
    texte, champ, valeur, permis = ENTREES_FAUSSES[nom]
    reponse = client.post("/api/droits/calculer", texte, content_type="application/json")
    assert reponse.status_code == 422
    refus = reponse.json()
    assert set(refus) == {"message", "erreurs"} and "rien n'a été calculé" in refus["message"]
    assert len(refus["erreurs"]) == 1
    erreur = refus["erreurs"][0]
    assert erreur["champ"] == (champ or "corps")
    assert valeur in erreur["valeur"] + erreur["attendu"]
    assert permis in erreur["attendu"]
